//! Which of a checker's diagnostics no rule explains: those in a statement without a hit.

use super::super::names::{ProjectModule, Scopes};
use super::super::parse::{span, with_module};
use super::super::surface::Index;
use super::super::types::Diagnostic;
use super::quoted::Quoted;
use super::statements::Starts;
use super::{symbol, walk};
use crate::source::Span;

/// Those of `diagnostics` that stand in no statement with one of `explained`, and on no import whose other branch serves
/// the newer SDK. A compound statement counts without its body: its decorators and its head.
pub fn unexplained(
    text: &str,
    module: &ProjectModule,
    diagnostics: Vec<Diagnostic>,
    explained: &[Span],
    new: &Index,
) -> Vec<Diagnostic> {
    let left = with_module(text, |parsed| {
        let body = &parsed.syntax().body;
        let starts = Starts::of(body);
        let scopes = Scopes::of(body, &module.package);
        let quoted = Quoted::of(text, body);
        let uses = walk::uses(body, &scopes, &quoted, (&module.path, &module.package));
        let served: Vec<Span> = (uses.imports.iter())
            .filter(|import| symbol::is_served(import, new))
            .map(|import| span(import.statement))
            .collect();
        let touched: Vec<usize> = explained.iter().map(|hit| starts.statement(hit.start)).collect();
        let is_left = |diagnostic: &Diagnostic| {
            let at = diagnostic.span;
            let overlaps = |other: &Span| at.start < other.end && other.start < at.end;
            !touched.contains(&starts.statement(at.start))
                && !explained.iter().any(overlaps)
                && !served.iter().any(overlaps)
        };
        diagnostics.into_iter().filter(is_left).collect::<Vec<_>>()
    });
    left.unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::python::surface::Surface;

    fn left(text: &str, places: &[&str], explained: &[&str]) -> Vec<String> {
        let at = |needle: &&str| {
            let start = text.find(needle).unwrap();
            Span::new(start, start + needle.len())
        };
        let diagnostics = places.iter().map(|place| Diagnostic {
            span: at(place),
            rule: (*place).to_owned(),
            message: String::new(),
        });
        let explained: Vec<Span> = explained.iter().map(at).collect();
        let module = ProjectModule::of_file("a.py");
        let left = unexplained(text, &module, diagnostics.collect(), &explained, Surface::v2().index());
        left.into_iter().map(|diagnostic| diagnostic.rule).collect()
    }

    #[test]
    fn a_statement_is_explained_by_a_hit_in_it() {
        let text = "x = make(\n    a.one,\n    b.two,\n)\nif c.three:\n    d.four\nelif e.five:\n    pass\n";
        let places = ["a.one", "c.three", "d.four", "e.five"];
        assert_eq!(left(text, &places, &["b.two", "d.four"]), ["c.three", "e.five"]);
        assert_eq!(left(text, &places, &[]), places);
    }

    #[test]
    fn the_body_of_a_function_is_not_its_head() {
        let text = "@app.tool()\ndef run(x: Thing):\n    return y.old\n";
        assert_eq!(left(text, &["app.tool", "y.old"], &["Thing"]), ["y.old"]);
    }

    #[test]
    fn an_import_with_another_branch_for_the_newer_sdk_is_no_break() {
        let both = "try:\n    from mcp.server.mcpserver import MCPServer\nexcept ImportError:\n    from mcp.server.fastmcp import FastMCP as MCPServer\n";
        assert_eq!(left(both, &["mcp.server.fastmcp"], &[]), [""; 0]);
        let one = "from mcp.server.fastmcp import FastMCP\n";
        assert_eq!(left(one, &["mcp.server.fastmcp"], &[]), ["mcp.server.fastmcp"]);
    }
}
