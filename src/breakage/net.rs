//! The net under the rules: what the move to the newer SDK breaks at type level and no rule explains.

use super::code::Unit;
use super::engine::Own;
use crate::python::check::{Hit, unexplained};
use crate::python::surface::Surface;
use crate::python::types::broken_by;
use crate::rule::{Rule, Rules};
use crate::source::Span;

/// The name of the check that makes a rule the net's.
const CHECK: &str = "incompatible";

/// The rule that speaks for the net.
pub(super) fn rule(rules: &Rules) -> Option<&Rule> {
    rules.iter().find(|rule| rule.checks.iter().any(|check| check.name == CHECK))
}

/// The places of `unit` that a checker refuses on the newer SDK alone and that none of `hits` explains.
pub(super) fn hits<'r>(
    rule: &'r Rule,
    unit: &Unit<'_>,
    hits: &[Hit<'r>],
    engines: &Own<'_>,
    new: &Surface,
) -> Vec<Hit<'r>> {
    let path = &*unit.path;
    let on_new = engines.diagnostics(path, true);
    if on_new.is_empty() {
        return Vec::new();
    }
    let broken = broken_by(&engines.diagnostics(path, false), &on_new);
    if broken.is_empty() {
        return Vec::new();
    }
    let explained: Vec<Span> = hits.iter().map(|hit| hit.span).collect();
    let left = unexplained(unit.text(), &unit.module, broken, &explained, new.index());
    let hit = |diagnostic: crate::python::types::Diagnostic| {
        let mut value = diagnostic.message;
        // ty marks code with backticks, as the messages of rules do.
        value.truncate(value.floor_char_boundary(MAX_SENTENCE));
        Hit::new(rule, diagnostic.span).with("value", value).with("name", diagnostic.rule)
    };
    left.into_iter().map(hit).collect()
}

/// A sentence that names whole union types can take pages.
const MAX_SENTENCE: usize = 400;
