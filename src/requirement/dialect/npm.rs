//! npm ranges: space is and, `||` is or, `1 - 2` is an interval, and a bare number is a prefix.

use pep440_rs::Version;
use version_ranges::Ranges;

use crate::requirement::bound::Versions;
use crate::requirement::comparator::{Comparator, Partial, alternatives};

pub(super) fn versions(specifier: &str) -> Result<Versions, String> {
    let text = specifier.trim();
    // A distribution tag names whatever its publisher last pointed it at, which is what no bound means.
    if matches!(text, "latest" | "next" | "beta" | "alpha" | "canary") {
        return Ok(Versions::any());
    }
    let mut set = Ranges::empty();
    for piece in text.split("||") {
        if let Some((low, high)) = piece.split_once(" - ") {
            let (low, high) = (Partial::parse(low.trim())?, Partial::parse(high.trim())?);
            set = set.union(&Ranges::higher_than(low.release()).intersection(&at_most(&high)));
            continue;
        }
        let mut both = Ranges::full();
        for comparator in alternatives(piece)?.into_iter().flatten() {
            both = both.intersection(&range(&comparator)?);
        }
        set = set.union(&both);
    }
    if let Ok(version) = semver::Version::parse(text.trim_start_matches(['=', 'v'])) {
        return Ok(Versions::exactly(Version::new([version.major, version.minor, version.patch])));
    }
    Ok(Versions::range(set))
}

fn at_most(partial: &Partial) -> Ranges<Version> {
    if partial.numbers.is_empty() {
        Ranges::full()
    } else if partial.numbers.len() < 3 {
        Ranges::strictly_lower_than(partial.bumped(partial.numbers.len()))
    } else {
        Ranges::lower_than(partial.release())
    }
}

fn range(comparator: &Comparator<'_>) -> Result<Ranges<Version>, String> {
    let partial = Partial::parse(comparator.version)?;
    let whole = partial.numbers.len() >= 3;
    Ok(match comparator.operator {
        "" | "=" if whole => Ranges::singleton(partial.release()),
        "" | "=" => partial.prefix(),
        "^" => partial.caret(),
        "~" | "~>" => partial.tilde(),
        ">" if !whole => Ranges::higher_than(partial.bumped(partial.numbers.len())),
        "<=" => at_most(&partial),
        ">" | ">=" | "<" => partial.compared(comparator.operator).unwrap_or_else(Ranges::full),
        other => return Err(format!("`{other}` is not an operator of npm's")),
    })
}
