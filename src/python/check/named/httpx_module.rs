//! Modules that use httpx for the SDK alone: they move to httpx2 as a whole. What others then still say of their httpx
//! is found afterwards, and so is what of httpx they are handed from modules that stay.

use ruff_python_ast::{Expr, Stmt};

use super::super::super::parse::span;
use super::super::context::{Context, Hit};
use super::super::rewrite::added::is_imported;
use super::super::rewrite::edit;
use super::super::rewrite::imports::without_name;
use super::super::uses::{ImportUse, PathText};
use crate::fix::{Applicability, Edit, Fix};
use crate::packages::is_sdk_path;
use crate::rule::Rule;
use crate::rule::python::CheckMatch;
use crate::source::Span;

const OLD: &str = "httpx";
const NEW: &str = "httpx2";

/// What authenticates requests with httpx, and is no part of it.
const SIGNERS: [&str; 1] = ["httpx_auth"];

pub(super) fn hits<'a>(context: &Context<'a, '_>, rule: &'a Rule, _: &'a CheckMatch) -> Vec<Hit<'a>> {
    let mut hits = Vec::new();
    let moves = context.module.modules.moves();
    if moves.is_moved(&context.module.module.path) {
        if let Some(import) = imports(context).next() {
            hits.push(Hit { fix: whole(context), ..hit(rule, import.span(), context.source(import.alias)) });
        }
    } else {
        hits.extend(handed(context, rule));
    }
    hits.extend(signers(context, rule));
    hits.extend(left_behind(context, rule));
    hits
}

fn hit<'a>(rule: &'a Rule, at: Span, value: &str) -> Hit<'a> {
    Hit::new(rule, at).with("value", value)
}

fn imports<'c, 't>(context: &'c Context<'_, 't>) -> impl Iterator<Item = &'c ImportUse<'t>> {
    context.uses.imports.iter().filter(|import| is_httpx(&import.path))
}

fn is_httpx(path: &str) -> bool {
    path.split('.').next() == Some(OLD)
}

/// Whether the module moves to httpx2, now or when other rewrites are made.
pub(super) fn goes(context: &Context<'_, '_>) -> bool {
    context.module.modules.moves().is_moved(&context.module.module.path) && edits(context).is_some()
}

/// The module written for httpx2.
pub(super) fn whole(context: &Context<'_, '_>) -> Option<Fix> {
    if !context.module.modules.moves().is_moved(&context.module.module.path) {
        return None;
    }
    // The rewrite of this one imports httpx2 for itself, and would do so a second time.
    let is_first = |path: &str| is_sdk_path(path) && path.ends_with(".streamablehttp_client");
    if context.uses.chains.iter().any(|one| one.chain.whole().any(|path| is_first(&path))) {
        return None;
    }
    let edits = edits(context)?;
    Some(Fix { title: "write the module for `httpx2`".to_owned(), applicability: Applicability::Unsafe, edits })
}

fn edits(context: &Context<'_, '_>) -> Option<Vec<Edit>> {
    let own = &context.module.module.path;
    let is_named = context.module.handed_on.is_used_elsewhere(own, OLD) || context.uses.listed.contains(OLD);
    let is_patched = context.uses.paths_in_text.iter().any(|(text, _)| is_httpx(&text.value));
    if is_named || is_patched {
        return None;
    }
    let mut edits = Vec::new();
    for import in imports(context) {
        if import.is_star || import.guard.is_caught || !import.guard.alternatives.is_empty() {
            return None;
        }
        match import.statement {
            Stmt::ImportFrom(from) => edits.push(top(context, span(from.module.as_ref()?))),
            _ if import.alias.asname.is_some() => edits.push(top(context, import.span())),
            _ if is_imported(context, "import httpx2", import.at.scope)? => {
                edits.extend(without_name(context, import)?)
            }
            _ => edits.push(top(context, import.span())),
        }
    }
    for one in &context.uses.chains {
        let (name, at) = *one.chain.parts.first()?;
        if name == OLD && one.chain.is_bound && one.chain.roots.iter().any(|root| root == OLD) {
            // Where it may be something else too, both would have to go on.
            if one.chain.roots.len() > 1 {
                return None;
            }
            edits.push(edit(context, at, NEW));
        }
    }
    edits.sort_by_key(|edit| edit.span);
    edits.dedup();
    Some(edits)
}

/// The first part of the dotted name at `at`, written as httpx2.
fn top(context: &Context<'_, '_>, at: Span) -> Edit {
    edit(context, Span::new(at.start, at.start + OLD.len()), NEW)
}

