//! `Context[Session, State]` → `Context[State]`, for a first type parameter that is gone.

use ruff_python_ast::{Expr, ExprSubscript};

use super::super::super::super::parse::span;
use super::super::super::context::Context;
use super::super::edit;
use crate::fix::{Applicability, Fix};
use crate::source::Span;

/// `subscript` without its first item, and without trailing ones that only repeat a default.
pub(in crate::python::check) fn without_first(
    context: &Context<'_, '_>,
    subscript: &ExprSubscript,
    applicability: Applicability,
) -> Option<Fix> {
    let Expr::Tuple(items) = &*subscript.slice else { return None };
    let rest = items.elts.get(1..)?;
    // `None` and `Any` are what the parameters default to, so naming them says nothing.
    let says_something =
        |item: &Expr| !item.is_none_literal_expr() && !super::super::super::quoted::is_named(item, "Any");
    let keep = rest.iter().rposition(says_something).map_or(0, |last| last + 1);
    let whole = span(subscript);
    let edits = match (rest.first(), keep) {
        (Some(first), 1..) => {
            let last = rest.get(keep - 1)?;
            let items = Span::new(span(items.elts.first()?).start, span(first).start);
            let mut edits = vec![edit(context, items, "")];
            let tail = Span::new(span(last).end, span(rest.last()?).end);
            edits.extend((!tail.is_empty()).then(|| edit(context, tail, "")));
            edits
        }
        _ => vec![edit(context, Span::new(span(&*subscript.value).end, whole.end), "")],
    };
    Some(Fix { title: "drop the session's type".to_owned(), applicability, edits })
}
