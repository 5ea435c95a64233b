//! Poetry's constraint language: PEP 440 comparisons plus carets, tildes, wildcards and unions.

use pep440_rs::Version;
use version_ranges::Ranges;

use super::{Replacement, capped_alternatives, united};
use crate::requirement::bound::Versions;
use crate::requirement::comparator::{Comparator, Partial};

pub(super) fn versions(specifier: &str) -> Result<Versions, String> {
    united(specifier, |operator| matches!(operator, "" | "==" | "=" | "==="), range)
}

fn range(comparator: &Comparator<'_>) -> Result<Ranges<Version>, String> {
    let partial = Partial::parse(comparator.version)?;
    if let Some(set) = partial.compared(comparator.operator) {
        return Ok(set);
    }
    match comparator.operator {
        "^" => Ok(partial.caret()),
        "~" => Ok(partial.tilde()),
        "~=" if partial.numbers.len() < 2 => Ok(partial.prefix()),
        "~=" => {
            let top = partial.bumped(partial.numbers.len() - 1);
            Ok(Ranges::from_range_bounds::<_, Version>(partial.release()..top))
        }
        "" | "=" | "==" | "===" if partial.wildcard => Ok(partial.prefix()),
        "" | "=" | "==" | "===" => Ok(Ranges::singleton(partial.release())),
        other => Err(format!("`{other}` is not an operator of Poetry's")),
    }
}

/// Bounds every alternative that reaches `next`: `<1.5 || >=1.7` → `<1.5 || >=1.7,<2`.
pub(super) fn capped(specifier: &str, next: &Version, floor: Option<&Version>) -> Option<Vec<Replacement>> {
    capped_alternatives(specifier, (next, ""), floor, versions)
}
