//! The finished answer: what printers see. Plain values; how they come about is elsewhere.

use std::cmp::Reverse;

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Serialize, Serializer};

use super::{Coverage, Name, Origin};
use crate::requirement::Bound;

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
    pub class: Bound,
    /// Whether it asks for the package only in extras.
    pub optional: bool,
    /// Its requirements on the package, as published.
    pub requirements: Vec<String>,
    /// Downloads in the last thirty days, where the source knows.
    pub downloads: Option<u64>,
}

impl Survey {
    /// How much of what there is the main source looked at.
    pub fn coverage(&self) -> Coverage {
        self.origins.first().map_or(Coverage::All, |origin| origin.coverage)
    }

    /// At most `most` exposed dependents whose downloads are known, with these, the most downloaded first.
    pub fn heaviest(&self, most: usize) -> Vec<(u64, &Dependent)> {
        let exposed = self.dependents.iter().filter(|one| one.class.is_exposed() && !one.optional);
        let mut exposed: Vec<_> = exposed.filter_map(|one| Some((one.downloads?, one))).collect();
        // The order of names decides between equals, for it is that of the list.
        exposed.sort_by_key(|(downloads, _)| Reverse(*downloads));
        exposed.truncate(most);
        exposed
    }
}

impl Tally {
    /// How many dependents are of a class: active ones, and those that ask only in extras.
    pub fn of(&self, class: Bound) -> (usize, usize) {
        let count = |of: &[(Bound, usize)]| of.iter().find(|(one, _)| *one == class).map_or(0, |(_, count)| *count);
        (count(&self.classes), count(&self.optional_classes))
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
    pub classes: Vec<(Bound, usize)>,
    /// The same for those that ask only in extras.
    #[serde(serialize_with = "by_class")]
    pub optional_classes: Vec<(Bound, usize)>,
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
fn by_class<S: Serializer>(classes: &[(Bound, usize)], serializer: S) -> Result<S::Ok, S::Error> {
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
