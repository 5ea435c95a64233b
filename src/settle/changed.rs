//! Which lines are other than in an earlier revision, and which findings are about them. Code is judged by its lines.
//! Declarations are judged by the file, because one line of a manifest changes what the others mean; and where what is declared
//! of an audited package changed, everything in that project is, because code that was not touched breaks then.

use std::collections::{BTreeMap, BTreeSet};

use similar::{Algorithm, DiffOp, capture_diff_slices};

use crate::finding::Finding;
use crate::inventory::Inventory;
use crate::packages::Packages;
use crate::project::Projects;
use crate::rule::Family;
use crate::source::SourceFile;

/// Of more lines between the first and the last that differ, all count as changed: comparing them takes too long.
const MOST: usize = 20_000;

/// What changed in one file.
#[derive(Debug, Default, PartialEq, Eq)]
struct Change {
    /// The lines that are new or other, from 1: first and last of each run.
    lines: Vec<(usize, usize)>,
    /// Whether lines that are gone, new or other name an audited package.
    names_package: bool,
    /// Whether anything changed.
    is_any: bool,
}

/// What changed in a tree.
#[derive(Debug)]
pub(super) struct Changes {
    by_path: BTreeMap<String, Change>,
    /// The folders of projects whose declarations changed.
    whole: Vec<String>,
    /// The folder of the project of each file with findings.
    folders: BTreeMap<String, String>,
}

/// The files that have to be compared: those with findings, and those that declare something.
pub(super) fn wanted<'i>(inventory: &'i Inventory, findings: &[Finding]) -> Vec<&'i SourceFile> {
    let mut files: BTreeMap<&str, &SourceFile> = BTreeMap::new();
    let declaring = inventory.files.iter().filter(|facts| facts.declares());
    files.extend(declaring.map(|facts| (facts.file.path(), &facts.file)));
    let found = findings.iter().filter_map(|finding| inventory.file(&finding.path));
    files.extend(found.map(|file| (file.path(), file)));
    files.into_values().collect()
}

impl Changes {
    /// Compares each of `files` with what it was, where it was.
    pub(super) fn new<'i>(
        files: &[(&'i SourceFile, Option<Vec<u8>>)],
        inventory: &'i Inventory,
        packages: &Packages,
    ) -> Self {
        let projects = Projects::group(inventory);
        let names: Vec<&str> = packages.iter().map(|package| package.name.as_str()).collect();
        let declaring = inventory.files.iter().filter(|facts| facts.declares());
        let declaring: BTreeSet<&str> = declaring.map(|facts| facts.file.path()).collect();
        let (mut by_path, mut whole, mut folders) = (BTreeMap::new(), Vec::new(), BTreeMap::new());
        for (file, before) in files {
            let before = before.as_ref().map(|bytes| SourceFile::new(file.path(), file.location(), bytes.clone()));
            let change = Change::between(before.as_ref().map(SourceFile::text), file.text(), &names);
            let folder = projects.folder_of(file.path());
            if declaring.contains(file.path()) && change.names_package {
                whole.push(folder.clone());
            }
            folders.insert(file.path().to_owned(), folder);
            by_path.insert(file.path().to_owned(), change);
        }
        Self { by_path, whole, folders }
    }

    /// Whether `finding` is about something that changed.
    pub(super) fn is_about(&self, finding: &Finding) -> bool {
        let Some(change) = self.by_path.get(&finding.path) else { return true };
        let in_file = match finding.family {
            Family::Dependency => change.is_any,
            _ => change.lines.iter().any(|(first, last)| finding.start.line <= *last && *first <= finding.end.line),
        };
        in_file || self.folders.get(&finding.path).is_some_and(|folder| self.is_whole(folder))
    }

    fn is_whole(&self, folder: &str) -> bool {
        self.whole.iter().any(|whole| {
            whole.is_empty() || folder == whole || folder.strip_prefix(whole).is_some_and(|rest| rest.starts_with('/'))
        })
    }
}

impl Change {
    fn between(before: Option<&str>, after: &str, names: &[&str]) -> Self {
        let named = |lines: &[&str]| {
            lines.iter().any(|line| {
                let line = line.to_ascii_lowercase();
                names.iter().any(|name| line.contains(name))
            })
        };
        let new: Vec<&str> = after.lines().collect();
        let Some(before) = before else {
            return Self { lines: vec![(1, new.len().max(1))], names_package: named(&new), is_any: true };
        };
        let old: Vec<&str> = before.lines().collect();
        let same = |one: &(&&str, &&str)| one.0 == one.1;
        let above = old.iter().zip(&new).take_while(same).count();
        let below = old[above..].iter().rev().zip(new[above..].iter().rev()).take_while(same).count();
        let (old, new) = (&old[above..old.len() - below], &new[above..new.len() - below]);
        let operations = if old.len() + new.len() > MOST {
            vec![DiffOp::Replace { old_index: 0, old_len: old.len(), new_index: 0, new_len: new.len() }]
        } else {
            capture_diff_slices(Algorithm::Myers, old, new)
        };
        let mut change = Self::default();
        for operation in operations.iter().filter(|one| !matches!(one, DiffOp::Equal { .. })) {
            let (was, is) = (operation.old_range(), operation.new_range());
            change.is_any = true;
            change.names_package |= named(&old[was]) || named(&new[is.clone()]);
            if !is.is_empty() {
                change.lines.push((above + is.start + 1, above + is.end));
            }
        }
        change
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn between(before: &str, after: &str) -> (Vec<(usize, usize)>, bool) {
        let change = Change::between(Some(before), after, &["mcp"]);
        assert_eq!(change.is_any, before.replace('\r', "") != after.replace('\r', ""));
        (change.lines, change.names_package)
    }

    #[test]
    fn lines_that_are_new_or_other_are_told() {
        assert_eq!(between("a\nb\nc\n", "a\nx\nc\n"), (vec![(2, 2)], false));
        assert_eq!(between("a\nb\nc\n", "a\nb\nx\ny\nc\nmcp\n"), (vec![(3, 4), (6, 6)], true));
        assert_eq!(between("a\nmcp<2\nc\n", "a\nc\n"), (vec![], true));
        assert_eq!(between("a\r\nb\r\n", "a\nb\n"), (vec![], false));
        assert_eq!(Change::between(None, "a\nb\n", &[]).lines, [(1, 2)]);
        let many = |seed: usize| (0..MOST).map(|line| format!("{}\n", line * seed)).collect::<String>();
        assert_eq!(between(&format!("same\n{}", many(7)), &format!("same\n{}", many(11))).0, [(3, MOST + 1)]);
    }
}
