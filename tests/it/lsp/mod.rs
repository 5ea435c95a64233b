//! `mcp-audit lsp` as an editor meets it: unsaved text, diagnostics, fixes that are applied, and an end with the right code.

mod configured;
mod editor;

use serde_json::{Value, json};
use tempfile::TempDir;

use self::editor::{Editor, edited, uri};
use crate::project::{folder, read};

const SERVER: &str = "from mcp.server.fastmcp import FastMCP\n\napp = FastMCP('x')\n";
const MANIFEST: &str = "[project]\nname = 'x'\nversion = '1'\ndependencies = ['mcp>=1.2']\n";

/// A project that is still on v1.
fn project() -> TempDir {
    folder(&[("pyproject.toml", MANIFEST), ("server.py", SERVER)])
}

/// What is found in its server: a name that is gone, and a server without a version.
const FOUND: [&str; 2] = ["PY101", "PY110"];

fn rules(diagnostics: &[Value]) -> Vec<&str> {
    diagnostics.iter().map(|one| one["code"].as_str().unwrap()).collect()
}

#[test]
fn text_that_is_on_no_disk_is_checked_and_mended() {
    let project = folder(&[("pyproject.toml", MANIFEST)]);
    let (mut editor, agreed) = Editor::hello(&[project.path()], &json!({}));
    assert_eq!(agreed["capabilities"]["positionEncoding"], "utf-16");
    let file = uri(&project.path().join("new é.py"));
    // A line with characters of one, two, and four bytes, before what is found on it.
    let text = SERVER.replace("app =", "\"é😀\"; app =");
    editor.open(&file, 1, &text);
    let found = editor.diagnostics(&file, 1);
    assert_eq!(rules(&found), FOUND, "{found:?}");
    assert_eq!(found[0]["range"]["start"], json!({"line": 0, "character": 31}));
    assert_eq!((&found[0]["severity"], &found[0]["source"]), (&json!(1), &json!("mcp-audit")));
    let guide = found[0]["codeDescription"]["href"].as_str().unwrap();
    assert!(guide.starts_with("https://py.sdk.modelcontextprotocol.io/v2/migration/#"), "{guide}");

    let actions = editor.actions(&file, &found[0]["range"], Some("quickfix"));
    assert_eq!((actions.len(), &actions[0]["isPreferred"]), (1, &json!(true)), "{actions:?}");
    assert_eq!(actions[0]["diagnostics"][0]["code"], "PY101");
    let text = edited(&text, &actions[0]["edit"]["changes"][&file], false);
    assert!(text.contains("from mcp.server.mcpserver import MCPServer"), "{text}");
    assert!(text.contains("\"é😀\"; app = MCPServer('x')"), "{text}");
    editor.change(&file, 2, &text);
    assert_eq!(editor.diagnostics(&file, 2), [Value::Null; 0]);
    assert_eq!(editor.leave(true), Some(0));
    assert_eq!(std::fs::read_dir(project.path()).unwrap().count(), 1, "nothing is written");
}

#[test]
fn every_safe_fix_of_a_file_is_made_at_once_and_columns_may_count_bytes() {
    let project = folder(&[("pyproject.toml", MANIFEST), ("server.py", "import os\n")]);
    let capabilities = json!({
        "general": {"positionEncodings": ["utf-8", "utf-16"]},
        "workspace": {"workspaceEdit": {"documentChanges": true}},
    });
    let (mut editor, agreed) = Editor::hello(&[project.path()], &capabilities);
    assert_eq!(agreed["capabilities"]["positionEncoding"], "utf-8");
    // On disk the file does not mention the SDK at all.
    let file = uri(&project.path().join("server.py"));
    let text = format!("\"é😀\"; from mcp import McpError\n{SERVER}");
    editor.open(&file, 7, &text);
    let found = editor.diagnostics(&file, 7);
    assert!(rules(&found).len() >= 2, "{found:?}");
    let first = &found[0]["range"]["start"];
    assert_eq!(first, &json!({"line": 0, "character": text.find("McpError").unwrap()}), "{found:?}");

    let all = json!({"start": {"line": 0, "character": 0}, "end": {"line": 0, "character": 0}});
    for kind in ["source", "source.fixAll", "source.fixAll.mcp-audit"] {
        assert_eq!(editor.actions(&file, &all, Some(kind)).len(), 1, "{kind}");
    }
    assert!(editor.actions(&file, &all, Some("source.organizeImports")).is_empty());
    let actions = editor.actions(&file, &all, Some("source.fixAll.mcp-audit"));
    assert_eq!(actions[0]["kind"], "source.fixAll.mcp-audit");
    let change = &actions[0]["edit"]["documentChanges"][0];
    assert_eq!(change["textDocument"], json!({"uri": file, "version": 7}));
    let text = edited(&text, &change["edits"], true);
    assert!(text.contains("import MCPServer") && text.contains("import MCPError"), "{text}");
    editor.change(&file, 8, &text);
    assert_eq!(editor.diagnostics(&file, 8), [Value::Null; 0], "{text}");

    let pins = uri(&project.path().join("pyproject.toml"));
    editor.open(&pins, 1, MANIFEST);
    let found = editor.diagnostics(&pins, 1);
    assert!(!found.is_empty());
    assert_eq!(read(&project, "server.py"), "import os\n");
    assert_eq!(editor.leave(true), Some(0));
}

