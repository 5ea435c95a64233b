//! What was found and does not count, in numbers and one by one: nothing is left out in silence.

use std::fmt::Write;

use serde::Serialize;

use super::escape::clipped;
use super::escaped;
use super::text::count;
use crate::settle::{Settled, Why};

/// The counts, as programs read them.
#[derive(Debug, Serialize)]
pub(super) struct NotCounted {
    suppressed: usize,
    ignored: usize,
    baseline: usize,
    unchanged: usize,
}

impl NotCounted {
    pub(super) fn of(settled: &Settled) -> Self {
        Self {
            suppressed: settled.suppressed(),
            ignored: settled.ignored(),
            baseline: settled.known(),
            unchanged: settled.unchanged(),
        }
    }
}

/// One line with what was taken away, by reason; nothing where nothing was.
pub(super) fn sentence(settled: &Settled, verbose: bool) -> String {
    let counts = [
        (settled.suppressed(), "suppressed by comments"),
        (settled.ignored(), "of rules that are not asked for"),
        (settled.known(), "in the baseline"),
        (settled.unchanged(), "about what did not change"),
    ];
    let counts: Vec<String> =
        counts.iter().filter(|(count, _)| *count > 0).map(|(count, what)| format!("{count} {what}")).collect();
    let mut out = String::new();
    if !counts.is_empty() {
        let hint = if verbose { "" } else { " (-v shows them)" };
        let _ = writeln!(out, "Not counted: {}{hint}.", counts.join(", "));
    }
    if settled.stale > 0 {
        let (are, them) = if settled.stale == 1 { ("is", "it") } else { ("are", "them") };
        let _ = writeln!(
            out,
            "{} of the baseline {are} found no more; `--write-baseline` drops {them}.",
            count(settled.stale, "finding")
        );
    }
    out
}

/// Each of them in a line.
pub(super) fn list(settled: &Settled, out: &mut String) {
    for one in &settled.taken {
        let why = match &one.why {
            Why::Ignored => "not asked for".to_owned(),
            Why::Known => "in the baseline".to_owned(),
            Why::Unchanged => "did not change".to_owned(),
            Why::Suppressed(None) => "suppressed".to_owned(),
            Why::Suppressed(Some(reason)) => format!("suppressed ({})", clipped(reason)),
        };
        let finding = &one.finding;
        let (path, line, column) = (escaped(&finding.path), finding.start.line, finding.start.column);
        let _ = writeln!(out, "{why}: {} {path}:{line}:{column}: {}", finding.rule, clipped(&finding.message));
    }
    if !settled.taken.is_empty() {
        out.push('\n');
    }
}
