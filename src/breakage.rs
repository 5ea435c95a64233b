//! Finds the places in a tree's Python code that the newer SDK breaks: project by project, because a name means what the
//! project around it imports. Nothing is judged here.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use aho_corasick::AhoCorasick;

use crate::fix;
use crate::inventory::{FileFacts, Inventory, is_python, parent};
use crate::project::{Project, Projects};
use crate::python::check::{Compiled, Handed, Hit, Module, Typing, check};
use crate::python::names::{Modules, ProjectModule, summary};
use crate::python::surface::Surface;
use crate::python::types::{Engine, Type};
use crate::rule::Rules;
use crate::source::{self, CodeFile, Encoding, Fragment, Limits, Note, Position, SourceFile, Span};
use crate::syntax::json;

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
    let folders: BTreeSet<String> = {
        let projects = Projects::group(inventory);
        let using = inventory.files.iter().filter(|facts| facts.imports_sdk());
        using.map(|facts| projects.folder_of(facts.file.path())).collect()
    };
    if folders.is_empty() {
        return;
    }
    let wanted: Vec<CodeFile> = {
        let projects = Projects::group(inventory);
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
    for project in projects.iter() {
        let more = loose.get(&project.folder).map_or(&[][..], Vec::as_slice);
        if let Some(code) = Code::of(project, more, projects) {
            let (mut breakages, notes) = code.check(&compiled, surfaces);
            breakages.sort_by(|one, other| (&one.path, one.hit.span).cmp(&(&other.path, other.hit.span)));
            found.by_project.insert(project.folder.clone(), breakages);
            found.notes.extend(notes);
        }
    }
    found.notes.sort();
    Ok(found)
}

/// The Python code of one project.
struct Code<'a> {
    units: Vec<Unit<'a>>,
    modules: Modules,
    handed: HandedOn,
    roots: Vec<String>,
    declared: BTreeSet<String>,
}

struct Unit<'a> {
    file: &'a SourceFile,
    /// How the types know it: the file's own path, but for code of a notebook.
    path: Cow<'a, str>,
    /// Of a notebook, the code with the way back to the file.
    code: Option<&'a Fragment<'static>>,
    module: ProjectModule,
    imports_sdk: bool,
}

impl<'a> Unit<'a> {
    fn of_file(file: &'a SourceFile, imports_sdk: bool) -> Self {
        let module = ProjectModule::of_file(file.path());
        Self { file, path: Cow::Borrowed(file.path()), code: None, module, imports_sdk }
    }

    /// The modules of a notebook, none of which anybody can import.
    fn of_notebook(facts: &'a FileFacts) -> impl Iterator<Item = Self> {
        facts.cells.iter().enumerate().map(|(index, code)| {
            let path = format!("{}.{index}.py", facts.file.path());
            let mut module = ProjectModule::of_file(&path);
            module.path.push_str(" of a notebook");
            Self {
                file: &facts.file,
                path: Cow::Owned(path),
                code: Some(code),
                module,
                imports_sdk: facts.imports_sdk(),
            }
        })
    }

    fn text(&self) -> &str {
        self.code.map_or(self.file.text(), Fragment::text)
    }

    /// A hit in the code as one in the file.
    fn in_file<'r>(&self, mut hit: Hit<'r>) -> Hit<'r> {
        if let Some(code) = self.code {
            let at = hit.span.start;
            let encode = |_: Span, content: &str| Some(json::escaped(content));
            hit.fix = hit.fix.and_then(|fix| fix::carried(&fix, code, self.file.path(), at, &encode));
            hit.span = code.span(hit.span.start..hit.span.end);
        }
        let is_lost = |fix: &fix::Fix| match self.file.encoding() {
            Encoding::Utf8 => false,
            // What was copied out of such a file may hold bytes that the text only stands in for.
            Encoding::SingleByte => fix.edits.iter().any(|edit| edit.content.contains('?')),
            Encoding::Utf16 => true,
        };
        hit.fix = hit.fix.filter(|fix| !is_lost(fix));
        hit
    }
}

/// The names that modules take from each other.
#[derive(Debug, Default)]
struct HandedOn(HashSet<(String, String)>);

impl Handed for HandedOn {
    fn is_used_elsewhere(&self, module: &str, name: &str) -> bool {
        self.0.contains(&(module.to_owned(), name.to_owned()))
    }
}

