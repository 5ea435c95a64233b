//! `Context[ServerSession, …]`: the type parameter of the session is gone. Without a look at the first argument, what is
//! right for mcp 2 could not be told from what is left to do.

use ruff_python_ast::Expr;

use super::super::context::{Context, Hit};
use super::super::quoted::is_named;
use super::super::rewrite::transform::drop_first_item;
use super::super::uses::At;
use crate::finding::Confidence;
use crate::fix::Applicability;
use crate::python::parse::span;
use crate::rule::Rule;
use crate::rule::python::CheckMatch;

pub(super) fn hits<'a>(context: &Context<'a, '_>, rule: &'a Rule, _: &'a CheckMatch) -> Vec<Hit<'a>> {
    let wanted = context.canonical("mcp.server.fastmcp.Context");
    let mut hits = Vec::new();
    for one in &context.uses.chains {
        let Some(subscript) = one.subscript else { continue };
        let Expr::Tuple(items) = &*subscript.slice else { continue };
        let paths: Vec<String> = one.chain.whole().flat_map(|path| context.canonical(&path)).collect();
        if !paths.iter().any(|path| wanted.contains(path)) {
            continue;
        }
        let is_old = match items.elts.as_slice() {
            [first, _] => is_session(context, first, one.at),
            // Three are too many in mcp 2, whatever they are.
            [_, _, _] => true,
            _ => false,
        };
        if !is_old {
            continue;
        }
        let hit = Hit::new(rule, span(subscript)).with("value", context.source(subscript));
        // Code that runs on both majors needs the first argument for the older one's type checkers.
        let is_newer = |path: &String| context.old.canonical(path).is_none() && context.new.canonical(path).is_some();
        let (hit, applicability) = match paths.iter().any(is_newer) {
            true => (hit.at_most(Confidence::Medium), Applicability::Unsafe),
            false => (hit, Applicability::Safe),
        };
        hits.push(Hit { fix: drop_first_item::without_first(context, subscript, applicability), ..hit });
    }
    hits
}

fn is_session(context: &Context<'_, '_>, expression: &Expr, at: At) -> bool {
    let session = context.canonical("mcp.server.session.ServerSession");
    let paths = context.paths_of(expression, at);
    is_named(expression, "ServerSessionT")
        || paths.iter().flat_map(|path| context.ancestors(path)).any(|path| session.contains(&path))
}
