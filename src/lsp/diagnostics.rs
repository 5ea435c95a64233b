//! Findings as editors show them.

use gen_lsp_types::{
    Code, CodeDescription, Diagnostic, DiagnosticRelatedInformation, DiagnosticSeverity, DiagnosticTag, Location,
    Message, Uri,
};
use serde_json::json;

use super::documents::{Document, Home};
use super::places::Places;
use super::session::View;
use crate::finding::{Finding, Severity};
use crate::report::escaped;
use crate::rule::Rule;

/// More than anybody reads of one file.
const MOST: usize = 1_000;

/// The Python SDK's migration guide, as mcp 2.3.0 itself names it in `mcp/server/fastmcp.py`.
const GUIDE: &str = "https://py.sdk.modelcontextprotocol.io/v2/migration/";

/// The section of the guide that a rule names.
pub(super) fn guide(rule: &Rule) -> Option<String> {
    rule.guide.as_ref().map(|section| format!("{GUIDE}#{section}"))
}

impl View<'_> {
    /// What is found in a file that was checked.
    pub(super) fn diagnostics(&self, home: &Home, document: &Document) -> Vec<Diagnostic> {
        let places = Places::new(&document.text, self.editor.encoding);
        let findings = document.findings.iter().flatten().take(MOST);
        findings.map(|finding| self.diagnostic(home, &places, finding)).collect()
    }

    pub(super) fn diagnostic(&self, home: &Home, places: &Places<'_>, finding: &Finding) -> Diagnostic {
        let rule = self.rule(&home.folder, &finding.rule);
        let silent = if finding.is_silent() { "SILENT: " } else { "" };
        let mut message = format!("{silent}{}", escaped(&finding.message));
        for help in &finding.help {
            message += &format!("\n{}", escaped(help));
        }
        let elsewhere = self.elsewhere(home, finding);
        let href = rule.and_then(guide);
        Diagnostic {
            range: places.range(finding.span),
            severity: Some(match finding.severity {
                Severity::Error => DiagnosticSeverity::Error,
                Severity::Warning => DiagnosticSeverity::Warning,
                Severity::Note => DiagnosticSeverity::Information,
                Severity::Info => DiagnosticSeverity::Hint,
            }),
            code: Some(Code::String(finding.rule.clone())),
            code_description: href.map(|href| CodeDescription { href: Uri(href) }),
            source: Some(env!("CARGO_PKG_NAME").to_owned()),
            message: Message::String(message),
            tags: rule.is_some_and(|rule| rule.deprecation).then(|| vec![DiagnosticTag::Deprecated]),
            related_information: (!elsewhere.is_empty()).then_some(elsewhere),
            data: Some(json!({
                "name": finding.name,
                "silent": finding.is_silent(),
                "fix": finding.fix.as_ref().map(|fix| fix.applicability),
            })),
        }
    }

    /// The other files that its fix changes.
    fn elsewhere(&self, home: &Home, finding: &Finding) -> Vec<DiagnosticRelatedInformation> {
        let edits = finding.fix.iter().flat_map(|fix| &fix.edits).filter(|edit| edit.path != home.path);
        let told = edits.filter_map(|edit| {
            let text = self.text(home, &edit.path)?;
            let range = Places::new(text.text, self.editor.encoding).range(edit.span);
            let location = Location { uri: Uri(text.uri), range };
            Some(DiagnosticRelatedInformation { location, message: "the fix changes this too".to_owned() })
        });
        told.take(10).collect()
    }
}
