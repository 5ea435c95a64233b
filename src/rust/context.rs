//! What rules see of a Rust file.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::members::{self, Member};
use super::paths::{self, Written};
use super::scopes::{Leaf, Scopes};
use super::source::Source;
use super::spellings;
use crate::fix::Edit;
use crate::source::{Span, line_end, line_start, next_line};

/// The crate's own name.
const CRATE: &str = "rmcp";
/// How many bytes in front of a dot are looked at.
const LONGEST_RECEIVER: usize = 400;

/// A file that uses the crate.
pub(crate) struct Context<'x, 't> {
    pub(crate) source: &'x Source<'t>,
    pub(crate) scopes: Scopes,
    /// The paths that lead into the crate, imports apart.
    pub(crate) paths: Vec<Written>,
    /// What stands behind dots, and what traits' implementations define.
    pub(crate) members: Vec<Member>,
    /// The paths by where they begin.
    by_start: HashMap<usize, Vec<usize>>,
    /// All that the file names of the crate, in one spelling.
    named: HashSet<String>,
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
        let members = members::members(source);
        let (by_start, named) = (HashMap::new(), HashSet::new());
        let mut out = Self { source, scopes, paths, members, by_start, named, crate_names, renamed };
        for (index, written) in out.paths.iter().enumerate() {
            let start = written.parts.first().map_or(0, |(_, span)| span.start);
            out.by_start.entry(start).or_default().push(index);
        }
        let leaves = out.scopes.leaves.iter().map(|leaf| &leaf.path);
        let all = leaves.chain(out.paths.iter().flat_map(|written| &written.leads_to));
        out.named = all.filter_map(|path| out.below(path)).map(Cow::into_owned).collect();
        out
    }

    /// Whether the file names `path`, one of a rule, or something below it.
    pub(crate) fn names(&self, path: &str) -> bool {
        let Some(wanted) = path.strip_prefix(CRATE).map(spellings::one) else { return false };
        let is_below = |one: &String| {
            one.strip_prefix(wanted.as_ref()).is_some_and(|rest| rest.is_empty() || rest.starts_with("::"))
        };
        self.named.contains(wanted.as_ref()) || self.named.iter().any(is_below)
    }

    /// The path that is written at `span`.
    pub(crate) fn written(&self, span: Span) -> Option<&Written> {
        let mut all = self.by_start.get(&span.start)?.iter().map(|index| &self.paths[*index]);
        all.rfind(|written| written.parts.last().is_some_and(|(_, last)| last.end <= span.end))
    }

    /// The path whose first part begins at `start`; the last of several.
    pub(crate) fn written_from(&self, start: usize) -> Option<&Written> {
        self.by_start.get(&start)?.last().map(|index| &self.paths[*index])
    }

    /// Whether what is written at `span` leads to `path`, one of a rule.
    pub(crate) fn leads_to(&self, span: Span, path: &str) -> bool {
        self.written(span).is_some_and(|written| written.leads_to.iter().any(|full| self.is(full, path)))
    }

    /// What is written at `span`, but no more of it than says what it is.
    pub(crate) fn end_of(&self, span: Span) -> &'t str {
        let text = self.source.at(span);
        let start = (text.len().saturating_sub(LONGEST_RECEIVER)..=text.len()).find(|at| text.is_char_boundary(*at));
        &text[start.unwrap_or(0)..]
    }

    /// What the crate is called here.
    pub(crate) fn crate_name(&self) -> &str {
        self.crate_names.iter().next().map_or(CRATE, String::as_str)
    }

    /// Whether `written`, a full path of the file, is `path`, one of a rule.
    pub(crate) fn is(&self, written: &str, path: &str) -> bool {
        self.below(written)
            .is_some_and(|below| path.strip_prefix(CRATE).is_some_and(|path| below == spellings::one(path)))
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
        let wanted = spellings::one(path.strip_prefix(CRATE)?);
        written.leads_to.iter().find_map(|full| {
            let below = self.below(full)?;
            let rest = below.strip_prefix(wanted.as_ref())?;
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

    /// What follows the crate's name in a full path of the file, with the colons, in one spelling.
    pub(crate) fn below<'p>(&self, written: &'p str) -> Option<Cow<'p, str>> {
        let name = written.split("::").next()?;
        self.crate_names.contains(name).then(|| spellings::one(&written[name.len()..]))
    }

    pub(crate) fn edit(&self, span: Span, content: &str) -> Edit {
        Edit { path: self.source.path.to_owned(), span, content: content.to_owned() }
    }

    /// The white space in front of the line of `at`.
    pub(crate) fn indent(&self, at: usize) -> &'t str {
        let line = &self.source.text[line_start(self.source.text, at)..];
        &line[..line.len() - line.trim_start_matches([' ', '\t']).len()]
    }

    /// Whether a leaf is all that its declaration brings in.
    pub(crate) fn is_alone(&self, leaf: &Leaf) -> bool {
        let is_beside = |other: &&Leaf| other.statement == leaf.statement;
        self.scopes.leaves.iter().filter(is_beside).count() == 1 && !self.source.at(leaf.statement).contains('*')
    }

    /// The edits that take a leaf out of its declaration, and the declaration with it where nothing would be left.
    pub(crate) fn without(&self, leaf: &Leaf) -> Option<Vec<Edit>> {
        let text = self.source.text;
        let at = leaf.group.iter().position(|one| *one == leaf.whole)?;
        if self.is_alone(leaf) {
            let (start, end) = (line_start(text, leaf.statement.start), next_line(text, leaf.statement.end));
            let is_alone = text[start..leaf.statement.start].trim().is_empty()
                && text[leaf.statement.end..line_end(text, leaf.statement.end)].trim().is_empty();
            return is_alone.then(|| vec![self.edit(Span::new(start, end), "")]);
        }
        if leaf.group.len() == 1 {
            return None;
        }
        let span = match leaf.group.get(at + 1) {
            Some(next) => Span::new(leaf.whole.start, next.start),
            None => Span::new(leaf.group[at - 1].end, leaf.whole.end),
        };
        (!self.source.at(span).contains(['/'])).then(|| vec![self.edit(span, "")])
    }
}
