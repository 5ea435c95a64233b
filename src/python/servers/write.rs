//! The text of what was decided: values said where a server is started, and settings taken from where they stood.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use super::link::{Home, Server};
use super::settle::{BOTH, HTTP, SSE};
use super::{Read, Start, Started};
use crate::fix::{Applicability, Edit, Fix};
use crate::python::layout;
use crate::python::names::Modules;
use crate::source::{Span, line_start, next_line};

/// A setting that a start is given.
pub(super) struct Added {
    pub(super) name: String,
    pub(super) text: String,
    /// What was said of it where it stood: in lines of their own, and behind it.
    pub(super) above: Vec<String>,
    pub(super) beside: Option<String>,
}

impl Added {
    fn argument(&self) -> String {
        format!("{}={}", self.name, self.text)
    }

    /// The lines of the argument in a call of which each argument has its own.
    fn lines(&self, newline: &str, indent: &str, with_comments: bool) -> String {
        if !with_comments {
            return format!("{newline}{indent}{},", self.argument());
        }
        let above: String = self.above.iter().map(|comment| format!("{newline}{indent}{comment}")).collect();
        let beside = self.beside.as_ref().map(|comment| format!("  {comment}")).unwrap_or_default();
        format!("{above}{newline}{indent}{},{beside}", self.argument())
    }
}

/// Comments above an argument, and behind it.
type Comments = (Vec<String>, Option<String>);

/// The edits for one setting, which are all made or none.
#[derive(Default, Clone)]
pub(super) struct Pending {
    pub(super) plain: Vec<(usize, Span, String)>,
    /// Arguments of the constructor that go.
    pub(super) gone: Vec<Span>,
    /// Statements that go.
    pub(super) stores: Vec<(usize, Span)>,
    /// Statements in front of the one that makes the server.
    pub(super) hoisted: BTreeSet<String>,
    /// Names that an import takes more, by the module and where its names end.
    pub(super) imported: BTreeSet<(usize, usize, String)>,
    /// Variables, by the setting: the module, where they begin, and the statement that begins them.
    pub(super) variables: BTreeMap<String, (usize, usize, String)>,
}

impl Pending {
    /// Lets an assignment to the settings be one to `own`.
    pub(super) fn rename(&mut self, home: usize, target: Span, own: &str) {
        let edit = (home, target, own.to_owned());
        if !self.plain.contains(&edit) {
            self.plain.push(edit);
        }
    }

    /// Whether the assignment to `target` stays, with another target.
    pub(super) fn renames(&self, home: usize, target: Span) -> bool {
        self.plain.iter().any(|(of, at, _)| (*of, *at) == (home, target))
    }
}

/// The edits of one fix.
pub(super) struct Edits<'e, 'm> {
    pub(super) modules: &'e Modules,
    pub(super) homes: &'e [Home<'m>],
    pub(super) server: &'e Server<'m>,
    kept: Pending,
}

/// Whether what the start is given can be told by its form.
pub(super) fn is_writable(start: &Start, name: &str) -> bool {
    match &start.started {
        Started::Unknown => false,
        Started::Either { is_plain, .. } => BOTH.contains(&name) || (*is_plain && start.is_statement),
        _ => true,
    }
}

/// Where the value of what is read goes, and how it is written there.
pub(super) fn read(read: &Read, text: &str) -> Option<(Span, String)> {
    if !read.is_in_text || !text.contains(['"', '\'']) {
        return Some((read.whole, text.to_owned()));
    }
    // A string within a string: its content is what the reader sees.
    let inner = text.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'))?;
    let is_plain = !inner.contains(['"', '\'', '\\', '{', '}']);
    read.braces.filter(|_| is_plain).map(|braces| (braces, inner.to_owned()))
}

