//! What can be told of a value before it is written elsewhere.

use ruff_python_ast::visitor::source_order::{SourceOrderVisitor, walk_expr};
use ruff_python_ast::{Expr, UnaryOp};

use super::Value;
use crate::python::parse::span;
use crate::source::Span;

/// What may be called twice, or later than it was: it makes nothing that lasts.
const CALLS: [&str; 9] = ["int", "str", "float", "bool", "getenv", "get", "cast", "TransportSecuritySettings", "strip"];

/// A value with the names it is made of.
pub(super) struct Seen {
    pub(super) value: Value,
    pub(super) names: Vec<(String, Span)>,
}

pub(super) fn seen(expression: &Expr) -> Seen {
    let mut walk = Walk { is_pure: true, names: Vec::new() };
    walk.visit_expr(expression);
    let value = Value {
        span: span(expression),
        is_literal: is_literal(expression),
        is_pure: walk.is_pure,
        is_short: matches!(expression, Expr::Name(_) | Expr::Attribute(_)),
        ..Value::default()
    };
    Seen { value, names: walk.names }
}

fn is_literal(expression: &Expr) -> bool {
    match expression {
        Expr::UnaryOp(unary) => unary.op == UnaryOp::USub && is_literal(&unary.operand),
        Expr::BinOp(binary) => is_literal(&binary.left) && is_literal(&binary.right),
        _ => expression.is_literal_expr(),
    }
}

struct Walk {
    is_pure: bool,
    names: Vec<(String, Span)>,
}

impl<'t> SourceOrderVisitor<'t> for Walk {
    fn visit_expr(&mut self, expression: &'t Expr) {
        match expression {
            Expr::Name(name) => self.names.push((name.id.as_str().to_owned(), span(name))),
            Expr::Call(call) => {
                let name = match &*call.func {
                    Expr::Name(name) => name.id.as_str(),
                    Expr::Attribute(attribute) => attribute.attr.as_str(),
                    _ => "",
                };
                self.is_pure &= CALLS.contains(&name);
            }
            Expr::Await(_) | Expr::Yield(_) | Expr::YieldFrom(_) | Expr::Named(_) => self.is_pure = false,
            // What these bind is a scope of its own.
            Expr::Lambda(_) | Expr::ListComp(_) | Expr::SetComp(_) | Expr::DictComp(_) | Expr::Generator(_) => {
                self.is_pure = false;
            }
            _ => {}
        }
        walk_expr(self, expression);
    }
}
