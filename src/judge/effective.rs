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

/// What surrounds the requirements of one package in one file: the same for all of them, however many there are.
#[derive(Debug)]
pub(super) struct Surroundings<'a> {
    /// The constraints that leave less than those before them, with what they admit.
    constraints: Vec<(&'a FileFacts, &'a Requirement, Versions)>,
    overrides: Vec<(&'a FileFacts, &'a Requirement)>,
    /// The workspace's entry, for members that inherit it.
    root: Option<(&'a FileFacts, &'a Requirement)>,
    /// The entries of the nearest lock that these installs obey.
    pub(super) locked: Vec<(&'a FileFacts, &'a LockedPackage)>,
    /// The version in it, when there is exactly one.
    pub(super) locked_version: Option<pep440_rs::Version>,
    /// The newest version the project is worked on with, whether or not these installs take it.
    pub(super) in_use: Option<pep440_rs::Version>,
    /// Whether the package is a project of the repository and taken from there: its maintainers release both.
    pub(super) is_sibling: bool,
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
        let locked = locked(facts, requirement, project, projects);
        Self {
            constraints: kept,
            overrides: overrides(requirement, project, projects),
            root: root(requirement, project, projects),
            locked_version: locked_version(&locked),
            locked,
            in_use: newest_locked(&in_use(requirement, project, projects)),
            is_sibling: is_sibling(requirement, project, projects),
        }
    }

    /// The workspace's entry that `requirement` inherits, if it does.
    pub(super) fn inherited(&self, requirement: &Requirement) -> Option<(&'a FileFacts, &'a Requirement)> {
        self.root.filter(|_| requirement.version == VersionPart::Inherited)
    }
}

/// Applies constraints, then overrides: an override replaces even a bound, so it is read last.
pub(super) fn effective(requirement: &Requirement, series: &Series, around: &Surroundings<'_>) -> Effective {
    let declared = requirement.bound(series);
    if let Some((source, root)) = around.inherited(requirement) {
        return Effective { bound: root.bound(series), by: vec![format!("the workspace in {}", source.file.path())] };
    }
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

/// The entry of the workspace's root that `requirement` takes its version from.
fn root<'a>(
    requirement: &Requirement,
    project: &Project<'a>,
    projects: &Projects<'a>,
) -> Option<(&'a FileFacts, &'a Requirement)> {
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

/// Whether a source of uv's has the project take the package from the repository itself, where it is a project too.
fn is_sibling(requirement: &Requirement, project: &Project<'_>, projects: &Projects<'_>) -> bool {
    projects.holds(requirement.ecosystem, &requirement.name)
        && overrides(requirement, project, projects).iter().any(|(_, one)| matches!(one.version, VersionPart::Path(_)))
}

/// The entries of the nearest lock that decides what an install by `requirement` takes, with the lock's file.
fn locked<'a>(
    facts: &FileFacts,
    requirement: &Requirement,
    project: &Project<'a>,
    projects: &Projects<'a>,
) -> Vec<(&'a FileFacts, &'a LockedPackage)> {
    held(requirement, project, projects, |lock| is_obeyed(lock, facts, requirement))
}

/// The entries of the nearest lock around `project` that hold the package: what the project is worked on with, whether
/// or not an install by `requirement` reads that lock.
fn in_use<'a>(
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
fn locked_version(held: &[(&FileFacts, &LockedPackage)]) -> Option<pep440_rs::Version> {
    let mut versions = held.iter().filter_map(|(_, one)| one.version.parse::<pep440_rs::Version>().ok());
    let first = versions.next()?;
    versions.all(|other| other == first).then_some(first)
}

/// The newest version a lock holds.
fn newest_locked(held: &[(&FileFacts, &LockedPackage)]) -> Option<pep440_rs::Version> {
    held.iter().filter_map(|(_, one)| one.version.parse().ok()).max()
}
