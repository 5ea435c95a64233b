//! The Python code of a project: its modules, what they take from each other, and where they are imported from.

use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap, HashSet};

use super::parallel;
use crate::fix;
use crate::inventory::{FileFacts, is_python, parent};
use crate::project::{Project, Projects};
use crate::python::check::{Handed, Hit};
use crate::python::names::{Modules, ProjectModule, Summary, summary};
use crate::source::{Encoding, Fragment, SourceFile, Span};
use crate::syntax::json;

/// More modules than this whose star imports go in a circle are checked without types.
const MAX_STAR_CIRCLE: usize = 100;

/// The Python code of one project.
pub(super) struct Code<'a> {
    /// The folder of the project.
    pub(super) folder: String,
    pub(super) units: Vec<Unit<'a>>,
    pub(super) modules: Modules,
    pub(super) handed: HandedOn,
    pub(super) roots: Vec<String>,
    pub(super) declared: BTreeSet<String>,
    /// The first names of everything that its modules import.
    pub(super) imported: HashSet<String>,
}

pub(super) struct Unit<'a> {
    pub(super) file: &'a SourceFile,
    /// How the types know it: the file's own path, but for code of a notebook.
    pub(super) path: Cow<'a, str>,
    /// Of a notebook, the code with the way back to the file.
    code: Option<&'a Fragment<'static>>,
    pub(super) module: ProjectModule,
    pub(super) imports_sdk: bool,
    /// Whether it imports the SDK, or a module that does.
    pub(super) is_near_sdk: bool,
    /// Whether it mentions the SDK, or imports lead from it to the SDK over however many modules. Any other holds no value
    /// of the SDK, and is only there for others to import.
    pub(super) is_checked: bool,
    /// Whether the types may see it.
    pub(super) is_typed: bool,
}

impl<'a> Unit<'a> {
    fn of_file(file: &'a SourceFile, imports_sdk: bool, is_checked: bool) -> Self {
        let module = ProjectModule::of_file(file.path());
        let path = Cow::Borrowed(file.path());
        Self { file, path, code: None, module, imports_sdk, is_near_sdk: imports_sdk, is_checked, is_typed: true }
    }

    /// The modules of a notebook, none of which anybody can import.
    fn of_notebook(facts: &'a FileFacts) -> impl Iterator<Item = Self> {
        facts.cells.iter().enumerate().map(|(index, code)| {
            let path = format!("{}.{index}.py", facts.file.path());
            let mut module = ProjectModule::of_file(&path);
            module.path.push_str(" of a notebook");
            let imports_sdk = facts.imports_sdk();
            let path = Cow::Owned(path);
            let is_near_sdk = imports_sdk;
            Self {
                file: &facts.file,
                path,
                code: Some(code),
                module,
                imports_sdk,
                is_near_sdk,
                is_checked: true,
                is_typed: true,
            }
        })
    }

    pub(super) fn text(&self) -> &str {
        self.code.map_or(self.file.text(), Fragment::text)
    }

    pub(super) fn is_of_notebook(&self) -> bool {
        self.code.is_some()
    }

    /// A place in the code as one in the file.
    pub(super) fn span_in_file(&self, span: Span) -> Span {
        self.code.map_or(span, |code| code.span(span.start..span.end))
    }

    /// A hit in the code as one in the file.
    pub(super) fn in_file<'r>(&self, mut hit: Hit<'r>) -> Hit<'r> {
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
pub(super) struct HandedOn {
    taken: HashSet<(String, String)>,
    /// The first and the last part of every path that is imported.
    imported: HashSet<String>,
}

impl Handed for HandedOn {
    fn is_used_elsewhere(&self, module: &str, name: &str) -> bool {
        self.taken.contains(&(module.to_owned(), name.to_owned()))
    }

    fn is_imported_anywhere(&self, name: &str) -> bool {
        self.imported.contains(name)
    }
}