/// What of httpx this module, which goes on with it, hands to one that works for the SDK.
fn handed<'a>(context: &Context<'a, '_>, rule: &'a Rule) -> Vec<Hit<'a>> {
    let kinds = ["httpx.Auth", "httpx.AsyncClient", "httpx.Timeout"].map(str::to_owned);
    let (modules, own) = (context.module.modules, &context.module.module.path);
    let mut hits = Vec::new();
    for call in &context.uses.calls {
        let callees = context.paths_of(&call.node.func, call.at);
        let serves = |path: &String| modules.owner_of(path, own).is_some_and(|(home, _)| modules.moves().serves(&home));
        if !callees.iter().any(serves) {
            continue;
        }
        let keywords = call.node.arguments.keywords.iter().map(|keyword| &keyword.value);
        for value in call.node.arguments.args.iter().chain(keywords) {
            let moves =
                |path: &String| modules.owner_of(path, own).is_some_and(|(home, _)| modules.moves().is_moved(&home));
            let made_by = match value {
                Expr::Call(made) => context.paths_of(&made.func, call.at),
                _ => Vec::new(),
            };
            if !made_by.iter().any(moves) && context.is_instance(value, &kinds) == Some(true) {
                hits.push(hit(rule, span(value), context.source(value)));
            }
        }
    }
    hits
}

/// Authentication from a package that is written for httpx, beside what hands it to the SDK.
fn signers<'a>(context: &Context<'a, '_>, rule: &'a Rule) -> Vec<Hit<'a>> {
    let (modules, own) = (context.module.modules, &context.module.module.path);
    let is_signer = |import: &&ImportUse<'_>| import.path.split('.').next().is_some_and(|top| SIGNERS.contains(&top));
    let mut signers = context.uses.imports.iter().filter(is_signer).peekable();
    if signers.peek().is_none() {
        return Vec::new();
    }
    let near = context.uses.imports.iter().flat_map(|import| context.canonical(&import.path));
    let mut near = near.filter_map(|path| modules.loaded_by(&path, own).map(str::to_owned));
    if !modules.moves().serves(own) && !near.any(|module| modules.moves().serves(&module)) {
        return Vec::new();
    }
    signers.map(|import| hit(rule, import.span(), context.source(import.alias))).collect()
}

/// What names the httpx of a module that imports httpx2 now.
fn left_behind<'a>(context: &Context<'a, '_>, rule: &'a Rule) -> Vec<Hit<'a>> {
    let fix = |at: Span| Fix {
        title: format!("write `{NEW}`"),
        applicability: Applicability::Unsafe,
        edits: vec![edit(context, at, NEW)],
    };
    let mut hits = Vec::new();
    for (literal, kind) in &context.uses.paths_in_text {
        let text = &*literal.value;
        let mut dots = text.match_indices('.').map(|(offset, _)| offset);
        let Some(offset) = dots.find(|offset| is_httpx(&text[offset + 1..])) else { continue };
        if *kind != PathText::Patch || !has_moved(context, &text[..offset]) {
            continue;
        }
        let whole = span(*literal);
        let source = context.text.get(whole.start..whole.end).unwrap_or_default();
        // Only a plain string has its path byte for byte in the source.
        let at = source.find(text).map(|found| whole.start + found + offset + 1);
        let fix = at.map(|at| fix(Span::new(at, at + OLD.len())));
        hits.push(Hit { fix, ..hit(rule, whole, text) });
    }
    for one in &context.uses.chains {
        let named = one.chain.parts.iter().position(|(name, _)| *name == OLD).filter(|index| *index > 0);
        let Some(index) = named else { continue };
        if one.chain.paths(index).any(|module| has_moved(context, &module)) {
            let at = one.chain.parts[index].1;
            hits.push(Hit { fix: Some(fix(at)), ..hit(rule, at, OLD) });
        }
    }
    hits
}

/// Whether the module that `path` is a name of, this one or another of the project, has httpx2 and no httpx.
pub(super) fn has_left(context: &Context<'_, '_>, path: &str) -> bool {
    path.rsplit_once('.').is_some_and(|(module, _)| has_moved(context, module))
}

/// Whether `path` is a module of the project that has httpx2 and no httpx.
fn has_moved(context: &Context<'_, '_>, path: &str) -> bool {
    let modules = context.module.modules;
    let has = |module: &str, name: &str| {
        modules.bound_in(module, name).is_some_and(|paths| paths.iter().any(|path| path == name))
    };
    context.canonical(path).iter().any(|module| has(module, NEW) && !has(module, OLD))
}
