//! `call-tool-result`: what the server's own `call_tool()` returns, taken apart like the list or pair it was.

use ruff_python_ast::visitor::source_order::{SourceOrderVisitor, walk_comprehension, walk_expr, walk_stmt};
use ruff_python_ast::{Comprehension, Expr, ExprCall, ExprName, ExprSubscript, Number, Stmt, StmtAssign};

use super::super::super::parse::span;
use super::super::callee;
use super::super::context::{Context, Hit};
use super::super::quoted::is_named;
use super::super::rewrite::{self, edit, imports};
use super::super::uses::At;
use crate::fix::{Applicability, Edit, Fix};
use crate::rule::Rule;
use crate::rule::python::CheckMatch;
use crate::source::{Span, line_end};

const SERVER: &str = "mcp.server.fastmcp.FastMCP";
/// Builtins that take a sequence.
const SEQUENCE: &[&str] = &["len", "list", "tuple", "iter", "next", "enumerate", "zip", "sorted", "reversed"];

pub(super) fn hits<'a>(context: &Context<'a, '_>, rule: &'a Rule, _: &'a CheckMatch) -> Vec<Hit<'a>> {
    let wanted: Vec<String> = context.canonical(SERVER).into_iter().map(|class| format!("{class}.call_tool")).collect();
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
    let mut walk = Walk { context, calls: &calls, names: &names, indexed: None, found: Vec::new() };
    context.body.iter().for_each(|statement| walk.visit_stmt(statement));
    let hits = walk.found.into_iter().map(|(at, edits)| {
        let title = "read it from the result".to_owned();
        let fix = edits.map(|edits| Fix { title, applicability: Applicability::Unsafe, edits });
        let value = context.text.get(at.start..at.end).unwrap_or_default();
        Hit { fix, ..Hit::new(rule, at).with("name", "call_tool").with("value", value) }
    });
    hits.collect()
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
        let later = assigned
            .iter()
            .filter(|(other, place, _, there)| other == name && there.scope == at.scope && place.start > value.end);
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
    context: &'h Context<'h, 'h>,
    calls: &'h [(Span, At)],
    names: &'h [Held<'t>],
    /// What the subscript around the one that is visited takes.
    indexed: Option<Index>,
    found: Vec<(Span, Option<Vec<Edit>>)>,
}

/// What is done with the item that a subscript gives.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Index {
    /// Another item is taken, by its number.
    Number,
    /// Another item is taken, by its name.
    Key,
    /// An attribute is read.
    Attribute,
}

impl Walk<'_, '_> {
    fn is_result(&self, expression: &Expr) -> bool {
        if let Expr::Name(name) = expression {
            let at = span(name).start;
            return self.names.iter().any(|held| held.name == name.id.as_str() && (held.from..held.to).contains(&at));
        }
        call_of(expression, self.calls).is_some()
    }

    fn taken(&mut self, whole: Span, value: &Expr, edits: Option<Vec<Edit>>) {
        if self.is_result(value) {
            self.found.push((whole, edits));
        }
    }

    /// `value.content`
    fn content(&self, value: &Expr) -> Vec<Edit> {
        self.member(value, "content")
    }

    fn member(&self, value: &Expr, name: &str) -> Vec<Edit> {
        let at = span(value);
        if matches!(value, Expr::Name(_) | Expr::Call(_)) {
            return vec![edit(self.context, Span::empty(at.end), format!(".{name}"))];
        }
        vec![
            edit(self.context, Span::empty(at.start), "("),
            edit(self.context, Span::empty(at.end), format!(").{name}")),
        ]
    }

