//! How much of a report is shown. What a generator wrote is not read to its end by anybody, and a report of all of it is
//! many times as long as the file: the first of each kind in each file are shown, and the others are counted.

use std::collections::BTreeMap;

use super::Report;
use crate::finding::Finding;
use crate::judge::Row;
use crate::source::Note;

/// How many findings of one rule in one file are shown, and how many declarations of one file.
const SHOWN: usize = 1_000;

/// The part of a report that is shown.
#[derive(Debug)]
pub(super) struct Bounded<'r> {
    /// The first findings of each rule in each file, in the report's order.
    pub(super) findings: Vec<&'r Finding>,
    /// The first declarations of each file, in the report's order.
    pub(super) declarations: Vec<&'r Row>,
    /// A note for each rule and file of which something is left out.
    pub(super) left_out: Vec<Note>,
    /// How many findings are left out.
    pub(super) more_findings: usize,
    /// How many declarations are left out.
    pub(super) more_declarations: usize,
}

impl Report {
    /// What printers show. Counts and fixes are those of all findings.
    pub(super) fn bounded(&self) -> Bounded<'_> {
        let mut seen: BTreeMap<(&str, &str), usize> = BTreeMap::new();
        let mut findings = Vec::new();
        for finding in &self.findings {
            if count(&mut seen, (&finding.path, &finding.rule)) <= SHOWN {
                findings.push(finding);
            }
        }
        let mut declarations = Vec::new();
        for row in &self.declarations {
            // No rule has an empty identifier.
            if count(&mut seen, (&row.path, "")) <= SHOWN {
                declarations.push(row);
            }
        }
        let many = seen.into_iter().filter(|(_, count)| *count > SHOWN);
        let left_out = many.map(|((path, rule), count)| {
            let what = if rule.is_empty() { "declarations".to_owned() } else { format!("findings of {rule}") };
            Note::file(path, format!("{} more {what} are counted and not shown", count - SHOWN))
        });
        Bounded {
            left_out: left_out.collect(),
            more_findings: self.findings.len() - findings.len(),
            more_declarations: self.declarations.len() - declarations.len(),
            findings,
            declarations,
        }
    }
}

fn count<'r>(seen: &mut BTreeMap<(&'r str, &'r str), usize>, key: (&'r str, &'r str)) -> usize {
    let count = seen.entry(key).or_default();
    *count += 1;
    *count
}
