//! The rule behind what is pointed at.

use gen_lsp_types::{Contents, Hover, HoverParams, MarkupContent, MarkupKind};

use super::diagnostics::guide;
use super::places::Places;
use super::session::View;

/// How many rules are explained at once.
const MOST: usize = 3;

impl View<'_> {
    /// The rules of the findings at a place, in Markdown; their text is that of the rule files.
    pub(super) fn hover(&self, asked: &HoverParams) -> Option<Hover> {
        let asked = &asked.text_document_position_params;
        let document = self.workspace.documents.get(&asked.text_document.uri.0)?;
        let places = Places::new(&document.text, self.editor.encoding);
        let at = places.offset(asked.position);
        let here: Vec<_> = document
            .findings
            .iter()
            .flatten()
            .filter(|finding| finding.span.start <= at && at <= finding.span.end)
            .collect();
        let mut rules: Vec<&str> = here.iter().map(|finding| finding.rule.as_str()).collect();
        rules.dedup();
        let explained: Vec<String> = rules
            .into_iter()
            .take(MOST)
            .filter_map(|id| self.rules.get(id))
            .map(|rule| {
                let more = guide(rule).map(|guide| format!("\n\n[Migration guide]({guide})")).unwrap_or_default();
                format!("**{} {}**: {}\n\n{}{more}", rule.id, rule.name, rule.summary, rule.explanation.trim())
            })
            .collect();
        let first = here.first().filter(|_| !explained.is_empty())?;
        let value = explained.join("\n\n---\n\n");
        Some(Hover {
            contents: Contents::MarkupContent(MarkupContent { kind: MarkupKind::Markdown, value }),
            range: Some(places.range(first.span)),
        })
    }
}
