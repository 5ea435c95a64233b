//! `in-memory-session`: tests that connect to a server in memory. The helper is gone, `Client` serves instead; what it is not,
//! a `ClientSession`, is taken from it wherever the session goes elsewhere, so that nothing else has to change.

use std::collections::BTreeMap;

use ruff_python_ast::{Expr, ExprCall, WithItem};

use super::super::super::parse::span;
use super::super::context::{Context, Hit};
use super::super::rewrite::{self, added, edit, imports};
use super::super::symbol::is_served;
use super::super::uses::{At, ChainUse, ImportUse};
use super::in_memory_uses::uses_of;
use crate::fix::{Applicability, Edit, Fix};
use crate::rule::Rule;
use crate::rule::python::CheckMatch;
use crate::source::{Span, line_start};

const HELPER: &str = "create_connected_server_and_client_session";
const HOME: &str = "mcp.shared.memory";
/// The parameters of the helper, in their order. `Client` has them all, by keyword behind the first.
const PARAMETERS: [&str; 9] = [
    "server",
    "read_timeout_seconds",
    "sampling_callback",
    "list_roots_callback",
    "logging_callback",
    "message_handler",
    "client_info",
    "raise_exceptions",
    "elicitation_callback",
];
const LEGACY: &str = "mode=\"legacy\"";

pub(super) fn hits<'a>(context: &Context<'a, '_>, rule: &'a Rule, _: &'a CheckMatch) -> Vec<Hit<'a>> {
    let path = format!("{HOME}.{HELPER}");
    let imports: Vec<&ImportUse<'_>> =
        context.uses.imports.iter().filter(|one| one.path == path && !is_served(one, context.new)).collect();
    let is_bound = |one: &ChainUse<'_>| {
        let first = one.chain.parts.first().map(|(name, _)| *name);
        one.chain.parts.len() == 1 && imports.iter().any(|import| Some(import.bound()) == first)
    };
    let leads =
        |one: &&ChainUse<'_>| one.chain.whole().any(|one| one == path || context.canonical(&one).contains(&path));
    let uses: Vec<&ChainUse<'_>> = context.uses.chains.iter().filter(leads).collect();
    // Names that the module gave the helper itself need no word of their own.
    let written = |one: &&&ChainUse<'_>| one.chain.parts.last().is_some_and(|(name, _)| *name == HELPER);
    let places = imports.iter().map(|one| one.span());
    let others = uses.iter().filter(|one| !is_bound(one)).filter(written);
    let others = others.filter_map(|one| one.chain.parts.last().map(|(_, at)| *at));
    let fix = fix(context, &imports, &uses);
    let hit =
        |at: Span| Hit { fix: fix.clone(), ..Hit::new(rule, at).with("name", HELPER).with("path", path.as_str()) };
    places.chain(others).map(hit).collect()
}

/// All of the module in one: the import, and every use.
fn fix(context: &Context<'_, '_>, imports: &[&ImportUse<'_>], uses: &[&ChainUse<'_>]) -> Option<Fix> {
    let is_plain =
        |one: &&&ImportUse<'_>| one.at.scope == 0 && !one.guard.is_caught && one.guard.alternatives.is_empty();
    let import = match imports {
        [] => None,
        [one] if is_plain(&one) => Some(*one),
        _ => return None,
    };
    // What comes by way of another module of the project changes with that one.
    let is_direct = |one: &&ChainUse<'_>| {
        one.chain.roots.iter().all(|root| root.starts_with(HOME) || HOME.starts_with(root.as_str()))
    };
    if !uses.iter().all(is_direct) || (uses.is_empty() && import.is_none()) {
        return None;
    }
    let module = context.module;
    let is_handed_on = import.is_some_and(|one| {
        let name = one.bound();
        module.path.ends_with("__init__.py")
            || context.uses.listed.contains(name)
            || module.handed_on.is_used_elsewhere(&module.module.path, name)
    });
    let mut edits = if is_handed_on { None } else { direct(context, import, uses) };
    if edits.is_none() {
        edits = kept(context, import, uses);
    }
    let mut edits = edits?;
    edits.sort_by_key(|edit| edit.span);
    edits.dedup();
    Some(Fix { title: "connect with `Client`".to_owned(), applicability: Applicability::Safe, edits })
}

