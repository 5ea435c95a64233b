//! Rewrites of a name at one place of an expression or annotation.

use super::super::super::surface::Kind;
use super::super::context::Context;
use super::super::symbol::becomes;
use super::super::uses::ChainUse;
use super::{edit, importing, lowlevel, replaced, transform};
use crate::fix::Fix;
use crate::rule::python::{Role, SymbolMatch};
use crate::source::Span;

/// The rewrite of the first `count` parts of `one`, which stand for `path`.
pub(crate) fn reference(
    context: &Context<'_, '_>,
    one: &ChainUse<'_>,
    count: usize,
    path: &str,
    entry: &SymbolMatch,
) -> Option<Fix> {
    let parts = &one.chain.parts[..count];
    let (first, last) = (parts.first()?.1, parts.last()?.1);
    let whole = Span::new(first.start, last.end);
    if entry.transform.as_deref() == Some(lowlevel::TRANSFORM) {
        return context.lowlevel().fix(last);
    }
    if let Some(name) = &entry.transform {
        return transform::run(name, context, one, count, entry);
    }
    if let Some(text) = &entry.becomes_text {
        return importing(context, replaced(context, whole, text, entry.applicability), entry.imports.as_slice());
    }
    let new = becomes(context, entry, path)?;
    let root = one.chain.roots.iter().find(|root| path.starts_with(root.as_str()))?;
    // What the root is called after its own import was rewritten.
    let served = context.rules.symbols_at(root, &[Role::Import], context.old);
    let root_now = served.iter().find_map(|(_, entry)| becomes(context, entry, root)).unwrap_or_else(|| root.clone());
    let title = format!("write `{}`", new.rsplit('.').next().unwrap_or(&new));
    if count > 1
        && let Some(rest) = new.strip_prefix(&root_now).and_then(|rest| rest.strip_prefix('.'))
    {
        let old: Vec<&str> = parts[1..].iter().map(|(part, _)| *part).collect();
        let now: Vec<&str> = rest.split('.').collect();
        let same = old.iter().zip(&now).take_while(|(old, now)| old == now).count();
        if same == old.len() && same == now.len() {
            return None;
        }
        let start = parts.get(1 + same).map_or(last.end, |(_, at)| at.start);
        let content = now.get(same..)?.join(".");
        let edits = vec![edit(context, Span::new(start, last.end), content)];
        return Some(Fix { title, applicability: entry.applicability, edits });
    }
    let (module, name) = exported(context, &new)?;
    let import = format!("from {module} import {}", name.split('.').next()?);
    importing(context, replaced(context, whole, name, entry.applicability), &[import])
}

/// `path` as the module to import from and what is written of it: the longest beginning that is a module of the newer
/// SDK, or all but the last part of a path of somebody else's.
fn exported<'p>(context: &Context<'_, '_>, path: &'p str) -> Option<(&'p str, &'p str)> {
    let cuts = path.rmatch_indices('.').map(|(at, _)| (&path[..at], &path[at + 1..]));
    let mut modules = cuts.filter(|(module, _)| context.new.kind(module) == Some(Kind::Module));
    modules.next().or_else(|| path.rsplit_once('.'))
}
