//! Pins move with the code: what asks for the older SDK asks for the newer one where the code has moved, the packages that
//! the code needs now are declared beside it, and the command that brings a lock up to date is named.

use std::collections::{BTreeMap, BTreeSet};

use super::rounds::{Run, is_net};
use crate::finding::{Confidence, Finding, Severity};
use crate::fix::{self, Applicability, Chosen, Fix};
use crate::inventory::{FileFacts, Inventory, is_python, parent};
use crate::judge;
use crate::packages::Package;
use crate::project::Projects;
use crate::python;
use crate::requirement::{Bound, Ecosystem, Requirement, Scope, Target};
use crate::rule::Code;
use crate::source::{SourceFile, Span};

/// The package whose code is moved.
const PACKAGE: &str = "mcp";

/// A declaration of the SDK.
#[derive(Debug, Clone, serde::Serialize)]
pub struct Pin {
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

/// Moves the pins of every project whose code has moved, and takes what that mends off the list. The pins, and what was
/// declared beside them.
pub(super) fn move_pins(run: &mut Run<'_>, left: &mut Vec<Finding>) -> (Vec<Pin>, Vec<String>) {
    let Some(package) = run.rules.packages.get(Ecosystem::Python, PACKAGE) else { return Default::default() };
    let (mut pins, mut fixes, mut declared) = (Vec::new(), Vec::new(), BTreeSet::new());
    {
        let projects = Projects::group(&run.inventory);
        let codes = judge::deciding_code(&projects, &run.breakages);
        let blockers = blockers(run, &projects, left);
        let mut needs: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
        let mut mended: Vec<(&str, &str, Span)> = Vec::new();
        let holds = holds(&run.inventory, &projects, package);
        for facts in &run.inventory.files {
            let folder = projects.folder_of(facts.file.path());
            let (code, serves_both) = codes.get(&folder).copied().unwrap_or_default();
            let around =
                Around { code, serves_both, blockers: blockers.get(&folder).copied(), held_by: holds.get(&folder) };
            for requirement in facts.declarations.requirements.iter().filter(|one| is_pin(one)) {
                let Some(plan) = plan(facts, requirement, &around, package) else {
                    continue;
                };
                let line = facts.file.position(requirement.span.start).line;
                let pin =
                    |outcome| Pin { path: facts.file.path().to_owned(), line, before: requirement.shown(), outcome };
                match plan {
                    Plan::Leave(reason) => pins.push(pin(PinOutcome::Left(reason))),
                    Plan::Move(fix) => {
                        let title = fix.title.trim_start_matches("write ").trim_matches('`').to_owned();
                        pins.push(pin(PinOutcome::Moved(title)));
                        fixes.push(fix);
                        let needs =
                            needs.entry(folder.clone()).or_insert_with(|| needed(run, &projects, &folder, package));
                        for name in needs.iter() {
                            if declare(facts, requirement, (name, package), &mut fixes, &mut declared) {
                                mended
                                    .extend(missing(run, &folder).filter(|(it, _)| it == name).map(|(_, place)| place));
                            }
                        }
                    }
                }
            }
        }
        left.retain(|one| {
            !mended.iter().any(|(path, rule, at)| one.path == *path && one.rule == *rule && one.span == *at)
        });
    }
    let fixes: Vec<&Fix> = fixes.iter().collect();
    let chosen = Chosen::of(&fixes, &|path| run.inventory.file(path).map(|file| file.bytes().len()));
    for path in chosen.paths() {
        let Some(file) = run.inventory.file(path) else { continue };
        let old = file.bytes().to_vec();
        let new = chosen.text(path, &old);
        run.replace(path, old, new);
    }
    run.judge_again();
    (pins, declared.into_iter().collect())
}

/// Whether a declaration decides what the project's code runs on.
fn is_pin(requirement: &Requirement) -> bool {
    requirement.name == PACKAGE
        && requirement.ecosystem == Ecosystem::Python
        && !matches!(requirement.place.scope, Scope::Documentation | Scope::ClientConfig)
}

/// By the folder of each project: what it declares that keeps the newest series out.
fn holds(inventory: &Inventory, projects: &Projects<'_>, package: &Package) -> BTreeMap<String, String> {
    let mut holds = BTreeMap::new();
    for facts in &inventory.files {
        for requirement in facts.declarations.requirements.iter().filter(|one| one.ecosystem == Ecosystem::Python) {
            let Some(held_by) = package.held_by.iter().find(|one| one.name == requirement.name) else { continue };
            let until = held_by.until.parse().ok();
            let admits = requirement.versions().ok().flatten().zip(until);
            let is_asked = !matches!(requirement.place.scope, Scope::Documentation | Scope::ClientConfig);
            if is_asked && admits.is_some_and(|(versions, until)| !versions.reaches(&until)) {
                holds.insert(projects.folder_of(facts.file.path()), requirement.shown());
            }
        }
    }
    holds
}

/// How many places of each project end with an error on the newer SDK for sure.
fn blockers(run: &Run<'_>, projects: &Projects<'_>, left: &[Finding]) -> BTreeMap<String, usize> {
    let mut blockers = BTreeMap::new();
    // Of a file that is not all Python it cannot be said what runs.
    for facts in run.inventory.files.iter().filter(|facts| is_python(facts.file.path())) {
        if facts.imports_sdk() && python::syntax_errors(facts.file.text()) > 0 {
            *blockers.entry(projects.folder_of(facts.file.path())).or_default() += 1;
        }
    }
    for finding in left {
        let is_sure = finding.confidence == Confidence::High || is_net(run.rules, &finding.rule);
        let is_sure = is_sure && finding.severity == Severity::Error;
        if is_sure && !finding.is_silent() {
            *blockers.entry(projects.folder_of(&finding.path)).or_default() += 1;
        }
    }
    blockers
}

/// What to do with a declaration; nothing where it asks for the newer SDK alone already.
fn plan(facts: &FileFacts, requirement: &Requirement, around: &Around<'_>, package: &Package) -> Option<Plan> {
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
                "{places} would fail on mcp 2 or cannot be read; mend them, then run this again{meanwhile}"
            ));
        }
        (Code::OlderOnly, None) => return leave("the code still needs mcp 1".to_owned()),
        (Code::NewerOnly | Code::Either, None) => {}
    }
    if let Some(by) = around.held_by {
        return leave(format!("`{by}` beside it cannot be installed with mcp 2; raise that first"));
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
    match fix::replace_specifier(&facts.file, requirement, &text, Applicability::Safe) {
        Ok(fix) if is_moved(&facts.file, requirement, &fix, package) => Some(Plan::Move(fix)),
        Ok(_) => leave("it cannot be written in place; change it by hand".to_owned()),
        Err(reason) => leave(reason),
    }
}

