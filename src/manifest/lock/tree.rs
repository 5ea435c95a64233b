//! TOML locks, read into a tree that borrows from the file. The document model that manifests are read with keeps
//! blanks and comments for the sake of editing, which costs time and memory that files of megabytes do not repay.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::manifest::{Declarations, LockedPackage};
use crate::source::{SourceFile, Span};
use crate::syntax::SyntaxError;

/// A table of a lock.
pub(super) type Table<'a> = DeTable<'a>;

/// Parses a lock; what is no TOML is recorded and gives `None`.
pub(super) fn parse<'a>(file: &'a SourceFile, found: &mut Declarations) -> Option<Table<'a>> {
    match DeTable::parse(file.text()) {
        Ok(root) => Some(root.into_inner()),
        Err(error) => {
            found.syntax_error(SyntaxError {
                offset: error.span().map_or(0, |span| span.start),
                message: error.message().lines().next().unwrap_or("not TOML").to_owned(),
            });
            None
        }
    }
}

/// The string below `key`.
pub(super) fn text<'a>(table: &'a Table<'_>, key: &str) -> Option<&'a str> {
    table.get(key)?.get_ref().as_str()
}

/// The table below `key`.
pub(super) fn table<'a, 'f>(table: &'a Table<'f>, key: &str) -> Option<&'a Table<'f>> {
    table.get(key)?.get_ref().as_table()
}

/// The elements of the array below `key`; none if there is no array.
pub(super) fn items<'a, 'f>(table: &'a Table<'f>, key: &str) -> impl Iterator<Item = &'a DeValue<'f>> {
    table
        .get(key)
        .and_then(|value| value.get_ref().as_array())
        .into_iter()
        .flat_map(|list| list.iter())
        .map(Spanned::get_ref)
}

/// The tables of the array of tables below `key`.
pub(super) fn tables<'a, 'f>(table: &'a Table<'f>, key: &str) -> impl Iterator<Item = &'a Table<'f>> {
    items(table, key).filter_map(DeValue::as_table)
}

/// A package with its name as `spelling` has it and nothing more known of it than name and version; `None` without a
/// name.
pub(super) fn package(file: &SourceFile, table: &Table<'_>, spelling: fn(&str) -> String) -> Option<LockedPackage> {
    let name = table.get("name")?;
    let span = Span::from(name.span());
    // Within the quotes, which machine-written locks never triple.
    let quoted = span.end.saturating_sub(span.start) >= 2 && file.slice(span).starts_with(['"', '\'']);
    let span = if quoted { Span::new(span.start + 1, span.end - 1) } else { span };
    Some(LockedPackage {
        name: spelling(name.get_ref().as_str()?),
        version: text(table, "version").unwrap_or_default().to_owned(),
        span,
        marker: None,
        is_member: false,
        dependencies: Vec::new(),
    })
}
