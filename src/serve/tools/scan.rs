//! `scan`: the audit.

use std::cmp::Reverse;

use rmcp::schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::finding::{Finding, Severity as Level};
use crate::report::{Report, count, cut, escaped, reasons};
use crate::rule::Code;
use crate::scan;
use crate::serve::offer::{Answer, LISTED, NotCounted, Offer, Place, Severity, State, asked, describe, places};

pub(super) const OFFER: Offer = Offer {
    name: "scan",
    title: "Audit a folder",
    description: "Finds dependency declarations, code and configuration that mcp 2, the protocol revision 2026-07-28 or a \
        newer rmcp breaks, in Python, Rust, manifests, locks, Dockerfiles, workflows and client configurations. Use it first, \
        and again after each change. Findings come worst first; `silent` ones run without an error and mean something else, \
        so no test run shows them. Answers are bounded: give `paths`, `rule` or `severity` to see what was left out. To \
        see what can be rewritten by itself, use `migrate_preview`.",
    describe: describe::<Asked, Scanned>,
    run,
};

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
#[schemars(crate = "rmcp::schemars")]
#[derive(Default)]
struct Asked {
    /// Files or folders, relative to the root folder; all of it when absent.
    paths: Vec<String>,
    /// The least severity to list.
    severity: Severity,
    /// List the findings of this rule alone, by its identifier or name.
    rule: Option<String>,
}

#[derive(Serialize, JsonSchema)]
#[schemars(crate = "rmcp::schemars")]
struct Scanned {
    /// How many files were looked at.
    files_seen: usize,
    /// How many declarations of an audited package there are.
    declarations: usize,
    /// How many findings of this severity there are, listed or not.
    errors: usize,
    warnings: usize,
    notes: usize,
    infos: usize,
    /// How many findings fail nothing when they break.
    silent: usize,
    /// How many findings do not count and are in none of these numbers.
    not_counted: NotCounted,
    /// The findings that were asked for, worst first.
    findings: Vec<Place>,
    /// How many more were asked for and are not listed.
    more_findings: usize,
    /// What the code of each project is written for.
    projects: Vec<Project>,
    /// How many more projects there are.
    more_projects: usize,
    /// What could not be checked, and why.
    unchecked: Vec<String>,
    /// How many more such remarks there are.
    more_unchecked: usize,
}

#[derive(Serialize, JsonSchema)]
#[schemars(crate = "rmcp::schemars")]
struct Project {
    /// Its name or folder.
    project: String,
    /// Its folder, from the root.
    folder: String,
    /// What its code shows: v1, v2, both, either (nothing that only one major has), none (no import of the SDK), or unknown.
    code: &'static str,
    /// How many of its declarations admit the next major.
    exposed: usize,
}

fn run(state: &State, arguments: Value) -> Result<Answer, String> {
    let asked: Asked = asked(arguments)?;
    let (options, rules) = state.settled(&asked.paths)?;
    let rule = asked.rule.as_ref().map(|name| {
        let unknown = || format!("there is no rule `{}`; a scan without `rule` names those it finds", cut(name, 100));
        rules.get(name).map(|rule| rule.id.as_str()).ok_or_else(unknown)
    });
    let rule = rule.transpose()?;
    let report = scan(&options, &rules, &|| ()).map_err(|error| format!("failed to scan: {error}"))?;
    let least: Level = asked.severity.into();
    let mut chosen: Vec<&Finding> = report
        .findings
        .iter()
        .filter(|finding| finding.severity >= least && rule.is_none_or(|rule| rule == finding.rule))
        .collect();
    chosen.sort_by_key(|finding| (Reverse(finding.severity), !finding.is_silent()));
    let (findings, mut text, more_findings) = places(&chosen);
    text += &summary(&report);
    let unchecked = report.notes.iter().take(LISTED);
    let unchecked: Vec<String> = unchecked.map(|note| cut(&format!("{}: {}", note.path, note.message), 400)).collect();
    for note in &unchecked {
        text += &format!("not checked: {note}\n");
    }
    let more_unchecked = report.notes.len() - unchecked.len();
    if more_unchecked > 0 {
        text += &format!("{more_unchecked} more not checked, narrow the paths to see them.\n");
    }
    let projects = projects(&report);
    let scanned = Scanned {
        files_seen: report.files_seen,
        declarations: report.declarations.len(),
        errors: report.count(Level::Error),
        warnings: report.count(Level::Warning),
        notes: report.count(Level::Note),
        infos: report.count(Level::Info),
        silent: report.silent(),
        not_counted: report.settled.not_counted().into(),
        findings,
        more_findings,
        more_projects: report.projects.len() - projects.len(),
        projects,
        unchecked,
        more_unchecked,
    };
    Answer::new(text, &scanned)
}

fn summary(report: &Report) -> String {
    let counts: Vec<String> = [Level::Error, Level::Warning, Level::Note, Level::Info]
        .into_iter()
        .filter(|level| report.count(*level) > 0)
        .map(|level| format!("{} of severity {level}", count(report.count(level), "finding")))
        .collect();
    let found = if counts.is_empty() { "nothing found".to_owned() } else { counts.join(", ") };
    let (declarations, files) = (count(report.declarations.len(), "declaration"), count(report.files_seen, "file"));
    let not_counted = reasons(report.settled.not_counted()).map(|said| format!("Not counted: {said}.\n"));
    let not_counted = not_counted.unwrap_or_default();
    format!("{found}; {declarations} of an MCP SDK; {files} looked at.\n{not_counted}")
}

fn projects(report: &Report) -> Vec<Project> {
    let of = |state: &crate::judge::ProjectState| Project {
        project: cut(&state.project, 200),
        folder: escaped(&state.folder),
        code: match state.code {
            None => "unknown",
            Some(Code::NoImports) => "none",
            Some(Code::Either) => "either",
            Some(Code::OlderOnly) => "v1",
            Some(Code::NewerOnly) => "v2",
            Some(Code::Both) => "both",
        },
        exposed: state.exposed,
    };
    report.projects.iter().take(LISTED).map(of).collect()
}
