//! Finds the places in a tree's code that the newer SDKs and the newer protocol break: project by project, because a name
//! means what the project around it imports. Nothing is judged here.

mod code;
mod engine;
mod net;
mod parallel;
mod texts;

use std::collections::{BTreeMap, BTreeSet, HashSet};

use aho_corasick::AhoCorasick;

use self::code::{Code, Unit};
use self::engine::{Engines, Group, Part};
pub use self::net::fails_for_sure;
use crate::fix::Applicability;
use crate::inventory::{FileFacts, Inventory, parent};
use crate::project::{Project, Projects};
use crate::python::check::{Compiled, Hit, Module, check};
use crate::python::surface::Surface;
use crate::python::types::{Diagnostic, GivenUp};
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
    /// Whether it holds in code for the newer SDK too: what the net caught in code that was rewritten, and what of it
    /// fails for sure in code of which a part has moved.
    pub always_holds: bool,
    /// The rule and the place.
    pub hit: Hit<'r>,
}

/// What the code of a tree shows.
#[derive(Debug, Clone, Default)]
pub struct Breakages<'r> {
    /// By the folder of the project: its breakages, by file and place.
    pub by_project: BTreeMap<String, Vec<Breakage<'r>>>,
    /// What could not be checked.
    pub notes: Vec<Note>,
    /// What a checker says of each module, by its path, as far as that was asked for.
    pub told: BTreeMap<String, Told>,
    /// The names that other modules take from a file, with its path, as far as what a checker says was asked for.
    pub taken: HashSet<(String, String)>,
}

/// What a checker says of a module on either SDK.
#[derive(Debug, Clone, Default)]
pub struct Told {
    /// With the older SDK.
    pub old: Vec<Diagnostic>,
    /// With the newer one.
    pub new: Vec<Diagnostic>,
    /// Whether the module is written for the newer SDK.
    pub is_newer: bool,
}

/// What of a tree is looked at, and what is kept of it.
#[derive(Debug, Clone, Copy, Default)]
pub struct Asked<'q> {
    /// The folders of the projects; all of them, when not said.
    pub folders: Option<&'q BTreeSet<String>>,
    /// What a checker is asked, and what of it is kept in [`Breakages::told`].
    pub keep: Keep<'q>,
}

/// What a checker is asked.
#[derive(Debug, Clone, Copy, Default)]
pub enum Keep<'q> {
    /// What rules leave open; none of it is kept.
    #[default]
    Nothing,
    /// What it says of every module near the SDK, with both.
    Both,
    /// The same with the newer SDK alone, of code that was rewritten: what was told of the code before, at the places of
    /// the new text, by the modules' paths.
    Against(&'q BTreeMap<String, Told>),
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

/// Checks the code of every project: Python that imports the SDK, Rust that depends on the crate, and text in any language
/// that speaks the protocol.
///
/// # Errors
/// A rule that cannot be used, with its identifier.
pub fn find<'r>(
    inventory: &Inventory,
    projects: &Projects<'_>,
    rules: &'r Rules,
    surfaces: Surfaces<'_>,
    asked: Asked<'_>,
) -> Result<Breakages<'r>, String> {
    let mut found = Breakages::default();
    if inventory.files.iter().any(FileFacts::imports_sdk) {
        python(inventory, projects, rules, surfaces, asked, &mut found)?;
    }
    texts::find(inventory, projects, rules, asked.folders, &mut found)?;
    for breakages in found.by_project.values_mut() {
        breakages.sort_by(|one, other| {
            (&one.path, one.hit.span, &one.hit.rule.id).cmp(&(&other.path, other.hit.span, &other.hit.rule.id))
        });
    }
    found.notes.sort();
    Ok(found)
}

