//! Checks written in code, for what the data of a rule cannot say. A new one is one file and one line in [`CHECKS`].

mod httpx_around;
mod httpx_factory;
mod leaked_reexport;
mod request_context;
mod session_as_key;

use super::context::{Context, Hit};
use crate::rule::Rule;
use crate::rule::python::CheckMatch;

/// A check: the hits of `rule` in a module.
type Check = for<'a> fn(&Context<'a, '_>, &'a Rule, &'a CheckMatch) -> Vec<Hit<'a>>;

/// Every check, by the name rule files call it.
const CHECKS: &[(&str, Check)] = &[
    ("httpx-certificates", httpx_around::certificates),
    ("httpx-factory", httpx_factory::hits),
    ("httpx-logger-configuration", httpx_around::logger_configuration),
    ("httpx-test-doubles", httpx_around::test_doubles),
    ("leaked-reexport", leaked_reexport::hits),
    ("request-context", request_context::hits),
    ("session-as-key", session_as_key::hits),
];

/// The names of the checks.
pub fn names() -> impl Iterator<Item = &'static str> {
    CHECKS.iter().map(|(name, _)| *name)
}

pub(super) fn hits<'a>(context: &Context<'a, '_>) -> Vec<Hit<'a>> {
    let mut hits = Vec::new();
    for (rule, entry) in &context.rules.checks {
        if let Some((_, check)) = CHECKS.iter().find(|(name, _)| *name == entry.name) {
            hits.extend(check(context, rule, entry));
        }
    }
    hits
}
