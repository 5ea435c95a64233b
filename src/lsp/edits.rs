//! Fixes as edits of the texts that the editor holds. What cannot be told for sure to fit a text is not offered.

use std::collections::{BTreeMap, HashMap};

use gen_lsp_types::{
    DocumentChange, Edit, OptionalVersionedTextDocumentIdentifier, TextDocumentEdit, TextDocumentIdentifier, TextEdit,
    Uri, WorkspaceEdit,
};

use super::documents::{Home, uri_of};
use super::places::Places;
use super::session::View;
use crate::fix::{self, Chosen, Fix};
use crate::source::{Encoding, SourceFile};

/// A text that a fix changes.
pub(super) struct Text<'v> {
    pub(super) uri: String,
    /// None where the file is not open.
    version: Option<i32>,
    pub(super) text: &'v str,
}

impl<'v> View<'v> {
    /// The text of a file that was checked as it is now.
    pub(super) fn text(&self, home: &Home, path: &str) -> Option<Text<'v>> {
        let mut open = self.workspace.open_in(&home.folder).filter(|(_, open, _)| *open == path);
        if let Some((uri, _, document)) = open.next() {
            let (version, text) = (Some(document.version), document.text.as_str());
            return document.findings.is_some().then(|| Text { uri: uri.to_owned(), version, text });
        }
        let file = self.report(&home.folder)?.file(path).filter(|file| file.encoding() == Encoding::Utf8)?;
        Some(Text { uri: uri_of(&home.folder, path)?, version: None, text: file.text() })
    }

    /// All of `fixes` as one edit, if they can be made together and what comes out is sound.
    pub(super) fn edit(&self, home: &Home, fixes: &[&Fix]) -> Option<WorkspaceEdit> {
        let mut texts: BTreeMap<&str, Text<'v>> = BTreeMap::new();
        for edit in fixes.iter().flat_map(|fix| &fix.edits) {
            if !texts.contains_key(edit.path.as_str()) {
                texts.insert(&edit.path, self.text(home, &edit.path)?);
            }
        }
        let chosen = Chosen::of(fixes, &|path| texts.get(path).map(|text| text.text.len()));
        if chosen.applied.len() < fixes.len() {
            return None;
        }
        let mut changes = Vec::new();
        for (path, text) in texts {
            let file = SourceFile::new(path, path, text.text.as_bytes().to_vec());
            let own: Vec<&Fix> =
                fixes.iter().copied().filter(|fix| fix.edits.iter().any(|edit| edit.path == path)).collect();
            if fix::verify(&file, &own).len() < own.len() {
                return None;
            }
            let places = Places::new(text.text, self.editor.encoding);
            let written = chosen.text(path, text.text.as_bytes());
            let mut edits = Vec::new();
            for (old, new) in chosen.trail(path).written() {
                let new_text = String::from_utf8(written[new.start..new.end].to_vec()).ok()?;
                edits.push(TextEdit { range: places.range(old), new_text });
            }
            changes.push((text, edits));
        }
        Some(self.told(changes))
    }

    fn told(&self, changes: Vec<(Text<'_>, Vec<TextEdit>)>) -> WorkspaceEdit {
        if !self.editor.versioned_edits {
            let changes: HashMap<Uri, Vec<TextEdit>> =
                changes.into_iter().map(|(text, edits)| (Uri(text.uri), edits)).collect();
            return WorkspaceEdit { changes: Some(changes), ..WorkspaceEdit::default() };
        }
        let changes = changes.into_iter().map(|(text, edits)| {
            DocumentChange::TextDocumentEdit(TextDocumentEdit {
                text_document: OptionalVersionedTextDocumentIdentifier {
                    version: text.version,
                    text_document_identifier: TextDocumentIdentifier { uri: Uri(text.uri) },
                },
                edits: edits.into_iter().map(Edit::TextEdit).collect(),
            })
        });
        WorkspaceEdit { document_changes: Some(changes.collect()), ..WorkspaceEdit::default() }
    }
}
