//! `get-context`: the server asked for the context of the request that is being answered. A handler takes it as a parameter.

use ruff_python_ast::{Expr, ExprCall, StmtFunctionDef};

use super::super::super::parse::span;
use super::super::callee;
use super::super::context::{Context, Hit};
use super::super::rewrite::{edit, importing};
use super::super::uses::{At, CallUse};
use super::super::value::string;
use super::registered::{Registered, registered};
use crate::fix::{Applicability, Fix};
use crate::rule::Rule;
use crate::rule::python::CheckMatch;
use crate::source::Span;

const SERVER: &str = "mcp.server.fastmcp.FastMCP";
const CONTEXT: &str = "mcp.server.fastmcp.Context";
const IMPORT: &str = "from mcp.server.mcpserver import Context";
const HANDLERS: &[(&str, &str)] = &[(SERVER, "tool"), (SERVER, "add_tool"), (SERVER, "prompt"), (SERVER, "resource")];

pub(super) fn hits<'a>(context: &Context<'a, '_>, rule: &'a Rule, _: &'a CheckMatch) -> Vec<Hit<'a>> {
    let wanted: Vec<String> =
        context.canonical(SERVER).into_iter().map(|class| format!("{class}.get_context")).collect();
    let asked = |call: &&CallUse<'_>| {
        matches!(&*call.node.func, Expr::Attribute(one) if one.attr.as_str() == "get_context"
            && callee::methods(context, &one.value, "get_context", call.at).iter().any(|path| wanted.contains(path)))
    };
    let calls: Vec<&CallUse<'_>> = context.uses.calls.iter().filter(asked).collect();
    if calls.is_empty() {
        return Vec::new();
    }
    let handlers = registered(context, HANDLERS);
    let hits = calls.into_iter().filter_map(|call| {
        let Expr::Attribute(attribute) = &*call.node.func else { return None };
        let hit =
            Hit::new(rule, span(&attribute.attr)).with("name", "get_context").with("value", context.source(call.node));
        Some(Hit { fix: fix(context, call.node, &attribute.value, call.at, &handlers), ..hit })
    });
    hits.collect()
}

fn fix(context: &Context<'_, '_>, call: &ExprCall, server: &Expr, at: At, handlers: &[Registered<'_>]) -> Option<Fix> {
    let function = context.uses.functions.get(at.function?)?;
    let name = function.node.name.as_str();
    if let Some(handler) = handlers.iter().find(|one| std::ptr::eq(one.function, function.node)) {
        return in_handler(context, call, handler);
    }
    // A test is no handler, so there is no request, and mcp 1 gave a context without one.
    if name.starts_with("test") && matches!(server, Expr::Name(_) | Expr::Attribute(_)) {
        let content = format!("Context(mcp_server={})", context.source(server));
        let edits = vec![edit(context, span(call), content)];
        let fix =
            Fix { title: "make a context without a request".to_owned(), applicability: Applicability::Unsafe, edits };
        return with_context(context, fix);
    }
    None
}

/// The handler's own context in the place of the call.
fn in_handler(context: &Context<'_, '_>, call: &ExprCall, handler: &Registered<'_>) -> Option<Fix> {
    let function = handler.function;
    let title = "take the context as a parameter".to_owned();
    let applicability = Applicability::Safe;
    if let Some(known) = taken(context, function, handler.at) {
        let edits = vec![edit(context, span(call), known)];
        return Some(Fix { title, applicability, edits });
    }
    let has_variables = || {
        let first = handler.call.and_then(|call| call.arguments.args.first());
        first.and_then(string).is_some_and(|uri| uri.contains('{'))
    };
    let module = context.module;
    let name = function.name.as_str();
    // Whoever calls it directly would have to pass one more argument.
    let is_called = context.uses.bound.contains_key(name) && handler.method != "add_tool"
        || context.uses.bound.get(name).is_some_and(|uses| uses.len() > 1)
        || context.uses.members.iter().any(|one| one.name() == name && one.call.is_some())
        || module.handed_on.is_used_elsewhere(&module.module.path, name);
    if (handler.method == "resource" && !has_variables()) || is_called || context.scopes.binds_anywhere("ctx") {
        return None;
    }
    let edits = vec![parameter(context, function)?, edit(context, span(call), "ctx")];
    with_context(context, Fix { title, applicability, edits })
}

/// The parameter that takes the context already.
fn taken(context: &Context<'_, '_>, function: &StmtFunctionDef, at: At) -> Option<String> {
    let wanted = context.canonical(CONTEXT);
    let is_context = |annotation: &Expr| {
        let class = match annotation {
            Expr::Subscript(subscript) => &*subscript.value,
            other => other,
        };
        context.paths_of(class, at).iter().any(|path| wanted.contains(path))
    };
    let mut parameters = function.parameters.iter();
    let found = parameters.find(|one| one.annotation().is_some_and(is_context))?;
    Some(found.name().as_str().to_owned())
}

/// `ctx: Context` behind the parameters that have no default.
fn parameter(context: &Context<'_, '_>, function: &StmtFunctionDef) -> Option<crate::fix::Edit> {
    let parameters = &function.parameters;
    let plain: Vec<Span> = parameters.posonlyargs.iter().chain(&parameters.args).map(span).collect();
    let required =
        parameters.posonlyargs.iter().chain(&parameters.args).take_while(|one| one.default.is_none()).count();
    let written = "ctx: Context";
    if let Some(last) = required.checked_sub(1).and_then(|last| plain.get(last)) {
        return Some(edit(context, Span::empty(last.end), format!(", {written}")));
    }
    let whole = span(&**parameters);
    let is_empty = parameters.iter().next().is_none();
    let content = if is_empty { written.to_owned() } else { format!("{written}, ") };
    let first = plain.first().map_or(whole.start + 1, |first| first.start);
    let is_open = context.text.get(whole.start..whole.start + 1)? == "(";
    // A list that begins with `*` takes nothing in front but this.
    let at = if plain.is_empty() && !is_empty { whole.start + usize::from(is_open) } else { first };
    (is_open || !plain.is_empty()).then(|| edit(context, Span::empty(at), content))
}

/// `fix` with `Context` imported, unless the module has it by either path.
fn with_context(context: &Context<'_, '_>, mut fix: Fix) -> Option<Fix> {
    let wanted = context.canonical(CONTEXT);
    let mut imports = context.uses.imports.iter().filter(|one| one.at.scope == 0 && !one.guard.is_typing);
    let is_known = imports
        .any(|one| one.bound() == "Context" && context.canonical(&one.path).iter().any(|path| wanted.contains(path)));
    fix.edits.sort_by_key(|edit| edit.span);
    if is_known { Some(fix) } else { importing(context, fix, &[IMPORT.to_owned()]) }
}
