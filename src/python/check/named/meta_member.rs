//! What a client adds to a request's metadata, read as an attribute: `meta.tenant`, `getattr(meta, "tenant", None)`. The
//! metadata is a dictionary then, and the data of a rule cannot list names that every application makes up itself.

use ruff_python_ast::Expr;

use super::super::super::parse::span;
use super::super::super::types::Part;
use super::super::context::{Context, Hit};
use super::super::quoted::is_named;
use super::super::rewrite::replaced;
use super::super::value::string;
use crate::fix::Applicability;
use crate::rule::Rule;
use crate::rule::python::CheckMatch;

/// The classes whose objects became dictionaries.
const CLASSES: [&str; 2] = ["mcp.types.RequestParams.Meta", "mcp.types.NotificationParams.Meta"];

/// The key under which the newer SDK keeps what was the attribute `name`.
fn key(name: &str) -> &str {
    if name == "progressToken" { "progress_token" } else { name }
}

/// Whether `expression` is metadata, and whether it may be `None`.
fn metadata(context: &Context<'_, '_>, expression: &Expr) -> Option<bool> {
    let found = context.type_of(expression);
    let is_metadata = |part: &Part| match part {
        Part::Instance(class) => CLASSES.iter().any(|meta| class.is(meta)),
        _ => false,
    };
    found.parts.iter().any(is_metadata).then(|| !found.parts.iter().all(is_metadata))
}

/// `meta.tenant`, but for names that the class itself has.
pub(super) fn attributes<'a>(context: &Context<'a, '_>, rule: &'a Rule, _: &'a CheckMatch) -> Vec<Hit<'a>> {
    let mut hits = Vec::new();
    for member in &context.uses.members {
        let name = member.name();
        let is_own = name.starts_with('_')
            || name.starts_with("model_")
            || matches!(name, "progressToken" | "dict" | "json" | "copy" | "get" | "items" | "keys" | "values");
        if is_own || metadata(context, &member.node.value).is_none() {
            continue;
        }
        let place = span(&member.node.attr);
        let mut hit = Hit::new(rule, place).with("name", name).with("becomes", format!("get(\"{name}\")"));
        if member.node.ctx.is_load() {
            let becomes = format!("get(\"{name}\")");
            hit.fix = Some(replaced(context, place, &becomes, Applicability::Unsafe));
        }
        hits.push(hit);
    }
    hits
}

/// `getattr(meta, "tenant", None)` and `hasattr(meta, "tenant")`.
pub(super) fn strings<'a>(context: &Context<'a, '_>, rule: &'a Rule, _: &'a CheckMatch) -> Vec<Hit<'a>> {
    let mut hits = Vec::new();
    for call in &context.uses.calls {
        let is_test = is_named(&call.node.func, "hasattr");
        if !is_test && !is_named(&call.node.func, "getattr") || !call.node.arguments.keywords.is_empty() {
            continue;
        }
        let [of, name, default @ ..] = &*call.node.arguments.args else { continue };
        let Some(text) = string(name).filter(|name| !name.starts_with('_') && !name.starts_with("model_")) else {
            continue;
        };
        let Some(may_be_none) = metadata(context, of) else { continue };
        let receiver = match (may_be_none, of) {
            (true, _) => format!("({} or {{}})", context.source(of)),
            (false, Expr::Name(_) | Expr::Attribute(_) | Expr::Call(_) | Expr::Subscript(_)) => {
                context.source(of).to_owned()
            }
            (false, _) => format!("({})", context.source(of)),
        };
        let key = key(text);
        let written = match (is_test, default) {
            (true, _) => format!("(\"{key}\" in {receiver})"),
            (false, [default]) if !default.is_none_literal_expr() => {
                format!("{receiver}.get(\"{key}\", {})", context.source(default))
            }
            (false, _) => format!("{receiver}.get(\"{key}\")"),
        };
        let mut hit = Hit::new(rule, span(name)).with("name", text).with("becomes", format!("get(\"{key}\")"));
        hit.fix = Some(replaced(context, span(call.node), &written, Applicability::Unsafe));
        hits.push(hit);
    }
    hits
}
