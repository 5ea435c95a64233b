//! Finds the metadata with which a client registers itself at an authorization server, made by hand and without
//! `application_type`. Adds `native` where every redirect that is written out leads to the same machine.

use std::ops::Range;

use memchr::memmem;

use crate::fix::{Edit, Fix};
use crate::hit::Hit;
use crate::protocol::{Language, Text};
use crate::rule::Rule;
use crate::rule::text::{Region, TextCheck, Use};
use crate::source::{Span, line_start};

const KEY: &str = "redirect_uris";
/// What stands beside the redirects in a registration, and not in a request that only names one.
const BESIDE: [&str; 4] = ["client_name", "grant_types", "response_types", "token_endpoint_auth_method"];
/// What stands in what a server answered or keeps, and not in what it is asked.
const ANSWERED: [&str; 3] = ["client_id", "client_secret", "application_type"];
/// How far away the brackets around a key are looked for, in bytes.
const FAR: usize = 3_000;

pub(super) fn without_type<'r>(text: &Text<'_>, rule: &'r Rule, check: &'r TextCheck) -> Vec<Hit<'r>> {
    if !text.speaks_of_mcp || text.language == Language::Prose {
        return Vec::new();
    }
    let keys = memmem::find_iter(text.text.as_bytes(), KEY);
    keys.filter_map(|at| registration(text, at, rule, check)).collect()
}

fn registration<'r>(text: &Text<'_>, at: usize, rule: &'r Rule, check: &'r TextCheck) -> Option<Hit<'r>> {
    let span = Span::new(at, at + KEY.len());
    let key = Key::read(text, at)?;
    let object = &text.plain[around(text, at)?];
    let has = |name: &&str| object.contains(*name);
    // What is checked, typed or handed on is no registration: the redirects are written out.
    if text.regions.at(at) == Region::Comment || !BESIDE.iter().any(has) {
        return None;
    }
    if ANSWERED.iter().any(|name| names_key(object, name)) {
        return None;
    }
    let mut hit = text.hit(rule, span).with("use", Use::HandRolled.name());
    if let Some(advice) = &check.advice {
        hit = hit.with("advice", advice);
    }
    hit.fix = key.is_local.then(|| {
        let start = line_start(text.text, key.start);
        let indent = &text.text[start..key.start];
        let gap = if indent.trim().is_empty() { format!("\n{indent}") } else { " ".to_owned() };
        let (quote, mark) = (key.quote, key.separator);
        let content = format!("{quote}application_type{quote}{mark}{0}native{0},{gap}", key.value_quote);
        let edit = Edit { path: text.path.to_owned(), span: Span::new(key.start, key.start), content };
        Fix {
            title: "say `application_type: native`".to_owned(),
            applicability: check.applicability,
            edits: vec![edit],
        }
    });
    Some(hit)
}

/// The key and the list behind it.
struct Key<'t> {
    /// Where it begins, with its quote.
    start: usize,
    quote: &'t str,
    /// What stands between a key and its value.
    separator: &'static str,
    value_quote: char,
    /// Whether every redirect is written out and leads to the same machine.
    is_local: bool,
}

impl<'t> Key<'t> {
    fn read(text: &Text<'t>, at: usize) -> Option<Self> {
        let (before, after) = (&text.text[..at], &text.text[at + KEY.len()..]);
        let is_quoted = |quote: char| before.ends_with(quote) && after.starts_with(quote);
        let quote = ["\"", "'"].into_iter().find(|quote| quote.chars().all(is_quoted)).unwrap_or_default();
        let start = at - quote.len();
        if quote.is_empty() && before.ends_with(|before: char| before.is_alphanumeric() || "_.\\\"'$".contains(before))
        {
            return None;
        }
        let after = after[quote.len()..].trim_start();
        let (separator, after) = match (after.strip_prefix("=>"), after.strip_prefix(':')) {
            (Some(value), _) => (" => ", value),
            (None, Some(value)) => (": ", value),
            (None, None) => return None,
        };
        let list = after.trim_start();
        let list = list.strip_prefix("[]string{").or_else(|| list.strip_prefix('['))?.trim_start();
        let (list, _) = list.split_once([']', '}'])?;
        let value_quote = list.chars().next().filter(|first| "\"'`".contains(*first) || first.is_alphanumeric());
        let redirects = || list.split(',').map(str::trim).filter(|redirect| !redirect.is_empty());
        let value_quote = value_quote?;
        let is_written = text.language != Language::Go && "\"'".contains(value_quote) && redirects().count() > 0;
        let is_local = |redirect: &str| {
            let address = redirect.trim_start_matches(value_quote);
            ["http://localhost", "http://127.0.0.1", "http://[::1"].iter().any(|local| address.starts_with(local))
        };
        let is_local = is_written && redirects().all(is_local);
        Some(Self { start, quote, separator, value_quote, is_local })
    }
}

/// Whether `object` has a key of this name: a longer name does not count.
fn names_key(object: &str, name: &str) -> bool {
    let is_word = |byte: Option<u8>| byte.is_some_and(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    let bytes = object.as_bytes();
    memmem::find_iter(bytes, name).any(|at| {
        let before = at.checked_sub(1).map(|before| bytes[before]);
        !is_word(before) && !is_word(bytes.get(at + name.len()).copied())
    })
}

/// The bytes within the braces or brackets that `at` stands in.
fn around(text: &Text<'_>, at: usize) -> Option<Range<usize>> {
    let bytes = text.text.as_bytes();
    let is_code = |offset: &usize| text.regions.at(*offset) == Region::Code;
    // A key in quotes stands in a string itself; its object begins before that.
    let mut depth = 0_usize;
    let mut start = None;
    for offset in (at.saturating_sub(FAR)..at).rev().filter(is_code) {
        match bytes[offset] {
            b'}' | b']' | b')' => depth += 1,
            b'{' | b'[' | b'(' if depth == 0 => {
                start = Some(offset);
                break;
            }
            b'{' | b'[' | b'(' => depth -= 1,
            _ => {}
        }
    }
    let mut depth = 0_usize;
    for offset in (at..bytes.len().min(at + FAR)).filter(is_code) {
        match bytes[offset] {
            b'{' | b'[' | b'(' => depth += 1,
            b'}' | b']' | b')' if depth == 0 => return Some(start?..offset),
            b'}' | b']' | b')' => depth -= 1,
            _ => {}
        }
    }
    None
}
