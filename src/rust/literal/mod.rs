//! Rules about struct literals of types that only the crate itself can still write so: with or without a base behind two
//! dots they do not compile any more. What takes their place compiles on both sides.

mod gather;
mod plan;
mod value;
mod write;

use std::collections::BTreeMap;

use semver::Version;

use self::gather::Literal;
use super::context::Context;
use super::packages::Package;
use super::paths::Written;
use crate::fix::{Applicability, Edit, Fix};
use crate::hit::Hit;
use crate::rule::Rule;
use crate::rule::rust::RustLiteral;
use crate::source::Span;

/// An entry, its rule, and the release from which it holds.
type Entry<'r> = (&'r Rule, Option<Version>, &'r RustLiteral);

/// What rules say of literals, by the path of the type.
#[derive(Default)]
pub(super) struct Table<'r> {
    by_path: BTreeMap<&'r str, Vec<Entry<'r>>>,
}

impl<'r> Table<'r> {
    pub(super) fn add(&mut self, rule: &'r Rule, breaks: Option<&Version>) {
        for entry in &rule.rust_literals {
            for path in entry.path.as_slice() {
                self.by_path.entry(path).or_default().push((rule, breaks.cloned(), entry));
            }
        }
    }

    /// What is said of the type that `written` leads to, by rules that hold for code at the release of `package`.
    fn of(&self, context: &Context<'_, '_>, written: &Written, package: &Package) -> Vec<&Entry<'r>> {
        let found = written.leads_to.iter().filter_map(|full| self.by_path.get(context.canonical(full)?.as_str()));
        let is_ahead = |breaks: &Option<Version>| breaks.as_ref().is_none_or(|breaks| package.is_before(breaks));
        found.flatten().filter(|(_, breaks, _)| is_ahead(breaks)).collect()
    }
}

/// The literals of a file that rules speak of.
pub(super) fn hits<'r>(context: &Context<'_, '_>, table: &Table<'r>, package: &Package) -> Vec<Hit<'r>> {
    if table.by_path.is_empty() || context.paths.is_empty() {
        return Vec::new();
    }
    let gather::Gathered { literals, patterns, mut unread } = gather::gathered(context.source);
    unread.sort_unstable_by_key(|span| span.start);
    let around = |path: &Written| {
        let start = path.parts.first()?.1.start;
        unread.get(unread.partition_point(|span| span.start <= start).checked_sub(1)?).copied()
    };
    let awaiting = context.awaiting_names();
    let mut hits = Vec::new();
    for literal in &literals {
        let Some(path) = context.written_from(literal.start) else { continue };
        let found = table.of(context, path, package);
        let Some((rule, ..)) = found.first() else { continue };
        let entries: Vec<&RustLiteral> = found.iter().map(|(_, _, entry)| *entry).collect();
        if entries.iter().all(|entry| entry.update) && literal.base.is_some() {
            continue;
        }
        let mut hit = hit(context, rule, path);
        // An import takes its new name together with all its uses, so none of them may be held back.
        let next = awaiting.get(awaiting.partition_point(|start| *start < literal.whole.start));
        if next.is_none_or(|start| *start >= literal.whole.end) {
            hit.fix = fix(context, literal, &entries);
        }
        hits.push(hit);
    }
    for pattern in &patterns {
        let Some(path) = context.written_from(pattern.start) else { continue };
        if let Some((rule, ..)) = table.of(context, path, package).first() {
            let mut hit = hit(context, rule, path);
            let edits = vec![rest(context, pattern)];
            hit.help = vec!["a pattern of it ends with `..`".to_owned()];
            hit.fix = Some(Fix {
                title: "let the pattern end with `..`".to_owned(),
                applicability: Applicability::Safe,
                edits,
            });
            hits.push(hit);
        }
    }
    // Where the tokens of a macro are none that can be read, what looks like a literal is one.
    for path in context.paths.iter().filter(|path| around(path).is_some_and(|span| is_literal(context, path, span))) {
        if let Some((rule, ..)) = table.of(context, path, package).first() {
            hits.push(hit(context, rule, path));
        }
    }
    hits
}

fn hit<'r>(context: &Context<'_, '_>, rule: &'r Rule, path: &Written) -> Hit<'r> {
    let span = path.parts.last().map_or(Span::empty(0), |(_, span)| *span);
    Hit::new(rule, span).with("name", context.source.at(span))
}

fn fix(context: &Context<'_, '_>, literal: &Literal, entries: &[&RustLiteral]) -> Option<Fix> {
    if literal.is_constant || !literal.is_plain {
        return None;
    }
    let comments = write::Comments::of(context, literal)?;
    let is_commented = |index: usize| !comments.before[index].is_empty() || !comments.behind[index].is_empty();
    let is_bare = |kept: &[Span]| is_bare(context, literal, kept);
    let plan = plan::plan(literal, entries, &is_commented, &is_bare)?;
    let edits = write::edits(context, literal, &plan)?;
    let is_over_base = matches!(plan.start, plan::Start::Base(_));
    let applicability = if is_over_base { Applicability::Unsafe } else { Applicability::Safe };
    Some(Fix { title: "make it with functions of its type".to_owned(), applicability, edits })
}

/// The edit that ends a pattern with two dots.
fn rest(context: &Context<'_, '_>, pattern: &gather::Whole) -> Edit {
    match (pattern.last, pattern.comma) {
        (Some(last), Some(comma)) => {
            let is_on_lines = context.source.at(Span::new(comma.end, pattern.inner.end)).contains('\n');
            let between = if is_on_lines { format!("\n{}", context.indent(last.start)) } else { " ".to_owned() };
            context.edit(Span::empty(comma.end), &format!("{between}.."))
        }
        (Some(last), None) => context.edit(Span::empty(last.end), ", .."),
        (None, _) => context.edit(Span::empty(pattern.inner.end), ".."),
    }
}

/// Whether a literal holds no comment outside of what is kept of it.
fn is_bare(context: &Context<'_, '_>, literal: &Literal, kept: &[Span]) -> bool {
    let mut kept: Vec<Span> = kept.to_vec();
    kept.sort_unstable_by_key(|span| span.start);
    let mut at = literal.whole.start;
    for span in kept {
        if span.start > at && write::has_comment(context.source.at(Span::new(at, span.start))) {
            return false;
        }
        at = at.max(span.end);
    }
    !write::has_comment(context.source.at(Span::new(at, literal.whole.end)))
}

/// Whether a path among the tokens of a macro is that of a literal.
fn is_literal(context: &Context<'_, '_>, path: &Written, within: Span) -> bool {
    let (Some((_, first)), Some((_, last))) = (path.parts.first(), path.parts.last()) else { return false };
    if first.start < within.start || last.end > within.end {
        return false;
    }
    let before = context.source.at(Span::new(within.start, first.start)).trim_end();
    let behind = context.source.at(Span::new(last.end, within.end)).trim_start();
    let declares = ["->", "impl", "for", "struct", "let", "enum", "union", "trait"];
    let Some(inner) = behind.strip_prefix('{') else { return false };
    let word = inner.trim_start();
    let name = word.find(|sign: char| !sign.is_alphanumeric() && sign != '_').unwrap_or(word.len());
    let sign = word[name..].trim_start();
    let is_field = name > 0 && sign.starts_with([':', ',', '}']) && !sign.starts_with("::");
    is_field && !declares.iter().any(|one| before.ends_with(one))
}
