//! Moves a tree to the newer SDK, in memory: fixes are made in rounds until none is left, what they wrote is held against
//! the newer API, pins follow the code. Nothing is written here; [`crate::cli`] does that with what comes out.

mod mark;
mod outcome;
mod pins;
mod proof;
mod rounds;

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use crate::breakage::Surfaces;
use crate::finding::{Fails, Finding, Severity};
use crate::fix::Applicability;
use crate::inventory::Inventory;
use crate::judge::ProjectState;
use crate::rule::Rules;
use crate::settle::{Settings, Settled};
use crate::source::{Note, Position, SourceFile, Span};
use rounds::Run;

pub use pins::{Pin, PinOutcome};

/// What a migration is asked for.
#[derive(Debug, Clone, Copy)]
pub struct Options {
    /// How far a fix must be trusted to be made.
    pub least: Applicability,
    /// Whether places that need a person are marked by a comment above them.
    pub mark: bool,
}

/// What a migration made of a tree.
#[derive(Debug)]
pub struct Migration {
    /// The release of the SDK that the new text was held against: `2.3.0`.
    pub target: String,
    /// The files that are other than they were, by path.
    pub changed: Vec<Changed>,
    /// The places that were fixed, by file and place.
    pub fixed: Vec<Fixed>,
    /// What needs a person, silent ones first, then by rule, file and place. Spans are those of the new text.
    pub left: Vec<Finding>,
    /// The declarations of the SDK, moved or not.
    pub pins: Vec<Pin>,
    /// The packages that were declared beside the SDK, as `httpx2>=2.10,<3 in pyproject.toml`.
    pub declared: Vec<String>,
    /// Commands that bring locks up to date.
    pub relock: Vec<String>,
    /// Fixes that did not prove themselves: defects of this program.
    pub bugs: Vec<Bug>,
    /// How many of [`Self::left`] a less trusted fix would change.
    pub waiting: usize,
    /// The projects, as their code is now.
    pub projects: Vec<ProjectState>,
    /// What could not be read or checked.
    pub notes: Vec<Note>,
    /// What was found and left alone, because it was not asked for or a comment says so.
    pub settled: Settled,
    /// How many files were looked at.
    pub files_seen: usize,
    /// The files of [`Self::left`], as they are now.
    files: BTreeMap<String, SourceFile>,
}

/// A file before and after.
#[derive(Debug)]
pub struct Changed {
    /// The file, as shown.
    pub path: String,
    /// Where it is.
    pub location: PathBuf,
    /// What it holds.
    pub before: Vec<u8>,
    /// What it is to hold.
    pub after: Vec<u8>,
}

/// A place that was fixed.
#[derive(Debug, Clone, serde::Serialize)]
pub struct Fixed {
    /// The rule.
    pub rule: String,
    /// Its name.
    pub name: String,
    /// When it would have broken.
    pub fails: Fails,
    /// The file, as shown.
    pub path: String,
    /// Where the place is now.
    #[serde(skip)]
    pub span: Span,
    /// The same, for people.
    pub start: Position,
    /// What was done.
    pub title: String,
}

/// A fix that was not made because what it wrote did not hold.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
pub struct Bug {
    /// The file, as shown.
    pub path: String,
    /// The rule whose fixes were left out in that file; all rules', when it could not be told.
    pub rule: Option<String>,
    /// What is wrong with the text it wrote.
    pub reason: String,
}

impl Migration {
    /// What needs a person: a hazard or an error. Notes and remarks are worth reading, and need nobody.
    pub fn for_you(&self) -> impl Iterator<Item = &Finding> {
        self.left.iter().filter(|finding| finding.severity >= Severity::Warning)
    }

    /// The file of a place that is left, as it is now.
    pub fn file(&self, path: &str) -> Option<&SourceFile> {
        self.files.get(path)
    }
}

/// Migrates what was read.
///
/// # Errors
/// A rule that cannot be used, with its identifier.
pub fn migrate(
    inventory: Inventory,
    rules: &Rules,
    (options, settings): (Options, &Settings),
    surfaces: Surfaces<'_>,
) -> Result<Migration, String> {
    let mut run = Run::new(inventory, rules, (options, settings), surfaces);
    run.first_look()?;
    run.rounds()?;
    while proof::refuted(&mut run) {
        run.restart()?;
        run.rounds()?;
    }
    run.tidy();
    let mut left = run.left();
    let (pins, declared) = pins::move_pins(&mut run, &mut left);
    left.extend(run.declarations(&pins));
    if options.mark {
        mark::mark(&mut run, &mut left);
    }
    left.sort_by(|one, other| order(one).cmp(&order(other)));
    Ok(run.finish(left, pins, declared))
}

/// Silent ones first, then what is worst, then by rule and place.
fn order(finding: &Finding) -> impl Ord + '_ {
    let severity = std::cmp::Reverse(finding.severity);
    (!finding.is_silent(), severity, finding.rule.as_str(), finding.path.as_str(), finding.span)
}

/// The folders of the projects in which one of `paths` lies.
fn folders_of<'p>(
    projects: &crate::project::Projects<'_>,
    paths: impl IntoIterator<Item = &'p str>,
) -> BTreeSet<String> {
    paths.into_iter().map(|path| projects.folder_of(path)).collect()
}
