//! Names of the project's own modules that tests patch: `patch("app.server.FastMCP")`, `patch.object(server, "FastMCP")`.
//! Once the import in that module was rewritten, the module has the SDK's class by its new name only, and the patch must
//! say that.

use ruff_python_ast::{Expr, StringLiteral};

use super::super::names::chain_of;
use super::super::parse::span;
use super::compiled::stands_in;
use super::context::{Context, Hit};
use super::quoted::is_named;
use super::rewrite;
use super::uses::PathText;
use crate::fix::Applicability;
use crate::packages::is_sdk_path;
use crate::rule::Rule;
use crate::rule::python::{Role, SymbolMatch};
use crate::source::Span;

pub(super) fn hits<'a>(context: &Context<'a, '_>, hits: &mut Vec<Hit<'a>>) {
    let modules = context.module.modules;
    for (literal, kind) in &context.uses.paths_in_text {
        let text = &*literal.value;
        if *kind == PathText::Patch
            && !is_sdk_path(text)
            && let Some((module, rest)) = modules.split(text, &context.module.module.path)
        {
            hits.extend(stale(context, module, rest.split('.').next().unwrap_or(rest), literal));
        }
    }
    for call in &context.uses.calls {
        let is_patch = ["object", "setattr", "delattr"].iter().any(|name| is_named(&call.node.func, name));
        let [target, Expr::StringLiteral(string), ..] = &*call.node.arguments.args else { continue };
        let ([literal], true) = (string.value.as_slice(), is_patch) else { continue };
        let chain = chain_of(target, context.scopes, call.at.scope, &context.module.module.path);
        for path in chain.iter().flat_map(|chain| chain.whole()) {
            if let Some((module, "")) = modules.split(&path, &context.module.module.path) {
                hits.extend(stale(context, module, &literal.value, literal));
            }
        }
    }
}

/// The hit on `name` in `literal`, which the project's `module` does not have and had before its import was rewritten.
fn stale<'a>(context: &Context<'a, '_>, module: &str, name: &str, literal: &StringLiteral) -> Option<Hit<'a>> {
    let modules = context.module.modules;
    if name.is_empty() || modules.may_bind(module, name) {
        return None;
    }
    let has = |becomes: &str| {
        let bound = modules.bound_in(module, becomes.rsplit('.').next()?)?;
        let meant = context.new.canonical(becomes)?;
        Some(bound.iter().any(|path| is_sdk_path(path) && context.new.canonical(path).as_ref() == Some(&meant)))
    };
    let roles = [Role::Text, Role::Import];
    let is_it = |entry: &SymbolMatch| stands_in(entry, &roles) && entry.becomes.as_deref().and_then(has) == Some(true);
    let (path, (rule, entry)): (&str, (&Rule, &SymbolMatch)) =
        context.rules.symbols_called(name).find(|(_, (_, entry))| is_it(entry))?;
    let becomes = entry.becomes.as_deref()?;
    let whole = span(literal);
    // Only a plain string has its path byte for byte in the source, and the name is what stands last of its kind there.
    let source = context.text.get(whole.start..whole.end)?;
    let at = source.rfind(name).map(|offset| Span::new(whole.start + offset, whole.start + offset + name.len()));
    let hit = Hit::new(rule, at.unwrap_or(whole))
        .with("name", name)
        .with("path", path)
        .with("value", name)
        .with("becomes", becomes)
        .with("advice", entry.advice.clone().unwrap_or_default());
    let new = becomes.rsplit('.').next().unwrap_or(becomes);
    let fix = at.map(|at| rewrite::replaced(context, at, new, Applicability::Safe));
    Some(Hit { fix, ..hit })
}
