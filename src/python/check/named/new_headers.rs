//! Finds lists of allowed headers without the new ones, and headers that newer requests no longer carry.

use ruff_python_ast::{Expr, ExprContext};

use super::super::super::parse::span;
use super::super::context::{Context, Hit};
use super::super::rewrite::edit;
use super::super::value::string;
use crate::fix::{Applicability, Fix};
use crate::rule::Rule;
use crate::rule::python::CheckMatch;
use crate::source::Span;

/// The headers that requests of the revision 2026-07-28 always or often carry.
const NEW: [&str; 2] = ["Mcp-Method", "Mcp-Name"];

pub(super) fn run<'a>(context: &Context<'a, '_>, rule: &'a Rule, _: &'a CheckMatch) -> Vec<Hit<'a>> {
    let mut hits = Vec::new();
    if !context.module.imports_sdk {
        return hits;
    }
    for call in &context.uses.calls {
        let keywords = call.node.arguments.keywords.iter();
        let lists = keywords.filter(|one| one.arg.as_ref().is_some_and(|name| name.as_str() == "allow_headers"));
        for (list, missing) in lists.filter_map(|one| Some((&one.value, missing(&one.value)?))) {
            let hit = Hit::new(rule, span(list)).with("value", context.source(list));
            let advice = format!("allow {} here", missing.join(" and "));
            hits.push(Hit { fix: fix(context, list, &missing), ..hit.with("advice", advice) });
        }
    }
    for (subscript, _) in &context.uses.subscripts {
        let is_session = string(&subscript.slice).is_some_and(|name| name.eq_ignore_ascii_case("mcp-session-id"));
        if is_session && subscript.ctx == ExprContext::Load && is_of_request(context, &subscript.value) {
            let hit = Hit::new(rule, span(*subscript)).with("value", context.source(*subscript));
            hits.push(hit.with("advice", "read it with `.get()`, and decide what no session means"));
        }
    }
    hits
}

/// The new headers that a list of headers leaves out; `None` when it is no list, or lets everything through.
fn missing(list: &Expr) -> Option<Vec<String>> {
    let elements = elements(list)?;
    let names: Vec<&str> = elements.iter().map(string).collect::<Option<_>>()?;
    if names.contains(&"*") {
        return None;
    }
    let missing = NEW.iter().filter(|new| !names.iter().any(|name| name.eq_ignore_ascii_case(new)));
    let missing: Vec<String> = missing.map(|new| format!("`{new}`")).collect();
    (!missing.is_empty()).then_some(missing)
}

fn elements(list: &Expr) -> Option<&[Expr]> {
    match list {
        Expr::List(list) => Some(&list.elts),
        Expr::Tuple(tuple) => Some(&tuple.elts),
        Expr::Set(set) => Some(&set.elts),
        _ => None,
    }
}

/// Whether `headers` are those of what the code calls a request: responses keep theirs.
fn is_of_request(context: &Context<'_, '_>, headers: &Expr) -> bool {
    let Expr::Attribute(attribute) = headers else { return false };
    let holder = context.source(&*attribute.value);
    let last = holder.rsplit('.').next().unwrap_or(holder);
    attribute.attr.as_str() == "headers" && (last.ends_with("request") || last == "req")
}

fn fix(context: &Context<'_, '_>, list: &Expr, missing: &[String]) -> Option<Fix> {
    let last = elements(list)?.last()?;
    let quote = if context.source(last).ends_with('\'') { '\'' } else { '"' };
    let added: String = missing.iter().map(|name| format!(", {quote}{}{quote}", name.trim_matches('`'))).collect();
    let edits = vec![edit(context, Span::empty(span(last).end), added)];
    Some(Fix { title: format!("allow {}", missing.join(" and ")), applicability: Applicability::Unsafe, edits })
}
