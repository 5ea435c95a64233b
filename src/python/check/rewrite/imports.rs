//! Rewrites of import statements. All names of a statement that move do so in one fix, with every use of what they
//! bind: half a statement moved would leave the other half behind.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, HashMap, HashSet};

use ruff_python_ast::{Alias, Stmt, StmtImportFrom};

use super::super::super::parse::span;
use super::super::context::Context;
use super::super::uses::ImportUse;
use super::added;
pub(crate) use super::added::is_imported;
use super::{edit, indentation};
use crate::fix::{Applicability, Edit, Fix};
pub(crate) use crate::python::layout::newline;
use crate::source::{Span, line_end, line_start, next_line};

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
    // What a package imports and does not use itself, it imports for others.
    let is_for_others = || module.path.ends_with("__init__.py") && !context.uses.bound.contains_key(old);
    let is_handed_on =
        import.at.scope == 0 && (is_for_others() || module.handed_on.is_used_elsewhere(&module.module.path, old));
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
    let indent = indentation(context.text, statement.start);
    let newline = newline(context.text);
    groups.remove(module.as_str());
    let mut lines = Vec::new();
    for (home, names) in groups {
        // Within a branch or a function an import serves only what is around it.
        let mut left = Vec::new();
        for name in names {
            match indent.is_empty().then(|| added::beside(context, &home, &name, Some(statement))).flatten() {
                Some(more) => merge(&mut edits, more),
                None => left.push(name),
            }
        }
        if !left.is_empty() {
            lines.push(format!("from {home} import {}", left.join(", ")));
        }
    }
    if staying == 0 {
        for import in needed.drain(..) {
            place(context, import, (indent, statement), &mut lines, &mut edits)?;
        }
        if lines.is_empty() {
            edits.push(removed(context, statement)?);
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
        place(context, import, (indent, statement), &mut lines, &mut edits)?;
    }
    if !lines.is_empty() {
        let end = line_end(context.text, statement.end);
        let text: String = lines.iter().flat_map(|line| [newline, indent, line]).collect();
        edits.push(edit(context, Span::empty(end), text));
    }
    Some(edits)
}

/// Adds `import`, which the text of a name that goes from the statement needs, to what is imported beside it or to `lines`.
fn place(
    context: &Context<'_, '_>,
    import: &str,
    (indent, statement): (&str, Span),
    lines: &mut Vec<String>,
    edits: &mut Vec<Edit>,
) -> Option<()> {
    if is_imported(context, import, 0)? || lines.iter().any(|line| line == import) {
        return Some(());
    }
    let parts = import.strip_prefix("from ").and_then(|rest| rest.split_once(" import "));
    let parts = parts.filter(|_| indent.is_empty());
    let beside = parts.and_then(|(module, name)| added::beside(context, module, name, Some(statement)));
    let among_its_like = || parts.and_then(|_| elsewhere(context, statement, import));
    match beside.or_else(among_its_like) {
        Some(more) => merge(edits, more),
        None => lines.push(import.to_owned()),
    }
    Some(())
}

/// Adds `more` to `edits`; of two insertions at one place a writer would keep only one.
pub(crate) fn merge(edits: &mut Vec<Edit>, more: Vec<Edit>) {
    for added in more {
        match edits.iter_mut().find(|edit| edit.span == added.span && edit.span.is_empty()) {
            Some(edit) if edit.content == added.content => {}
            // Two names of one module share a line.
            Some(edit) => match added.content.split_once(" import ") {
                Some((from, name)) if edit.content.starts_with(&format!("{from} import ")) && !name.contains('\n') => {
                    edit.content.push_str(&format!(", {name}"));
                }
                _ => edit.content.push_str(&added.content),
            },
            None => edits.push(added),
        }
    }
}

/// The edits that take the name of `import` out of its statement and import `needed` instead.
pub(crate) fn exchanged(context: &Context<'_, '_>, import: &ImportUse<'_>, needed: &[String]) -> Option<Vec<Edit>> {
    let moved = Move::Text { text: String::new(), imports: needed.to_vec() };
    let moves = |alias: &Alias| std::ptr::eq(alias, import.alias).then_some(&moved);
    let Stmt::ImportFrom(from) = import.statement else { return None };
    if let ([_], [only]) = (&*from.names, needed)
        && let Some(edits) = replaced_by(context, span(from), only)
    {
        return Some(edits);
    }
    from_edits(context, from, &moves)
}

/// The statement gone with its line, and `import` where its like are; `None` where that is the very place.
fn replaced_by(context: &Context<'_, '_>, statement: Span, import: &str) -> Option<Vec<Edit>> {
    let text = context.text;
    let end = next_line(text, statement.end);
    let line = line_start(text, statement.start);
    if line != statement.start || !text[statement.end..end].trim().is_empty() {
        return None;
    }
    let mut edits = elsewhere(context, statement, import)?;
    edits.push(edit(context, Span::new(line, end), ""));
    Some(edits)
}

/// The edits that add `import` among its like; `None` where that is the place of `statement`, which changes itself.
fn elsewhere(context: &Context<'_, '_>, statement: Span, import: &str) -> Option<Vec<Edit>> {
    let (line, end) = (line_start(context.text, statement.start), next_line(context.text, statement.end));
    let edits = added::insertion(context, import)?;
    let is_near = |edit: &Edit| edit.span.end >= line.saturating_sub(1) && edit.span.start <= end;
    (!edits.iter().any(is_near)).then_some(edits)
}

/// The bytes of `gone` among the list `all`, with the commas that go with them, apart from each other.
pub(crate) fn without(gone: &[Span], all: &[Span]) -> Vec<Span> {
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
fn removed(context: &Context<'_, '_>, statement: Span) -> Option<Edit> {
    let indent = indentation(context.text, statement.start);
    let line_start = statement.start - indent.len();
    if !indent.is_empty() {
        return Some(edit(context, statement, "pass"));
    }
    context.text[line_start..statement.start].trim().is_empty().then_some(())?;
    let end = next_line(context.text, statement.end);
    context.text[statement.end..end].trim().is_empty().then(|| edit(context, Span::new(line_start, end), ""))
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

/// The edits that take the one name that `import` binds out of its statement.
pub(crate) fn without_name(context: &Context<'_, '_>, import: &ImportUse<'_>) -> Option<Vec<Edit>> {
    let names = match import.statement {
        Stmt::ImportFrom(from) => &from.names,
        Stmt::Import(plain) => &plain.names,
        _ => return None,
    };
    if let [_] = names.as_slice() {
        let statement = span(import.statement);
        return Some(vec![removed(context, statement)?]);
    }
    let all: Vec<Span> = names.iter().map(span).collect();
    let gone = without(&[span(import.alias)], &all);
    let is_plain = |at: &Span| context.text.get(at.start..at.end).is_some_and(|text| !text.contains('#'));
    gone.iter().all(is_plain).then(|| gone.into_iter().map(|at| edit(context, at, "")).collect())
}
