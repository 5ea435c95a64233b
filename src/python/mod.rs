//! Python source, read but never run. The only folder that names a `ruff_*` or `ty_*` type: its callers see spans, fragments
//! and the few shapes of [`Value`], so that another version of the parser touches nothing else.

pub mod cells;
pub mod check;
mod computed;
mod depth;
mod entries;
pub mod http;
mod imported;
mod imports;
mod layout;
mod lower;
pub mod names;
mod outline;
mod parse;
pub(crate) mod portrait;
mod resolve;
pub mod servers;
mod statement;
mod strings;
pub mod surface;
pub mod types;
mod unused;
mod value;
mod walk;

pub use entries::Entry;
pub use imported::imported_packages;
pub use imports::{Guard, Import, Imports, imports};
pub use outline::{FileName, Outline, Site, Statement, StatementKind, Wanted};
pub use resolve::{Leaf, Names};
pub use statement::statement_lines;
pub use unused::left_unused;
pub use value::{Call, Kind, Value};
pub use walk::outline;

/// How many places of `text` are no Python; a text that is refused counts as one.
pub fn syntax_errors(text: &str) -> usize {
    parse::with_module(text, |parsed| parse::errors(parsed).len()).unwrap_or(1)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Names, Wanted, imports, outline};

    /// Pieces of which texts are made that are nearly Python.
    const PIECES: [&str; 40] = [
        "setup(",
        "install_requires=",
        "[",
        "]",
        "(",
        ")",
        "{",
        "}",
        "'mcp>=1'",
        "\"\"\"",
        "'",
        "\\",
        "\n",
        "\r\n",
        "    ",
        "f'mcp{x}'",
        "f'{",
        "é",
        "\u{feff}",
        "import mcp",
        "from mcp import x",
        "try:",
        "except ImportError:",
        "=",
        "+=",
        ".append(",
        ".split()",
        "*",
        "**",
        ",",
        ":",
        " if x else ",
        "R",
        "b'\\xff'",
        "'\\N{DASH}'",
        "'\\u12'",
        "rb'\\'",
        "%",
        "def f():",
        "return ",
    ];

    proptest! {
        #[test]
        fn every_text_has_an_answer(picks in prop::collection::vec(0..PIECES.len(), 0..60)) {
            let text: String = picks.into_iter().map(|pick| PIECES[pick]).collect();
            let wanted = Wanted { call: &|_| true, list: &|_| true, keys: &[], statements: true };
            let outline = outline(&text, &wanted).unwrap();
            let names = Names::new(&outline);
            let values = outline.lists.iter().map(|site| &site.value);
            for value in values.chain(outline.statements.iter().map(|statement| &statement.value)) {
                for leaf in names.leaves(value) {
                    if let super::Leaf::Text(fragment) | super::Leaf::Template { known: fragment, .. } = leaf {
                        let span = fragment.span(0..fragment.text().len());
                        prop_assert!(text.get(span.start..span.end).is_some(), "{span:?} of {text:?}");
                    }
                }
            }
            for import in imports(&text).modules {
                prop_assert!(text.get(import.span.start..import.span.end).is_some());
            }
        }
    }
}
