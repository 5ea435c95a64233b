//! `RequestContext`, which became one class for servers and one for clients. Its first type argument says which of the two
//! is meant; the rewrite is offered where every use in the module says the same.

use ruff_python_ast::{Expr, ExprSubscript};

use super::super::super::parse::span;
use super::super::context::{Context, Hit};
use super::super::rewrite::imports::{Move, Plan, must_keep_name};
use super::super::rewrite::{edit, importing, replaced};
use super::super::uses::{At, ChainUse, ImportUse, key};
use super::super::value::string;
use crate::fix::{Applicability, Edit, Fix};
use crate::rule::Rule;
use crate::rule::python::{CheckMatch, Role};
use crate::source::Span;

/// The class that went, canonical.
const OLD: &str = "mcp.shared.context.RequestContext";

/// What callbacks of clients take and return, and nothing else does.
const OF_CLIENTS: [&str; 6] = [
    "CreateMessageRequestParams",
    "CreateMessageResult",
    "ElicitRequestParams",
    "ElicitRequestFormParams",
    "ElicitResult",
    "ListRootsResult",
];

/// Whose requests a context is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Server,
    Client,
}

impl Side {
    fn class(self) -> &'static str {
        match self {
            Self::Server => "mcp.server.ServerRequestContext",
            Self::Client => "mcp.client.ClientRequestContext",
        }
    }
}

pub(super) fn hits<'a>(context: &Context<'a, '_>, rule: &'a Rule, entry: &'a CheckMatch) -> Vec<Hit<'a>> {
    let mut hits = Vec::new();
    let hit = |at: Span, side: Option<Side>, fix: Option<Fix>| {
        let becomes = side.map_or("", Side::class);
        let hit = Hit::new(rule, at).with("name", "RequestContext").with("path", OLD).with("becomes", becomes);
        Hit { fix, ..hit.with("advice", entry.advice.clone().unwrap_or_default()) }
    };
    let is_old = |path: &str| context.old.canonical(path).is_some_and(|path| path == OLD);
    for import in context.uses.imports.iter().filter(|import| !import.is_star && is_old(&import.path)) {
        let is_served = import.guard.alternatives.iter().any(|path| path.ends_with("RequestContext"));
        if is_served {
            continue;
        }
        let uses = uses_of(context, import);
        let sides: Vec<_> = uses
            .iter()
            .map(|one| match one.subscript {
                Some(subscript) => side(context, subscript, one.at),
                None => of_neighbours(context, one),
            })
            .collect();
        // An annotation that tells nothing by itself means what the others mean.
        let is_open = |(one, side): (&&ChainUse<'_>, &Option<Side>)| {
            side.is_none()
                && one.subscript.is_none()
                && one.call.is_none()
                && one.roles.contains(&key(Role::Annotation))
        };
        let mut known = uses.iter().zip(&sides).filter(|one| !is_open(*one)).map(|(_, side)| *side);
        let side = match known.next() {
            Some(first) => first.filter(|first| known.all(|side| side == Some(*first))),
            None => of_imports(context),
        };
        let fix = side.and_then(|side| of_import(context, import, &uses, side));
        hits.push(hit(import.span(), side, fix));
    }
    for one in &context.uses.chains {
        for count in 2..=one.chain.parts.len() {
            if one.chain.paths(count).any(|path| is_old(&path)) {
                let subscript = one.subscript.filter(|_| count == one.chain.parts.len());
                let side = subscript.and_then(|subscript| side(context, subscript, one.at));
                let fix = side.zip(subscript).and_then(|(side, subscript)| of_attribute(context, one, subscript, side));
                hits.push(hit(one.chain.parts[count - 1].1, side, fix));
                break;
            }
        }
    }
    hits
}

/// The places that use the name which `import` binds.
fn uses_of<'c, 't>(context: &'c Context<'_, 't>, import: &ImportUse<'_>) -> Vec<&'c ChainUse<'t>> {
    let chains = context.uses.chains.iter();
    chains.filter(|one| one.chain.parts[0].0 == import.bound() && one.chain.roots.contains(&import.path)).collect()
}