/// Checks Python code.
fn python<'r>(
    inventory: &Inventory,
    projects: &Projects<'_>,
    rules: &'r Rules,
    surfaces: Surfaces<'_>,
    asked: Asked<'_>,
    found: &mut Breakages<'r>,
) -> Result<(), String> {
    let compiled = Compiled::new(rules, (surfaces.old.index(), surfaces.new.index()))?;
    let mut loose: BTreeMap<String, Vec<&SourceFile>> = BTreeMap::new();
    for file in &inventory.modules {
        loose.entry(projects.folder_of(file.path())).or_default().push(file);
    }
    let packages = packages(inventory);
    let mut codes: Vec<Code<'_>> = projects
        .iter()
        .filter(|project| asked.folders.is_none_or(|folders| folders.contains(&project.folder)))
        .filter_map(|project| {
            let more = loose.get(&project.folder).map_or(&[][..], Vec::as_slice);
            Code::of(project, more, projects, &packages)
        })
        .collect();
    code::link(&mut codes);
    let groups = engine::groups(&codes);
    if matches!(asked.keep, Keep::Against(_)) {
        // The older SDK knows hardly a type of what was written for the newer one.
        groups.iter().for_each(Group::without_hints);
    }
    let (net, given_up) = (net::rule(rules), GivenUp::default());
    let bridge = surfaces.old.bridged(surfaces.new, moves(rules));
    let checking = Checking { codes: &codes, rules: &compiled, net, surfaces, bridge, given_up, keep: asked.keep };
    for one in checking.run(&groups) {
        found.by_project.entry(codes[one.code].folder.clone()).or_default().extend(one.breakages);
        found.notes.extend(one.note);
        found.told.extend(one.told);
    }
    if !matches!(asked.keep, Keep::Nothing) {
        found.taken.extend(codes.iter().flat_map(Code::taken));
    }
    Ok(())
}

/// The folders that are packages. Most `__init__.py` say nothing of the SDK, and many are empty; what they make of their
/// folder counts all the same.
fn packages(inventory: &Inventory) -> HashSet<&str> {
    let read = inventory.files.iter().map(|facts| &facts.file).chain(&inventory.modules).map(SourceFile::path);
    let all = read.chain(inventory.unread.iter().map(|code| code.path.as_str()));
    let of = |path: &'_ str| path.rsplit('/').next().is_some_and(|name| matches!(name, "__init__.py" | "__init__.pyi"));
    all.filter(|path| of(path)).map(parent).collect()
}

/// What the newer SDK merely calls otherwise, by the older one's paths.
fn moves(rules: &Rules) -> impl Iterator<Item = (&str, &str)> {
    let symbols = rules.iter().flat_map(|rule| &rule.symbols);
    let sure = symbols.filter(|one| one.applicability == Applicability::Safe && one.role.as_slice().is_empty());
    sure.flat_map(|one| one.path.as_slice().iter().zip(std::iter::repeat(&one.becomes)))
        .filter_map(|(path, becomes)| Some((path.as_str(), becomes.as_deref()?)))
}

/// What is asked of every module.
struct Checking<'c, 'r> {
    codes: &'c [Code<'c>],
    rules: &'c Compiled<'r>,
    net: Option<&'r Rule>,
    surfaces: Surfaces<'c>,
    /// The older SDK, with the newer one's names beside its own.
    bridge: Surface,
    /// The modules that have no types.
    given_up: GivenUp,
    keep: Keep<'c>,
}

/// What is known of a module in the end.
struct Outcome<'r> {
    /// The number of its project's code.
    code: usize,
    breakages: Vec<Breakage<'r>>,
    note: Option<Note>,
    told: Option<(String, Told)>,
}

/// A module by the numbers of its part, of its project's code, and its own.
type Task = (usize, usize, usize);

/// What the older SDK's types told of a module, before the newer one's are asked.
struct Half<'r> {
    hits: Vec<Hit<'r>>,
    is_newer: bool,
    /// What a checker says of it on the older SDK, where the newer one is to be asked as well.
    on_old: Option<Vec<Diagnostic>>,
    note: Option<Note>,
    told: Option<Told>,
}

