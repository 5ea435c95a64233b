//! TOML locks, read into trees that borrow from the file, one package at a time. The document model that manifests are
//! read with keeps blanks and comments for the sake of editing, and a tree of a whole lock takes ten times its
//! megabytes; neither repays for reading a few names.

use memchr::memmem::Finder;
use toml::Spanned;
use toml::de::{DeTable, DeValue, Error};

use crate::manifest::{Declarations, LockedPackage};
use crate::source::Span;
use crate::syntax::SyntaxError;

/// A table of a lock.
pub(super) type Table<'a> = DeTable<'a>;

/// Makes a package of a table; the text is what the table's spans are of.
pub(super) type Read = fn(&str, &Table<'_>) -> Option<LockedPackage>;

/// Reads the tables of the array `key`, and gives what stands before the first of them too. What is no TOML is
/// recorded and gives `None`.
pub(super) fn packages<'a>(
    text: &'a str,
    key: &str,
    read: Read,
    found: &mut Declarations,
) -> Option<(Table<'a>, Vec<LockedPackage>)> {
    // A piece may be no TOML because the file is none, or because a line within a string looks like a header: the
    // whole file decides.
    match in_pieces(text, key, read).or_else(|_| whole(text, key, read)) {
        Ok(read) => Some(read),
        Err(error) => {
            found.syntax_error(SyntaxError {
                offset: error.span().map_or(0, |span| span.start),
                message: error.message().lines().next().unwrap_or("not TOML").to_owned(),
            });
            None
        }
    }
}

fn whole<'a>(text: &'a str, key: &str, read: Read) -> Result<(Table<'a>, Vec<LockedPackage>), Error> {
    let root = DeTable::parse(text)?.into_inner();
    let packages = tables(&root, key).filter_map(|table| read(text, table)).collect();
    Ok((root, packages))
}

/// Every header `[[key]]` begins a document that can stand alone: what follows belongs to that package, or (the
/// sections at the end) to none.
fn in_pieces<'a>(text: &'a str, key: &str, read: Read) -> Result<(Table<'a>, Vec<LockedPackage>), Error> {
    let header = format!("\n[[{key}]]");
    let finder = Finder::new(&header);
    let mut starts = finder.find_iter(text.as_bytes()).map(|at| at + 1);
    let mut next = starts.next();
    let (root, mut packages) = whole(&text[..next.unwrap_or(text.len())], key, read)?;
    while let Some(start) = next {
        next = starts.next();
        let (_, piece) = whole(&text[start..next.unwrap_or(text.len())], key, read)?;
        packages.extend(piece.into_iter().map(|one| LockedPackage { span: one.span.shifted(start), ..one }));
    }
    Ok((root, packages))
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
    let list = table.get(key).and_then(|value| value.get_ref().as_array());
    list.into_iter().flat_map(|list| list.iter()).map(Spanned::get_ref)
}

/// The tables of the array of tables below `key`.
pub(super) fn tables<'a, 'f>(table: &'a Table<'f>, key: &str) -> impl Iterator<Item = &'a Table<'f>> {
    items(table, key).filter_map(DeValue::as_table)
}

/// A package with its name as `spelling` has it and nothing more known of it than name and version; `None` without a
/// name.
pub(super) fn package(text: &str, table: &Table<'_>, spelling: fn(&str) -> String) -> Option<LockedPackage> {
    let name = table.get("name")?;
    let span = Span::from(name.span());
    // Within the quotes, which machine-written locks never triple.
    let quoted = span.end.saturating_sub(span.start) >= 2 && text.get(span.start..)?.starts_with(['"', '\'']);
    let span = if quoted { Span::new(span.start + 1, span.end - 1) } else { span };
    Some(LockedPackage {
        name: spelling(name.get_ref().as_str()?),
        version: self::text(table, "version").unwrap_or_default().to_owned(),
        span,
        marker: None,
        is_member: false,
        dependencies: Vec::new(),
        asks: Vec::new(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::requirement::normalized;

    fn read(text: &str, table: &Table<'_>) -> Option<LockedPackage> {
        package(text, table, normalized)
    }

    fn shown(text: &str, read: Result<(Table<'_>, Vec<LockedPackage>), Error>) -> Option<Vec<String>> {
        let (_, packages) = read.ok()?;
        let all = packages.iter().map(|one| {
            assert_eq!(normalized(&text[one.span.start..one.span.end]), one.name);
            format!("{} {} {:?}", one.name, one.version, one.span)
        });
        Some(all.collect())
    }

    /// Pieces and the whole say the same, or the pieces give up.
    #[test]
    fn pieces_say_what_the_whole_says() {
        for text in [
            "",
            "[[package]]\nname = 'a'\n\n[[package]]\nname = \"b\"\nversion = '1'\n[package.x]\ny = 1\n[metadata]\nz = 1\n",
            "\u{feff}version = 1\r\n[[package]]\r\nname = 'a'\r\n[[package]] # why\r\nname = 'é'\r\n",
            "package = [{name = 'a'}, {name = 'b'}]\n",
        ] {
            let pieces = shown(text, in_pieces(text, "package", read));
            assert!(pieces.is_some(), "{text}");
            assert_eq!(pieces, shown(text, whole(text, "package", read)), "{text}");
        }
        let tricky = "[[package]]\nname = 'a'\nnotes = '''\n[[package]]\nname = 'not'\n'''\n";
        assert!(in_pieces(tricky, "package", read).is_err());
        let mut found = Declarations::default();
        let (_, packages) = packages(tricky, "package", read, &mut found).unwrap();
        assert_eq!((packages.len(), found.problems.len()), (1, 0));
    }

    #[test]
    fn an_error_stands_where_the_file_has_it() {
        let mut found = Declarations::default();
        let text = "a = 1\n[[package]]\nname = 'a'\n[[package]]\nname = \n";
        assert!(packages(text, "package", read, &mut found).is_none());
        assert!(found.problems[0].span.start >= text.len() - 2, "{found:?}");
    }
}