/// Whether the file, read again with the edit, asks for the newer SDK at that place and for all else what it asked before.
fn is_moved(file: &SourceFile, requirement: &Requirement, fix: &Fix, package: &Package) -> bool {
    let (bytes, _) = fix::apply(file, &[fix]);
    let before = crate::manifest::locate(file).requirements;
    let after = SourceFile::new(file.path(), file.location(), bytes);
    let after = crate::manifest::locate(&after).requirements;
    let says = |one: &Requirement| (one.name.clone(), one.extras.clone(), one.specifier().map(|it| it.text.clone()));
    before.len() == after.len()
        && before.iter().zip(&after).all(|(old, new)| {
            if old.span == requirement.span {
                old.name == new.name
                    && old.extras == new.extras
                    && matches!(new.bound(&package.series), Bound::RequiresNext | Bound::ExactNext)
            } else {
                says(old) == says(new)
            }
        })
}

/// The packages that the code of a project imports now and does not declare: what the older SDK alone brought, and what
/// this migration was the first to import.
fn needed<'p>(run: &Run<'_>, projects: &Projects<'_>, folder: &str, package: &'p Package) -> BTreeSet<&'p str> {
    let mut needed = BTreeSet::new();
    let in_project = run.inventory.files.iter().filter(|facts| projects.folder_of(facts.file.path()) == folder);
    let declared: BTreeSet<&str> = in_project.clone().flat_map(|facts| &facts.declared).map(String::as_str).collect();
    let missing: BTreeSet<&str> = missing(run, folder).map(|(name, _)| name).collect();
    let mut introduced: BTreeSet<String> = BTreeSet::new();
    for (path, before) in run.originals().filter(|(path, _)| is_python(path) && projects.folder_of(path) == folder) {
        let Some(now) = run.inventory.file(path) else { continue };
        let before = python::imported_packages(&String::from_utf8_lossy(before));
        introduced.extend(python::imported_packages(now.text()).difference(&before).cloned());
    }
    for one in &package.needed {
        let is_new = introduced.contains(&one.module);
        if (missing.contains(one.name.as_str()) || is_new) && !declared.contains(one.name.as_str()) {
            needed.insert(one.name.as_str());
        }
    }
    needed
}