impl<'a> Code<'a> {
    /// The code of `project` with the modules in `more`; `None` when none of it imports the SDK.
    fn of(project: &Project<'a>, more: &[&'a SourceFile], projects: &Projects<'_>) -> Option<Self> {
        let own = project.files.iter().filter(|facts| is_python(facts.file.path()));
        let own = own.map(|facts| Unit::of_file(&facts.file, facts.imports_sdk()));
        let notebooks = project.files.iter().flat_map(|facts| Unit::of_notebook(facts));
        let mut units: Vec<Unit<'_>> =
            own.chain(notebooks).chain(more.iter().map(|file| Unit::of_file(file, false))).collect();
        // What the repository itself calls `mcp` is not the SDK.
        units.retain(|unit| !projects.shadows_sdk(unit.file.path(), project));
        if !units.iter().any(|unit| unit.imports_sdk) {
            return None;
        }
        units.sort_by(|one, other| one.path.cmp(&other.path));
        let mut modules = Modules::default();
        let mut imported = Vec::new();
        for unit in &units {
            let summary = summary(unit.text(), &unit.module.path, &unit.module.package);
            imported.extend(summary.imports.iter().map(|path| (unit.module.path.clone(), path.clone())));
            modules.add(&unit.module, summary);
        }
        let handed = imported.iter().filter_map(|(from, path)| modules.owner_of(path, from));
        let handed = HandedOn(handed.collect());
        let roots = roots(&units);
        let around = projects.around(project).flat_map(|project| &project.files);
        let declared = around.flat_map(|facts| facts.declared.iter().cloned()).collect();
        Some(Self { units, modules, handed, roots, declared })
    }

    fn check<'r>(&self, rules: &Compiled<'r>, surfaces: Surfaces<'_>) -> (Vec<Breakage<'r>>, Vec<Note>) {
        let engine = Mutex::new(None);
        let found = Mutex::new((Vec::new(), Vec::new()));
        let next = AtomicUsize::new(0);
        let threads = std::thread::available_parallelism().map_or(1, |count| count.get().min(8));
        std::thread::scope(|scope| {
            for _ in 0..threads.min(self.units.len()) {
                scope.spawn(|| {
                    let typing = Lazy { code: self, surface: surfaces.old, shared: &engine, own: Mutex::new(None) };
                    while let Some(unit) = self.units.get(next.fetch_add(1, Ordering::Relaxed)) {
                        let (breakages, notes) = self.check_unit(unit, rules, surfaces, &typing);
                        let mut found = found.lock().unwrap_or_else(PoisonError::into_inner);
                        found.0.extend(breakages);
                        found.1.extend(notes);
                    }
                });
            }
        });
        found.into_inner().unwrap_or_else(PoisonError::into_inner)
    }

    fn check_unit<'r>(
        &self,
        unit: &Unit<'_>,
        rules: &Compiled<'r>,
        surfaces: Surfaces<'_>,
        typing: &(dyn Typing + Sync),
    ) -> (Vec<Breakage<'r>>, Option<Note>) {
        let module = Module {
            path: &unit.path,
            text: unit.text(),
            module: &unit.module,
            modules: &self.modules,
            imports_sdk: unit.imports_sdk,
            handed_on: &self.handed,
            declared: &self.declared,
        };
        match check(module, rules, (surfaces.old.index(), surfaces.new.index()), typing) {
            Ok(found) => {
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

/// The folders that a project's modules are imported from: above every outermost package, and of every script.
fn roots(units: &[Unit<'_>]) -> Vec<String> {
    let packages: HashSet<&str> = units
        .iter()
        .filter(|unit| unit.file.name().starts_with("__init__.py"))
        .map(|unit| parent(unit.file.path()))
        .collect();
    let mut roots = BTreeSet::new();
    for unit in units {
        let mut folder = parent(unit.file.path());
        while packages.contains(folder) && !folder.is_empty() {
            folder = parent(folder);
        }
        roots.insert(folder.to_owned());
        // A package without `__init__.py` is imported from above it.
        for above in std::iter::successors(Some(folder), |folder| (!folder.is_empty()).then(|| parent(folder))) {
            let name = above.rsplit('/').next().unwrap_or(above);
            if matches!(name, "src" | "lib" | "python" | "") {
                roots.insert(above.to_owned());
            }
        }
    }
    roots.into_iter().collect()
}

/// An engine that is made when the first type is asked for, once for all threads.
struct Lazy<'c> {
    code: &'c Code<'c>,
    surface: &'c Surface,
    shared: &'c Mutex<Option<Result<Engine, String>>>,
    own: Mutex<Option<Engine>>,
}

impl Typing for Lazy<'_> {
    fn type_at(&self, path: &str, span: Span) -> Type {
        let mut own = self.own.lock().unwrap_or_else(PoisonError::into_inner);
        if own.is_none() {
            let mut shared = self.shared.lock().unwrap_or_else(PoisonError::into_inner);
            let made = shared.get_or_insert_with(|| {
                let files = self.code.units.iter().map(|unit| (&*unit.path, unit.text()));
                Engine::new(self.surface.files(), files, &self.code.roots, None)
            });
            *own = made.as_ref().ok().cloned();
        }
        own.as_ref().map_or_else(Type::default, |engine| engine.type_at(path, span))
    }
}