/// How `Client` is imported, and what it is called here.
fn client(context: &Context<'_, '_>) -> Option<(String, &'static str)> {
    let spellings = [("Client", "from mcp import Client"), ("Client", "from mcp.client import Client")];
    let known = spellings.iter().find(|(_, import)| added::is_imported(context, import, 0) == Some(true));
    let (name, import) = known.copied().unwrap_or(if context.scopes.binds_anywhere("Client") {
        ("MCPClient", "from mcp import Client as MCPClient")
    } else {
        spellings[0]
    });
    added::is_imported(context, import, 0).map(|_| (import.to_owned(), name))
}

fn callee(one: &ChainUse<'_>) -> Option<Span> {
    Some(Span::new(one.chain.parts.first()?.1.start, one.chain.parts.last()?.1.end))
}

/// `async with Client(server, mode="legacy") as client`, where every use is of a kind that allows it.
fn direct(context: &Context<'_, '_>, import: Option<&ImportUse<'_>>, uses: &[&ChainUse<'_>]) -> Option<Vec<Edit>> {
    let (needed, name) = client(context)?;
    let mut edits = match import {
        Some(import) => imports::exchanged(context, import, &[needed])?,
        None => added::insertion(context, &needed)?,
    };
    let items = entered(context);
    let mut held: Vec<(&WithItem, At)> = Vec::new();
    for one in uses {
        let call = one.call?;
        edits.push(edit(context, callee(one)?, name));
        arguments(context, call, &mut edits)?;
        edits.extend(rewrite::insert(context, LEGACY, Applicability::Safe, call)?.edits);
        let whole = span(call);
        if let Some((item, at)) = items.get(&(whole.start, whole.end)) {
            held.push((item, *at));
        } else {
            let (awaited, is_used) = stacked(context, call)?;
            if is_used {
                edits.push(edit(context, Span::empty(awaited.start), "("));
                edits.push(edit(context, Span::empty(awaited.end), ").session"));
            }
        }
    }
    let mut done: Vec<(Option<usize>, &str)> = Vec::new();
    for (item, at) in &held {
        let Some(target) = item.optional_vars.as_deref() else { continue };
        let Expr::Name(name) = target else { return None };
        let owner = (at.function, name.id.as_str());
        if !done.contains(&owner) {
            done.push(owner);
            let of_name = |(other, place): &&(&WithItem, At)| {
                let same = matches!(other.optional_vars.as_deref(), Some(Expr::Name(one)) if one.id == name.id);
                same && place.function == at.function
            };
            let bound: Vec<&WithItem> = held.iter().filter(of_name).map(|(item, _)| *item).collect();
            let function = context.uses.functions.get(at.function?)?.node;
            let more = uses_of(context, function, name.id.as_str(), &bound)?;
            edits.extend(more);
        }
    }
    Some(edits)
}

/// What `async with` enters, by its bytes.
fn entered<'t>(context: &Context<'_, 't>) -> BTreeMap<(usize, usize), (&'t WithItem, At)> {
    let all = context.uses.withs.iter().flat_map(|(items, _, at)| items.iter().map(move |item| (item, *at)));
    all.map(|(item, at)| {
        let whole = span(&item.context_expr);
        ((whole.start, whole.end), (item, at))
    })
    .collect()
}

/// `await stack.enter_async_context(call)`, and whether its value is used.
fn stacked(context: &Context<'_, '_>, call: &ExprCall) -> Option<(Span, bool)> {
    let within = span(call);
    let outer = context.uses.calls.iter().find(|one| {
        let entered = one.node.arguments.args.first().is_some_and(|first| span(first) == within);
        entered && super::super::quoted::is_named(&one.node.func, "enter_async_context")
    })?;
    let whole = span(outer.node);
    let before = context.text.get(..whole.start)?.trim_end();
    let start = before.strip_suffix("await")?.len();
    let line = line_start(context.text, start);
    Some((Span::new(start, whole.end), !context.text[line..start].trim().is_empty()))
}

