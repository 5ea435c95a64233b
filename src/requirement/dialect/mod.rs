//! The grammars specifiers are written in. Each file reads one dialect into [`Versions`] and says how that dialect
//! writes an upper bound; nothing else in the program knows their operators.

mod cargo;
mod conda;
mod npm;
mod pep440;
mod poetry;
mod raised;

use std::ops::Range;

use pep440_rs::Version;
use serde::Serialize;
use version_ranges::Ranges;

use super::bound::Versions;
use super::comparator::{Comparator, Partial, alternatives};
pub use raised::Series as Target;

/// A grammar of version specifiers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Dialect {
    /// PEP 508 requirement strings with PEP 440 specifiers: pip, PEP 621, PDM, Hatch, uv, Pipenv.
    Pep508,
    /// Poetry's own: carets, tildes, unions.
    Poetry,
    /// Conda match specs: environment.yml, pixi.
    Conda,
    /// npm ranges.
    Npm,
    /// Cargo requirements, where a bare version is a caret.
    Cargo,
}

/// One replacement inside a specifier's own text, which is all a dialect knows of the file.
pub type Replacement = (Range<usize>, String);

impl Dialect {
    /// The set of versions that `specifier` admits; blank text admits everything.
    ///
    /// # Errors
    /// A sentence saying what is wrong, to be shown to the person who wrote it.
    pub fn versions(self, specifier: &str) -> Result<Versions, String> {
        match self {
            Self::Pep508 => pep440::versions(specifier),
            Self::Poetry => poetry::versions(specifier),
            Self::Conda => conda::versions(specifier),
            Self::Npm => npm::versions(specifier),
            Self::Cargo => cargo::versions(specifier),
        }
    }

    /// The smallest change of `specifier` that cuts its set off below `next` in this dialect's own style, with
    /// `floor` as lower bound where none is written. `None` where the dialect has no such form.
    pub fn capped(self, specifier: &str, next: &Version, floor: Option<&Version>) -> Option<Vec<Replacement>> {
        match self {
            Self::Pep508 => Some(pep440::capped(specifier, next, floor)),
            Self::Poetry => poetry::capped(specifier, next, floor),
            Self::Conda => conda::capped(specifier, next, floor),
            Self::Cargo => cargo::capped(specifier, next),
            Self::Npm => None,
        }
    }

    /// `specifier` as one of a later series, in its own spelling: `^1.2` → `^2.0`. `None` where the dialect has no such form.
    pub fn raised(self, specifier: &str, to: Target<'_>) -> Option<String> {
        raised::raised(self, specifier, to)
    }
}

/// `text` with `replacements` made.
pub fn replaced(text: &str, replacements: &[Replacement]) -> String {
    let mut out = text.to_owned();
    for (range, new) in replacements.iter().rev() {
        out.replace_range(range.clone(), new);
    }
    out
}

/// Reads alternatives of comparators, each of which `range` understands; a lone version whose operator names it
/// exactly is a pin.
fn united(
    specifier: &str,
    is_exact: impl Fn(&str) -> bool,
    range: impl Fn(&Comparator<'_>) -> Result<Ranges<Version>, String>,
) -> Result<Versions, String> {
    let pieces = alternatives(specifier)?;
    if let [piece] = pieces.as_slice()
        && let [only] = piece.as_slice()
        && is_exact(only.operator)
    {
        let partial = Partial::parse(only.version)?;
        if !partial.wildcard {
            return Ok(Versions::exactly(partial.version));
        }
    }
    let mut set = Ranges::empty();
    for piece in &pieces {
        let mut both = Ranges::full();
        for comparator in piece {
            both = both.intersection(&range(comparator)?);
        }
        set = set.union(&both);
    }
    Ok(Versions::range(set))
}

/// Caps each alternative of `specifier` that reaches `next`; `read` is the dialect's own reading of one alternative.
///
/// `None` when an alternative lies in the next major as a whole, or is closed above it: that one cannot be bounded,
/// only removed, and removing it is a person's choice.
fn capped_alternatives(
    specifier: &str,
    (next, suffix): (&Version, &str),
    floor: Option<&Version>,
    read: impl Fn(&str) -> Result<Versions, String>,
) -> Option<Vec<Replacement>> {
    if let Some(blank) = capped_blank(specifier, next, suffix, floor) {
        return Some(vec![blank]);
    }
    let above = Ranges::higher_than(next.clone());
    let mut edits = Vec::new();
    let mut offset = 0;
    for piece in specifier.split('|') {
        if !piece.trim().is_empty() {
            let admitted = read(piece).ok()?;
            if admitted.reaches(next) {
                if admitted.set.subset_of(&above) || !admitted.is_open() {
                    return None;
                }
                edits.push(appended(piece, offset, next, "<", suffix));
            }
        }
        offset += piece.len() + 1;
    }
    Some(edits)
}

/// The bound for a specifier that says nothing: blank or `*`.
fn capped_blank(specifier: &str, next: &Version, suffix: &str, floor: Option<&Version>) -> Option<Replacement> {
    let trimmed = specifier.trim();
    if !trimmed.is_empty() && trimmed != "*" {
        return None;
    }
    let start = specifier.len() - specifier.trim_start().len();
    let floor = floor.map(|floor| format!(">={floor},")).unwrap_or_default();
    Some((start..start + trimmed.len(), format!("{floor}<{next}{suffix}")))
}

/// Appends `bound` to the comma-separated `piece`, which stands at `offset`, in the piece's own spacing.
fn appended(piece: &str, offset: usize, bound: &Version, operator: &str, suffix: &str) -> Replacement {
    let body = piece.trim_end();
    let at = offset + body.len();
    let spaced_operator = body.split(',').any(|part| {
        let part = part.trim_start();
        let version = part.trim_start_matches(['<', '>', '=', '!', '~', '^']);
        version.len() < part.len() && version.starts_with(char::is_whitespace)
    });
    let operator = if spaced_operator { format!("{operator} ") } else { operator.to_owned() };
    let separator = match body {
        "" => "",
        _ if body.ends_with(',') => "",
        _ if body.contains(", ") || (spaced_operator && !body.contains(',')) => ", ",
        _ => ",",
    };
    (at..at, format!("{separator}{operator}{bound}{suffix}"))
}
