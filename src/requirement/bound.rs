//! The verdict on the set of versions a requirement admits, and where a package's majors break.
//!
//! The question is never "does it contain a `<`" but "does the set admit a release of a later major".

use std::fmt;
use std::ops::Bound as End;

use pep440_rs::Version;
use serde::Serialize;
use version_ranges::Ranges;

/// The set of versions a specifier admits, whatever the dialect it was written in.
///
/// Pre-release segments are dropped: a verdict is never decided by a pre-release.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Versions {
    /// The admitted set over final releases.
    pub set: Ranges<Version>,
    /// The one version of an exact pin, as the specifier names it (pre-release and local parts included).
    pub exact: Option<Version>,
    /// An exact pin by string comparison (`===`), which no release need match.
    pub literal: bool,
}

impl Versions {
    /// Every version.
    pub fn any() -> Self {
        Self::range(Ranges::full())
    }

    /// A set that is not an exact pin.
    pub fn range(set: Ranges<Version>) -> Self {
        Self { set, exact: None, literal: false }
    }

    /// Exactly `version`.
    pub fn exactly(version: Version) -> Self {
        let release = version.only_release().with_epoch(version.epoch());
        Self { set: Ranges::singleton(release), exact: Some(version), literal: false }
    }

    /// Whether no upper end is set: whatever is released next is admitted. `!=` never closes a set.
    pub fn is_open(&self) -> bool {
        matches!(self.set.bounding_range(), Some((_, End::Unbounded)))
    }

    /// Whether anything from `version` on is admitted.
    pub fn reaches(&self, version: &Version) -> bool {
        !self.set.is_disjoint(&Ranges::higher_than(version.clone()))
    }

    /// The versions admitted by both; an exact pin stays one.
    #[must_use]
    pub fn and(&self, other: &Self) -> Self {
        Self {
            set: self.set.intersection(&other.set),
            exact: self.exact.clone().or_else(|| other.exact.clone()),
            literal: self.literal,
        }
    }
}

/// Where the majors of one package break: code written for one series need not run on the next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Series {
    /// First versions of the released series after the first, ascending; for `mcp` this is `[2]`.
    pub breaks: Vec<Version>,
    /// First version of the series that is not released yet; for `mcp` this is `3`.
    pub after: Version,
}

impl Series {
    /// First version of the newest released series.
    pub fn newest(&self) -> Version {
        self.breaks.last().cloned().unwrap_or_else(|| Version::new([0]))
    }

    /// The series as disjoint sets, oldest first; the last holds everything that is not released yet.
    fn sets(&self) -> impl Iterator<Item = Ranges<Version>> {
        let mut low: Option<Version> = None;
        let tops = self.breaks.iter().chain([&self.after]).cloned().map(Some).chain([None]);
        tops.map(move |top| {
            let from = low.take().map_or(End::Unbounded, End::Included);
            let to = top.clone().map_or(End::Unbounded, End::Excluded);
            low = top;
            Ranges::from_range_bounds::<_, Version>((from, to))
        })
    }

    /// The first version after the series that `version` belongs to.
    pub fn next_after_release(&self, version: &Version) -> Option<Version> {
        self.next_after(&Versions::exactly(version.clone()))
    }

    /// The first version after the series that `versions` starts in: where code written against its lowest admitted
    /// release stops being safe. `None` for an empty set.
    pub fn next_after(&self, versions: &Versions) -> Option<Version> {
        let lowest = self.sets().position(|series| !series.is_disjoint(&versions.set))?;
        self.breaks.iter().chain([&self.after]).nth(lowest).cloned()
    }
}

/// The verdict on one requirement. Worst first, which is the order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Bound {
    /// No upper end, and a series before the newest is admitted: the next resolve takes whatever is newest.
    Unbounded,
    /// Closed, yet it admits more than one series.
    Spans,
    /// Only the newest series or later is admitted, without an upper end: the same mistake one major later.
    RequiresNextOpen,
    /// Closed within one series before the newest.
    Below,
    /// Only the newest series or later is admitted, with an upper end.
    RequiresNext,
    /// One version of a series before the newest.
    Exact,
    /// One version of the newest series or later.
    ExactNext,
    /// A URL, a path or a version-control reference.
    NotARange,
    /// No version satisfies it.
    Empty,
    /// Not a specifier in its dialect.
    Unparsable,
}

impl Bound {
    /// Every verdict, worst first.
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

    /// The verdict on `versions` of a package whose majors break at `series`.
    pub fn of(versions: &Versions, series: &Series) -> Self {
        let newest = series.newest();
        if let Some(version) = &versions.exact {
            return if *version >= newest.clone().with_dev(Some(0)) { Self::ExactNext } else { Self::Exact };
        }
        let admitted = series.sets().map(|set| !set.is_disjoint(&versions.set)).collect::<Vec<_>>();
        let count = admitted.iter().filter(|yes| **yes).count();
        let below_newest = admitted.iter().take(series.breaks.len()).any(|yes| *yes);
        match (count, below_newest, versions.is_open()) {
            (0, ..) => Self::Empty,
            (_, true, true) => Self::Unbounded,
            (1, true, false) => Self::Below,
            (_, true, false) => Self::Spans,
            (_, false, true) => Self::RequiresNextOpen,
            (_, false, false) => Self::RequiresNext,
        }
    }

    /// Whether a fresh install may take the newest series although an older one was accepted.
    pub fn is_exposed(self) -> bool {
        matches!(self, Self::Unbounded | Self::Spans)
    }

    /// Whether no upper end is set, whatever is admitted below.
    pub fn is_open(self) -> bool {
        matches!(self, Self::Unbounded | Self::RequiresNextOpen)
    }

    /// Whether it keeps the newest series out of every install that it is part of.
    pub fn keeps_out(self) -> bool {
        matches!(self, Self::Below | Self::Exact)
    }

    /// The name used in tables, rule files, JSON and CSV.
    pub fn name(self) -> &'static str {
        match self {
            Self::Unbounded => "unbounded",
            Self::Spans => "spans",
            Self::Below => "below",
            Self::RequiresNext => "requires-next",
            Self::RequiresNextOpen => "requires-next-open",
            Self::Exact => "exact",
            Self::ExactNext => "exact-next",
            Self::Empty => "empty",
            Self::NotARange => "not-a-range",
            Self::Unparsable => "unparsable",
        }
    }
}

impl fmt::Display for Bound {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
