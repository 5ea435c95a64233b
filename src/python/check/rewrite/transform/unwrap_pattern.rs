//! `case Wrapper(root=Inner(…))` → `case Inner(…)`, for wrappers that are gone.

use ruff_python_ast::Pattern;

use super::super::super::super::parse::span;
use super::super::super::context::Context;
use super::super::super::uses::ChainUse;
use super::super::edit;
use crate::fix::Fix;
use crate::rule::python::SymbolMatch;
use crate::source::Span;

pub(super) fn run(context: &Context<'_, '_>, one: &ChainUse<'_>, count: usize, entry: &SymbolMatch) -> Option<Fix> {
    let (_, last) = one.chain.parts.get(count - 1)?;
    let pattern = context.uses.patterns.iter().find(|(pattern, _)| span(&*pattern.cls).end == last.end)?.0;
    let inner = match (&*pattern.arguments.patterns, &*pattern.arguments.keywords) {
        ([inner], []) => inner,
        ([], [keyword]) if keyword.attr.as_str() == "root" => &keyword.pattern,
        _ => return None,
    };
    // A name or `_` in the place of a class would match everything.
    if !is_refutable(inner) {
        return None;
    }
    let (whole, inner) = (span(pattern), span(inner));
    let before = context.text.get(whole.start..inner.start)?;
    let after = context.text.get(inner.end..whole.end)?;
    if before.contains('#') || after.contains('#') || context.text.get(inner.start..inner.end)?.contains('\n') {
        return None;
    }
    let edits = vec![
        edit(context, Span::new(whole.start, inner.start), ""),
        edit(context, Span::new(inner.end, whole.end), ""),
    ];
    Some(Fix { title: "match the value itself".to_owned(), applicability: entry.applicability, edits })
}

fn is_refutable(pattern: &Pattern) -> bool {
    match pattern {
        Pattern::MatchAs(named) => named.pattern.as_deref().is_some_and(is_refutable),
        Pattern::MatchOr(either) => either.patterns.iter().all(is_refutable),
        Pattern::MatchStar(_) => false,
        _ => true,
    }
}
