//! Finds a `Client` of mcp 2 that is given a `logging_callback` and asks for no messages.

use super::super::super::parse::span;
use super::super::context::{Context, Hit};
use super::super::rewrite::insert;
use super::super::value::{literal, string};
use super::client_ping::CLIENT;
use crate::fix::Applicability;
use crate::rule::Rule;
use crate::rule::python::CheckMatch;

pub(super) fn run<'a>(context: &Context<'a, '_>, rule: &'a Rule, _: &'a CheckMatch) -> Vec<Hit<'a>> {
    let mut hits = Vec::new();
    for call in &context.uses.calls {
        let arguments = &call.node.arguments;
        let Some(callback) = arguments.find_keyword("logging_callback") else { continue };
        let is_told = arguments.find_keyword("log_level").is_some()
            || arguments.keywords.iter().any(|keyword| keyword.arg.is_none())
            || literal(&callback.value).as_deref() == Some("None");
        // A mode that is not written out may be the old one.
        let is_newer = match arguments.find_keyword("mode") {
            None => true,
            Some(mode) => string(&mode.value).is_some_and(|mode| mode != "legacy"),
        };
        let is_client =
            || context.paths_of(&call.node.func, call.at).iter().any(|path| CLIENT.contains(&path.as_str()));
        if is_newer && !is_told && is_client() {
            let fix = insert(context, "log_level=\"debug\"", Applicability::Unsafe, call.node);
            let hit = Hit::new(rule, span(&*call.node.func)).with("name", context.source(&*call.node.func));
            hits.push(Hit { fix, ..hit });
        }
    }
    hits
}
