//! Annotations for GitHub's review pages: workflow commands, one line per finding, the worst first because the page shows
//! only the first ten of a step.

use std::fmt::Write;

use super::Report;
use crate::finding::{Finding, Severity};

/// One workflow command per finding of a note or more, without the fixes, which a command cannot carry.
pub fn render(report: &Report) -> String {
    let mut findings = report.bounded().findings;
    findings.retain(|finding| finding.severity >= Severity::Note);
    findings.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
    findings.into_iter().fold(String::new(), |mut out, finding| {
        let _ = writeln!(out, "{}", command(finding));
        out
    })
}

fn command(finding: &Finding) -> String {
    let level = match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note | Severity::Info => "notice",
    };
    let mut place = format!("file={},line={}", property(&finding.path), finding.start.line);
    // Columns of a place that spans lines are refused.
    if finding.start.line == finding.end.line {
        let _ = write!(place, ",col={},endColumn={}", finding.start.column, finding.end.column);
    } else {
        let _ = write!(place, ",endLine={}", finding.end.line);
    }
    let title = property(&format!("{} {}", finding.rule, finding.name));
    format!("::{level} {place},title={title}::{}", data(&finding.told_whole()))
}

/// What stands behind the second pair of colons.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// The value of a property, which ends at a comma or a colon.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_cannot_begin_a_command_of_its_own() {
        assert_eq!(property("a,b:c%\n::error::x"), "a%2Cb%3Ac%25%0A%3A%3Aerror%3A%3Ax");
        assert_eq!(data("50 %\r\n::stop-commands::x"), "50 %25%0D%0A::stop-commands::x");
    }
}
