//! `Server[State, Request]` → `Server[State]`, for type parameters behind the first that are gone.

use ruff_python_ast::Expr;

use super::super::super::super::parse::span;
use super::super::super::context::Context;
use super::super::super::uses::ChainUse;
use super::super::edit;
use crate::fix::Fix;
use crate::rule::python::SymbolMatch;
use crate::source::Span;

pub(super) fn run(context: &Context<'_, '_>, one: &ChainUse<'_>, _: usize, entry: &SymbolMatch) -> Option<Fix> {
    let subscript = one.subscript?;
    let Expr::Tuple(items) = &*subscript.slice else { return None };
    let (first, last) = (items.elts.first()?, items.elts.last()?);
    let gone = Span::new(span(first).end, span(last).end);
    if context.text.get(gone.start..gone.end)?.contains('#') {
        return None;
    }
    let edits = vec![edit(context, gone, "")];
    Some(Fix { title: "keep the first type argument".to_owned(), applicability: entry.applicability, edits })
}
