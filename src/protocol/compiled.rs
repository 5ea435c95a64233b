//! The rules' patterns, made ready: one pass over a file tells which of them can be found in it at all.

use regex::{Regex, RegexBuilder, RegexSet, RegexSetBuilder};

use super::checks;
use super::headers::Lists;
use crate::rule::text::{TextCheck, TextMatch};
use crate::rule::{Rule, Rules};

/// What a file says that speaks of the Model Context Protocol, and not of another thing with these three letters.
const SPEAKS_OF_MCP: &str = r#"modelcontextprotocol|model[ -]?context[ -]?protocol|mcp[-_. ]?(session|protocol|server|client|method|name|param|sdk|tool|host|proxy|gateway|endpoint|transport|inspector|remote|types|handler|request)|/mcp\b|\b(rmcp|fastmcp)\b|"?jsonrpc"?.{0,200}?"?(tools|resources|prompts)/|\bfrom mcp\b|\bimport mcp\b|notifications/initialized|streamable[-_ ]?http"#;

/// One entry of a rule.
pub(super) struct Entry<'r> {
    pub(super) rule: &'r Rule,
    pub(super) text: &'r TextMatch,
    pub(super) pattern: Regex,
    pub(super) needs: Vec<Regex>,
    pub(super) without: Vec<Regex>,
    pub(super) near: Vec<Regex>,
    pub(super) not_near: Vec<Regex>,
}

/// The rules about text, ready to be asked.
pub(crate) struct Compiled<'r> {
    pub(super) entries: Vec<Entry<'r>>,
    /// The patterns of `entries`, in their order.
    pub(super) any: RegexSet,
    pub(super) lists: Vec<Lists<'r>>,
    pub(super) checks: Vec<(&'r Rule, &'r TextCheck, checks::Check)>,
    pub(super) speaks_of_mcp: Regex,
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
        let mut any = RegexSetBuilder::new(entries.iter().map(|entry| &entry.text.pattern));
        let any = any.case_insensitive(true).multi_line(true).build();
        let any = any.map_err(|error| error.to_string())?;
        Ok(Self { entries, any, lists, checks, speaks_of_mcp: regex(SPEAKS_OF_MCP)? })
    }
}

impl<'r> Entry<'r> {
    fn new(rule: &'r Rule, text: &'r TextMatch) -> Result<Self, String> {
        let all = |sources: &[String]| sources.iter().map(|source| regex(source)).collect::<Result<Vec<_>, _>>();
        Ok(Self {
            rule,
            text,
            pattern: regex(&text.pattern)?,
            needs: all(text.needs.as_slice())?,
            without: all(text.without.as_slice())?,
            near: all(text.near.as_slice())?,
            not_near: all(text.not_near.as_slice())?,
        })
    }
}

/// A regular expression that does not mind case.
pub(super) fn regex(source: &str) -> Result<Regex, String> {
    RegexBuilder::new(source).case_insensitive(true).multi_line(true).build().map_err(|error| error.to_string())
}
