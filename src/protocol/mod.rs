//! What the revision of 2026-07-28 changes in the protocol itself, in files of any language: code that speaks it by hand,
//! proxies that route by its sessions, lists of headers. Text is looked at, with its comments and strings told apart;
//! a line of context decides, and the rule files say which.

mod checks;
mod compiled;
mod headers;
mod language;
mod pattern;
mod regions;

use std::ops::Range;

pub(crate) use compiled::Compiled;
pub use language::Language;
use pattern::Pattern;
pub(crate) use regions::Regions;

use self::compiled::Entry;
use crate::finding::Severity;
use crate::fix::{Edit, Fix};
use crate::hit::Hit;
use crate::rule::text::{Region, Use};
use crate::source::{Interest, SourceFile, Span, line_end, line_start, next_line};

/// A line longer than this, in bytes, was made by a machine: such a file is not looked at.
const LONGEST_LINE: usize = 5_000;
/// More places of one entry than this are not told of in one file.
const MOST: usize = 200;

/// What only code that knows the revision of 2026-07-28 says: it serves both, so what it keeps for older peers is no mistake.
const NEWER: [&str; 4] =
    ["2026-07-28", "server/discover", "subscriptions/listen", "io.modelcontextprotocol/clientCapabilities"];
/// How SDKs call the registration of a handler.
const REGISTERS: [&str; 6] = [
    "setRequestHandler",
    "setNotificationHandler",
    "removeRequestHandler",
    "assertCanSetRequestHandler",
    "addNotificationHandler",
    "RegisterNotificationHandler",
];

/// Whether a file of this path is worth opening.
pub(crate) fn interest(path: &str) -> Interest {
    let is_locked =
        path.ends_with("package-lock.json") || path.ends_with("pnpm-lock.yaml") || path.ends_with(".min.js");
    if Language::of(path).is_some() && !is_locked { Interest::IfMentioned } else { Interest::None }
}

/// A file, its regions, and what is known of it as a whole.
pub(crate) struct Text<'t> {
    pub(crate) path: &'t str,
    pub(crate) text: &'t str,
    pub(crate) language: Language,
    pub(crate) regions: Regions,
    /// The same text with blanks in the place of comments.
    plain: String,
    speaks_of_mcp: bool,
    /// What a place in it matters at most, where it is known not to serve older revisions alone.
    at_most: Severity,
    /// Whether it knows the revision of 2026-07-28.
    is_newer: bool,
}

/// What the rules find in `file`.
pub(crate) fn check<'r>(file: &SourceFile, rules: &Compiled<'r>) -> Vec<Hit<'r>> {
    let text = file.text();
    let Some(language) = Language::of(file.path()) else { return Vec::new() };
    if text.lines().any(|line| line.len() > LONGEST_LINE) {
        return Vec::new();
    }
    let found = rules.asked_by(text);
    let has_lists = rules.lists.iter().any(|lists| lists.may_be_in(text));
    if found.is_empty() && rules.checks.is_empty() && !has_lists {
        return Vec::new();
    }
    let text = Text::new(file.path(), text, language, &rules.speaks_of_mcp);
    let mut hits = Vec::new();
    for entry in found {
        let first = hits.len();
        text.ask(entry, &mut hits);
        if entry.text.once {
            keep_one(&mut hits, first, &text);
        }
    }
    for lists in &rules.lists {
        lists.ask(&text, &mut hits);
    }
    for (rule, check, run) in &rules.checks {
        hits.extend(run(&text, rule, check));
    }
    hits.sort_by(|one, other| (one.span, &one.rule.id).cmp(&(other.span, &other.rule.id)));
    hits.dedup_by(|one, other| one.span == other.span && one.rule.id == other.rule.id);
    hits
}

/// Of the hits from `first` on, keeps the first that is not in a comment, or else the first.
fn keep_one(hits: &mut Vec<Hit<'_>>, first: usize, text: &Text<'_>) {
    let is_run = |hit: &Hit<'_>| text.regions.at(hit.span.start) != Region::Comment;
    if let Some(kept) = hits[first..].iter().position(is_run) {
        hits.swap(first, first + kept);
    }
    hits.truncate(first + 1);
}

impl<'t> Text<'t> {
    fn new(path: &'t str, text: &'t str, language: Language, speaks_of_mcp: &Pattern) -> Self {
        let regions = Regions::of(text, language);
        let plain = without(text, regions.comments());
        let speaks_of_mcp = speaks_of_mcp.is_match(if language == Language::Prose { text } else { &plain });
        let is_newer = NEWER.iter().any(|name| plain.contains(name));
        let at_most = if is_test(path) { Severity::Note } else { Severity::Error };
        Self { path, text, language, regions, plain, speaks_of_mcp, at_most, is_newer }
    }

