//! What of the findings counts: between judging and reporting, those are taken away that were not asked for, that comments in
//! the files leave alone, that a baseline knows, and that stand in lines nobody changed. Whatever is taken is kept with
//! the reason, so that the summary can say so. Pure but for the comparison with an earlier revision, which asks git.

mod baseline;
mod changed;
mod selector;
mod suppress;

use std::collections::BTreeSet;
use std::sync::Arc;

use serde::Serialize;

use crate::finding::Finding;
use crate::git::Since;
use crate::inventory::Inventory;
use crate::judge::{Row, Verdicts, say_once};
use crate::rule::Rules;
use crate::source::Globs;
pub use baseline::{Baseline, Key, Known, render as render_baseline};
use changed::Changes;
pub use selector::{Selection, Selector, nearest};
pub use suppress::{Suppressions, keeps};

/// What is to count.
#[derive(Debug, Clone, Default)]
pub struct Settings {
    /// Which rules count.
    pub selection: Selection,
    /// Which of them do not count in some files.
    pub per_file: Vec<PerFile>,
    /// The findings that are known.
    pub baseline: Option<Arc<Baseline>>,
    /// The revision since which something must have changed.
    pub since: Option<Arc<Since>>,
}

/// Rules that do not count in some files.
#[derive(Debug, Clone)]
pub struct PerFile {
    /// The files.
    pub files: Globs,
    /// The rules.
    pub ignore: Vec<Selector>,
}

/// Why a finding does not count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Why {
    /// Its rule was not asked for, everywhere or in this file.
    Ignored,
    /// A comment beside it says so, with its reason.
    Suppressed(Option<String>),
    /// The baseline knows it.
    Known,
    /// What it is about is as it was.
    Unchanged,
}

/// A finding that does not count.
#[derive(Debug, Clone)]
pub struct Taken {
    /// The finding.
    pub finding: Finding,
    /// Why it does not count.
    pub why: Why,
}

/// What was taken away.
#[derive(Debug, Clone, Default)]
pub struct Settled {
    /// The findings that do not count, by file and place.
    pub taken: Vec<Taken>,
    /// What the baseline would hold now: with what it knows of files and rules that were not looked at.
    pub baseline: Known,
    /// How many findings that the baseline knows are there no more.
    pub stale: usize,
}

/// How many findings do not count, by the reason.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct NotCounted {
    /// A comment leaves them alone.
    pub suppressed: usize,
    /// Their rules were not asked for.
    pub ignored: usize,
    /// The baseline knows them.
    pub baseline: usize,
    /// They are about what did not change.
    pub unchanged: usize,
}

impl Settled {
    /// How many findings a comment leaves alone.
    pub fn suppressed(&self) -> usize {
        self.count(|why| matches!(why, Why::Suppressed(_)))
    }

    /// How many findings are of rules that were not asked for.
    pub fn ignored(&self) -> usize {
        self.count(|why| *why == Why::Ignored)
    }

    /// How many findings the baseline knows.
    pub fn known(&self) -> usize {
        self.count(|why| *why == Why::Known)
    }

    /// How many findings are about what did not change.
    pub fn unchanged(&self) -> usize {
        self.count(|why| *why == Why::Unchanged)
    }

    /// All four numbers.
    pub fn not_counted(&self) -> NotCounted {
        NotCounted {
            suppressed: self.suppressed(),
            ignored: self.ignored(),
            baseline: self.known(),
            unchanged: self.unchanged(),
        }
    }

    /// The findings whose rules were not asked for: nobody says of them that they are none.
    pub fn unasked(&self) -> impl Iterator<Item = &Finding> {
        self.taken.iter().filter(|one| one.why == Why::Ignored).map(|one| &one.finding)
    }

    fn count(&self, wanted: impl Fn(&Why) -> bool) -> usize {
        self.taken.iter().filter(|one| wanted(&one.why)).count()
    }
}

/// Takes away what does not count, and adds what is to be said of the comments that asked for it.
///
/// # Errors
/// What keeps git from telling what changed.
pub fn settle(
    verdicts: &mut Verdicts,
    inventory: &Inventory,
    rules: &Rules,
    settings: &Settings,
) -> Result<Settled, String> {
    let mut settled = Settled::default();
    let mut suppressions = Suppressions::of(inventory, rules);
    let mut all = std::mem::take(&mut verdicts.findings);
    if let Some(baseline) = &settings.baseline {
        all.retain(|finding| !inventory.file(&finding.path).is_some_and(|file| baseline.is_own(file)));
    }
    let mut asked: Vec<Option<Why>> =
        all.iter().map(|finding| settings.why(finding, &mut suppressions, inventory, rules)).collect();
    let said = suppressions.findings(&all, rules);
    asked.extend(said.iter().map(|finding| settings.ignores(finding, inventory, rules).then_some(Why::Ignored)));
    for (finding, why) in all.into_iter().chain(said).zip(asked) {
        match why {
            Some(why) => settled.taken.push(Taken { finding, why }),
            None => verdicts.findings.push(finding),
        }
    }
    // The baseline and git are asked in the order of files and places.
    verdicts.findings.sort_by(|one, other| key(one).cmp(&key(other)));
    if let Some(baseline) = &settings.baseline {
        take_known(baseline, verdicts, inventory, rules, settings, &mut settled);
    }
    if let Some(since) = &settings.since {
        let files = since.before(&changed::wanted(inventory, &verdicts.findings))?;
        let changes = Changes::new(&files, inventory, &rules.packages);
        take(verdicts, &mut settled, Why::Unchanged, |finding| !changes.is_about(finding));
    }
    say_once(&mut verdicts.findings, rules);
    settled.taken.sort_by(|one, other| key(&one.finding).cmp(&key(&other.finding)));
    promise_nothing(verdicts, &settled);
    Ok(settled)
}

