//! The finished answer: what printers see. Plain values; how they come about is elsewhere.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Serialize, Serializer};

use super::{Name, Origin};

/// Who depends on a package, and in which way.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Survey {
    /// What was asked about.
    pub subject: Subject,
    /// Where the data is from, the main source first; a cross-check and further levels add theirs.
    pub origins: Vec<Origin>,
    /// What the newest releases ask for.
    pub tally: Tally,
    /// One per package, in order of name.
    pub dependents: Vec<Dependent>,
    /// The state at the end of each month, oldest first; empty where the source knows newest releases only.
    pub months: Vec<Month>,
    /// Packages that depend on it through others, nearest first; empty unless asked for.
    pub levels: Vec<Level>,
    /// What is not in the numbers, and why.
    pub notes: Vec<String>,
}

/// The package asked about.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Subject {
    /// The package.
    pub package: Name,
    /// The major that is new: the question is who would take it.
    pub major: u64,
    /// When that major was released, where known.
    pub released: Option<Date>,
    /// The day the state of which is told: what was uploaded before it began (UTC). Today's where `None`.
    pub as_of: Option<Date>,
}

/// What the newest release of one package asks for.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Dependent {
    /// The package.
    pub name: Name,
    /// Its newest release.
    pub version: String,
    /// When that was uploaded, where the source knows.
    pub uploaded: Option<Timestamp>,
    /// The worst class of its active requirements; of its optional ones where it has no other.
    pub class: Class,
    /// Whether it asks for the package only in extras.
    pub optional: bool,
    /// Its requirements on the package, as published.
    pub requirements: Vec<String>,
    /// Downloads in the last thirty days, where the source knows.
    pub downloads: Option<u64>,
}

/// What a requirement means for the new major, for short named as if that were 2. Worst first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Class {
    /// Open, and an older major is admitted: a fresh install takes whatever is newest.
    Unbounded,
    /// Closed, yet admits both the older and the new major.
    Spans,
    /// Open, and only the new major or later is admitted.
    RequiresNextOpen,
    /// Closed, below the new major.
    Below,
    /// Closed, the new major only.
    RequiresNext,
    /// One version before the new major.
    Exact,
    /// One version of the new major or later.
    ExactNext,
    /// A URL, a path or a version-control reference.
    NotARange,
    /// Nothing satisfies it.
    Empty,
    /// Not a requirement as PEP 508 writes them; counted apart.
    Unparsable,
}

impl Class {
    /// Every class, worst first.
    pub const ALL: [Self; 10] = [
        Self::Unbounded,
        Self::Spans,
        Self::RequiresNextOpen,
        Self::Below,
        Self::RequiresNext,
        Self::Exact,
        Self::ExactNext,
        Self::NotARange,
        Self::Empty,
        Self::Unparsable,
    ];

    /// Metric A: no upper bound is declared.
    pub fn is_open(self) -> bool {
        matches!(self, Self::Unbounded | Self::RequiresNextOpen)
    }

    /// Metric B: a fresh install may take the new major although an older one was accepted.
    pub fn is_exposed(self) -> bool {
        matches!(self, Self::Unbounded | Self::Spans)
    }

    /// Whether it keeps the new major out of every install that it is part of.
    pub fn keeps_out(self) -> bool {
        matches!(self, Self::Below | Self::Exact)
    }

    /// The name used in JSON and CSV.
    pub fn name(self) -> &'static str {
        match self {
            Self::Unbounded => "unbounded",
            Self::Spans => "spans",
            Self::RequiresNextOpen => "requires-next-open",
            Self::Below => "below",
            Self::RequiresNext => "requires-next",
            Self::Exact => "exact",
            Self::ExactNext => "exact-next",
            Self::NotARange => "not-a-range",
            Self::Empty => "empty",
            Self::Unparsable => "unparsable",
        }
    }
}

/// Counts over the dependents, and the two shares that are quoted.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Tally {
    /// Dependents that ask for the package outside of extras: the denominator of the shares.
    pub active: usize,
    /// Dependents that ask for it only in extras.
    pub optional_only: usize,
    /// How many active dependents are of each class, worst class first; classes of none are left out.
    #[serde(serialize_with = "by_class")]
    pub classes: Vec<(Class, usize)>,
    /// The same for those that ask only in extras.
    #[serde(serialize_with = "by_class")]
    pub optional_classes: Vec<(Class, usize)>,
    /// Metric A, "declares no upper bound": open at the top, whatever is admitted below.
    pub no_upper_bound: Share,
    /// Metric B: a fresh install may take the new major although an older one was accepted.
    pub exposed: Share,
    /// Metric A over all dependents, optional ones included.
    pub no_upper_bound_with_optional: Share,
    /// Metric B over all dependents, optional ones included.
    pub exposed_with_optional: Share,
}

/// A part of a whole.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Share {
    /// The part.
    pub count: usize,
    /// The whole.
    pub of: usize,
    /// `count / of`, between 0 and 1; 0 of nothing is 0.
    pub share: f64,
    /// The 95 % interval (Wilson) of the share where the data is a sample.
    #[serde(serialize_with = "low_and_high")]
    pub interval: Option<(f64, f64)>,
}

/// `{"unbounded": 11}`: programs look a class up, and its place says nothing to them.
fn by_class<S: Serializer>(classes: &[(Class, usize)], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_map(classes.iter().map(|(class, count)| (class.name(), count)))
}

fn low_and_high<S: Serializer>(interval: &Option<(f64, f64)>, serializer: S) -> Result<S::Ok, S::Error> {
    #[derive(Serialize)]
    struct Interval {
        low: f64,
        high: f64,
    }
    interval.map(|(low, high)| Interval { low, high }).serialize(serializer)
}

/// The state at the end of a month, or at the end of the data in the last one.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Month {
    /// The month, by its first day.
    pub month: Date,
    /// Counts over the releases that were newest then.
    pub tally: Tally,
}

/// Packages at one distance.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Level {
    /// Requirements between such a package and the one asked about: 1 is a direct dependent.
    pub depth: usize,
    /// Packages that reach it at this depth and no smaller one.
    pub reached: usize,
    /// Of those, packages whose newest release would bring in the new major, by the newest releases on the way: each
    /// requirement on the way admits the newest release it is on, and nothing on another way keeps the new major out.
    pub exposed: usize,
    /// The exposed ones in order of name.
    pub packages: Vec<Exposed>,
}

/// A package that would bring in the new major, and how.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Exposed {
    /// The package.
    pub name: Name,
    /// The exposed package it asks for; the one asked about at depth 1.
    pub through: Name,
}
