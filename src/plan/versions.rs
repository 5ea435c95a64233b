//! Which versions of the SDKs are asked for, locked and installed.

use std::str::FromStr;

use pep440_rs::Version;
use serde::Serialize;
use version_ranges::Ranges;

use crate::inventory::Inventory;
use crate::judge::Row;
use crate::report::Report;
use crate::requirement::{Ecosystem, Scope};
use crate::rule::Rules;

/// The versions of the SDKs in a tree.
#[derive(Debug, Default, Serialize)]
pub struct Versions {
    /// Every declaration, as the scan weighs it.
    pub declared: Vec<Row>,
    /// What locks hold.
    pub locked: Vec<Locked>,
    /// What environments in the tree hold.
    pub installed: Vec<Installed>,
    /// The sets that runtime requirements on the Python SDK admit.
    #[serde(skip)]
    admitted: Vec<Ranges<Version>>,
}

/// A package in a lock.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Locked {
    /// The package.
    pub package: String,
    /// The version, as written.
    pub version: String,
    /// The lock, as shown.
    pub path: String,
    /// Its line, from 1.
    pub line: usize,
}

/// A package in an environment.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Installed {
    /// The package.
    pub package: String,
    /// The version.
    pub version: String,
    /// The folder of the environment, as shown.
    pub environment: String,
}

pub(super) fn versions(inventory: &Inventory, report: &Report, rules: &Rules, installed: Vec<Installed>) -> Versions {
    let mut locked = Vec::new();
    let mut admitted = Vec::new();
    for facts in &inventory.files {
        if let Some(lock) = &facts.declarations.lock {
            let held = lock.packages.iter().filter(|one| !one.is_member && !one.version.is_empty());
            let audited = held.filter(|one| rules.packages.get(lock.ecosystem, &one.name).is_some());
            locked.extend(audited.map(|one| Locked {
                package: one.name.clone(),
                version: one.version.clone(),
                path: facts.file.path().to_owned(),
                line: facts.file.position(one.span.start).line,
            }));
        }
        let asks = facts.declarations.requirements.iter().filter(|one| {
            let counts = !matches!(one.place.scope, Scope::Documentation | Scope::Constraint | Scope::Override);
            one.ecosystem == Ecosystem::Python && one.name == "mcp" && counts
        });
        admitted.extend(asks.filter_map(|one| one.versions().ok().flatten()).map(|versions| versions.set));
    }
    locked.sort();
    locked.dedup();
    Versions { declared: report.declarations.clone(), locked, installed, admitted }
}

impl Versions {
    /// Whether the Python SDK is at `floor` or above wherever the tree says what it is: what is installed and locked
    /// decides, then what is asked for. `None` when an install may be on either side of it.
    pub(super) fn reaches(&self, floor: &Version) -> Option<bool> {
        let of = |package: &str, version: &str| (package == "mcp").then(|| Version::from_str(version).ok()).flatten();
        let held = self.locked.iter().filter_map(|one| of(&one.package, &one.version));
        let held = held.chain(self.installed.iter().filter_map(|one| of(&one.package, &one.version)));
        let held: Vec<bool> = held.map(|version| version >= *floor).collect();
        if !held.is_empty() {
            return if held.iter().all(|reaches| *reaches) {
                Some(true)
            } else if held.iter().any(|reaches| *reaches) {
                None
            } else {
                Some(false)
            };
        }
        let below = Ranges::strictly_lower_than(floor.clone());
        if self.admitted.is_empty() {
            None
        } else if self.admitted.iter().all(|set| set.is_disjoint(&below)) {
            Some(true)
        } else if self.admitted.iter().all(|set| set.is_disjoint(&below.complement())) {
            Some(false)
        } else {
            None
        }
    }
}
