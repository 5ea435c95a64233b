//! From the parser's tree to the shapes of [`super::value`]. Only so deep: a requirement that stands deeper inside one
//! expression than this is computed for all who read it, and a bounded depth keeps the work linear.

use std::collections::HashMap;

use ruff_python_ast::visitor::source_order::{SourceOrderVisitor, walk_expr};
use ruff_python_ast::{Comprehension, Expr, ExprBinOp, ExprCall, Operator};

use super::parse::span;
use super::strings;
use super::value::{Call, Kind, Value};

const MAX_DEPTH: usize = 16;

/// Longer paths keep their end.
const MAX_PARTS: usize = 8;

/// How many names of an expression that is not understood are worth following.
const MAX_NAMES: usize = 32;

/// What names stand for by import: the local name and the dotted path behind it.
pub(super) type Aliases = HashMap<String, String>;

/// Lowers expressions of one text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Lower<'a, 'i> {
    pub(super) text: &'a str,
    pub(super) aliases: &'i Aliases,
}

impl<'a> Lower<'a, '_> {
    /// The value of an expression.
    pub(super) fn value(&self, expression: &Expr) -> Value<'a> {
        self.at_depth(expression, 0)
    }

    /// The shapes of a call.
    pub(super) fn call(&self, call: &ExprCall, asserted: bool) -> Call<'a> {
        self.call_at(call, asserted, 0)
    }

    fn at_depth(&self, expression: &Expr, depth: usize) -> Value<'a> {
        let kind = if depth > MAX_DEPTH {
            Kind::Other { what: "an expression", names: Vec::new() }
        } else {
            self.kind(expression, depth + 1)
        };
        Value { span: span(expression), kind }
    }

    fn kind(&self, expression: &Expr, depth: usize) -> Kind<'a> {
        let value = |expression: &Expr| self.at_depth(expression, depth);
        let values = |expressions: &[Expr]| expressions.iter().map(value).collect::<Vec<_>>();
        match expression {
            Expr::StringLiteral(literal) => Kind::Text(strings::fragment(self.text, literal)),
            Expr::FString(literal) => match strings::template(self.text, literal) {
                (fragment, true) => Kind::Text(fragment),
                (text, false) => Kind::Template { known: text.text().len(), text },
            },
            Expr::List(list) => Kind::List(values(&list.elts)),
            Expr::Tuple(tuple) => Kind::List(values(&tuple.elts)),
            Expr::Set(set) => Kind::List(values(&set.elts)),
            Expr::Dict(dict) => {
                Kind::Dict(dict.items.iter().map(|item| (item.key.as_ref().map(value), value(&item.value))).collect())
            }
            Expr::BinOp(operation) => self.operation(operation, depth),
            Expr::BoolOp(operation) => Kind::Choice(values(&operation.values)),
            Expr::If(conditional) => Kind::Choice(vec![value(&conditional.body), value(&conditional.orelse)]),
            Expr::Starred(starred) => Kind::Starred(Box::new(value(&starred.value))),
            Expr::Named(named) => self.kind(&named.value, depth),
            Expr::Await(awaited) => self.kind(&awaited.value, depth),
            Expr::Call(call) => self.called(call, depth),
            Expr::Subscript(item) => Kind::Item(Box::new(value(&item.value)), Box::new(value(&item.slice))),
            Expr::Name(_) | Expr::Attribute(_) => Kind::Name(path(expression)),
            Expr::ListComp(list) if passes_on(&list.elt, &list.generators) => {
                Kind::Sum(list.generators.iter().map(|generator| value(&generator.iter)).collect())
            }
            Expr::ListComp(_) | Expr::SetComp(_) | Expr::DictComp(_) | Expr::Generator(_) => {
                other("a comprehension", expression)
            }
            Expr::NoneLiteral(_) => Kind::List(Vec::new()),
            _ => other("an expression", expression),
        }
    }

    /// Sums are read as one list, for long ones are chains as deep as they are long.
    fn operation(&self, operation: &ExprBinOp, depth: usize) -> Kind<'a> {
        if operation.op == Operator::Mod {
            let left = self.at_depth(&operation.left, depth);
            let known = left.text().map(|text| text.text().find('%').unwrap_or(text.text().len()));
            return match (left.kind, known) {
                (Kind::Text(text), Some(known)) => Kind::Template { text, known },
                _ => Kind::Other { what: "an expression", names: Vec::new() },
            };
        }
        if !matches!(operation.op, Operator::Add | Operator::BitOr) {
            return other("an expression", &operation.left);
        }
        let mut terms = vec![self.at_depth(&operation.right, depth)];
        let mut left: &Expr = &operation.left;
        while let Expr::BinOp(inner) = left {
            if inner.op != operation.op {
                break;
            }
            terms.push(self.at_depth(&inner.right, depth));
            left = &inner.left;
        }
        terms.push(self.at_depth(left, depth));
        terms.reverse();
        Kind::Sum(terms)
    }

    fn called(&self, call: &ExprCall, depth: usize) -> Kind<'a> {
        let call = self.call_at(call, false, depth);
        if call.name() == "format"
            && let Some(Kind::Text(text)) = call.receiver.as_ref().map(|receiver| &receiver.kind)
        {
            let known = text.text().find('{').unwrap_or(text.text().len());
            return Kind::Template { text: text.clone(), known };
        }
        Kind::Call(Box::new(call))
    }

    fn call_at(&self, call: &ExprCall, asserted: bool, depth: usize) -> Call<'a> {
        let receiver = match &*call.func {
            Expr::Attribute(attribute) if !is_path(&attribute.value) => {
                Some(Box::new(self.at_depth(&attribute.value, depth)))
            }
            _ => None,
        };
        let keywords = call.arguments.keywords.iter().map(|keyword| {
            (keyword.arg.as_ref().map(|name| name.as_str().to_owned()), self.at_depth(&keyword.value, depth))
        });
        Call {
            span: span(call),
            path: self.resolved(&path(&call.func)),
            receiver,
            arguments: call.arguments.args.iter().map(|argument| self.at_depth(argument, depth)).collect(),
            keywords: keywords.collect(),
            asserted,
            function: None,
        }
    }

    /// The path with its first name followed through the imports.
    pub(super) fn resolved(&self, path: &str) -> String {
        let (first, rest) = path.split_once('.').map_or((path, None), |(first, rest)| (first, Some(rest)));
        match (self.aliases.get(first), rest) {
            (Some(target), Some(rest)) => format!("{target}.{rest}"),
            (Some(target), None) => target.clone(),
            (None, _) => path.to_owned(),
        }
    }
}

