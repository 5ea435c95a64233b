//! Branches on the version of the SDK: code that asks which major is installed serves both, each in its branch, and none of
//! it is to be moved.

use std::collections::HashSet;

use ruff_python_ast::visitor::source_order::{SourceOrderVisitor, walk_expr, walk_stmt};
use ruff_python_ast::{Expr, Stmt, StmtIf};

use super::value::string;
use crate::python::parse::span;
use crate::source::Span;

/// The places that run on one major alone: the branches of an `if` on the version, and what follows one that ends its block.
pub(super) fn branches(body: &[Stmt]) -> Vec<Span> {
    let mut find = Find { names: HashSet::new(), found: Vec::new() };
    find.visit_body(body);
    find.found
}

/// Whether one of `branches` holds all of `at`.
pub(crate) fn is_within(branches: &[Span], at: Span) -> bool {
    branches.iter().any(|branch| branch.start <= at.start && at.end <= branch.end)
}

struct Find<'t> {
    /// The names that hold the version, or what was asked of it.
    names: HashSet<&'t str>,
    found: Vec<Span>,
}

impl<'t> Find<'t> {
    fn asks(&self, test: &'t Expr) -> bool {
        let mut asks = Asks { names: &self.names, found: false };
        asks.visit_expr(test);
        asks.found
    }

    fn conditional(&mut self, conditional: &'t StmtIf, block_end: usize) {
        let first = conditional.body.first().map(span);
        if let Some(first) = first.filter(|_| self.asks(&conditional.test)) {
            let ends =
                |body: &[Stmt]| matches!(body.last(), Some(Stmt::Return(_) | Stmt::Raise(_) | Stmt::Continue(_)));
            let end = if ends(&conditional.body) { block_end } else { span(conditional).end };
            self.found.push(Span::new(first.start, end));
        }
    }
}

impl<'t> SourceOrderVisitor<'t> for Find<'t> {
    fn visit_body(&mut self, body: &'t [Stmt]) {
        let end = body.last().map_or(0, |last| span(last).end);
        for statement in body {
            if let Stmt::If(conditional) = statement {
                self.conditional(conditional, end);
            }
            self.visit_stmt(statement);
        }
    }

    fn visit_stmt(&mut self, statement: &'t Stmt) {
        if let Stmt::Assign(assign) = statement
            && let [Expr::Name(name)] = assign.targets.as_slice()
            && self.asks(&assign.value)
        {
            self.names.insert(name.id.as_str());
        }
        walk_stmt(self, statement);
    }

    fn visit_expr(&mut self, _: &'t Expr) {}
}

/// Whether an expression holds `version("mcp")`, or a name for what that gave.
struct Asks<'n, 't> {
    names: &'n HashSet<&'t str>,
    found: bool,
}

impl<'t> SourceOrderVisitor<'t> for Asks<'_, 't> {
    fn visit_expr(&mut self, expression: &'t Expr) {
        match expression {
            Expr::Name(name) => self.found |= self.names.contains(name.id.as_str()),
            Expr::Call(call) => {
                let called = match &*call.func {
                    Expr::Name(name) => name.id.as_str(),
                    Expr::Attribute(attribute) => attribute.attr.as_str(),
                    _ => "",
                };
                let of = call.arguments.args.first().and_then(string);
                self.found |= called == "version" && of == Some("mcp");
            }
            _ => {}
        }
        if !self.found {
            walk_expr(self, expression);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::python::parse::with_module;

    #[test]
    fn branches_on_the_version_are_known_by_what_they_ask() {
        let text = "V2 = int(version('mcp').split('.')[0]) >= 2\nif V2:\n    a\nelse:\n    b\nif other:\n    c\n\
                    def f():\n    if V2:\n        return d\n    return e\nif version('httpx') > '1':\n    g\n";
        let found = with_module(text, |parsed| branches(&parsed.syntax().body)).unwrap();
        let shown: Vec<&str> = found.iter().map(|at| &text[at.start..at.end]).collect();
        assert_eq!(shown, ["a\nelse:\n    b", "return d\n    return e"]);
    }
}
