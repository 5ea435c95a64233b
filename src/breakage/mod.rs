//! Finds the places in a tree's Python code that the newer SDK breaks: project by project, because a name means what the
//! project around it imports. Nothing is judged here.

mod code;
mod engine;
mod net;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use aho_corasick::AhoCorasick;

use self::code::{Code, Unit};
use self::engine::{Engines, Group};
use crate::inventory::{FileFacts, Inventory};
use crate::project::{Project, Projects};
use crate::python::check::{Compiled, Hit, Module, check};
use crate::python::surface::Surface;
use crate::python::types::on_threads;
use crate::rule::{Rule, Rules};
use crate::source::{self, CodeFile, Limits, Note, Position, SourceFile};

/// A rule at a place of a file.
#[derive(Debug, Clone)]
pub struct Breakage<'r> {
    /// The file, as shown.
    pub path: String,
    /// Where it begins.
    pub start: Position,
    /// Where it ends.
    pub end: Position,
    /// Whether the file is written for the newer SDK already.
    pub is_newer: bool,
    /// The rule and the place.
    pub hit: Hit<'r>,
}

/// What the code of a tree shows.
#[derive(Debug, Default)]
pub struct Breakages<'r> {
    /// By the folder of the project: its breakages, by file and place.
    pub by_project: BTreeMap<String, Vec<Breakage<'r>>>,
    /// What could not be checked.
    pub notes: Vec<Note>,
}

impl<'r> Breakages<'r> {
    /// The breakages of one project, by file and place.
    pub fn of(&self, project: &Project<'_>) -> &[Breakage<'r>] {
        self.by_project.get(&project.folder).map_or(&[], Vec::as_slice)
    }
}

/// The APIs between which code is checked.
#[derive(Debug, Clone, Copy)]
pub struct Surfaces<'s> {
    /// What the code was written for.
    pub old: &'s Surface,
    /// What it is checked against.
    pub new: &'s Surface,
}

/// The member names by which a module that does not mention MCP is known to be worth a look: those that no other
/// library is likely to share in this spelling.
pub fn names(rules: &Rules) -> Option<AhoCorasick> {
    let names = rules.iter().flat_map(|rule| &rule.members).flat_map(|member| member.name.as_slice());
    let distinctive = |name: &&String| name.contains(|character: char| character.is_ascii_uppercase());
    let names: BTreeSet<&String> = names.filter(distinctive).collect();
    if names.is_empty() { None } else { AhoCorasick::new(names).ok() }
}

/// Opens the modules that may use what code around them takes from the SDK.
pub fn follow(inventory: &mut Inventory, limits: &Limits) {
    let wanted: Vec<CodeFile> = {
        let mut using = inventory.files.iter().filter(|facts| facts.imports_sdk()).peekable();
        if using.peek().is_none() {
            return;
        }
        let projects = Projects::group(inventory);
        let folders: BTreeSet<String> = using.map(|facts| projects.folder_of(facts.file.path())).collect();
        let unread = inventory.unread.iter().filter(|code| code.has_names);
        unread.filter(|code| folders.contains(&projects.folder_of(&code.path))).cloned().collect()
    };
    for code in wanted {
        match source::read_code(&code, limits) {
            Ok(file) => inventory.modules.push(file),
            Err(note) => inventory.notes.push(note),
        }
    }
}

/// Checks the code of every project that imports the SDK.
///
/// # Errors
/// A rule that cannot be used, with its identifier.
pub fn find<'r>(
    inventory: &Inventory,
    projects: &Projects<'_>,
    rules: &'r Rules,
    surfaces: Surfaces<'_>,
) -> Result<Breakages<'r>, String> {
    let mut found = Breakages::default();
    if !inventory.files.iter().any(FileFacts::imports_sdk) {
        return Ok(found);
    }
    let compiled = Compiled::new(rules, (surfaces.old.index(), surfaces.new.index()))?;
    let mut loose: BTreeMap<String, Vec<&SourceFile>> = BTreeMap::new();
    for file in &inventory.modules {
        loose.entry(projects.folder_of(file.path())).or_default().push(file);
    }
    let mut codes: Vec<Code<'_>> = projects
        .iter()
        .filter_map(|project| {
            let more = loose.get(&project.folder).map_or(&[][..], Vec::as_slice);
            Code::of(project, more, projects)
        })
        .collect();
    code::link(&mut codes);
    let groups = engine::groups(&codes);
    let checked = Checking { codes: &codes, rules: &compiled, net: net::rule(rules), surfaces }.run(&groups);
    for (at, breakages, note) in checked {
        found.by_project.entry(codes[at].folder.clone()).or_default().extend(breakages);
        found.notes.extend(note);
    }
    for breakages in found.by_project.values_mut() {
        breakages.sort_by(|one, other| {
            (&one.path, one.hit.span, &one.hit.rule.id).cmp(&(&other.path, other.hit.span, &other.hit.rule.id))
        });
    }
    found.notes.sort();
    Ok(found)
}

