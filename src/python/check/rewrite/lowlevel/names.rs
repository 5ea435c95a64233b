//! How new code calls what it needs: as the module calls it already, or by an import that is added where the module has
//! its like. All that is added to one place is one edit, so that every fix which needs it carries the very same.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use ruff_python_ast::{Stmt, StmtImportFrom};

use super::super::super::super::names::Binding;
use super::super::super::super::parse::span;
use super::super::super::context::Context;
use super::super::super::uses::ImportUse;
use super::super::{edit, indentation};
use super::extend;
use super::layout::Layout;
use crate::fix::Edit;
use crate::packages::is_sdk_path;
use crate::source::{Span, line_start};

/// Modules of the standard library before which an import of one may be put.
const STANDARD: &[&str] = &[
    "abc",
    "argparse",
    "ast",
    "asyncio",
    "base64",
    "binascii",
    "collections",
    "collections.abc",
    "concurrent",
    "contextlib",
    "contextvars",
    "copy",
    "csv",
    "dataclasses",
    "datetime",
    "enum",
    "functools",
    "hashlib",
    "importlib",
    "inspect",
    "io",
    "itertools",
    "json",
    "logging",
    "math",
    "os",
    "pathlib",
    "platform",
    "random",
    "re",
    "secrets",
    "shlex",
    "shutil",
    "signal",
    "socket",
    "sqlite3",
    "ssl",
    "string",
    "subprocess",
    "sys",
    "tempfile",
    "textwrap",
    "threading",
    "time",
    "traceback",
    "types",
    "typing",
    "unittest",
    "urllib",
    "uuid",
    "warnings",
    "weakref",
    "zoneinfo",
];

/// More new types than this make an import longer than everything that uses them.
const MANY: usize = 3;

/// The names that new code of one module needs.
pub(super) struct Names<'c, 'r, 't> {
    context: &'c Context<'r, 't>,
    /// What is to be imported, by the module it is imported from; `import module` under the empty name. With the scope
    /// that first asked.
    needed: RefCell<BTreeMap<(String, String), usize>>,
    /// Whether the SDK's types are reached through their module where they are not imported already.
    through_module: bool,
    /// Whether what a lifespan gives may be something else than the dictionary that it is by default.
    has_own_state: bool,
    /// Statements that will not be there.
    gone: Vec<Span>,
}

impl<'c, 'r, 't> Names<'c, 'r, 't> {
    pub(super) fn new(
        context: &'c Context<'r, 't>,
        gone: &[Span],
        (through_module, has_own_state): (bool, bool),
    ) -> Self {
        Self { context, needed: RefCell::default(), through_module, has_own_state, gone: gone.to_vec() }
    }

    /// Whether so many of the SDK's types are to be imported that their module serves better.
    pub(super) fn are_many(&self) -> bool {
        let needed = self.needed.borrow();
        needed.keys().filter(|(module, _)| module == "mcp.types").count() > MANY
            && !self.context.scopes.binds_anywhere("types")
    }

    /// What the class `name` of the SDK's types is called in `scope`; `None` when the name means something else there.
    pub(super) fn sdk(&self, name: &str, scope: usize) -> Option<String> {
        let path = format!("mcp.types.{name}");
        if self.is_bound(name, &path, scope) == Some(true) {
            return Some(name.to_owned());
        }
        let module = self.imports(scope).find(|import| !import.is_star && import.path == "mcp.types");
        if let Some(import) = module {
            return Some(match (&import.alias.asname, import.statement) {
                (None, Stmt::Import(_)) => path,
                _ => format!("{}.{name}", import.bound()),
            });
        }
        if self.through_module {
            return Some(format!("{}.{name}", self.from("mcp", "types", scope)?));
        }
        self.from("mcp.types", name, scope)
    }

    /// What `name` of `module` is called in `scope`; `None` when the name means something else there.
    pub(super) fn from(&self, module: &str, name: &str, scope: usize) -> Option<String> {
        if !self.is_bound(name, &format!("{module}.{name}"), scope)? {
            self.needed.borrow_mut().entry((module.to_owned(), name.to_owned())).or_insert(scope);
        }
        Some(name.to_owned())
    }

