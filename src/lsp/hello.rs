//! The first exchange: what the editor can do and where its folders are, and what it may ask for.

use gen_lsp_types::{
    ChangeNotifications, CodeActionKind, CodeActionOptions, CodeActionProvider, HoverProvider, InitializeResult, Save,
    SaveOptions, ServerCapabilities, ServerInfo, TextDocumentSync, TextDocumentSyncKind, TextDocumentSyncOptions,
    WorkspaceFoldersServerCapabilities, WorkspaceOptions,
};
use serde_json::Value;

use super::places::Encoding;

/// The kind of the action that makes every safe fix of a file.
pub(super) const FIX_ALL: &str = "source.fixAll.mcp-audit";

/// What the editor said of itself. Editors leave out and add what they like, so only what matters is read.
#[derive(Debug)]
pub(super) struct Editor {
    pub(super) encoding: Encoding,
    /// Whether edits may name the version of the text they are for.
    pub(super) versioned_edits: bool,
    /// The URIs of the workspace folders.
    pub(super) folders: Vec<String>,
}

impl Editor {
    pub(super) fn new(said: &Value) -> Self {
        let at = |path: &str| said.pointer(path);
        let offered = at("/capabilities/general/positionEncodings").and_then(Value::as_array);
        let takes_bytes = offered.is_some_and(|offered| offered.iter().any(|one| one == "utf-8"));
        let mut folders: Vec<String> = at("/workspaceFolders")
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
            .filter_map(|folder| Some(folder.get("uri")?.as_str()?.to_owned()))
            .collect();
        if folders.is_empty() {
            folders.extend(at("/rootUri").and_then(Value::as_str).map(str::to_owned));
        }
        let versioned = at("/capabilities/workspace/workspaceEdit/documentChanges").and_then(Value::as_bool);
        Self {
            encoding: if takes_bytes { Encoding::Utf8 } else { Encoding::Utf16 },
            versioned_edits: versioned.unwrap_or(false),
            folders,
        }
    }
}

/// What may be asked for.
pub(super) fn answer(editor: &Editor) -> InitializeResult {
    let sync = TextDocumentSyncOptions {
        open_close: Some(true),
        // Whole texts: they are read anew in any case, and nothing can get out of step.
        change: Some(TextDocumentSyncKind::Full),
        save: Some(Save::SaveOptions(SaveOptions { include_text: Some(false) })),
        ..TextDocumentSyncOptions::default()
    };
    let actions = CodeActionOptions {
        code_action_kinds: Some(vec![CodeActionKind::QuickFix, CodeActionKind::new(FIX_ALL)]),
        ..CodeActionOptions::default()
    };
    let folders = WorkspaceFoldersServerCapabilities {
        supported: Some(true),
        change_notifications: Some(ChangeNotifications::Bool(true)),
    };
    InitializeResult {
        capabilities: ServerCapabilities {
            position_encoding: Some(editor.encoding.kind()),
            text_document_sync: Some(TextDocumentSync::Options(sync)),
            code_action_provider: Some(CodeActionProvider::CodeActionOptions(actions)),
            hover_provider: Some(HoverProvider::Bool(true)),
            workspace: Some(WorkspaceOptions { workspace_folders: Some(folders), ..WorkspaceOptions::default() }),
            ..ServerCapabilities::default()
        },
        server_info: Some(ServerInfo {
            name: env!("CARGO_PKG_NAME").to_owned(),
            version: Some(env!("CARGO_PKG_VERSION").to_owned()),
        }),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn bytes_are_counted_where_the_editor_can() {
        let editor = Editor::new(&json!({"capabilities": {"general": {"positionEncodings": ["utf-16", "utf-8"]}}}));
        assert_eq!(editor.encoding, Encoding::Utf8);
        assert_eq!(Editor::new(&json!({"capabilities": {}})).encoding, Encoding::Utf16);
    }

    #[test]
    fn folders_are_those_of_the_workspace_or_the_one_root() {
        let folders = |said: Value| Editor::new(&said).folders;
        assert_eq!(folders(json!({"rootUri": "file:///b", "workspaceFolders": [{"uri": "file:///a"}]})), ["file:///a"]);
        assert_eq!(folders(json!({"rootUri": "file:///b", "workspaceFolders": null})), ["file:///b"]);
        assert!(folders(json!({"rootUri": null, "workspaceFolders": "x"})).is_empty());
    }
}
