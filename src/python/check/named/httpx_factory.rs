//! The HTTP client that the SDK is handed, or the function that builds it. The newer SDK wants httpx2's, and what is
//! written for httpx is another. What the SDK itself makes is right in both.

use ruff_python_ast::{Expr, Stmt};

use super::super::super::parse::span;
use super::super::callee::callees;
use super::super::context::{Context, Hit};
use super::super::quoted::is_named;
use super::super::rewrite::{edit, importing};
use super::super::uses::At;
use super::httpx_module;
use crate::finding::Confidence;
use crate::fix::{Applicability, Fix};
use crate::rule::Rule;
use crate::rule::python::CheckMatch;
use crate::source::Span;

const KEYWORD: &str = "httpx_client_factory";

/// The transport that takes a client, and the class of it.
const HANDED: &str = "mcp.client.streamable_http.streamable_http_client";
const CLIENT: &str = "httpx.AsyncClient";

/// What the SDK makes its own clients with.
const OWN_MAKER: &str = "mcp.shared._httpx_utils.create_mcp_http_client";

/// What takes a factory.
const TAKERS: [&str; 2] = ["mcp.client.sse.sse_client", "mcp.client.streamable_http.streamablehttp_client"];

pub(super) fn hits<'a>(context: &Context<'a, '_>, rule: &'a Rule, _: &'a CheckMatch) -> Vec<Hit<'a>> {
    let mut hits = Vec::new();
    for call in &context.uses.calls {
        let mut keywords = call.node.arguments.keywords.iter();
        let is_wanted = |name: &ruff_python_ast::Identifier| name.as_str() == KEYWORD;
        let Some(keyword) = keywords.find(|keyword| keyword.arg.as_ref().is_some_and(is_wanted)) else { continue };
        if !callees(context, call.node, call.at).iter().any(|callee| TAKERS.contains(&callee.path.as_str())) {
            continue;
        }
        if let Some(confidence) = builds_httpx(context, &keyword.value, call.at) {
            let hit = Hit::new(rule, span(&keyword.value))
                .with("argument", KEYWORD)
                .with("value", context.source(&keyword.value));
            let fix = made_by(context, &keyword.value).and_then(|at| with_httpx2(context, at));
            hits.push(Hit { fix, ..hit.at_most(confidence) });
        }
    }
    hits
}

/// A client of httpx's that a transport is handed.
pub(super) fn client<'a>(context: &Context<'a, '_>, rule: &'a Rule, _: &'a CheckMatch) -> Vec<Hit<'a>> {
    let mut hits = Vec::new();
    for call in &context.uses.calls {
        let mut keywords = call.node.arguments.keywords.iter();
        let Some(keyword) = keywords.find(|one| one.arg.as_ref().is_some_and(|name| name.as_str() == "http_client"))
        else {
            continue;
        };
        let takes = |callee: &super::super::callee::Callee| callee.path == HANDED;
        if !callees(context, call.node, call.at).iter().any(takes) || is_the_sdks(context, &keyword.value, call.at) {
            continue;
        }
        // What is called to make it gives httpx2's where the SDK does, and nothing else is left in such a module.
        let has_left = httpx_module::has_left(context, &format!("{}.{KEYWORD}", context.module.module.path))
            && context.newer_type_of(&keyword.value).is_instance(&[CLIENT.to_owned()]) != Some(true);
        if !has_left && context.is_instance(&keyword.value, &[CLIENT.to_owned()]) == Some(true) {
            let fix = client_call(context, &keyword.value, call.at).and_then(|at| with_httpx2(context, at));
            let hit = Hit::new(rule, span(keyword)).with("value", context.source(&keyword.value));
            hits.push(Hit { fix, ..hit });
        }
    }
    hits
}

/// What is written for httpx within `at`, or all of a module that moves, written for httpx2; `None` where a name of it was
/// imported by itself.
fn with_httpx2(context: &Context<'_, '_>, at: Span) -> Option<Fix> {
    if httpx_module::goes(context) {
        return httpx_module::whole(context);
    }
    let mut edits = Vec::new();
    for one in &context.uses.chains {
        let first = one.chain.parts.first()?.1;
        let is_within = at.start <= first.start && first.end <= at.end;
        if !is_within || !one.chain.whole().any(|path| is_httpx(&path)) {
            continue;
        }
        if one.chain.roots.iter().any(|root| root != "httpx") {
            return None;
        }
        edits.push(edit(context, first, "httpx2"));
    }
    edits.sort_by_key(|edit| edit.span);
    edits.dedup();
    let title = "write it for `httpx2`".to_owned();
    // Others may use the same for services that have nothing to do with the SDK.
    let fix = Fix { title, applicability: Applicability::Unsafe, edits };
    if fix.edits.is_empty() { None } else { importing(context, fix, &["import httpx2".to_owned()]) }
}