/// The packages that only the older SDK brought and the code of a project imports without asking for them, each with the
/// places that say so: file, rule and span.
fn missing<'a>(run: &'a Run<'_>, folder: &str) -> impl Iterator<Item = (&'a str, (&'a str, &'a str, Span))> {
    let breakages = run.breakages.by_project.get(folder).into_iter().flatten();
    let missing = breakages.filter(|one| one.hit.rule.checks.iter().any(|it| it.name.starts_with("undeclared-")));
    missing.filter_map(|one| {
        let name = one.hit.values.get("name")?.as_str();
        Some((name, (one.path.as_str(), one.hit.rule.id.as_str(), one.hit.span)))
    })
}

/// Declares a package beside the SDK, in lists that are installed to run the code. Whether it is declared.
fn declare(
    facts: &FileFacts,
    beside: &Requirement,
    (name, package): (&str, &Package),
    fixes: &mut Vec<Fix>,
    declared: &mut BTreeSet<String>,
) -> bool {
    let scope = &beside.place.scope;
    let is_list = matches!(
        scope,
        Scope::Runtime
            | Scope::Extra(_)
            | Scope::Group(_)
            | Scope::Requirements
            | Scope::Environment(_)
            | Scope::Script
    );
    let Some(needed) = package.needed.iter().find(|one| one.name == name).filter(|_| is_list) else { return false };
    let shown = format!("{name}{} in {}", needed.specifier, facts.file.path());
    match fix::declare(&facts.file, beside, name, &needed.specifier) {
        Ok(fix) => {
            fixes.push(fix);
            declared.insert(shown);
            true
        }
        // What says that it is missing stays, and says what to do.
        Err(_) => false,
    }
}

/// What brings the locks beside moved pins up to date, each once: `uv lock` in the folder of a `uv.lock`, and what made a
/// compiled list, as the list says itself.
pub(super) fn relock(inventory: &Inventory, pins: &[Pin]) -> Vec<String> {
    let moved: BTreeSet<&str> = pins.iter().filter(|pin| pin.is_moved()).map(|pin| parent(&pin.path)).collect();
    let mut commands = BTreeSet::new();
    for facts in &inventory.files {
        let Some(lock) = facts.declarations.lock.as_ref().filter(|lock| lock.ecosystem == Ecosystem::Python) else {
            continue;
        };
        let folder = parent(facts.file.path());
        let below = |moved: &&str| folder.is_empty() || **moved == *folder || moved.starts_with(&format!("{folder}/"));
        if lock.packages.iter().any(|package| package.name == PACKAGE) && moved.iter().any(below) {
            let command = &lock.relock;
            commands.insert(if folder.is_empty() { command.clone() } else { format!("(cd {folder} && {command})") });
        }
    }
    commands.into_iter().collect()
}
