//! Rewrites of import statements. All names of a statement that move do so in one fix, with every use of what they
//! bind: half a statement moved would leave the other half behind.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, HashMap, HashSet};

use ruff_python_ast::{Alias, Stmt, StmtImportFrom};

use super::super::super::names::Binding;
use super::super::super::parse::span;
use super::super::context::Context;
use super::super::uses::ImportUse;
use super::{edit, indentation};
use crate::fix::{Applicability, Edit, Fix};
pub(crate) use crate::python::layout::newline;
use crate::source::Span;

/// What becomes of an imported name.
#[derive(Debug, Clone)]
pub(crate) enum Move {
    /// It is imported from elsewhere.
    Path {
        /// The new path.
        path: String,
        /// Whether the module goes on calling it as before.
        keeps_name: bool,
    },
    /// Its uses become other text, and the import goes.
    Text {
        /// The text.
        text: String,
        /// Imports that the text needs.
        imports: Vec<String>,
    },
}

/// How many edits the fixes of one module's imports may have in all. Every name of a statement carries the edits of the
/// whole statement with every use, which a generated file could multiply without end; what is left over is for the next run.
const MAX_EDITS: usize = 500_000;

/// The edits of one statement; `None` when they cannot be made.
type Made = Option<Vec<Edit>>;

/// What moves, by statement and name.
#[derive(Debug, Default)]
pub(crate) struct Plan {
    moves: BTreeMap<(usize, usize), (Move, Applicability)>,
    /// The edits of a statement, by its place and how far they may be trusted.
    made: RefCell<HashMap<(usize, Applicability), Made>>,
    spent: Cell<usize>,
}

impl Plan {
    pub(crate) fn add(&mut self, import: &ImportUse<'_>, moved: Option<Move>, applicability: Applicability) {
        if let Some(moved) = moved {
            let place = (span(import.statement).start, span(import.alias).start);
            self.moves.entry(place).or_insert((moved, applicability));
        }
    }

    /// The fix of the statement of `import`, with all its names that may move at `least`.
    pub(crate) fn fix(&self, context: &Context<'_, '_>, import: &ImportUse<'_>, least: Applicability) -> Option<Fix> {
        let start = span(import.statement).start;
        let moves = |alias: &Alias| {
            let found = self.moves.get(&(start, span(alias).start));
            found.filter(|(_, applicability)| *applicability >= least).map(|(moved, _)| moved)
        };
        let own = moves(import.alias)?;
        if self.spent.get() > MAX_EDITS {
            return None;
        }
        let known = self.made.borrow().get(&(start, least)).cloned();
        let edits = match known {
            Some(edits) => edits?,
            None => {
                let edits = statement_edits(context, import, &moves);
                self.made.borrow_mut().insert((start, least), edits.clone());
                edits?
            }
        };
        // What is looked at counts like what is found.
        let uses = context.uses.bound.get(import.bound()).map_or(0, Vec::len);
        self.spent.set(self.spent.get() + edits.len().max(uses));
        let title = match own {
            Move::Path { path, .. } => format!("import `{path}`"),
            Move::Text { text, .. } => format!("write `{text}`"),
        };
        (!edits.is_empty()).then_some(Fix { title, applicability: least, edits })
    }
}

/// The edits of a statement of which `moves` tells what becomes of each name, with every use of these names.
fn statement_edits<'m>(
    context: &Context<'_, '_>,
    import: &ImportUse<'_>,
    moves: &dyn Fn(&Alias) -> Option<&'m Move>,
) -> Option<Vec<Edit>> {
    let (names, mut edits) = match import.statement {
        Stmt::ImportFrom(from) => (&from.names, from_edits(context, from, moves)?),
        Stmt::Import(plain) => {
            let edits = plain.names.iter().filter_map(|alias| match moves(alias) {
                Some(Move::Path { path, .. }) => Some(edit(context, span(&alias.name), path.as_str())),
                _ => None,
            });
            (&plain.names, edits.collect())
        }
        _ => return None,
    };
    for alias in names {
        if let Some(moved) = moves(alias) {
            edits.extend(references(context, import, alias, moved)?);
        }
    }
    edits.sort_by_key(|edit| edit.span);
    edits.dedup();
    Some(edits)
}

/// Whether what `import` binds must go on being called as it is, though it will be imported as `path`.
pub(crate) fn must_keep_name(context: &Context<'_, '_>, import: &ImportUse<'_>, path: &str) -> bool {
    let (old, new) = (import.bound(), path.rsplit('.').next().unwrap_or(path));
    if import.alias.asname.is_some() || old == new || matches!(import.statement, Stmt::Import(_)) {
        return false;
    }
    let module = context.module;
    let is_handed_on = import.at.scope == 0
        && (module.path.ends_with("__init__.py") || module.handed_on.is_used_elsewhere(&module.module.path, old));
    is_handed_on || context.scopes.binds_anywhere(new) || context.uses.listed.contains(old)
}

