//! Names taken from a module that was imported by a string: `import_module("mcp.server.fastmcp").FastMCP`, of a variable
//! that holds such a module, and by `getattr`. The string moves with the module; what is taken from it moves with both.

use ruff_python_ast::{Expr, StringLiteral};

use super::super::parse::span;
use super::context::{Context, Hit};
use super::quoted::is_named;
use super::rewrite;
use super::symbol::{becomes, hit};
use super::uses::At;
use crate::fix::{Applicability, Fix};
use crate::packages::is_sdk_path;
use crate::rule::python::Role;
use crate::source::Span;

/// A name that is assigned in more places is not looked for.
const MAX_ASSIGNMENTS: usize = 64;

/// What gives the very module that a string names.
const IMPORTS: [&str; 2] = ["import_module", "importorskip"];

pub(super) fn hits<'a>(context: &Context<'a, '_>) -> Vec<Hit<'a>> {
    let mut hits = Vec::new();
    if context.uses.paths_in_text.is_empty() {
        return hits;
    }
    for member in &context.uses.members {
        if let Some(module) = module(context, &member.node.value, member.at) {
            hits.extend(taken(context, module, member.name(), span(&member.node.attr)));
        }
    }
    for call in context.uses.calls.iter().filter(|call| is_named(&call.node.func, "getattr")) {
        if let [of, Expr::StringLiteral(name), ..] = &*call.node.arguments.args
            && let [literal] = name.value.as_slice()
            && let Some(module) = module(context, of, call.at)
            && let Some(at) = within(context, literal)
        {
            hits.extend(taken(context, module, &literal.value, at));
        }
    }
    hits
}

/// The string that names the SDK's module that `expression` is.
fn module<'t>(context: &Context<'_, 't>, expression: &'t Expr, at: At) -> Option<&'t StringLiteral> {
    let Expr::Name(name) = expression else { return imported(expression) };
    let [_] = context.scopes.lookup(name.id.as_str(), at.scope)? else { return None };
    let scope = context.scopes.scope_of(name.id.as_str(), at.scope)?;
    let mut assigned = context.uses.assigned_to(name.id.as_str()).take(MAX_ASSIGNMENTS);
    // It is bound once in that scope, so there is no other.
    let (_, value, _) = assigned.find(|(target, _, at)| at.scope == scope && target.is_name_expr())?;
    imported(value)
}

/// `import_module("mcp.x")`, `sys.modules["mcp.x"]`.
fn imported(expression: &Expr) -> Option<&StringLiteral> {
    let string = match expression {
        Expr::Call(call) if IMPORTS.iter().any(|name| is_named(&call.func, name)) => call.arguments.args.first()?,
        Expr::Subscript(subscript) if is_named(&subscript.value, "modules") => &subscript.slice,
        _ => return None,
    };
    let Expr::StringLiteral(string) = string else { return None };
    let [literal] = string.value.as_slice() else { return None };
    is_sdk_path(&literal.value).then_some(literal)
}

/// Where the text of a string stands, if it stands there byte for byte.
fn within(context: &Context<'_, '_>, literal: &StringLiteral) -> Option<Span> {
    let whole = span(literal);
    let start = whole.start + context.text.get(whole.start..whole.end)?.find(&*literal.value)?;
    Some(Span::new(start, start + literal.value.len()))
}

/// The finding about `name`, which is taken from the module at `at`; none where the module's own finding says it all.
fn taken<'a>(context: &Context<'a, '_>, module: &StringLiteral, name: &str, at: Span) -> Option<Hit<'a>> {
    let of = |path: &str, roles: &[Role]| context.rules.symbols_at(path, roles, context.old).first().copied();
    let path = format!("{}.{name}", module.value);
    let found = of(&path, &[Role::Import, Role::Reference])?;
    let own = of(&module.value, &[Role::Text, Role::Import]);
    if own.is_some_and(|(_, entry)| std::ptr::eq(entry, found.1)) {
        return None;
    }
    let mut hit = hit(context, found, &path, at);
    let home = own.map_or(Some(module.value.to_string()), |(_, entry)| becomes(context, entry, &module.value));
    let new = becomes(context, found.1, &path);
    if let (Some(home), Some((new_home, new_name))) = (home, new.as_deref().and_then(|new| new.rsplit_once('.')))
        && new_home == home
    {
        let mut edits = vec![rewrite::edit(context, at, new_name)];
        if home != *module.value {
            edits.push(rewrite::edit(context, within(context, module)?, &home));
            edits.sort_by_key(|edit| edit.span);
        }
        let applicability = found.1.applicability.min(Applicability::Safe);
        hit.fix = Some(Fix { title: format!("write `{new_name}`"), applicability, edits });
    }
    Some(hit)
}
