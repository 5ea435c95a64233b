//! Checks of Rust code that are written in code: one file each, and one line here.

mod exhaustive;
mod response;
mod returns;

use super::context::Context;
use crate::hit::Hit;
use crate::rule::Rule;
use crate::rule::rust::RustCheck;

/// What a check finds in a file.
pub(super) type Check = for<'r> fn(&Context<'_, '_>, &'r Rule, &'r RustCheck) -> Vec<Hit<'r>>;

/// The checks by name.
const CHECKS: &[(&str, Check)] = &[("exhaustive-match", exhaustive::hits), ("handler-response", response::hits)];

/// The check of this name.
pub(super) fn named(name: &str) -> Option<Check> {
    CHECKS.iter().find(|(known, _)| *known == name).map(|(_, check)| *check)
}
