//! Checks of text that are written in code: one file each, and one line here.

mod registration;

use super::Text;
use crate::hit::Hit;
use crate::rule::Rule;
use crate::rule::text::TextCheck;

/// What a check finds in a file.
pub(super) type Check = for<'r> fn(&Text<'_>, &'r Rule, &'r TextCheck) -> Vec<Hit<'r>>;

/// The checks by name.
const CHECKS: &[(&str, Check)] = &[("registration-without-type", registration::without_type)];

/// The check of this name.
pub(super) fn named(name: &str) -> Option<Check> {
    CHECKS.iter().find(|(known, _)| *known == name).map(|(_, check)| *check)
}
