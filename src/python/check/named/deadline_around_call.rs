//! Finds calls of a client's session that a deadline may end: mcp 2 cancels them on the server too.

use ruff_python_ast::{Expr, ExprCall};

use super::super::super::parse::span;
use super::super::context::{Context, Hit};
use super::super::uses::At;
use super::super::within;
use super::session;
use crate::rule::Rule;
use crate::rule::python::CheckMatch;

/// Context managers that cancel what they enclose.
const SCOPES: [&str; 6] = [
    "anyio.move_on_after",
    "anyio.move_on_at",
    "anyio.fail_after",
    "asyncio.timeout",
    "asyncio.timeout_at",
    "async_timeout.timeout",
];

/// What a server may have half done; listing and pinging leave nothing behind.
const LASTING: [&str; 5] = ["call_tool", "read_resource", "get_prompt", "complete", "send_request"];

pub(super) fn run<'a>(context: &Context<'a, '_>, rule: &'a Rule, entry: &'a CheckMatch) -> Vec<Hit<'a>> {
    let mut hits = Vec::new();
    let mut hit = |callee: &Expr, method: &str| {
        let advice = entry.advice.clone().unwrap_or_default();
        hits.push(Hit::new(rule, span(callee)).with("name", method).with("advice", advice));
    };
    for call in &context.uses.calls {
        if is_one_of(context, call.node, call.at, &["asyncio.wait_for"])
            && let Some(Expr::Call(awaited)) = call.node.arguments.args.first()
            && let Some(method) = lasting(context, awaited, call.at)
        {
            hit(&call.node.func, method);
        }
    }
    for (items, body, at) in &context.uses.withs {
        let scope = items.iter().find_map(|item| match &item.context_expr {
            Expr::Call(call) if is_one_of(context, call, *at, &SCOPES) => Some(call),
            _ => None,
        });
        let Some(scope) = scope else { continue };
        if let Some(method) = within::calls(body).into_iter().find_map(|call| lasting(context, call, *at)) {
            hit(&scope.func, method);
        }
    }
    hits
}

fn is_one_of(context: &Context<'_, '_>, call: &ExprCall, at: At, wanted: &[&str]) -> bool {
    context.paths_of(&call.func, at).iter().any(|path| wanted.contains(&path.as_str()))
}

fn lasting<'t>(context: &Context<'_, '_>, call: &'t ExprCall, at: At) -> Option<&'t str> {
    // The name is compared first, because asking for a type costs more.
    let Expr::Attribute(attribute) = &*call.func else { return None };
    LASTING.contains(&attribute.attr.as_str()).then(|| session::method(context, call, at)).flatten()
}
