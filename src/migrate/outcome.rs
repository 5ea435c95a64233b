//! What comes out of a run: what is left for a person, and everything that is shown and written.

use std::collections::{BTreeMap, BTreeSet};

use super::pins::relock;
use super::rounds::{Run, is_net, meets};
use super::{Changed, Migration, Pin};
use crate::breakage;
use crate::finding::{Confidence, Finding, Severity};
use crate::fix::Applicability;
use crate::settle::Settled;
use crate::source::SourceFile;

impl Run<'_> {
    /// What needs a person: what was found at first and is still there, and what shows itself only now.
    pub(super) fn left(&self) -> Vec<Finding> {
        let mut left = self.open.clone();
        left.retain(|one| !self.rules.get(&one.rule).is_some_and(|rule| rule.seen_again) || self.is_seen(one));
        for finding in self.verdicts.findings.iter().filter(|finding| finding.is_code()) {
            let is_known = |one: &Finding| {
                one.path == finding.path
                    && ((one.rule == finding.rule && meets(one.span, finding.span))
                        || (is_net(self.rules, &finding.rule) && meets(one.span, finding.span)))
            };
            if !left.iter().any(is_known) {
                left.push(finding.clone());
            }
        }
        for finding in &mut left {
            finding.severity = self.severity(finding);
            if let Some(file) = self.inventory.file(&finding.path) {
                finding.start = file.position(finding.span.start);
                finding.end = file.position(finding.span.end);
            }
        }
        left
    }

    /// What it means does not depend on which release is installed today: the move is being made.
    fn severity(&self, finding: &Finding) -> Severity {
        let own = finding.at_most;
        if finding.confidence == Confidence::Low {
            own.min(Severity::Note)
        } else if is_net(self.rules, &finding.rule) && !self.is_sure(finding) {
            // What one of several classes lacks was lacking before, where the other classes are no news.
            own.min(if finding.message.contains("` in union `") { Severity::Note } else { Severity::Warning })
        } else {
            own
        }
    }

    /// What somebody asked to leave alone: it is neither fixed nor listed, and fails all the same.
    pub(super) fn left_alone(&self) -> impl Iterator<Item = Finding> {
        let code = self.left_alone.iter().filter(|one| one.finding.is_code());
        code.map(|one| Finding { severity: self.severity(&one.finding), ..one.finding.clone() })
    }

    /// Whether the last look found it too, were it in code of which it says nothing any more.
    fn is_seen(&self, finding: &Finding) -> bool {
        let mut all = self.breakages.by_project.values().flatten();
        all.any(|one| one.path == finding.path && one.hit.rule.id == finding.rule && meets(one.hit.span, finding.span))
    }

    /// Whether what the net caught fails for sure, and is no mere matter of types.
    fn is_sure(&self, finding: &Finding) -> bool {
        let mut same = self.breakages.by_project.values().flatten();
        same.any(|one| {
            one.path == finding.path
                && one.hit.span == finding.span
                && one.hit.rule.id == finding.rule
                && breakage::fails_for_sure(&one.hit)
        })
    }

    /// What is wrong with declarations now that the code has moved.
    pub(super) fn declarations(&self, pins: &[Pin]) -> Vec<Finding> {
        let moved: BTreeSet<&str> = pins.iter().filter(|pin| pin.is_moved()).map(|pin| pin.path.as_str()).collect();
        let findings = self.verdicts.findings.iter();
        findings
            .filter(|one| one.requirement.is_some() && one.severity >= Severity::Warning)
            .filter(|one| moved.contains(one.path.as_str()))
            .cloned()
            .collect()
    }

    pub(super) fn finish(self, left: Vec<Finding>, pins: Vec<Pin>, declared: Vec<String>) -> Migration {
        let after =
            |path: &str| self.inventory.file(path).map(|file| (file.location().to_owned(), file.bytes().to_vec()));
        let changed = self.originals.into_iter().filter_map(|(path, before)| {
            let (location, after) = after(&path)?;
            (before != after).then_some(Changed { path, location, before, after })
        });
        let changed: Vec<Changed> = changed.collect();
        let mut fixed = self.fixed;
        for one in &mut fixed {
            if let Some(file) = self.inventory.file(&one.path) {
                one.start = file.position(one.span.start);
            }
        }
        fixed.sort_by(|one, other| (&one.path, one.span, &one.rule).cmp(&(&other.path, other.span, &other.rule)));
        let waiting =
            left.iter().filter(|one| one.fix.as_ref().is_some_and(|fix| fix.applicability < self.options.least));
        let waiting =
            waiting.filter(|one| one.fix.as_ref().is_some_and(|fix| fix.applicability > Applicability::Manual));
        let waiting = waiting.count();
        let relock = relock(&self.inventory, &pins);
        let wanted: BTreeSet<&str> = left.iter().map(|one| one.path.as_str()).collect();
        let mut notes = self.inventory.notes;
        notes.extend(self.breakages.notes);
        let files = self.inventory.files.into_iter().map(|facts| facts.file).chain(self.inventory.modules);
        let files: BTreeMap<String, SourceFile> =
            files.filter(|file| wanted.contains(file.path())).map(|file| (file.path().to_owned(), file)).collect();
        Migration {
            target: self.surfaces.new.version.clone(),
            changed,
            fixed,
            pins,
            declared,
            relock,
            bugs: self.bugs.into_iter().collect(),
            waiting,
            projects: self.verdicts.projects,
            notes,
            settled: Settled { taken: self.left_alone, ..Settled::default() },
            files_seen: self.inventory.seen,
            files,
            left,
        }
    }
}
