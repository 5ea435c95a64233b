//! What can be told of a value without running anything: literals as Python prints them, and the keys of dictionaries.

use ruff_python_ast::{Expr, Number, UnaryOp};

use super::super::types::Part;
use super::context::Context;
use super::uses::At;
use crate::packages::is_sdk_path;
use crate::rule::python::ValueTest;

/// A literal as Python prints it: `None`, `True`, `-32002`, `"text"`.
pub(crate) fn literal(expression: &Expr) -> Option<String> {
    match expression {
        Expr::NoneLiteral(_) => Some("None".to_owned()),
        Expr::BooleanLiteral(boolean) => Some(if boolean.value { "True" } else { "False" }.to_owned()),
        Expr::NumberLiteral(number) => match &number.value {
            Number::Int(int) => Some(int.to_string()),
            Number::Float(float) => Some(float.to_string()),
            Number::Complex { .. } => None,
        },
        Expr::UnaryOp(unary) if unary.op == UnaryOp::USub => literal(&unary.operand).map(|number| format!("-{number}")),
        Expr::StringLiteral(string) => Some(format!("\"{}\"", string.value.to_str())),
        _ => None,
    }
}

/// The text of a string without holes.
pub(crate) fn string(expression: &Expr) -> Option<&str> {
    Some(expression.as_string_literal_expr()?.value.to_str())
}

/// The keys of a dictionary display or a `dict(…)` call, each with its key expression where it has one; of a name, of
/// what the same function or module assigns to it. `None` when the keys cannot be told.
pub(crate) fn keys<'t>(
    context: &Context<'_, 't>,
    expression: &'t Expr,
    at: At,
) -> Option<Vec<(String, Option<&'t Expr>)>> {
    match expression {
        Expr::Dict(dict) => {
            let keys = dict.items.iter().filter_map(|item| item.key.as_ref());
            Some(keys.filter_map(|key| Some((string(key)?.to_owned(), Some(key)))).collect())
        }
        Expr::Call(call) if super::quoted::is_named(&call.func, "dict") => {
            let keywords = call.arguments.keywords.iter().filter_map(|keyword| keyword.arg.as_ref());
            Some(keywords.map(|name| (name.as_str().to_owned(), None)).collect())
        }
        Expr::Name(name) => {
            let assigned = context.uses.assigned_to(name.id.as_str());
            let assigned = assigned.filter(|(.., place)| place.scope == at.scope || place.scope == 0);
            let mut found = None;
            for (_, value, _) in assigned {
                if matches!(value, Expr::Name(_)) {
                    return None;
                }
                found.get_or_insert_with(Vec::new).extend(keys(context, value, at)?);
            }
            found
        }
        _ => None,
    }
}

/// Whether `expression` passes `test`.
pub(crate) fn passes(context: &Context<'_, '_>, test: &ValueTest, expression: &Expr, at: At) -> bool {
    let shown = literal(expression);
    let is_literal = |wanted: &[String]| shown.as_ref().is_some_and(|shown| wanted.contains(shown));
    if !test.literal.is_empty() && !is_literal(test.literal.as_slice()) {
        return false;
    }
    if is_literal(test.not_literal.as_slice()) {
        return false;
    }
    if !test.type_.is_empty() && is_of(context, test.type_.as_slice(), expression, at) != Some(true) {
        return false;
    }
    if !test.not_type.is_empty() && is_of(context, test.not_type.as_slice(), expression, at) != Some(false) {
        return false;
    }
    if let Some(pattern) = &test.matches
        && !string(expression).is_some_and(|text| context.rules.is_found(pattern, text))
    {
        return false;
    }
    let has_key = |key: &String| match expression {
        Expr::Dict(dict) if dict.items.iter().all(|item| item.key.is_some()) => {
            Some(dict.items.iter().any(|item| item.key.as_ref().and_then(string) == Some(key)))
        }
        _ => None,
    };
    test.with_key.as_ref().is_none_or(|key| has_key(key) == Some(true))
        && test.without_key.as_ref().is_none_or(|key| has_key(key) == Some(false))
}

/// Whether `expression` is an instance of one of `classes`: by the constructor it calls, or by its type. `None` when
/// neither is known.
fn is_of(context: &Context<'_, '_>, classes: &[String], expression: &Expr, at: At) -> Option<bool> {
    let classes: Vec<String> = classes.iter().flat_map(|class| context.canonical(class)).collect();
    if let Expr::Call(call) = expression
        && context.paths_of(&call.func, at).iter().any(|path| classes.contains(path))
    {
        return Some(true);
    }
    let of_sdk = classes.iter().any(|class| is_sdk_path(class));
    let found = if of_sdk { context.type_of(expression) } else { context.value_type_of(expression) };
    let of_builtin = |part: &Part| match part {
        Part::Literal(text) => {
            let class = match text.chars().next() {
                Some('"' | '\'') => "builtins.str",
                Some('T' | 'F') => "builtins.bool",
                _ => "builtins.int",
            };
            classes.iter().any(|wanted| wanted == class)
        }
        Part::None => classes.iter().any(|wanted| wanted == "None"),
        _ => false,
    };
    if found.parts.iter().any(of_builtin) {
        return Some(true);
    }
    found.is_instance(&classes)
}
