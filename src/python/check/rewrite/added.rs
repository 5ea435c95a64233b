//! Imports that a rewrite needs, put where a person would put them: into the statement that imports from the same module
//! already, or else on a line of their own among their like. Nothing that stands there is touched.

use ruff_python_ast::{Stmt, StmtImportFrom};

use super::super::super::names::Binding;
use super::super::super::parse::span;
use super::super::context::Context;
use super::super::symbol::becomes;
use super::edit;
use super::imports::newline;
use super::listed::merged;
use crate::fix::Edit;
use crate::rule::python::Role;
use crate::source::{Span, line_end, line_start};

/// What of the standard library rewrites, and the code around them, import most. It only decides about a place.
const STANDARD: [&str; 34] = [
    "abc",
    "argparse",
    "ast",
    "asyncio",
    "base64",
    "collections",
    "contextlib",
    "contextvars",
    "copy",
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
    "os",
    "pathlib",
    "platform",
    "random",
    "re",
    "shutil",
    "subprocess",
    "sys",
    "tempfile",
    "threading",
    "time",
    "typing",
    "unittest",
    "uuid",
];

/// An import as text says it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Wanted<'i> {
    /// The module; of `import module`, itself.
    module: &'i str,
    /// What is taken from it, as written: `Client`, or `Client as MCPClient`.
    name: Option<&'i str>,
}

impl<'i> Wanted<'i> {
    /// `from module import name [as other]`, or `import module`.
    fn parse(import: &'i str) -> Option<Self> {
        match import.strip_prefix("from ") {
            Some(rest) => {
                let (module, name) = rest.split_once(" import ")?;
                Some(Self { module, name: Some(name) })
            }
            None => Some(Self { module: import.strip_prefix("import ")?, name: None }),
        }
    }

    /// The name it binds, and the path that name stands for.
    fn binds(self) -> (&'i str, String) {
        match self.name {
            Some(name) => {
                let (name, local) = name.split_once(" as ").unwrap_or((name, name));
                (local, format!("{}.{name}", self.module))
            }
            None => {
                let top = self.module.split('.').next().unwrap_or(self.module);
                (top, top.to_owned())
            }
        }
    }

    fn order(self) -> (bool, String) {
        (self.name.is_some(), self.module.to_lowercase())
    }
}

/// Whether `import` is made already as seen from `scope`; `None` when its name means something else there.
pub(crate) fn is_imported(context: &Context<'_, '_>, import: &str, scope: usize) -> Option<bool> {
    let (bound, path) = Wanted::parse(import)?.binds();
    let Some(bindings) = context.scopes.lookup(bound, scope) else { return Some(false) };
    let same = |one: &Binding| matches!(one, Binding::Import { path: known, .. } if *known == path);
    if !bindings.iter().any(same) {
        return None;
    }
    // What only type checkers see is not there when the module runs.
    let mut imports = context.uses.imports.iter().filter(|one| one.bound() == bound);
    Some(imports.any(|one| !one.guard.is_typing))
}

/// The edit that adds `import`; none when the module has it. `None` when its name is taken.
pub(crate) fn insertion(context: &Context<'_, '_>, import: &str) -> Option<Vec<Edit>> {
    if is_imported(context, import, 0)? {
        return Some(Vec::new());
    }
    let wanted = Wanted::parse(import)?;
    let (first, leading) = leading(context);
    if let Some(name) = wanted.name
        && let Some(found) = beside(context, wanted.module, name, None)
    {
        return Some(found);
    }
    let newline = newline(context.text);
    let Some(at) = place(context, &leading, wanted) else {
        return Some(vec![match first {
            Some(first) => edit(context, Span::empty(span(first).start), format!("{import}{newline}{newline}")),
            None => edit(context, Span::empty(context.text.len()), format!("{import}{newline}")),
        }]);
    };
    Some(vec![match at {
        Place::After(statement) => {
            edit(context, Span::empty(line_end(context.text, span(statement).end)), format!("{newline}{import}"))
        }
        Place::Before(statement, gap) => {
            let start = span(statement).start;
            let gap = if gap { newline } else { "" };
            match context.text[..start].strip_suffix('\n') {
                Some(above) => {
                    let end = above.trim_end_matches('\r').len();
                    edit(context, Span::empty(end), format!("{newline}{import}{gap}"))
                }
                None => edit(context, Span::empty(start), format!("{import}{newline}{gap}")),
            }
        }
        Place::Apart(statement) => {
            let end = line_end(context.text, span(statement).end);
            edit(context, Span::empty(end), format!("{newline}{newline}{import}"))
        }
    }])
}

/// The edits that add `name` to a statement which imports from `module` already and is not `other`.
pub(super) fn beside(context: &Context<'_, '_>, module: &str, name: &str, other: Option<Span>) -> Option<Vec<Edit>> {
    let (_, leading) = leading(context);
    let from = leading.into_iter().filter_map(Stmt::as_import_from_stmt);
    let mut same = from.filter(|from| {
        let of = from.module.as_ref().map(|module| module.as_str());
        let is_it = of == Some(module) && stays(context, from);
        from.level == 0 && Some(span(*from)) != other && (is_it || home(context, from).as_deref() == Some(module))
    });
    same.find_map(|from| merged(context, from, name))
}

/// The first statement behind the docstring, and the imports the module begins with. What guards other imports, and what
/// has to come before some of them, does not end them.
fn leading<'t>(context: &Context<'_, 't>) -> (Option<&'t Stmt>, Vec<&'t Stmt>) {
    let is_text = |statement: &&Stmt| matches!(statement, Stmt::Expr(one) if one.value.is_string_literal_expr());
    let body = context.body.iter().skip_while(is_text);
    let first = body.clone().next();
    let block =
        body.take_while(|one| matches!(one, Stmt::Import(_) | Stmt::ImportFrom(_) | Stmt::Try(_) | Stmt::If(_)));
    (first, block.filter(|one| matches!(one, Stmt::Import(_) | Stmt::ImportFrom(_))).collect())
}

