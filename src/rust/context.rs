//! What rules see of a Rust file.

use std::collections::{BTreeMap, BTreeSet};

use super::paths::{self, Written};
use super::scopes::{Leaf, Scopes};
use super::source::Source;
use crate::fix::Edit;
use crate::source::{Span, line_end, line_start, next_line};

/// The crate's own name.
const CRATE: &str = "rmcp";

/// A file that uses the crate.
pub(crate) struct Context<'x, 't> {
    pub(crate) source: &'x Source<'t>,
    pub(crate) scopes: Scopes,
    /// The paths that lead into the crate, imports apart.
    pub(crate) paths: Vec<Written>,
    /// What the crate is called here, besides its own name.
    crate_names: &'x BTreeSet<String>,
    renamed: &'x BTreeMap<&'x str, BTreeSet<&'x str>>,
}

impl<'x, 't> Context<'x, 't> {
    pub(crate) fn new(
        source: &'x Source<'t>,
        crate_names: &'x BTreeSet<String>,
        renamed: &'x BTreeMap<&'x str, BTreeSet<&'x str>>,
    ) -> Self {
        let scopes = Scopes::of(source);
        let paths = paths::paths(source, &scopes, &|name| crate_names.contains(name));
        Self { source, scopes, paths, crate_names, renamed }
    }

    /// Whether `written`, a full path of the file, is `path`, one of a rule.
    pub(crate) fn is(&self, written: &str, path: &str) -> bool {
        self.below(written) == path.strip_prefix(CRATE)
    }

    /// Whether a rule makes `becomes` of the full path `written`.
    pub(crate) fn becomes(&self, written: &str, becomes: &str) -> bool {
        let Some(below) = self.below(written) else { return false };
        self.renamed.get(format!("{CRATE}{below}").as_str()).is_some_and(|all| all.contains(becomes))
    }

    /// Where the paths begin that rules write other names for, ascending: what is made of them together waits for that.
    pub(crate) fn awaiting_names(&self) -> Vec<usize> {
        let is_renamed = |full: &String| {
            let full = self.canonical(full).unwrap_or_default();
            let mut ends = full.match_indices("::").map(|(at, _)| at).chain([full.len()]);
            ends.any(|end| self.renamed.contains_key(&full[..end]))
        };
        let waiting = self.paths.iter().filter(|written| written.leads_to.iter().any(is_renamed));
        let mut starts: Vec<usize> = waiting.filter_map(|written| Some(written.parts.first()?.1.start)).collect();
        starts.sort_unstable();
        starts
    }

    /// The part of a written path whose name `path`, one of a rule, ends with.
    pub(crate) fn part_of(&self, written: &Written, path: &str) -> Option<usize> {
        let wanted = path.strip_prefix(CRATE)?;
        written.leads_to.iter().find_map(|full| {
            let rest = self.below(full)?.strip_prefix(wanted)?;
            // What follows are further names, of the last parts that are written.
            let further = rest.matches("::").count();
            let is_whole = rest.is_empty() || rest.starts_with("::");
            if is_whole { written.parts.len().checked_sub(1 + further) } else { None }
        })
    }

    /// A full path of the file as rules write it, beginning with the crate's own name.
    pub(crate) fn canonical(&self, written: &str) -> Option<String> {
        self.below(written).map(|below| format!("{CRATE}{below}"))
    }

    /// What follows the crate's name in a full path of the file, with the colons.
    fn below<'p>(&self, written: &'p str) -> Option<&'p str> {
        let name = written.split("::").next()?;
        self.crate_names.contains(name).then(|| &written[name.len()..])
    }

    pub(crate) fn edit(&self, span: Span, content: &str) -> Edit {
        Edit { path: self.source.path.to_owned(), span, content: content.to_owned() }
    }

    /// The white space in front of the line of `at`.
    pub(crate) fn indent(&self, at: usize) -> &'t str {
        let line = &self.source.text[line_start(self.source.text, at)..];
        &line[..line.len() - line.trim_start_matches([' ', '\t']).len()]
    }

    /// The edits that take a leaf out of its declaration, and the declaration with it where nothing would be left.
    pub(crate) fn without(&self, leaf: &Leaf) -> Option<Vec<Edit>> {
        let text = self.source.text;
        let at = leaf.group.iter().position(|one| *one == leaf.whole)?;
        if leaf.group.len() == 1 {
            if self.source.at(leaf.statement).contains('{') {
                return None;
            }
            let (start, end) = (line_start(text, leaf.statement.start), next_line(text, leaf.statement.end));
            let is_alone = text[start..leaf.statement.start].trim().is_empty()
                && text[leaf.statement.end..line_end(text, leaf.statement.end)].trim().is_empty();
            return is_alone.then(|| vec![self.edit(Span::new(start, end), "")]);
        }
        let span = match leaf.group.get(at + 1) {
            Some(next) => Span::new(leaf.whole.start, next.start),
            None => Span::new(leaf.group[at - 1].end, leaf.whole.end),
        };
        (!self.source.at(span).contains(['/'])).then(|| vec![self.edit(span, "")])
    }
}
