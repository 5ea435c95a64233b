//! Names of the SDK: in import statements, in expressions and annotations, and in strings that are patched or imported.

use super::super::parse::span;
use super::super::surface::Index;
use super::compiled::stands_in;
use super::context::{Context, Hit};
use super::patched;
use super::rewrite;
use super::rewrite::imports::{Move, Plan};
use super::uses::{ChainUse, ImportUse, PathText, key};
use crate::fix::Applicability;
use crate::packages::is_sdk_path;
use crate::rule::Rule;
use crate::rule::python::{Role, SymbolMatch};
use crate::source::Span;

/// The roles that a place in an expression may have.
const ROLES: [Role; 8] = [
    Role::Call,
    Role::Subscript,
    Role::Base,
    Role::InstanceCheck,
    Role::Pattern,
    Role::Except,
    Role::Annotation,
    Role::Decorator,
];

pub(super) fn hits<'a>(context: &Context<'a, '_>) -> Vec<Hit<'a>> {
    let mut hits = imports(context);
    for one in &context.uses.chains {
        chain(context, one, &mut hits);
    }
    in_text(context, &mut hits);
    patched::hits(context, &mut hits);
    hits
}

/// What serves instead of `path`, which `entry` matched. Where the newer SDK exports the new name from the very package
/// that the code names, that spelling is kept. A module elsewhere that merely imports it need not go on doing so.
pub(super) fn becomes(context: &Context<'_, '_>, entry: &SymbolMatch, path: &str) -> Option<String> {
    let becomes = entry.becomes.as_deref()?;
    let mut prefixes = entry.path.as_slice().iter();
    let rest = prefixes.find_map(|one| {
        let rest = path.strip_prefix(one.strip_suffix(".*")?)?;
        (rest.is_empty() || rest.starts_with('.')).then_some(rest)
    });
    if let Some(rest) = rest {
        return Some(format!("{}{rest}", becomes.trim_end_matches(".*")));
    }
    let kept = path.rsplit_once('.').zip(becomes.rsplit_once('.'));
    let kept = kept.filter(|((module, _), _)| becomes.strip_prefix(module).is_some_and(|rest| rest.starts_with('.')));
    let kept = kept.map(|((module, _), (_, name))| format!("{module}.{name}"));
    let is_same = |kept: &String| {
        let meant = context.new.canonical(becomes);
        meant.is_some() && context.new.canonical(kept) == meant
    };
    Some(kept.filter(is_same).unwrap_or_else(|| becomes.to_owned()))
}

pub(super) fn hit<'a>(
    context: &Context<'a, '_>,
    (rule, entry): (&'a Rule, &'a SymbolMatch),
    path: &str,
    at: Span,
) -> Hit<'a> {
    let name = path.rsplit('.').next().unwrap_or(path);
    let new = becomes(context, entry, path).or_else(|| entry.becomes_text.clone()).unwrap_or_default();
    Hit::new(rule, at)
        .with("name", name)
        .with("path", path)
        .with("value", context.text.get(at.start..at.end).unwrap_or_default())
        .with("becomes", new)
        .with("advice", entry.advice.clone().unwrap_or_default())
}

/// Whether another branch around the import serves the newer SDK.
pub(super) fn is_served(import: &ImportUse<'_>, new: &Index) -> bool {
    let mut others = import.guard.alternatives.iter();
    others.any(|path| *path != import.path && is_sdk_path(path) && new.canonical(path).is_some())
}

fn imports<'a>(context: &Context<'a, '_>) -> Vec<Hit<'a>> {
    let mut found = Vec::new();
    for import in &context.uses.imports {
        if import.path.starts_with(':') || is_served(import, context.new) {
            continue;
        }
        let roles: &[Role] = if import.is_star { &[Role::Star, Role::Import] } else { &[Role::Import] };
        for one in context.rules.symbols_at(&import.path, roles, context.old) {
            found.push((import, one));
        }
    }
    let mut plan = Plan::default();
    for (import, (_, entry)) in &found {
        plan.add(import, moved(context, import, entry), entry.applicability);
    }
    let mut hits = Vec::new();
    for (import, (rule, entry)) in found {
        let mut hit = hit(context, (rule, entry), &import.path, import.span());
        if import.guard.is_caught {
            hit.help.push(
                "The failed import is caught here, so nothing fails loudly: what it guards is switched off.".to_owned(),
            );
        }
        let by_plan = || plan.fix(context, import, entry.applicability);
        hit.fix = match entry.transform.as_deref() {
            Some(rewrite::lowlevel::TRANSFORM) => context.lowlevel().fix(hit.span),
            Some(name) => rewrite::transform::run_import(name, context, import, entry).unwrap_or_else(by_plan),
            None => by_plan(),
        };
        hits.push(hit);
    }
    hits
}