/// The statement of `import` with the one name imported from `path`, and every use of the name left as it is.
pub(crate) fn renamed(context: &Context<'_, '_>, import: &ImportUse<'_>, path: &str) -> Option<Vec<Edit>> {
    let Stmt::ImportFrom(from) = import.statement else { return None };
    let moved = Move::Path { path: path.to_owned(), keeps_name: false };
    from_edits(context, from, &|alias| std::ptr::eq(alias, import.alias).then_some(&moved))
}

fn from_edits<'m>(
    context: &Context<'_, '_>,
    from: &StmtImportFrom,
    moves: &dyn Fn(&Alias) -> Option<&'m Move>,
) -> Option<Vec<Edit>> {
    let module = from.module.as_ref()?;
    let statement = span(from);
    let mut groups: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let (mut staying, mut in_place, mut gone) = (0, Vec::new(), Vec::new());
    let mut needed = Vec::new();
    for alias in &from.names {
        match moves(alias) {
            None => {
                staying += 1;
                in_place.push((module.as_str().to_owned(), alias, None));
            }
            Some(Move::Path { path, keeps_name }) => {
                let (home, name) =
                    if alias.name.as_str() == "*" { (path.as_str(), "*") } else { path.rsplit_once('.')? };
                let written = match (&alias.asname, keeps_name) {
                    (Some(local), _) => format!("{name} as {}", local.as_str()),
                    (None, true) => format!("{name} as {}", alias.name.as_str()),
                    (None, false) => name.to_owned(),
                };
                groups.entry(home.to_owned()).or_default().push(written.clone());
                in_place.push((home.to_owned(), alias, Some(written)));
                if home == module.as_str() {
                    staying += 1;
                } else {
                    gone.push(span(alias));
                }
            }
            Some(Move::Text { imports, .. }) => {
                gone.push(span(alias));
                needed.extend(imports.iter().map(String::as_str));
                in_place.push((String::new(), alias, None));
            }
        }
    }
    let home = in_place.first().map(|(home, ..)| home.clone())?;
    let mut edits = Vec::new();
    let rename = |edits: &mut Vec<Edit>, alias: &Alias, written: &str| {
        if context.source(alias) != written {
            edits.push(edit(context, span(alias), written));
        }
    };
    if !home.is_empty() && in_place.iter().all(|(other, ..)| *other == home) {
        if home != module.as_str() {
            edits.push(edit(context, span(module), home));
        }
        for (_, alias, written) in &in_place {
            if let Some(written) = written {
                rename(&mut edits, alias, written);
            }
        }
        return Some(edits);
    }
    if context.text[statement.end..].trim_start_matches([' ', '\t']).starts_with(';') {
        return None;
    }
    let line_end = context.text[statement.end..].find('\n').map_or(context.text.len(), |at| statement.end + at);
    let indent = indentation(context.text, statement.start);
    let newline = newline(context.text);
    groups.remove(module.as_str());
    let mut lines: Vec<String> =
        groups.into_iter().map(|(home, names)| format!("from {home} import {}", names.join(", "))).collect();
    if staying == 0 {
        for import in needed.drain(..) {
            if !is_imported(context, import, 0)? && !lines.iter().any(|line| line == import) {
                lines.push(import.to_owned());
            }
        }
        if lines.is_empty() {
            edits.push(removed(context, statement, line_end)?);
        } else {
            edits.push(edit(context, statement, lines.join(&format!("{newline}{indent}"))));
        }
        return Some(edits);
    }
    for (home, alias, written) in &in_place {
        if let Some(written) = written.as_ref().filter(|_| home == module.as_str()) {
            rename(&mut edits, alias, written);
        }
    }
    for at in without(&gone, &from.names.iter().map(span).collect::<Vec<_>>()) {
        if context.text.get(at.start..at.end)?.contains('#') {
            return None;
        }
        edits.push(edit(context, at, ""));
    }
    for import in needed {
        if !is_imported(context, import, 0)? && !lines.iter().any(|line| line == import) {
            lines.push(import.to_owned());
        }
    }
    if !lines.is_empty() {
        let end = context.text[..line_end].trim_end_matches('\r').len().max(statement.end);
        let text: String = lines.iter().flat_map(|line| [newline, indent, line]).collect();
        edits.push(edit(context, Span::empty(end), text));
    }
    Some(edits)
}

