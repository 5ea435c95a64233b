//! Reads a file again with its edits made, and keeps only the fixes that did what they say and nothing else.

use std::collections::HashSet;

use pep440_rs::Version;
use version_ranges::Ranges;

use super::{Fix, apply};
use crate::inventory::{is_notebook, is_python};
use crate::manifest::{self, Declarations};
use crate::python::{self, cells};
use crate::requirement::Requirement;
use crate::rust;
use crate::source::{SourceFile, Span};

/// The indices of the `fixes` of `file` that may be written. A fix that does not prove itself is a bug of this program,
/// which is reported as such and never written.
pub fn verify(file: &SourceFile, fixes: &[&Fix]) -> Vec<usize> {
    let before = manifest::locate(file);
    let errors = syntax_errors(file);
    let is_sound = |chosen: &[&Fix]| {
        let (bytes, applied) = apply(file, chosen);
        let after = SourceFile::new(file.path(), file.location(), bytes);
        applied.len() == chosen.len()
            && is_narrowed(&before, &manifest::locate(&after), chosen)
            && syntax_errors(&after) <= errors
    };
    let (_, applied) = apply(file, fixes);
    let together: Vec<&Fix> = applied.iter().map(|index| fixes[*index]).collect();
    if is_sound(&together) {
        return applied;
    }
    // By halves: one bad fix among many costs a few readings of the file, not one for each. Two that are good by
    // themselves may not be so together, so each part is tried with what was found good before it.
    let mut sound: Vec<usize> = Vec::new();
    let mut open = vec![applied];
    while let Some(part) = open.pop() {
        let chosen: Vec<&Fix> = sound.iter().chain(&part).map(|index| fixes[*index]).collect();
        if is_sound(&chosen) {
            sound.extend(part);
        } else if part.len() > 1 {
            let (one, other) = part.split_at(part.len() / 2);
            open.extend([other.to_vec(), one.to_vec()]);
        }
    }
    sound
}

/// How many places of a file that holds code are no code; a notebook that is no JSON is worse than any number of them.
fn syntax_errors(file: &SourceFile) -> usize {
    if is_python(file.path()) {
        return python::syntax_errors(file.text());
    }
    if file.path().ends_with(".rs") {
        return usize::from(!rust::is_sound(file.text()));
    }
    if !is_notebook(file.path()) {
        return 0;
    }
    match manifest::notebook_cells(file) {
        Ok(cells) => {
            let read = cells::modules(&cells);
            read.problems.len() + read.modules.iter().map(|code| python::syntax_errors(code.text())).sum::<usize>()
        }
        Err(_) => usize::MAX,
    }
}

/// Whether `after` declares what `before` does, with the edited requirements narrowed and all others as they were.
fn is_narrowed(before: &Declarations, after: &Declarations, fixes: &[&Fix]) -> bool {
    let added = after.requirements.len().checked_sub(before.requirements.len());
    let inserts: HashSet<Span> = before.launches.iter().map(|launch| launch.insert).collect();
    let (launches, others): (Vec<&Fix>, Vec<&Fix>) =
        fixes.iter().partition(|fix| fix.edits.iter().all(|edit| inserts.contains(&edit.span)));
    let launches = launches.len();
    // A quote alone changes no requirement: it may surround a word that names several.
    let changes = others.iter().flat_map(|fix| &fix.edits).filter(|edit| !matches!(edit.content.as_str(), "'" | "\""));
    let mut edits: Vec<Span> = changes.map(|edit| edit.span).collect();
    edits.sort_unstable();
    if after.problems.len() > before.problems.len() || added != Some(launches) {
        return false;
    }
    // What a launch adds stands in front of the server it is for; everything else keeps its order.
    let mut remaining = after.requirements.iter();
    let mut skipped = 0;
    before.requirements.iter().all(|old| {
        let edited = is_touched(old, &edits);
        loop {
            let Some(new) = remaining.next() else { return false };
            if is_same_declaration(old, new) {
                return if edited {
                    narrows(old, new)
                } else {
                    old.specifier().map(|one| &one.text) == new.specifier().map(|one| &one.text)
                };
            }
            skipped += 1;
            if skipped > launches {
                return false;
            }
        }
    })
}

/// Whether one of `edits`, ascending and apart, lies within the requirement or its specifier.
fn is_touched(requirement: &Requirement, edits: &[Span]) -> bool {
    let span = requirement.span;
    let specifier = requirement.specifier().map_or(span, |specifier| specifier.span);
    [span, specifier].iter().any(|within| {
        let first = edits.partition_point(|edit| edit.start < within.start);
        edits.get(first).is_some_and(|edit| edit.end <= within.end)
    })
}

fn is_same_declaration(old: &Requirement, new: &Requirement) -> bool {
    old.name == new.name && old.extras == new.extras && old.marker == new.marker && old.place == new.place
}

/// The new set is a proper part of the old one and is cut off somewhere above: old ∩ `<n`, or with a floor `≥f` too.
fn narrows(old: &Requirement, new: &Requirement) -> bool {
    let (Ok(Some(old)), Ok(Some(new))) = (old.versions(), new.versions()) else { return false };
    let Some((low, high)) = new.set.bounding_range() else { return false };
    let within = Ranges::from_range_bounds::<_, Version>((low.cloned(), high.cloned()));
    !new.is_open() && new.set != old.set && old.set.intersection(&within) == new.set
}
