//! Which folders hold packages that depend on `rmcp`, what they call it, and at which release.

use std::collections::{BTreeMap, BTreeSet};

use semver::{Comparator, Op, Version, VersionReq};

use crate::inventory::{FileFacts, parent};
use crate::project::Projects;
use crate::requirement::{Ecosystem, Requirement, Scope, VersionPart};

/// The crate.
pub(crate) const CRATE: &str = "rmcp";

/// A package that depends on the crate.
#[derive(Debug, Clone, Default)]
pub(crate) struct Package {
    /// What code calls the crate.
    pub(crate) names: BTreeSet<String>,
    /// The release that is locked or, without a lock, the lowest that is admitted.
    version: Option<Version>,
    /// The lowest release that the manifest admits.
    floor: Option<Version>,
}

impl Package {
    /// Whether the code is written for a release before `breaks`; yes where that cannot be told.
    pub(crate) fn is_before(&self, breaks: &Version) -> bool {
        self.version.as_ref().is_none_or(|version| version < breaks)
    }

    /// Whether every release that the manifest admits has what came with `since`.
    pub(crate) fn has(&self, since: &Version) -> bool {
        self.floor.as_ref().is_some_and(|floor| floor >= since)
    }
}

/// The packages by their folders.
#[derive(Debug, Default)]
pub(crate) struct Packages {
    by_folder: BTreeMap<String, Package>,
}

impl Packages {
    /// The packages of a tree.
    pub(crate) fn of(projects: &Projects<'_>) -> Self {
        let mut by_folder = BTreeMap::new();
        for project in projects.iter() {
            let around = || projects.around(project).flat_map(|one| one.files.iter().copied());
            let asked = requirements(project.files.iter().copied());
            let asked: Vec<&Requirement> = asked.filter(|one| one.place.scope != Scope::Workspace).collect();
            let is_here = |one: &&&Requirement| one.name == CRATE || is_inherited_as(one, around());
            let own: Vec<&&Requirement> = asked.iter().filter(is_here).collect();
            if own.is_empty() {
                continue;
            }
            let called = |one: &&&Requirement| one.import_name.clone().unwrap_or_else(|| one.name.replace('-', "_"));
            let names = own.iter().map(called).collect();
            let inherited =
                requirements(around()).filter(|one| one.place.scope == Scope::Workspace && one.name == CRATE);
            let lowest = own.iter().copied().copied().chain(inherited).filter_map(lowest).min();
            // A lock that was not brought up to date holds what is not asked for any more.
            let version = locked(around()).max(lowest.clone());
            by_folder.insert(project.folder.clone(), Package { names, version, floor: lowest });
        }
        Self { by_folder }
    }

    /// The package that the file at `path` belongs to.
    pub(crate) fn around(&self, path: &str) -> Option<&Package> {
        let mut folder = parent(path);
        loop {
            if let Some(package) = self.by_folder.get(folder) {
                return Some(package);
            }
            if folder.is_empty() {
                return None;
            }
            folder = parent(folder);
        }
    }
}

fn requirements<'a>(files: impl Iterator<Item = &'a FileFacts>) -> impl Iterator<Item = &'a Requirement> {
    files.flat_map(|facts| &facts.declarations.requirements).filter(|one| one.ecosystem == Ecosystem::Rust)
}

/// Whether a member's `x.workspace = true` is the crate under the name that the workspace gives it.
fn is_inherited_as<'a>(one: &Requirement, around: impl Iterator<Item = &'a FileFacts>) -> bool {
    requirements(around).any(|root| root.name == CRATE && is_inherited_from(one, root))
}

/// Whether `one` takes its version from `root`, the entry of a workspace.
pub(crate) fn is_inherited_from(one: &Requirement, root: &Requirement) -> bool {
    let is_called = match &root.import_name {
        Some(name) => one.name.replace('-', "_") == *name,
        None => one.name == root.name,
    };
    root.place.scope == Scope::Workspace && one.version == VersionPart::Inherited && is_called
}

/// The release of the nearest lock.
fn locked<'a>(around: impl Iterator<Item = &'a FileFacts>) -> Option<Version> {
    let locks = around.filter_map(|facts| facts.declarations.lock.as_ref());
    let packages = locks.filter(|lock| lock.ecosystem == Ecosystem::Rust).flat_map(|lock| &lock.packages);
    packages.filter(|package| package.name == CRATE).filter_map(|package| Version::parse(&package.version).ok()).min()
}

/// The lowest release that a requirement admits; none where it says nothing of that.
fn lowest(requirement: &Requirement) -> Option<Version> {
    let asked = VersionReq::parse(&requirement.specifier()?.text).ok()?;
    let least = |one: &Comparator| match one.op {
        Op::Less | Op::LessEq => None,
        _ => Some(Version::new(one.major, one.minor.unwrap_or(0), one.patch.unwrap_or(0))),
    };
    asked.comparators.iter().filter_map(least).max()
}
