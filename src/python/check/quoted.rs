//! Annotations in quotes, parsed once before the walk, so that names in them are names like any other.

use std::collections::HashMap;

use ruff_python_ast::visitor::source_order::{SourceOrderVisitor, walk_expr};
use ruff_python_ast::{Expr, ModExpression, Stmt, StringLiteral};
use ruff_python_parser::{Parsed, parse_string_annotation};
use ruff_text_size::{Ranged, TextRange};

/// A longer string is prose, whatever position it stands in.
const MAX_LENGTH: usize = 500;

/// The quoted annotations of a module, by the place of the string.
#[derive(Debug, Default)]
pub(crate) struct Quoted {
    trees: HashMap<TextRange, Parsed<ModExpression>>,
}

impl Quoted {
    /// Parses the quoted annotations in `body`.
    pub(crate) fn of(text: &str, body: &[Stmt]) -> Self {
        let mut walk = Walk { text, is_annotation: false, out: Self::default() };
        body.iter().for_each(|statement| walk.visit_stmt(statement));
        walk.out
    }

    /// The expression in the string at `range`.
    pub(crate) fn get(&self, range: TextRange) -> Option<&Expr> {
        self.trees.get(&range).map(|parsed| &*parsed.syntax().body)
    }
}

struct Walk<'t> {
    text: &'t str,
    is_annotation: bool,
    out: Quoted,
}

impl Walk<'_> {
    fn parse(&mut self, literal: &StringLiteral) {
        if literal.range().len().to_usize() <= MAX_LENGTH
            && let Ok(parsed) = parse_string_annotation(self.text, literal)
        {
            self.out.trees.insert(literal.range(), parsed);
        }
    }

    fn annotation(&mut self, expression: &Expr) {
        let outer = std::mem::replace(&mut self.is_annotation, true);
        self.visit_expr(expression);
        self.is_annotation = outer;
    }
}

impl<'t> SourceOrderVisitor<'t> for Walk<'_> {
    fn visit_annotation(&mut self, expression: &'t Expr) {
        self.annotation(expression);
    }

    fn visit_expr(&mut self, expression: &'t Expr) {
        match expression {
            Expr::StringLiteral(string) if self.is_annotation => {
                if let [literal] = string.value.as_slice() {
                    self.parse(literal);
                }
            }
            // The strings of `Literal["a"]` are values.
            Expr::Subscript(subscript) if self.is_annotation && is_named(&subscript.value, "Literal") => {}
            Expr::Call(call) => {
                let takes_type = is_named(&call.func, "cast") || is_named(&call.func, "TypeAdapter");
                match call.arguments.args.split_first() {
                    Some((first, rest)) if takes_type => {
                        self.annotation(first);
                        rest.iter().for_each(|argument| self.visit_expr(argument));
                    }
                    _ => {
                        let outer = std::mem::replace(&mut self.is_annotation, false);
                        walk_expr(self, expression);
                        self.is_annotation = outer;
                    }
                }
            }
            _ => walk_expr(self, expression),
        }
    }
}

/// Whether `expression` is `name` or `anything.name`.
pub(crate) fn is_named(expression: &Expr, name: &str) -> bool {
    match expression {
        Expr::Name(found) => found.id.as_str() == name,
        Expr::Attribute(attribute) => attribute.attr.as_str() == name,
        _ => false,
    }
}
