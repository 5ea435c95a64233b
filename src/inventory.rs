//! Reads a tree into what its files declare: the walk, the references from file to file, and nothing that judges.

mod includes;
mod unsaved;

use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use aho_corasick::AhoCorasick;

use crate::manifest::{self, Declarations, IncludeKind, ProjectTable};
use crate::packages::Packages;
use crate::protocol;
use crate::python::cells::{self, Cells};
use crate::python::{self, Import};
use crate::requirement::{Ecosystem, Requirement, VersionPart};
use crate::source::{self, CodeFile, Found, Fragment, Interest, Limits, Note, SourceFile};
use includes::{follow_includes, included_facts};
pub use unsaved::Unsaved;

/// One file and what it declares.
#[derive(Debug)]
pub struct FileFacts {
    /// The file.
    pub file: SourceFile,
    /// What it declares, of the packages that are of interest.
    pub declarations: Declarations,
    /// The Python packages it asks for, whatever they are, normalised.
    pub declared: BTreeSet<String>,
    /// Whether it is a manifest rather than a file that installs or mentions something in passing.
    pub is_manifest: bool,
    /// Whether some requirement asks for another package's extra named after the SDK, which brings it along.
    pub has_sdk_extra: bool,
    /// What it imports of the SDK and its relatives.
    pub imports: Vec<Import>,
    /// Of a notebook that mentions MCP, the modules that its code cells make.
    pub cells: Vec<Fragment<'static>>,
}

/// What became of a file.
enum Piece {
    Facts(Box<FileFacts>),
    Module(SourceFile),
    Text(SourceFile),
    Unread(CodeFile),
}

/// What a tree declares.
#[derive(Debug, Default)]
pub struct Inventory {
    /// The files, by path.
    pub files: Vec<FileFacts>,
    /// Python modules that mention MCP and declare nothing, and those that may use what such modules hand on, by path.
    pub modules: Vec<SourceFile>,
    /// Other files that mention MCP and declare nothing, in the languages that rules about text and Rust look at.
    pub texts: Vec<SourceFile>,
    /// The other Python modules, by path. They are opened only when code that uses the SDK leads to them.
    pub unread: Vec<CodeFile>,
    /// What could not be read.
    pub notes: Vec<Note>,
    /// How many files were looked at.
    pub seen: usize,
    /// The folders from which `import mcp` would find a module of the repository's own.
    pub local_modules: BTreeSet<String>,
    /// With `--cargo`: how many requirements cargo reads alike, in how many manifests.
    pub agreed_with_cargo: Option<(usize, usize)>,
}

/// Reads everything below `roots`; `names` are looked for in Python modules that do not mention MCP, `seen` is told of every file.
///
/// # Errors
/// A root that cannot be opened.
pub fn take(
    roots: &[PathBuf],
    limits: &Limits,
    packages: &Packages,
    names: Option<&AhoCorasick>,
    seen: &(dyn Fn() + Sync),
) -> io::Result<Inventory> {
    let read = |found: Found| match found {
        Found::Read(file) => Some(piece(file, packages)),
        Found::Unmentioned(code) => Some(Piece::Unread(code)),
    };
    let local_modules = Mutex::new(BTreeSet::new());
    let interest = |path: &str| {
        if let Some(root) = import_root(path) {
            local_modules.lock().unwrap_or_else(PoisonError::into_inner).insert(root.to_owned());
        }
        interest_in(path)
    };
    let tree = source::discover(roots, limits, names, &interest, &read, seen)?;
    let local_modules = local_modules.into_inner().unwrap_or_else(PoisonError::into_inner);
    let mut inventory = Inventory { notes: tree.notes, seen: tree.seen, local_modules, ..Inventory::default() };
    for piece in tree.files {
        match piece {
            Piece::Facts(facts) => inventory.files.push(*facts),
            Piece::Module(file) => inventory.modules.push(file),
            Piece::Text(file) => inventory.texts.push(file),
            Piece::Unread(code) => inventory.unread.push(code),
        }
    }
    follow_includes(&mut inventory, roots, limits, packages);
    Ok(inventory)
}

/// Whether a file is worth opening, whoever asks.
fn interest_in(path: &str) -> Interest {
    match manifest::interest(path) {
        Interest::None | Interest::IfMentioned if is_python(path) => Interest::Code,
        Interest::None => protocol::interest(path),
        interest => interest,
    }
}

