//! Jupyter notebooks: `!pip install …`, `%pip install …` and `%%bash` cells, and the code cells for who reads them as code.

use jsonc_parser::ast::Value;

use super::{Declarations, Format, Path, body, client_config, continued_lines};
use crate::command;
use crate::requirement::{Place, Scope};
use crate::source::{Fragment, SourceFile};
use crate::syntax::{SyntaxError, json};

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
        match json::parse(text.text()) {
            Ok(value) => code_cells(&text, value.as_ref()).for_each(|cell| read(&cell, found)),
            Err(error) => found.syntax_error(error),
        }
    }
}

/// The code cells of the notebook `file`, decoded; none when its kernel speaks another language than Python.
///
/// # Errors
/// The file is no JSON.
pub(crate) fn cells(file: &SourceFile) -> Result<Vec<Fragment<'static>>, SyntaxError> {
    let text = body(file);
    let value = json::parse(text.text())?;
    let language = value.as_ref().and_then(Value::as_object).and_then(|notebook| {
        let metadata = notebook.get_object("metadata")?;
        let named = |table: &str, key: &str| Some(metadata.get_object(table)?.get_string(key)?.value.to_lowercase());
        named("kernelspec", "language").or_else(|| named("language_info", "name"))
    });
    if language.is_some_and(|language| !matches!(language.as_str(), "python" | "ipython")) {
        return Ok(Vec::new());
    }
    Ok(code_cells(&text, value.as_ref()).collect())
}

fn code_cells<'v>(
    text: &'v Fragment<'_>,
    notebook: Option<&'v Value<'_>>,
) -> impl Iterator<Item = Fragment<'static>> + 'v {
    let cells = notebook.and_then(Value::as_object).and_then(|notebook| notebook.get_array("cells"));
    cells.into_iter().flat_map(|cells| &cells.elements).filter_map(Value::as_object).filter_map(|cell| {
        let is_code = cell.get_string("cell_type").is_some_and(|kind| kind.value == "code");
        let source = cell.get("source").filter(|_| is_code)?;
        Some(source_of(text, &source.value))
    })
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
