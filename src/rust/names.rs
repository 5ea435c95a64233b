//! Rules about names of the crate: where they are imported and used, and the edits that write others for them.

use std::collections::{BTreeMap, BTreeSet};

use super::context::Context;
use super::scopes::Leaf;
use crate::finding::Confidence;
use crate::fix::{Applicability, Edit, Fix};
use crate::hit::Hit;
use crate::rule::Rule;
use crate::rule::rust::RustName;
use crate::source::Span;

/// In a file that imports more names than this, none is rewritten: each is held against all.
const MOST_IMPORTS: usize = 2_000;

/// The places of what `entry` names.
pub(super) fn hits<'r>(context: &Context<'_, '_>, rule: &'r Rule, entry: &'r RustName) -> Vec<Hit<'r>> {
    let mut hits = Vec::new();
    // Many uses have one import.
    let mut imports: BTreeMap<(&str, usize), Option<Vec<Edit>>> = BTreeMap::new();
    let used: BTreeSet<usize> = context.paths.iter().filter_map(|written| written.leaf).collect();
    for path in entry.path.as_slice() {
        let becomes = entry.becomes.as_deref();
        let renaming =
            becomes.filter(|becomes| !becomes.is_empty()).map(|becomes| Renaming::new(context, path, becomes));
        let fix = |edits: Option<Vec<Edit>>| {
            let (becomes, edits) = (becomes?, edits?);
            let title = match becomes.rsplit("::").next() {
                None | Some("") => "drop the import".to_owned(),
                Some(name) => format!("write `{name}`"),
            };
            Some(Fix { title, applicability: entry.applicability, edits })
        };
        let made = |span: Span, is_sure: bool, edits: Option<Vec<Edit>>| {
            let mut hit = Hit::new(rule, span).with("name", context.source.at(span)).with("path", path);
            hit = becomes
                .into_iter()
                .filter(|becomes| !becomes.is_empty())
                .fold(hit, |hit, becomes| hit.with("becomes", becomes));
            hit = entry.advice.iter().fold(hit, |hit, advice| hit.with("advice", advice));
            hit.fix = fix(edits);
            if !is_sure {
                hit = hit.at_most(Confidence::Low);
                hit.fix.iter_mut().for_each(|fix| fix.applicability = fix.applicability.min(Applicability::Unsafe));
            }
            hit
        };
        for (index, leaf) in context.scopes.leaves.iter().enumerate().filter(|(_, leaf)| context.is(&leaf.path, path)) {
            let edits = match &renaming {
                Some(renaming) => renaming.leaf(index),
                // What is gone without a successor is imported for nothing, once nothing names it.
                None if becomes.is_some() && !used.contains(&index) => context.without(leaf),
                None => None,
            };
            hits.push(made(leaf.name, true, edits));
        }
        for written in &context.paths {
            let Some(at) = context.part_of(written, path) else { continue };
            let is_through_leaf = at == 0 && written.leaf.is_some();
            let keeps_name = |leaf: usize| keeps_name(&context.scopes.leaves[leaf], becomes);
            let is_moved = becomes.is_some_and(|becomes| becomes.rsplit("::").next() == path.rsplit("::").next());
            if is_through_leaf && (is_moved || written.leaf.is_some_and(keeps_name)) {
                // What it is called here stays.
                continue;
            }
            let span = written.parts[at].1;
            let edits = renaming.as_ref().and_then(|renaming| match written.leaf.filter(|_| at == 0) {
                Some(leaf) => {
                    let import = imports.entry((path, leaf)).or_insert_with(|| renaming.leaf(leaf)).clone();
                    Some([import?, vec![context.edit(span, renaming.name)]].concat())
                }
                None => renaming.in_place(span, at == 0),
            });
            hits.push(made(span, written.is_sure, edits));
        }
    }
    hits
}

/// Whether the file goes on to use the name that a leaf brings in: it is its own, or others import it from here.
fn keeps_name(leaf: &Leaf, becomes: Option<&str>) -> bool {
    leaf.is_renamed || (leaf.is_public && becomes.is_some())
}

/// A name that becomes another one.
struct Renaming<'c, 'x, 't, 'p> {
    context: &'c Context<'x, 't>,
    /// The last name of the new path.
    name: &'p str,
    /// Whether the new name stands where the old one stood.
    stays: bool,
    becomes: &'p str,
    /// Whether the file has a thing of the new name that is not the one that is meant.
    is_taken: bool,
}

