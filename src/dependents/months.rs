//! The state at the end of each month, from the histories of the dependents.
//!
//! Each package's history is walked once: what changes is when a release becomes the newest that asks for something
//! else than the one before. The months then follow from the changes, so that their number costs next to nothing.

use std::collections::BTreeMap;

use jiff::civil::Date;
use jiff::tz::Offset;
use jiff::{Timestamp, ToSpan};

use super::classify::{Classifier, State};
use super::newest::{History, Rank};
use super::tally::Counts;
use super::{Coverage, Month};

/// More months than this are no history of a package; a snapshot can name any year.
const MOST: i32 = 240;

/// What a package asked before and asks from then on.
type Change = (Option<State>, Option<State>);

/// The state at the end of each month from the first in which the package had a dependent to that of `last`. A package
/// counts from the first month whose end found its then newest release asking for the target.
pub(super) fn months(
    histories: &[History],
    classifier: &mut Classifier<'_>,
    last: Date,
    coverage: Coverage,
) -> Vec<Month> {
    let mut changes: BTreeMap<Date, Vec<Change>> = BTreeMap::new();
    for history in histories {
        let mut newest: Option<&Rank> = None;
        let mut state = None;
        for (rank, release) in history.by_upload() {
            // What has no time belongs to no month.
            let Some(uploaded) = release.uploaded else { continue };
            if newest.is_some_and(|newest| newest > rank) {
                continue;
            }
            newest = Some(rank);
            let next = classifier.state(release);
            if next != state {
                changes.entry(day(uploaded).first_of_month()).or_default().push((state, next));
                state = next;
            }
        }
    }
    let mut counts = Counts::default();
    let mut months = Vec::new();
    let Some(mut month) = changes.keys().next().copied() else { return months };
    let last = last.first_of_month();
    let first = last.saturating_sub((MOST - 1).months());
    while month <= last {
        // What changed in months that are not told of is in the state all the same.
        let due = month.max(first);
        while let Some(entry) = changes.first_entry().filter(|entry| *entry.key() <= due) {
            for (before, after) in entry.remove() {
                if let Some(before) = before {
                    counts.remove(before);
                }
                if let Some(after) = after {
                    counts.add(after);
                }
            }
        }
        months.push(Month { month: due, tally: counts.tally(coverage) });
        let Ok(next) = due.checked_add(1.months()) else { break };
        month = next;
    }
    months
}

/// The day of an instant, UTC.
pub(super) fn day(at: Timestamp) -> Date {
    Offset::UTC.to_datetime(at).date()
}

#[cfg(test)]
mod tests {
    use pep440_rs::Version;

    use super::*;
    use crate::dependents::{Name, Release};
    use crate::requirement::Series;

    fn release(name: &str, version: &str, day: &str, line: &str) -> Release {
        Release {
            name: Name::new(name).unwrap(),
            version: version.to_owned(),
            uploaded: Some(format!("{day}T12:00:00Z").parse().unwrap()),
            requires_dist: vec![line.to_owned()],
            downloads: None,
        }
    }

    fn shown(releases: Vec<Release>, last: &str) -> Vec<String> {
        let series = Series { breaks: vec![Version::new([2])], after: Version::new([3]) };
        let target = Name::new("mcp").unwrap();
        let histories = History::all(releases, None);
        let mut classifier = Classifier::new(&target, &series);
        let months = months(&histories, &mut classifier, last.parse().unwrap(), Coverage::All);
        let told = months.iter().map(|month| {
            let (open, optional) = (month.tally.no_upper_bound, month.tally.optional_only);
            format!("{} {}/{} +{optional}", month.month, open.count, open.of)
        });
        told.collect()
    }

    #[test]
    fn a_package_counts_by_what_was_newest_at_each_end() {
        let releases = vec![
            release("a", "1.0", "2025-11-03", "mcp"),
            release("a", "2.0", "2026-01-31", "mcp<2"),
            release("a", "1.1", "2026-02-01", "mcp"),
            release("added", "1", "2025-10-01", "httpx"),
            release("added", "2", "2025-12-31", "mcp>=1"),
            release("dropped", "1", "2025-12-01", "mcp"),
            release("dropped", "2", "2026-02-27", "httpx"),
            release("extra", "1", "2026-02-28", "mcp; extra == 'x'"),
            release("fleeting", "1", "2025-12-02", "mcp"),
            release("fleeting", "2", "2025-12-03", "httpx"),
        ];
        assert_eq!(
            shown(releases, "2026-03-15"),
            ["2025-11-01 1/1 +0", "2025-12-01 3/3 +0", "2026-01-01 2/3 +0", "2026-02-01 1/2 +1", "2026-03-01 1/2 +1"]
        );
    }

    #[test]
    fn a_hostile_date_makes_no_endless_list() {
        let releases = vec![release("a", "1", "0001-01-01", "mcp"), release("b", "1", "9999-12-01", "mcp")];
        let months = shown(releases, "9999-12-30");
        assert_eq!((months.len(), months.last().unwrap().as_str()), (240, "9999-12-01 2/2 +0"));
        assert_eq!(months[0], "9980-01-01 1/1 +0");
    }
}
