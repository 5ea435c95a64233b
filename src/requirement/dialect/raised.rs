//! Moves a specifier to a later series, in the spelling it is written in.

use pep440_rs::Version;
use semver::{Op, VersionReq};

use super::Dialect;

/// Where a specifier goes.
#[derive(Debug, Clone, Copy)]
pub struct Series<'v> {
    /// The first version of the series: `2`.
    pub first: &'v Version,
    /// The first version after it: `3`.
    pub next: &'v Version,
    /// Its newest release, for what is pinned to one: `2.3.0`.
    pub newest: &'v Version,
}

/// `specifier` as one that admits the whole series and nothing else: `>=1.2,<2` → `>=2,<3`, `~=1.2` → `~=2.0`, `^1.2` →
/// `^2.0`, `1.*` → `2.*`. What named one release names the newest. `None` for a dialect
/// whose majors are none of this kind.
pub(super) fn raised(dialect: Dialect, specifier: &str, series: Series<'_>) -> Option<String> {
    if dialect == Dialect::Cargo {
        return cargo(specifier, series);
    }
    let Series { first, next, newest } = series;
    let body = specifier.trim();
    let lead = &specifier[..specifier.len() - specifier.trim_start().len()];
    let tail = &specifier[lead.len() + body.len()..];
    let operator_end = body.len() - body.trim_start_matches(['<', '>', '=', '!', '~', '^']).len();
    let (operator, version) = body.split_at(operator_end);
    let blank = &version[..version.len() - version.trim_start().len()];
    let version = version.trim();
    let is_one = !version.is_empty() && !version.contains([',', '|', '<', '>', '=', '!', '~', '^', ' ']);
    let is_wild = version.ends_with(".*");
    let new = match (dialect, operator) {
        (Dialect::Npm, _) => return None,
        (_, "==" | "=" | "") if is_one && is_wild => format!("{operator}{blank}{first}.*"),
        // Conda's single `=` is a prefix, not a pin.
        (Dialect::Conda, "=") if is_one => format!("={blank}{first}"),
        (_, "==" | "===") | (Dialect::Poetry, "" | "=") | (Dialect::Conda, "") if is_one && version != "*" => {
            format!("{operator}{blank}{newest}")
        }
        (Dialect::Pep508, "~=") if is_one => format!("~={blank}{first}.0"),
        (Dialect::Poetry, "^" | "~" | "~=") if is_one => format!("^{blank}{first}.0"),
        (Dialect::Poetry, _) if body.is_empty() || body == "*" => format!("^{first}.0"),
        _ => {
            // The blanks of the first part are those of all.
            let gap = if body.contains(", ") || (!blank.is_empty() && !body.contains(',')) { ", " } else { "," };
            format!(">={blank}{first}{gap}<{blank}{next}")
        }
    };
    Some(format!("{lead}{new}{tail}"))
}

/// The same for Cargo, whose bare version is a caret: `1.8` → `3.9`, `=1.8.0` → `=3.9.0`, `1.*` → `3.*`, `>=1, <2` → `>=3.9, <4`.
/// It asks for the newest release, the one that code was moved to: within a series things are added.
fn cargo(specifier: &str, Series { next, newest, .. }: Series<'_>) -> Option<String> {
    let asked = VersionReq::parse(specifier.trim()).ok()?;
    let numbers =
        |count: usize| newest.release().iter().take(count).map(ToString::to_string).collect::<Vec<_>>().join(".");
    let body = specifier.trim();
    let version = body.trim_start_matches(['<', '>', '=', '~', '^']);
    let operator = &body[..body.len() - version.len()];
    let blank = &version[..version.len() - version.trim_start().len()];
    match asked.comparators.as_slice() {
        [] => Some(numbers(2)),
        [one] if matches!(one.op, Op::Exact | Op::Caret | Op::Tilde | Op::Wildcard) => {
            let written = 1 + usize::from(one.minor.is_some()) + usize::from(one.patch.is_some());
            let text = match one.op {
                Op::Wildcard => format!("{}.*", numbers(written)),
                // `~1` and `=1` stand for all of a series.
                Op::Tilde | Op::Exact => numbers(written),
                _ => numbers(written.max(2)),
            };
            Some(format!("{operator}{blank}{text}"))
        }
        all => {
            let gap = if all.len() > 1 && !body.contains(", ") { "," } else { ", " };
            Some(format!(">={blank}{}{gap}<{blank}{next}", numbers(2)))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_spelling_stays_what_it_was() {
        let versions = ["2", "3", "2.3.0"].map(|text| text.parse::<Version>().unwrap());
        let [first, next, newest] = &versions;
        let series = Series { first, next, newest };
        for (dialect, old, new) in [
            (Dialect::Pep508, ">=1.2,<2", ">=2,<3"),
            (Dialect::Pep508, ">= 1.2, < 2", ">= 2, < 3"),
            (Dialect::Pep508, "<2,>=1.2", ">=2,<3"),
            (Dialect::Pep508, "", ">=2,<3"),
            (Dialect::Pep508, "~=1.2", "~=2.0"),
            (Dialect::Pep508, "~= 1.2.3", "~= 2.0"),
            (Dialect::Pep508, "==1.9.4", "==2.3.0"),
            (Dialect::Pep508, "==1.*", "==2.*"),
            (Dialect::Pep508, "*", ">=2,<3"),
            (Dialect::Pep508, ">=1.2,!=1.5,<2 ", ">=2,<3 "),
            (Dialect::Poetry, "^1.2", "^2.0"),
            (Dialect::Poetry, "~1.2", "^2.0"),
            (Dialect::Poetry, "*", "^2.0"),
            (Dialect::Poetry, "1.9.4", "2.3.0"),
            (Dialect::Poetry, "1.*", "2.*"),
            (Dialect::Poetry, ">=1.2,<2 || >=1.5", ">=2,<3"),
            (Dialect::Cargo, "1.8", "2.3"),
            (Dialect::Cargo, "1", "2.3"),
            (Dialect::Cargo, "1.8.0", "2.3.0"),
            (Dialect::Cargo, "^1.8", "^2.3"),
            (Dialect::Cargo, "~1", "~2"),
            (Dialect::Cargo, "~1.8", "~2.3"),
            (Dialect::Cargo, "=1.8.0", "=2.3.0"),
            (Dialect::Cargo, "= 1.8", "= 2.3"),
            (Dialect::Cargo, "1.*", "2.*"),
            (Dialect::Cargo, "1.8.*", "2.3.*"),
            (Dialect::Cargo, "*", "2.3"),
            (Dialect::Cargo, ">=1.8", ">=2.3, <3"),
            (Dialect::Cargo, ">=1,<2", ">=2.3,<3"),
            (Dialect::Cargo, ">= 1, < 2", ">= 2.3, < 3"),
            (Dialect::Cargo, "<2", ">=2.3, <3"),
            (Dialect::Conda, "=1.9", "=2"),
            (Dialect::Conda, "1.9.4", "2.3.0"),
            (Dialect::Conda, ">=1.2, <2", ">=2, <3"),
        ] {
            let made = raised(dialect, old, series);
            assert_eq!(made.as_deref(), Some(new), "{dialect:?} {old}");
            let set = dialect.versions(new).unwrap();
            let reaches = |text: &str| set.set.contains(&text.parse().unwrap());
            assert!(reaches("2.3.0") && !reaches("3.0") && !reaches("1.30.0"), "{dialect:?} {new}");
        }
        assert_eq!(raised(Dialect::Npm, "1", series), None);
    }
}