/// The bytes of `gone` among the list `all`, with the commas that go with them, apart from each other.
fn without(gone: &[Span], all: &[Span]) -> Vec<Span> {
    let mut out: Vec<Span> = Vec::new();
    let gone: HashSet<&Span> = gone.iter().collect();
    let kept: Vec<bool> = all.iter().map(|one| !gone.contains(one)).collect();
    let last_kept = kept.iter().rposition(|kept| *kept).unwrap_or(0);
    for (index, one) in all.iter().enumerate().filter(|(index, _)| !kept[*index]) {
        // Up to the next name; behind the last one that stays, from the end of the one before.
        let at = if index < last_kept {
            Span::new(one.start, all.get(index + 1).map_or(one.end, |next| next.start))
        } else {
            Span::new(index.checked_sub(1).map_or(one.start, |before| all[before].end), one.end)
        };
        out.push(at);
    }
    out
}

/// The whole line of a statement that goes; `pass` where a block would be left empty.
fn removed(context: &Context<'_, '_>, statement: Span, line_end: usize) -> Option<Edit> {
    let indent = indentation(context.text, statement.start);
    let line_start = statement.start - indent.len();
    if !indent.is_empty() {
        return Some(edit(context, statement, "pass"));
    }
    context.text[line_start..statement.start].trim().is_empty().then_some(())?;
    if !context.text[statement.end..line_end].trim().is_empty() {
        return None;
    }
    Some(edit(context, Span::new(line_start, (line_end + 1).min(context.text.len())), ""))
}

/// The uses of what `alias` binds, as they read afterwards.
fn references(context: &Context<'_, '_>, import: &ImportUse<'_>, alias: &Alias, moved: &Move) -> Option<Vec<Edit>> {
    let local = alias.asname.as_ref().unwrap_or(&alias.name).as_str();
    let now = match moved {
        Move::Path { path, keeps_name } => {
            let name = path.rsplit('.').next().unwrap_or(path);
            let is_from = matches!(import.statement, Stmt::ImportFrom(_));
            if alias.asname.is_some() || *keeps_name || name == local || local == "*" || !is_from {
                return Some(Vec::new());
            }
            name
        }
        Move::Text { text, .. } => text.as_str(),
    };
    let path = match import.statement {
        Stmt::ImportFrom(from) => format!("{}.{}", from.module.as_ref()?.as_str(), alias.name.as_str()),
        _ => alias.name.as_str().to_owned(),
    };
    let bound = context.uses.bound.get(local).into_iter().flatten().filter_map(|index| context.uses.chains.get(*index));
    let uses = bound.filter(|one| one.chain.roots.contains(&path));
    Some(uses.map(|one| edit(context, one.chain.parts[0].1, now)).collect())
}

/// Whether `import`, `from module import name` or `import module`, is made already as seen from `scope`; `None` when its
/// name means something else there.
pub(crate) fn is_imported(context: &Context<'_, '_>, import: &str, scope: usize) -> Option<bool> {
    let (bound, path) = match import.strip_prefix("from ") {
        Some(rest) => {
            let (module, name) = rest.split_once(" import ")?;
            (name, format!("{module}.{name}"))
        }
        None => {
            let module = import.strip_prefix("import ")?;
            let top = module.split('.').next()?;
            (top, top.to_owned())
        }
    };
    match context.scopes.lookup(bound, scope) {
        None => Some(false),
        Some(bindings) => {
            let same = |one: &Binding| matches!(one, Binding::Import { path: known, .. } if *known == path);
            bindings.iter().any(same).then_some(true)
        }
    }
}

/// The edit that adds `import`; none when the module has it. `None` when its name is taken.
pub(crate) fn insertion(context: &Context<'_, '_>, import: &str) -> Option<Vec<Edit>> {
    if is_imported(context, import, 0)? {
        return Some(Vec::new());
    }
    let newline = newline(context.text);
    let is_text = |statement: &Stmt| matches!(statement, Stmt::Expr(one) if one.value.is_string_literal_expr());
    let mut leading = context.body.iter().skip_while(|statement| is_text(statement));
    let mut last: Option<&Stmt> = None;
    let first = leading.clone().next();
    for statement in leading.by_ref() {
        match statement {
            Stmt::Import(_) | Stmt::ImportFrom(_) => last = Some(statement),
            _ => break,
        }
    }
    Some(vec![match (last, first) {
        (Some(last), _) => {
            let end = span(last).end;
            let line_end = context.text[end..].find('\n').map_or(context.text.len(), |at| end + at);
            let at = context.text[..line_end].trim_end_matches('\r').len().max(end);
            edit(context, Span::empty(at), format!("{newline}{import}"))
        }
        (None, Some(first)) => edit(context, Span::empty(span(first).start), format!("{import}{newline}")),
        (None, None) => edit(context, Span::empty(context.text.len()), format!("{import}{newline}")),
    }])
}
