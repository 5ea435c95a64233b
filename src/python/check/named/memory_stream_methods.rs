//! Finds anyio's own methods on the streams of `create_client_server_memory_streams`, which are wrappers in mcp 2.

use ruff_python_ast::{Expr, ExprCall};

use super::super::super::parse::span;
use super::super::context::{Context, Hit};
use super::super::rewrite::edit;
use super::super::uses::{At, MemberUse};
use crate::fix::{Applicability, Fix};
use crate::rule::Rule;
use crate::rule::python::CheckMatch;
use crate::source::Span;

const MAKER: &str = "mcp.shared.memory.create_client_server_memory_streams";

/// The methods that went, with the one that waits, where there is one.
const GONE: [(&str, Option<&str>); 3] =
    [("send_nowait", Some("send")), ("receive_nowait", Some("receive")), ("statistics", None)];

pub(super) fn run<'a>(context: &Context<'a, '_>, rule: &'a Rule, _: &'a CheckMatch) -> Vec<Hit<'a>> {
    let mut known: Vec<(&str, Option<usize>)> = Vec::new();
    for (items, _, at) in &context.uses.withs {
        for item in *items {
            if let Expr::Call(call) = &item.context_expr
                && context.paths_of(&call.func, *at).iter().any(|path| path == MAKER)
                && let Some(target) = &item.optional_vars
            {
                names(target, at.function, &mut known);
            }
        }
    }
    if known.is_empty() {
        return Vec::new();
    }
    for (target, value, at) in &context.uses.assignments {
        if is_known(value, at.function, &known) {
            names(target, at.function, &mut known);
        }
    }
    let mut hits = Vec::new();
    for member in &context.uses.members {
        let Some((name, waits)) = GONE.iter().find(|(name, _)| *name == member.name()) else { continue };
        if is_known(&member.node.value, member.at.function, &known) {
            let hit = Hit::new(rule, span(&member.node.attr)).with("name", *name);
            hits.push(Hit { fix: waits.and_then(|waits| fix(context, member, waits)), ..hit });
        }
    }
    hits
}

/// The names that unpacking into `target` binds.
fn names<'t>(target: &'t Expr, function: Option<usize>, known: &mut Vec<(&'t str, Option<usize>)>) {
    match target {
        Expr::Name(name) => known.push((name.id.as_str(), function)),
        Expr::Tuple(tuple) => tuple.elts.iter().for_each(|one| names(one, function, known)),
        _ => {}
    }
}

/// Whether `value` is one of the known names or an item of one.
fn is_known(value: &Expr, function: Option<usize>, known: &[(&str, Option<usize>)]) -> bool {
    match value {
        Expr::Name(name) => known.contains(&(name.id.as_str(), function)),
        Expr::Subscript(subscript) => is_known(&subscript.value, function, known),
        _ => false,
    }
}

/// `await stream.send(…)`, where something can be awaited.
fn fix(context: &Context<'_, '_>, member: &MemberUse<'_>, waits: &str) -> Option<Fix> {
    let call: &ExprCall = member.call?;
    is_async(context, member.at).then_some(())?;
    let whole = span(call);
    // `await` binds less than a further access would.
    let rest = context.text.get(whole.end..)?;
    if rest.starts_with(['.', '[', '(']) {
        return None;
    }
    let edits = vec![edit(context, Span::empty(whole.start), "await "), edit(context, span(&member.node.attr), waits)];
    Some(Fix { title: format!("await `{waits}`"), applicability: Applicability::Unsafe, edits })
}

/// Whether an expression there runs as part of an `async` function, not of a lambda or a comprehension in it.
fn is_async(context: &Context<'_, '_>, at: At) -> bool {
    let function = at.function.and_then(|index| context.uses.functions.get(index));
    function.is_some_and(|one| {
        use ruff_text_size::Ranged;
        one.node.is_async && context.scopes.opened_by(one.node.range()) == Some(at.scope)
    })
}
