//! Leaves a comment above each place that needs a person, once.

use std::collections::BTreeMap;

use super::rounds::Run;
use crate::finding::{Finding, Severity};
use crate::fix::{Applicability, Chosen, Edit, Fix};
use crate::inventory::is_python;
use crate::python::statement_lines;
use crate::rust;
use crate::source::{Encoding, SourceFile, Span};

/// What every such comment says first.
const MARK: &str = "mcp-audit: ";

/// How a comment begins in the language of a file, for those languages in which places are marked.
fn comment(path: &str) -> Option<&'static str> {
    if is_python(path) {
        Some("#")
    } else if path.ends_with(".rs") {
        Some("//")
    } else {
        None
    }
}

/// Marks the places of `left` in Python modules and Rust files, and moves their spans to where they stand then.
pub(super) fn mark(run: &mut Run<'_>, left: &mut [Finding]) {
    let mut by_path: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (at, finding) in left.iter().enumerate() {
        if finding.is_code() && finding.severity >= Severity::Warning && comment(&finding.path).is_some() {
            by_path.entry(finding.path.clone()).or_default().push(at);
        }
    }
    for (path, places) in by_path {
        let Some(file) = run.inventory.file(&path).filter(|file| file.encoding() != Encoding::Utf16) else { continue };
        let findings: Vec<&Finding> = places.iter().map(|at| &left[*at]).collect();
        let fix = Fix { title: String::new(), applicability: Applicability::Safe, edits: edits(file, &findings) };
        if fix.edits.is_empty() {
            continue;
        }
        let length = file.bytes().len();
        let trail = Chosen::of(&[&fix], &|_| Some(length)).trail(&path);
        for finding in left.iter_mut().filter(|finding| finding.path == path) {
            finding.span = trail.forward(finding.span);
        }
        run.rewrite(&path, &fix);
    }
    for finding in left.iter_mut() {
        if let Some(file) = run.inventory.file(&finding.path) {
            finding.start = file.position(finding.span.start);
            finding.end = file.position(finding.span.end);
        }
    }
}

fn edits(file: &SourceFile, findings: &[&Finding]) -> Vec<Edit> {
    let text = file.text();
    let Some(comment) = comment(file.path()) else { return Vec::new() };
    let newline = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let offsets: Vec<usize> = findings.iter().map(|finding| finding.span.start).collect();
    let mut by_line: BTreeMap<usize, Vec<String>> = BTreeMap::new();
    let lines =
        if is_python(file.path()) { statement_lines(text, &offsets) } else { rust::statement_lines(text, &offsets) };
    for (finding, line) in findings.iter().zip(lines) {
        let Some(line) = line else { continue };
        let mark = format!("{comment} {MARK}{} ", finding.rule);
        let marks = by_line.entry(line).or_default();
        if !marks.iter().any(|one| one.starts_with(&mark)) && !is_marked(text, line, comment, &mark) {
            marks.push(format!("{mark}{}", finding.message));
        }
    }
    let edit = |(line, marks): (usize, Vec<String>)| {
        let rest = &text[line..];
        let indent = &rest[..rest.len() - rest.trim_start_matches([' ', '\t', '\u{feff}']).len()];
        let at = if indent.starts_with('\u{feff}') { line + '\u{feff}'.len_utf8() } else { line };
        let indent = indent.trim_start_matches('\u{feff}');
        // A message holds no line break, and a comment could not.
        let lines = marks.iter().map(|mark| format!("{indent}{}{newline}", mark.replace(['\n', '\r'], " ")));
        Edit { path: file.path().to_owned(), span: Span::empty(at), content: lines.collect() }
    };
    by_line.into_iter().filter(|(_, marks)| !marks.is_empty()).map(edit).collect()
}

/// Whether one of the comments right above `line` is this mark.
fn is_marked(text: &str, line: usize, comment: &str, mark: &str) -> bool {
    text[..line]
        .lines()
        .rev()
        .map(str::trim)
        .take_while(|line| line.starts_with(comment))
        .any(|line| line.starts_with(mark))
}
