//! Pins move with the code: what asks for the older SDK asks for the newer one where the code has moved, the packages that
//! the code needs now are declared beside it, and the command that brings a lock up to date is named.

mod beside;
mod crates;
mod python;

use std::collections::BTreeSet;

use super::rounds::{Run, is_net};
use crate::finding::{Confidence, Finding, Severity};
use crate::fix::{self, Applicability, Chosen, Edit, Fix};
use crate::inventory::{FileFacts, Inventory, parent};
use crate::packages::Package;
use crate::project::Projects;
use crate::requirement::{Bound, Ecosystem, Requirement, Scope, Target};
use crate::rule::Code;
use crate::settle::Suppressions;
use crate::source::{SourceFile, Span};

/// A declaration of the SDK.
#[derive(Debug, Clone, serde::Serialize)]
pub struct Pin {
    /// The package, in its ecosystem's one spelling.
    pub package: String,
    /// Where it is from.
    #[serde(skip)]
    pub ecosystem: Ecosystem,
    /// The file, as shown.
    pub path: String,
    /// Its line, from 1.
    pub line: usize,
    /// As it was written.
    pub before: String,
    /// What became of it.
    #[serde(flatten)]
    pub outcome: PinOutcome,
}

/// What became of a declaration.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum PinOutcome {
    /// As it is written now.
    Moved(String),
    /// Why it was left alone.
    Left(String),
}

impl Pin {
    fn new(facts: &FileFacts, requirement: &Requirement, outcome: PinOutcome) -> Self {
        Self {
            package: requirement.name.clone(),
            ecosystem: requirement.ecosystem,
            path: facts.file.path().to_owned(),
            line: facts.file.position(requirement.span.start).line,
            before: requirement.shown(),
            outcome,
        }
    }

    /// Whether it asks for the newer SDK now, and did not before.
    pub fn is_moved(&self) -> bool {
        matches!(self.outcome, PinOutcome::Moved(_))
    }
}

/// What is to be done with a declaration.
enum Plan {
    Move(Fix),
    Leave(String),
}

/// What is known of the project that a declaration belongs to.
struct Around<'a> {
    code: Code,
    serves_both: bool,
    /// How many places of it fail for sure.
    blockers: Option<usize>,
    /// A requirement beside which the newest series cannot be installed.
    held_by: Option<&'a String>,
}

/// Declarations with what became of them, and the fixes that do it.
#[derive(Default)]
struct Moves {
    pins: Vec<Pin>,
    fixes: Vec<Fix>,
    /// What was declared beside them.
    declared: BTreeSet<String>,
    /// The declarations, by file and place, that a comment asks to leave alone.
    left_alone: BTreeSet<(String, Span)>,
}

fn left_alone(run: &Run<'_>) -> BTreeSet<(String, Span)> {
    let suppressions = Suppressions::of(&run.inventory, run.rules);
    let all =
        run.inventory.files.iter().flat_map(|facts| {
            facts.declarations.requirements.iter().map(|one| (facts.file.path().to_owned(), one.span))
        });
    all.filter(|(path, span)| suppressions.speaks_for_declaration(path, *span, run.rules)).collect()
}

impl Moves {
    /// Notes what was planned. Whether the declaration moves.
    fn add(&mut self, facts: &FileFacts, requirement: &Requirement, plan: Plan) -> bool {
        let is_left = self.left_alone.contains(&(facts.file.path().to_owned(), requirement.span));
        match plan {
            Plan::Move(_) if is_left => self.add(facts, requirement, Plan::Leave("a comment says so".to_owned())),
            Plan::Leave(reason) => {
                self.pins.push(Pin::new(facts, requirement, PinOutcome::Left(reason)));
                false
            }
            Plan::Move(fix) => {
                let title = fix.title.trim_start_matches("write ").trim_matches('`').to_owned();
                self.pins.push(Pin::new(facts, requirement, PinOutcome::Moved(title)));
                self.fixes.push(fix);
                true
            }
        }
    }
}

/// Moves the pins of every project whose code has moved, and takes what that mends off the list. The pins, and what was
/// declared beside them.
pub(super) fn move_pins(run: &mut Run<'_>, left: &mut Vec<Finding>) -> (Vec<Pin>, Vec<String>) {
    let mut moves = Moves { left_alone: left_alone(run), ..Moves::default() };
    {
        let projects = Projects::group(&run.inventory);
        python::plan(run, &projects, left, &mut moves);
        crates::plan(run, &projects, left, &mut moves);
    }
    let fixes: Vec<&Fix> = moves.fixes.iter().collect();
    let chosen = Chosen::of(&fixes, &|path| run.inventory.file(path).map(|file| file.bytes().len()));
    for path in chosen.paths() {
        let Some(file) = run.inventory.file(path) else { continue };
        let old = file.bytes().to_vec();
        let new = chosen.text(path, &old);
        run.replace(path, old, new);
    }
    run.judge_again();
    (moves.pins, moves.declared.into_iter().collect())
}

/// Whether a declaration decides what code runs on.
fn decides(requirement: &Requirement) -> bool {
    !matches!(requirement.place.scope, Scope::Documentation | Scope::ClientConfig)
}

