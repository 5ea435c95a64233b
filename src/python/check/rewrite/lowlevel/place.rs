//! Where statements stand: what an adapter must know to be written behind one.

use std::collections::HashMap;

use ruff_python_ast::visitor::source_order::{SourceOrderVisitor, walk_stmt};
use ruff_python_ast::{Expr, Stmt};

use super::super::super::super::parse::span;
use super::super::super::context::Context;
use super::super::indentation;
use crate::source::{Span, line_start};

/// The statements of a module by where they begin.
#[derive(Default)]
pub(super) struct Places<'t> {
    by_start: HashMap<usize, Place>,
    blocks: Vec<&'t [Stmt]>,
    block: usize,
    in_loop: bool,
    in_class: bool,
}

/// A statement.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    /// Its bytes, decorators included.
    pub(super) span: Span,
    /// Whether it runs over and over: what a function refers to would be something else each time.
    pub(super) in_loop: bool,
    /// Whether it stands directly in the body of a class.
    pub(super) in_class: bool,
    /// The number of the block of statements that it is one of.
    pub(super) block: usize,
}

impl<'t> Places<'t> {
    pub(super) fn of(body: &'t [Stmt]) -> Self {
        let mut places = Self::default();
        places.visit_body(body);
        places
    }

    /// The statements of the block with this number.
    pub(super) fn block(&self, number: usize) -> &'t [Stmt] {
        self.blocks.get(number).copied().unwrap_or_default()
    }

    /// The statement with exactly these bytes.
    pub(super) fn at(&self, span: Span) -> Option<Place> {
        self.by_start.get(&span.start).copied().filter(|place| place.span == span)
    }
}

impl<'t> SourceOrderVisitor<'t> for Places<'t> {
    fn visit_body(&mut self, body: &'t [Stmt]) {
        let outer = std::mem::replace(&mut self.block, self.blocks.len());
        self.blocks.push(body);
        body.iter().for_each(|statement| self.visit_stmt(statement));
        self.block = outer;
    }

    fn visit_stmt(&mut self, statement: &'t Stmt) {
        let own = span(statement);
        let place = Place { span: own, in_loop: self.in_loop, in_class: self.in_class, block: self.block };
        self.by_start.entry(own.start).or_insert(place);
        let outer = (self.in_loop, self.in_class);
        match statement {
            Stmt::FunctionDef(_) => (self.in_loop, self.in_class) = (false, false),
            Stmt::ClassDef(_) => self.in_class = true,
            Stmt::For(_) | Stmt::While(_) => self.in_loop = true,
            _ => {}
        }
        walk_stmt(self, statement);
        (self.in_loop, self.in_class) = outer;
    }

    /// No expression holds a statement.
    fn visit_expr(&mut self, _: &'t Expr) {}
}

impl Place {
    /// The white space in front of the statement; `None` when other code stands there.
    pub(super) fn indent<'t>(&self, context: &Context<'_, 't>) -> Option<&'t str> {
        let indent = indentation(context.text, self.span.start);
        let line = line_start(context.text, self.span.start);
        (line + indent.len() == self.span.start).then_some(indent)
    }

    /// The end of the last line of the statement, without the line break; `None` when other code follows on it.
    pub(super) fn line_end(&self, context: &Context<'_, '_>) -> Option<usize> {
        let rest = context.text.get(self.span.end..)?;
        let line = rest.lines().next().unwrap_or_default();
        let after = line.trim();
        (after.is_empty() || after.starts_with('#')).then_some(self.span.end + line.len())
    }
}
