//! The dictionaries in which the older server kept its handlers: what is put into them is registered, and who asks whether
//! something is there asks the server. Who takes a handler out calls it without a context, and is left alone.

use ruff_python_ast::{CmpOp, Expr};

use super::super::super::super::parse::span;
use super::super::super::context::Context;
use super::super::super::uses::At;
use super::super::replaced;
use super::kinds::Kind;
use super::place::Places;
use super::registration::Handler;
use crate::fix::{Applicability, Fix};
use crate::source::Span;

/// What is put into a dictionary of handlers, as handlers that take the whole request.
pub(super) fn stored<'t>(context: &Context<'_, 't>, places: &Places<'t>) -> Vec<Handler<'t>> {
    let assignments = context.uses.assignments.iter();
    let found = assignments.filter_map(|(target, value, at)| {
        let Expr::Subscript(subscript) = target else { return None };
        let (marked, receiver) = dictionary(context, &subscript.value)?;
        let kind = kind(context, &subscript.slice, *at)?;
        let whole = Span::new(span(*target).start, span(*value).end);
        let place = places.at(whole).filter(|place| !place.in_loop && !place.in_class)?;
        let is_name =
            matches!(value, Expr::Name(_)) || matches!(value, Expr::Attribute(one) if one.value.is_name_expr());
        is_name.then(|| Handler {
            marked,
            kind,
            call: None,
            receiver,
            written: context.source(*value).to_owned(),
            function: None,
            at: *at,
            place,
            decorator: None,
            above: Vec::new(),
            is_raw: true,
        })
    });
    found.collect()
}

/// The fixes of questions whether a handler is there, by what a finding marks.
pub(super) fn asked(context: &Context<'_, '_>) -> Vec<(Span, Fix)> {
    let mut fixes = Vec::new();
    for (compare, at) in &context.uses.compares {
        let ([op], [right]) = (&*compare.ops, &*compare.comparators) else { continue };
        let asks = |marked: Span, receiver: &Expr, request: &Expr| {
            let kind = kind(context, request, *at)?;
            let getter = context.text.get(marked.start..marked.end)?.strip_suffix("_handlers")?;
            Some(format!("{}.get_{getter}_handler(\"{}\")", context.source(receiver), kind.method))
        };
        let found = match op {
            CmpOp::In | CmpOp::NotIn => dictionary(context, right).and_then(|(marked, receiver)| {
                let word = if *op == CmpOp::In { "is not" } else { "is" };
                let text = format!("{} {word} None", asks(marked, receiver, &compare.left)?);
                Some((marked, span(*compare), text))
            }),
            CmpOp::Is | CmpOp::IsNot if right.is_none_literal_expr() => {
                got(context, &compare.left).and_then(|(marked, receiver, request)| {
                    Some((marked, span(&*compare.left), asks(marked, receiver, request)?))
                })
            }
            _ => None,
        };
        if let Some((marked, at, text)) = found {
            fixes.push((marked, replaced(context, at, &text, Applicability::Unsafe)));
        }
    }
    fixes
}

/// What to do where a handler is taken out to be called, by what a finding marks.
pub(super) fn taken(context: &Context<'_, '_>) -> Vec<(Span, String)> {
    let assigned = context.uses.assignments.iter().map(|(_, value, at)| (*value, *at));
    let called = context.uses.calls.iter().map(|call| (&*call.node.func, call.at));
    let got = context.uses.assignments.iter().filter_map(|(_, value, at)| {
        let (marked, receiver, request) = got(context, value)?;
        Some((marked, receiver, kind(context, request, *at)?))
    });
    let subscripts = assigned.chain(called).filter_map(|(expression, at)| {
        let Expr::Subscript(subscript) = expression else { return None };
        let (marked, receiver) = dictionary(context, &subscript.value)?;
        Some((marked, receiver, kind(context, &subscript.slice, at)?))
    });
    let advice = |(marked, receiver, kind): (Span, &Expr, &Kind)| {
        let server = context.source(receiver);
        let entry = format!(
            "{server}.get_{}_handler(\"{}\")",
            if kind.answers().is_some() { "request" } else { "notification" },
            kind.method
        );
        let answer = match kind.answers() {
            Some(result) => format!(", which answers `{result}` itself: no `.root`"),
            None => String::new(),
        };
        let client = kind.client();
        let text = format!(
            "in a test, `async with mcp.Client({server}) as client` and `await client.{client}(…)`; otherwise \
             `entry = {entry}` and `await entry.handler(ctx, params)` with a `ServerRequestContext` and `{}`{answer}",
            kind.params
        );
        (marked, text)
    };
    got.chain(subscripts).map(advice).collect()
}

/// `server.request_handlers.get(Request)`.
fn got<'t>(context: &Context<'_, '_>, expression: &'t Expr) -> Option<(Span, &'t Expr, &'t Expr)> {
    let Expr::Call(call) = expression else { return None };
    let Expr::Attribute(get) = &*call.func else { return None };
    let ([request], true) = (&*call.arguments.args, call.arguments.keywords.is_empty()) else { return None };
    let (marked, receiver) = dictionary(context, &get.value).filter(|_| get.attr.as_str() == "get")?;
    Some((marked, receiver, request))
}

/// The name and the server of `server.request_handlers`.
fn dictionary<'t>(context: &Context<'_, '_>, expression: &'t Expr) -> Option<(Span, &'t Expr)> {
    let Expr::Attribute(attribute) = expression else { return None };
    let is_meant = matches!(attribute.attr.as_str(), "request_handlers" | "notification_handlers");
    let servers = context.canonical("mcp.server.lowlevel.Server");
    let is_server = is_meant && context.is_instance(&attribute.value, &servers) == Some(true);
    let is_line = !context.source(&*attribute.value).contains('\n');
    (is_server && is_line).then(|| (span(&attribute.attr), &*attribute.value))
}

/// What is registered for the class of requests that `expression` names.
fn kind(context: &Context<'_, '_>, expression: &Expr, at: At) -> Option<&'static Kind> {
    let paths = context.paths_of(expression, at);
    paths.iter().find_map(|path| Kind::of_request(path.strip_prefix("mcp.types.")?))
}