    /// The class of contexts as an annotation in `scope`.
    pub(super) fn context(&self, scope: usize) -> Option<String> {
        let class = self.from("mcp.server", "ServerRequestContext", scope)?;
        Some(if self.has_own_state { format!("{class}[{}]", self.from("typing", "Any", scope)?) } else { class })
    }

    /// What the module `name` is called in `scope`.
    pub(super) fn module(&self, name: &str, scope: usize) -> Option<String> {
        if !self.is_bound(name, name, scope)? {
            self.needed.borrow_mut().entry((name.to_owned(), String::new())).or_insert(scope);
        }
        Some(name.to_owned())
    }

    /// Whether `name` is what `path` is already, as code runs; `None` when it is something else.
    fn is_bound(&self, name: &str, path: &str, scope: usize) -> Option<bool> {
        let Some(bindings) = self.context.scopes.lookup(name, scope) else { return Some(false) };
        let leads = |known: &str| {
            known == path
                || self.context.canonical(known).iter().any(|known| self.context.canonical(path).contains(known))
        };
        let is_same = |one: &Binding| matches!(one, Binding::Import { path, .. } if leads(path));
        if !bindings.iter().all(is_same) {
            return None;
        }
        let is_run = |import: &ImportUse<'_>| import.bound() == name && leads(&import.path);
        Some(self.imports(scope).any(is_run))
    }

