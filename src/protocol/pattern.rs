//! Regular expressions of rules, made when they are first asked for: of a hundred, most files need none. None of them minds case.

use std::collections::BTreeMap;
use std::sync::{Mutex, OnceLock, PoisonError};

use regex::{Regex, RegexBuilder, RegexSet, RegexSetBuilder};

/// How much memory, in bytes, a thread may keep of the states that patterns were found in. With too little of it the engine falls
/// back to one that is two hundred times slower: 53 MB of files took 99 s with 2 MiB, and 0.4 s with this.
const STATES: usize = 16 << 20;

/// The sets that were made, by their patterns: each round of a migration asks for the same ones.
static SETS: Mutex<BTreeMap<Vec<String>, RegexSet>> = Mutex::new(BTreeMap::new());

/// A regular expression that is not made before it is needed.
#[derive(Debug)]
pub(super) struct Pattern {
    source: String,
    made: OnceLock<Option<Regex>>,
}

impl Pattern {
    /// # Errors
    /// What is wrong with `source`, as far as its grammar tells.
    pub(super) fn new(source: &str) -> Result<Self, String> {
        let source = with_plain_words(source);
        regex_syntax::parse(&source).map_err(|error| error.to_string())?;
        Ok(Self { source, made: OnceLock::new() })
    }

    /// # Errors
    /// The first of `sources` that is no pattern.
    pub(super) fn all(sources: &[String]) -> Result<Vec<Self>, String> {
        sources.iter().map(|source| Self::new(source)).collect()
    }

    /// The expression itself; none where it is larger than any is made.
    pub(super) fn get(&self) -> Option<&Regex> {
        self.made.get_or_init(|| made(&self.source).ok()).as_ref()
    }

    /// Whether it is found in `text`.
    pub(super) fn is_match(&self, text: &str) -> bool {
        self.get().is_some_and(|made| made.is_match(text))
    }
}

/// One that is needed at once.
///
/// # Errors
/// What is wrong with `source`.
pub(super) fn regex(source: &str) -> Result<Regex, String> {
    made(&with_plain_words(source))
}

fn made(plain: &str) -> Result<Regex, String> {
    RegexBuilder::new(plain).case_insensitive(true).multi_line(true).build().map_err(|error| error.to_string())
}

/// All of `sources`, to be tried in one pass.
///
/// # Errors
/// The first of them that is no pattern.
pub(super) fn set<'s>(sources: impl Iterator<Item = &'s str>) -> Result<RegexSet, String> {
    let patterns: Vec<String> = sources.map(with_plain_words).collect();
    let mut known = SETS.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(made) = known.get(&patterns) {
        return Ok(made.clone());
    }
    let mut made = RegexSetBuilder::new(&patterns);
    let made = made.case_insensitive(true).multi_line(true).dfa_size_limit(STATES).build();
    let made = made.map_err(|error| error.to_string())?;
    known.insert(patterns, made.clone());
    Ok(made)
}

/// The same pattern with words of ASCII letters alone: the boundaries of others keep the fast automata from being used on
/// every text that is not all ASCII.
fn with_plain_words(source: &str) -> String {
    let mut plain = String::with_capacity(source.len() + 32);
    let mut rest = source;
    while let Some(at) = rest.find('\\') {
        let (before, escape) = rest.split_at(at);
        let end = escape.char_indices().nth(2).map_or(escape.len(), |(end, _)| end);
        plain.push_str(before);
        plain.push_str(if &escape[..end] == r"\b" { r"(?-u:\b)" } else { &escape[..end] });
        rest = &escape[end..];
    }
    plain.push_str(rest);
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_are_refused_before_they_are_needed() {
        assert!(Pattern::new(r"a(").is_err());
        assert!(Pattern::new(r"\bmcp\\b").is_ok_and(|pattern| pattern.is_match(r"x MCP\b")));
        assert!(set([r"\bmcp\b", "x"].into_iter()).is_ok_and(|set| set.matches("an MCP").matched(0)));
    }
}
