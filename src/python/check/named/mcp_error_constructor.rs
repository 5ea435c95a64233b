//! `mcp-error-constructor`: MCP errors made from an `ErrorData`, which are made from its parts now.

use ruff_python_ast::{Expr, ExprCall};

use super::super::super::parse::span;
use super::super::callee::{Callee, callees};
use super::super::context::{Context, Hit};
use super::super::quoted::is_named;
use super::super::rewrite::{self, edit};
use super::super::uses::CallUse;
use crate::fix::{Applicability, Edit, Fix};
use crate::rule::Rule;
use crate::rule::python::CheckMatch;
use crate::source::Span;

const ERROR: &str = "mcp.shared.exceptions.McpError";
const URL_ERROR: &str = "mcp.shared.exceptions.UrlElicitationRequiredError";
const ERROR_DATA: &str = "mcp.types.ErrorData";
const PARTS: &[&str] = &["code", "message", "data"];

pub(super) fn hits<'a>(context: &Context<'a, '_>, rule: &'a Rule, _: &'a CheckMatch) -> Vec<Hit<'a>> {
    let (errors, url_errors) = (context.canonical(ERROR), context.canonical(URL_ERROR));
    let data = context.canonical(ERROR_DATA);
    let mut hits = Vec::new();
    for call in &context.uses.calls {
        let (args, keywords) = (&*call.node.arguments.args, &*call.node.arguments.keywords);
        if args.len() + keywords.len() == 0 || args.len() + keywords.len() > 2 {
            continue;
        }
        let found = callees(context, call.node, call.at);
        let Some(callee) = found.iter().find(|callee| errors.contains(&callee.path)) else { continue };
        if found.iter().any(|callee| url_errors.contains(&callee.path)) {
            continue;
        }
        let Some((argument, value)) = only_argument(call.node, callee) else { continue };
        let shown = context.source(&*call.node.func).rsplit('.').next().unwrap_or_default();
        let name = if shown == "__init__" { "McpError" } else { shown };
        let hit = Hit::new(rule, span(&*call.node.func)).with("name", name).with("value", context.source(value));
        let is_data = |inner: &ExprCall| context.paths_of(&inner.func, call.at).iter().any(|path| data.contains(path));
        let fix = match value {
            Expr::Call(inner) if is_data(inner) => lifted(context, call.node, inner, argument),
            _ => passed_on(context, call, value, argument, &data),
        };
        hits.push(Hit { fix, ..hit });
    }
    hits
}

/// The single argument that is not the callee's receiver, with its value.
fn only_argument<'t>(call: &'t ExprCall, callee: &Callee) -> Option<(Span, &'t Expr)> {
    match (call.arguments.args.get(callee.skip..)?, &*call.arguments.keywords) {
        ([value], []) if !value.is_starred_expr() => Some((span(value), value)),
        ([], [keyword]) if keyword.arg.as_ref().is_some_and(|name| name.as_str() == "error") => {
            Some((span(keyword), &keyword.value))
        }
        _ => None,
    }
}

/// The arguments of the `ErrorData(…)` in its place.
fn lifted(context: &Context<'_, '_>, call: &ExprCall, inner: &ExprCall, argument: Span) -> Option<Fix> {
    let is_part = |name: &str| PARTS.contains(&name);
    let keywords = &inner.arguments.keywords;
    if !inner.arguments.args.is_empty()
        || !keywords.iter().all(|one| one.arg.as_ref().is_some_and(|name| is_part(name.as_str())))
    {
        return None;
    }
    let (outer, within) = (span(&call.arguments), span(&inner.arguments));
    let is_alone = call.arguments.args.len() + call.arguments.keywords.len() == 1;
    let (start, end) = if is_alone { (outer.start + 1, outer.end - 1) } else { (argument.start, argument.end) };
    let gone = [Span::new(start, within.start + 1), Span::new(within.end - 1, end)];
    if gone.iter().any(|gone| context.text.get(gone.start..gone.end).is_none_or(|text| text.contains('#'))) {
        return None;
    }
    let mut edits: Vec<Edit> = gone.iter().map(|gone| edit(context, *gone, "")).collect();
    let kept = Span::new(within.start + 1, within.end - 1);
    let first =
        kept.start + context.text.get(kept.start..kept.end)?.find(|one: char| !one.is_whitespace()).unwrap_or(0);
    // The arguments go where the `ErrorData` stood.
    let is_below = context.text.get(kept.start..first)?.contains('\n');
    let held = span(inner).start;
    if is_below && context.text.get(outer.start..held)?.contains('\n') {
        let lines = Span::new(kept.start, first);
        let shift = rewrite::outdented(context, Span::new(held, kept.end), outer.start);
        // What is dropped with the brackets is not moved.
        edits.extend(shift.into_iter().filter(|edit| edit.span.end <= kept.end && edit.span.start >= lines.start));
    }
    edits.sort_by_key(|edit| edit.span);
    Some(Fix { title: "pass code and message themselves".to_owned(), applicability: Applicability::Safe, edits })
}

/// An `ErrorData` that is there already.
fn passed_on(
    context: &Context<'_, '_>,
    call: &CallUse<'_>,
    value: &Expr,
    argument: Span,
    data: &[String],
) -> Option<Fix> {
    let applicability = match context.is_instance(value, data) {
        Some(true) => Applicability::Safe,
        // A text was never taken; anything else stands in for one: a double of a test, as a rule.
        _ if value.is_literal_expr() || value.is_f_string_expr() => return None,
        _ => Applicability::Unsafe,
    };
    let text = context.source(value);
    let edits: Vec<Edit> = if is_named(&call.node.func, "__init__") {
        // A value that is written three times must not do anything.
        if !is_plain(value) {
            return None;
        }
        let parts = PARTS.iter().map(|part| format!("{text}.{part}")).collect::<Vec<_>>().join(", ");
        vec![edit(context, argument, parts)]
    } else if is_named(&call.node.func, "partial") {
        return None;
    } else {
        let end = span(&*call.node.func).end;
        let mut edits = vec![edit(context, Span::empty(end), ".from_error_data")];
        let value = span(value);
        edits.extend((value != argument).then(|| edit(context, Span::new(argument.start, value.start), "")));
        edits
    };
    Some(Fix { title: "pass the parts of the `ErrorData`".to_owned(), applicability, edits })
}

fn is_plain(expression: &Expr) -> bool {
    match expression {
        Expr::Name(_) => true,
        Expr::Attribute(attribute) => is_plain(&attribute.value),
        _ => false,
    }
}
