//! The constraints, overrides and locks that apply to a requirement, and what they leave of it.

use crate::inventory::FileFacts;
use crate::manifest::{IncludeKind, LockedPackage};
use crate::project::{Project, Projects};
use crate::requirement::{Bound, Requirement, Scope, Series, VersionPart, Versions};

/// What is left of a requirement after everything that applies to it here.
#[derive(Debug)]
pub(super) struct Effective {
    /// The verdict.
    pub(super) bound: Bound,
    /// What limits or replaces it, for people.
    pub(super) by: Vec<String>,
}

/// Applies constraints, then overrides: an override replaces even a bound, so it is read last.
pub(super) fn effective<'a>(
    facts: &'a FileFacts,
    requirement: &Requirement,
    series: &Series,
    project: &Project<'a>,
    projects: &Projects<'a>,
) -> Effective {
    let declared = requirement.bound(series);
    let Ok(Some(mut versions)) = requirement.versions() else { return Effective { bound: declared, by: Vec::new() } };
    let mut by = Vec::new();
    for (source, constraint) in constraints(facts, requirement, project, projects) {
        if let Ok(Some(limit)) = constraint.versions() {
            let limited = versions.and(&limit);
            if limited.set != versions.set {
                by.push(format!("{} in {}", constraint.text, source.file.path()));
                versions = limited;
            }
        }
    }
    let mut bound = Bound::of(&versions, series);
    for (source, replacement) in overrides(requirement, project, projects) {
        by.push(format!("{} in {} ({})", replacement.text, source.file.path(), replacement.place.table));
        bound = replacement.bound(series);
    }
    Effective { bound, by }
}

/// Requirements that limit `requirement` when it is installed the way its file says.
fn constraints<'a>(
    facts: &'a FileFacts,
    requirement: &Requirement,
    project: &Project<'a>,
    projects: &Projects<'a>,
) -> Vec<(&'a FileFacts, &'a Requirement)> {
    let mut found = Vec::new();
    // `-c` applies to its own file, and to every file that file brings in.
    for user in projects.bringing_in(facts) {
        for other in projects.included(user, &IncludeKind::Constraints) {
            found.extend(of_package(other, requirement).map(|limit| (other, limit)));
        }
    }
    // What pip and other tools install by their own lists (requirements files, tox, pixi) does not see uv's.
    let is_uv = matches!(
        requirement.place.scope,
        Scope::Runtime | Scope::Extra(_) | Scope::Group(_) | Scope::Workspace | Scope::Override | Scope::Build
    );
    if is_uv {
        let is_build = requirement.place.scope == Scope::Build;
        // A uv workspace takes its constraints from its root.
        for around in projects.around(project) {
            for other in around.files.iter().filter(|other| is_uv_configuration(other)) {
                found.extend(
                    of_package(other, requirement)
                        .filter(|one| one.place.scope == Scope::Constraint)
                        .filter(|one| one.place.table.contains("build-constraint") == is_build)
                        .map(|limit| (*other, limit)),
                );
            }
        }
    }
    found.retain(|(_, limit)| !std::ptr::eq(*limit, requirement));
    found
}

fn is_uv_configuration(facts: &FileFacts) -> bool {
    matches!(facts.file.name(), "pyproject.toml" | "uv.toml")
}

fn of_package<'a>(facts: &'a FileFacts, requirement: &Requirement) -> impl Iterator<Item = &'a Requirement> {
    let (ecosystem, name) = (requirement.ecosystem, requirement.name.clone());
    facts.declarations.requirements.iter().filter(move |one| one.ecosystem == ecosystem && one.name == name)
}

/// What replaces `requirement` in the project's own installs.
fn overrides<'a>(
    requirement: &Requirement,
    project: &Project<'a>,
    projects: &Projects<'a>,
) -> Vec<(&'a FileFacts, &'a Requirement)> {
    if !matches!(requirement.place.scope, Scope::Runtime | Scope::Extra(_) | Scope::Group(_) | Scope::Workspace) {
        return Vec::new();
    }
    let found = projects.around(project).flat_map(|around| around.files.iter().map(move |other| (around, *other)));
    let found = found.flat_map(|(around, other)| {
        let is_own = around.folder == project.folder;
        of_package(other, requirement)
            // PDM knows no workspaces, so what its table overrides is the folder's own.
            .filter(move |one| one.place.scope == Scope::Override && (is_own || !is_of_pdm(one)))
            .map(move |one| (other, one))
    });
    found.filter(|(_, one)| !matches!(one.version, VersionPart::Inherited)).collect()
}

fn is_of_pdm(requirement: &Requirement) -> bool {
    requirement.place.table.starts_with("tool.pdm.")
}

/// The entries of the nearest lock around `project` that hold `name`, with the lock's file.
pub(super) fn locked<'a>(
    requirement: &Requirement,
    project: &Project<'a>,
    projects: &Projects<'a>,
) -> Vec<(&'a FileFacts, &'a LockedPackage)> {
    for around in projects.around(project) {
        for facts in &around.files {
            let Some(lock) = facts.declarations.lock.as_ref().filter(|lock| lock.ecosystem == requirement.ecosystem)
            else {
                continue;
            };
            let held: Vec<_> = lock
                .packages
                .iter()
                .filter(|one| one.name == requirement.name && !one.is_member)
                .map(|one| (*facts, one))
                .collect();
            if !held.is_empty() {
                return held;
            }
        }
    }
    Vec::new()
}

/// The set a lock holds, when it holds exactly one version of the package.
pub(super) fn locked_version(held: &[(&FileFacts, &LockedPackage)]) -> Option<pep440_rs::Version> {
    let mut versions = held.iter().filter_map(|(_, one)| one.version.parse::<pep440_rs::Version>().ok());
    let first = versions.next()?;
    versions.all(|other| other == first).then_some(first)
}

/// A helper of tests and checks: whether `versions` admits anything from `next` on.
pub(super) fn reaches(versions: &Versions, next: &pep440_rs::Version) -> bool {
    !versions.set.is_disjoint(&version_ranges::Ranges::higher_than(next.clone()))
}
