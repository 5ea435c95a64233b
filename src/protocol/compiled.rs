//! The rules' patterns, made ready: one pass over a file tells which of them can be found in it at all.

use regex::RegexSet;

use super::checks;
use super::headers::Lists;
use super::pattern::{self, Pattern};
use crate::rule::text::{TextCheck, TextMatch};
use crate::rule::{Rule, Rules};

/// What a file says that speaks of the Model Context Protocol, and not of another thing with these three letters.
const SPEAKS_OF_MCP: &str = r#"modelcontextprotocol|model[ -]?context[ -]?protocol|mcp[-_. ]?(session|protocol|server|client|method|name|param|sdk|tool|host|proxy|gateway|endpoint|transport|inspector|remote|types|handler|request)|/mcp\b|\b(rmcp|fastmcp)\b|"?jsonrpc"?.{0,200}?"?(tools|resources|prompts)/|\bfrom mcp\b|\bimport mcp\b|notifications/initialized|streamable[-_ ]?http"#;

/// One entry of a rule.
pub(super) struct Entry<'r> {
    pub(super) rule: &'r Rule,
    pub(super) text: &'r TextMatch,
    pub(super) pattern: Pattern,
    pub(super) needs: Vec<Pattern>,
    pub(super) without: Vec<Pattern>,
    pub(super) near: Vec<Pattern>,
    pub(super) not_near: Vec<Pattern>,
}

/// The rules about text, ready to be asked.
pub(crate) struct Compiled<'r> {
    pub(super) entries: Vec<Entry<'r>>,
    /// The entries that say by themselves that they are about MCP.
    plain: Patterns,
    /// The others.
    in_context: Patterns,
    pub(super) lists: Vec<Lists<'r>>,
    pub(super) checks: Vec<(&'r Rule, &'r TextCheck, checks::Check)>,
    pub(super) speaks_of_mcp: Pattern,
}

impl<'r> Compiled<'r> {
    /// Arranges `rules`.
    ///
    /// # Errors
    /// A regular expression that is none, or a check that does not exist, with the rule's identifier.
    pub(crate) fn new(rules: &'r Rules) -> Result<Self, String> {
        let mut entries = Vec::new();
        let mut checks = Vec::new();
        let mut lists = Vec::new();
        for rule in rules.iter() {
            for text in &rule.texts {
                entries.push(Entry::new(rule, text).map_err(|problem| format!("{}: {problem}", rule.id))?);
            }
            for list in &rule.header_lists {
                lists.push(Lists::new(rule, list).map_err(|problem| format!("{}: {problem}", rule.id))?);
            }
            for check in &rule.text_checks {
                let found = checks::named(&check.name)
                    .ok_or_else(|| format!("{}: there is no check called `{}`", rule.id, check.name))?;
                checks.push((rule, check, found));
            }
        }
        let (plain, in_context) = (Patterns::new(&entries, true)?, Patterns::new(&entries, false)?);
        Ok(Self { entries, plain, in_context, lists, checks, speaks_of_mcp: Pattern::new(SPEAKS_OF_MCP)? })
    }

    /// The entries whose patterns stand somewhere in `text`, in their order. Most files that hold the three letters speak
    /// of nothing else, so the many patterns that need a context are not tried on them.
    pub(super) fn asked_by(&self, text: &str) -> Vec<&Entry<'r>> {
        let mut found = self.plain.in_text(text);
        if self.speaks_of_mcp.is_match(text) {
            found.extend(self.in_context.in_text(text));
        }
        found.sort_unstable();
        found.into_iter().map(|index| &self.entries[index]).collect()
    }
}

/// The patterns of some entries, tried in one pass.
struct Patterns {
    set: RegexSet,
    /// The entries' places among all.
    places: Vec<usize>,
}

impl Patterns {
    fn new(entries: &[Entry<'_>], are_plain: bool) -> Result<Self, String> {
        let chosen = entries.iter().enumerate().filter(|(_, entry)| entry.text.is_plain == are_plain);
        let (places, patterns): (Vec<_>, Vec<_>) =
            chosen.map(|(place, entry)| (place, entry.text.pattern.as_str())).unzip();
        Ok(Self { set: pattern::set(patterns.into_iter())?, places })
    }

    fn in_text(&self, text: &str) -> Vec<usize> {
        self.set.matches(text).into_iter().map(|index| self.places[index]).collect()
    }
}

impl<'r> Entry<'r> {
    fn new(rule: &'r Rule, text: &'r TextMatch) -> Result<Self, String> {
        Ok(Self {
            rule,
            text,
            pattern: Pattern::new(&text.pattern)?,
            needs: Pattern::all(text.needs.as_slice())?,
            without: Pattern::all(text.without.as_slice())?,
            near: Pattern::all(text.near.as_slice())?,
            not_near: Pattern::all(text.not_near.as_slice())?,
        })
    }
}
