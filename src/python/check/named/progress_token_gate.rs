//! Finds progress that is sent only if the request's `_meta` holds a token.

use ruff_python_ast::visitor::source_order::{SourceOrderVisitor, walk_stmt};
use ruff_python_ast::{Expr, Stmt, StmtIf};

use super::super::super::parse::span;
use super::super::context::{Context, Hit};
use super::super::quoted::is_named;
use super::super::within;
use crate::rule::Rule;
use crate::rule::python::CheckMatch;

const META: &str = "mcp.types.RequestParams.Meta";

pub(super) fn run<'a>(context: &Context<'a, '_>, rule: &'a Rule, _: &'a CheckMatch) -> Vec<Hit<'a>> {
    let mut gates = Gates { context, tokens: Vec::new(), found: Vec::new() };
    // The names that hold a token come first, because a test may stand before the walk has seen them.
    for (target, value, _) in &context.uses.assignments {
        if let Expr::Name(name) = target
            && gates.holds_token(value)
        {
            gates.tokens.push(name.id.as_str());
        }
    }
    gates.block(context.body);
    context.body.iter().for_each(|statement| gates.visit_stmt(statement));
    let hits = gates.found.into_iter().map(|test| Hit::new(rule, span(test)).with("value", context.source(test)));
    hits.collect()
}

struct Gates<'a, 'r, 't> {
    context: &'a Context<'r, 't>,
    tokens: Vec<&'t str>,
    found: Vec<&'t Expr>,
}

impl<'t> Gates<'_, '_, 't> {
    /// Whether a token is read in `value`: an attribute of the request's `_meta`.
    fn holds_token(&self, value: &Expr) -> bool {
        let mut found = false;
        let mut look = |expression: &Expr| {
            if let Expr::Attribute(attribute) = expression {
                let is_token = matches!(attribute.attr.as_str(), "progressToken" | "progress_token");
                // Somebody else's token is told by its holder's type.
                found |= is_token && self.context.is_instance(&attribute.value, &[META.to_owned()]) != Some(false);
            }
        };
        within::each(value, &mut look);
        found
    }

    fn is_about_token(&self, test: &Expr) -> bool {
        let mut names = false;
        within::each(test, &mut |expression| {
            names |= matches!(expression, Expr::Name(name) if self.tokens.contains(&name.id.as_str()));
        });
        names || self.holds_token(test)
    }

    fn gate(&mut self, gate: &'t StmtIf, rest: &'t [Stmt]) {
        let leaves = matches!(gate.body.last(), Some(Stmt::Return(_) | Stmt::Continue(_))) && gate.body.len() == 1;
        let guarded = if leaves { rest } else { &gate.body };
        if sends_progress(guarded) && self.is_about_token(&gate.test) {
            self.found.push(&gate.test);
        }
    }

    fn block(&mut self, block: &'t [Stmt]) {
        for (index, statement) in block.iter().enumerate() {
            if let Stmt::If(gate) = statement {
                self.gate(gate, &block[index + 1..]);
            }
        }
    }
}

impl<'t> SourceOrderVisitor<'t> for Gates<'_, '_, 't> {
    fn visit_body(&mut self, body: &'t [Stmt]) {
        self.block(body);
        body.iter().for_each(|statement| self.visit_stmt(statement));
    }

    fn visit_stmt(&mut self, statement: &'t Stmt) {
        walk_stmt(self, statement);
    }

    fn visit_expr(&mut self, _: &'t Expr) {}
}

fn sends_progress(body: &[Stmt]) -> bool {
    within::calls(body).iter().any(|call| is_named(&call.func, "send_progress_notification"))
}
