//! The questions as SQL that servers from 18.16 to 26 understand: literals instead of parameters, no `WITH`, no settings
//! (a read-only user may set none). What stands in a literal is a [`Name`], a spelling of one, a number or a date.
//!
//! Each answer is one row, `total` beside `items`: limits on the rows of a result, which public servers enforce by
//! leaving out the rest without a word, cannot reach into it, and if anything does, the two disagree.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use jiff::Timestamp;
use jiff::civil::Date;

use crate::dependents::Name;

/// Up to so many targets are looked for with one pattern; a list is quicker for more.
const FEW: usize = 20;

/// The table that holds a row per uploaded file.
pub(super) const FILES: &str = "pypi.projects";

/// The table of downloads per package and day.
pub(super) const DOWNLOADS: &str = "pypi.pypi_downloads_per_day";

/// The packages of which some file asks for one of `targets`, in order of name after `last`, at most `limit` of them,
/// each with the spellings of its name: `items` are `(name, [spelling])`. With them `files`, the rows that were read,
/// and `newest`, the time of the last upload among them.
///
/// Names are normalised once per spelling and not per row, and requirements are only looked at here: the one pass over
/// the whole table.
pub(super) fn candidates(targets: &[Name], before: Option<Timestamp>, last: Option<&Name>, limit: usize) -> String {
    let asks = asks(targets);
    let after = last.map(|last| format!(" AND pkg > '{last}'")).unwrap_or_default();
    let cut = cut(before).map(|cut| format!(" WHERE {cut}")).unwrap_or_default();
    let normal = normal("spelling");
    format!(
        "SELECT sum(files) AS files, max(newest) AS newest, countIf(asks{after}) AS total, \
         arraySlice(arraySort(groupArrayIf((pkg, spellings), asks{after})), 1, {limit}) AS items \
         FROM (SELECT {normal} AS pkg, groupArray(spelling) AS spellings, max(one_asks) AS asks, \
         sum(spelling_files) AS files, max(spelling_newest) AS newest \
         FROM (SELECT name AS spelling, max(arrayExists(r -> {asks}, requires_dist)) AS one_asks, \
         count() AS spelling_files, toUnixTimestamp(max(upload_time)) AS spelling_newest \
         FROM {FILES}{cut} GROUP BY spelling) GROUP BY pkg) FORMAT JSONEachRow"
    )
}

/// All releases of the packages with these spellings, what they ask of `targets` united over their files:
/// `items` are `(name, [(version, first upload, [requirement])])`.
pub(super) fn releases(targets: &[Name], before: Option<Timestamp>, spellings: &[&str]) -> String {
    let (asks, normal) = (asks(targets), normal("name"));
    let cut = cut(before).map(|cut| format!(" AND {cut}")).unwrap_or_default();
    let spellings = list(spellings.iter().copied());
    format!(
        "SELECT count() AS total, groupArray((pkg, releases)) AS items \
         FROM (SELECT pkg, groupArray((version, uploaded, reqs)) AS releases \
         FROM (SELECT {normal} AS pkg, version, toUnixTimestamp(min(upload_time)) AS uploaded, \
         arraySort(groupUniqArrayArray(arrayFilter(r -> {asks}, requires_dist))) AS reqs \
         FROM {FILES} WHERE name IN ({spellings}){cut} GROUP BY pkg, version ORDER BY pkg, version) \
         GROUP BY pkg ORDER BY pkg) FORMAT JSONEachRow"
    )
}

/// The versions of one package: `items` are versions.
pub(super) fn versions(name: &Name, before: Option<Timestamp>) -> String {
    let cut = cut(before).map(|cut| format!(" AND {cut}")).unwrap_or_default();
    let normal = normal("spelling");
    format!(
        "SELECT count() AS total, groupArray(version) AS items FROM (SELECT DISTINCT version FROM {FILES} \
         WHERE name IN (SELECT spelling FROM (SELECT DISTINCT name AS spelling FROM {FILES}) \
         WHERE {normal} = '{name}'){cut} ORDER BY version) FORMAT JSONEachRow"
    )
}

