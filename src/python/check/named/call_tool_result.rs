//! `call-tool-result`: what the server's own `call_tool()` returns, taken apart like the list or pair it was.

use ruff_python_ast::visitor::source_order::{SourceOrderVisitor, walk_comprehension, walk_expr, walk_stmt};
use ruff_python_ast::{Comprehension, Expr, ExprCall, Stmt};

use super::super::super::parse::span;
use super::super::callee;
use super::super::context::{Context, Hit};
use super::super::quoted::is_named;
use super::super::uses::At;
use crate::rule::Rule;
use crate::rule::python::CheckMatch;
use crate::source::Span;

const SERVER: &str = "mcp.server.fastmcp.FastMCP";
/// Builtins that take a sequence.
const SEQUENCE: &[&str] = &["len", "list", "tuple", "iter", "next", "enumerate", "zip", "sorted", "reversed"];

pub(super) fn hits<'a>(context: &Context<'a, '_>, rule: &'a Rule, _: &'a CheckMatch) -> Vec<Hit<'a>> {
    let wanted: Vec<String> =
        context.canonical(SERVER).into_iter().map(|class| format!("{class}.call_tool")).collect();
    let is_meant = |call: &ExprCall, at: At| {
        let Expr::Attribute(attribute) = &*call.func else { return false };
        attribute.attr.as_str() == "call_tool"
            && callee::methods(context, &attribute.value, "call_tool", at).iter().any(|path| wanted.contains(path))
    };
    let calls: Vec<(Span, At)> = context
        .uses
        .calls
        .iter()
        .filter(|call| is_named(&call.node.func, "call_tool") && is_meant(call.node, call.at))
        .map(|call| (span(call.node), call.at))
        .collect();
    if calls.is_empty() {
        return Vec::new();
    }
    let names = names(context, &calls);
    let mut walk = Walk { calls: &calls, names: &names, found: Vec::new() };
    context.body.iter().for_each(|statement| walk.visit_stmt(statement));
    walk.found.into_iter().map(|at| Hit::new(rule, at).with("name", "call_tool").with("value", context.text.get(at.start..at.end).unwrap_or_default())).collect()
}

/// A name that holds a result: from the end of its assignment to the next assignment of that name or the end of the
/// function around it.
struct Held<'t> {
    name: &'t str,
    from: usize,
    to: usize,
}

fn names<'t>(context: &Context<'_, 't>, calls: &[(Span, At)]) -> Vec<Held<'t>> {
    let assigned = context.uses.assignments.iter().filter_map(|(target, value, at)| match target {
        Expr::Name(name) => Some((name.id.as_str(), span(*value), *value, *at)),
        _ => None,
    });
    let assigned: Vec<_> = assigned.collect();
    let held = assigned.iter().filter(|(.., value, _)| call_of(value, calls).is_some());
    held.map(|(name, value, _, at)| {
        let function = at.function.and_then(|index| context.uses.functions.get(index));
        let end = function.map_or(context.text.len(), |function| span(function.node).end);
        let later = assigned.iter().filter(|(other, place, _, there)| {
            other == name && there.scope == at.scope && place.start > value.end
        });
        Held { name, from: value.end, to: later.map(|(_, place, ..)| place.end).min().unwrap_or(end) }
    })
    .collect()
}

/// The call whose result `expression` is: `await call`, `asyncio.run(call)`, or a name in parentheses of either.
fn call_of(expression: &Expr, calls: &[(Span, At)]) -> Option<Span> {
    let call = match expression {
        Expr::Await(awaited) => &*awaited.value,
        Expr::Call(call) if is_named(&call.func, "run") || is_named(&call.func, "run_until_complete") => {
            call.arguments.args.first()?
        }
        _ => return None,
    };
    let at = span(call);
    calls.iter().any(|(one, _)| *one == at).then_some(at)
}

struct Walk<'h, 't> {
    calls: &'h [(Span, At)],
    names: &'h [Held<'t>],
    found: Vec<Span>,
}

impl Walk<'_, '_> {
    fn is_result(&self, expression: &Expr) -> bool {
        if let Expr::Name(name) = expression {
            let at = span(name).start;
            return self.names.iter().any(|held| held.name == name.id.as_str() && (held.from..held.to).contains(&at));
        }
        call_of(expression, self.calls).is_some()
    }

    fn taken(&mut self, whole: Span, value: &Expr) {
        if self.is_result(value) {
            self.found.push(whole);
        }
    }
}

impl<'s> SourceOrderVisitor<'s> for Walk<'_, '_> {
    fn visit_stmt(&mut self, statement: &'s Stmt) {
        match statement {
            Stmt::Assign(assign) => {
                for target in assign.targets.iter().filter(|target| target.is_tuple_expr() || target.is_list_expr()) {
                    self.taken(span(target), &assign.value);
                }
            }
            Stmt::For(each) => self.taken(span(&*each.iter), &each.iter),
            _ => {}
        }
        walk_stmt(self, statement);
    }

    fn visit_comprehension(&mut self, comprehension: &'s Comprehension) {
        self.taken(span(&comprehension.iter), &comprehension.iter);
        walk_comprehension(self, comprehension);
    }

    fn visit_expr(&mut self, expression: &'s Expr) {
        match expression {
            Expr::Subscript(subscript) => self.taken(span(expression), &subscript.value),
            Expr::Starred(starred) => self.taken(span(expression), &starred.value),
            Expr::Call(call) => {
                let takes_sequence = SEQUENCE.iter().any(|name| matches!(&*call.func, Expr::Name(called) if called.id.as_str() == *name));
                let asks_sequence = is_named(&call.func, "isinstance")
                    && call.arguments.args.get(1).is_some_and(|class| is_named(class, "list") || is_named(class, "tuple"));
                if let Some(value) = call.arguments.args.first().filter(|_| takes_sequence || asks_sequence) {
                    self.taken(span(expression), value);
                }
            }
            _ => {}
        }
        walk_expr(self, expression);
    }
}
