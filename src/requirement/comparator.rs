//! The shape that Poetry, Conda, npm and Cargo specifiers share: alternatives of comma- or space-separated
//! comparators, each an operator and a version. What an operator means is each dialect's own affair.

use std::ops::Range;
use std::str::FromStr;

use pep440_rs::Version;
use version_ranges::Ranges;

/// One comparator, with its byte range in the specifier text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comparator<'a> {
    /// The operator as written; empty when there is none.
    pub operator: &'a str,
    /// What follows it: digits, dots, wildcards, pre-release and build parts.
    pub version: &'a str,
    /// Both, in the specifier text.
    pub range: Range<usize>,
}

/// Splits `text` into alternatives (`|`, `||`) of comparators.
///
/// # Errors
/// A sentence naming what is wrong, for the person who wrote the specifier.
pub fn alternatives(text: &str) -> Result<Vec<Vec<Comparator<'_>>>, String> {
    let mut pieces = Vec::new();
    let mut start = 0;
    while start <= text.len() {
        let end = text[start..].find('|').map_or(text.len(), |at| start + at);
        pieces.push(comparators(text, start..end)?);
        start = end + if text[end..].starts_with("||") { 2 } else { 1 };
    }
    Ok(pieces)
}

fn comparators(text: &str, within: Range<usize>) -> Result<Vec<Comparator<'_>>, String> {
    let is_operator = |c: char| matches!(c, '<' | '>' | '=' | '!' | '~' | '^');
    let is_gap = |c: char| c.is_whitespace() || c == ',';
    let mut found = Vec::new();
    let mut at = within.start;
    while at < within.end {
        let rest = &text[at..within.end];
        let skipped = rest.len() - rest.trim_start_matches(is_gap).len();
        if skipped > 0 {
            at += skipped;
            continue;
        }
        let operator = &rest[..rest.find(|c| !is_operator(c)).unwrap_or(rest.len())];
        let after = &rest[operator.len()..];
        let blank = after.len() - after.trim_start().len();
        let version = &after[blank..];
        let version = &version[..version.find(|c| is_gap(c) || is_operator(c)).unwrap_or(version.len())];
        if version.is_empty() {
            return Err(format!("`{operator}` is not followed by a version"));
        }
        let end = at + operator.len() + blank + version.len();
        found.push(Comparator { operator, version, range: at..end });
        at = end;
    }
    Ok(found)
}

/// A version as it may be written in a comparator: leading numbers, then perhaps a wildcard or a pre-release.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Partial {
    /// The numbers that are written, `[1, 2]` for `1.2.*`; empty for `*`.
    pub numbers: Vec<u64>,
    /// Whether a wildcard (`*`, `x`, `X`) follows them.
    pub wildcard: bool,
    /// The whole as PEP 440 reads it, where it can; wildcards are cut off.
    pub version: Version,
}

impl Partial {
    /// Reads `text`.
    ///
    /// # Errors
    /// A sentence, when it is no version.
    pub fn parse(text: &str) -> Result<Self, String> {
        let no = || format!("`{text}` is not a version");
        let mut numbers = Vec::new();
        let mut wildcard = false;
        let body = text.strip_prefix('v').unwrap_or(text);
        // A build (`+…`) never takes part in an order; a pre-release (`-…`) is dropped like everywhere else.
        let body = body.split(['-', '+']).next().unwrap_or(body);
        for part in body.split('.') {
            match part {
                "*" | "x" | "X" => wildcard = true,
                _ if wildcard => return Err(no()),
                _ => {
                    let digits = part.find(|c: char| !c.is_ascii_digit()).unwrap_or(part.len());
                    numbers.push(part[..digits].parse::<u64>().map_err(|_| no())?);
                    if digits < part.len() {
                        // `1.0a1`: whatever PEP 440 makes of the whole.
                        let version = Version::from_str(text).map_err(|_| no())?;
                        return Ok(Self { numbers, wildcard, version });
                    }
                }
            }
        }
        let version = if numbers.is_empty() { Version::new([0]) } else { Version::new(&numbers) };
        Ok(Self { numbers, wildcard, version })
    }

    /// The first version after all that begin with the first `keep` numbers: `[1, 2]` with 1 gives `2`.
    pub fn bumped(&self, keep: usize) -> Version {
        let mut numbers: Vec<u64> =
            self.numbers.iter().copied().chain(std::iter::repeat(0)).take(keep.max(1)).collect();
        if let Some(last) = numbers.last_mut() {
            *last = last.saturating_add(1);
        }
        Version::new(numbers)
    }

    /// All versions that begin with the written numbers.
    pub fn prefix(&self) -> Ranges<Version> {
        if self.numbers.is_empty() {
            return Ranges::full();
        }
        Ranges::from_range_bounds::<_, Version>(self.release()..self.bumped(self.numbers.len()))
    }

    /// From this version to before the next change of the leftmost number that is not zero.
    pub fn caret(&self) -> Ranges<Version> {
        if self.numbers.is_empty() {
            return Ranges::full();
        }
        let keep = self.numbers.iter().position(|number| *number != 0).map_or(self.numbers.len(), |at| at + 1);
        Ranges::from_range_bounds::<_, Version>(self.release()..self.bumped(keep))
    }

    /// From this version to before the next change of the second number, or of the first when it stands alone.
    pub fn tilde(&self) -> Ranges<Version> {
        if self.numbers.is_empty() {
            return Ranges::full();
        }
        Ranges::from_range_bounds::<_, Version>(self.release()..self.bumped(self.numbers.len().min(2)))
    }

    /// Without pre-release, post-release and local parts.
    pub fn release(&self) -> Version {
        self.version.only_release()
    }

    /// The plain comparisons every dialect agrees on; `None` for an operator that is not one of them.
    pub fn compared(&self, operator: &str) -> Option<Ranges<Version>> {
        Some(match operator {
            ">=" => Ranges::higher_than(self.release()),
            ">" => Ranges::strictly_higher_than(self.release()),
            "<=" => Ranges::lower_than(self.release()),
            "<" => Ranges::strictly_lower_than(self.release()),
            "!=" if self.wildcard => self.prefix().complement(),
            "!=" => Ranges::singleton(self.release()).complement(),
            _ => return None,
        })
    }
}