/// The call of httpx's class that makes `client`, here or at the one place where the name is bound.
fn client_call(context: &Context<'_, '_>, client: &Expr, at: At) -> Option<Span> {
    let made = |value: &Expr, at: At| match value {
        Expr::Call(call) => context.paths_of(&call.func, at).iter().any(|path| path == CLIENT).then(|| span(value)),
        _ => None,
    };
    let Expr::Name(name) = client else { return made(client, at) };
    let is_it = |target: &Expr| matches!(target, Expr::Name(target) if target.id == name.id);
    let uses = context.uses;
    let assigned = uses.assignments.iter().filter(|(target, _, of)| is_it(target) && of.scope == at.scope);
    let assigned = assigned.map(|(_, value, at)| (*value, *at));
    let withs = uses.withs.iter().filter(|(.., of)| of.scope == at.scope);
    let entered = withs.flat_map(|(items, _, at)| items.iter().map(move |item| (item, *at)));
    let entered = entered.filter(|(item, _)| item.optional_vars.as_deref().is_some_and(is_it));
    let entered = entered.map(|(item, at)| (&item.context_expr, at));
    let all: Vec<(&Expr, At)> = assigned.chain(entered).collect();
    match all.as_slice() {
        [(value, at)] => made(value, *at),
        _ => None,
    }
}

/// The lambda, or the one function of this module, that the factory is.
fn made_by(context: &Context<'_, '_>, factory: &Expr) -> Option<Span> {
    let Expr::Name(name) = factory else { return factory.is_lambda_expr().then(|| span(factory)) };
    let mut functions = context.uses.functions.iter().filter(|one| one.node.name.as_str() == name.id.as_str());
    let function = functions.next().filter(|_| functions.next().is_none())?;
    Some(span(function.node))
}

/// Whether the SDK's own function makes `client`, here or where the name is bound.
fn is_the_sdks(context: &Context<'_, '_>, client: &Expr, at: At) -> bool {
    let makes = |value: &Expr, at: At| match value {
        Expr::Call(call) => callees(context, call, at).iter().any(|callee| callee.path == OWN_MAKER),
        _ => false,
    };
    let Expr::Name(name) = client else { return makes(client, at) };
    let is_it = |target: &Expr| matches!(target, Expr::Name(target) if target.id == name.id);
    let uses = context.uses;
    uses.assignments.iter().any(|(target, value, at)| is_it(target) && makes(value, *at))
        || uses.withs.iter().any(|(items, _, at)| {
            let mut items = items.iter();
            items.any(|item| item.optional_vars.as_deref().is_some_and(is_it) && makes(&item.context_expr, *at))
        })
}

/// How sure it is that `factory` builds a client of httpx; `None` when it does not, or when nothing is known of it.
fn builds_httpx(context: &Context<'_, '_>, factory: &Expr, at: At) -> Option<Confidence> {
    match factory {
        Expr::Call(call) if is_named(&call.func, "partial") => builds_httpx(context, call.arguments.args.first()?, at),
        Expr::Lambda(lambda) => names_httpx(context, span(&*lambda.body)).then_some(Confidence::High),
        Expr::Name(_) | Expr::Attribute(_) => {
            let paths = context.paths_of(factory, at);
            if paths.iter().any(|path| is_httpx(path)) {
                return Some(Confidence::High);
            }
            let name = match factory {
                Expr::Name(name) => name.id.as_str(),
                Expr::Attribute(attribute) => attribute.attr.as_str(),
                _ => return None,
            };
            let is_method = factory.is_attribute_expr();
            let here = |path: &String| path.starts_with(&format!("{}.", context.module.module.path));
            if is_method || paths.iter().any(here) {
                let mut functions = context.uses.functions.iter().filter(|one| one.node.name.as_str() == name);
                return functions
                    .any(|one| {
                        names_httpx_in(context, &one.node.body) || returns_httpx(context, one.node.returns.as_deref())
                    })
                    .then_some(Confidence::High);
            }
            // Of a function in another module of the project only its name is known, and whether httpx is there.
            paths
                .iter()
                .any(|path| path.starts_with(':') && !httpx_module::has_left(context, path))
                .then_some(Confidence::Medium)
        }
        _ => None,
    }
}

fn is_httpx(path: &str) -> bool {
    path == "httpx" || path.starts_with("httpx.")
}

fn returns_httpx(context: &Context<'_, '_>, annotation: Option<&Expr>) -> bool {
    annotation.is_some_and(|annotation| names_httpx(context, span(annotation)))
}

fn names_httpx_in(context: &Context<'_, '_>, body: &[Stmt]) -> bool {
    body.iter().any(|statement| names_httpx(context, span(statement)))
}

/// Whether a class of httpx is called or named anywhere in `within`.
fn names_httpx(context: &Context<'_, '_>, within: Span) -> bool {
    context.uses.chains.iter().any(|one| {
        let start = one.chain.parts[0].1.start;
        let is_client = |path: &String| matches!(path.as_str(), "httpx.AsyncClient" | "httpx.Client");
        within.start <= start && start < within.end && one.chain.whole().any(|path| is_client(&path))
    })
}
