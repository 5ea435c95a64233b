//! What every source answers, wherever its data is: releases of the packages that ask for a target.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use serde::Serialize;

use super::{Name, Release};

/// What is asked of a source.
#[derive(Debug, Clone)]
pub struct Question {
    /// The packages whose dependents are wanted.
    pub targets: BTreeSet<Name>,
    /// Only what was uploaded before this instant counts, as if it were then.
    pub before: Option<Timestamp>,
}

/// What a source answers.
#[derive(Debug, Clone)]
pub struct Answer {
    /// All releases of every package of which one release names a target; sources that only know the newest release
    /// give that one. In order of name.
    pub releases: Vec<Release>,
    /// Where they are from.
    pub origin: Origin,
    /// What kept a part of the data out, each a sentence that says what it means for the answer.
    pub notes: Vec<String>,
}

/// Where data is from, so that an answer can be quoted and asked for again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Origin {
    /// The source: `clickhouse`, `bigquery`, `registry`, `ecosyste.ms`, `snapshot`.
    pub source: &'static str,
    /// Its address or file, without credentials, as shown to people.
    pub place: String,
    /// When it was asked; for a snapshot, when its newest release was uploaded, if it says so.
    pub retrieved: Timestamp,
    /// Rows read from it.
    pub rows: u64,
    /// Whether everything there is was looked at.
    pub coverage: Coverage,
}

/// How much of what there is was looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Coverage {
    /// Every package: shares are counts.
    All,
    /// A choice of packages: shares have an interval.
    Sample,
}

/// Told of the work as it goes on, for a progress bar.
pub trait Told: Sync {
    /// `total` things are to be done, `what` is their name in the plural: `packages`, `rows`. May be called again when
    /// another kind of work begins.
    fn begin(&self, what: &str, total: Option<u64>);
    /// `count` more are done.
    fn advance(&self, count: u64);
    /// Something a person should know before the work ends, such as what it costs; what belongs to the answer is a note
    /// in it.
    fn note(&self, _sentence: &str) {}
}

/// Told, and says nothing of it.
#[derive(Debug, Clone, Copy)]
pub struct Silent;

impl Told for Silent {
    fn begin(&self, _what: &str, _total: Option<u64>) {}

    fn advance(&self, _count: u64) {}
}

/// Why a source could not answer: what, why and what to do now, in one sentence or two.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Error(pub String);

impl std::fmt::Display for Error {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Error {}

/// A place that knows which packages ask for which.
pub trait Source {
    /// The releases that answer `question`.
    ///
    /// # Errors
    /// When nothing useful could be had; a part that is missing is a note in the answer.
    fn releases(&self, question: &Question, told: &dyn Told) -> Result<Answer, Error>;

    /// Downloads of each of `names` in the last thirty days, where the source knows them; `None` when it does not.
    ///
    /// # Errors
    /// As [`Source::releases`].
    fn downloads(&self, _names: &BTreeSet<Name>, _told: &dyn Told) -> Result<Option<BTreeMap<Name, u64>>, Error> {
        Ok(None)
    }

    /// The newest final version of `name` itself, where the source knows it: what its newest major is.
    ///
    /// # Errors
    /// As [`Source::releases`].
    fn newest(&self, _name: &Name, _before: Option<Timestamp>) -> Result<Option<String>, Error> {
        Ok(None)
    }
}
