//! JUnit's XML, which every build server draws: a suite per file, a case per finding. What fails the gate is a failure,
//! everything else a skipped case that says what it would say.

use std::fmt::Write;

use super::Report;
use crate::finding::{Finding, Severity};

/// The whole report; findings of `gate` or more are failures, none where the gate never fails.
pub fn render(report: &Report, gate: Option<Severity>) -> String {
    let findings = report.bounded().findings;
    let fails = |finding: &Finding| gate.is_some_and(|gate| finding.severity >= gate);
    let counts = |findings: &[&Finding]| {
        let failures = findings.iter().filter(|finding| fails(finding)).count();
        let (tests, skipped) = (findings.len().max(1), findings.len() - failures);
        format!("tests=\"{tests}\" failures=\"{failures}\" errors=\"0\" skipped=\"{skipped}\"")
    };
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    let _ = writeln!(out, "<testsuites name=\"mcp-audit\" {}>", counts(&findings));
    for of_file in findings.chunk_by(|one, other| one.path == other.path) {
        let path = of_file.first().map_or("", |finding| finding.path.as_str());
        let _ = writeln!(out, "  <testsuite name=\"{}\" {}>", attribute(path), counts(of_file));
        for finding in of_file {
            case(finding, fails(finding), &mut out);
        }
        out.push_str("  </testsuite>\n");
    }
    if findings.is_empty() {
        // A build server takes a report without a case for a step that did not run.
        let _ = writeln!(out, "  <testsuite name=\"mcp-audit\" {}>", counts(&[]));
        out.push_str("    <testcase name=\"scan\" classname=\"mcp-audit\"/>\n  </testsuite>\n");
    }
    out.push_str("</testsuites>\n");
    out
}

fn case(finding: &Finding, is_failure: bool, out: &mut String) {
    let name = format!("{}:{}:{}", finding.rule, finding.start.line, finding.start.column);
    let message = attribute(&finding.told());
    let (name, path) = (attribute(&name), attribute(&finding.path));
    let _ = writeln!(out, "    <testcase name=\"{name}\" classname=\"{path}\">");
    if is_failure {
        let place = format!("{}:{}:{}: {}", finding.path, finding.start.line, finding.start.column, finding.message);
        let lines = std::iter::once(place).chain(finding.help.iter().map(|help| format!("help: {help}")));
        let body: Vec<String> = lines.map(|line| content(&line)).collect();
        let kind = attribute(&finding.name);
        let _ = writeln!(out, "      <failure message=\"{message}\" type=\"{kind}\">{}</failure>", body.join("\n"));
    } else {
        let _ = writeln!(out, "      <skipped message=\"{}: {message}\"/>", finding.severity);
    }
    out.push_str("    </testcase>\n");
}

/// Text between tags. XML 1.0 has no way to write most control characters, so they are spelled out.
fn content(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' | '\t' => out.push(c),
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => out.extend(c.escape_default()),
            c => out.push(c),
        }
    }
    out
}

/// The value of an attribute, in which parsers turn line breaks into blanks.
fn attribute(text: &str) -> String {
    content(text).replace('\n', "&#10;").replace('\t', "&#9;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_stays_text() {
        assert_eq!(content("a<b>&\"\u{1b}[31m\u{0}"), "a&lt;b&gt;&amp;&quot;\\u{1b}[31m\\u{0}");
        assert_eq!(attribute("a\nb\tc"), "a&#10;b&#9;c");
    }
}