fn piece(file: SourceFile, packages: &Packages) -> Piece {
    let facts = facts(file, packages);
    if facts.says_something() {
        Piece::Facts(Box::new(facts))
    } else if is_python(facts.file.path()) {
        Piece::Module(facts.file)
    } else {
        Piece::Text(facts.file)
    }
}

impl Inventory {
    /// The file shown as `path`, if it was read.
    pub fn file(&self, path: &str) -> Option<&SourceFile> {
        let declares = self.files.binary_search_by(|facts| facts.file.path().cmp(path));
        let plain = |files: &'_ Vec<SourceFile>| files.binary_search_by(|file| file.path().cmp(path)).ok();
        let module = || plain(&self.modules).map(|at| &self.modules[at]);
        let text = || plain(&self.texts).map(|at| &self.texts[at]);
        declares.ok().map(|at| &self.files[at].file).or_else(module).or_else(text)
    }

    /// Every file that was read.
    pub fn read(&self) -> impl Iterator<Item = &SourceFile> {
        self.files.iter().map(|facts| &facts.file).chain(&self.modules).chain(&self.texts)
    }

    /// Puts `bytes` in the place of what the file shown as `path` holds, and reads them. A file of which nothing is known is
    /// left out.
    pub fn replace(&mut self, path: &str, bytes: Vec<u8>, packages: &Packages) {
        let made = |file: &SourceFile| SourceFile::new(file.path(), file.location(), bytes);
        if let Ok(at) = self.files.binary_search_by(|facts| facts.file.path().cmp(path)) {
            let file = made(&self.files[at].file);
            self.files[at] =
                if self.files[at].is_manifest { included_facts(file, packages) } else { facts(file, packages) };
        } else if let Ok(at) = self.modules.binary_search_by(|file| file.path().cmp(path)) {
            let facts = facts(made(&self.modules[at]), packages);
            if facts.says_something() {
                self.modules.remove(at);
                let at = self.files.partition_point(|other| other.file.path() < path);
                self.files.insert(at, facts);
            } else {
                self.modules[at] = facts.file;
            }
        } else if let Ok(at) = self.texts.binary_search_by(|file| file.path().cmp(path)) {
            self.texts[at] = made(&self.texts[at]);
        }
    }
}

/// An inventory of files that exist only in memory.
pub fn of_files(files: Vec<SourceFile>, packages: &Packages) -> Inventory {
    let mut files: Vec<FileFacts> = files.into_iter().map(|file| facts(file, packages)).collect();
    files.sort_by(|one, other| one.file.path().cmp(other.file.path()));
    Inventory { seen: files.len(), files, ..Inventory::default() }
}

pub(crate) fn is_python(path: &str) -> bool {
    path.ends_with(".py") || path.ends_with(".pyi")
}

pub(crate) fn is_notebook(path: &str) -> bool {
    path.ends_with(".ipynb")
}

/// The code of a notebook that mentions MCP. One that is no JSON has none, and is spoken of where it declares something.
pub(crate) fn code_of(file: &SourceFile) -> Cells {
    if !file.text().contains("mcp") {
        return Cells::default();
    }
    manifest::notebook_cells(file).map(|cells| cells::modules(&cells)).unwrap_or_default()
}

/// The imports of a module of a notebook, at their places in the file.
pub(crate) fn imports_of(code: &Fragment<'_>) -> Vec<Import> {
    let mut imports = python::imports(code.text()).modules;
    for import in &mut imports {
        import.span = code.span(import.span.start..import.span.end);
    }
    imports
}

/// The folder from which `import mcp` finds the file at `path`: that of `mcp.py`, or the one around a package `mcp`
/// that is not part of another package.
fn import_root(path: &str) -> Option<&str> {
    let file = path.strip_suffix("mcp/__init__.py").or_else(|| path.strip_suffix("mcp.py"))?;
    let folder = match file.strip_suffix('/') {
        Some(folder) => folder,
        None if file.is_empty() => "",
        None => return None,
    };
    // A folder without `__init__.py` may still be part of a package that begins above it.
    let around = std::iter::successors(Some(folder), |folder| (!folder.is_empty()).then(|| parent(folder)));
    let is_in_package = around.into_iter().any(|folder| Path::new(folder).join("__init__.py").exists());
    (!is_in_package).then_some(folder)
}

