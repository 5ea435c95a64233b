//! Cargo requirements, as the `semver` crate reads them.

use pep440_rs::Version;
use semver::{Comparator, Op, VersionReq};
use version_ranges::Ranges;

use super::{Replacement, appended};
use crate::requirement::bound::Versions;
use crate::requirement::comparator::Partial;

pub(super) fn versions(specifier: &str) -> Result<Versions, String> {
    let parsed = VersionReq::parse(specifier.trim()).map_err(|error| error.to_string())?;
    if let [only] = parsed.comparators.as_slice()
        && only.op == Op::Exact
        && only.patch.is_some()
    {
        return Ok(Versions::exactly(partial(only).version));
    }
    Ok(Versions::range(parsed.comparators.iter().fold(Ranges::full(), |set, one| set.intersection(&range(one)))))
}

fn partial(comparator: &Comparator) -> Partial {
    let numbers: Vec<u64> =
        [Some(comparator.major), comparator.minor, comparator.patch].into_iter().flatten().collect();
    Partial { version: Version::new(&numbers), numbers, wildcard: false }
}

fn range(comparator: &Comparator) -> Ranges<Version> {
    let partial = partial(comparator);
    match comparator.op {
        Op::Exact | Op::Wildcard => partial.prefix(),
        // `>1.2` means `>=1.3`, and `<=1.2` means `<1.3`: a missing part stands for all its values.
        Op::Greater if comparator.patch.is_none() => Ranges::higher_than(partial.bumped(partial.numbers.len())),
        Op::Greater => Ranges::strictly_higher_than(partial.version),
        Op::GreaterEq => Ranges::higher_than(partial.version),
        Op::Less => Ranges::strictly_lower_than(partial.version),
        Op::LessEq if comparator.patch.is_none() => Ranges::strictly_lower_than(partial.bumped(partial.numbers.len())),
        Op::LessEq => Ranges::lower_than(partial.version),
        Op::Tilde => partial.tilde(),
        // `^0.0` and `^0` stop at the next number that is written.
        _ => partial.caret(),
    }
}

/// `>=0.8` → `>=0.8, <0.18`. A wildcard has no lower end to stay with: which series it should be is not said by the
/// specifier, so that is for the caller, who may know a lock.
pub(super) fn capped(specifier: &str, next: &Version) -> Option<Vec<Replacement>> {
    let parsed = VersionReq::parse(specifier.trim()).ok()?;
    if parsed.comparators.is_empty() {
        return None;
    }
    let (range, mut text) = appended(specifier, 0, next, "<", "");
    if text.starts_with(",<") {
        text.insert(1, ' ');
    }
    Some(vec![(range, text)])
}
