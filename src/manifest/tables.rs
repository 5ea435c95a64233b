//! The two shapes in which TOML manifests write requirements, lists of PEP 508 strings and tables of `name = value`,
//! and the commands they hold. Every Python manifest written in TOML is read through a [`Reader`].
//!
//! What is not of the expected shape becomes a problem and is passed over; the rest of the list is still read.

use toml_edit::{Item, Value};

use super::{Declarations, Include, IncludeKind, pip};
use crate::command;
use crate::requirement::{Hold, Place, Requirement, Scope, VersionPart};
use crate::source::{Fragment, SourceFile, Span};
use crate::syntax::toml;

/// One TOML file that is being read, and what was found in it so far.
pub(super) struct Reader<'a> {
    /// The file's text, which every span counts in.
    pub(super) text: &'a str,
    /// What was found.
    pub(super) found: &'a mut Declarations,
}

/// Parses `file` and lets `read` look at its root; a file that is no TOML becomes one problem.
pub(super) fn read(file: &SourceFile, found: &mut Declarations, read: impl FnOnce(&mut Reader<'_>, &Item)) {
    let document = match toml::parse(file.text()) {
        Ok(document) => document,
        Err(error) => return found.syntax_error(error),
    };
    read(&mut Reader { text: file.text(), found }, document.as_item());
}

/// The keys and items below `item`; none when it is no table.
pub(super) fn children(item: Option<&Item>) -> impl Iterator<Item = (&str, &Item)> {
    item.and_then(Item::as_table_like).into_iter().flat_map(|table| table.iter())
}

impl<'a> Reader<'a> {
    /// The decoded content of a string item.
    pub(super) fn string(&self, item: &Item) -> Option<Fragment<'a>> {
        toml::string(self.text, item)
    }

    /// Reads a list of PEP 508 strings; whatever else an element may be (`{include-group = …}`) asks for nothing.
    pub(super) fn list(&mut self, item: &Item, place: &Place) {
        let Some(array) = item.as_array() else {
            let message = format!("`{}` is not a list of strings", place.table);
            return self.found.problem(toml::span(item).unwrap_or_default(), message);
        };
        for value in array {
            match value {
                Value::String(_) => self.element(value, place),
                Value::InlineTable(_) => {}
                other => {
                    let message = format!("`{}` holds something that is not a string", place.table);
                    self.found.problem(other.span().map(Span::from).unwrap_or_default(), message);
                }
            }
        }
    }

    /// Reads a list of PEP 508 strings below each key of a table, its place made by `place` from that key.
    pub(super) fn lists(&mut self, item: &Item, place: impl Fn(&str) -> Place) {
        for (key, list) in children(Some(item)) {
            self.list(list, &place(key));
        }
    }

    /// Reads one string of a list: a requirement, or one of the options that pip's own files may hold.
    pub(super) fn element(&mut self, value: &Value, place: &Place) {
        if let Some(fragment) = toml::string_value(self.text, value) {
            self.fragment(&fragment, place);
        }
    }

    fn fragment(&mut self, fragment: &Fragment<'_>, place: &Place) {
        let text = fragment.text();
        let start = text.len() - text.trim_start().len();
        let span = fragment.span(start..text.trim_end().len().max(start));
        let trimmed = text.trim();
        if pip::reference(fragment, place, self.found) {
            return;
        }
        let read = Requirement::from_pep508(fragment, place.clone());
        let read = read.map(|read| read.map(|requirement| templated(requirement, trimmed)));
        self.found.requirement(read, span);
    }

    /// Reads a string of which each line is an element.
    pub(super) fn lines(&mut self, value: &Value, place: &Place) {
        let Some(fragment) = toml::string_value(self.text, value) else { return };
        let mut at = 0;
        for line in fragment.text().split_inclusive(['\n', '\r']) {
            // A `#` inside a word belongs to a URL.
            let comment = line.match_indices('#').map(|(at, _)| at).find(|at| {
                line.get(..*at).is_some_and(|before| before.is_empty() || before.ends_with(char::is_whitespace))
            });
            self.fragment(&fragment.part(at..at + comment.unwrap_or(line.len())), place);
            at += line.len();
        }
    }

    /// Extras of the project itself that an environment asks for: `features = ["cli"]`.
    pub(super) fn own_extras(&mut self, item: &Item) {
        let extras: Vec<String> =
            item.as_array().into_iter().flatten().filter_map(|value| value.as_str().map(str::to_owned)).collect();
        if let (false, Some(span)) = (extras.is_empty(), toml::span(item)) {
            pip::folder(".", extras, span, self.found);
        }
    }

    /// Files of requirements that are named by a string or by a list of strings.
    pub(super) fn files(&mut self, item: &Item) {
        let values = item.as_value().into_iter().flat_map(|value| match value.as_array() {
            Some(array) => array.iter().collect(),
            None => vec![value],
        });
        for value in values {
            if let Some(fragment) = toml::string_value(self.text, value) {
                let span = fragment.span(0..fragment.text().len());
                self.include(IncludeKind::Requirements, fragment.text().trim(), span);
            }
        }
    }

    fn include(&mut self, kind: IncludeKind, target: &str, span: Span) {
        self.found.includes.push(Include { kind, target: target.trim_matches(['"', '\'']).to_owned(), span });
    }

    /// Reads a table of tasks, whatever the runner; `table` is what the table is called.
    pub(super) fn tasks(&mut self, item: &Item, table: &str) {
        for (name, task) in children(Some(item)) {
            self.commands(task, &Place::new(Scope::Command, format!("{table}.{name}")));
        }
    }

    /// Reads a command: a string, a list of them, a list of argument lists, or a table that holds one of these.
    pub(super) fn commands(&mut self, item: &Item, place: &Place) {
        match item {
            Item::Value(value) => self.command(value, place, false),
            Item::ArrayOfTables(tables) => tables.iter().for_each(|table| self.command_table(table, place)),
            Item::Table(table) => self.command_table(table, place),
            Item::None => {}
        }
    }

    fn command_table(&mut self, table: &dyn toml_edit::TableLike, place: &Place) {
        for key in ["cmd", "shell", "composite", "sequence", "control", "switch"] {
            match table.get(key) {
                Some(Item::Value(value)) => self.command(value, place, key == "cmd"),
                Some(item) => self.commands(item, place),
                None => {}
            }
        }
    }

    fn command(&mut self, value: &Value, place: &Place, is_argv: bool) {
        match value {
            Value::String(_) => {
                if let Some(fragment) = toml::string_value(self.text, value) {
                    command::script(&fragment, place, self.found);
                }
            }
            Value::Array(array) if is_argv => {
                let words: Vec<_> = array.iter().filter_map(|word| toml::string_value(self.text, word)).collect();
                command::argv(&words, place, self.found);
            }
            // A list inside a list is one command, split into its arguments.
            Value::Array(array) => {
                array.iter().for_each(|inner| self.command(inner, place, matches!(inner, Value::Array(_))));
            }
            Value::InlineTable(table) => self.command_table(table, place),
            _ => {}
        }
    }
}