/// The side that a first type argument stands for.
fn side(context: &Context<'_, '_>, subscript: &ExprSubscript, at: At) -> Option<Side> {
    let Expr::Tuple(items) = &*subscript.slice else { return None };
    let first = items.elts.first()?;
    let written = string(first).map(str::to_owned).into_iter();
    let mut names = written.chain(context.paths_of(first, at));
    names.find_map(|path| match path.rsplit('.').next()? {
        "ServerSession" => Some(Side::Server),
        "ClientSession" => Some(Side::Client),
        _ => None,
    })
}

/// The side of an annotation without type arguments: what else the function takes or returns tells it.
fn of_neighbours(context: &Context<'_, '_>, one: &ChainUse<'_>) -> Option<Side> {
    if one.call.is_some() || !one.roles.contains(&key(Role::Annotation)) {
        return None;
    }
    let at = one.chain.parts.first()?.1;
    let holds = |whole: Span| whole.start <= at.start && at.end <= whole.end;
    let function = context.uses.functions.iter().find(|function| holds(span(&*function.node.parameters)));
    let beside = function.iter().flat_map(|function| {
        let returned = function.node.returns.as_deref();
        let taken = function.node.parameters.iter().filter_map(|one| one.annotation());
        taken.chain(returned).map(|annotation| context.source(annotation))
    });
    let is_of_client = |text: &str| OF_CLIENTS.iter().any(|name| text.contains(name));
    beside.into_iter().any(is_of_client).then_some(Side::Client)
}

/// The side that all the module imports of the SDK is of.
fn of_imports(context: &Context<'_, '_>) -> Option<Side> {
    let imports = |side: &str| context.uses.imports.iter().any(|import| import.path.starts_with(side));
    let is_client = imports("mcp.client") || imports("mcp.ClientSession");
    let is_server = imports("mcp.server") || imports("mcp.ServerSession");
    match (is_client, is_server) {
        (true, false) => Some(Side::Client),
        (false, true) => Some(Side::Server),
        _ => None,
    }
}

/// The edit that leaves the session out of the type arguments.
fn without_session(context: &Context<'_, '_>, subscript: &ExprSubscript, side: Side) -> Option<Edit> {
    let Expr::Tuple(items) = &*subscript.slice else { return None };
    let gone = match side {
        Side::Server => Span::new(span(items.elts.first()?).start, span(items.elts.get(1)?).start),
        // A client's context has no type parameters.
        Side::Client => Span::new(span(&*subscript.value).end, span(subscript).end),
    };
    let has_comment = context.text.get(gone.start..gone.end)?.contains('#');
    (!has_comment).then(|| edit(context, gone, ""))
}

fn of_import(context: &Context<'_, '_>, import: &ImportUse<'_>, uses: &[&ChainUse<'_>], side: Side) -> Option<Fix> {
    let path = side.class().to_owned();
    let keeps_name = must_keep_name(context, import, &path);
    let mut plan = Plan::default();
    plan.add(import, Some(Move::Path { path, keeps_name }), Applicability::Unsafe);
    let mut fix = plan.fix(context, import, Applicability::Unsafe)?;
    for subscript in uses.iter().filter_map(|one| one.subscript) {
        fix.edits.push(without_session(context, subscript, side)?);
    }
    fix.edits.sort_by_key(|edit| edit.span);
    Some(fix)
}

fn of_attribute(context: &Context<'_, '_>, one: &ChainUse<'_>, subscript: &ExprSubscript, side: Side) -> Option<Fix> {
    let (module, name) = side.class().rsplit_once('.')?;
    let whole = Span::new(one.chain.parts.first()?.1.start, one.chain.parts.last()?.1.end);
    let mut fix = replaced(context, whole, name, Applicability::Unsafe);
    fix.edits.push(without_session(context, subscript, side)?);
    importing(context, fix, &[format!("from {module} import {name}")])
}
