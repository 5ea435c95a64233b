//! Walks through what runs when a body runs: nested functions, classes and lambdas are somebody else's.

use ruff_python_ast::visitor::source_order::{SourceOrderVisitor, walk_expr, walk_stmt};
use ruff_python_ast::{Expr, ExprCall, Stmt};

/// Calls `visit` with each expression of `body`, in the order of the text.
pub(super) fn expressions<'t>(body: &'t [Stmt], visit: &mut dyn FnMut(&'t Expr)) {
    let mut walk = Walk { visit };
    body.iter().for_each(|statement| walk.visit_stmt(statement));
}

/// Calls `visit` with `expression` and each part of it.
pub(super) fn each<'t>(expression: &'t Expr, visit: &mut dyn FnMut(&'t Expr)) {
    Walk { visit }.visit_expr(expression);
}

/// The calls of `body`.
pub(super) fn calls(body: &[Stmt]) -> Vec<&ExprCall> {
    let mut found = Vec::new();
    expressions(body, &mut |expression| {
        if let Expr::Call(call) = expression {
            found.push(call);
        }
    });
    found
}

/// Whether anything in `body`, nested functions and classes included, reads `name`.
pub(super) fn reads(body: &[Stmt], name: &str) -> bool {
    struct Reads<'n> {
        name: &'n str,
        found: bool,
    }
    impl<'t> SourceOrderVisitor<'t> for Reads<'_> {
        fn visit_expr(&mut self, expression: &'t Expr) {
            self.found |= matches!(expression, Expr::Name(one) if one.ctx.is_load() && one.id.as_str() == self.name);
            walk_expr(self, expression);
        }
    }
    let mut reads = Reads { name, found: false };
    body.iter().for_each(|statement| reads.visit_stmt(statement));
    reads.found
}

struct Walk<'v, 't> {
    visit: &'v mut dyn FnMut(&'t Expr),
}

impl<'t> SourceOrderVisitor<'t> for Walk<'_, 't> {
    fn visit_stmt(&mut self, statement: &'t Stmt) {
        if !matches!(statement, Stmt::FunctionDef(_) | Stmt::ClassDef(_)) {
            walk_stmt(self, statement);
        }
    }

    fn visit_expr(&mut self, expression: &'t Expr) {
        (self.visit)(expression);
        if !expression.is_lambda_expr() {
            walk_expr(self, expression);
        }
    }
}
