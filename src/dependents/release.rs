//! One release of a package: the only facts that a source has to give.

use jiff::Timestamp;

use super::Name;

/// A release with what it asks for, over all of its files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Release {
    /// The package.
    pub name: Name,
    /// The version as published; old ones need not be PEP 440.
    pub version: String,
    /// When its first file was uploaded, where the source knows.
    pub uploaded: Option<Timestamp>,
    /// The requirements that any of its files declares, each once, as published. Files differ: an sdist often declares
    /// nothing. A source may leave out those that are not on a target of its question.
    pub requires_dist: Vec<String>,
    /// Downloads in the thirty days before the source was asked; on the newest release of a package, where known.
    pub downloads: Option<u64>,
}

impl Release {
    /// Whether `text` can be a version: of some length, and of none that nobody writes.
    pub(super) fn is_version(text: &str) -> bool {
        (1..=200).contains(&text.len())
    }
}
