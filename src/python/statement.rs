//! Where the statement around a place begins.

use ruff_python_ast::visitor::source_order::{SourceOrderVisitor, walk_stmt};
use ruff_python_ast::{Expr, Stmt};

use super::parse::{span, with_module};
use crate::source::{Span, line_start};

/// For each of `offsets` the beginning of the line that the innermost statement around it begins in, decorators
/// included; `None` for what stands in none, and for all of a text that is refused.
pub fn statement_lines(text: &str, offsets: &[usize]) -> Vec<Option<usize>> {
    let mut starts = Starts { offsets, found: vec![None; offsets.len()], long: Vec::new(), text };
    let _ = with_module(text, |parsed| starts.visit_body(&parsed.syntax().body));
    let line = |at: usize| line_start(text, at);
    let begin = |start: usize| {
        let mut at = line(start);
        // Behind a `;` the line may begin within the statement before, in a string of it even.
        while let Some(before) = starts.long.iter().find(|long| long.start < at && at < long.end) {
            at = line(before.start);
        }
        at
    };
    starts.found.iter().map(|start| start.map(begin)).collect()
}

struct Starts<'t> {
    text: &'t str,
    offsets: &'t [usize],
    found: Vec<Option<usize>>,
    /// The statements that hold no others and take more than a line.
    long: Vec<Span>,
}

impl<'t> SourceOrderVisitor<'t> for Starts<'_> {
    fn visit_stmt(&mut self, statement: &'t Stmt) {
        let around = span(statement);
        for (offset, found) in self.offsets.iter().zip(&mut self.found) {
            if around.start <= *offset && *offset < around.end {
                *found = Some(around.start);
            }
        }
        if has_body(statement) {
            walk_stmt(self, statement);
        } else if self.text[around.start..around.end].contains('\n') {
            self.long.push(around);
        }
    }

    fn visit_expr(&mut self, _: &'t Expr) {}
}

fn has_body(statement: &Stmt) -> bool {
    matches!(
        statement,
        Stmt::FunctionDef(_)
            | Stmt::ClassDef(_)
            | Stmt::For(_)
            | Stmt::While(_)
            | Stmt::If(_)
            | Stmt::With(_)
            | Stmt::Match(_)
            | Stmt::Try(_)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_statement_begins_where_its_line_does() {
        let text = "import a\n\n@a.b\ndef f():\n    x = (\n        1,\n    ); y = 2\n    if x: z = 3\n";
        let at = |what: &str| text.find(what).unwrap();
        let offsets = ["import", "a.b", "def", "1,", "y =", "z ="].map(at);
        let lines = ["import", "@a.b", "@a.b", "    x =", "    x =", "    if x"].map(at);
        assert_eq!(statement_lines(text, &offsets), lines.map(Some));
        assert_eq!(statement_lines("\n# a\nb\n", &[1, 5]), [None, Some(5)]);
    }
}