/// Takes the findings away that `is_taken` says.
fn take(verdicts: &mut Verdicts, settled: &mut Settled, why: Why, mut is_taken: impl FnMut(&Finding) -> bool) {
    let (taken, left) = std::mem::take(&mut verdicts.findings).into_iter().partition(|finding| is_taken(finding));
    verdicts.findings = left;
    let taken: Vec<Finding> = taken;
    settled.taken.extend(taken.into_iter().map(|finding| Taken { finding, why: why.clone() }));
}

/// Takes the findings away that the baseline knows, each as often as it knows it, and notes what it would hold now.
fn take_known(
    baseline: &Baseline,
    verdicts: &mut Verdicts,
    inventory: &Inventory,
    rules: &Rules,
    settings: &Settings,
    settled: &mut Settled,
) {
    let mut unmet = baseline.known.clone();
    let mut now = Known::new();
    take(verdicts, settled, Why::Known, |finding| {
        let Some(file) = inventory.file(&finding.path) else { return false };
        let key = baseline.key(finding, file);
        let known = unmet.get_mut(&key).filter(|count| **count > 0);
        let is_known = known.map(|count| *count -= 1).is_some();
        *now.entry(key).or_default() += 1;
        is_known
    });
    let is_looked_at = |key: &Key| {
        let is_asked = rules.get(&key.rule).is_none_or(|rule| settings.selection.takes(rule));
        is_asked && baseline.is_scanned(key)
    };
    for (key, count) in unmet.into_iter().filter(|(_, count)| *count > 0) {
        if is_looked_at(&key) {
            settled.stale += count;
        } else {
            *now.entry(key).or_default() += count;
        }
    }
    settled.baseline = now;
}

/// Takes away what does not count while code is moved: what was not asked for, and what comments leave alone.
pub fn leave_alone(
    findings: &mut Vec<Finding>,
    inventory: &Inventory,
    rules: &Rules,
    settings: &Settings,
) -> Vec<Taken> {
    let mut suppressions = Suppressions::of(inventory, rules);
    let mut taken = Vec::new();
    findings.retain(|finding| {
        let why = settings.why(finding, &mut suppressions, inventory, rules);
        let is_taken = why.is_some();
        taken.extend(why.map(|why| Taken { finding: finding.clone(), why }));
        !is_taken
    });
    taken
}

impl Settings {
    /// Why `finding` does not count, by what was asked for and by comments, if it does not.
    fn why(
        &self,
        finding: &Finding,
        suppressions: &mut Suppressions<'_>,
        inventory: &Inventory,
        rules: &Rules,
    ) -> Option<Why> {
        // Whatever else becomes of a finding, a comment that speaks for it is of use.
        let suppressed = rules.get(&finding.rule).and_then(|rule| suppressions.take(finding, rule));
        self.ignores(finding, inventory, rules).then_some(Why::Ignored).or(suppressed.map(Why::Suppressed))
    }

    /// Whether the rule of `finding` was not asked for, in its file.
    fn ignores(&self, finding: &Finding, inventory: &Inventory, rules: &Rules) -> bool {
        let Some(rule) = rules.get(&finding.rule) else { return false };
        let is_here = |one: &PerFile| {
            one.ignore.iter().any(|selector| selector.matches(rule))
                && inventory.file(&finding.path).is_some_and(|file| one.files.covers(file.location()))
        };
        !self.selection.takes(rule) || self.per_file.iter().any(is_here)
    }
}

fn key(finding: &Finding) -> impl Ord + '_ {
    (finding.path.as_str(), finding.span, finding.rule.as_str())
}

/// Takes the fixes of what was taken away out of the rows of declarations.
fn promise_nothing(verdicts: &mut Verdicts, settled: &Settled) {
    let taken = settled.taken.iter().map(|one| &one.finding).filter(|one| one.requirement.is_some());
    let taken: BTreeSet<_> = taken.map(|one| (one.path.as_str(), one.start.line, one.rule.as_str())).collect();
    let is_taken = |row: &Row| row.rule.as_deref().is_some_and(|rule| taken.contains(&(&row.path, row.line, rule)));
    for row in &mut verdicts.declarations {
        if is_taken(row) {
            (row.rule, row.fixed) = (None, None);
        }
    }
}
