//! Which packages are audited, and where their majors break: data in `rules/dependencies/packages.toml`, not code.

use std::collections::BTreeMap;
use std::str::FromStr;

use pep440_rs::Version;
use serde::Deserialize;

use crate::requirement::{Ecosystem, Series, Versions};

/// The table of audited packages.
#[derive(Debug, Clone)]
pub struct Packages {
    by_name: BTreeMap<(Ecosystem, String), Package>,
}

/// One audited package.
#[derive(Debug, Clone)]
pub struct Package {
    /// The registry it is from.
    pub ecosystem: Ecosystem,
    /// Its normalised name.
    pub name: String,
    /// Where its majors break.
    pub series: Series,
    /// The newest release of each series, oldest series first; may be empty when that is not known.
    pub newest: Vec<Version>,
    /// When the newest series was released, ISO 8601.
    pub released: Option<String>,
    /// Extras that the newest series no longer has.
    pub removed_extras: Vec<String>,
    /// Packages that code for the older series imports and got through this one.
    pub companions: Vec<Companion>,
    /// Packages that the older series installs and the newest does not.
    pub brought: Vec<String>,
    /// Packages that code may need to ask for itself once it has moved.
    pub needed: Vec<Needed>,
    /// Packages beside whose older releases the newest series cannot be installed.
    pub held_by: Vec<HeldBy>,
    /// The oldest releases of other packages that the newest series takes.
    pub floors: Vec<Floor>,
    /// Features that later versions no longer have.
    pub removed_features: Vec<RemovedFeature>,
    /// Exact pins that do not hold, because something they need floats.
    pub floating: Vec<Floating>,
    /// What to run to move to the newest series, when another tool does that.
    pub codemod: Option<String>,
    /// Where the publisher explains the newest move.
    pub guide: Option<String>,
}

/// A package whose own next major belongs to the same break.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Companion {
    /// Its name.
    pub name: String,
    /// First version the code is not written for.
    pub before: String,
    /// Why, as a sentence.
    pub why: String,
}

/// A package whose older releases ask for an older series.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HeldBy {
    /// Its name.
    pub name: String,
    /// Its first version that takes the newest series.
    pub until: String,
}

/// A package that code imports beside the SDK.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Needed {
    /// The module that code imports.
    pub module: String,
    /// The package's name.
    pub name: String,
    /// The versions to ask for: those of the SDK that the code is written against.
    pub specifier: String,
}

/// The oldest release of another package that the newest series takes.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Floor {
    /// The other package.
    pub name: String,
    /// Its first version that will do.
    pub from: String,
}

/// A feature that went away.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RemovedFeature {
    /// The feature.
    pub name: String,
    /// First version without it.
    pub from: String,
    /// What replaces it, if anything does.
    pub instead: Option<String>,
}

/// A range of exact pins that do not build, because a dependency of theirs floats.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Floating {
    /// First affected version.
    pub from: String,
    /// Last affected version.
    pub to: String,
    /// The dependency that must be pinned to the same version.
    pub with: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    package: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Entry {
    ecosystem: Ecosystem,
    name: String,
    #[serde(default)]
    breaks: Vec<String>,
    after: String,
    #[serde(default)]
    newest: Vec<String>,
    released: Option<String>,
    #[serde(default)]
    removed_extras: Vec<String>,
    #[serde(default)]
    companions: Vec<Companion>,
    #[serde(default)]
    brought: Vec<String>,
    #[serde(default)]
    needed: Vec<Needed>,
    #[serde(default)]
    held_by: Vec<HeldBy>,
    #[serde(default, rename = "floor")]
    floors: Vec<Floor>,
    #[serde(default, rename = "removed-feature")]
    removed_features: Vec<RemovedFeature>,
    #[serde(default)]
    floating: Vec<Floating>,
    codemod: Option<String>,
    guide: Option<String>,
}

/// The keys of a package's table.
pub const KEYS: [&str; 16] = [
    "ecosystem",
    "name",
    "breaks",
    "after",
    "newest",
    "released",
    "removed-extras",
    "companions",
    "brought",
    "needed",
    "held-by",
    "floor",
    "removed-feature",
    "floating",
    "codemod",
    "guide",
];

impl Packages {
    /// These packages and `more`.
    ///
    /// # Errors
    /// A package that is in both.
    pub fn with(mut self, more: Self) -> Result<Self, String> {
        for (key, package) in more.by_name {
            if self.by_name.contains_key(&key) {
                return Err(format!("`{}` is audited already", package.name));
            }
            self.by_name.insert(key, package);
        }
        Ok(self)
    }

    /// Reads the table.
    ///
    /// # Errors
    /// One line with what is wrong and where.
    pub fn parse(text: &str) -> Result<Self, String> {
        let table: Table = toml::from_str(text).map_err(|error| error.to_string())?;
        let mut by_name = BTreeMap::new();
        for entry in table.package {
            let package = entry.into_package()?;
            let key = (package.ecosystem, package.name.clone());
            if by_name.insert(key, package).is_some() {
                return Err("a package stands twice in the table".to_owned());
            }
        }
        Ok(Self { by_name })
    }

    /// The audited package of this name.
    pub fn get(&self, ecosystem: Ecosystem, name: &str) -> Option<&Package> {
        // Owned keys cost an allocation a look-up; there are a few hundred look-ups a scan.
        self.by_name.get(&(ecosystem, name.to_owned()))
    }

    /// Every audited package.
    pub fn iter(&self) -> impl Iterator<Item = &Package> {
        self.by_name.values()
    }

    /// Whether requirements of this package are kept at all: audited, or of account beside one that is.
    pub fn is_of_interest(&self, ecosystem: Ecosystem, name: &str) -> bool {
        self.get(ecosystem, name).is_some()
            || (ecosystem == Ecosystem::Python && name == "fastmcp")
            || self.iter().any(|package| {
                package.ecosystem == ecosystem
                    && (package.companions.iter().any(|companion| companion.name == name)
                        || package.brought.iter().any(|brought| brought == name)
                        || package.floors.iter().any(|floor| floor.name == name))
            })
    }
}

impl Package {
    /// The newest known release that `versions` admits.
    pub fn newest_admitted(&self, versions: &Versions) -> Option<&Version> {
        let known = self.newest.iter().chain(&self.series.breaks);
        known.filter(|version| versions.set.contains(*version)).max()
    }

    /// The newest known release of all.
    pub fn newest_release(&self) -> Option<&Version> {
        self.newest.last()
    }
}

impl Entry {
    fn into_package(self) -> Result<Package, String> {
        let version = |text: &String| Version::from_str(text).map_err(|error| format!("{}: {error}", self.name));
        let series =
            Series { breaks: self.breaks.iter().map(version).collect::<Result<_, _>>()?, after: version(&self.after)? };
        let newest = self.newest.iter().map(version).collect::<Result<_, _>>()?;
        Ok(Package {
            ecosystem: self.ecosystem,
            name: self.name,
            series,
            newest,
            released: self.released,
            removed_extras: self.removed_extras,
            companions: self.companions,
            brought: self.brought,
            needed: self.needed,
            held_by: self.held_by,
            floors: self.floors,
            removed_features: self.removed_features,
            floating: self.floating,
            codemod: self.codemod,
            guide: self.guide,
        })
    }
}
/// Whether an import path is one of the Python SDK's own.
pub fn is_sdk_path(path: &str) -> bool {
    matches!(path.split('.').next(), Some("mcp" | "mcp_types"))
}
