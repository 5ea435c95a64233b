//! `session.get_server_capabilities.return_value = x` → `session.server_capabilities = x`: what a mocked method is made to
//! return is what the property is.

use ruff_python_ast::Expr;

use super::super::super::super::parse::span;
use super::super::super::context::Context;
use super::super::edit;
use crate::fix::{Applicability, Fix};
use crate::source::Span;

/// The rewrite of the method whose name stands at `name`.
pub(super) fn capabilities(context: &Context<'_, '_>, name: Span) -> Option<Fix> {
    let is_it = |value: &Expr| matches!(value, Expr::Attribute(method) if span(&method.attr) == name);
    let becomes = "server_capabilities";
    let set = context.uses.assignments.iter().find_map(|(target, value, _)| match target {
        Expr::Attribute(result) if result.attr.as_str() == "return_value" && is_it(&result.value) => {
            Some(vec![edit(context, Span::new(name.start, span(*target).end), becomes)])
        }
        // `session.get_server_capabilities = Mock(return_value=x)`
        target if is_it(target) => {
            let call = value.as_call_expr()?;
            let [keyword] = &*call.arguments.keywords else { return None };
            let is_result = keyword.arg.as_ref().is_some_and(|arg| arg.as_str() == "return_value");
            let result = context.source(&keyword.value);
            (is_result && call.arguments.args.is_empty())
                .then(|| vec![edit(context, name, becomes), edit(context, span(*value), result)])
        }
        _ => None,
    });
    let title = format!("set `{becomes}`");
    Some(Fix { title, applicability: Applicability::Unsafe, edits: set? })
}