    /// The imports that code in `scope` sees when it runs.
    fn imports(&self, scope: usize) -> impl Iterator<Item = &'c ImportUse<'t>> + '_ {
        let context = self.context;
        context.uses.imports.iter().filter(move |import| {
            let is_seen = import.at.scope == 0
                || context.scopes.lookup(import.bound(), scope).is_some_and(|bindings| {
                    let own = span(import.alias.asname.as_ref().unwrap_or(&import.alias.name));
                    bindings.iter().any(|one| matches!(one, Binding::Import { span, .. } if *span == own))
                });
            is_seen && !import.guard.is_typing && !self.gone.contains(&span(import.statement))
        })
    }

    /// The edits that import everything asked for so far; `None` where there is no place for one.
    pub(super) fn edits(&self, layout: &Layout<'_>, definition: Option<(usize, String)>) -> Option<Vec<Edit>> {
        let mut added: BTreeMap<usize, Added> = BTreeMap::new();
        let mut extended: BTreeMap<usize, (&StmtImportFrom, Vec<String>)> = BTreeMap::new();
        let mut by_module: BTreeMap<(String, Line), BTreeSet<String>> = BTreeMap::new();
        for ((module, name), scope) in self.needed.borrow().iter() {
            match self.statement(module, *scope).filter(|_| !name.is_empty()) {
                Some(from) => extended.entry(span(from).start).or_insert((from, Vec::new())).1.push(name.clone()),
                None => {
                    let line = self.line(module, name.is_empty(), *scope)?;
                    by_module.entry((module.clone(), line)).or_default().insert(name.clone());
                }
            }
        }
        for ((module, line), names) in by_module {
            let names: Vec<&str> = names.iter().map(String::as_str).filter(|name| !name.is_empty()).collect();
            let text = if names.is_empty() {
                format!("import {module}")
            } else {
                format!("from {module} import {}", names.join(", "))
            };
            let added = added.entry(line.at).or_default();
            let rank = if STANDARD.contains(&module.as_str()) { 0 } else { 1 + u8::from(is_sdk_path(&module)) };
            added.lines.push((rank, text));
            added.line = Some(line);
        }
        let mut edits = Vec::new();
        for (from, names) in extended.into_values() {
            for one in extend::edits(self.context, layout, from, &names)? {
                if one.span.is_empty() {
                    added.entry(one.span.start).or_default().names.push_str(&one.content);
                } else {
                    edits.push(one);
                }
            }
        }
        let newline = layout.newline;
        if let Some((at, text)) = definition {
            added.entry(at).or_default().definition = text;
        }
        let insertions = added.into_iter().map(|(at, added)| {
            let mut content = added.names;
            let mut lines = added.lines;
            lines.sort();
            for (at_of, (rank, line)) in lines.iter().enumerate() {
                match added.line {
                    Some(Line { below: true, statement, .. }) => {
                        let indent = indentation(self.context.text, statement);
                        content.push_str(&format!("{newline}{indent}{line}"));
                    }
                    other => {
                        content.push_str(&format!("{line}{newline}"));
                        let is_last = lines.get(at_of + 1).is_none_or(|(rank, _)| *rank > 0);
                        // What the standard library holds stands apart.
                        if *rank == 0 && is_last && other.is_some_and(|line| !line.is_standard) {
                            content.push_str(newline);
                        }
                        content.push_str(indentation(self.context.text, at));
                    }
                }
            }
            content.push_str(&added.definition);
            edit(self.context, Span::empty(at), content)
        });
        edits.extend(insertions);
        Some(edits)
    }

    /// The statement that imports from `module` already.
    fn statement(&self, module: &str, scope: usize) -> Option<&'t StmtImportFrom> {
        self.imports(scope).filter(|import| !import.is_star).find_map(|import| match import.statement {
            Stmt::ImportFrom(from) if from.level == 0 && from.module.as_ref()?.as_str() == module => Some(from),
            _ => None,
        })
    }

    /// Where a new statement that imports from `module` goes.
    fn line(&self, module: &str, is_plain: bool, scope: usize) -> Option<Line> {
        let mut first_of_sdk: Option<&ImportUse<'_>> = None;
        let mut before: Option<&ImportUse<'_>> = None;
        let is_sdk = is_sdk_path(module);
        let mut imports: Vec<_> = self.imports(scope).filter(|import| self.starts_line(import.statement)).collect();
        // A module's own imports stand above what uses them; those of a function are the last choice.
        imports.sort_by_key(|import| (import.at.scope != 0, span(import.statement).start));
        let key = |import: &ImportUse<'_>| match import.statement {
            Stmt::ImportFrom(from) => (1, from.module.as_ref().map(|one| one.as_str().to_owned()).unwrap_or_default()),
            _ => (0, import.alias.name.as_str().to_owned()),
        };
        let own = (usize::from(!is_plain), module.to_owned());
        let is_standard = STANDARD.contains(&module);
        for import in &imports {
            let is_future = key(import).1 == "__future__";
            let top = import.path.split('.').next().unwrap_or_default();
            if is_sdk_path(&import.path) && first_of_sdk.is_none() {
                first_of_sdk = Some(import);
            }
            let is_like = if is_sdk { is_sdk_path(&import.path) } else { is_standard && STANDARD.contains(&top) };
            if is_like && !is_future && before.is_none() && key(import) > own {
                before = Some(import);
            }
        }
        let like_last = imports.iter().rev().find(|import| {
            let top = import.path.split('.').next().unwrap_or_default();
            if is_sdk {
                is_sdk_path(&import.path) && import.at.scope == 0
            } else {
                is_standard && STANDARD.contains(&top)
            }
        });
        let first = imports.iter().find(|import| key(import).1 != "__future__").copied();
        match (before, like_last) {
            (Some(before), _) => Some(above(before)),
            (None, Some(last)) => self.below(last.statement),
            (None, None) => first_of_sdk.filter(|_| !is_standard).or(first).map(above),
        }
    }

    fn below(&self, statement: &Stmt) -> Option<Line> {
        let Span { start, end } = span(statement);
        let rest = self.context.text.get(end..)?.lines().next().unwrap_or_default();
        Some(Line { at: end + rest.trim_end().len(), statement: start, below: true, is_standard: false })
    }

    fn starts_line(&self, statement: &Stmt) -> bool {
        let at = span(statement);
        let text = self.context.text;
        let line = line_start(text, at.start);
        text[line..at.start].trim().is_empty() && !text[at.end..].trim_start_matches([' ', '\t']).starts_with(';')
    }
}

/// What is added at one place.
#[derive(Default)]
struct Added {
    names: String,
    /// Statements, those of the standard library first and the SDK's last.
    lines: Vec<(u8, String)>,
    line: Option<Line>,
    definition: String,
}

/// A place for a statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Line {
    at: usize,
    /// The statement that it stands above or below.
    statement: usize,
    below: bool,
    /// Whether the statement imports from the standard library.
    is_standard: bool,
}

fn above(import: &ImportUse<'_>) -> Line {
    let start = span(import.statement).start;
    let top = import.path.split('.').next().unwrap_or_default();
    Line { at: start, statement: start, below: false, is_standard: STANDARD.contains(&top) }
}
