//! Lists of the headers that requests may carry, in any syntax: what browsers may send by CORS, what a gateway hands on. One
//! that names a header of the protocol serves it, and must name those that modern requests are refused without.

mod append;
mod calls;
mod list;
mod reader;
mod value;
mod yaml;

use std::collections::BTreeSet;

use regex::Regex;

use self::append::{NAMES, is_ours};
use self::list::{Entry, List};
use self::reader::Reader;
use super::language::Language;
use super::pattern::regex;
use super::{MOST, Text};
use crate::finding::Confidence;
use crate::fix::{Applicability, Edit, Fix};
use crate::hit::Hit;
use crate::rule::Rule;
use crate::rule::text::{HeaderList, Region};
use crate::source::Span;

/// One entry of a rule.
pub(super) struct Lists<'r> {
    pub(super) rule: &'r Rule,
    pub(super) entry: &'r HeaderList,
    key: Option<Regex>,
    call: Option<Regex>,
    header: Regex,
    near: Vec<Regex>,
    not_near: Vec<Regex>,
    except: Option<Regex>,
    beside: Option<Regex>,
}

impl<'r> Lists<'r> {
    pub(super) fn new(rule: &'r Rule, entry: &'r HeaderList) -> Result<Self, String> {
        let optional = |source: &Option<String>| source.as_deref().map(regex).transpose();
        let all = |sources: &[String]| sources.iter().map(|source| regex(source)).collect::<Result<Vec<_>, _>>();
        Ok(Self {
            rule,
            entry,
            key: optional(&entry.key)?,
            call: optional(&entry.call)?,
            header: regex(r"access[-_]control[-_]")?,
            near: all(entry.near.as_slice())?,
            not_near: all(entry.not_near.as_slice())?,
            except: optional(&entry.except)?,
            beside: optional(&entry.beside)?,
        })
    }

    /// Whether one of its names stands in `text` at all.
    pub(super) fn may_be_in(&self, text: &str) -> bool {
        [&self.key, &self.call].into_iter().flatten().any(|name| name.is_match(text))
    }

    /// The lists in `text` that leave something out.
    pub(super) fn ask(&self, text: &Text<'_>, hits: &mut Vec<Hit<'r>>) {
        let names = |list: &[Language]| list.contains(&text.language);
        let (only, except) = (self.entry.language.as_slice(), self.entry.except_language.as_slice());
        if !(only.is_empty() || names(only)) || names(except) {
            return;
        }
        let reader = Reader::of(text);
        if let Some(call) = &self.call {
            hits.extend(calls::find(self, text, &reader, call));
        }
        let Some(key) = &self.key else { return };
        let shown = self.beside.as_ref().map_or_else(Vec::new, |beside| {
            let mut found = lists(&reader, text, beside, &self.header);
            found.retain(|(_, list)| is_served(text.text, list));
            found
        });
        let mut seen = BTreeSet::new();
        let found = lists(&reader, text, key, &self.header);
        // A list of exposed headers speaks for the list that is nearest to it, and for no other.
        let nearest = |beside: Span| {
            let keys = found.iter().map(|(key, _)| *key).filter(|key| *key != beside);
            keys.min_by_key(|key| key.start.abs_diff(beside.start))
        };
        let shown: Vec<(Span, List)> = shown
            .into_iter()
            .filter_map(|(beside, list)| Some((nearest(beside)?, beside, list)))
            .filter(|(key, beside, _)| is_one_block(text.text, *key, *beside))
            .map(|(key, _, list)| (key, list))
            .collect();
        for (key, list) in &found {
            let (key, Some(span)) = (*key, list.span().filter(|span| seen.insert(*span))) else { continue };
            if self.is_meant(text, key)
                && let Some(hit) = self.judge(&reader, text, (key, list, span), &shown)
            {
                hits.push(hit);
            }
        }
    }

    /// Whether what must stand near the name does, and what must not does not.
    fn is_meant(&self, text: &Text<'_>, at: Span) -> bool {
        let around = &text.outside_comments()[text.around(at, self.entry.lines)];
        let is_excepted = self.except.as_ref().is_some_and(|except| except.is_match(&text.text[at.start..at.end]));
        !is_excepted
            && self.near.iter().all(|wanted| wanted.is_match(around))
            && !self.not_near.iter().any(|unwanted| unwanted.is_match(around))
    }

