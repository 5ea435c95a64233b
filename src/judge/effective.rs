//! The constraints, overrides and locks that apply to a requirement, and what they leave of it.

use crate::inventory::FileFacts;
use crate::manifest::{IncludeKind, LockedPackage};
use crate::project::{Project, Projects};
use crate::requirement::{Bound, Ecosystem, Requirement, Scope, Series, VersionPart, Versions};

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
    if let Some((source, root)) = inherited(requirement, project, projects) {
        return Effective { bound: root.bound(series), by: vec![format!("the workspace in {}", source.file.path())] };
    }
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

/// The entry of the workspace's root that `requirement` takes its version from.
pub(super) fn inherited<'a>(
    requirement: &Requirement,
    project: &Project<'a>,
    projects: &Projects<'a>,
) -> Option<(&'a FileFacts, &'a Requirement)> {
    if requirement.version != VersionPart::Inherited {
        return None;
    }
    let mut files = projects.around(project).flat_map(|around| around.files.iter().copied());
    files.find_map(|other| {
        let root = of_package(other, requirement).find(|one| one.place.scope == Scope::Workspace)?;
        Some((other, root))
    })
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
    let files = projects.around(project).flat_map(|around| around.files.iter().copied());
    let found = files.flat_map(|other| {
        of_package(other, requirement).filter(|one| one.place.scope == Scope::Override).map(move |one| (other, one))
    });
    found.filter(|(_, one)| !matches!(one.version, VersionPart::Inherited)).collect()
}

/// Whether a source of uv's has the project take the package from the repository itself, where it is a project too.
pub(super) fn is_sibling(requirement: &Requirement, project: &Project<'_>, projects: &Projects<'_>) -> bool {
    projects.holds(requirement.ecosystem, &requirement.name)
        && overrides(requirement, project, projects).iter().any(|(_, one)| matches!(one.version, VersionPart::Path(_)))
}

/// The entries of the nearest lock that decides what an install by `requirement` takes, with the lock's file.
pub(super) fn locked<'a>(
    facts: &FileFacts,
    requirement: &Requirement,
    project: &Project<'a>,
    projects: &Projects<'a>,
) -> Vec<(&'a FileFacts, &'a LockedPackage)> {
    held(requirement, project, projects, |lock| is_obeyed(lock, facts, requirement))
}

/// The entries of the nearest lock around `project` that hold the package: what the project is worked on with, whether
/// or not an install by `requirement` reads that lock.
pub(super) fn in_use<'a>(
    requirement: &Requirement,
    project: &Project<'a>,
    projects: &Projects<'a>,
) -> Vec<(&'a FileFacts, &'a LockedPackage)> {
    held(requirement, project, projects, |lock| !lock.file.name().ends_with(".py.lock"))
}

/// Whether an install by `requirement`, written in `facts`, takes what `lock` holds. A project's lock is for the lists
/// of its manifest: pip, tox, pre-commit, a script and a command resolve anew beside it.
fn is_obeyed(lock: &FileFacts, facts: &FileFacts, requirement: &Requirement) -> bool {
    let name = lock.file.name();
    if requirement.place.scope == Scope::Script || name.ends_with(".py.lock") {
        return lock.file.path().strip_suffix(".lock") == Some(facts.file.path());
    }
    // Of all locks only a compiled requirements file is an input of pip's too.
    let is_compiled = !lock.declarations.requirements.is_empty();
    match requirement.place.scope {
        Scope::Command | Scope::ClientConfig | Scope::Documentation => false,
        _ if requirement.ecosystem != Ecosystem::Python => true,
        Scope::Build => false,
        Scope::Requirements => is_compiled,
        Scope::Environment(_) => name == "pixi.lock",
        _ => true,
    }
}

fn held<'a>(
    requirement: &Requirement,
    project: &Project<'a>,
    projects: &Projects<'a>,
    is_meant: impl Fn(&FileFacts) -> bool,
) -> Vec<(&'a FileFacts, &'a LockedPackage)> {
    for around in projects.around(project) {
        for facts in around.files.iter().filter(|facts| is_meant(facts)) {
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

/// The newest version a lock holds.
pub(super) fn newest_locked(held: &[(&FileFacts, &LockedPackage)]) -> Option<pep440_rs::Version> {
    held.iter().filter_map(|(_, one)| one.version.parse().ok()).max()
}

/// A helper of tests and checks: whether `versions` admits anything from `next` on.
pub(super) fn reaches(versions: &Versions, next: &pep440_rs::Version) -> bool {
    !versions.set.is_disjoint(&version_ranges::Ranges::higher_than(next.clone()))
}