/// Keywords for what `Client` takes by keyword only, and the server itself in the place of its inner one.
fn arguments(context: &Context<'_, '_>, call: &ExprCall, edits: &mut Vec<Edit>) -> Option<()> {
    let args = &call.arguments.args;
    let is_unpacked = call.arguments.keywords.iter().any(|keyword| keyword.arg.is_none());
    if args.iter().any(Expr::is_starred_expr) || is_unpacked || args.len() > PARAMETERS.len() {
        return None;
    }
    for (value, parameter) in args.iter().zip(PARAMETERS).skip(1) {
        edits.push(edit(context, Span::empty(span(value).start), format!("{parameter}=")));
    }
    let by_keyword =
        || call.arguments.keywords.iter().find(|one| one.arg.as_ref().is_some_and(|name| name == "server"));
    let server = args.first().or_else(|| by_keyword().map(|keyword| &keyword.value))?;
    if let Expr::Attribute(inner) = server
        && matches!(inner.attr.as_str(), "_mcp_server" | "_lowlevel_server")
        && context.is_instance(&inner.value, &context.canonical("mcp.server.fastmcp.FastMCP")) == Some(true)
    {
        edits.push(edit(context, Span::new(span(&*inner.value).end, span(inner).end), ""));
    }
    Some(())
}

/// The helper itself, as a function of the module, where it is more than called: handed on, stored, returned.
fn kept(context: &Context<'_, '_>, import: Option<&ImportUse<'_>>, uses: &[&ChainUse<'_>]) -> Option<Vec<Edit>> {
    let name = import.map_or(HELPER, |one| one.bound());
    let (needed, client) = client(context)?;
    let mut edits = Vec::new();
    let is_typed = context.uses.functions.iter().any(|one| one.node.returns.is_some());
    let typed = [
        "from collections.abc import AsyncIterator",
        "from contextlib import asynccontextmanager",
        "from typing import Any",
    ];
    let mut needed = match is_typed {
        true => typed
            .iter()
            .map(|one| (*one).to_owned())
            .chain([needed, "from mcp import ClientSession".to_owned()])
            .collect(),
        false => vec![typed[1].to_owned(), needed],
    };
    // A name that is there by another path will do.
    let is_there = |import: &String| {
        let local = import.rsplit(' ').next().unwrap_or_default();
        let imports = context.uses.imports.iter().filter(|one| one.at.scope == 0 && !one.guard.is_typing);
        imports.filter(|one| one.bound() == local).any(|one| one.path.ends_with(&format!(".{local}")))
    };
    needed.retain(|import| !is_there(import));
    match import {
        Some(import) => edits.extend(imports::exchanged(context, import, &[])?),
        None if context.scopes.binds_anywhere(HELPER) => return None,
        None => {}
    }
    for import in &needed {
        imports::merge(&mut edits, added::insertion(context, import)?);
    }
    for one in uses {
        if one.chain.parts.len() > 1 {
            edits.push(edit(context, callee(one)?, name));
        }
        if let Some(call) = one.call {
            for (value, parameter) in call.arguments.args.iter().zip(PARAMETERS).skip(1) {
                edits.push(edit(context, Span::empty(span(value).start), format!("{parameter}=")));
            }
        }
    }
    let signature = match is_typed {
        true => "(server: Any, **options: Any) -> AsyncIterator[ClientSession]",
        false => "(server, **options)",
    };
    let function = format!(
        "@asynccontextmanager\nasync def {name}{signature}:\n    \"\"\"Connect a client session to `server`, in memory.\"\"\"\n    \
         async with {client}(server, {LEGACY}, **options) as client:\n        yield client.session\n\n\n"
    );
    let at = added::behind_imports(context)?;
    let above = context.text[..at].trim_end();
    let gap = "\n".repeat(3_usize.saturating_sub(context.text[above.len()..at].matches('\n').count()));
    let function = format!("{gap}{function}").replace('\n', imports::newline(context.text));
    edits.push(edit(context, Span::empty(at), function));
    Some(edits)
}
