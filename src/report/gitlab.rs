//! GitLab's code quality report: one JSON list, shown beside the lines of a merge request.

use serde::Serialize;

use super::Report;
use super::fingerprint::fingerprints;
use crate::finding::Severity;

#[derive(Serialize)]
struct Issue<'r> {
    description: String,
    check_name: &'r str,
    fingerprint: String,
    severity: &'static str,
    location: Location<'r>,
}

#[derive(Serialize)]
struct Location<'r> {
    path: &'r str,
    lines: Lines,
}

#[derive(Serialize)]
struct Lines {
    begin: usize,
    end: usize,
}

/// The whole report, with a line end. Paths are as given on the command line; GitLab wants them from the repository's root.
///
/// # Errors
/// Never for a report; the signature is the serialiser's.
pub fn render(report: &Report) -> Result<String, serde_json::Error> {
    let findings = report.bounded().findings;
    let fingerprints = fingerprints(report, &findings);
    let issues: Vec<Issue<'_>> = findings
        .iter()
        .zip(fingerprints)
        .map(|(finding, fingerprint)| Issue {
            description: format!("{}: {}", finding.rule, finding.told()),
            check_name: &finding.rule,
            fingerprint,
            severity: severity(finding.severity),
            location: Location {
                path: finding.path.strip_prefix("./").unwrap_or(&finding.path),
                lines: Lines { begin: finding.start.line, end: finding.end.line },
            },
        })
        .collect();
    serde_json::to_string_pretty(&issues).map(|text| text + "\n")
}

/// GitLab has five grades; the highest are for what is exploited or loses data.
fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "critical",
        Severity::Warning => "major",
        Severity::Note => "minor",
        Severity::Info => "info",
    }
}
