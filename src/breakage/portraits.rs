//! What the code of a tree shows of how it uses the protocol, file by file: the inventory's half that nothing is judged in.

use std::collections::BTreeMap;

use super::code::{self, Code, Unit};
use super::{packages, parallel};
use crate::inventory::Inventory;
use crate::portrait::{Fact, Placed};
use crate::project::Projects;
use crate::python;
use crate::rust;
use crate::source::SourceFile;

/// Reads every module of Python that mentions MCP or is led to from there, and every Rust file of a package that depends on
/// the crate. By file and place.
pub fn portraits(inventory: &Inventory, projects: &Projects<'_>) -> Vec<Placed> {
    let mut found = python(inventory, projects);
    found.extend(rust(inventory, projects));
    fn place(one: &Placed) -> impl Ord + '_ {
        (one.path.as_str(), one.fact.span, one.fact.kind)
    }
    found.sort_by(|one, other| place(one).cmp(&place(other)));
    // A place may be told by its path and by its attribute.
    found.dedup_by(|one, other| place(one) == place(other));
    found
}

fn python(inventory: &Inventory, projects: &Projects<'_>) -> Vec<Placed> {
    let mut loose: BTreeMap<String, Vec<&SourceFile>> = BTreeMap::new();
    for file in &inventory.modules {
        loose.entry(projects.folder_of(file.path())).or_default().push(file);
    }
    let packages = packages(inventory);
    let with_code = projects.iter().filter_map(|project| {
        let more = loose.get(&project.folder).map_or(&[][..], Vec::as_slice);
        Code::any(project, more, projects, &packages)
    });
    let mut codes: Vec<Code<'_>> = with_code.collect();
    code::link(&mut codes);
    let units: Vec<(usize, usize)> =
        codes.iter().enumerate().flat_map(|(at, code)| code.checked().map(move |unit| (at, unit))).collect();
    let read = |(): &mut (), (code, unit): &(usize, usize)| {
        let code = &codes[*code];
        let unit = &code.units[*unit];
        let facts = python::portrait::portrait(unit.text(), &unit.module, &code.modules);
        facts.into_iter().map(|fact| placed(unit, fact)).collect::<Vec<_>>()
    };
    parallel::each(&units, || (), read).into_iter().flatten().collect()
}

fn placed(unit: &Unit<'_>, mut fact: Fact) -> Placed {
    fact.span = unit.span_in_file(fact.span);
    Placed { path: unit.file.path().to_owned(), start: unit.file.position(fact.span.start), fact }
}

fn rust(inventory: &Inventory, projects: &Projects<'_>) -> Vec<Placed> {
    let packages = rust::Packages::of(projects);
    let declaring = inventory.files.iter().map(|facts| &facts.file);
    let files: Vec<&SourceFile> =
        declaring.chain(&inventory.texts).filter(|file| file.path().ends_with(".rs")).collect();
    let read = |(): &mut (), file: &&SourceFile| {
        let facts = packages.around(file.path()).map(|package| rust::portrait(file, package)).unwrap_or_default();
        let place = |fact: Fact| Placed { path: file.path().to_owned(), start: file.position(fact.span.start), fact };
        facts.into_iter().map(place).collect::<Vec<_>>()
    };
    parallel::each(&files, || (), read).into_iter().flatten().collect()
}
