//! What of the newer protocol a tree is ready for: yes, no or unknown, each with the places that say so, and with the release
//! that brings it to the older SDK. Which release does is data, in `readiness.toml` beside this file.

mod answers;

use serde::{Deserialize, Serialize};

use super::uses::{is_prose, is_test};
use super::{Parts, Versions, telling};
use answers::Tree;

const ITEMS: &str = include_str!("readiness.toml");

/// The most places that stand for an answer.
const MAX_EVIDENCE: usize = 5;

/// Whether something is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Answer {
    /// It is.
    Yes,
    /// It is not.
    No,
    /// The text does not tell.
    Unknown,
    /// Nothing here would use it.
    NotNeeded,
}

impl Answer {
    /// The word in tables.
    pub fn name(self) -> &'static str {
        match self {
            Self::Yes => "yes",
            Self::No => "no",
            Self::Unknown => "unknown",
            Self::NotNeeded => "not needed",
        }
    }
}

/// One thing that is asked about.
#[derive(Debug, Clone, Serialize)]
pub struct Readiness {
    /// Short and stable: `resource-server`.
    pub id: String,
    /// What is asked.
    pub title: String,
    /// The answer.
    pub answer: Answer,
    /// Why, in a clause.
    pub why: String,
    /// The places that say so.
    pub evidence: Vec<Evidence>,
    /// The lower bound on the Python SDK that brings it to the older series: `>=1.27`; none where nothing does.
    pub floor: Option<String>,
    /// The lower bound within the newer series.
    pub newer: String,
    /// What the release brings, in a clause.
    pub note: String,
    /// What the releases were told apart by: a word, and the module of the SDK in which it stands from there on.
    pub told_by: (String, String),
}

/// A place that says so.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Evidence {
    /// The file, as shown.
    pub path: String,
    /// The line, from 1.
    pub line: usize,
    /// What stands there.
    pub what: String,
}

/// An entry of `readiness.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Entry {
    pub(super) id: String,
    title: String,
    pub(super) floor: Option<String>,
    pub(super) newer: String,
    pub(super) module: String,
    pub(super) symbol: String,
    note: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    item: Vec<Entry>,
}

pub(super) fn entries() -> Vec<Entry> {
    // The file is part of the program, and a test reads it.
    toml::from_str::<File>(ITEMS).map(|file| file.item).unwrap_or_default()
}

pub(super) fn readiness(parts: &Parts<'_>, versions: &Versions) -> Vec<Readiness> {
    let tree = Tree {
        shown: parts.shown.iter().filter(|one| !is_test(&one.path)).collect(),
        findings: telling(parts.report).filter(|one| !is_test(&one.path) && !is_prose(&one.path)).collect(),
        versions,
        has_python: parts.shown.iter().any(|one| !one.path.ends_with(".rs")),
    };
    entries().into_iter().map(|entry| tree.answered(entry)).collect()
}

#[cfg(test)]
mod tests {
    use std::str::FromStr;

    use pep440_rs::Version;

    use super::*;
    use crate::python::surface::Surface;

    #[test]
    fn every_entry_is_read_and_answered() {
        let all = entries();
        assert_eq!(all.len(), 9);
        for entry in &all {
            assert!(Version::from_str(&entry.newer).is_ok() && !entry.note.is_empty(), "{}", entry.id);
            assert!(entry.floor.iter().all(|floor| Version::from_str(floor).is_ok()), "{}", entry.id);
        }
    }

    /// The two releases that are at hand; the floors between were measured on the wheels.
    #[test]
    fn what_has_a_floor_is_in_the_newest_older_release_and_the_rest_is_not() {
        for entry in entries() {
            let has = |surface: &Surface| {
                let path = format!("{}.pyi", entry.module.replace('.', "/"));
                surface.own().any(|(own, text)| own == path && text.contains(entry.symbol.as_str()))
            };
            // Texts of the protocol stand in no stub.
            let is_name = entry.symbol.chars().all(|c| c.is_alphanumeric() || c == '_');
            if is_name && !entry.symbol.starts_with('_') {
                assert_eq!(has(Surface::v1()), entry.floor.is_some(), "{} in 1.x", entry.id);
                assert!(has(Surface::v2()), "{} in 2.x", entry.id);
            }
        }
    }
}