fn facts(file: SourceFile, packages: &Packages) -> FileFacts {
    let mut declarations = manifest::locate(&file);
    let is_manifest = declarations.project.is_some()
        || (manifest::interest(file.path()) == Interest::Always
            && (declarations.requirements.iter().any(|one| is_manifest_scope(&one.place.scope))
                || declarations.includes.iter().any(|one| one.kind != IncludeKind::Constraints)));
    let has_sdk_extra = declarations.requirements.iter().any(|one| one.extras.iter().any(|extra| extra == "mcp"));
    let declared = declared(&declarations);
    // What a member inherits, its workspace may call by a name of its own.
    let is_inherited = |one: &Requirement| one.ecosystem == Ecosystem::Rust && one.version == VersionPart::Inherited;
    declarations.requirements.retain(|one| packages.is_of_interest(one.ecosystem, &one.name) || is_inherited(one));
    declarations.keep_problems(|name| packages.is_of_interest(Ecosystem::Python, name));
    let mut imports = Vec::new();
    if is_python(file.path()) {
        let read = python::imports(file.text());
        imports = read.modules;
        if let Some(problem) = read.problem {
            declarations.syntax_error(problem);
        }
    }
    let mut cells = Vec::new();
    if is_notebook(file.path()) {
        let read = code_of(&file);
        cells = read.modules;
        imports.extend(cells.iter().flat_map(imports_of));
        read.problems.into_iter().for_each(|problem| declarations.syntax_error(problem));
    }
    FileFacts { file, declarations, declared, is_manifest, has_sdk_extra, imports, cells }
}

fn is_manifest_scope(scope: &crate::requirement::Scope) -> bool {
    use crate::requirement::Scope;
    !matches!(
        scope,
        Scope::Command | Scope::ClientConfig | Scope::Documentation | Scope::Environment(_) | Scope::Script
    )
}

impl FileFacts {
    /// Whether what is asked for or taken stands in it, not just in passing.
    pub fn declares(&self) -> bool {
        self.is_manifest || self.declarations.lock.is_some()
    }

    /// Whether anything in the file is worth keeping it for.
    fn says_something(&self) -> bool {
        let found = &self.declarations;
        self.is_manifest
            || self.has_sdk_extra
            || found.lock.is_some()
            || !(found.requirements.is_empty()
                && found.includes.is_empty()
                && found.computed.is_empty()
                && found.problems.is_empty()
                && found.launches.is_empty()
                && self.imports.is_empty())
    }

    /// Whether it imports the SDK by name.
    pub fn imports_sdk(&self) -> bool {
        self.imports.iter().any(|import| crate::packages::is_sdk_path(&import.path))
    }

    /// The folder the file speaks for: its own, or the one above when the folder only collects requirement files.
    pub fn folder(&self) -> &str {
        let own = parent(self.file.path());
        let name = own.rsplit('/').next().unwrap_or(own);
        if matches!(name, "requirements" | "constraints" | "reqs") { parent(own) } else { own }
    }

    /// Whether it is a manifest of a Python project, as far as its name and tables tell.
    pub fn speaks_of_python(&self) -> bool {
        match self.project() {
            Some(table) => table.ecosystem == Ecosystem::Python,
            None => !matches!(self.file.name(), "Cargo.toml" | "package.json"),
        }
    }

    /// The project table, when the file has one.
    pub fn project(&self) -> Option<&ProjectTable> {
        self.declarations.project.as_ref()
    }

    /// What is brought in the way `kind` says: for each reference the paths it may mean, likeliest first. A manifest's
    /// references start from its own folder; a command's start from wherever it is run, which is some folder above.
    pub fn included(&self, kind: &IncludeKind) -> impl Iterator<Item = Vec<String>> {
        self.declarations.includes.iter().filter(move |one| one.kind == *kind).map(|one| self.candidates(&one.target))
    }
}

/// The folder of a shown path; empty at the root.
pub fn parent(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

fn declared(declarations: &Declarations) -> BTreeSet<String> {
    let python = declarations.requirements.iter().filter(|one| one.ecosystem == Ecosystem::Python);
    python.map(|one| one.name.clone()).collect()
}
