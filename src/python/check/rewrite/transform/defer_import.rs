//! `defer-import`: a module-level import of what is gone moves into the functions that use it, so that the rest of the module can
//! be imported. What uses it goes on being reported, where the import is then.

use std::collections::BTreeSet;

use ruff_python_ast::{Stmt, StmtFunctionDef};

use super::super::super::super::parse::span;
use super::super::super::context::Context;
use super::super::super::uses::{ChainUse, ImportUse};
use super::super::{edit, imports, indentation};
use crate::fix::Fix;
use crate::rule::python::SymbolMatch;
use crate::source::{Span, line_start};

/// No name by itself says where it could be imported.
pub(super) fn reference(_: &Context<'_, '_>, _: &ChainUse<'_>, _: usize, _: &SymbolMatch) -> Option<Fix> {
    None
}

pub(super) fn import(context: &Context<'_, '_>, import: &ImportUse<'_>, entry: &SymbolMatch) -> Option<Fix> {
    let bound = import.bound();
    let is_plain = import.at.scope == 0 && !import.is_star && !import.guard.is_caught && !import.guard.is_typing;
    let is_top = context.body.iter().any(|statement| span(statement) == span(import.statement));
    let module = context.module;
    let is_handed_on =
        context.uses.listed.contains(bound) || module.handed_on.is_used_elsewhere(&module.module.path, bound);
    // `import a.b` binds `a`, which other imports may bind as well.
    let is_one_name = matches!(import.statement, Stmt::ImportFrom(_)) || import.alias.asname.is_some();
    if !is_plain || !is_top || is_handed_on || !is_one_name || !import.guard.alternatives.is_empty() {
        return None;
    }
    let uses = context.uses.bound.get(bound)?;
    let functions: Option<BTreeSet<usize>> =
        uses.iter().filter_map(|index| context.uses.chains.get(*index)).map(|one| one.at.function).collect();
    let line = written(context, import)?;
    let mut edits = imports::without_name(context, import)?;
    // The outermost, so that what fails does so before anything was begun.
    let outermost: Option<BTreeSet<usize>> = functions?.into_iter().map(|index| outermost(context, index)).collect();
    for index in outermost? {
        let at = first_line(context, context.uses.functions.get(index)?.node)?;
        let indent = indentation(context.text, at.start);
        edits.push(edit(context, at, format!("{line}{}{indent}", imports::newline(context.text))));
    }
    edits.sort_by_key(|edit| edit.span);
    let title = format!("import `{bound}` where it is used, so that the rest of the module works");
    Some(Fix { title, applicability: entry.applicability, edits })
}

/// The outermost function around the function at `index`, which may be itself.
fn outermost(context: &Context<'_, '_>, index: usize) -> Option<usize> {
    let inner = span(context.uses.functions.get(index)?.node);
    let is_around = |outer: Span| outer.start <= inner.start && inner.end <= outer.end;
    context.uses.functions.iter().position(|function| is_around(span(function.node)))
}

/// The import as a statement of its own.
fn written(context: &Context<'_, '_>, import: &ImportUse<'_>) -> Option<String> {
    let name = context.source(import.alias);
    match import.statement {
        Stmt::ImportFrom(from) => {
            let dots = ".".repeat(usize::try_from(from.level).ok()?);
            let module = from.module.as_ref().map_or("", |module| module.as_str());
            Some(format!("from {dots}{module} import {name}"))
        }
        _ => Some(format!("import {name}")),
    }
}

/// Where the first statement of a function begins that is not its docstring; `None` where it shares a line with what stands
/// before it.
fn first_line(context: &Context<'_, '_>, function: &StmtFunctionDef) -> Option<Span> {
    let is_docstring = |statement: &Stmt| matches!(statement, Stmt::Expr(one) if one.value.is_string_literal_expr());
    let first = match function.body.as_slice() {
        [docstring, second, ..] if is_docstring(docstring) => second,
        [first, ..] => first,
        [] => return None,
    };
    let start = span(first).start;
    let line = line_start(context.text, start);
    context.text[line..start].trim().is_empty().then_some(Span::empty(start))
}
