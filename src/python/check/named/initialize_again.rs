//! Finds a second `initialize()` on a session that was initialized a few statements before.

use ruff_python_ast::{Expr, ExprCall, Stmt};

use super::super::super::parse::span;
use super::super::context::{Context, Hit};
use super::super::uses::At;
use super::super::within;
use super::session;
use crate::rule::Rule;
use crate::rule::python::CheckMatch;

pub(super) fn run<'a>(context: &Context<'a, '_>, rule: &'a Rule, _: &'a CheckMatch) -> Vec<Hit<'a>> {
    let mut hits = Vec::new();
    for call in initializations(context) {
        let (receiver, at) = (receiver(context, call.0), call.1);
        let Some(block) = block_of(context, call.0) else { continue };
        let before = block.0.iter().take(block.1);
        // Whatever gives the name another session starts anew.
        let rest: Vec<&Stmt> = before.rev().take_while(|statement| !rebinds(context, statement, receiver)).collect();
        let is_second = rest.iter().filter(|statement| is_plain(statement)).any(|statement| {
            let calls = within::calls(std::slice::from_ref(*statement));
            calls.into_iter().any(|earlier| {
                is_initialize(earlier)
                    && self::receiver(context, earlier) == receiver
                    && session::method(context, earlier, at).is_some()
            })
        });
        if is_second {
            hits.push(Hit::new(rule, span(call.0)).with("name", receiver));
        }
    }
    hits
}

fn is_initialize(call: &ExprCall) -> bool {
    matches!(&*call.func, Expr::Attribute(attribute) if attribute.attr.as_str() == "initialize")
}

fn initializations<'t>(context: &Context<'_, 't>) -> Vec<(&'t ExprCall, At)> {
    let calls = context.uses.calls.iter().filter(|call| is_initialize(call.node));
    calls
        .filter(|call| session::method(context, call.node, call.at).is_some())
        .map(|call| (call.node, call.at))
        .collect()
}

fn receiver<'t>(context: &Context<'_, 't>, call: &ExprCall) -> &'t str {
    match &*call.func {
        Expr::Attribute(attribute) => context.source(&*attribute.value),
        _ => "",
    }
}

/// Whether nothing decides at run time if the statement's calls are made.
fn is_plain(statement: &Stmt) -> bool {
    matches!(statement, Stmt::Expr(_) | Stmt::Assign(_) | Stmt::AnnAssign(_) | Stmt::Return(_))
}

fn rebinds(context: &Context<'_, '_>, statement: &Stmt, name: &str) -> bool {
    match statement {
        Stmt::Assign(assign) => {
            assign.targets.iter().any(|target| context.source(target).split(", ").any(|one| one == name))
        }
        Stmt::AnnAssign(assign) => context.source(&*assign.target) == name,
        _ => false,
    }
}

/// The block of the innermost function or module whose statement holds `call`, and the statement's place in it.
fn block_of<'t>(context: &Context<'_, 't>, call: &ExprCall) -> Option<(&'t [Stmt], usize)> {
    let at = span(call);
    let mut found = None;
    let mut open: Vec<&'t [Stmt]> = vec![context.body];
    while let Some(block) = open.pop() {
        let Some(index) = block.iter().position(|statement| {
            let whole = span(statement);
            whole.start <= at.start && at.end <= whole.end
        }) else {
            continue;
        };
        found = Some((block, index));
        open = blocks(&block[index]);
    }
    found
}

/// The blocks directly within a statement.
fn blocks(statement: &Stmt) -> Vec<&[Stmt]> {
    match statement {
        Stmt::FunctionDef(function) => vec![&function.body],
        Stmt::ClassDef(class) => vec![&class.body],
        Stmt::With(with) => vec![&with.body],
        Stmt::For(one) => vec![&one.body, &one.orelse],
        Stmt::While(one) => vec![&one.body, &one.orelse],
        Stmt::If(one) => {
            let rest = one.elif_else_clauses.iter().map(|clause| clause.body.as_slice());
            std::iter::once(one.body.as_slice()).chain(rest).collect()
        }
        Stmt::Try(one) => {
            let handlers = one.handlers.iter().map(|handler| {
                let ruff_python_ast::ExceptHandler::ExceptHandler(handler) = handler;
                handler.body.as_slice()
            });
            let ends = [one.body.as_slice(), one.orelse.as_slice(), one.finalbody.as_slice()];
            ends.into_iter().chain(handlers).collect()
        }
        Stmt::Match(one) => one.cases.iter().map(|case| case.body.as_slice()).collect(),
        _ => Vec::new(),
    }
}
