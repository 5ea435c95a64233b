//! How much there is to do, in places and files. Hours are not given: nobody measured them.

use std::collections::BTreeMap;

use serde::Serialize;

use super::checklist::{Step, Weighed};
use crate::migrate::{Bug, Migration, Pin};

/// How many findings of each stage something has.
#[derive(Debug, Clone, Serialize)]
pub struct Tally {
    /// The file or the rule.
    pub name: String,
    /// What else it is called.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub title: String,
    /// How many, in the order of the stages.
    pub by_stage: [usize; 5],
}

impl Tally {
    /// How many over all stages.
    pub fn total(&self) -> usize {
        self.by_stage.iter().sum()
    }
}

/// Counts findings by what `of` says of them; what breaks first, and what has most of it, in front.
pub(super) fn tallies<'f>(
    findings: &'f [Weighed<'f>],
    of: impl Fn(&'f Weighed<'f>) -> (&'f str, &'f str),
) -> Vec<Tally> {
    let mut found: BTreeMap<&str, Tally> = BTreeMap::new();
    for one in findings {
        let (name, title) = of(one);
        let tally = found.entry(name).or_insert_with(|| Tally {
            name: name.to_owned(),
            title: title.to_owned(),
            by_stage: [0; 5],
        });
        if let Some(at) = Step::ALL.iter().position(|step| *step == one.step) {
            tally.by_stage[at] += 1;
        }
    }
    let mut all: Vec<Tally> = found.into_values().collect();
    all.sort_by(|one, other| (other.by_stage, &one.name).cmp(&(one.by_stage, &other.name)));
    all
}

/// What a migration does by itself.
#[derive(Debug, Clone, Serialize)]
pub struct Moves {
    /// By fixes that change nothing but what was asked.
    pub safe: Made,
    /// By all fixes.
    pub all: Made,
    /// What becomes of the declarations when all fixes are made.
    pub pins: Vec<Pin>,
    /// What is declared beside the SDK then.
    pub declared: Vec<String>,
    /// What brings the locks up to date then.
    pub relock: Vec<String>,
    /// Fixes that did not prove themselves: defects of this program.
    pub bugs: Vec<Bug>,
}

/// The numbers of one migration; those that `migrate --diff` prints.
#[derive(Debug, Clone, Copy, Default, Serialize)]
pub struct Made {
    /// How many places are fixed, those included that only show themselves on the way.
    pub fixed: usize,
    /// In how many files something changes.
    pub files: usize,
    /// How many places are left for a person.
    pub for_you: usize,
    /// How many of these say nothing when they break.
    pub silent: usize,
}

impl Made {
    fn of(made: &Migration) -> Self {
        Self {
            fixed: made.fixed.len(),
            files: made.changed.len(),
            for_you: made.for_you().count(),
            silent: made.for_you().filter(|finding| finding.is_silent()).count(),
        }
    }
}

pub(super) fn moves(safe: &Migration, all: &Migration) -> Moves {
    Moves {
        safe: Made::of(safe),
        all: Made::of(all),
        pins: all.pins.clone(),
        declared: all.declared.clone(),
        relock: all.relock.clone(),
        bugs: all.bugs.clone(),
    }
}
