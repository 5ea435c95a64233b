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

/// What surrounds the requirements of one package in one file: the same for all of them, however many there are.
#[derive(Debug)]
pub(super) struct Surroundings<'a> {
    /// The constraints that leave less than those before them, with what they admit.
    constraints: Vec<(&'a FileFacts, &'a Requirement, Versions)>,
    overrides: Vec<(&'a FileFacts, &'a Requirement)>,
    /// The entries of the nearest lock.
    pub(super) locked: Vec<(&'a FileFacts, &'a LockedPackage)>,
    /// The version in it, when there is exactly one.
    pub(super) locked_version: Option<pep440_rs::Version>,
}

impl<'a> Surroundings<'a> {
    pub(super) fn of(
        facts: &'a FileFacts,
        requirement: &Requirement,
        project: &Project<'a>,
        projects: &Projects<'a>,
    ) -> Self {
        let mut left = Versions::any();
        let mut kept = Vec::new();
        for (source, constraint) in constraints(facts, requirement, project, projects) {
            let Ok(Some(limit)) = constraint.versions() else { continue };
            let limited = left.and(&limit);
            if limited.set != left.set {
                kept.push((source, constraint, limit));
                left = limited;
            }
        }
        let locked = locked(requirement, project, projects);
        Self {
            constraints: kept,
            overrides: overrides(requirement, project, projects),
            locked_version: locked_version(&locked),
            locked,
        }
    }
}

/// Applies constraints, then overrides: an override replaces even a bound, so it is read last.
pub(super) fn effective(requirement: &Requirement, series: &Series, around: &Surroundings<'_>) -> Effective {
    let declared = requirement.bound(series);
    let Ok(Some(mut versions)) = requirement.versions() else { return Effective { bound: declared, by: Vec::new() } };
    let mut by = Vec::new();
    for (source, constraint, limit) in &around.constraints {
        let limited = versions.and(limit);
        if limited.set != versions.set && !std::ptr::eq(*constraint, requirement) {
            by.push(format!("{} in {}", constraint.text, source.file.path()));
            versions = limited;
        }
    }
    let mut bound = Bound::of(&versions, series);
    for (source, replacement) in &around.overrides {
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
    if !matches!(
        requirement.place.scope,
        Scope::Command | Scope::ClientConfig | Scope::Documentation | Scope::Constraint
    ) {
        // A uv workspace takes its constraints from its root.
        for around in projects.around(project) {
            for other in around.files.iter().filter(|other| is_uv_configuration(other)) {
                found.extend(
                    of_package(other, requirement)
                        .filter(|one| one.place.scope == Scope::Constraint)
                        .map(|limit| (*other, limit)),
                );
            }
        }
    }
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
    let files = projects.around(project).flat_map(|around| around.files.iter().copied());
    let found = files.flat_map(|other| {
        of_package(other, requirement).filter(|one| one.place.scope == Scope::Override).map(move |one| (other, one))
    });
    found.filter(|(_, one)| !matches!(one.version, VersionPart::Inherited)).collect()
}

/// The entries of the nearest lock around `project` that hold `name`, with the lock's file.
fn locked<'a>(
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
fn locked_version(held: &[(&FileFacts, &LockedPackage)]) -> Option<pep440_rs::Version> {
    let mut versions = held.iter().filter_map(|(_, one)| one.version.parse::<pep440_rs::Version>().ok());
    let first = versions.next()?;
    versions.all(|other| other == first).then_some(first)
}

/// A helper of tests and checks: whether `versions` admits anything from `next` on.
pub(super) fn reaches(versions: &Versions, next: &pep440_rs::Version) -> bool {
    !versions.set.is_disjoint(&version_ranges::Ranges::higher_than(next.clone()))
}