/// Downloads of `names` from the day `from` to before `until`: `items` are `(name, downloads)`.
pub(super) fn downloads(names: &[&Name], from: Date, until: Date) -> String {
    let names = list(names.iter().map(|name| name.as_str()));
    format!(
        "SELECT count() AS total, groupArray((project, downloads)) AS items FROM (SELECT project, \
         sum(count) AS downloads FROM {DOWNLOADS} WHERE project IN ({names}) AND date >= toDate('{from}') \
         AND date < toDate('{until}') GROUP BY project ORDER BY project) FORMAT JSONEachRow"
    )
}

/// The spelling that packages are compared by (PEP 503).
fn normal(of: &str) -> String {
    format!("replaceRegexpAll(lower({of}), '[-_.]+', '-')")
}

/// Whether the requirement `r` is on one of `targets`: by the whole name it begins with, never by a prefix.
fn asks(targets: &[Name]) -> String {
    if targets.len() <= FEW {
        return format!("match(r, '{}')", pattern(targets).replace('\\', "\\\\"));
    }
    let name = normal("extract(r, '^\\\\s*([A-Za-z0-9._-]+)')");
    format!("{name} IN ({})", list(targets.iter().map(Name::as_str)))
}

/// A pattern, in RE2's dialect, of requirements on one of `targets`.
pub(in super::super) fn pattern(targets: &[Name]) -> String {
    let names: Vec<_> = targets.iter().map(|name| name.as_str().replace('-', "[-_.]+")).collect();
    format!(r"^\s*(?i:{})(?:$|[^A-Za-z0-9._-])", names.join("|"))
}

/// Only what was uploaded before an instant; the column may know fractions of a second or not.
fn cut(before: Option<Timestamp>) -> Option<String> {
    let before = before?;
    let ceiling = before.as_second() + i64::from(before.subsec_nanosecond() > 0);
    // Beyond these ends, servers count from the other one.
    Some(format!("upload_time < toDateTime({})", ceiling.clamp(0, i64::from(u32::MAX))))
}

fn list<'n>(names: impl Iterator<Item = &'n str>) -> String {
    let mut list = String::new();
    for name in names.collect::<BTreeSet<_>>() {
        let comma = if list.is_empty() { "" } else { "," };
        let _ = write!(list, "{comma}'{name}'");
    }
    list
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(names: &[&str]) -> Vec<Name> {
        names.iter().map(|name| Name::new(name).unwrap()).collect()
    }

    #[test]
    fn requirements_are_told_by_the_whole_name() {
        let pattern = regex::Regex::new(&pattern(&names(&["mcp", "mcp-types"]))).unwrap();
        for yes in [
            "mcp",
            " mcp>=1",
            "MCP[cli]",
            "mcp (>=1.0)",
            "mcp@ https://x.example/",
            "mcp; extra == 'x'",
            "mcp=>1",
            "mcp^1",
            "Mcp__.Types==2",
            "mcp\t>1",
        ] {
            assert!(pattern.is_match(yes), "{yes}");
        }
        for no in ["mcpserver", "mcp-x", "mcp_", "mcp.foo", "fastmcp", "mcp2", "x; mcp", "", "mcp-types-x"] {
            assert!(!pattern.is_match(no), "{no}");
        }
    }

    #[test]
    fn many_targets_are_a_list() {
        let many: Vec<_> = (0..30).map(|number| Name::new(&format!("a-{number}")).unwrap()).collect();
        let text = candidates(&many, None, Some(&many[0]), 7);
        assert!(text.contains("IN ('a-0','a-1','a-10'") && !text.contains("match("), "{text}");
        assert!(text.contains("countIf(asks AND pkg > 'a-0')") && text.contains(", 1, 7)"), "{text}");
    }

    #[test]
    fn the_cut_is_a_number_within_the_columns_range() {
        let cut = |text: &str| cut(text.parse().ok()).unwrap();
        assert_eq!(cut("2026-07-28T00:00:00Z"), "upload_time < toDateTime(1785196800)");
        assert_eq!(cut("2026-07-28T00:00:00.5Z"), "upload_time < toDateTime(1785196801)");
        assert_eq!(cut("1900-01-01T00:00:00Z"), "upload_time < toDateTime(0)");
        assert_eq!(cut("9000-01-01T00:00:00Z"), "upload_time < toDateTime(4294967295)");
    }
}