#[test]
fn rules_explain_themselves_where_they_found_something() {
    let project = folder(&[("requirements.txt", "mcp\n"), ("server.py", SERVER)]);
    let (mut editor, _) = Editor::hello(&[project.path()], &json!({}));
    let file = uri(&project.path().join("requirements.txt"));
    editor.open(&file, 1, "mcp\n");
    assert_eq!(rules(&editor.diagnostics(&file, 1)), ["DEP001"]);
    let asked = |line: u32| json!({"textDocument": {"uri": file}, "position": {"line": line, "character": 1}});
    let hover = editor.ask("textDocument/hover", &asked(0));
    let text = hover["result"]["contents"]["value"].as_str().unwrap();
    assert!(text.starts_with("**DEP001 missing-upper-bound**: "), "{text}");
    assert_eq!(editor.ask("textDocument/hover", &asked(1))["result"], Value::Null);
    assert_eq!(editor.leave(true), Some(0));
}

#[test]
fn files_outside_of_the_workspace_and_texts_that_moved_on_are_left_alone() {
    let (project, outside) = (project(), project());
    let (mut editor, _) = Editor::hello(&[project.path()], &json!({}));
    let (file, other) = (uri(&project.path().join("server.py")), uri(&outside.path().join("server.py")));
    for stranger in [other.as_str(), "untitled:Untitled-1", "file:relative.py", "http://[", "file:///../server.py"] {
        editor.open(stranger, 1, SERVER);
        assert!(editor.actions(stranger, &whole(), None).is_empty(), "{stranger}");
    }
    editor.open(&file, 1, SERVER);
    let found = editor.diagnostics(&file, 1);
    editor.change(&file, 2, &format!("\n{SERVER}"));
    assert!(editor.actions(&file, &found[0]["range"], None).is_empty(), "edits for another text");
    let moved = editor.diagnostics(&file, 2);
    assert_eq!(moved[0]["range"]["start"]["line"], json!(1));

    let folders = json!({"event": {"added": [{"uri": uri(outside.path()), "name": "y"}],
        "removed": [{"uri": uri(project.path()), "name": "x"}]}});
    editor.tell("workspace/didChangeWorkspaceFolders", &folders);
    let gone = editor.wait(&|said| said["params"]["uri"] == json!(file));
    assert_eq!(gone["params"]["diagnostics"], json!([]));
    assert_eq!(rules(&editor.diagnostics(&other, 1)), FOUND);
    editor.tell("textDocument/didClose", &json!({"textDocument": {"uri": other}}));
    let closed = editor.wait(&|said| said["params"]["uri"] == json!(other));
    assert_eq!(closed["params"]["diagnostics"], json!([]));
    assert_eq!(editor.leave(true), Some(0));
}

#[test]
fn typing_does_not_start_a_check_for_every_letter() {
    let project = project();
    let (mut editor, _) = Editor::hello(&[project.path()], &json!({}));
    let file = uri(&project.path().join("server.py"));
    editor.open(&file, 0, "");
    for version in 1..=100 {
        editor.change(&file, version, &format!("{SERVER}{}", "#".repeat(usize::try_from(version).unwrap())));
    }
    let mut told = 0;
    loop {
        let said = editor.wait(&|said| said["method"] == "textDocument/publishDiagnostics");
        told += 1;
        if said["params"]["version"] == json!(100) {
            break;
        }
    }
    assert!(told <= 5, "{told} checks for a hundred letters");
    assert_eq!(editor.leave(true), Some(0));
}

#[test]
fn what_cannot_be_read_is_answered_and_an_end_has_its_code() {
    let project = project();
    let (mut editor, _) = Editor::hello(&[project.path()], &json!({}));
    assert_eq!(editor.ask("textDocument/rename", &json!({}))["error"]["code"], json!(-32601));
    assert_eq!(editor.ask("textDocument/hover", &json!({"position": 1}))["error"]["code"], json!(-32602));
    editor.tell("textDocument/didOpen", &json!({"textDocument": 3}));
    let complaint = editor.wait(&|said| said["method"] == "window/logMessage");
    assert!(complaint["params"]["message"].as_str().unwrap().contains("cannot be read"), "{complaint}");
    editor.tell("$/cancelRequest", &json!({"id": 1}));
    let file = uri(&project.path().join("server.py"));
    editor.open(&file, 1, SERVER);
    assert_eq!(rules(&editor.diagnostics(&file, 1)), FOUND);
    assert_eq!(editor.leave(false), Some(1), "an exit without a shutdown");

    let (editor, _) = Editor::hello(&[project.path()], &json!({}));
    assert_eq!(editor.hang_up(), Some(1));
    for raw in
        [&b"Content-Length: 5\r\n\r\n{nope"[..], b"Content-Length: many\r\n\r\n", b"hello\r\n\r\n", b"\xff\xfe\r\n\r\n"]
    {
        let (mut editor, _) = Editor::hello(&[project.path()], &json!({}));
        editor.raw(raw);
        assert_eq!(editor.hang_up(), Some(2), "{}", String::from_utf8_lossy(raw));
        let mut editor = Editor::start();
        editor.raw(raw);
        assert_eq!(editor.hang_up(), Some(2), "{}", String::from_utf8_lossy(raw));
    }
}

fn whole() -> Value {
    json!({"start": {"line": 0, "character": 0}, "end": {"line": 99, "character": 0}})
}
