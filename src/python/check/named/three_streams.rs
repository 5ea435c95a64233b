//! Finds three values taken from an HTTP transport that yields two: `async with`, `enter_async_context`, `[2]`.

use ruff_python_ast::{Expr, ExprTuple, Number};

use super::super::super::parse::span;
use super::super::context::{Context, Hit};
use super::super::rewrite::edit;
use super::super::uses::At;
use super::super::within;
use crate::fix::{Applicability, Fix};
use crate::rule::Rule;
use crate::rule::python::CheckMatch;
use crate::source::Span;

/// The transports that gave a callback as third value.
const TRANSPORTS: [&str; 2] =
    ["mcp.client.streamable_http.streamable_http_client", "mcp.client.streamable_http.streamablehttp_client"];

pub(super) fn run<'a>(context: &Context<'a, '_>, rule: &'a Rule, _: &'a CheckMatch) -> Vec<Hit<'a>> {
    let transports = named(context, &|value, at| transport(context, value, at, &[]));
    let streams = {
        let mut streams = named(context, &|value, at| entered(context, value, at, &transports));
        for (items, _, at) in &context.uses.withs {
            for item in *items {
                if let Some(name) = transport(context, &item.context_expr, *at, &transports)
                    && let Some(target) = item.optional_vars.as_deref()
                    && is_dotted(target)
                {
                    streams.push(Holder { name: context.source(target), owner: owner(target, *at), of: name });
                }
            }
        }
        streams
    };
    let mut hits = Vec::new();
    let mut unpacked = |target: &Expr, name: &str, at: At| {
        if let Some(tuple) = three(target) {
            let hit = Hit::new(rule, span(target)).with("name", name).with("value", context.source(target));
            hits.push(Hit { fix: fix(context, tuple, at), ..hit });
        }
    };
    for (items, _, at) in &context.uses.withs {
        for item in *items {
            if let Some(target) = item.optional_vars.as_deref()
                && let Some(name) = transport(context, &item.context_expr, *at, &transports)
            {
                unpacked(target, &name, *at);
            }
        }
    }
    for (target, value, at) in &context.uses.assignments {
        let name = entered(context, value, *at, &transports).or_else(|| held(context, value, *at, &streams));
        if let Some(name) = name {
            unpacked(target, &name, *at);
        }
    }
    for (subscript, at) in &context.uses.subscripts {
        let is_third = matches!(&*subscript.slice, Expr::NumberLiteral(number)
            if matches!(&number.value, Number::Int(index) if index.as_u8() == Some(2)));
        if is_third && let Some(name) = held(context, &subscript.value, *at, &streams) {
            let shown = context.source(*subscript);
            hits.push(Hit::new(rule, span(*subscript)).with("name", name).with("value", shown));
        }
    }
    hits
}

/// A name or attribute that holds a transport, or what one yielded.
struct Holder<'t> {
    name: &'t str,
    /// The function of a name, the class of an attribute of `self`.
    owner: Option<usize>,
    /// The transport's function.
    of: String,
}

fn owner(target: &Expr, at: At) -> Option<usize> {
    if target.is_attribute_expr() { at.class } else { at.function }
}

fn is_dotted(target: &Expr) -> bool {
    match target {
        Expr::Name(_) => true,
        Expr::Attribute(attribute) => attribute.value.is_name_expr(),
        _ => false,
    }
}

fn named<'t>(context: &Context<'_, 't>, of: &dyn Fn(&Expr, At) -> Option<String>) -> Vec<Holder<'t>> {
    let assignments = context.uses.assignments.iter().filter(|(target, ..)| is_dotted(target));
    let holders = assignments.filter_map(|(target, value, at)| {
        Some(Holder { name: context.source(*target), owner: owner(target, *at), of: of(value, *at)? })
    });
    holders.collect()
}

fn held(context: &Context<'_, '_>, value: &Expr, at: At, holders: &[Holder<'_>]) -> Option<String> {
    if !is_dotted(value) {
        return None;
    }
    let (name, owner) = (context.source(value), owner(value, at));
    holders.iter().find(|holder| holder.name == name && holder.owner == owner).map(|holder| holder.of.clone())
}

/// The function whose transport `expression` is.
fn transport(context: &Context<'_, '_>, expression: &Expr, at: At, holders: &[Holder<'_>]) -> Option<String> {
    let Expr::Call(call) = expression else { return held(context, expression, at, holders) };
    let found = context.paths_of(&call.func, at).into_iter().find(|path| TRANSPORTS.contains(&path.as_str()))?;
    found.rsplit('.').next().map(str::to_owned)
}

/// The function whose transport `expression` enters: `await stack.enter_async_context(…)`, `await client.__aenter__()`.
fn entered(context: &Context<'_, '_>, expression: &Expr, at: At, holders: &[Holder<'_>]) -> Option<String> {
    let Expr::Await(awaited) = expression else { return None };
    let Expr::Call(call) = &*awaited.value else { return None };
    let Expr::Attribute(attribute) = &*call.func else { return None };
    match (attribute.attr.as_str(), call.arguments.args.first()) {
        ("enter_async_context", Some(entered)) => transport(context, entered, at, holders),
        ("__aenter__", None) => transport(context, &attribute.value, at, holders),
        _ => None,
    }
}

/// A target that unpacks exactly three.
fn three(target: &Expr) -> Option<&ExprTuple> {
    let Expr::Tuple(tuple) = target else { return None };
    (tuple.elts.len() == 3 && !tuple.elts.iter().any(Expr::is_starred_expr)).then_some(tuple)
}

/// Drops the third name where nothing reads it.
fn fix(context: &Context<'_, '_>, tuple: &ExprTuple, at: At) -> Option<Fix> {
    let [_, second, third] = tuple.elts.as_slice() else { return None };
    let Expr::Name(name) = third else { return None };
    let name = name.id.as_str();
    // What a module binds may be read from elsewhere.
    let is_private = at.function.is_some() || name.starts_with('_');
    let body = at.function.map_or(context.body, |index| &context.uses.functions[index].node.body);
    let is_read = within::reads(body, name);
    if !is_private || is_read {
        return None;
    }
    let gone = Span::new(span(second).end, span(third).end);
    if context.text.get(gone.start..gone.end)?.contains('#') {
        return None;
    }
    let title = format!("unpack two values, without `{name}`");
    Some(Fix { title, applicability: Applicability::Safe, edits: vec![edit(context, gone, "")] })
}
