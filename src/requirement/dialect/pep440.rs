//! PEP 440 version specifiers, as `pep440_rs` reads them.

use std::ops::Bound as End;
use std::str::FromStr;

use pep440_rs::{Operator, Version, VersionSpecifier, VersionSpecifiers, release_specifier_to_range};
use version_ranges::Ranges;

use super::{Replacement, appended, capped_blank};
use crate::requirement::bound::Versions;

/// Reads a comma-separated specifier set; blank admits everything, `*` too (Pipenv writes it).
pub(super) fn versions(specifier: &str) -> Result<Versions, String> {
    // `packaging` takes a trailing comma, so people write one.
    let text = specifier.trim().trim_end_matches(',').trim_end();
    if text.is_empty() || text == "*" {
        return Ok(Versions::any());
    }
    let specifiers = VersionSpecifiers::from_str(text).map_err(|error| one_line(&error.to_string()))?;
    // The library counts such a number up to find where a prefix ends.
    if let Some(one) = specifiers.iter().find(|one| one.version().release().contains(&u64::MAX)) {
        return Err(format!("`{}` is too large a version", one.version()));
    }
    let exact = specifiers.iter().find(|one| matches!(one.operator(), Operator::Equal | Operator::ExactEqual)).cloned();
    let set = specifiers.iter().fold(Ranges::full(), |set, one| set.intersection(&range(one)));
    let mut versions = Versions::range(set);
    // `==1.9,<1` names a version and admits none; the empty set is the verdict then.
    if let Some(one) = exact
        && !versions.set.is_empty()
    {
        versions.exact = Some(one.version().clone());
        versions.literal = *one.operator() == Operator::ExactEqual;
    }
    Ok(versions)
}

/// What one specifier admits of final releases. The library's conversion leaves the epoch out, and every release of
/// epoch 1 is later than all of epoch 0.
fn range(specifier: &VersionSpecifier) -> Ranges<Version> {
    let set = release_specifier_to_range(specifier.clone());
    let epoch = specifier.version().epoch();
    if epoch == 0 {
        return set;
    }
    let moved = |end: &End<Version>| match end {
        End::Included(version) => End::Included(version.clone().with_epoch(epoch)),
        End::Excluded(version) => End::Excluded(version.clone().with_epoch(epoch)),
        End::Unbounded => End::Unbounded,
    };
    set.iter()
        .map(|(low, high)| Ranges::from_range_bounds::<_, Version>((moved(low), moved(high))))
        .fold(Ranges::empty(), |all, one| all.union(&one))
}

/// The parser's message shows the source below itself; a finding does that already.
fn one_line(message: &str) -> String {
    message.lines().next().unwrap_or(message).to_owned()
}

/// `>=1.2` → `>=1.2,<2`; `<=2`, which reaches into the next major, → `<2`; `*` → `<2`.
pub(super) fn capped(specifier: &str, next: &Version, floor: Option<&Version>) -> Vec<Replacement> {
    if let Some(blank) = capped_blank(specifier, next, "", floor) {
        return vec![blank];
    }
    // An upper bound that lies too high is replaced, not joined by a second one.
    let mut at = 0;
    for part in specifier.split(',') {
        let body = part.trim();
        if body.starts_with('<') {
            let start = at + part.len() - part.trim_start().len();
            let operator = body.len() - body.trim_start_matches(['<', '=']).len();
            let blank = body[operator..].len() - body[operator..].trim_start().len();
            let bound = format!("<{}{next}", &body[operator..operator + blank]);
            return vec![(start..start + body.len(), bound)];
        }
        at += part.len() + 1;
    }
    vec![appended(specifier, 0, next, "<", "")]
}
