//! The requirements on the Python SDK: they follow what a project's imports and the places that are left in it show.

use std::collections::{BTreeMap, BTreeSet};

use super::beside::{declare, missing, needed};
use super::{Around, More, Moves, Run, decides, is_blocker};
use crate::finding::Finding;
use crate::inventory::{Inventory, is_python};
use crate::judge;
use crate::packages::Package;
use crate::project::Projects;
use crate::python;
use crate::requirement::{Ecosystem, Requirement};
use crate::rule::Family;
use crate::source::Span;

/// The package whose code is moved.
const PACKAGE: &str = "mcp";

/// Plans what becomes of every requirement on the package, and takes what that mends off the list.
pub(super) fn plan(run: &Run<'_>, projects: &Projects<'_>, left: &mut Vec<Finding>, moves: &mut Moves) {
    let Some(package) = run.rules.packages.get(Ecosystem::Python, PACKAGE) else { return };
    let codes = judge::deciding_code(projects, &run.breakages);
    let blockers = blockers(run, projects, left);
    let mut needs: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
    let mut mended: Vec<(&str, &str, Span)> = Vec::new();
    let holds = holds(&run.inventory, projects, package);
    for facts in &run.inventory.files {
        let folder = projects.folder_of(facts.file.path());
        let (code, serves_both) = codes.get(&folder).copied().unwrap_or_default();
        let around =
            Around { code, serves_both, blockers: blockers.get(&folder).copied(), held_by: holds.get(&folder) };
        for requirement in facts.declarations.requirements.iter().filter(|one| is_pin(one)) {
            let more = More { edits: Vec::new(), extras: requirement.extras.clone() };
            let Some(plan) = super::plan(facts, requirement, &around, package, more) else { continue };
            if moves.add(facts, requirement, plan) {
                let needs = needs.entry(folder.clone()).or_insert_with(|| needed(run, projects, &folder, package));
                for name in needs.iter() {
                    if declare(facts, requirement, (name, package), &mut moves.fixes, &mut moves.declared) {
                        mended.extend(missing(run, &folder).filter(|(it, _)| it == name).map(|(_, place)| place));
                    }
                }
            }
        }
    }
    left.retain(|one| !mended.iter().any(|(path, rule, at)| one.path == *path && one.rule == *rule && one.span == *at));
}

fn is_pin(requirement: &Requirement) -> bool {
    requirement.name == PACKAGE && requirement.ecosystem == Ecosystem::Python && decides(requirement)
}

/// By the folder of each project: what it declares that keeps the newest series out.
fn holds(inventory: &Inventory, projects: &Projects<'_>, package: &Package) -> BTreeMap<String, String> {
    let mut holds = BTreeMap::new();
    for facts in &inventory.files {
        for requirement in facts.declarations.requirements.iter().filter(|one| one.ecosystem == Ecosystem::Python) {
            let Some(held_by) = package.held_by.iter().find(|one| one.name == requirement.name) else { continue };
            let until = held_by.until.parse().ok();
            let admits = requirement.versions().ok().flatten().zip(until);
            if decides(requirement) && admits.is_some_and(|(versions, until)| !versions.reaches(&until)) {
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
    // What breaks with the protocol or with a crate does not depend on the Python SDK that is installed.
    let is_own = |finding: &&Finding| !matches!(finding.family, Family::Rust | Family::Protocol);
    let left_alone: Vec<Finding> = run.left_alone().collect();
    for finding in left.iter().chain(&left_alone).filter(is_own).filter(|finding| is_blocker(run, finding)) {
        *blockers.entry(projects.folder_of(&finding.path)).or_default() += 1;
    }
    blockers
}