/// A requirement whose version a template fills in says so; one that is plain text among templates stays editable.
fn templated(mut requirement: Requirement, text: &str) -> Requirement {
    // A specifier holds no brace of its own, so one there is a template's (`{{ x }}`, Hatch's `{matrix:x}`).
    let fills = requirement.specifier().is_some_and(|specifier| specifier.text.contains('{'));
    if !fills && !text.contains("{{") && !text.contains("{%") {
        return requirement;
    }
    requirement.hold = Some(Hold::Computed);
    if let VersionPart::Specifier(specifier) = &requirement.version
        && specifier.text.contains('{')
    {
        requirement.version = VersionPart::Computed(specifier.text.clone());
    }
    requirement
}

/// What the tests of all these formats compare.
#[cfg(test)]
pub(super) mod testing {
    use super::super::Format;
    use super::*;

    /// Reads `text` as `format` does.
    pub(in super::super) fn located(format: &dyn Format, text: &str) -> (SourceFile, Declarations) {
        let file = SourceFile::in_memory(format.name(), text);
        let mut found = Declarations::default();
        format.locate(&file, &mut found);
        (file, found)
    }

    /// One line for each requirement: its scope and table, the bytes underlined, the bytes of the specifier or the
    /// other version part, and what else is set.
    pub(in super::super) fn rows(format: &dyn Format, text: &str) -> Vec<String> {
        let (file, found) = located(format, text);
        let row = |one: &Requirement| {
            let version = match &one.version {
                VersionPart::Specifier(specifier) => {
                    let written = file.slice(specifier.span);
                    assert!(one.hold.is_some() || written == specifier.text || written.contains('\\'), "{one:?}");
                    format!("<{}>", file.slice(specifier.span))
                }
                other => format!("{other:?}"),
            };
            let mut row = format!("{:?} {}: {} | {version}", one.place.scope, one.place.table, file.slice(one.span));
            if !one.extras.is_empty() {
                row += &format!(" | {}", one.extras.join("+"));
            }
            row += &one.marker.as_ref().map(|marker| format!(" ; {marker}")).unwrap_or_default();
            row += &one.hold.as_ref().map(|hold| format!(" ! {hold:?}")).unwrap_or_default();
            row
        };
        found.requirements.iter().map(row).collect()
    }

    /// One line for each reference to another file or folder.
    pub(in super::super) fn includes(format: &dyn Format, text: &str) -> Vec<String> {
        let (file, found) = located(format, text);
        found.includes.iter().map(|one| format!("{:?} {} | {}", one.kind, one.target, file.slice(one.span))).collect()
    }
}