    /// `content, structured = value`, by way of one name for the result unless only one of them is meant.
    fn unpacked(&self, assign: &StmtAssign, target: &Expr) -> Option<Vec<Edit>> {
        let (Expr::Tuple(tuple), [_]) = (target, assign.targets.as_slice()) else { return None };
        let [Expr::Name(content), Expr::Name(structured)] = tuple.elts.as_slice() else { return None };
        let is_dropped = |name: &ExprName| name.id.as_str() == "_";
        let one = match (is_dropped(content), is_dropped(structured)) {
            (false, true) => Some((content, "content")),
            (true, false) => Some((structured, "structured_content")),
            _ => None,
        };
        if let Some((name, member)) = one {
            let mut edits = vec![edit(self.context, span(target), name.id.as_str())];
            edits.extend(self.member(&assign.value, member));
            return Some(edits);
        }
        let (context, text) = (self.context, self.context.text);
        let whole = span(assign);
        let end = line_end(text, whole.end);
        let is_last = text.get(whole.end..end)?.split('#').next()?.trim().is_empty();
        if !is_last || context.scopes.binds_anywhere("result") {
            return None;
        }
        let (indent, names) = (rewrite::indentation(text, whole.start), context.source(tuple));
        let line = format!("{}{indent}{names} = result.content, result.structured_content", imports::newline(text));
        Some(vec![edit(context, span(target), "result"), edit(context, Span::empty(end), line)])
    }

    /// What was taken by its number: an item of the list, or one of the pair.
    fn item(&self, subscript: &ExprSubscript) -> Option<Vec<Edit>> {
        let Expr::NumberLiteral(number) = &*subscript.slice else { return None };
        let Number::Int(number) = &number.value else { return None };
        let text = self.context.text;
        let value = span(&*subscript.value);
        // Behind the bracket of a value that stands in some.
        let from = value.end + text.get(value.end..)?.find('[')?;
        let whole = Span::new(from, span(subscript).end);
        let replaced = |name: &str| Some(vec![edit(self.context, whole, format!(".{name}"))]);
        match (number.as_u8()?, self.indexed?) {
            (0, Index::Number) => replaced("content"),
            (0, Index::Attribute) => Some(vec![edit(self.context, Span::empty(from), ".content")]),
            (1, Index::Key) => replaced("structured_content"),
            _ => None,
        }
    }
}

impl<'s> SourceOrderVisitor<'s> for Walk<'_, '_> {
    fn visit_stmt(&mut self, statement: &'s Stmt) {
        match statement {
            Stmt::Assign(assign) => {
                for target in assign.targets.iter().filter(|target| target.is_tuple_expr() || target.is_list_expr()) {
                    let edits = self.unpacked(assign, target);
                    self.taken(span(target), &assign.value, edits);
                }
            }
            Stmt::For(each) => self.taken(span(&*each.iter), &each.iter, Some(self.content(&each.iter))),
            _ => {}
        }
        walk_stmt(self, statement);
    }

    fn visit_comprehension(&mut self, comprehension: &'s Comprehension) {
        let edits = self.content(&comprehension.iter);
        self.taken(span(&comprehension.iter), &comprehension.iter, Some(edits));
        walk_comprehension(self, comprehension);
    }

    fn visit_expr(&mut self, expression: &'s Expr) {
        let outer = self.indexed.take();
        match expression {
            Expr::Attribute(_) => self.indexed = Some(Index::Attribute),
            Expr::Subscript(subscript) => {
                self.indexed = outer;
                let edits = self.item(subscript);
                self.taken(span(expression), &subscript.value, edits);
                self.indexed = match &*subscript.slice {
                    Expr::NumberLiteral(_) => Some(Index::Number),
                    Expr::StringLiteral(_) => Some(Index::Key),
                    _ => None,
                };
                self.visit_expr(&subscript.value);
                self.indexed = None;
                self.visit_expr(&subscript.slice);
                return;
            }
            Expr::Starred(starred) => {
                let edits = self.content(&starred.value);
                self.taken(span(expression), &starred.value, Some(edits));
            }
            Expr::Call(call) => {
                let takes_sequence = SEQUENCE
                    .iter()
                    .any(|name| matches!(&*call.func, Expr::Name(called) if called.id.as_str() == *name));
                let asks_sequence = is_named(&call.func, "isinstance")
                    && call
                        .arguments
                        .args
                        .get(1)
                        .is_some_and(|class| is_named(class, "list") || is_named(class, "tuple"));
                if let Some(value) = call.arguments.args.first().filter(|_| takes_sequence || asks_sequence) {
                    let edits = takes_sequence.then(|| self.content(value));
                    self.taken(span(expression), value, edits);
                }
            }
            _ => {}
        }
        walk_expr(self, expression);
        self.indexed = None;
    }
}