/// What becomes of an imported name.
fn moved(context: &Context<'_, '_>, import: &ImportUse<'_>, entry: &SymbolMatch) -> Option<Move> {
    if import.is_star && entry.becomes_text.is_some() {
        return None;
    }
    if let Some(text) = &entry.becomes_text {
        let imports = entry.imports.as_slice().to_vec();
        return Some(Move::Text { text: text.clone(), imports });
    }
    let path = becomes(context, entry, &import.path)?;
    let keeps_name = rewrite::imports::must_keep_name(context, import, &path);
    Some(Move::Path { path, keeps_name })
}

fn chain<'a>(context: &Context<'a, '_>, one: &ChainUse<'_>, hits: &mut Vec<Hit<'a>>) {
    let chain = &one.chain;
    for count in (1..=chain.parts.len()).rev() {
        let is_whole = count == chain.parts.len();
        let mut roles = vec![Role::Reference];
        if is_whole {
            roles.extend(ROLES.into_iter().filter(|role| one.roles.contains(&key(*role))));
            if one.roles.contains(&key(Role::Store)) {
                roles = vec![Role::Store];
            }
        }
        let before = hits.len();
        for path in chain.paths(count) {
            for path in followed(context, &path) {
                for found in context.rules.symbols_at(&path, &roles, context.old) {
                    if is_said_by_import(context, one, count, &path, found.1) || !has_items(one, is_whole, found.1) {
                        continue;
                    }
                    let (_, at) = chain.parts[count - 1];
                    let mut hit = hit(context, found, &path, at);
                    hit.fix = rewrite::reference::reference(context, one, count, &path, found.1);
                    hits.push(hit);
                }
            }
        }
        // The most particular name says it; the modules on the way to it need not.
        if hits.len() > before {
            break;
        }
    }
}

/// The path as written, when it is one of the SDK's or of nobody's; through the project's modules otherwise.
fn followed(context: &Context<'_, '_>, path: &str) -> Vec<String> {
    if is_sdk_path(path) {
        return vec![path.to_owned()];
    }
    context.module.modules.canonical(path, &context.module.module.path)
}

/// Whether the import that binds the first part of the name carries the finding already.
fn is_said_by_import(
    context: &Context<'_, '_>,
    one: &ChainUse<'_>,
    count: usize,
    path: &str,
    entry: &SymbolMatch,
) -> bool {
    if !one.chain.is_bound || !stands_in(entry, &[Role::Import]) {
        return false;
    }
    if count == 1 {
        return true;
    }
    // A module that moved as a whole is reported where it is imported, not at every use of what is in it.
    one.chain.roots.iter().any(|root| {
        path.starts_with(root.as_str())
            && is_sdk_path(root)
            && context
                .rules
                .symbols_at(root, &[Role::Import], context.old)
                .iter()
                .any(|(_, of)| std::ptr::eq(*of, entry))
    })
}

fn has_items(one: &ChainUse<'_>, is_whole: bool, entry: &SymbolMatch) -> bool {
    let wanted = entry.items.as_slice();
    if wanted.is_empty() {
        return true;
    }
    let Some(subscript) = one.subscript.filter(|_| is_whole) else { return false };
    let count = match &*subscript.slice {
        ruff_python_ast::Expr::Tuple(tuple) => tuple.elts.len(),
        _ => 1,
    };
    wanted.contains(&count)
}

fn in_text<'a>(context: &Context<'a, '_>, hits: &mut Vec<Hit<'a>>) {
    for (literal, kind) in &context.uses.paths_in_text {
        let text = &*literal.value;
        if !is_sdk_path(text) {
            continue;
        }
        let roles: &[Role] = match kind {
            PathText::Import => &[Role::Text, Role::Import],
            PathText::Patch => &[Role::Text],
            PathText::Modules => &[Role::Text, Role::Store],
        };
        let whole = span(*literal);
        let source = context.text.get(whole.start..whole.end).unwrap_or_default();
        // Only a plain string has its path byte for byte in the source.
        let at = source.find(text).map(|offset| whole.start + offset);
        let mut path: &str = text;
        loop {
            let found = context.rules.symbols_at(path, roles, context.old);
            let found: Vec<_> = found.into_iter().filter(|(_, entry)| stands_in(entry, roles)).collect();
            for (rule, entry) in &found {
                let place = at.map_or(whole, |at| Span::new(at, at + path.len()));
                let mut hit = hit(context, (rule, entry), path, place);
                if let (Some(_), Some(new)) = (at, becomes(context, entry, path)) {
                    hit.fix =
                        Some(rewrite::replaced(context, place, &new, entry.applicability.min(Applicability::Safe)));
                }
                hits.push(hit);
            }
            match path.rsplit_once('.') {
                Some((above, _)) if found.is_empty() => path = above,
                _ => break,
            }
        }
    }
}
