//! `Wrapper(value)` → `value`, for wrappers that are gone.

use ruff_python_ast::Expr;

use super::super::super::super::parse::span;
use super::super::super::context::Context;
use super::super::super::uses::ChainUse;
use super::super::{edit, outdented};
use crate::fix::Fix;
use crate::rule::python::SymbolMatch;
use crate::source::Span;

pub(super) fn run(context: &Context<'_, '_>, one: &ChainUse<'_>, count: usize, entry: &SymbolMatch) -> Option<Fix> {
    let call = one.call.filter(|_| count == one.chain.parts.len())?;
    let value = match (&*call.arguments.args, &*call.arguments.keywords) {
        ([value], []) if !value.is_starred_expr() => value,
        ([], [keyword]) if keyword.arg.as_ref().is_some_and(|name| name.as_str() == "root") => &keyword.value,
        _ => return None,
    };
    let (whole, inner) = (span(call), span(value));
    // What is left must not run into its neighbours, so the source between the parentheses is kept when it has lines.
    let before = context.text.get(whole.start..inner.start)?;
    let after = context.text.get(inner.end..whole.end)?;
    if before.contains('#') || after.contains('#') {
        return None;
    }
    // What binds more loosely than a call keeps parentheses, unless the call was all there is.
    let is_atom = matches!(
        value,
        Expr::Call(_) | Expr::Name(_) | Expr::Attribute(_) | Expr::Subscript(_) | Expr::Dict(_) | Expr::List(_)
    );
    let follows = context.text[whole.end..].trim_start_matches([' ', '\t']);
    let (open, close) = if is_atom || !follows.starts_with(['.', '[', '(']) { ("", "") } else { ("(", ")") };
    let mut edits = vec![
        edit(context, Span::new(whole.start, inner.start), open),
        edit(context, Span::new(inner.end, whole.end), close),
    ];
    edits.extend(outdented(context, inner, whole.start));
    edits.sort_by_key(|edit| edit.span);
    Some(Fix { title: "pass the value itself".to_owned(), applicability: entry.applicability, edits })
}
