//! `override-without-context`: methods of a server's subclass that are called with a context, and do not take one.

use ruff_python_ast::visitor::source_order::{SourceOrderVisitor, walk_expr};
use ruff_python_ast::{Expr, ExprCall, Stmt, StmtFunctionDef};

use super::super::super::parse::span;
use super::super::context::{Context, Hit};
use super::super::rewrite::edit;
use crate::fix::{Applicability, Edit, Fix};
use crate::rule::Rule;
use crate::rule::python::CheckMatch;
use crate::source::Span;

const SERVER: &str = "mcp.server.fastmcp.FastMCP";
/// The methods, with how many arguments the older server passes them.
const METHODS: &[(&str, usize)] = &[("call_tool", 2), ("read_resource", 1), ("get_prompt", 2)];

pub(super) fn hits<'a>(context: &Context<'a, '_>, rule: &'a Rule, _: &'a CheckMatch) -> Vec<Hit<'a>> {
    let mut hits = Vec::new();
    let servers = context.canonical(SERVER);
    for class in &context.uses.classes {
        if class.node.bases().is_empty() || !context.ancestors(&class.path).iter().any(|one| servers.contains(one)) {
            continue;
        }
        for statement in &class.node.body {
            let Stmt::FunctionDef(function) = statement else { continue };
            let found = METHODS.iter().find(|(name, _)| *name == function.name.as_str());
            let Some((name, count)) = found else { continue };
            let parameters = &function.parameters;
            let positional = parameters.posonlyargs.len() + parameters.args.len();
            let takes_more = parameters.vararg.is_some() || positional > count + 1;
            // A decorator may pass on what it likes.
            if takes_more || positional < 2 || !function.decorator_list.is_empty() {
                continue;
            }
            let hit = Hit::new(rule, span(&function.name)).with("name", *name);
            hits.push(Hit { fix: Some(fix(context, function, *count)), ..hit });
        }
    }
    hits
}

fn fix(context: &Context<'_, '_>, function: &StmtFunctionDef, count: usize) -> Fix {
    let parameters = &function.parameters;
    let last = parameters.posonlyargs.iter().chain(&parameters.args).map(|parameter| span(parameter).end).max();
    let mut edits: Vec<Edit> = Vec::new();
    if !parameters.includes("context") {
        edits.extend(last.map(|end| edit(context, Span::empty(end), ", context=None")));
        let mut walk = Inherited { name: function.name.as_str(), calls: Vec::new() };
        walk.visit_body(&function.body);
        edits.extend(walk.calls.iter().filter_map(|call| passed_on(context, call, count)));
    }
    edits.sort_by_key(|edit| edit.span);
    Fix { title: "take a context".to_owned(), applicability: Applicability::Safe, edits }
}

/// The context as one more argument of a call that passes everything else plainly.
fn passed_on(context: &Context<'_, '_>, call: &ExprCall, count: usize) -> Option<Edit> {
    let arguments = &call.arguments;
    let is_unpacked = arguments.args.iter().any(Expr::is_starred_expr)
        || arguments.keywords.iter().any(|keyword| keyword.arg.is_none());
    if is_unpacked || arguments.args.len() + arguments.keywords.len() > count {
        return None;
    }
    let last = arguments.args.iter().map(span).chain(arguments.keywords.iter().map(span)).map(|one| one.end).max()?;
    let text = if arguments.args.len() == count { ", context" } else { ", context=context" };
    Some(edit(context, Span::empty(last), text))
}

/// The calls of the same method on `super()`.
struct Inherited<'n, 't> {
    name: &'n str,
    calls: Vec<&'t ExprCall>,
}

impl<'t> SourceOrderVisitor<'t> for Inherited<'_, 't> {
    fn visit_expr(&mut self, expression: &'t Expr) {
        if let Expr::Call(call) = expression
            && let Expr::Attribute(method) = &*call.func
            && method.attr.as_str() == self.name
            && matches!(&*method.value, Expr::Call(receiver)
                if matches!(&*receiver.func, Expr::Name(name) if name.id.as_str() == "super"))
        {
            self.calls.push(call);
        }
        walk_expr(self, expression);
    }
}