impl<'c, 'x, 't, 'p> Renaming<'c, 'x, 't, 'p> {
    fn new(context: &'c Context<'x, 't>, path: &str, becomes: &'p str) -> Self {
        let name = becomes.rsplit("::").next().unwrap_or(becomes);
        let folder = |path: &str| path.rsplit_once("::").map_or(String::new(), |(folder, _)| folder.to_owned());
        let imports_it = context.scopes.leaves.iter().any(|leaf| leaf.local == name && context.is(&leaf.path, becomes));
        let is_moved = path.rsplit("::").next() == Some(name);
        let is_taken = context.scopes.has(name) && !imports_it && !is_moved;
        Self { context, name, stays: folder(path) == folder(becomes), becomes, is_taken }
    }

    /// The edits of the import itself.
    fn leaf(&self, index: usize) -> Option<Vec<Edit>> {
        if self.context.scopes.leaves.len() > MOST_IMPORTS {
            return None;
        }
        let leaf = &self.context.scopes.leaves[index];
        let keeps = |leaf: &Leaf| keeps_name(leaf, Some(self.becomes));
        if self.is_taken && !keeps(leaf) {
            return None;
        }
        let is_another =
            |other: &(usize, &Leaf)| other.0 != index && other.1.scope == leaf.scope && !keeps(other.1) && !keeps(leaf);
        let others = || self.context.scopes.leaves.iter().enumerate().filter(is_another);
        let has_it = others().any(|(_, other)| self.context.is(&other.path, self.becomes));
        // Of several names that become this one, the first stays.
        let comes_later = others().any(|(other, one)| other < index && self.context.becomes(&one.path, self.becomes));
        if has_it || comes_later {
            return self.context.without(leaf);
        }
        let renamed =
            if keeps(leaf) && leaf.local != self.name { format!(" as {}", leaf.local) } else { String::new() };
        if self.stays {
            let written = if leaf.is_renamed { self.name.to_owned() } else { format!("{}{renamed}", self.name) };
            return Some(vec![self.context.edit(leaf.name, &written)]);
        }
        let crate_name = leaf.path.split("::").next().unwrap_or_default();
        let (_, below) = self.becomes.split_once("::")?;
        let path = format!("{crate_name}::{below}{renamed}");
        if self.context.is_alone(leaf) {
            // The whole path of a declaration of its own.
            let text = self.context.source.at(leaf.statement);
            let start = leaf.statement.start + text.find("use ")? + "use ".len();
            let end = leaf.statement.start + text.rfind(';')?;
            return Some(vec![self.context.edit(Span::new(start, end), &path)]);
        }
        let mut edits = self.context.without(leaf)?;
        let indent = self.context.indent(leaf.statement.start);
        let text = self.context.source.at(leaf.statement);
        let visible = text.find("use ").map_or("", |at| &text[..at]);
        let visible = if leaf.is_public { visible.rsplit('\n').next().unwrap_or_default().trim_start() } else { "" };
        edits.push(self.context.edit(Span::empty(leaf.statement.end), &format!("\n{indent}{visible}use {path};")));
        Some(edits)
    }

    /// The edit of a name behind others, or, as the first, of one that a glob brings in.
    fn in_place(&self, span: Span, is_first: bool) -> Option<Vec<Edit>> {
        (self.stays && !(self.is_taken && is_first)).then(|| vec![self.context.edit(span, self.name)])
    }
}

/// What every name that rules rename becomes, to tell which of them become one. A name that is merely deprecated still serves.
pub(super) fn renamed<'r>(rules: impl Iterator<Item = &'r Rule>) -> BTreeMap<&'r str, BTreeSet<&'r str>> {
    let mut renamed: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for entry in rules.filter(|rule| rule.since.is_none()).flat_map(|rule| &rule.rust_names) {
        if let Some(becomes) = entry.becomes.as_deref().filter(|_| entry.applicability != Applicability::Manual) {
            entry.path.as_slice().iter().for_each(|path| {
                renamed.entry(path.as_str()).or_default().insert(becomes);
            });
        }
    }
    renamed
}
