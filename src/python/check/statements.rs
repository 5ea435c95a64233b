//! The statements of a module by the bytes where they begin.

use ruff_python_ast::visitor::source_order::{SourceOrderVisitor, walk_stmt};
use ruff_python_ast::{ElifElseClause, ExceptHandler, Expr, MatchCase, Stmt};
use ruff_text_size::Ranged;

use super::super::parse::span;

/// Where statements, and the heads of their further clauses, begin: each reaches to the next.
#[derive(Default)]
pub(super) struct Starts(Vec<usize>);

impl Starts {
    pub(super) fn of(body: &[Stmt]) -> Self {
        let mut starts = Self::default();
        starts.visit_body(body);
        starts.0.sort_unstable();
        starts
    }

    fn add(&mut self, node: &impl Ranged) {
        self.0.push(span(node).start);
    }

    /// The number of the statement around `offset`.
    pub(super) fn statement(&self, offset: usize) -> usize {
        self.0.partition_point(|start| *start <= offset)
    }

    /// Where the statement around `offset` begins.
    pub(super) fn start(&self, offset: usize) -> usize {
        self.statement(offset).checked_sub(1).map_or(0, |at| self.0[at])
    }
}

impl<'t> SourceOrderVisitor<'t> for Starts {
    fn visit_stmt(&mut self, statement: &'t Stmt) {
        self.add(statement);
        walk_stmt(self, statement);
    }

    fn visit_elif_else_clause(&mut self, clause: &'t ElifElseClause) {
        self.add(clause);
        self.visit_body(&clause.body);
    }

    fn visit_except_handler(&mut self, handler: &'t ExceptHandler) {
        let ExceptHandler::ExceptHandler(handler) = handler;
        self.add(handler);
        self.visit_body(&handler.body);
    }

    fn visit_match_case(&mut self, case: &'t MatchCase) {
        self.add(case);
        self.visit_body(&case.body);
    }

    /// No expression holds a statement.
    fn visit_expr(&mut self, _: &'t Expr) {}
}
