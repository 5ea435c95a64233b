//! For programs. The shape is versioned by `schema_version`: a field may be added under the same number, and is never
//! renamed, retyped or removed.

use serde::Serialize;

use super::Report;
use crate::finding::{Finding, Severity};
use crate::judge::{ProjectState, Row};
use crate::settle::NotCounted;
use crate::source::Note;
use crate::transitive::Answer;

/// The number of the shape below.
pub const SCHEMA_VERSION: u32 = 1;

#[derive(Serialize)]
struct Output<'a> {
    summary: Summary,
    findings: Vec<Marked<'a>>,
    declarations: Vec<&'a Row>,
    projects: &'a [ProjectState],
    /// With `--transitive`.
    #[serde(skip_serializing_if = "Option::is_none")]
    transitive: Option<&'a [Answer]>,
    notes: Vec<&'a Note>,
}

/// A finding with the mark that programs filter by.
#[derive(Serialize)]
struct Marked<'a> {
    #[serde(flatten)]
    finding: &'a Finding,
    silent: bool,
}

/// This program, as its documents name it.
#[derive(Serialize)]
struct Tool {
    name: &'static str,
    version: &'static str,
}

/// `value` as one document with a line end: the number of its shape and the program stand before its own fields.
///
/// # Errors
/// Never for what reports hold; the signature is the serialiser's.
pub(super) fn document(schema_version: u32, value: &impl Serialize) -> serde_json::Result<String> {
    #[derive(Serialize)]
    struct Document<'v, V> {
        schema_version: u32,
        tool: Tool,
        #[serde(flatten)]
        value: &'v V,
    }
    let tool = Tool { name: env!("CARGO_PKG_NAME"), version: env!("CARGO_PKG_VERSION") };
    serde_json::to_string_pretty(&Document { schema_version, tool, value }).map(|text| text + "\n")
}

#[derive(Serialize)]
struct Summary {
    files_seen: usize,
    declarations: usize,
    exposed: usize,
    errors: usize,
    warnings: usize,
    notes: usize,
    infos: usize,
    fixable: usize,
    silent: usize,
    #[serde(flatten)]
    not_counted: NotCounted,
    /// Counted above and left out below.
    #[serde(skip_serializing_if = "is_zero")]
    findings_not_shown: usize,
    #[serde(skip_serializing_if = "is_zero")]
    declarations_not_shown: usize,
}

fn is_zero(number: &usize) -> bool {
    *number == 0
}

/// The whole report as one JSON document, with a line end.
///
/// # Errors
/// Never for a report; the signature is the serialiser's.
pub fn render(report: &Report) -> Result<String, serde_json::Error> {
    let shown = report.bounded();
    let output = Output {
        summary: Summary {
            files_seen: report.files_seen,
            declarations: report.declarations.len(),
            exposed: report.exposed(),
            errors: report.count(Severity::Error),
            warnings: report.count(Severity::Warning),
            notes: report.count(Severity::Note),
            infos: report.count(Severity::Info),
            fixable: report.findings.iter().filter(|finding| finding.fix.is_some()).count(),
            silent: report.silent(),
            not_counted: report.settled.not_counted(),
            findings_not_shown: shown.more_findings,
            declarations_not_shown: shown.more_declarations,
        },
        findings: shown.findings.into_iter().map(|finding| Marked { finding, silent: finding.is_silent() }).collect(),
        declarations: shown.declarations,
        projects: &report.projects,
        transitive: report.transitive.as_deref(),
        notes: report.notes.iter().chain(&shown.left_out).collect(),
    };
    document(SCHEMA_VERSION, &output)
}
