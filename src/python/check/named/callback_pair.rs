//! The callback of an OAuth client that returns a pair, where mcp 2 reads attributes. Only functions of the same file.

use ruff_python_ast::visitor::source_order::{SourceOrderVisitor, walk_stmt};
use ruff_python_ast::{Expr, ExprTuple, Stmt, StmtFunctionDef, StmtReturn};

use super::super::callee::callees;
use super::super::context::{Context, Hit};
use super::super::quoted::is_named;
use super::super::rewrite;
use super::super::uses::CallUse;
use crate::fix::{Applicability, Fix};
use crate::python::parse::span;
use crate::rule::Rule;
use crate::rule::python::CheckMatch;

/// The place of `callback_handler` among the positional arguments.
const POSITION: usize = 4;

pub(super) fn hits<'a>(context: &Context<'a, '_>, rule: &'a Rule, _: &'a CheckMatch) -> Vec<Hit<'a>> {
    let mut seen = Vec::new();
    let mut hits = Vec::new();
    for call in &context.uses.calls {
        let function = passed(context, call).and_then(|handler| defined(context, handler));
        if let Some(function) = function.filter(|function| !seen.contains(&span(*function))) {
            seen.push(span(function));
            hits.extend(of_function(context, rule, function));
        }
    }
    hits
}

/// What the call passes as the callback of a client.
fn passed<'t>(context: &Context<'_, 't>, call: &CallUse<'t>) -> Option<&'t Expr> {
    let arguments = &call.node.arguments;
    let mut keywords = arguments.keywords.iter();
    let named = keywords.find(|one| one.arg.as_ref().is_some_and(|name| name.as_str() == "callback_handler"));
    if named.is_none() && arguments.args.len() <= POSITION {
        return None;
    }
    let wanted = context.canonical("mcp.client.auth.OAuthClientProvider");
    let all = callees(context, call.node, call.at);
    let callee = all.iter().find(|callee| wanted.contains(&callee.path))?;
    named.map(|keyword| &keyword.value).or_else(|| arguments.args.get(POSITION + callee.skip))
}

/// The one function or method of the file that goes by the name of `handler`.
fn defined<'t>(context: &Context<'_, 't>, handler: &Expr) -> Option<&'t StmtFunctionDef> {
    let (name, is_method) = match handler {
        Expr::Name(name) => (name.id.as_str(), false),
        Expr::Attribute(attribute) => (attribute.attr.as_str(), true),
        _ => return None,
    };
    // A function inside of a method is no method, but has the class around it as well.
    let mut all = context.uses.functions.iter().filter(|one| {
        one.node.name.as_str() == name && is_method == (one.at.class.is_some() && one.at.function.is_none())
    });
    let found = all.next()?;
    all.next().is_none().then_some(found.node)
}

fn of_function<'a>(context: &Context<'a, '_>, rule: &'a Rule, function: &StmtFunctionDef) -> Vec<Hit<'a>> {
    let mut returns = Returns::default();
    function.body.iter().for_each(|statement| returns.visit_stmt(statement));
    let values: Vec<&Expr> = returns.found.iter().filter_map(|one| one.value.as_deref()).collect();
    let pairs: Vec<&ExprTuple> = values.iter().filter_map(|value| pair(value)).collect();
    if pairs.is_empty() {
        let annotation = function.returns.as_deref().filter(|_| !values.is_empty());
        let pair = annotation.filter(|annotation| is_tuple(annotation));
        return pair.map(|annotation| Hit::new(rule, span(annotation))).into_iter().collect();
    }
    let mut fix = (pairs.len() == values.len()).then(|| wrapped(context, function, &pairs)).flatten();
    pairs.iter().map(|pair| Hit { fix: fix.take(), ..Hit::new(rule, span(*pair)) }).collect()
}

/// All pairs that the function returns, as results; its annotation along with them.
fn wrapped(context: &Context<'_, '_>, function: &StmtFunctionDef, pairs: &[&ExprTuple]) -> Option<Fix> {
    let mut edits = Vec::new();
    for pair in pairs {
        let [code, state] = pair.elts.as_slice() else { return None };
        let (code, state) = (context.source(code), context.source(state));
        let whole = span(*pair);
        if context.text.get(whole.start..whole.end)?.contains('#') {
            return None;
        }
        let content = format!("AuthorizationCodeResult(code={code}, state={state})");
        edits.push(rewrite::edit(context, whole, content));
    }
    if let Some(annotation) = function.returns.as_deref().filter(|annotation| is_tuple(annotation)) {
        edits.push(rewrite::edit(context, span(annotation), "AuthorizationCodeResult"));
    }
    let title = "return an `AuthorizationCodeResult`".to_owned();
    let fix = Fix { title, applicability: Applicability::Unsafe, edits };
    rewrite::importing(context, fix, &["from mcp.client.auth import AuthorizationCodeResult".to_owned()])
}

fn pair(value: &Expr) -> Option<&ExprTuple> {
    match value {
        Expr::Tuple(tuple) if tuple.elts.len() == 2 && !tuple.elts.iter().any(Expr::is_starred_expr) => Some(tuple),
        _ => None,
    }
}

fn is_tuple(annotation: &Expr) -> bool {
    match annotation {
        Expr::Subscript(subscript) => is_named(&subscript.value, "tuple") || is_named(&subscript.value, "Tuple"),
        _ => is_named(annotation, "tuple"),
    }
}

/// The `return` statements of a function, without those of functions inside of it.
#[derive(Default)]
struct Returns<'t> {
    found: Vec<&'t StmtReturn>,
}

impl<'t> SourceOrderVisitor<'t> for Returns<'t> {
    fn visit_stmt(&mut self, statement: &'t Stmt) {
        match statement {
            Stmt::Return(one) => self.found.push(one),
            Stmt::FunctionDef(_) | Stmt::ClassDef(_) => {}
            _ => walk_stmt(self, statement),
        }
    }

    fn visit_expr(&mut self, _: &'t Expr) {}
}
