//! What was found and does not count, in numbers and one by one: nothing is left out in silence.

use std::fmt::Write;

use super::escape::clipped;
use super::escaped;
use super::text::count;
use crate::settle::{NotCounted, Settled, Why};

/// What was taken away, by reason: `2 suppressed by comments, 1 in the baseline`; nothing where nothing was.
pub(crate) fn reasons(counts: NotCounted) -> Option<String> {
    let NotCounted { suppressed, ignored, baseline, unchanged } = counts;
    let counts = [
        (suppressed, "suppressed by comments"),
        (ignored, "of rules that are not asked for"),
        (baseline, "in the baseline"),
        (unchanged, "about what did not change"),
    ];
    let counts: Vec<String> =
        counts.iter().filter(|(count, _)| *count > 0).map(|(count, what)| format!("{count} {what}")).collect();
    (!counts.is_empty()).then(|| counts.join(", "))
}

/// One line with what was taken away, by reason; nothing where nothing was.
pub(super) fn sentence(settled: &Settled, verbose: bool) -> String {
    let mut out = String::new();
    if let Some(reasons) = reasons(settled.not_counted()) {
        let hint = if verbose { "" } else { " (-v shows them)" };
        let _ = writeln!(out, "Not counted: {reasons}{hint}.");
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
