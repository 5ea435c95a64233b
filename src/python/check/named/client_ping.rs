//! Finds pings of a `Client`, a class that only the newer SDK has, so that no type tells it.

use ruff_python_ast::{Expr, ExprCall};

use super::super::super::parse::span;
use super::super::context::{Context, Hit};
use super::super::uses::At;
use super::super::within;
use crate::rule::Rule;
use crate::rule::python::CheckMatch;

/// The class's spellings.
pub(super) const CLIENT: [&str; 3] = ["mcp.Client", "mcp.client.Client", "mcp.client.client.Client"];

pub(super) fn run<'a>(context: &Context<'a, '_>, rule: &'a Rule, _: &'a CheckMatch) -> Vec<Hit<'a>> {
    let pings = context.uses.members.iter().filter(|member| member.name() == "send_ping" && member.call.is_some());
    let pings: Vec<_> = pings.collect();
    if pings.is_empty() {
        return Vec::new();
    }
    let clients = clients(context);
    let is_client = |receiver: &Expr, at: At| {
        let (name, owner) = (context.source(receiver), owner(receiver, at));
        clients.iter().any(|(known, of)| *known == name && *of == owner)
    };
    let found = pings.into_iter().filter(|ping| is_client(&ping.node.value, ping.at));
    found.map(|ping| Hit::new(rule, span(&ping.node.attr)).with("name", "send_ping")).collect()
}

/// Where a holder lives: a name in its function, an attribute of `self` in its class.
fn owner(holder: &Expr, at: At) -> Option<usize> {
    if holder.is_attribute_expr() { at.class } else { at.function }
}

/// The names and attributes that hold a `Client`.
fn clients<'t>(context: &Context<'_, 't>) -> Vec<(&'t str, Option<usize>)> {
    let makes = |expression: &Expr, at: At| matches!(expression, Expr::Call(call) if is_client(context, call, at));
    let mut found = Vec::new();
    for (items, _, at) in &context.uses.withs {
        let entered = items.iter().filter(|item| makes(&item.context_expr, *at));
        let targets = entered.filter_map(|item| item.optional_vars.as_deref());
        found.extend(targets.map(|target| (context.source(target), owner(target, *at))));
    }
    for (target, value, at) in &context.uses.assignments {
        if makes(value, *at) {
            found.push((context.source(*target), owner(target, *at)));
        }
    }
    for (index, function) in context.uses.functions.iter().enumerate() {
        for parameter in &*function.node.parameters {
            let mut is_client = false;
            if let Some(annotation) = parameter.annotation() {
                within::each(annotation, &mut |part| {
                    is_client |= context.paths_of(part, function.at).iter().any(|path| CLIENT.contains(&path.as_str()));
                });
            }
            if is_client {
                found.push((parameter.name().as_str(), Some(index)));
            }
        }
    }
    found
}

/// Whether `call` makes a `Client` for connections that have no ping.
fn is_client(context: &Context<'_, '_>, call: &ExprCall, at: At) -> bool {
    let mode = call.arguments.find_keyword("mode").map(|mode| &mode.value);
    let is_legacy = mode.is_some_and(|mode| super::super::value::string(mode) == Some("legacy"));
    !is_legacy && context.paths_of(&call.func, at).iter().any(|path| CLIENT.contains(&path.as_str()))
}
