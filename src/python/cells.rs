//! The code cells of a notebook as modules: one of all that its kernel runs, in the order of the file, and one for each
//! Python file that a `%%writefile` cell writes.
//!
//! What only IPython understands is left out of them and stands nowhere in the file, so no edit can touch it.

use std::ops::Range;

use ruff_python_ast::visitor::source_order::{SourceOrderVisitor, walk_expr, walk_stmt};
use ruff_python_ast::{Expr, Stmt};

use super::parse::{errors, span, with_cell};
use crate::source::{Decoding, Fragment, Span};
use crate::syntax::SyntaxError;

/// Cell magics below which Python goes on.
const PYTHON_MAGICS: [&str; 8] =
    ["%%time", "%%timeit", "%%capture", "%%prun", "%%memit", "%%mprun", "%%python", "%%python3"];

/// The code of a notebook.
#[derive(Debug, Default)]
pub struct Cells {
    /// The modules; none for a notebook without code.
    pub modules: Vec<Fragment<'static>>,
    /// The cells that mention MCP and are no Python, at the place in the file where reading them ended.
    pub problems: Vec<SyntaxError>,
}

/// The modules that the code `cells` of one notebook make.
pub fn modules(cells: &[Fragment<'_>]) -> Cells {
    let mut out = Cells::default();
    let mut main: Option<Decoding> = None;
    let mut written: Vec<(String, Decoding)> = Vec::new();
    for cell in cells {
        let text = cell.text();
        let magic = text.trim_start();
        let line_end = text.len() - magic.len() + magic.find('\n').unwrap_or(magic.len());
        let mut words = text[..line_end].split_whitespace();
        let begin = || Fragment::decoding(cell.span(0..0).start);
        match words.next() {
            Some("%%writefile" | "%%file") => {
                let rest: Vec<&str> = words.collect();
                let Some(name) = rest.last().filter(|name| name.trim_matches(['"', '\'']).ends_with(".py")) else {
                    continue;
                };
                let body = cell.part((line_end + 1).min(text.len())..text.len());
                let earlier = written.iter_mut().rfind(|(known, _)| known == name).filter(|_| rest.contains(&"-a"));
                match earlier {
                    Some((_, decoding)) => append(&body, &[], decoding),
                    None => {
                        let mut decoding = begin();
                        append(&body, &[], &mut decoding);
                        written.push(((*name).to_owned(), decoding));
                    }
                }
            }
            Some(word) if word.starts_with("%%") && !PYTHON_MAGICS.contains(&word) => {}
            word => {
                let start = if word.is_some_and(|word| word.starts_with("%%")) { line_end } else { 0 };
                let body = cell.part(start..text.len());
                match magics(body.text()) {
                    Ok(magics) => append(&body, &magics, main.get_or_insert_with(begin)),
                    Err(mut problem) if text.contains("mcp") => {
                        let at = problem.offset.min(body.text().len());
                        problem.offset = body.span(at..at).start;
                        out.problems.push(problem);
                    }
                    Err(_) => {}
                }
            }
        }
    }
    out.modules.extend(main.into_iter().chain(written.into_iter().map(|(_, decoding)| decoding)).map(Decoding::finish));
    out
}

/// Appends a cell without its `magics`, which ascend and lie apart, and ends its last line.
fn append(cell: &Fragment<'_>, magics: &[Magic], out: &mut Decoding) {
    let mut at = 0;
    for magic in magics {
        out.push_part(cell, at..magic.range.start);
        let nowhere = Span::empty(cell.span(magic.range.start..magic.range.start).start);
        for (index, character) in cell.text()[magic.range.clone()].chars().enumerate() {
            let stays = matches!(character, '\n' | '\r');
            let stands_for = if index == 0 && magic.is_needed { '0' } else { ' ' };
            out.push(if stays { character } else { stands_for }, nowhere);
        }
        at = magic.range.end;
    }
    let end = cell.text().len();
    out.push_part(cell, at..end);
    out.push('\n', Span::empty(cell.span(end..end).start));
}

/// Something only IPython understands.
#[derive(Debug)]
struct Magic {
    range: Range<usize>,
    /// Whether a statement or value must stand in its place.
    is_needed: bool,
}

/// The line magics and shell commands of a cell.
///
/// # Errors
/// The first place at which the cell is no Python.
fn magics(text: &str) -> Result<Vec<Magic>, SyntaxError> {
    with_cell(text, |parsed| {
        if let Some(error) = errors(parsed).into_iter().next() {
            return Err(error);
        }
        let mut find = Find { found: Vec::new() };
        for statement in &parsed.syntax().body {
            match statement {
                Stmt::IpyEscapeCommand(command) => find.push(span(command), false),
                _ => find.visit_stmt(statement),
            }
        }
        Ok(find.found)
    })?
}

struct Find {
    found: Vec<Magic>,
}

impl Find {
    fn push(&mut self, at: Span, is_needed: bool) {
        self.found.push(Magic { range: at.start..at.end, is_needed });
    }
}

impl<'t> SourceOrderVisitor<'t> for Find {
    fn visit_stmt(&mut self, statement: &'t Stmt) {
        match statement {
            Stmt::IpyEscapeCommand(command) => self.push(span(command), true),
            _ => walk_stmt(self, statement),
        }
    }

    fn visit_expr(&mut self, expression: &'t Expr) {
        match expression {
            Expr::IpyEscapeCommand(command) => self.push(span(command), true),
            _ => walk_expr(self, expression),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn joined(cells: &[&str]) -> (Vec<String>, usize) {
        let cells: Vec<Fragment<'_>> = cells.iter().map(|cell| Fragment::verbatim(cell, 0)).collect();
        let read = modules(&cells);
        (read.modules.iter().map(|module| module.text().to_owned()).collect(), read.problems.len())
    }

    #[test]
    fn what_only_ipython_understands_is_blanked() {
        let (modules, problems) = joined(&[
            "!pip install é \\\n  mcp\nimport mcp",
            "%%time\nx = !ls\nif x:\n    %pip list\ny = (1\n % 2)\nmcp?\nawait f()",
            "%%bash\necho import mcp",
        ]);
        let lines: Vec<&str> = modules[0].lines().map(str::trim_end).collect();
        assert_eq!(lines, ["", "", "import mcp", "", "x = 0", "if x:", "    0", "y = (1", " % 2)", "", "await f()"]);
        assert_eq!((modules.len(), problems), (1, 0));
    }

    #[test]
    fn files_that_cells_write_are_modules_of_their_own() {
        let (modules, _) = joined(&[
            "%%writefile server.py\nimport mcp",
            "x = 1",
            "%%writefile -a server.py\nmcp.run()",
            "%%writefile notes.md\nimport mcp",
        ]);
        assert_eq!(modules, ["x = 1\n", "import mcp\nmcp.run()\n"]);
    }

    #[test]
    fn a_broken_cell_leaves_the_others() {
        assert_eq!(joined(&["import mcp (", "x = 1", "broken ("]), (vec!["x = 1\n".to_owned()], 1));
    }
}