    fn judge(
        &self,
        reader: &Reader<'_>,
        text: &Text<'_>,
        (key, list, span): (Span, &List, Span),
        shown: &[(Span, List)],
    ) -> Option<Hit<'r>> {
        let missing = missing(text.text, list)?;
        let sample = if is_served(text.text, list) {
            None
        } else {
            let near = text.around(key, self.entry.lines);
            let is_near = |list: &List| list.span().is_some_and(|span| near.contains(&span.start));
            let (_, beside) = shown.iter().find(|(other, list)| *other == key && is_near(list))?;
            // Only another list of the same kind shows how a name is written here.
            beside.entries.iter().find(|entry| entry.name.is_some()).filter(|_| beside.form == list.form)
        };
        let edits = append::edits(reader, text.path, list, &missing, sample);
        let shown: Vec<&str> = list.names(text.text).filter(|(spelled, ..)| *spelled).map(|(.., name)| name).collect();
        let ours: Vec<&str> = shown.iter().copied().filter(|name| is_ours(name)).collect();
        let shown = if ours.is_empty() { shown } else { ours };
        let name = &text.text[key.start..key.end];
        let mut hit = self.hit(text, span, name, &shown, &missing, edits);
        if list.is_open {
            hit = hit.at_most(Confidence::Medium);
            let unsafe_at_most = |fix: &mut Fix| fix.applicability = fix.applicability.min(Applicability::Unsafe);
            hit.fix.iter_mut().for_each(unsafe_at_most);
            hit.help.push("Part of the list is put together elsewhere: look there as well.".to_owned());
        }
        Some(hit)
    }

    /// A hit at `span`, where `names` are listed and `missing` are not.
    fn hit(
        &self,
        text: &Text<'_>,
        span: Span,
        name: &str,
        names: &[&str],
        missing: &[&str],
        edits: Option<Vec<Edit>>,
    ) -> Hit<'r> {
        let quoted = |names: &[&str]| {
            let mut names: Vec<_> = names.iter().map(|name| format!("`{name}`")).collect();
            names.dedup();
            names
        };
        let mut hit = text.hit(self.rule, span).with("name", name.trim_matches(['"', '\'', '(', ' ', '.']));
        hit = hit.with("value", quoted(names).join(", "));
        hit = hit.with("becomes", joined_by_and(&quoted(missing)));
        if let Some(advice) = &self.entry.advice {
            let advice = advice.replace("{value}", &quoted(names).join(", "));
            hit = hit.with("advice", advice.replace("{becomes}", &joined_by_and(&quoted(missing))));
        }
        hit = self.entry.confidence.into_iter().fold(hit, Hit::at_most);
        hit.fix = edits.filter(|_| text.language != Language::Prose).map(|edits| Fix {
            title: format!("add {}", joined_by_and(&quoted(missing))),
            applicability: self.entry.applicability,
            edits,
        });
        hit
    }
}

/// Whether no block ends between two places that may be lists of the same settings.
fn is_one_block(text: &str, one: Span, other: Span) -> bool {
    let between = &text.as_bytes()[one.start.min(other.start)..one.start.max(other.start)];
    let mut depth = 0_usize;
    between.len() <= list::LONGEST
        && between.iter().all(|byte| match byte {
            b'{' => {
                depth += 1;
                true
            }
            b'}' => {
                let is_inner = depth > 0;
                depth = depth.saturating_sub(1);
                is_inner
            }
            _ => true,
        })
}

/// `a`, `a and b`, `a, b and c`.
fn joined_by_and(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// The lists that names matching `key` stand for, comments apart.
fn lists(reader: &Reader<'_>, text: &Text<'_>, key: &Regex, header: &Regex) -> Vec<(Span, List)> {
    let found = key.captures_iter(text.text).take(MOST).filter_map(|found| found.get(1).or_else(|| found.get(0)));
    let found = found.map(|found| Span::new(found.start(), found.end()));
    let in_comment = |span: &Span| matches!(reader.regions().part_at(span.start), Some((_, Region::Comment)));
    found
        .filter(|span| !in_comment(span))
        .filter_map(|span| {
            let is_header = header.is_match(&text.text[span.start..span.end]);
            value::of(reader, span, is_header).map(|list| (span, list))
        })
        .collect()
}

/// Whether the list names a header of the protocol.
fn is_served(text: &str, list: &List) -> bool {
    const CONSTANTS: [&str; 4] = ["mcp-session", "mcp-protocol", "mcpsession", "mcpprotocol"];
    list.names(text).any(|(is_spelled, name, _)| {
        if is_spelled { is_ours(&name) } else { CONSTANTS.iter().any(|constant| name.contains(constant)) }
    })
}

/// What the list leaves out; nothing where it names what matters, or lets everything pass.
fn missing(text: &str, list: &List) -> Option<Vec<&'static str>> {
    let names: Vec<(bool, String)> = list.names(text).map(|(is_spelled, name, _)| (is_spelled, name)).collect();
    if names.iter().any(|(_, name)| name == "*" || name == "any" || name.ends_with("::any")) {
        return None;
    }
    let has = |wanted: &str| {
        let wanted = wanted.to_ascii_lowercase();
        let run = wanted.replace('-', "");
        let is_it = |(is_spelled, name): &(bool, String)| {
            if *is_spelled { *name == wanted } else { name.contains(&wanted) || name.contains(&run) }
        };
        names.iter().any(is_it)
    };
    let missing: Vec<&str> = NAMES.into_iter().filter(|name| !has(name)).collect();
    let is_served = has(NAMES[0]) && has(NAMES[1]);
    (!is_served).then_some(missing)
}

/// The entries of the statements that `calls` has found, as a list.
fn list_of(entries: Vec<Entry>) -> List {
    List { entries, form: list::Form::Values, is_open: false }
}
