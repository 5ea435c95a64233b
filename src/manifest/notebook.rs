//! Jupyter notebooks: `!pip install …`, `%pip install …` and `%%bash` cells.

use jsonc_parser::ast::Value;

use super::{Declarations, Format, Path, body, client_config, continued_lines};
use crate::command;
use crate::requirement::{Place, Scope};
use crate::source::{Fragment, SourceFile};
use crate::syntax::json;

/// `*.ipynb`.
#[derive(Debug)]
pub(super) struct Notebook;

impl Format for Notebook {
    fn name(&self) -> &'static str {
        "notebook"
    }

    fn claims(&self, path: &Path<'_>) -> bool {
        path.extension == "ipynb"
    }

    fn locate(&self, file: &SourceFile, found: &mut Declarations) {
        let text = body(file);
        if !command::may_install(text.text()) {
            return;
        }
        let value = match json::parse(text.text()) {
            Ok(value) => value,
            Err(error) => return found.syntax_error(error),
        };
        let cells = value.as_ref().and_then(Value::as_object).and_then(|notebook| notebook.get_array("cells"));
        for cell in cells.iter().flat_map(|cells| &cells.elements).filter_map(Value::as_object) {
            let is_code = cell.get_string("cell_type").is_some_and(|kind| kind.value == "code");
            if is_code && let Some(source) = cell.get("source") {
                read(&source_of(&text, &source.value), found);
            }
        }
    }
}

/// The lines of a cell as one text.
fn source_of(outer: &Fragment<'_>, value: &Value<'_>) -> Fragment<'static> {
    let lines = match value {
        Value::Array(array) => array.elements.iter().collect(),
        other => vec![other],
    };
    let at = json::span(value).start;
    let mut decoding = Fragment::decoding(outer.span(at..at).start);
    for line in lines.into_iter().filter_map(|line| client_config::string(outer, line)) {
        for (at, c) in line.text().char_indices() {
            decoding.push(c, line.span(at..at + c.len_utf8()));
        }
    }
    decoding.finish().quoted('"')
}

fn read(cell: &Fragment<'_>, found: &mut Declarations) {
    let text = cell.text();
    if !command::may_install(text) || !text.contains(['!', '%']) {
        return;
    }
    let place = Place::new(Scope::Command, "");
    let magic = text.split_whitespace().next().unwrap_or("");
    if matches!(magic, "%%bash" | "%%sh" | "%%script" | "%%!" | "%%cmd") {
        let start = text.find('\n').unwrap_or(text.len());
        command::script(&cell.part(start..text.len()), &place, found);
        return;
    }
    for line in continued_lines(text, &['\\']) {
        let body = &text[line.clone()];
        let blank = body.len() - body.trim_start().len();
        let marks = body.trim_start();
        let skip = marks.len() - marks.trim_start_matches(['!', '%']).len();
        if skip > 0 {
            command::script(&cell.part(line.start + blank + skip..line.end), &place, found);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn magics_and_shell_lines_are_read() {
        let file = SourceFile::in_memory(
            "a.ipynb",
            r##"{"cells": [
 {"cell_type": "markdown", "source": ["!pip install mcp"]},
 {"cell_type": "code", "source": ["import mcp\n", "!pip install \\\n", "  mcp \"httpx\"\n", "%pip install -q \"mcp>=1\"\n", "pip = 1"]},
 {"cell_type": "code", "source": "%%bash\nuv pip install mcp\u003c3"}]}"##,
        );
        let mut found = Declarations::default();
        Notebook.locate(&file, &mut found);
        let shown: Vec<_> = found
            .requirements
            .iter()
            .map(|one| (file.slice(one.span), one.bare_word.map(|word| word.quote), one.hold.is_some()))
            .collect();
        assert_eq!(
            shown,
            [("mcp", Some('\''), false), ("httpx", None, false), ("mcp>=1", None, false), ("mcp\\u003c3", None, true)]
        );
    }
}
