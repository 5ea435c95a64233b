//! Many findings of one rule in one file are one thing to know: the first few are shown, the rest become a line.

use std::collections::BTreeMap;

use crate::finding::Finding;

/// So many are shown in full.
const FULL: usize = 3;
/// So many of the others are named by their line.
const LINES: usize = 24;

/// A finding to show.
pub(super) struct Shown<'r> {
    pub(super) finding: &'r Finding,
    /// What is said of those like it that are not shown.
    pub(super) more: Option<String>,
}

/// The findings to show of `listed`, which are in order: all of them when `all`, else the first few that one rule has at
/// one severity in one file. Findings about declarations each have a text of their own and are never left out.
pub(super) fn fold<'r>(listed: &[&'r Finding], all: bool) -> Vec<Shown<'r>> {
    let key = |finding: &'r Finding| (finding.path.as_str(), finding.rule.as_str(), finding.severity);
    let mut alike: BTreeMap<_, Vec<&Finding>> = BTreeMap::new();
    if !all {
        for finding in listed.iter().filter(|finding| finding.is_code()) {
            alike.entry(key(finding)).or_default().push(finding);
        }
    }
    let mut shown = Vec::with_capacity(listed.len());
    let mut seen: BTreeMap<_, usize> = BTreeMap::new();
    for finding in listed {
        // One more takes no more room than the line that would tell of it.
        let Some(group) = alike.get(&key(finding)).filter(|group| group.len() > FULL + 1) else {
            shown.push(Shown { finding, more: None });
            continue;
        };
        let number = seen.entry(key(finding)).or_insert(0);
        *number += 1;
        if *number <= FULL {
            shown.push(Shown { finding, more: (*number == FULL).then(|| rest(&group[FULL..])) });
        }
    }
    shown
}

fn rest(group: &[&Finding]) -> String {
    let mut lines: Vec<usize> = group.iter().map(|finding| finding.start.line).collect();
    lines.dedup();
    let more = if lines.len() > LINES { ", …" } else { "" };
    let named: Vec<String> = lines.iter().take(LINES).map(ToString::to_string).collect();
    let word = if lines.len() == 1 { "line" } else { "lines" };
    format!("and {} more in this file: {word} {}{more} (-v shows them)", group.len(), named.join(", "))
}
