//! The rule behind what is pointed at.

use gen_lsp_types::{Contents, Hover, HoverParams, MarkupContent, MarkupKind};

use super::diagnostics::guide;
use super::places::Places;
use super::session::View;
use crate::rule::Rule;

/// How many rules are explained at once.
const MOST: usize = 3;

/// How many characters of a rule that nobody vouches for are shown.
const LONGEST: usize = 8_000;

impl View<'_> {
    /// The rules of the findings at a place, in Markdown; their text is that of the rule files.
    pub(super) fn hover(&self, asked: &HoverParams) -> Option<Hover> {
        let asked = &asked.text_document_position_params;
        let document = self.workspace.documents.get(&asked.text_document.uri.0)?;
        let home = document.home.as_ref()?;
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
            .filter_map(|id| self.rule(&home.folder, id))
            .map(|rule| self.explained(rule))
            .collect();
        let first = here.first().filter(|_| !explained.is_empty())?;
        let value = explained.join("\n\n---\n\n");
        Some(Hover {
            contents: Contents::MarkupContent(MarkupContent { kind: MarkupKind::Markdown, value }),
            range: Some(places.range(first.span)),
        })
    }

    /// A rule that came with a configuration is shown as plain text: its Markdown could ask for pictures from anywhere.
    fn explained(&self, rule: &Rule) -> String {
        let Rule { id, name, summary, explanation, .. } = rule;
        if self.rules.get(id).is_none_or(|known| known.id != *id) {
            let told = format!("{summary}\n\n{}", explanation.trim());
            let told: String = told.chars().filter(|c| *c == '\n' || !c.is_control()).take(LONGEST).collect();
            let fence = "`".repeat(3.max(longest_run(&told) + 1));
            return format!("**{id} {name}**\n\n{fence}text\n{told}\n{fence}");
        }
        let more = guide(rule).map(|guide| format!("\n\n[Migration guide]({guide})")).unwrap_or_default();
        format!("**{id} {name}**: {summary}\n\n{}{more}", explanation.trim())
    }
}

/// How many backticks stand together at most.
fn longest_run(text: &str) -> usize {
    text.split(|c| c != '`').map(str::len).max().unwrap_or(0)
}