impl<'e, 'm> Edits<'e, 'm> {
    pub(super) fn new(modules: &'e Modules, homes: &'e [Home<'m>], server: &'e Server<'m>) -> Self {
        Self { modules, homes, server, kept: Pending::default() }
    }

    pub(super) fn keep(&mut self, more: Pending) {
        self.kept.plain.extend(more.plain);
        self.kept.gone.extend(more.gone);
        self.kept.stores.extend(more.stores);
        self.kept.hoisted.extend(more.hoisted);
        self.kept.imported.extend(more.imported);
        self.kept.variables.extend(more.variables);
    }

    pub(super) fn text(&self, home: usize, at: Span) -> &'m str {
        self.homes[home].says.text.get(at.start..at.end).unwrap_or_default()
    }

    pub(super) fn whole(&self, home: usize) -> &'m str {
        &self.homes[home].says.text
    }

    /// Gives `start` what was added.
    pub(super) fn start(&mut self, home: usize, start: &Start, added: &[Added]) {
        let whole = self.whole(home);
        let text = |at: Span| whole.get(at.start..at.end).unwrap_or_default();
        let given: Vec<String> = added.iter().map(Added::argument).collect();
        let indent = layout::indentation(whole, start.call.start);
        let column = start.call.start - line_start(whole, start.call.start);
        let head = format!("{}.{}", text(start.receiver), text(start.name));
        if !start.is_called {
            let made = layout::call(whole, (indent, column + 8), &head, &given, "");
            self.kept.plain.push((home, start.call, format!("lambda: {made}")));
            return;
        }
        if let Started::Either { by, values, .. } = &start.started
            && (added.iter().any(|one| !BOTH.contains(&one.name.as_str())) || values.iter().any(|one| one == "stdio"))
            && start.is_statement
        {
            let is_named = start.arguments.iter().any(|(_, keyword)| keyword.as_deref() == Some("transport"));
            let word = if is_named { "transport=" } else { "" };
            let text = branches(whole, (indent, text(start.call)), (&head, word, by, values), added);
            self.kept.plain.push((home, start.call, text));
            return;
        }
        let arguments = Span::new(start.name.end, start.call.end);
        let newline = layout::newline(whole);
        let is_line = !text(arguments).contains('\n');
        let rest = whole[start.call.end..].lines().next().unwrap_or_default();
        // Within an expression there is no place for them.
        let is_last = rest.trim_start().is_empty() || rest.trim_start().starts_with('#');
        let has_comments = is_last && added.iter().any(|one| !one.above.is_empty() || one.beside.is_some());
        let more = given.join(", ");
        let comma = if start.arguments.is_empty() { 0 } else { 2 };
        let length = column + text(start.call).chars().count() + rest.trim_end().chars().count() + more.chars().count();
        let fits = !has_comments && !more.contains('\n') && length + comma <= layout::width(whole);
        let last = start.arguments.last().map(|(at, _)| *at);
        if is_line && fits {
            let edit = match last {
                Some(last) => (home, Span::empty(last.end), format!(", {more}")),
                None => (home, arguments, format!("({more})")),
            };
            self.kept.plain.push(edit);
            return;
        }
        let behind = last.map_or("", |last| text(Span::new(last.end, start.call.end)));
        let code = behind.split('#').next().unwrap_or_default();
        match last {
            Some(last) if !is_line => {
                let deeper = layout::indentation(whole, last.start);
                let lines: String = added.iter().map(|one| one.lines(newline, deeper, has_comments)).collect();
                // Behind what is said of the last argument; a comma is missing where none stands in front of that.
                let line = behind.find(['\r', '\n']).unwrap_or(code.len().min(1));
                let end = if code.contains(',') && behind.contains('\n') { last.end + line } else { last.end };
                let comma = if code.contains(',') { "" } else { "," };
                self.kept.plain.push((home, Span::empty(end), format!("{comma}{lines}")));
            }
            _ => {
                let deeper = format!("{indent}    ");
                let old = start.arguments.iter().map(|(at, _)| format!("{newline}{deeper}{},", text(*at)));
                let lines: String =
                    old.chain(added.iter().map(|one| one.lines(newline, &deeper, has_comments))).collect();
                self.kept.plain.push((home, arguments, format!("({lines}{newline}{indent})")));
            }
        }
    }

    /// Everything that was kept, as one fix; `None` when a file may not be touched from another, or a text is in the way.
    pub(super) fn fix(&self, title: String, applicability: Applicability) -> Option<Fix> {
        let mut edits: Vec<(usize, Span, String)> = self.kept.plain.clone();
        let home = self.server.home;
        edits.extend(self.without_arguments()?.into_iter().map(|at| (home, at, String::new())));
        edits.extend(self.without_statements()?);
        let newline = layout::newline(self.whole(home));
        if !self.kept.hoisted.is_empty() {
            let at = self.server.made.place.at;
            let indent = self.indent_at(home, at)?;
            let lines: String = self.kept.hoisted.iter().map(|line| format!("{line}{newline}{indent}")).collect();
            edits.push((home, Span::empty(at), lines));
        }
        let mut begun: BTreeMap<(usize, usize), String> = BTreeMap::new();
        for (home, at, line) in self.kept.variables.values() {
            let indent = self.indent_at(*home, *at)?;
            let newline = layout::newline(self.whole(*home));
            begun.entry((*home, *at)).or_default().push_str(&format!("{line}{newline}{indent}"));
        }
        edits.extend(begun.into_iter().map(|((home, at), text)| (home, Span::empty(at), text)));
        let mut imported: BTreeMap<(usize, usize), String> = BTreeMap::new();
        for (home, at, name) in &self.kept.imported {
            imported.entry((*home, *at)).or_default().push_str(&format!(", {name}"));
        }
        edits.extend(imported.into_iter().map(|((home, at), text)| (home, Span::empty(at), text)));
        edits.sort();
        edits.dedup();
        let files: HashSet<usize> = edits.iter().map(|(home, ..)| *home).chain([home]).collect();
        if files.len() > 1 && files.iter().any(|home| !self.homes[*home].says.is_shared) {
            return None;
        }
        let is_apart = |pair: &[(usize, Span, String)]| {
            let [(one, before, _), (other, after, _)] = pair else { return true };
            one != other || (before.end <= after.start && before != after)
        };
        let as_edit = |(home, span, content): (usize, Span, String)| Edit {
            path: self.homes[home].says.file.clone(),
            span,
            content,
        };
        (!edits.is_empty() && edits.windows(2).all(is_apart)).then(|| Fix {
            title,
            applicability,
            edits: edits.into_iter().map(as_edit).collect(),
        })
    }

    /// The indentation of the statement at `at`, which must be the first of its line.
    fn indent_at(&self, home: usize, at: usize) -> Option<&'m str> {
        let whole = self.whole(home);
        let indent = layout::indentation(whole, at);
        let start = at.checked_sub(indent.len())?;
        (start == 0 || whole[..start].ends_with('\n')).then_some(indent)
    }

    /// The lines of an argument that has them to itself, with the comments on it.
    fn lines_of(&self, argument: Span) -> Option<(Span, Comments)> {
        let (home, whole) = (self.server.home, self.whole(self.server.home));
        let indent = self.indent_at(home, argument.start)?;
        let behind = whole.get(argument.end..)?;
        let line = behind.split('\n').next()?;
        let said = line.trim_start().strip_prefix(',').unwrap_or(line).trim();
        if !(said.is_empty() || said.starts_with('#')) || !behind.contains('\n') {
            return None;
        }
        let mut start = argument.start - indent.len();
        let mut above = Vec::new();
        while let Some(before) = whole[..start].strip_suffix('\n') {
            let line = line_start(before, before.len());
            let comment = before[line..].trim();
            if !comment.starts_with('#') || line < self.server.made.call.start {
                break;
            }
            above.insert(0, comment.to_owned());
            start = line;
        }
        let beside = (!said.is_empty()).then(|| said.to_owned());
        Some((Span::new(start, argument.end + line.len() + 1), (above, beside)))
    }

    /// What is said of the setting `name` where the server is made.
    pub(super) fn comments(&self, name: &str) -> Option<Comments> {
        let mut arguments = self.server.made.arguments.iter();
        let (at, _) = arguments.find(|(_, keyword)| keyword.as_deref() == Some(name))?;
        self.lines_of(*at).map(|(_, comments)| comments)
    }

    /// The bytes of the constructor's arguments that go, with their commas.
    fn without_arguments(&self) -> Option<Vec<Span>> {
        let all: Vec<Span> = self.server.made.arguments.iter().map(|(at, _)| *at).collect();
        let whole = self.whole(self.server.home);
        let is_gone = |one: &Span| self.kept.gone.contains(one);
        let gone = || all.iter().filter(|one| is_gone(one));
        let last_kept = all.iter().rposition(|one| !is_gone(one));
        if last_kept.is_some()
            && let Some(lines) = gone().map(|one| self.lines_of(*one).map(|(lines, _)| lines)).collect()
        {
            return Some(lines);
        }
        let mut out = Vec::new();
        for (index, one) in all.iter().enumerate().filter(|(_, one)| is_gone(one)) {
            out.push(match last_kept {
                Some(last) if index > last => Span::new(all[index - 1].end, one.end),
                _ => Span::new(one.start, all.get(index + 1).map_or(one.end, |next| next.start)),
            });
        }
        if last_kept.is_none()
            && let Some(first) = all.first()
        {
            out = vec![Span::new(first.start, self.server.made.call.end.checked_sub(1)?)];
        }
        // A comment between them would go with them.
        let between = all.windows(2).map(|pair| Span::new(pair[0].end, pair[1].start));
        let has_comment = between
            .filter(|gap| whole[gap.start..gap.end].contains('#'))
            .any(|gap| out.iter().any(|gone| gone.start <= gap.start && gap.end <= gone.end || gone.end == gap.end));
        (!has_comment).then_some(out)
    }

    /// The assignments that go, with their lines; `pass` where a block would be left empty.
    fn without_statements(&self) -> Option<Vec<(usize, Span, String)>> {
        let gone: BTreeSet<(usize, Span)> = self.kept.stores.iter().copied().collect();
        let block_of = |home: usize, at: Span| {
            let stores = self.server.stores.iter();
            let mut found = stores.filter(|(of, store)| *of == home && store.statement == at);
            found.next().and_then(|(_, store)| store.place.blocks.last()).map(|(block, _)| *block)
        };
        let mut counts: BTreeMap<(usize, usize), usize> = BTreeMap::new();
        let mut out = Vec::new();
        for (home, at) in gone {
            let block = block_of(home, at)?;
            let count = counts.entry((home, block)).or_default();
            *count += 1;
            if self.homes[home].says.blocks.get(&block) == Some(count) {
                out.push((home, at, "pass".to_owned()));
                continue;
            }
            let whole = self.whole(home);
            let indent = self.indent_at(home, at.start)?;
            let line = whole[at.end..].lines().next().unwrap_or_default();
            if !line.trim().is_empty() && !line.trim_start().starts_with('#') {
                return None;
            }
            let end = next_line(whole, at.end);
            out.push((home, Span::new(at.start - indent.len(), end), String::new()));
        }
        Some(out)
    }
}

/// A start whose transport is told when it runs: each transport with the settings that it takes.
fn branches(
    whole: &str,
    (indent, written): (&str, &str),
    (head, word, by, values): (&str, &str, &str, &[String]),
    added: &[Added],
) -> String {
    let newline = layout::newline(whole);
    let deeper = format!("{indent}    ");
    let mut out = String::new();
    for (transport, own) in [("streamable-http", HTTP.as_slice()), ("sse", SSE.as_slice())] {
        let taken = added.iter().filter(|one| BOTH.iter().chain(own).any(|name| *name == one.name));
        let given: Vec<String> = taken.map(|one| format!("{}={}", one.name, one.text)).collect();
        if given.is_empty() || !(values.is_empty() || values.iter().any(|value| value == transport)) {
            continue;
        }
        let given: Vec<String> = [format!("{word}\"{transport}\"")].into_iter().chain(given).collect();
        let made = layout::call(whole, (&deeper, deeper.len()), head, &given, "");
        let word = if out.is_empty() { "if" } else { "elif" };
        out.push_str(&format!("{word} {by} == \"{transport}\":{newline}{deeper}{made}{newline}{indent}"));
    }
    format!("{out}else:{newline}{deeper}{written}")
}
