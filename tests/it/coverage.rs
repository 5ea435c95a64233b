//! The catalogue of breaking changes is complete, and the pages that show it are what the program prints.

use std::collections::BTreeSet;
use std::path::Path;
use std::{env, fs};

use mcp_audit::report::coverage;
use mcp_audit::rule;

/// Holds what stands between the marks in a file to `own`, or, with `INSTA_UPDATE=always`, puts it there.
pub(crate) fn hold(path: &str, marks: Option<(&str, &str)>, own: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    let text = fs::read_to_string(&path).unwrap_or_default();
    let whole = match marks {
        None => own.to_owned(),
        Some((start, end)) => {
            let (before, rest) = text.split_once(start).unwrap();
            let (_, after) = rest.split_once(end).unwrap();
            format!("{before}{start}{own}{end}{after}")
        }
    };
    if text != whole && env::var_os("INSTA_UPDATE").is_some_and(|update| update == "always") {
        fs::write(&path, &whole).unwrap();
    } else {
        assert_eq!(text, whole, "{} is not what the program prints; INSTA_UPDATE=always writes it", path.display());
    }
}

#[test]
fn the_page_is_the_programs_own() {
    hold("rules/python/COVERAGE.md", None, &coverage::markdown(&rule::embedded().unwrap()));
}

#[test]
fn the_limits_in_the_readme_are_those_of_the_catalogue() {
    let marks = ("<!-- not in source -->\n", "<!-- /not in source -->");
    hold("README.md", Some(marks), &coverage::limits(&rule::embedded().unwrap()));
}

/// `fixtures/api/breaking-changes.txt` lists what comparing both majors by hand and by program has found.
#[test]
fn every_known_change_has_a_row() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/api/breaking-changes.txt");
    let text = fs::read_to_string(path).unwrap();
    let known: BTreeSet<&str> = text.lines().filter(|line| !line.starts_with('#')).collect();
    assert_eq!(known.len(), 293);
    let rules = rule::embedded().unwrap();
    let listed: BTreeSet<&str> = rules.catalogue.rows().map(|row| row.id.as_str()).collect();
    let missing: Vec<_> = known.difference(&listed).collect();
    assert!(missing.is_empty(), "{} changes have no row: {missing:?}", missing.len());
}