impl<'r> Checking<'_, 'r> {
    /// Every module of every project, with the number of the project's code: with the types of the older SDK, then with
    /// those of the newer one. In a large project one after the other, because what an engine has inferred is most of the
    /// memory that a run takes.
    fn run(&self, groups: &[Group]) -> Vec<Outcome<'r>> {
        for unit in self.codes.iter().flat_map(|code| &code.units).filter(|unit| !unit.is_typed) {
            self.given_up.give_up(&unit.path, "too many modules import everything of each other in a circle");
        }
        let parts: Vec<Part<'_>> = groups.iter().flat_map(Group::parts).collect();
        let tasks = parts.iter().enumerate();
        let tasks: Vec<Task> =
            tasks.flat_map(|(at, part)| part.units.iter().map(move |(code, unit)| (at, *code, *unit))).collect();
        let mut halves = self.ask(&parts, &tasks, |unit, engines| self.check_unit(unit, engines));
        let mut open: Vec<(Task, &mut Half<'r>, Vec<Diagnostic>)> = Vec::new();
        for (task, half) in tasks.iter().zip(&mut halves) {
            if let Some(on_old) = half.on_old.take() {
                open.push((*task, half, on_old));
            }
        }
        let asked: Vec<Task> = open.iter().map(|(task, ..)| *task).collect();
        let told = self.ask(&parts, &asked, |(_, unit), engines| engines.diagnostics(&unit.path, true));
        for (((_, code, unit), half, on_old), on_new) in open.into_iter().zip(told) {
            self.compare(&self.codes[code].units[unit], half, on_old, on_new);
        }
        let units = tasks.into_iter().map(|(_, code, unit)| (code, &self.codes[code].units[unit]));
        units
            .zip(halves)
            .map(|((code, unit), half)| {
                let note = half.note.or_else(|| self.untyped(unit));
                let told = half.told.map(|told| (unit.path.clone().into_owned(), told));
                Outcome { code, breakages: breakages(unit, half.hits, half.is_newer, self.keep), note, told }
            })
            .collect()
    }

    /// What `work` makes of each of `tasks`, in their order. The tasks of a part follow one another.
    fn ask<T: Send>(
        &self,
        parts: &[Part<'_>],
        tasks: &[Task],
        work: impl Fn((&Code<'_>, &Unit<'_>), &engine::Own<'_>) -> T + Sync,
    ) -> Vec<T> {
        let mut counts = vec![0; parts.len()];
        tasks.iter().for_each(|(part, ..)| counts[*part] += 1);
        let surfaces = Surfaces { old: &self.bridge, new: self.surfaces.new };
        let engines = |(part, count)| Engines::new(part, self.codes, surfaces, &self.given_up, count);
        let shared: Vec<Engines<'_>> = parts.iter().zip(counts).map(engines).collect();
        parallel::each(
            tasks,
            || None,
            |own: &mut Option<(usize, engine::Own<'_>)>, (part, code, unit)| {
                if own.as_ref().is_none_or(|(of, _)| of != part) {
                    // The handles on the part before go first: its engines are gone with the last of them.
                    *own = None;
                }
                let (_, engines) = own.get_or_insert_with(|| (*part, shared[*part].own()));
                let code = &self.codes[*code];
                let answer = work((code, &code.units[*unit]), engines);
                shared[*part].is_done_with_one();
                answer
            },
        )
    }

    /// Says of a module without types that it has none, and so was not checked for all that others were.
    fn untyped(&self, unit: &Unit<'_>) -> Option<Note> {
        let reason = self.given_up.reason(&unit.path)?;
        let message = format!("checked by names alone, because its types are not known: {reason}");
        Some(Note::file(unit.file.path().to_owned(), message))
    }

    fn check_unit(&self, (code, unit): (&Code<'_>, &Unit<'_>), engines: &engine::Own<'_>) -> Half<'r> {
        let module = Module {
            path: &unit.path,
            text: unit.text(),
            module: &unit.module,
            modules: &code.modules,
            imports_sdk: unit.imports_sdk,
            handed_on: &code.handed,
            declared: &code.declared,
            bridge: self.bridge.index(),
        };
        match check(module, self.rules, (self.surfaces.old.index(), self.surfaces.new.index()), engines) {
            Ok(found) => {
                let is_near = unit.is_near_sdk || !found.hits.is_empty();
                let is_open = is_near && (!found.is_newer || !matches!(self.keep, Keep::Nothing));
                let mut half =
                    Half { hits: found.hits, is_newer: found.is_newer, on_old: None, note: None, told: None };
                let on_old = || match self.keep {
                    Keep::Against(before) => before.get(&*unit.path).map(|told| told.old.clone()).unwrap_or_default(),
                    Keep::Nothing | Keep::Both => engines.diagnostics(&unit.path, false),
                };
                if is_open && engines.are_small() {
                    let on_new = engines.diagnostics(&unit.path, true);
                    let is_kept = !matches!(self.keep, Keep::Nothing);
                    if is_kept || !on_new.is_empty() || net::may_have_moved(&half.hits) {
                        self.compare(unit, &mut half, on_old(), on_new);
                    }
                } else if is_open {
                    half.on_old = Some(on_old());
                }
                half
            }
            Err(problem) => {
                // The manifests' reader says so already for files that import the SDK by name.
                let note = (!unit.imports_sdk).then(|| Note::at(unit.file, problem.offset, problem.message));
                Half { hits: Vec::new(), is_newer: false, on_old: None, note, told: None }
            }
        }
    }

    /// Adds what the two lists of diagnostics tell.
    fn compare(&self, unit: &Unit<'_>, half: &mut Half<'r>, on_old: Vec<Diagnostic>, on_new: Vec<Diagnostic>) {
        // Code that was rewritten is for the newer SDK, and held against what was said of it before.
        let before = match self.keep {
            Keep::Against(before) => Some(before.get(&*unit.path).is_some_and(|told| told.is_newer)),
            Keep::Nothing | Keep::Both => None,
        };
        if before.is_none() && !half.is_newer {
            half.is_newer = net::has_moved(&half.hits, &on_old, &on_new);
        }
        let was_newer = before.unwrap_or(half.is_newer);
        let is_asked = match self.keep {
            // The places of a notebook's cells are not followed through edits.
            Keep::Against(_) => !unit.is_of_notebook(),
            Keep::Both => true,
            Keep::Nothing => !was_newer,
        };
        if let Some(rule) = self.net.filter(|_| is_asked) {
            let mut caught = net::hits(rule, unit, &half.hits, (&on_old, &on_new), self.surfaces.new);
            if was_newer {
                caught.retain(net::fails_for_sure);
            }
            half.hits.extend(caught);
        }
        if !matches!(self.keep, Keep::Nothing) {
            half.told = Some(Told { old: on_old, new: on_new, is_newer: was_newer });
        }
    }
}

fn breakages<'r>(unit: &Unit<'_>, hits: Vec<Hit<'r>>, is_newer: bool, keep: Keep<'_>) -> Vec<Breakage<'r>> {
    let always_holds = |hit: &Hit<'_>| match keep {
        Keep::Nothing => false,
        Keep::Both => hit.rule.is_net() && fails_for_sure(hit),
        Keep::Against(_) => hit.rule.is_net(),
    };
    let breakage = |hit: Hit<'r>| Breakage {
        path: unit.file.path().to_owned(),
        start: unit.file.position(hit.span.start),
        end: unit.file.position(hit.span.end),
        is_newer,
        always_holds: always_holds(&hit),
        hit,
    };
    hits.into_iter().map(|hit| breakage(unit.in_file(hit))).collect()
}
