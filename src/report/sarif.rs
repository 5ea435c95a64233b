//! SARIF 2.1.0, which code scanning reads: rules with their explanations, results with fingerprints, and fixes as
//! replacements. A fix whose file is not at hand is left out rather than guessed at. What comments leave alone or a baseline
//! knows is left out too: code scanning that does not heed `suppressions`, as GitHub's, would open an alert for each.

use std::collections::BTreeMap;
use std::fmt::Write;

use serde_json::{Map, Value, json};

use super::Report;
use super::fingerprint::fingerprints;
use crate::finding::{Finding, Severity};
use crate::fix::{Applicability, Edit, Fix};
use crate::rule::{Rule, Rules};
use crate::source::Position;

const SCHEMA: &str = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// The whole report, with a line end. `rules` explains the rules of the findings.
///
/// # Errors
/// Never for a report; the signature is the serialiser's.
pub fn render(report: &Report, rules: &Rules) -> Result<String, serde_json::Error> {
    let shown = report.bounded();
    let mut used: BTreeMap<&str, usize> = shown.findings.iter().map(|finding| (finding.rule.as_str(), 0)).collect();
    used.values_mut().enumerate().for_each(|(index, place)| *place = index);
    let described: Vec<Value> = used.keys().map(|id| rules.get(id).map_or_else(|| json!({ "id": id }), rule)).collect();
    let names = fingerprints(report, &shown.findings);
    let results: Vec<Value> = shown
        .findings
        .iter()
        .zip(names)
        .map(|(finding, name)| result(report, finding, used.get(finding.rule.as_str()).copied(), &name))
        .collect();
    let notes = report.notes.iter().chain(&shown.left_out).map(|note| {
        let mut location = json!({ "artifactLocation": { "uri": uri(&note.path) } });
        if let Some(at) = note.position {
            location["region"] = json!({ "startLine": at.line, "startColumn": at.column });
        }
        json!({
            "level": "warning",
            "message": { "text": format!("not checked: {}", note.message) },
            "locations": [{ "physicalLocation": location }],
        })
    });
    let document = json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": env!("CARGO_PKG_NAME"),
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": described,
            } },
            "columnKind": "unicodeCodePoints",
            "invocations": [{
                "executionSuccessful": true,
                "toolExecutionNotifications": notes.collect::<Vec<_>>(),
            }],
            "results": results,
        }],
    });
    serde_json::to_string_pretty(&document).map(|text| text + "\n")
}

fn rule(rule: &Rule) -> Value {
    let explanation = rule.explanation.trim();
    json!({
        "id": rule.id,
        "name": rule.name,
        "shortDescription": { "text": rule.summary },
        "fullDescription": { "text": explanation },
        "help": { "text": explanation, "markdown": explanation },
        "defaultConfiguration": { "level": level(rule.severity) },
        "properties": { "tags": [rule.family(), rule.fails], "precision": rule.confidence },
    })
}

fn result(report: &Report, finding: &Finding, index: Option<usize>, fingerprint: &str) -> Value {
    let mut value = json!({
        "ruleId": finding.rule,
        "ruleIndex": index,
        "level": level(finding.severity),
        "message": { "text": finding.told_whole() },
        "locations": [{ "physicalLocation": {
            "artifactLocation": { "uri": uri(&finding.path) },
            "region": region(finding.start, finding.end),
        } }],
        "partialFingerprints": { "mcpAuditContent/v1": fingerprint },
        "properties": {
            "severity": finding.severity,
            "confidence": finding.confidence,
            "fails": finding.fails,
            "silent": finding.is_silent(),
        },
    });
    if let Some(fix) = finding.fix.as_ref().and_then(|one| fix(report, one)) {
        value["fixes"] = json!([fix]);
    }
    value
}

/// The replacements of a fix; those that only a person may decide on are words in its help already.
fn fix(report: &Report, fix: &Fix) -> Option<Value> {
    if fix.applicability == Applicability::Manual {
        return None;
    }
    let mut changes: BTreeMap<&str, Vec<Value>> = BTreeMap::new();
    for edit in &fix.edits {
        changes.entry(&edit.path).or_default().push(replacement(report, edit)?);
    }
    let changes: Vec<Value> = changes
        .into_iter()
        .map(|(path, replacements)| json!({ "artifactLocation": { "uri": uri(path) }, "replacements": replacements }))
        .collect();
    let mut properties = Map::new();
    properties.insert("applicability".to_owned(), json!(fix.applicability));
    Some(json!({ "description": { "text": fix.title }, "artifactChanges": changes, "properties": properties }))
}

fn replacement(report: &Report, edit: &Edit) -> Option<Value> {
    let file = report.file(&edit.path)?;
    let region = region(file.position(edit.span.start), file.position(edit.span.end));
    Some(json!({ "deletedRegion": region, "insertedContent": { "text": edit.content } }))
}

/// Lines and columns count from 1, and an end column is the one behind the last character: as in [`Position`].
fn region(start: Position, end: Position) -> Value {
    json!({ "startLine": start.line, "startColumn": start.column, "endLine": end.line, "endColumn": end.column })
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note | Severity::Info => "note",
    }
}

/// A path as a relative reference, or as an address where it is absolute (RFC 3986).
fn uri(path: &str) -> String {
    let path = path.strip_prefix("./").unwrap_or(path);
    let mut out = String::with_capacity(path.len());
    if path.starts_with('/') {
        out.push_str("file://");
    }
    for byte in path.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => out.push(char::from(byte)),
            b'\\' if cfg!(windows) => out.push('/'),
            byte => {
                let _ = write!(out, "%{byte:02X}");
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_become_references() {
        assert_eq!(uri("./src/a b#c.py"), "src/a%20b%23c.py");
        assert_eq!(uri("/tmp/ü.py"), "file:///tmp/%C3%BC.py");
        assert_eq!(uri("a:b"), "a%3Ab");
    }
}
