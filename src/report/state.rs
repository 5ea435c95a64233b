//! Which major each project's code is for, in words.

use std::fmt::Write;

use super::text::count;
use super::{Report, escaped};
use crate::judge::ProjectState;
use crate::rule::Code;

/// What a project's code shows, in the words used everywhere.
pub(super) fn words(code: Code) -> &'static str {
    match code {
        Code::NoImports => "no SDK imports",
        Code::Either => "nothing that only one major has",
        Code::OlderOnly => "still on v1",
        Code::NewerOnly => "already on v2",
        Code::Both => "serves both",
    }
}

/// The projects that have to do with the SDK: they declare it, or their code shows something of it.
pub(super) fn speaking(report: &Report) -> impl Iterator<Item = &ProjectState> {
    let speaks = |code: Option<Code>| code.is_some_and(|code| code != Code::NoImports);
    report.projects.iter().filter(move |project| project.declarations > 0 || speaks(project.code))
}

/// One line: the state of the one project with its evidence, or how many projects are in each.
pub(super) fn sentence(report: &Report) -> String {
    let projects: Vec<_> = speaking(report).filter_map(|project| Some((project, project.code?))).collect();
    if let [(project, code)] = projects[..] {
        return match (&project.evidence, code) {
            (Some(evidence), Code::OlderOnly | Code::NewerOnly | Code::Both) => {
                format!("The code is {}: it {}.\n", verbal(code), escaped(evidence))
            }
            (_, code) => format!("The code shows {}.\n", words(code)),
        };
    }
    let mut out = String::new();
    for code in [Code::OlderOnly, Code::NewerOnly, Code::Both, Code::Either, Code::NoImports] {
        let number = projects.iter().filter(|(_, of)| *of == code).count();
        if number > 0 {
            let lead = if out.is_empty() { format!("{}: ", count(projects.len(), "project")) } else { ", ".to_owned() };
            let _ = write!(out, "{lead}{number} {}", verbal(code));
        }
    }
    if out.is_empty() { out } else { out + ".\n" }
}

/// The same words where a number or "is" stands before them.
fn verbal(code: Code) -> &'static str {
    match code {
        Code::NoImports => "without SDK imports",
        Code::Either => "with nothing that only one major has",
        Code::Both => "serving both",
        Code::OlderOnly | Code::NewerOnly => words(code),
    }
}
