//! What locks say: which version is installed today, by which path it comes in, and whether the code can take it.

use std::cell::LazyCell;
use std::collections::BTreeSet;

use pep440_rs::Version;

use super::code::Evidence;
use super::template::Values;
use super::units::finding;
use crate::finding::Finding;
use crate::inventory::FileFacts;
use crate::manifest::{Lock, LockedPackage, lock::graph};
use crate::packages::Package;
use crate::project::{Project, Projects};
use crate::rule::{Rule, Rules};

/// The findings of `rule` on the lock in `facts`, if it is one.
pub(super) fn judge(
    rule: &Rule,
    facts: &FileFacts,
    project: &Project<'_>,
    projects: &Projects<'_>,
    evidence: &Evidence,
    rules: &Rules,
) -> Vec<Finding> {
    let Some(lock) = &facts.declarations.lock else { return Vec::new() };
    if rule.matches.ecosystem.is_some_and(|ecosystem| ecosystem != lock.ecosystem)
        || !(rule.matches.code.is_empty() || rule.matches.code.contains(&evidence.code))
    {
        return Vec::new();
    }
    let mut findings = Vec::new();
    for package in rules.packages.iter().filter(|package| package.ecosystem == lock.ecosystem) {
        let held: Vec<&LockedPackage> =
            lock.packages.iter().filter(|one| one.name == package.name && !one.is_member).collect();
        let several = held.iter().map(|one| series(one, package)).collect::<BTreeSet<_>>().len() > 1;
        let path = LazyCell::new(|| {
            graph::paths_to(lock, &package.name, 1).into_iter().next().map(|path| path.join(" → ")).unwrap_or_default()
        });
        for (index, one) in held.iter().enumerate() {
            let holds = match rule.matches.check.as_deref() {
                Some("newest-series") => {
                    version(one).is_some_and(|version| version >= package.series.newest()) && !is_chosen(one, &held)
                }
                Some("two-series") => index > 0 && several,
                Some("transitive") => {
                    index == 0 && !is_declared(&package.name, project, projects) && !is_direct(lock, &package.name)
                }
                _ => false,
            };
            if holds {
                findings.push(finding(rule, facts, one.span, &values(lock, package, one, (&held, &path), evidence)));
            }
        }
    }
    findings
}

fn values(
    lock: &Lock,
    package: &Package,
    one: &LockedPackage,
    (held, path): (&[&LockedPackage], &str),
    evidence: &Evidence,
) -> Values {
    let other =
        held.iter().find(|other| other.version != one.version).map(|other| other.version.clone()).unwrap_or_default();
    Values::from([
        ("package", package.name.clone()),
        ("locked", one.version.clone()),
        ("relock", lock.relock.clone()),
        ("evidence", evidence.shown()),
        (
            "marker",
            match &one.marker {
                Some(_) if is_chosen(one, held) => "the extras and groups that are installed".to_owned(),
                Some(marker) => shortened(marker),
                None => "the environment".to_owned(),
            },
        ),
        ("other", other),
        ("path", path.to_owned()),
    ])
}

/// Whether another version is held for the same environments: the lock forked over extras and groups that exclude each
/// other, so whoever installs from it chooses.
fn is_chosen(one: &LockedPackage, held: &[&LockedPackage]) -> bool {
    one.marker.is_some() && held.iter().any(|other| other.version != one.version && other.marker == one.marker)
}

/// A marker in quotes; one that resolvers made of a dozen versions is cut.
fn shortened(marker: &str) -> String {
    const LONGEST: usize = 80;
    match marker.char_indices().nth(LONGEST) {
        Some((at, _)) => format!("`{}…`", &marker[..at]),
        None => format!("`{marker}`"),
    }
}

/// The command that takes the newest admitted `package` into `lock`. Renewing alone keeps what it holds where it can.
pub(super) fn upgrade_command(lock: &Lock, package: &str) -> String {
    let command = lock.relock.split_whitespace().next().unwrap_or_default();
    match command {
        "uv" | "pip-compile" => format!("{} --upgrade-package {package}", lock.relock),
        "poetry" | "pdm" | "pipenv" | "pixi" => format!("{command} update {package}"),
        _ => lock.relock.clone(),
    }
}

fn version(package: &LockedPackage) -> Option<Version> {
    package.version.parse().ok()
}

/// A name for the series a locked version belongs to: the version it ends before.
fn series(locked: &LockedPackage, package: &Package) -> Option<Version> {
    package.series.next_after_release(&version(locked)?)
}

/// Whether some manifest around asks for the package itself.
pub(super) fn is_declared(name: &str, project: &Project<'_>, projects: &Projects<'_>) -> bool {
    projects
        .around(project)
        .flat_map(|around| &around.files)
        .flat_map(|facts| &facts.declarations.requirements)
        .any(|one| one.name == name && one.place.scope.asks())
}

/// Whether a project of the repository asks for the package itself, as far as the lock tells. A lock without edges
/// cannot tell what is transitive, so all of it counts as direct.
fn is_direct(lock: &Lock, name: &str) -> bool {
    let has_edges = lock.packages.iter().any(|one| !one.dependencies.is_empty());
    !has_edges
        || lock.packages.iter().any(|one| one.is_member && one.dependencies.iter().any(|dependency| dependency == name))
}