/// Where the first statement begins that is no import, for what must stand in front of all others.
pub(crate) fn behind_imports(context: &Context<'_, '_>) -> Option<usize> {
    let (_, leading) = leading(context);
    let last = span(*leading.last()?).end;
    let next = context.body.iter().map(span).find(|one| one.start > last)?;
    // What stands above it belongs to it.
    let line = |offset: usize| line_start(context.text, offset);
    let mut at = line(next.start);
    while at > last {
        let above = line(at.checked_sub(1)?);
        if !context.text[above..at].starts_with('#') || above <= last {
            break;
        }
        at = above;
    }
    Some(at)
}

/// Whether some name of the statement is not about to move: then the statement stays where it is.
fn stays(context: &Context<'_, '_>, from: &StmtImportFrom) -> bool {
    let Some(module) = &from.module else { return false };
    from.names.iter().any(|alias| {
        let path = format!("{}.{}", module.as_str(), alias.name.as_str());
        alias.name.as_str() != "*" && context.rules.symbols_at(&path, &[Role::Import], context.old).is_empty()
    })
}

/// The module to which every name of the statement moves, which is written in its place then.
fn home(context: &Context<'_, '_>, from: &StmtImportFrom) -> Option<String> {
    let old = from.module.as_ref().filter(|_| from.level == 0)?;
    let mut homes = from.names.iter().map(|alias| {
        let path = format!("{}.{}", old.as_str(), alias.name.as_str());
        let rules = context.rules.symbols_at(&path, &[Role::Import], context.old);
        let becomes = rules.first().and_then(|(_, entry)| becomes(context, entry, &path))?;
        becomes.rsplit_once('.').map(|(home, _)| home.to_owned())
    });
    let first = homes.next().flatten()?;
    homes.all(|home| home.as_deref() == Some(&first)).then_some(first)
}

/// Where a line for an import goes.
enum Place<'t> {
    After(&'t Stmt),
    /// In front of it, with an empty line between when they are not alike.
    Before(&'t Stmt, bool),
    /// Behind it, with an empty line between.
    Apart(&'t Stmt),
}

/// What an import takes from: the sections that sorted imports have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Section {
    Future,
    Standard,
    Others,
    Own,
}

fn section(context: &Context<'_, '_>, module: &str, level: u32) -> Section {
    let top = module.split('.').next().unwrap_or(module);
    if level > 0 {
        Section::Own
    } else if top == "__future__" {
        Section::Future
    } else if STANDARD.contains(&top) {
        Section::Standard
    } else if context.module.modules.loaded_by(module, &context.module.module.path).is_some() {
        Section::Own
    } else {
        Section::Others
    }
}

/// The module that a statement imports from, once the names in it have moved, with its dots, as [`Wanted::order`] tells.
fn of(context: &Context<'_, '_>, statement: &Stmt) -> Option<(String, u32, (bool, String))> {
    let (module, level, is_from) = match statement {
        Stmt::ImportFrom(from) => {
            let module = from.module.as_ref().map_or("", |module| module.as_str());
            (home(context, from).unwrap_or_else(|| module.to_owned()), from.level, true)
        }
        Stmt::Import(import) => (import.names.first()?.name.as_str().to_owned(), 0, false),
        _ => return None,
    };
    let order = (is_from, module.to_lowercase());
    Some((module, level, order))
}

fn place<'t>(context: &Context<'_, '_>, leading: &[&'t Stmt], wanted: Wanted<'_>) -> Option<Place<'t>> {
    // What goes as a whole can hold nothing.
    let may_go = |statement: &Stmt| match statement {
        Stmt::ImportFrom(from) => !from.names.iter().any(|one| one.name.as_str() == "*") && !stays(context, from),
        _ => false,
    };
    let own = section(context, wanted.module, 0);
    let top = |module: &str| module.split('.').next().unwrap_or_default().to_owned();
    let known: Vec<_> = leading.iter().filter_map(|one| of(context, one).map(|of| (*one, of))).collect();
    let like: Vec<_> = known.iter().filter(|(_, (module, level, _))| section(context, module, *level) == own).collect();
    let Some((first, _)) = like.first() else {
        let after = known.iter().rfind(|(_, (module, level, _))| section(context, module, *level) < own);
        let before = known.iter().find(|(_, (module, level, _))| section(context, module, *level) > own);
        return match (after, before) {
            // Where nothing keeps the sections apart, a line more needs no gap.
            (_, Some((before, _))) => Some(Place::Before(before, true)),
            (Some((after, _)), None) => Some(Place::Apart(after)),
            (None, None) => None,
        };
    };
    let is_sorted = like.is_sorted_by(|(_, (.., one)), (_, (.., other))| one <= other);
    if is_sorted {
        let order = wanted.order();
        let before = like.iter().take_while(|(_, (.., other))| *other <= order);
        let before: Vec<_> = before.collect();
        let Some((last, _)) = before.iter().rfind(|(one, _)| !may_go(one)).or(before.last()) else {
            return Some(Place::Before(first, false));
        };
        return Some(Place::After(last));
    }
    let kin = like.iter().rfind(|(one, (module, ..))| top(module) == top(wanted.module) && !may_go(one));
    kin.or(like.iter().rfind(|(one, _)| !may_go(one))).or(like.last()).map(|(one, _)| Place::After(one))
}
