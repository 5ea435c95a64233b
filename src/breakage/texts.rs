//! The places that are found file by file, without types: in Rust code, and in text of any language.

use std::collections::{BTreeSet, HashMap};

use super::{Breakage, Breakages, parallel};
use crate::hit::Hit;
use crate::inventory::Inventory;
use crate::project::Projects;
use crate::protocol;
use crate::rule::Rules;
use crate::rust;
use crate::source::{Note, SourceFile, Span};

/// What one file shows.
struct Outcome<'r> {
    hits: Vec<Hit<'r>>,
    note: Option<Note>,
}

/// Checks every file of the projects in `folders`, or of all of them.
pub(super) fn find<'r>(
    inventory: &Inventory,
    projects: &Projects<'_>,
    rules: &'r Rules,
    folders: Option<&BTreeSet<String>>,
    found: &mut Breakages<'r>,
) -> Result<(), String> {
    let protocol = protocol::Compiled::new(rules)?;
    let rust = rust::Compiled::new(rules)?;
    let packages = rust::Packages::of(projects);
    // What a Python file says of the protocol beside the SDK is the SDK's to serve, and the rules about Python know of it.
    let by_sdk: BTreeSet<&str> =
        inventory.files.iter().filter(|facts| facts.imports_sdk()).map(|facts| facts.file.path()).collect();
    let declaring = inventory.files.iter().map(|facts| &facts.file);
    let files: Vec<(&SourceFile, String)> = declaring
        .chain(&inventory.modules)
        .chain(&inventory.texts)
        .map(|file| (file, projects.folder_of(file.path())))
        .filter(|(_, folder)| folders.is_none_or(|folders| folders.contains(folder)))
        .collect();
    // What a rule that knows of types says of a place is more than text can tell, so nothing is said twice.
    let mut typed: HashMap<String, Vec<Span>> = HashMap::new();
    for breakage in found.by_project.values().flatten().filter(|breakage| !breakage.is_newer) {
        typed.entry(breakage.path.clone()).or_default().push(breakage.hit.span);
    }
    let outcomes = parallel::each(
        &files,
        || (),
        |(), (file, _)| {
            let mut outcome = Outcome { hits: protocol::check(file, &protocol), note: None };
            if by_sdk.contains(file.path()) {
                outcome.hits.retain(is_of_transport);
            }
            if let Some(typed) = typed.get(file.path()) {
                outcome.hits.retain(|hit| !typed.iter().any(|span| overlap(*span, hit.span)));
            }
            if let Some(package) = packages.around(file.path()).filter(|_| file.path().ends_with(".rs")) {
                let found = rust::check(file, package, &rust);
                let is_typed = |hit: &Hit<'_>| found.hits.iter().any(|typed| overlap(typed.span, hit.span));
                outcome.hits.retain(|hit| !is_typed(hit));
                outcome.hits.extend(found.hits);
                outcome.note = found.note;
            }
            outcome
        },
    );
    for ((file, folder), outcome) in files.into_iter().zip(outcomes) {
        found.notes.extend(outcome.note);
        if outcome.hits.is_empty() {
            continue;
        }
        let breakage = |hit: Hit<'r>| Breakage {
            path: file.path().to_owned(),
            start: file.position(hit.span.start),
            end: file.position(hit.span.end),
            is_newer: false,
            always_holds: true,
            hit,
        };
        found.by_project.entry(folder).or_default().extend(outcome.hits.into_iter().map(breakage));
    }
    Ok(())
}

/// Whether two places have a byte in common.
fn overlap(one: Span, other: Span) -> bool {
    one.start < other.end && other.start < one.end
}

/// Whether a hit is about the headers and addresses around the protocol, which no SDK sees, and not about its messages.
fn is_of_transport(hit: &Hit<'_>) -> bool {
    let names_mcp = |name: &String| name.to_ascii_lowercase().contains("mcp");
    !hit.rule.header_lists.is_empty() || hit.values.get("name").is_some_and(names_mcp)
}