impl<'a> Code<'a> {
    /// The code of `project` with the modules in `more`, not yet linked; `None` when none of it imports the SDK.
    /// `packages` are the folders of the tree that hold an `__init__.py`, read or not.
    pub(super) fn of(
        project: &Project<'a>,
        more: &[&'a SourceFile],
        projects: &Projects<'_>,
        packages: &HashSet<&str>,
    ) -> Option<Self> {
        Self::any(project, more, projects, packages).filter(|code| code.units.iter().any(|unit| unit.imports_sdk))
    }

    /// The same, whatever the code imports; `None` when there is none.
    pub(super) fn any(
        project: &Project<'a>,
        more: &[&'a SourceFile],
        projects: &Projects<'_>,
        packages: &HashSet<&str>,
    ) -> Option<Self> {
        let own = project.files.iter().filter(|facts| is_python(facts.file.path()));
        let own = own.map(|facts| Unit::of_file(&facts.file, facts.imports_sdk(), true));
        let notebooks = project.files.iter().flat_map(|facts| Unit::of_notebook(facts));
        let mut units: Vec<Unit<'_>> =
            own.chain(notebooks).chain(more.iter().map(|file| Unit::of_file(file, false, mentions(file)))).collect();
        // What the repository itself calls `mcp` is not the SDK.
        units.retain(|unit| !projects.shadows_sdk(unit.file.path(), project));
        if units.is_empty() {
            return None;
        }
        units.sort_by(|one, other| one.path.cmp(&other.path));
        let around = projects.around(project).flat_map(|project| &project.files);
        Some(Self {
            folder: project.folder.clone(),
            roots: roots(&units, packages),
            units,
            modules: Modules::default(),
            handed: HandedOn::default(),
            declared: around.flat_map(|facts| facts.declared.iter().cloned()).collect(),
            imported: HashSet::new(),
        })
    }

    /// The names that modules take from each other, each with the path of the file it is taken from.
    pub(super) fn taken(&self) -> impl Iterator<Item = (String, String)> {
        let files: HashMap<&str, &str> =
            self.units.iter().map(|unit| (unit.module.path.as_str(), unit.file.path())).collect();
        let taken = self.handed.taken.iter();
        taken.filter_map(move |(module, name)| Some(((*files.get(module.as_str())?).to_owned(), name.clone())))
    }

    /// The numbers of the modules that can hold anything of the SDK.
    pub(super) fn checked(&self) -> impl Iterator<Item = usize> {
        self.units.iter().enumerate().filter(|(_, unit)| unit.is_checked).map(|(at, _)| at)
    }

    /// Connects the modules by what they say of themselves, in the order of the units.
    fn link(&mut self, summaries: Vec<Summary>) {
        let (mut imported, mut firsts, mut stars) = (Vec::new(), HashSet::new(), Vec::new());
        for (at, (unit, summary)) in self.units.iter().zip(summaries).enumerate() {
            imported.extend(summary.imports.iter().chain(&summary.stars).map(|path| (at, path.clone())));
            stars.push(summary.stars.clone());
            // A module that is hidden by another of its name cannot import its neighbours.
            if summary.imports.iter().chain(&summary.stars).any(|path| path.starts_with(':')) {
                firsts.extend(self.tops_of(unit.file.path()));
            }
            let named = summary.imports.iter().chain(&summary.stars).filter_map(|path| path.split('.').next());
            firsts.extend(named.filter(|first| !first.starts_with(':')).map(str::to_owned));
            self.modules.add(&unit.module, summary);
        }
        self.imported = firsts;
        self.refuse_star_circles(&stars);
        let mut takers: HashMap<String, Vec<usize>> = HashMap::new();
        for (at, path) in &imported {
            let from = &self.units[*at].module.path;
            if let Some(module) = self.modules.loaded_by(path, from) {
                takers.entry(module.to_owned()).or_default().push(*at);
            }
            self.handed.taken.extend(self.modules.owner_of(path, from));
            self.handed.imported.extend(
                [path.split('.').next(), path.rsplit(['.', ':']).next()].into_iter().flatten().map(str::to_owned),
            );
        }
        let mut front: Vec<usize> = (0..self.units.len()).filter(|at| self.units[*at].imports_sdk).collect();
        let mut reached: HashSet<usize> = front.iter().copied().collect();
        while let Some(from) = front.pop() {
            let imports_sdk = self.units[from].imports_sdk;
            for at in takers.get(&self.units[from].module.path).into_iter().flatten() {
                let unit = &mut self.units[*at];
                unit.is_near_sdk |= imports_sdk;
                unit.is_checked = true;
                if reached.insert(*at) {
                    front.push(*at);
                }
            }
        }
    }

    /// Keeps modules from the types whose star imports, `stars`, go in a large circle: each takes the names of all others,
    /// and the memory for that grows with the square of their number.
    fn refuse_star_circles(&mut self, stars: &[Vec<String>]) {
        let by_path: HashMap<&str, usize> =
            self.units.iter().enumerate().map(|(at, unit)| (unit.module.path.as_str(), at)).collect();
        let target =
            |at: usize, path: &String| by_path.get(self.modules.loaded_by(path, &self.units[at].module.path)?).copied();
        let to: Vec<Vec<usize>> = stars
            .iter()
            .enumerate()
            .map(|(at, paths)| paths.iter().filter_map(|path| target(at, path)).collect())
            .collect();
        // What leads to no circle is taken away from its end, until nothing but circles and the ways there are left.
        let (mut left, mut from): (Vec<usize>, Vec<Vec<usize>>) =
            (to.iter().map(Vec::len).collect(), vec![Vec::new(); to.len()]);
        for (at, targets) in to.iter().enumerate() {
            targets.iter().for_each(|target| from[*target].push(at));
        }
        let mut ends: Vec<usize> = (0..to.len()).filter(|at| left[*at] == 0).collect();
        while let Some(end) = ends.pop() {
            for at in &from[end] {
                left[*at] -= 1;
                if left[*at] == 0 {
                    ends.push(*at);
                }
            }
        }
        if left.iter().filter(|left| **left > 0).count() > MAX_STAR_CIRCLE {
            self.units.iter_mut().zip(&left).for_each(|(unit, left)| unit.is_typed = *left == 0);
        }
    }

    /// The names by which the file at `path`, or the package around it, can be imported.
    pub(super) fn tops_of(&self, path: &str) -> impl Iterator<Item = String> {
        self.roots.iter().filter_map(move |root| {
            let below = if root.is_empty() { path } else { path.strip_prefix(root.as_str())?.strip_prefix('/')? };
            let first = below.split('/').next().unwrap_or(below);
            Some(first.split('.').next().unwrap_or(first).to_owned())
        })
    }
}

/// Reads what every module says of itself, and connects those of each project.
pub(super) fn link(codes: &mut [Code<'_>]) {
    let files: Vec<(usize, usize)> =
        (codes.iter().enumerate()).flat_map(|(at, code)| (0..code.units.len()).map(move |unit| (at, unit))).collect();
    let read = {
        let codes = &*codes;
        let read = |(): &mut (), (code, unit): &(usize, usize)| {
            let of = &codes[*code].units[*unit];
            let mut found = summary(of.text(), &of.module.path, &of.module.package);
            found.servers.file = of.path.clone().into_owned();
            found.servers.is_shared = of.code.is_none() && of.file.encoding() == Encoding::Utf8;
            found
        };
        parallel::each(&files, || (), read)
    };
    let mut read = read.into_iter();
    for code in codes.iter_mut() {
        let own = read.by_ref().take(code.units.len()).collect();
        code.link(own);
    }
}

/// Whether the module says the SDK's name at all, were it in a string.
fn mentions(file: &SourceFile) -> bool {
    memchr::memmem::find(file.text().as_bytes(), b"mcp").is_some()
}

/// The folders that a project's modules are imported from: above every outermost package, and of every script.
fn roots(units: &[Unit<'_>], packages: &HashSet<&str>) -> Vec<String> {
    // A folder that holds a package called as the SDK would hide the SDK from all that is imported from there; code beside
    // such a package that imports the SDK all the same is imported from above.
    let modules: HashSet<&str> = units.iter().map(|unit| unit.file.path()).collect();
    let hides = |folder: &str| {
        packages.contains(format!("{folder}/mcp").as_str()) || modules.contains(format!("{folder}/mcp.py").as_str())
    };
    let mut roots = BTreeSet::new();
    for unit in units {
        let mut folder = parent(unit.file.path());
        while (packages.contains(folder) || hides(folder)) && !folder.is_empty() {
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
