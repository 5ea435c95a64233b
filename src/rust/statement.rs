//! Where the statement around a place begins.

use syn::visit::{self, Visit};
use syn::{Arm, ImplItem, Item, Stmt, TraitItem};

use super::source::{Source, forget};
use crate::source::{Span, line_start};

/// For each of `offsets` the beginning of the line that the innermost statement or item around it begins in, attributes
/// included, if nothing else stands in front of that; `None` for what stands in none, and for all of a text that is refused.
pub(crate) fn statement_lines(text: &str, offsets: &[usize]) -> Vec<Option<usize>> {
    let mut found = vec![None; offsets.len()];
    if let Ok(source) = Source::parse("", text) {
        let mut starts = Starts { source: &source, offsets, found: &mut found };
        starts.visit_file(&source.file);
    }
    forget();
    found
}

struct Starts<'s, 't> {
    source: &'s Source<'t>,
    offsets: &'s [usize],
    found: &'s mut [Option<usize>],
}

impl Starts<'_, '_> {
    /// What is visited later lies within what was visited before, or behind it.
    fn around(&mut self, span: Span) {
        let line = line_start(self.source.text, span.start);
        // Otherwise the line may begin in a string.
        if !self.source.at(Span::new(line, span.start)).trim_start_matches('\u{feff}').trim().is_empty() {
            return;
        }
        for (offset, found) in self.offsets.iter().zip(self.found.iter_mut()) {
            if span.start <= *offset && *offset < span.end {
                *found = Some(line);
            }
        }
    }
}

impl<'ast> Visit<'ast> for Starts<'_, '_> {
    fn visit_item(&mut self, item: &'ast Item) {
        self.around(self.source.span(item));
        visit::visit_item(self, item);
    }

    fn visit_impl_item(&mut self, item: &'ast ImplItem) {
        self.around(self.source.span(item));
        visit::visit_impl_item(self, item);
    }

    fn visit_trait_item(&mut self, item: &'ast TraitItem) {
        self.around(self.source.span(item));
        visit::visit_trait_item(self, item);
    }

    fn visit_stmt(&mut self, statement: &'ast Stmt) {
        self.around(self.source.span(statement));
        visit::visit_stmt(self, statement);
    }

    fn visit_arm(&mut self, arm: &'ast Arm) {
        self.around(self.source.span(arm));
        visit::visit_arm(self, arm);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_statement_begins_where_its_line_does() {
        let text = "use a::b;\n\n/// Doc.\n#[x]\nimpl A {\n    #[y]\n    fn f() {\n        let x = (\n            1,\n        ); two();\n                            let s = \"\n\"; three();\n        match x {\n            1 => four(),\n        }\n    }\n}\n";
        let at = |what: &str| text.find(what).unwrap();
        let offsets = ["b;", "A {", "f()", "1,", "two", "three", "four"].map(at);
        let lines = ["use", "/// Doc", "    #[y]", "        let x", "    #[y]", "    #[y]", "            1 =>"].map(at);
        assert_eq!(statement_lines(text, &offsets), lines.map(Some));
        assert_eq!(statement_lines("fn f( {", &[1]), [None]);
        assert_eq!(statement_lines("// a\nuse b;\n", &[1, 6]), [None, Some(5)]);
    }
}
