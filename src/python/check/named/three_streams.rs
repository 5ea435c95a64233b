//! Finds three values taken from an HTTP transport that yields two: `async with`, `enter_async_context`, `[2]`.

use ruff_python_ast::{Expr, ExprTuple, Keyword, Number};

use super::super::super::parse::span;
use super::super::context::{Context, Hit};
use super::super::rewrite::{edit, streamable};
use super::super::uses::{At, PathText};
use super::super::within;
use crate::finding::Confidence;
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
    let mut unpacked = |target: &Expr, of: &Of, at: At| {
        if let Some(tuple) = three(target) {
            let hit = Hit::new(rule, span(target)).with("name", of.name()).with("value", context.source(target));
            let fix = if of.keeps_three { None } else { without_third(context, tuple, at) };
            hits.push(Hit { fix, ..hit });
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
        if is_third && let Some(of) = held(context, &subscript.value, *at, &streams) {
            let shown = context.source(*subscript);
            hits.push(Hit::new(rule, span(*subscript)).with("name", of.name()).with("value", shown));
        }
    }
    faked(context, rule, &mut hits);
    hits
}

/// Three values that a fake for the transport gives, in a test that patches it by name.
fn faked<'a>(context: &Context<'a, '_>, rule: &'a Rule, hits: &mut Vec<Hit<'a>>) {
    let is_transport = |text: &str| TRANSPORTS.iter().any(|path| path.rsplit('.').next() == text.rsplit('.').next());
    let mut patched = context.uses.paths_in_text.iter().filter(|(_, kind)| *kind == PathText::Patch);
    let Some((patched, _)) = patched.find(|(literal, _)| is_transport(&literal.value)) else { return };
    let name = patched.value.rsplit('.').next().unwrap_or_default();
    for (target, value, _) in &context.uses.assignments {
        let target = context.source(*target);
        let given = match value {
            _ if target.ends_with(".__aenter__.return_value") => *value,
            Expr::Call(call) if target.ends_with(".__aenter__") => {
                let is_it = |one: &&Keyword| one.arg.as_ref().is_some_and(|name| name.as_str() == "return_value");
                let Some(keyword) = call.arguments.keywords.iter().find(is_it) else { continue };
                &keyword.value
            }
            _ => continue,
        };
        let Some([_, second, third]) = three(given).map(|tuple| tuple.elts.as_slice()) else { continue };
        let gone = Span::new(span(second).end, span(third).end);
        if context.text.get(gone.start..gone.end).is_none_or(|text| text.contains('#')) {
            continue;
        }
        let title = "give two values".to_owned();
        // Another fake of the same file may stand for something that still gives three.
        let fix = Fix { title, applicability: Applicability::Unsafe, edits: vec![edit(context, gone, "")] };
        let hit = Hit::new(rule, span(given)).with("name", name).with("value", context.source(given));
        hits.push(Hit { fix: Some(fix), ..hit.at_most(Confidence::Medium) });
    }
}

/// A name or attribute that holds a transport, or what one yielded.
struct Holder<'t> {
    name: &'t str,
    /// The function of a name, the class of an attribute of `self`.
    owner: Option<usize>,
    of: Of,
}

/// The transport that something comes from.
#[derive(Clone)]
struct Of {
    /// The path of its function.
    path: String,
    /// Whether what is written for the call goes on giving three values.
    keeps_three: bool,
}

impl Of {
    fn name(&self) -> &str {
        self.path.rsplit('.').next().unwrap_or(&self.path)
    }
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

fn named<'t>(context: &Context<'_, 't>, of: &dyn Fn(&Expr, At) -> Option<Of>) -> Vec<Holder<'t>> {
    let assignments = context.uses.assignments.iter().filter(|(target, ..)| is_dotted(target));
    let holders = assignments.filter_map(|(target, value, at)| {
        Some(Holder { name: context.source(*target), owner: owner(target, *at), of: of(value, *at)? })
    });
    holders.collect()
}

fn held(context: &Context<'_, '_>, value: &Expr, at: At, holders: &[Holder<'_>]) -> Option<Of> {
    if !is_dotted(value) {
        return None;
    }
    let (name, owner) = (context.source(value), owner(value, at));
    holders.iter().find(|holder| holder.name == name && holder.owner == owner).map(|holder| holder.of.clone())
}

/// The function whose transport `expression` is.
fn transport(context: &Context<'_, '_>, expression: &Expr, at: At, holders: &[Holder<'_>]) -> Option<Of> {
    let Expr::Call(call) = expression else { return held(context, expression, at, holders) };
    let found = context.paths_of(&call.func, at).into_iter().find(|path| TRANSPORTS.contains(&path.as_str()))?;
    Some(Of { keeps_three: streamable::keeps_three(context, call, at, &found), path: found })
}

/// The function whose transport `expression` enters: `await stack.enter_async_context(…)`, `await client.__aenter__()`.
fn entered(context: &Context<'_, '_>, expression: &Expr, at: At, holders: &[Holder<'_>]) -> Option<Of> {
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
pub(in crate::python::check) fn three(target: &Expr) -> Option<&ExprTuple> {
    let Expr::Tuple(tuple) = target else { return None };
    (tuple.elts.len() == 3 && !tuple.elts.iter().any(Expr::is_starred_expr)).then_some(tuple)
}

/// Drops the third name where nothing reads it.
pub(in crate::python::check) fn without_third(context: &Context<'_, '_>, tuple: &ExprTuple, at: At) -> Option<Fix> {
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
