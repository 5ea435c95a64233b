//! The shape of a configuration. Unknown keys and wrong types are errors, so that a misspelt key never loosens a gate in
//! silence.

use std::str::FromStr;

use pep440_rs::Version;
use toml_edit::{InlineTable, Item, TableLike, Value};

use super::{Config, List, Said};
use crate::finding::Severity;
use crate::packages::{self, Packages};
use crate::rule::line_at;
use crate::settle::nearest;

const KEYS: [&str; 9] =
    ["select", "ignore", "per-file-ignores", "rules", "target", "packages", "fail-on", "exclude", "floor"];

const SEVERITIES: [&str; 5] = ["error", "warning", "note", "info", "never"];

/// A file that is read, for the lines of what is wrong in it.
pub(super) struct Reader<'t> {
    pub(super) path: &'t str,
    pub(super) text: &'t str,
}

impl Reader<'_> {
    /// Reads `table`, the configuration in the file, into `config`.
    ///
    /// # Errors
    /// The first thing that is wrong, with file and line.
    pub(super) fn read(&self, table: &dyn TableLike, config: &mut Config) -> Result<(), String> {
        for (key, item) in table.iter() {
            match key {
                "select" => config.select = Some(self.texts(key, item)?),
                "ignore" => config.ignore = Some(self.texts(key, item)?),
                "per-file-ignores" => config.per_file_ignores = Some(self.by_pattern(key, item)?),
                "rules" => config.rules = self.texts(key, item)?,
                "target" => config.target = Some(self.version(key, item)?.0),
                "packages" => config.packages = self.packages(key, item)?,
                "fail-on" => config.fail_on = Some(self.fail_on(key, item)?),
                "exclude" => config.exclude = Some(self.texts(key, item)?),
                "floor" => {
                    let (text, value) = self.version(key, item)?;
                    config.floor = Some(Said { value, line: text.line });
                }
                _ => return Err(self.unknown(table, key, &KEYS, "")),
            }
        }
        Ok(())
    }

    fn line(&self, span: Option<std::ops::Range<usize>>) -> usize {
        span.map_or(1, |span| line_at(self.text, span.start))
    }

    fn error(&self, line: usize, problem: &str) -> String {
        format!("{}:{line}: {problem}", self.path)
    }

    fn unknown(&self, table: &dyn TableLike, key: &str, keys: &[&str], of: &str) -> String {
        let line = self.line(table.key(key).and_then(toml_edit::Key::span));
        let hint = match nearest(key, keys.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("known are {}", keys.join(", ")),
        };
        self.error(line, &format!("unknown key `{key}`{of}; {hint}"))
    }

    fn wrong(&self, key: &str, item: &Item, wanted: &str) -> String {
        self.error(self.line(item.span()), &format!("`{key}` must be {wanted}, not {}", kind(item.type_name())))
    }

    fn text(&self, key: &str, item: &Item, wanted: &str) -> Result<Said<String>, String> {
        let value = item.as_str().ok_or_else(|| self.wrong(key, item, wanted))?;
        Ok(Said { value: value.to_owned(), line: self.line(item.span()) })
    }

    fn texts(&self, key: &str, item: &Item) -> Result<List, String> {
        const WANTED: &str = "a list of strings";
        let array = item.as_array().ok_or_else(|| self.wrong(key, item, WANTED))?;
        let text = |value: &Value| {
            let line = self.line(value.span());
            let text = value.as_str().ok_or_else(|| {
                let problem = format!("`{key}` must be {WANTED}, and this is {}", kind(value.type_name()));
                self.error(line, &problem)
            })?;
            Ok(Said { value: text.to_owned(), line })
        };
        array.iter().map(text).collect()
    }

    fn by_pattern(&self, key: &str, item: &Item) -> Result<Vec<(Said<String>, List)>, String> {
        let table = item
            .as_table_like()
            .ok_or_else(|| self.wrong(key, item, "a table of patterns, each with a list of rules"))?;
        let entry = |(pattern, rules): (&str, &Item)| {
            let line = self.line(table.key(pattern).and_then(toml_edit::Key::span));
            Ok((Said { value: pattern.to_owned(), line }, self.texts(pattern, rules)?))
        };
        table.iter().map(entry).collect()
    }

    fn version(&self, key: &str, item: &Item) -> Result<(Said<String>, Version), String> {
        let text = self.text(key, item, "a version in quotes")?;
        let version = Version::from_str(&text.value)
            .map_err(|error| self.error(text.line, &format!("`{key}` must be a version: {error}")))?;
        Ok((text, version))
    }

    fn fail_on(&self, key: &str, item: &Item) -> Result<Said<Option<Severity>>, String> {
        let wanted = format!("one of {}", SEVERITIES.join(", "));
        let text = self.text(key, item, &wanted)?;
        let value = match text.value.as_str() {
            "error" => Some(Severity::Error),
            "warning" => Some(Severity::Warning),
            "note" => Some(Severity::Note),
            "info" => Some(Severity::Info),
            "never" => None,
            other => return Err(self.error(text.line, &format!("`{key}` must be {wanted}, not `{other}`"))),
        };
        Ok(Said { value, line: text.line })
    }

    /// Tables of the shape of those in `rules/dependencies/packages.toml`.
    fn packages(&self, key: &str, item: &Item) -> Result<Vec<Said<Packages>>, String> {
        let tables: Vec<(InlineTable, usize)> = match item {
            Item::ArrayOfTables(tables) => {
                let inline = |table: &toml_edit::Table| (table.clone().into_inline_table(), self.line(table.span()));
                for table in tables.iter() {
                    self.known(table)?;
                }
                tables.iter().map(inline).collect()
            }
            Item::Value(Value::Array(array)) => {
                let mut tables = Vec::new();
                for value in array.iter() {
                    let line = self.line(value.span());
                    let wrong = || self.error(line, &format!("`{key}` must be a list of tables"));
                    let table = value.as_inline_table().ok_or_else(wrong)?;
                    self.known(table)?;
                    tables.push((table.clone(), line));
                }
                tables
            }
            _ => return Err(self.wrong(key, item, "a list of tables")),
        };
        let read = |(mut table, line): (InlineTable, usize)| {
            table.fmt();
            let problem = |error: String| self.error(line, &format!("`{key}`: {}", reason(&error)));
            Ok(Said { value: Packages::parse(&format!("package = [{table}]")).map_err(problem)?, line })
        };
        tables.into_iter().map(read).collect()
    }

    fn known(&self, table: &dyn TableLike) -> Result<(), String> {
        match table.iter().find(|(key, _)| !packages::KEYS.contains(key)) {
            Some((key, _)) => Err(self.unknown(table, key, &packages::KEYS, " of a package")),
            None => Ok(()),
        }
    }
}

/// The last line of what a parser says of text that nobody wrote in this form: what is wrong, not where.
fn reason(error: &str) -> &str {
    error.lines().rfind(|line| !line.trim().is_empty()).unwrap_or(error).trim()
}

fn kind(name: &str) -> String {
    match name {
        "array" | "integer" | "inline table" | "array of tables" => format!("an {name}"),
        name => format!("a {name}"),
    }
}
