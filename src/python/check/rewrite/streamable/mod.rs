//! `streamablehttp_client(…)` → `streamable_http_client(…)`: headers, timeouts and authentication go to an HTTP client
//! that is entered and left, with the patience that the old function had. Where the call does not say what it passes,
//! or its result travels on, the module gets a function of the old name and signature.

mod call;
mod helper;
mod place;

use std::collections::BTreeSet;

use ruff_python_ast::{ExprCall, Stmt};

use super::super::super::names::Binding;
use super::super::super::parse::span;
use super::super::context::Context;
use super::super::uses::{At, ChainUse, ImportUse};
use super::{edit, importing, imports};
use crate::fix::{Applicability, Edit, Fix};
use crate::rule::python::SymbolMatch;
use crate::source::Span;

/// What the function is called by now, and the module of both.
const NEW: &str = "streamable_http_client";
const OLD: &str = "streamablehttp_client";

/// What a rewrite is made of.
struct Parts {
    edits: Vec<Edit>,
    /// Imports that the new text needs, each once.
    imports: BTreeSet<&'static str>,
    applicability: Applicability,
}

impl Parts {
    fn new() -> Self {
        Self { edits: Vec::new(), imports: BTreeSet::new(), applicability: Applicability::Safe }
    }

    fn at_most(&mut self, applicability: Applicability) {
        self.applicability = self.applicability.min(applicability);
    }

    fn finish(mut self, context: &Context<'_, '_>, beside: Option<&ImportUse<'_>>) -> Option<Fix> {
        let title = "give an HTTP client to `streamable_http_client`".to_owned();
        let needed: Vec<String> = self.imports.iter().map(|import| (*import).to_owned()).collect();
        let mut fix = Fix { title, applicability: self.applicability, edits: Vec::new() };
        match beside {
            Some(import) => fix.edits = imports_beside(context, import, &needed)?,
            None => fix = importing(context, fix, &needed)?,
        }
        self.edits.sort_by(|one, other| (one.span, &one.content).cmp(&(other.span, &other.content)));
        self.edits.dedup();
        for own in self.edits {
            // Of two insertions at one place a writer would keep only one.
            match fix.edits.iter_mut().find(|edit| edit.span == own.span && edit.span.is_empty()) {
                Some(edit) => edit.content.push_str(&own.content),
                None => fix.edits.push(own),
            }
        }
        fix.edits.sort_by_key(|edit| edit.span);
        Some(fix)
    }
}

/// The rewrite of a name that is imported itself, with everything that is done with it.
pub(super) fn import(context: &Context<'_, '_>, import: &ImportUse<'_>, _: &SymbolMatch) -> Option<Fix> {
    let Stmt::ImportFrom(_) = import.statement else { return None };
    if import.is_star {
        return None;
    }
    let local = import.bound();
    let is_named_anew = import.alias.asname.is_some();
    if !is_named_anew && is_taken(context, import) {
        return None;
    }
    let callee = if is_named_anew { local } else { NEW };
    let bound = context.uses.bound.get(local).into_iter().flatten().filter_map(|index| context.uses.chains.get(*index));
    // The name may be imported in several functions, each for itself.
    let bindings = context.scopes.lookup(local, import.at.scope)?;
    let is_meant = |one: &&ChainUse<'_>| {
        one.chain.roots.contains(&import.path)
            && context.scopes.lookup(local, one.at.scope).is_some_and(|known| std::ptr::eq(known, bindings))
    };
    let uses: Vec<&ChainUse<'_>> = bound.filter(is_meant).collect();
    let mut parts = Parts::new();
    parts.edits = imports::renamed(context, import, &format!("mcp.client.streamable_http.{NEW}"))?;
    let mut is_left = is_handed_on(context, import);
    for one in uses {
        match one.call.and_then(|called| place::rewritten(context, called, one.at, callee)) {
            Some(made) => {
                parts.edits.extend(made.edits);
                parts.imports.extend(made.imports);
                parts.at_most(made.applicability);
            }
            None => is_left = true,
        }
    }
    let is_outermost = import.at.scope == 0 && context.body.iter().any(|one| span(one) == span(import.statement));
    if is_left {
        if is_named_anew {
            return None;
        }
        let helper = helper::inserted(context, import, is_outermost)?;
        parts.edits.push(helper.edit);
        parts.imports.extend(helper.imports);
        parts.at_most(Applicability::Unsafe);
    }
    parts.finish(context, (!is_outermost).then_some(import))
}

/// The rewrite of a name that is reached through its module: `http.streamablehttp_client(…)`.
pub(super) fn reference(context: &Context<'_, '_>, one: &ChainUse<'_>, count: usize, _: &SymbolMatch) -> Option<Fix> {
    let called = one.call.filter(|_| count == one.chain.parts.len() && count > 1)?;
    let (start, name) = (one.chain.parts.first()?.1.start, one.chain.parts.last()?.1);
    let module = context.text.get(start..name.start)?;
    let callee = format!("{module}{NEW}");
    place::rewritten(context, called, one.at, &callee)?.finish(context, None)
}

/// Whether what is written for `call`, of the function at `path`, goes on giving three values.
pub(in crate::python::check) fn keeps_three(context: &Context<'_, '_>, call: &ExprCall, at: At, path: &str) -> bool {
    path.ends_with(OLD) && place::rewritten(context, call, at, NEW).is_none()
}

/// Whether the new name means something else in the module.
fn is_taken(context: &Context<'_, '_>, import: &ImportUse<'_>) -> bool {
    let path = format!("{}{NEW}", import.path.strip_suffix(OLD).unwrap_or_default());
    let is_it = |one: &Binding| matches!(one, Binding::Import { path: known, .. } if *known == path);
    let known = context.scopes.lookup(NEW, import.at.scope);
    context.scopes.binds_anywhere(NEW) && !known.is_some_and(|known| known.iter().all(is_it))
}

/// Whether others take the name from this module.
fn is_handed_on(context: &Context<'_, '_>, import: &ImportUse<'_>) -> bool {
    let (module, name) = (context.module, import.bound());
    import.at.scope == 0
        && (module.path.ends_with("__init__.py")
            || module.handed_on.is_used_elsewhere(&module.module.path, name)
            || context.uses.listed.contains(name))
}

/// Imports in the lines behind a statement that imports within a function, or where its failure is dealt with.
fn imports_beside(context: &Context<'_, '_>, import: &ImportUse<'_>, needed: &[String]) -> Option<Vec<Edit>> {
    let missing: Vec<&String> =
        needed.iter().filter(|one| super::added::is_imported(context, one, import.at.scope) != Some(true)).collect();
    if missing.iter().any(|one| super::added::is_imported(context, one, import.at.scope).is_none()) {
        return None;
    }
    if missing.is_empty() {
        return Some(Vec::new());
    }
    let statement = span(import.statement);
    let indent = super::indentation(context.text, statement.start);
    let newline = imports::newline(context.text);
    let text: String = missing.into_iter().flat_map(|one| [newline, indent, one.as_str()]).collect();
    Some(vec![edit(context, Span::empty(end_of_line(context, statement.end)?), text)])
}

/// The end of the line of `at`, without what ends it; `None` where another statement follows on it.
fn end_of_line(context: &Context<'_, '_>, at: usize) -> Option<usize> {
    let rest = context.text.get(at..)?;
    let line = rest.lines().next().unwrap_or_default();
    (!line.trim_start().starts_with(';')).then(|| at + line.trim_end_matches('\r').len())
}