/// Whether what was found ends with an error on the newer SDK for sure.
fn is_blocker(run: &Run<'_>, finding: &Finding) -> bool {
    let is_sure = finding.confidence == Confidence::High || is_net(run.rules, &finding.rule);
    is_sure && finding.severity == Severity::Error && !finding.is_silent()
}

/// What changes beside the version: edits, and the extras that are asked for then.
struct More {
    edits: Vec<Edit>,
    extras: Vec<String>,
}

/// What to do with a declaration; nothing where it asks for the newer SDK alone already.
fn plan(
    facts: &FileFacts,
    requirement: &Requirement,
    around: &Around<'_>,
    package: &Package,
    more: More,
) -> Option<Plan> {
    let sdk = format!("{} {}", package.name, package.series.newest());
    let bound = requirement.bound(&package.series);
    if matches!(bound, Bound::RequiresNext | Bound::ExactNext) {
        return None;
    }
    let leave = |reason: String| Some(Plan::Leave(reason));
    match (around.code, around.blockers) {
        // What imports nothing of the SDK says nothing of what it runs on.
        (Code::NoImports, _) => return None,
        (Code::Both, _) => return leave("the code serves both majors".to_owned()),
        (_, Some(count)) => {
            let places = if count == 1 { "1 place".to_owned() } else { format!("{count} places") };
            let meanwhile = if bound.is_exposed() { "; `mcp-audit scan --fix` bounds it meanwhile" } else { "" };
            return leave(format!(
                "{places} would fail on {sdk} or cannot be read; mend them, then run this again{meanwhile}"
            ));
        }
        (Code::OlderOnly, None) => return leave("the code still needs mcp 1".to_owned()),
        (Code::NewerOnly | Code::Either, None) => {}
    }
    if let Some(by) = around.held_by {
        return leave(format!("`{by}` beside it cannot be installed with {sdk}; raise that first"));
    }
    if around.serves_both && bound == Bound::Spans {
        return leave(
            "it admits both majors, and some of the code serves both; decide whether mcp 1 still counts".to_owned(),
        );
    }
    let (Some(newest), first) = (package.newest_release(), package.series.newest()) else { return None };
    let target = Target { first: &first, next: &package.series.after, newest };
    let Some(specifier) = requirement.specifier() else {
        return leave("it names no range of versions; change what it points at".to_owned());
    };
    let Some(text) = requirement.dialect.raised(&specifier.text, target) else {
        return leave(format!("`{}` has no form for a later series", specifier.text));
    };
    let mut fix = match fix::replace_specifier(&facts.file, requirement, &text, Applicability::Safe) {
        Ok(fix) => fix,
        Err(reason) => return leave(reason),
    };
    let is_raised = |new: &Requirement| matches!(new.bound(&package.series), Bound::RequiresNext | Bound::ExactNext);
    fix.edits.extend(more.edits);
    fix.edits.sort_by_key(|edit| edit.span);
    match moved(&facts.file, requirement, &fix, &more.extras).filter(is_raised) {
        Some(new) => {
            if requirement.ecosystem == Ecosystem::Rust {
                fix.title = format!("write `{}`", new.shown());
            }
            Some(Plan::Move(fix))
        }
        None => leave("it cannot be written in place; change it by hand".to_owned()),
    }
}

/// The requirement as it is in the file read again with the edit, if that asks for all else what it asked before.
fn moved(file: &SourceFile, requirement: &Requirement, fix: &Fix, extras: &[String]) -> Option<Requirement> {
    let (bytes, _) = fix::apply(file, &[fix]);
    let before = crate::manifest::locate(file).requirements;
    let after = SourceFile::new(file.path(), file.location(), bytes);
    let after = crate::manifest::locate(&after).requirements;
    let at = before.iter().position(|one| one.span == requirement.span)?;
    let says = |one: &Requirement| (one.name.clone(), one.extras.clone(), one.specifier().map(|it| it.text.clone()));
    let is_same = before.len() == after.len()
        && before.iter().zip(&after).enumerate().all(|(index, (old, new))| index == at || says(old) == says(new));
    let new = after.into_iter().nth(at)?;
    (is_same && new.name == requirement.name && new.extras == extras).then_some(new)
}

/// What brings the locks beside moved pins up to date, each once: `uv lock` in the folder of a `uv.lock`, and what made a
/// compiled list, as the list says itself.
pub(super) fn relock(inventory: &Inventory, pins: &[Pin]) -> Vec<String> {
    let moved: Vec<&Pin> = pins.iter().filter(|pin| pin.is_moved()).collect();
    let mut commands = BTreeSet::new();
    for facts in &inventory.files {
        let Some(lock) = facts.declarations.lock.as_ref() else { continue };
        let folder = parent(facts.file.path());
        let is_below = |path: &str| folder.is_empty() || path == folder || path.starts_with(&format!("{folder}/"));
        let holds = |pin: &&Pin| {
            pin.ecosystem == lock.ecosystem
                && is_below(parent(&pin.path))
                && lock.packages.iter().any(|package| package.name == pin.package)
        };
        if moved.iter().any(holds) {
            let command = &lock.relock;
            commands.insert(if folder.is_empty() { command.clone() } else { format!("(cd {folder} && {command})") });
        }
    }
    commands.into_iter().collect()
}
