//! Imports that rewriting has left without a use. Only what a run itself made unused goes: an import that nothing used
//! before is somebody's intention, or none of this program's business.

use std::collections::HashSet;

use ruff_python_ast::{Alias, Stmt};

use super::parse::{span, with_module};
use crate::source::{Span, line_end, line_start, next_line};

/// The bytes of `after` to take out, ascending and apart: names of module-level imports that `before` used, as imported
/// there, and that `after` uses nowhere, not even in a string or a comment. `is_handed_on` tells which names other modules
/// take from this one. Nothing for a text that is refused.
pub fn left_unused(before: &str, after: &str, is_handed_on: &(dyn Fn(&str) -> bool + Sync)) -> Vec<Span> {
    let used = |text: &str| {
        let found = with_module(text, |parsed| {
            let body = &parsed.syntax().body;
            let names: HashSet<String> = imported(body).map(|(_, alias)| bound(alias).to_owned()).collect();
            (names, words(text, body))
        });
        found.unwrap_or_default()
    };
    if super::syntax_errors(after) > 0 {
        return Vec::new();
    }
    let (had, used_before) = used(before);
    let (_, used_after) = used(after);
    let goes = |alias: &Alias| {
        let name = bound(alias);
        let is_exported = alias.asname.as_ref().is_some_and(|local| local == &alias.name) || name == "*";
        !is_exported
            && had.contains(name)
            && used_before.contains(name)
            && !used_after.contains(name)
            && !is_handed_on(name)
    };
    let found = with_module(after, |parsed| {
        let body = &parsed.syntax().body;
        let statements = body.iter().filter(|one| !is_marked(after, one));
        statements.flat_map(|statement| without(after, statement, &goes)).collect()
    });
    found.unwrap_or_default()
}

/// The names of module-level imports, each with its statement.
fn imported(body: &[Stmt]) -> impl Iterator<Item = (&Stmt, &Alias)> {
    body.iter().flat_map(|statement| names(statement).iter().map(move |alias| (statement, alias)))
}

fn names(statement: &Stmt) -> &[Alias] {
    match statement {
        Stmt::ImportFrom(from) if from.module.as_ref().is_none_or(|module| module != "__future__") => &from.names,
        Stmt::Import(import) => &import.names,
        _ => &[],
    }
}

fn bound(alias: &Alias) -> &str {
    match &alias.asname {
        Some(local) => local.as_str(),
        None => alias.name.as_str().split('.').next().unwrap_or_default(),
    }
}

/// The words of `text` outside of its module-level imports.
fn words(text: &str, body: &[Stmt]) -> HashSet<String> {
    let (mut found, mut at) = (HashSet::new(), 0);
    let mut imports: Vec<Span> = body.iter().filter(|one| !names(one).is_empty()).map(span).collect();
    imports.push(Span::empty(text.len()));
    for import in imports {
        let between = text.get(at..import.start).unwrap_or_default();
        let words = between.split(|one: char| !one.is_alphanumeric() && one != '_').filter(|word| !word.is_empty());
        found.extend(words.map(str::to_owned));
        at = import.end;
    }
    found
}

/// Whether a comment on the statement's lines asks linters to leave it alone.
fn is_marked(text: &str, statement: &Stmt) -> bool {
    let whole = span(statement);
    let end = line_end(text, whole.end);
    text.get(whole.start..end).is_some_and(|lines| lines.contains("noqa") || lines.contains(';'))
}

fn without(text: &str, statement: &Stmt, goes: &dyn Fn(&Alias) -> bool) -> Vec<Span> {
    let all = names(statement);
    let gone: Vec<Span> = all.iter().filter(|alias| goes(alias)).map(span).collect();
    if gone.is_empty() {
        return Vec::new();
    }
    if gone.len() < all.len() {
        let all: Vec<Span> = all.iter().map(span).collect();
        let spans = super::check::without(&gone, &all);
        // A comment between the names may speak of either.
        let is_plain = |at: &Span| text.get(at.start..at.end).is_some_and(|gone| !gone.contains('#'));
        return if spans.iter().all(is_plain) { spans } else { Vec::new() };
    }
    let whole = span(statement);
    let start = line_start(text, whole.start);
    let mut end = next_line(text, whole.end);
    if !text[start..whole.start].is_empty() || !text[whole.end..end].trim().is_empty() {
        return Vec::new();
    }
    // Where it stood alone between empty lines, one of them goes with it.
    let is_apart = start == 0 || text[..start].ends_with("\n\n") || text[..start].ends_with("\n\r\n");
    if is_apart {
        let next = next_line(text, end);
        if text[end..next].trim().is_empty() {
            end = next;
        }
    }
    vec![Span::new(start, end)]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn made(before: &str, after: &str) -> String {
        let mut out = after.to_owned();
        for gone in left_unused(before, after, &|name| name == "Handed").into_iter().rev() {
            out.replace_range(gone.start..gone.end, "");
        }
        out
    }

    #[test]
    fn only_what_was_used_before_goes() {
        let head =
            "from datetime import timedelta\n\nimport os\nfrom a import (\n    Handed,\n    Old,\n    Unused,\n)\n\n";
        let before = format!("{head}print(timedelta(1), Old, os, Handed)\n");
        let after = format!("{head}print(1, os)\n");
        assert_eq!(made(&before, &after), "import os\nfrom a import (\n    Handed,\n    Unused,\n)\n\nprint(1, os)\n");
        assert_eq!(made(&before, &before), before);
    }

    #[test]
    fn what_is_named_in_a_string_or_marked_stays() {
        let before = "from a import One, Two\nimport b  # noqa: F401\nprint(One, Two, b)\n";
        let after = "from a import One, Two\nimport b  # noqa: F401\nx: \"One\"\n";
        assert_eq!(made(before, after), "from a import One\nimport b  # noqa: F401\nx: \"One\"\n");
        assert_eq!(made(before, "from a import One, Two ]"), "from a import One, Two ]");
    }
}