/// Whether a comprehension hands on the elements of a list that is written out or named, some left out at most.
fn passes_on(element: &Expr, generators: &[Comprehension]) -> bool {
    let [generator] = generators else { return false };
    let (Expr::Name(element), Expr::Name(target)) = (element, &generator.target) else { return false };
    element.id == target.id && matches!(generator.iter, Expr::Name(_) | Expr::List(_) | Expr::Tuple(_))
}

fn is_path(expression: &Expr) -> bool {
    let mut at = expression;
    while let Expr::Attribute(attribute) = at {
        at = &attribute.value;
    }
    at.is_name_expr()
}

/// The dotted path of an expression; what is neither a name nor a call stands as `…`.
pub(super) fn path(expression: &Expr) -> String {
    let mut parts: Vec<String> = Vec::new();
    let mut at = expression;
    let mut suffix = "";
    loop {
        if parts.len() == MAX_PARTS {
            parts.push("…".to_owned());
            break;
        }
        match at {
            Expr::Attribute(attribute) => {
                parts.push(format!("{}{suffix}", attribute.attr.as_str()));
                suffix = "";
                at = &attribute.value;
            }
            Expr::Call(call) => {
                // Calls of calls say no more than one.
                suffix = "()";
                at = &call.func;
            }
            Expr::Name(name) => {
                parts.push(format!("{}{suffix}", name.id.as_str()));
                break;
            }
            _ => {
                parts.push(format!("…{suffix}"));
                break;
            }
        }
    }
    parts.reverse();
    parts.join(".")
}

fn other<'a>(what: &'static str, expression: &Expr) -> Kind<'a> {
    let mut collector = NameCollector(Vec::new());
    collector.visit_expr(expression);
    Kind::Other { what, names: collector.0 }
}

struct NameCollector(Vec<String>);

impl<'a> SourceOrderVisitor<'a> for NameCollector {
    fn visit_expr(&mut self, expression: &'a Expr) {
        if self.0.len() >= MAX_NAMES {
            return;
        }
        match expression {
            Expr::Name(name) => self.0.push(name.id.as_str().to_owned()),
            _ => walk_expr(self, expression),
        }
    }
}
