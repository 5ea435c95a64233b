//! Names taken from a module that only happened to import them. The newer SDK's modules import other things, and the
//! name is still where it is defined.

use super::super::super::surface::Kind;
use super::super::context::{Context, Hit};
use super::super::rewrite;
use super::super::rewrite::imports::{Move, Plan};
use crate::fix::Applicability;
use crate::packages::is_sdk_path;
use crate::rule::Rule;
use crate::rule::python::{CheckMatch, Role};
use crate::source::Span;

pub(super) fn hits<'a>(context: &Context<'a, '_>, rule: &'a Rule, _: &'a CheckMatch) -> Vec<Hit<'a>> {
    let mut plan = Plan::default();
    let mut moved = Vec::new();
    for import in &context.uses.imports {
        if import.is_star || import.guard.is_caught || !import.guard.alternatives.is_empty() {
            continue;
        }
        if let Some(home) = home(context, &import.path) {
            let path = home.clone();
            plan.add(import, Some(Move::Path { path, keeps_name: false }), Applicability::Safe);
            moved.push((import, home));
        }
    }
    let mut hits = Vec::new();
    for (import, home) in moved {
        let fix = plan.fix(context, import, Applicability::Safe);
        hits.push(Hit { fix, ..hit(rule, import.span(), &import.path, home) });
    }
    for one in &context.uses.chains {
        for count in 2..=one.chain.parts.len() {
            let mut paths = one.chain.paths(count).filter(|path| is_sdk_path(path));
            let Some((path, home)) = paths.find_map(|path| home(context, &path).map(|home| (path, home))) else {
                continue;
            };
            let (first, last) = (one.chain.parts[0].1, one.chain.parts[count - 1].1);
            let fix = home.rsplit_once('.').and_then(|(module, name)| {
                let whole = Span::new(first.start, last.end);
                let fix = rewrite::replaced(context, whole, name, Applicability::Safe);
                rewrite::importing(context, fix, &[format!("from {module} import {name}")])
            });
            hits.push(Hit { fix, ..hit(rule, last, &path, home) });
            break;
        }
    }
    hits
}

fn hit<'a>(rule: &'a Rule, at: Span, path: &str, home: String) -> Hit<'a> {
    let name = path.rsplit('.').next().unwrap_or(path).to_owned();
    Hit::new(rule, at).with("name", name).with("path", path).with("becomes", home)
}

/// Where the name at `path` is defined in both, when only the older SDK has it at `path` too.
fn home(context: &Context<'_, '_>, path: &str) -> Option<String> {
    if !is_sdk_path(path) || context.new.canonical(path).is_some() {
        return None;
    }
    // What a class has from its bases is no name of a module.
    let (owner, _) = path.rsplit_once('.')?;
    if context.old.kind(owner) != Some(Kind::Module) {
        return None;
    }
    let home = context.old.canonical(path).filter(|home| home != path)?;
    let is_other_rules = !context.rules.symbols_at(path, &[Role::Import, Role::Reference], context.old).is_empty();
    (context.new.canonical(&home).is_some() && !is_other_rules).then_some(home)
}
