//! Where the expressions of a file are: one walk of its tree, so that a span leads to its node at once.

use std::collections::HashMap;

use ruff_python_ast::visitor::source_order::{
    SourceOrderVisitor, TraversalSignal, walk_alias, walk_expr, walk_parameter, walk_parameter_with_default, walk_stmt,
};
use ruff_python_ast::{
    Alias, AnyNodeRef, AnyRootNodeRef, Expr, HasNodeIndex, NodeIndex, Parameter, ParameterWithDefault, Stmt,
};
use ruff_text_size::{Ranged, TextRange};
use ty_python_semantic::types::Type;
use ty_python_semantic::{HasType, SemanticModel};

use crate::python::parse::from_range;
use crate::source::Span;

/// The nodes of a file that have types, by their spans: expressions, and the names that `def`, `class`, parameters and
/// imports introduce. Two expressions share a span only where one does nothing but hold the other; the outer one stays.
#[derive(Debug, Default)]
pub(super) struct Nodes(HashMap<Span, NodeIndex>);

impl Nodes {
    pub(super) fn of(body: &[Stmt]) -> Self {
        let mut nodes = Self::default();
        nodes.visit_body(body);
        nodes
    }

    /// The node whose range, or whose name's range, is exactly `span`.
    pub(super) fn at(&self, span: Span) -> Option<NodeIndex> {
        self.0.get(&span).copied()
    }

    fn add(&mut self, range: TextRange, node: &impl HasNodeIndex) {
        self.0.entry(from_range(range)).or_insert_with(|| node.node_index().load());
    }
}

impl<'a> SourceOrderVisitor<'a> for Nodes {
    fn enter_node(&mut self, _: AnyNodeRef<'a>) -> TraversalSignal {
        TraversalSignal::Traverse
    }

    fn visit_stmt(&mut self, statement: &'a Stmt) {
        match statement {
            Stmt::FunctionDef(function) => self.add(function.name.range(), function),
            Stmt::ClassDef(class) => self.add(class.name.range(), class),
            _ => {}
        }
        walk_stmt(self, statement);
    }

    fn visit_expr(&mut self, expression: &'a Expr) {
        self.add(expression.range(), expression);
        walk_expr(self, expression);
    }

    fn visit_parameter_with_default(&mut self, parameter: &'a ParameterWithDefault) {
        self.add(parameter.parameter.name.range(), parameter);
        walk_parameter_with_default(self, parameter);
    }

    fn visit_parameter(&mut self, parameter: &'a Parameter) {
        self.add(parameter.name.range(), parameter);
        walk_parameter(self, parameter);
    }

    fn visit_alias(&mut self, alias: &'a Alias) {
        self.add(alias.range(), alias);
        walk_alias(self, alias);
    }
}

/// What ty infers for a node that [`Nodes`] found.
pub(super) fn inferred<'db>(node: AnyRootNodeRef<'_>, model: &SemanticModel<'db>) -> Option<Type<'db>> {
    match node {
        AnyRootNodeRef::Expr(expression) => expression.inferred_type(model),
        AnyRootNodeRef::Stmt(Stmt::FunctionDef(function)) => function.inferred_type(model),
        AnyRootNodeRef::Stmt(Stmt::ClassDef(class)) => class.inferred_type(model),
        AnyRootNodeRef::ParameterWithDefault(parameter) => parameter.inferred_type(model),
        AnyRootNodeRef::Parameter(parameter) => parameter.inferred_type(model),
        AnyRootNodeRef::Alias(alias) => alias.inferred_type(model),
        _ => None,
    }
}
