//! Checks written in code, for what the data of a rule cannot say. A new one is one file and one line in [`CHECKS`].

use super::context::{Context, Hit};
use crate::rule::Rule;
use crate::rule::python::CheckMatch;

/// A check: the hits of `rule` in a module.
type Check = for<'a> fn(&Context<'a, '_>, &'a Rule, &'a CheckMatch) -> Vec<Hit<'a>>;

/// Every check, by the name rule files call it.
const CHECKS: &[(&str, Check)] = &[];

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
