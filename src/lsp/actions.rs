//! What the editor may do about a finding: its fix, and all the safe ones of a file at once.

use gen_lsp_types::{CodeAction, CodeActionKind, CodeActionParams, CodeActionResponse};

use super::documents::{Document, Home};
use super::hello::FIX_ALL;
use super::places::Places;
use super::session::View;
use crate::finding::Finding;
use crate::fix::{self, Applicability, Fix};
use crate::source::{SourceFile, Span};

/// More than fit a menu.
const MOST: usize = 50;

impl View<'_> {
    /// The actions for a part of a file.
    pub(super) fn actions(&self, asked: &CodeActionParams) -> Vec<CodeActionResponse> {
        let Some(document) = self.workspace.documents.get(&asked.text_document.uri.0) else { return Vec::new() };
        let (Some(home), Some(findings)) = (&document.home, &document.findings) else { return Vec::new() };
        let is_asked = |kind: &str| {
            asked
                .context
                .only
                .as_ref()
                .is_none_or(|only| only.iter().any(|only| is_of(kind, &String::from(only.clone()))))
        };
        let mut actions = Vec::new();
        if is_asked("quickfix") {
            let places = Places::new(&document.text, self.editor.encoding);
            let (start, end) = (places.offset(asked.range.start), places.offset(asked.range.end));
            let meets = |span: Span| span.start <= end && start <= span.end;
            let here = findings.iter().filter(|finding| meets(finding.span));
            let quick = here.filter_map(|finding| self.quick_fix(home, &places, finding));
            actions.extend(quick.take(MOST));
        }
        if is_asked(FIX_ALL) {
            actions.extend(self.fix_all(home, document, findings));
        }
        actions.into_iter().map(CodeActionResponse::CodeAction).collect()
    }

    fn quick_fix(&self, home: &Home, places: &Places<'_>, finding: &Finding) -> Option<CodeAction> {
        let fix = finding.fix.as_ref().filter(|fix| fix.applicability >= Applicability::Unsafe)?;
        let is_safe = fix.applicability == Applicability::Safe;
        let title = crate::report::cut(&fix.title, 200);
        let look = if is_safe { "" } else { " (unsafe: look at what it changes)" };
        Some(CodeAction {
            title: format!("{}: {title}{look}", finding.rule),
            kind: Some(CodeActionKind::QuickFix),
            diagnostics: Some(vec![self.diagnostic(home, places, finding)]),
            is_preferred: is_safe.then_some(true),
            edit: Some(self.edit(home, &[fix])?),
            ..CodeAction::default()
        })
    }

    /// Every safe fix that changes this file alone.
    fn fix_all(&self, home: &Home, document: &Document, findings: &[Finding]) -> Option<CodeAction> {
        let is_own = |fix: &&Fix| {
            fix.applicability == Applicability::Safe && fix.edits.iter().all(|edit| edit.path == home.path)
        };
        let of = |is_code: bool| -> Vec<&Fix> {
            let findings = findings.iter().filter(|finding| finding.is_code() == is_code);
            findings.filter_map(|finding| finding.fix.as_ref()).filter(is_own).collect()
        };
        // A script that declares what it needs is either moved to the newer major or kept from it, not both.
        let mut fixes = of(true);
        if fixes.is_empty() {
            fixes = of(false);
        }
        fixes.sort_by_key(|fix| fix.extent());
        let file = SourceFile::new(home.path.as_str(), home.path.as_str(), document.text.as_bytes().to_vec());
        let sound: Vec<&Fix> = fix::verify(&file, &fixes).into_iter().map(|index| fixes[index]).collect();
        if sound.is_empty() {
            return None;
        }
        Some(CodeAction {
            title: "mcp-audit: make all safe fixes in this file".to_owned(),
            kind: Some(CodeActionKind::new(FIX_ALL)),
            edit: Some(self.edit(home, &sound)?),
            ..CodeAction::default()
        })
    }
}

/// Whether `kind` is `asked`, or a kind of it: `source.fixAll.mcp-audit` is one of `source.fixAll`.
fn is_of(kind: &str, asked: &str) -> bool {
    kind.strip_prefix(asked).is_some_and(|rest| asked.is_empty() || rest.is_empty() || rest.starts_with('.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_hold_their_kinds() {
        for asked in ["", "source", "source.fixAll", FIX_ALL] {
            assert!(is_of(FIX_ALL, asked), "{asked}");
        }
        for asked in ["sour", "source.fixAll.other", "source.fixAll.mcp-audit.more", "quickfix"] {
            assert!(!is_of(FIX_ALL, asked), "{asked}");
        }
    }
}
