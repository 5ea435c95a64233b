//! The inventory that people make by hand before a migration, as one plain value: which versions, what the code does with
//! the SDK, what breaks first, and what is ready. Everything in it was found by the scan, by a migration in memory, and by
//! the readers of code; nothing is found anew here, and nothing is printed.

mod checklist;
mod effort;
mod installed;
mod readiness;
mod uses;
mod versions;

use std::collections::BTreeSet;
use std::path::PathBuf;

use serde::Serialize;

use crate::finding::Finding;
use crate::inventory::Inventory;
use crate::judge::ProjectState;
use crate::migrate::Migration;
use crate::portrait::Placed;
use crate::report::Report;
use crate::rule::Rules;
use crate::settle::NotCounted;
use crate::source::Note;

pub use checklist::{Item, Spot, Stage, Step, Way};
pub use effort::{Made, Moves, Tally};
pub use readiness::{Answer, Evidence, Readiness};
pub use uses::{TransportCount, Use, Uses};
pub use versions::{Installed, Locked, Versions};

/// What is planned, for whom.
#[derive(Debug, Serialize)]
pub struct Plan {
    /// The release of the SDK that the code is held against: `2.3.0`.
    pub target: String,
    /// The paths that were asked for, as a shell takes them; empty for the working folder.
    pub arguments: String,
    /// The numbers that everything below adds up to.
    pub summary: Summary,
    /// What is to be done, what breaks first in front.
    pub stages: Vec<Stage>,
    /// Per file, how many findings of each stage stand in it.
    pub by_file: Vec<Tally>,
    /// Per rule, the same.
    pub by_rule: Vec<Tally>,
    /// What a migration does by itself, and what it leaves.
    pub moves: Moves,
    /// Which versions are asked for, locked and installed.
    pub versions: Versions,
    /// What the code does with the SDK.
    pub uses: Uses,
    /// What of the newer protocol is there already.
    pub readiness: Vec<Readiness>,
    /// The projects and what their code shows.
    pub projects: Vec<ProjectState>,
    /// What could not be read or checked.
    pub notes: Vec<Note>,
}

/// Numbers of findings; those of a scan of the same tree.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Summary {
    /// How many files were looked at.
    pub files_seen: usize,
    /// How many findings there are, over all stages.
    pub findings: usize,
    /// How many of each stage, in the order of the stages.
    pub by_stage: [usize; 5],
    /// How many say nothing when they break.
    pub silent: usize,
    /// How many the program mends without a second look.
    pub safe: usize,
    /// How many it mends when asked to, and somebody looks.
    pub with_a_look: usize,
    /// How many it cannot mend.
    pub by_hand: usize,
    /// How many declarations a fresh install can take the newest major through.
    pub exposed: usize,
    /// How many findings are in no stage, because they do not count.
    #[serde(flatten)]
    pub not_counted: NotCounted,
}

/// Everything that a plan is made of.
#[derive(Debug)]
pub struct Parts<'p> {
    /// The tree as it was read.
    pub inventory: &'p Inventory,
    /// What its code shows.
    pub shown: &'p [Placed],
    /// What a scan says of it.
    pub report: &'p Report,
    /// What a migration by safe fixes makes of it.
    pub safe: &'p Migration,
    /// What a migration by all fixes makes of it.
    pub all: &'p Migration,
    /// The paths that were asked for.
    pub paths: &'p [PathBuf],
}

/// Puts a plan together.
pub fn plan(parts: &Parts<'_>, rules: &Rules) -> Plan {
    let arguments = arguments(parts.paths);
    let installed = installed::installed(parts.inventory, rules, parts.paths);
    let versions = versions::versions(parts.inventory, parts.report, rules, installed);
    let findings = checklist::weighed(parts.report, parts.safe, parts.all);
    let count = |step: Step| findings.iter().filter(|one| one.step == step).count();
    let way = |way: Way| findings.iter().filter(|one| one.way == way).count();
    let summary = Summary {
        files_seen: parts.report.files_seen,
        findings: findings.len(),
        by_stage: Step::ALL.map(count),
        silent: parts.report.silent(),
        safe: way(Way::Safe),
        with_a_look: way(Way::Unsafe),
        by_hand: way(Way::Hand),
        exposed: parts.report.exposed(),
        not_counted: parts.report.settled.not_counted(),
    };
    let uses = uses::uses(parts.shown, parts.report);
    let readiness = readiness::readiness(parts, &versions);
    let mut notes: BTreeSet<&Note> = parts.report.notes.iter().collect();
    notes.extend(&parts.safe.notes);
    Plan {
        target: parts.safe.target.clone(),
        summary,
        stages: checklist::stages(&findings, rules, &arguments),
        by_file: effort::tallies(&findings, |one| (one.finding.path.as_str(), "")),
        by_rule: effort::tallies(&findings, |one| (one.finding.rule.as_str(), one.finding.name.as_str())),
        moves: effort::moves(parts.safe, parts.all),
        versions,
        uses,
        readiness,
        projects: parts.report.projects.clone(),
        notes: notes.into_iter().cloned().collect(),
        arguments,
    }
}

/// The findings that tell what the code does, whether or not anybody asked for their rules.
fn telling(report: &Report) -> impl Iterator<Item = &Finding> {
    report.findings.iter().chain(report.settled.unasked())
}

/// The paths as a shell takes them, each with a blank in front; nothing for the working folder alone.
fn arguments(paths: &[PathBuf]) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "/._-+@%:,=".contains(c);
    let quoted = |path: &PathBuf| {
        let text = path.display().to_string();
        // A name that begins so would be read as an option.
        let text = if text.starts_with('-') { format!("./{text}") } else { text };
        if text.chars().all(is_plain) { text } else { format!("'{}'", text.replace('\'', "'\\''")) }
    };
    match paths {
        [] => String::new(),
        [one] if one.as_os_str() == "." => String::new(),
        several => several.iter().map(|path| format!(" {}", quoted(path))).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_quoted_for_a_shell() {
        let given = |paths: &[&str]| arguments(&paths.iter().map(PathBuf::from).collect::<Vec<_>>());
        assert_eq!(given(&["."]), "");
        assert_eq!(given(&["src", "it's here", "-x"]), " src 'it'\\''s here' ./-x");
    }
}
