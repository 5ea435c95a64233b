//! The functions that a module registers with a server: below a decorator, by calling the decorator with them, or by
//! `add_tool` and its like. Functions of other modules are not looked for.

use ruff_python_ast::{Expr, ExprCall, StmtFunctionDef};

use super::super::callee;
use super::super::context::Context;
use super::super::uses::At;

/// A function and the method it is registered with.
#[derive(Clone, Copy)]
pub(super) struct Registered<'t> {
    /// The function.
    pub(super) function: &'t StmtFunctionDef,
    /// What surrounds the function's body.
    pub(super) at: At,
    /// The registering method, as its entry in the list that was asked for.
    pub(super) method: &'static str,
    /// The call that registers: `tool()` of `@mcp.tool()`, or `add_tool(…)`.
    pub(super) call: Option<&'t ExprCall>,
}

impl Registered<'_> {
    /// Whether the registering call passes `keyword`.
    pub(super) fn passes(&self, keyword: &str) -> bool {
        self.call.is_some_and(|call| call.arguments.find_keyword(keyword).is_some())
    }
}

/// The functions registered with one of `methods`, each a class's path and a method's name. Each function once.
pub(super) fn registered<'t>(context: &Context<'_, 't>, methods: &[(&str, &'static str)]) -> Vec<Registered<'t>> {
    let wanted: Vec<(String, &'static str)> = methods
        .iter()
        .flat_map(|(class, method)| {
            context.canonical(class).into_iter().map(move |class| (format!("{class}.{method}"), *method))
        })
        .collect();
    let meant = |called: &Expr, at: At| -> Option<&'static str> {
        let Expr::Attribute(attribute) = called else { return None };
        let name = attribute.attr.as_str();
        let mut candidates = wanted.iter().filter(|(_, method)| *method == name).peekable();
        candidates.peek()?;
        let found = callee::methods(context, &attribute.value, name, at);
        candidates.find(|(path, _)| found.contains(path)).map(|(_, method)| *method)
    };
    let mut all: Vec<Registered<'t>> = Vec::new();
    for one in &context.uses.functions {
        for decorator in &one.node.decorator_list {
            let (called, call) = match &decorator.expression {
                Expr::Call(call) => (&*call.func, Some(call)),
                other => (other, None),
            };
            if let Some(method) = meant(called, one.at) {
                all.push(Registered { function: one.node, at: inner(context, one.node, one.at), method, call });
            }
        }
    }
    for one in context.uses.calls.iter().filter(|call| !call.is_decorator) {
        let (called, call) = match &*one.node.func {
            Expr::Call(decorator) => (&*decorator.func, decorator),
            other => (other, one.node),
        };
        let argument = one
            .node
            .arguments
            .args
            .first()
            .or_else(|| one.node.arguments.find_keyword("fn").map(|keyword| &keyword.value));
        if let Some((function, at)) = argument.and_then(|argument| named(context, argument, one.at))
            && let Some(method) = meant(called, one.at)
        {
            all.push(Registered { function, at: inner(context, function, at), method, call: Some(call) });
        }
    }
    let mut seen = std::collections::HashSet::new();
    all.retain(|one| seen.insert((one.function.range, one.method)));
    all
}

fn inner(context: &Context<'_, '_>, function: &StmtFunctionDef, at: At) -> At {
    At { scope: context.scopes.opened_by(function.range).unwrap_or(at.scope), ..at }
}

/// The function of this module that `expression` names: `save`, or `self.save` within a class.
pub(in crate::python::check) fn named<'t>(
    context: &Context<'_, 't>,
    expression: &Expr,
    at: At,
) -> Option<(&'t StmtFunctionDef, At)> {
    let (name, is_method) = match expression {
        Expr::Name(name) => (name.id.as_str(), false),
        Expr::Attribute(attribute) => match &*attribute.value {
            Expr::Name(receiver) if receiver.id.as_str() == "self" => (attribute.attr.as_str(), true),
            _ => return None,
        },
        _ => return None,
    };
    let functions = context.uses.functions.iter().filter(|one| one.node.name.as_str() == name);
    let mut fitting = functions.filter(|one| {
        if is_method { one.at.class == at.class } else { one.at.class.is_none() || one.at.function.is_some() }
    });
    let found = fitting.next()?;
    // Of two functions with one name, nothing says which is meant.
    fitting.next().is_none().then_some((found.node, found.at))
}
