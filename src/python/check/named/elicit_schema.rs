//! `elicit-schema`: fields of models that are elicited, of types that the protocol does not know.

use std::collections::HashSet;

use ruff_python_ast::{Expr, Operator, Stmt, StmtAnnAssign};

use super::super::super::parse::span;
use super::super::callee::methods;
use super::super::context::{Context, Hit};
use super::super::quoted::is_named;
use super::super::uses::{At, ClassUse};
use crate::rule::Rule;
use crate::rule::python::CheckMatch;

/// What elicits: the class or module, the function, and the place of the schema among its arguments.
const CALLS: &[(&str, &str, usize)] =
    &[("mcp.server.fastmcp.Context", "elicit", 1), ("mcp.server.elicitation", "elicit_with_validation", 2)];

pub(super) fn hits<'a>(context: &Context<'a, '_>, rule: &'a Rule, _: &'a CheckMatch) -> Vec<Hit<'a>> {
    let wanted: Vec<(String, usize)> = CALLS
        .iter()
        .flat_map(|(owner, name, place)| {
            let owners = if owner.ends_with("Context") { context.canonical(owner) } else { vec![(*owner).to_owned()] };
            owners.into_iter().map(move |owner| (format!("{owner}.{name}"), *place))
        })
        .collect();
    let mut hits = Vec::new();
    let mut seen = HashSet::new();
    for call in &context.uses.calls {
        if !is_named(&call.node.func, "elicit") && !is_named(&call.node.func, "elicit_with_validation") {
            continue;
        }
        let mut found = context.paths_of(&call.node.func, call.at);
        if let Expr::Attribute(method) = &*call.node.func {
            found.extend(methods(context, &method.value, method.attr.as_str(), call.at));
        }
        let Some((_, place)) = wanted.iter().find(|(path, _)| found.contains(path)) else { continue };
        let Some(schema) = call.node.arguments.find_argument_value("schema", *place) else { continue };
        for path in context.paths_of(schema, call.at) {
            for class in models(context, path) {
                if seen.insert(span(class.node)) {
                    hits.extend(fields(context, rule, class));
                }
            }
        }
    }
    hits
}

/// The class of this module at `path`, and those of its bases that stand in this module as well.
fn models<'c, 't>(context: &'c Context<'_, 't>, path: String) -> Vec<&'c ClassUse<'t>> {
    let paths = context.ancestors(&path);
    context.uses.classes.iter().filter(|class| paths.contains(&class.path)).collect()
}

fn fields<'a>(context: &Context<'a, '_>, rule: &'a Rule, class: &ClassUse<'_>) -> Vec<Hit<'a>> {
    let mut hits = Vec::new();
    for statement in &class.node.body {
        let Stmt::AnnAssign(field) = statement else { continue };
        let Expr::Name(name) = &*field.target else { continue };
        if gives_schema(field) {
            continue;
        }
        if let Some(advice) = refused(context, &field.annotation, class.at) {
            let hit = Hit::new(rule, span(&*field.annotation)).with("name", name.id.as_str()).with("advice", advice);
            hits.push(hit);
        }
    }
    hits
}

/// Whether the field describes its own schema, `Field(json_schema_extra=…)`.
fn gives_schema(field: &StmtAnnAssign) -> bool {
    matches!(field.value.as_deref(), Some(Expr::Call(call)) if call.arguments.find_keyword("json_schema_extra").is_some())
}

/// Why a field of this annotation is refused, for what mcp 1 accepted.
fn refused(context: &Context<'_, '_>, annotation: &Expr, at: At) -> Option<&'static str> {
    let mut members = Vec::new();
    members_of(annotation, 0, &mut members);
    members.retain(|member| !member.is_none_literal_expr());
    match members.as_slice() {
        [one] => is_text_list(context, one, at).then_some("a list has to name the values it may hold"),
        [] => None,
        [..] => members
            .iter()
            .all(|member| is_primitive(member) || is_text_list(context, member, at))
            .then_some("a union of several types has no schema of the protocol"),
    }
}

/// The members of a union in any notation; a type alone is its own member.
fn members_of<'e>(annotation: &'e Expr, depth: usize, out: &mut Vec<&'e Expr>) {
    match annotation {
        _ if depth > 16 => out.push(annotation),
        Expr::BinOp(union) if union.op == Operator::BitOr => {
            members_of(&union.left, depth + 1, out);
            members_of(&union.right, depth + 1, out);
        }
        Expr::Subscript(subscript) if is_named(&subscript.value, "Optional") => members_of(&subscript.slice, depth + 1, out),
        Expr::Subscript(subscript) if is_named(&subscript.value, "Union") => match &*subscript.slice {
            Expr::Tuple(tuple) => tuple.elts.iter().for_each(|one| members_of(one, depth + 1, out)),
            one => members_of(one, depth + 1, out),
        },
        Expr::Subscript(subscript) if is_named(&subscript.value, "Annotated") => match &*subscript.slice {
            Expr::Tuple(tuple) => tuple.elts.first().into_iter().for_each(|one| members_of(one, depth + 1, out)),
            one => members_of(one, depth + 1, out),
        },
        _ => out.push(annotation),
    }
}

fn is_primitive(annotation: &Expr) -> bool {
    ["str", "int", "float", "bool"].iter().any(|name| is_named(annotation, name))
}

fn is_text_list(context: &Context<'_, '_>, annotation: &Expr, at: At) -> bool {
    let Expr::Subscript(subscript) = annotation else { return false };
    let is_list = context.paths_of(&subscript.value, at).iter().any(|path| {
        matches!(path.as_str(), "list" | "typing.List" | "typing.Sequence" | "collections.abc.Sequence")
    });
    is_list && is_named(&subscript.slice, "str")
}