/// What is asked of every module.
struct Checking<'c, 'r> {
    codes: &'c [Code<'c>],
    rules: &'c Compiled<'r>,
    net: Option<&'r Rule>,
    surfaces: Surfaces<'c>,
}

/// What one module of the code with this number shows.
type Checked<'r> = (usize, Vec<Breakage<'r>>, Option<Note>);

impl<'r> Checking<'_, 'r> {
    /// Every module of every project, on all threads: a tree has one large project or many small ones.
    fn run(&self, groups: &[Group]) -> Vec<Checked<'r>> {
        let shared: Vec<Engines<'_>> =
            groups.iter().map(|group| Engines::new(group, self.codes, self.surfaces)).collect();
        let mut tasks = Vec::new();
        for (group, codes) in groups.iter().enumerate().map(|(at, group)| (at, &group.codes)) {
            tasks.extend(
                codes.iter().flat_map(|code| self.codes[*code].units.iter().map(move |unit| (group, *code, unit))),
            );
        }
        let (found, next) = (Mutex::new(Vec::new()), AtomicUsize::new(0));
        on_threads(threads().min(tasks.len()), || {
            let mut own = None;
            while let Some((group, code, unit)) = tasks.get(next.fetch_add(1, Ordering::Relaxed)) {
                let engines = match own.take() {
                    Some((at, engines)) if at == *group => engines,
                    _ => shared[*group].own(),
                };
                let (breakages, note) = self.check_unit(&self.codes[*code], unit, &engines);
                found.lock().unwrap_or_else(PoisonError::into_inner).push((*code, breakages, note));
                shared[*group].is_done_with_one();
                own = Some((*group, engines));
            }
        });
        found.into_inner().unwrap_or_else(PoisonError::into_inner)
    }

    fn check_unit(
        &self,
        code: &Code<'_>,
        unit: &Unit<'_>,
        engines: &engine::Own<'_>,
    ) -> (Vec<Breakage<'r>>, Option<Note>) {
        let module = Module {
            path: &unit.path,
            text: unit.text(),
            module: &unit.module,
            modules: &code.modules,
            imports_sdk: unit.imports_sdk,
            handed_on: &code.handed,
            declared: &code.declared,
        };
        match check(module, self.rules, (self.surfaces.old.index(), self.surfaces.new.index()), engines) {
            Ok(mut found) => {
                if let Some(rule) = self.net
                    && !found.is_newer
                    && (unit.is_near_sdk || !found.hits.is_empty())
                {
                    let caught = net::hits(rule, unit, &found.hits, engines, self.surfaces.new);
                    found.hits.extend(caught);
                }
                let (path, is_newer) = (unit.file.path(), found.is_newer);
                let breakage = |hit: Hit<'r>| Breakage {
                    path: path.to_owned(),
                    start: unit.file.position(hit.span.start),
                    end: unit.file.position(hit.span.end),
                    is_newer,
                    hit,
                };
                (found.hits.into_iter().map(|hit| breakage(unit.in_file(hit))).collect(), None)
            }
            // The manifests' reader says so already for files that import the SDK by name.
            Err(_) if unit.imports_sdk => (Vec::new(), None),
            Err(problem) => (Vec::new(), Some(Note::at(unit.file, problem.offset, problem.message))),
        }
    }
}

/// How many threads check code. More share so much of what is inferred that they wait for each other.
fn threads() -> usize {
    std::thread::available_parallelism().map_or(1, |count| count.get().min(8))
}
