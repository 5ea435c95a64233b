//! The requirements on the Rust SDK: they follow the code of the package they stand in or, at the root of a workspace, of every
//! package that takes its version from there. Features that are gone are renamed with them.

use std::collections::BTreeMap;

use super::{Around, More, Moves, Plan, Run, decides, is_blocker};
use crate::finding::Finding;
use crate::fix::{Applicability, Edit, Fix};
use crate::inventory::FileFacts;
use crate::manifest::renamed_features;
use crate::packages::{Package, RemovedFeature};
use crate::project::Projects;
use crate::requirement::{Ecosystem, Requirement, Scope, VersionPart};
use crate::rule::{Code, Family};
use crate::rust;
use crate::source::SourceFile;

/// The crates that are released together and move together.
const CRATES: [&str; 2] = ["rmcp", "rmcp-macros"];

/// What a package's code shows.
#[derive(Debug, Default, Clone, Copy)]
struct Shown {
    /// Whether some of it speaks of the crate.
    is_used: bool,
    /// How many places fail for sure, or cannot be read.
    blockers: usize,
}

/// A requirement and where it stands.
type Declared<'a> = (&'a FileFacts, &'a Requirement);

/// Plans what becomes of every requirement on the crates.
pub(super) fn plan(run: &Run<'_>, projects: &Projects<'_>, left: &[Finding], moves: &mut Moves) {
    let shown = shown(run, projects, left);
    for facts in &run.inventory.files {
        for requirement in facts.declarations.requirements.iter().filter(|one| is_pin(one)) {
            let Some(package) = run.rules.packages.get(Ecosystem::Rust, &requirement.name) else { continue };
            let folder = projects.folder_of(facts.file.path());
            let is_root = requirement.place.scope == Scope::Workspace;
            let heirs = if is_root { heirs(projects, &folder, requirement) } else { Vec::new() };
            let folders = heirs.iter().map(|(heir, _)| projects.folder_of(heir.file.path()));
            let folders = folders.chain((!is_root).then_some(folder));
            let of_code = folders.filter_map(|folder| shown.get(&folder)).fold(Shown::default(), |all, one| Shown {
                is_used: all.is_used || one.is_used,
                blockers: all.blockers + one.blockers,
            });
            let Some(plan) = planned(facts, requirement, package, of_code, &heirs) else { continue };
            if moves.add(facts, requirement, plan) {
                for (facts, heir) in heirs {
                    if let Some(fix) = features_alone(facts, heir, package) {
                        moves.add(facts, heir, Plan::Move(fix));
                    }
                }
            }
        }
    }
}

fn is_pin(requirement: &Requirement) -> bool {
    requirement.ecosystem == Ecosystem::Rust
        && CRATES.contains(&requirement.name.as_str())
        && requirement.version != VersionPart::Inherited
        && decides(requirement)
}

/// By the folder of each project, what its code shows.
fn shown(run: &Run<'_>, projects: &Projects<'_>, left: &[Finding]) -> BTreeMap<String, Shown> {
    let packages = rust::Packages::of(projects);
    let mut shown: BTreeMap<String, Shown> = BTreeMap::new();
    let declaring = run.inventory.files.iter().map(|facts| &facts.file);
    for file in declaring.chain(&run.inventory.texts).filter(|file| file.path().ends_with(".rs")) {
        let Some(package) = packages.around(file.path()) else { continue };
        if package.names.iter().any(|name| file.text().contains(name.as_str())) {
            let of_project = shown.entry(projects.folder_of(file.path())).or_default();
            of_project.is_used = true;
            of_project.blockers += usize::from(!rust::is_sound(file.text()));
        }
    }
    let left_alone: Vec<Finding> = run.left_alone().collect();
    for finding in left.iter().chain(&left_alone).filter(|one| one.family == Family::Rust && is_blocker(run, one)) {
        shown.entry(projects.folder_of(&finding.path)).or_default().blockers += 1;
    }
    shown
}

/// The requirements of members that take their version from `root`, which stands in `folder`.
fn heirs<'p>(projects: &'p Projects<'_>, folder: &str, root: &Requirement) -> Vec<Declared<'p>> {
    let members = projects.iter().filter(|one| projects.around(one).any(|around| around.folder == folder));
    let all = members.flat_map(|member| &member.files).flat_map(|facts| {
        let requirements = facts.declarations.requirements.iter();
        requirements.filter(|one| one.ecosystem == Ecosystem::Rust).map(move |one| (*facts, one))
    });
    all.filter(|(_, one)| rust::is_inherited_from(one, root)).collect()
}

fn planned(
    facts: &FileFacts,
    requirement: &Requirement,
    package: &Package,
    shown: Shown,
    heirs: &[Declared<'_>],
) -> Option<Plan> {
    let asked = heirs.iter().flat_map(|(_, heir)| &heir.extras).chain(&requirement.extras);
    let without_heir = asked.filter_map(|name| removed(package, name)).find(|one| successor(one).is_none());
    let code = if shown.is_used { Code::Either } else { Code::NoImports };
    let blockers = Some(shown.blockers).filter(|count| *count > 0);
    let around = Around { code, serves_both: false, blockers, held_by: None };
    let more = More { edits: features(&facts.file, requirement, package), extras: extras(requirement, package) };
    let plan = super::plan(facts, requirement, &around, package, more)?;
    match (plan, without_heir) {
        (Plan::Move(_), Some(gone)) => Some(Plan::Leave(format!(
            "its feature `{}` is gone since {}{}; change that first",
            gone.name,
            gone.from,
            gone.instead.as_ref().map(|instead| format!(", take {instead}")).unwrap_or_default()
        ))),
        (plan, _) => Some(plan),
    }
}

/// The feature of this name, if the newest series no longer has it.
fn removed<'p>(package: &'p Package, name: &str) -> Option<&'p RemovedFeature> {
    package.removed_features.iter().find(|one| one.name == name)
}

/// The one feature that serves instead.
fn successor(gone: &RemovedFeature) -> Option<&str> {
    gone.instead.as_deref().filter(|instead| !instead.contains(' '))
}

fn renamed(package: &Package, name: &str) -> Option<String> {
    removed(package, name).and_then(successor).map(str::to_owned)
}

fn features(file: &SourceFile, requirement: &Requirement, package: &Package) -> Vec<Edit> {
    let edits = renamed_features(file, requirement, &|name| renamed(package, name));
    edits.into_iter().map(|(span, content)| Edit { path: file.path().to_owned(), span, content }).collect()
}

/// The features as they are asked for then.
fn extras(requirement: &Requirement, package: &Package) -> Vec<String> {
    let stays: Vec<&String> = requirement.extras.iter().filter(|name| renamed(package, name).is_none()).collect();
    let mut extras = Vec::new();
    for name in &requirement.extras {
        match renamed(package, name) {
            Some(new) if stays.contains(&&new) || extras.contains(&new) => {}
            Some(new) => extras.push(new),
            None => extras.push(name.clone()),
        }
    }
    extras
}

/// What a member that inherits the version changes, where it asks for features that are gone.
fn features_alone(facts: &FileFacts, heir: &Requirement, package: &Package) -> Option<Fix> {
    let edits = features(&facts.file, heir, package);
    if edits.is_empty() {
        return None;
    }
    let mut fix = Fix { title: String::new(), applicability: Applicability::Safe, edits };
    let new = super::moved(&facts.file, heir, &fix, &extras(heir, package))?;
    fix.title = format!("write `{}`", new.shown());
    Some(fix)
}
