//! Walks through what runs when a body runs: nested functions and classes are somebody else's, and so are lambdas
//! unless they are asked for.

use ruff_python_ast::visitor::source_order::{SourceOrderVisitor, walk_expr, walk_stmt};
use ruff_python_ast::{Expr, ExprCall, Stmt};

/// Calls `visit` with `expression` and each part of it.
pub(super) fn each<'t>(expression: &'t Expr, visit: &mut dyn FnMut(&'t Expr)) {
    Walk { visit, lambdas: false }.visit_expr(expression);
}

/// The calls of `body`.
pub(super) fn calls(body: &[Stmt]) -> Vec<&ExprCall> {
    collected(body, false)
}

/// The calls of `body` and of its lambdas, which a helper that retries or times out is given to call at once.
pub(super) fn calls_with_lambdas(body: &[Stmt]) -> Vec<&ExprCall> {
    collected(body, true)
}

fn collected<'t>(body: &'t [Stmt], lambdas: bool) -> Vec<&'t ExprCall> {
    let mut found = Vec::new();
    let mut visit = |expression: &'t Expr| {
        if let Expr::Call(call) = expression {
            found.push(call);
        }
    };
    let mut walk = Walk { visit: &mut visit, lambdas };
    body.iter().for_each(|statement| walk.visit_stmt(statement));
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
    /// Whether what lambdas hold is visited.
    lambdas: bool,
}

impl<'t> SourceOrderVisitor<'t> for Walk<'_, 't> {
    fn visit_stmt(&mut self, statement: &'t Stmt) {
        if !matches!(statement, Stmt::FunctionDef(_) | Stmt::ClassDef(_)) {
            walk_stmt(self, statement);
        }
    }

    fn visit_expr(&mut self, expression: &'t Expr) {
        (self.visit)(expression);
        if self.lambdas || !expression.is_lambda_expr() {
            walk_expr(self, expression);
        }
    }
}
