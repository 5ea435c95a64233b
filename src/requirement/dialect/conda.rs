//! Conda's version specs: fuzzy `=1.9`, `|` for or, and pre-releases that sort below a bound.

use pep440_rs::Version;
use version_ranges::Ranges;

use super::{Replacement, capped_alternatives, united};
use crate::requirement::bound::Versions;
use crate::requirement::comparator::{Comparator, Partial};

pub(super) fn versions(specifier: &str) -> Result<Versions, String> {
    united(specifier, |operator| matches!(operator, "" | "=="), range)
}

fn range(comparator: &Comparator<'_>) -> Result<Ranges<Version>, String> {
    let partial = Partial::parse(comparator.version)?;
    match comparator.operator {
        "=" => Ok(partial.prefix()),
        "" | "==" if partial.wildcard => Ok(partial.prefix()),
        "" | "==" => Ok(Ranges::singleton(partial.release())),
        "~=" if partial.numbers.len() < 2 => Ok(partial.prefix()),
        "~=" => {
            Ok(Ranges::from_range_bounds::<_, Version>(partial.release()..partial.bumped(partial.numbers.len() - 1)))
        }
        other => partial.compared(other).ok_or_else(|| format!("`{other}` is not an operator of Conda's")),
    }
}

/// `<2.0a0`, because Conda lets `2.0.0rc1` through `<2`.
pub(super) fn capped(specifier: &str, next: &Version, floor: Option<&Version>) -> Option<Vec<Replacement>> {
    let suffix = if next.release().len() == 1 { ".0a0" } else { "a0" };
    capped_alternatives(specifier, (next, suffix), floor, versions)
}