    /// A hit at `span`, which counts less in a comment.
    pub(crate) fn hit<'r>(&self, rule: &'r crate::rule::Rule, span: Span) -> Hit<'r> {
        let hit = Hit::new(rule, span).with("name", &self.text[span.start..span.end]).no_more_than(self.at_most);
        let is_known = self.is_newer && rule.on_newer != Some(true);
        let hit = if is_known { hit.no_more_than(Severity::Info) } else { hit };
        match self.regions.at(span.start) {
            Region::Comment => hit.no_more_than(Severity::Info),
            Region::Code | Region::String => hit,
        }
    }

    fn ask<'r>(&self, entry: &Entry<'r>, hits: &mut Vec<Hit<'r>>) {
        let text = entry.text;
        let names = |list: &[Language]| list.contains(&self.language);
        let is_meant = text.language.is_empty() || names(text.language.as_slice());
        if !is_meant || names(text.except_language.as_slice()) || !(text.is_plain || self.speaks_of_mcp) {
            return;
        }
        let whole = self.outside_comments();
        if !entry.needs.iter().all(|needed| needed.is_match(whole)) || entry.without.iter().any(|it| it.is_match(whole))
        {
            return;
        }
        for found in entry.pattern.get().into_iter().flat_map(|pattern| pattern.captures_iter(self.text)).take(MOST) {
            let Some(at) = found.get(1).or_else(|| found.get(0)) else { continue };
            let span = Span::new(at.start(), at.end());
            let within = text.within.as_slice();
            if !within.is_empty() && !within.contains(&self.regions.at(span.start)) {
                continue;
            }
            let around = &self.outside_comments()[self.around(span, text.lines)];
            let is_near = entry.near.iter().all(|wanted| wanted.is_match(around));
            if !is_near || entry.not_near.iter().any(|unwanted| unwanted.is_match(around)) {
                continue;
            }
            let mut hit = self.hit(entry.rule, span);
            if let Some(advice) = &text.advice {
                hit = hit.with("advice", advice);
            }
            let is_registered = text.use_ == Some(Use::HandRolled) && self.is_registered(span);
            if let Some(use_) = if is_registered { Some(Use::Served) } else { text.use_ } {
                hit = hit.with("use", use_.name());
            }
            if is_registered {
                hit = hit.no_more_than(Severity::Note);
            }
            hit = text.confidence.into_iter().fold(hit, Hit::at_most);
            hit = text.severity.into_iter().fold(hit, Hit::no_more_than);
            if let Some(becomes) = &text.becomes {
                let is_comment = self.regions.at(span.start) == Region::Comment;
                hit.fix = (!is_comment).then(|| self.fix(span, becomes, text.applicability));
                hit = hit.with("becomes", becomes);
            }
            hits.push(hit);
        }
    }

    /// Whether the literal at `span` is handed to an SDK, as the name of what a handler is registered for.
    fn is_registered(&self, span: Span) -> bool {
        let before = self.text[..span.start].trim_end_matches(['"', '\'', '`', '\\']).trim_end();
        REGISTERS.iter().any(|name| before.strip_suffix('(').is_some_and(|callee| callee.ends_with(name)))
    }

    fn fix(&self, span: Span, becomes: &str, applicability: crate::fix::Applicability) -> Fix {
        let edit = Edit { path: self.path.to_owned(), span, content: becomes.to_owned() };
        Fix { title: format!("write `{becomes}`"), applicability, edits: vec![edit] }
    }

    /// The text in which context is looked for: prose is all context.
    fn outside_comments(&self) -> &str {
        if self.language == Language::Prose { self.text } else { &self.plain }
    }

    /// The bytes of the lines of `span`, and of `lines` lines above and below.
    pub(crate) fn around(&self, span: Span, lines: usize) -> Range<usize> {
        let mut start = line_start(self.text, span.start);
        for _ in 0..lines {
            start = start.checked_sub(1).map_or(0, |before| line_start(self.text, before));
        }
        let mut end = line_end(self.text, span.end);
        for _ in 0..lines {
            end = line_end(self.text, next_line(self.text, end));
        }
        start..end
    }
}

/// `text` with every byte of `spans` that is no line break a blank: all places stay where they are.
fn without(text: &str, spans: impl Iterator<Item = Span>) -> String {
    let mut bytes = text.as_bytes().to_vec();
    for span in spans {
        bytes[span.start..span.end]
            .iter_mut()
            .filter(|byte| !matches!(byte, b'\n' | b'\r'))
            .for_each(|byte| *byte = b' ');
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

/// Whether the file at `path` is part of tests, or shows what a screen looks like: its data break no program.
fn is_test(path: &str) -> bool {
    let (folders, file) = path.rsplit_once('/').unwrap_or(("", path));
    let is_folder = |name: &str| {
        let name = name.to_ascii_lowercase();
        matches!(name.as_str(), "test" | "tests" | "__tests__" | "spec" | "testdata" | "__mocks__" | "e2e")
            || name.ends_with(".tests")
    };
    let (stem, _) = file.rsplit_once('.').unwrap_or((file, ""));
    let has_end = |end: &str| stem.ends_with(end);
    folders.split('/').any(is_folder)
        || stem.starts_with("test_")
        || ["_test", ".test", ".spec", ".stories", "_spec", "Test", "Tests"].into_iter().any(has_end)
}
