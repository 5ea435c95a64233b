//! The configuration of a workspace folder: what it leaves out, that a mistake is told once, and that saving it is heard.

use std::fs;

use serde_json::{Value, json};

use super::editor::{Editor, uri};
use super::{FOUND, MANIFEST, SERVER, project, rules, whole};
use crate::configuration::OWN_RULE;
use crate::project::folder;

fn is_warning(said: &Value) -> bool {
    said["method"] == "window/showMessage"
}

/// The diagnostics of the next check of a file, and the messages before them.
fn next(editor: &mut Editor, file: &str) -> (Vec<String>, Vec<String>) {
    let mut warnings = Vec::new();
    loop {
        let said = editor.wait(&|said| is_warning(said) || said["method"] == "textDocument/publishDiagnostics");
        if is_warning(&said) {
            warnings.push(said["params"]["message"].as_str().unwrap().to_owned());
        } else if said["params"]["uri"] == json!(file) {
            let found = rules(said["params"]["diagnostics"].as_array().unwrap());
            return (found.into_iter().map(str::to_owned).collect(), warnings);
        }
    }
}

#[test]
fn what_is_not_asked_for_is_not_shown_and_saving_it_is_heard() {
    let project = folder(&[("pyproject.toml", MANIFEST), ("server.py", SERVER), ("new/x.py", SERVER)]);
    let (mut editor, _) = Editor::hello(&[project.path()], &json!({}));
    let (file, config) = (uri(&project.path().join("server.py")), project.path().join(".mcp-audit.toml"));
    editor.open(&file, 1, SERVER);
    assert_eq!(next(&mut editor, &file), (FOUND.map(str::to_owned).to_vec(), Vec::new()));
    let saved = json!({"textDocument": {"uri": uri(&config)}});
    for (said, left) in [
        ("ignore = ['PY101']\n", &["PY110"][..]),
        ("select = ['DEP', 'PY101']\n", &["PY101"]),
        ("[per-file-ignores]\n'*.py' = ['PY']\n", &[]),
        ("exclude = ['/server.py']\n", &[]),
        ("target = '2.3.0'\n", &FOUND),
    ] {
        fs::write(&config, said).unwrap();
        editor.tell("textDocument/didSave", &saved);
        let (found, warnings) = next(&mut editor, &file);
        assert_eq!((found, warnings.len()), (left.iter().map(|rule| (*rule).to_owned()).collect(), 0), "{said}");
        if !left.contains(&"PY101") {
            let actions = editor.actions(&file, &whole(), Some("quickfix"));
            assert!(!actions.iter().any(|action| action.to_string().contains("PY101")), "{said}: {actions:?}");
        }
    }
    // A file that is on no disk yet is left out like any other.
    fs::write(&config, "exclude = ['new']\n").unwrap();
    editor.tell("workspace/didChangeWatchedFiles", &json!({"changes": [{"uri": uri(&config), "type": 2}]}));
    let new = uri(&project.path().join("new/y.py"));
    editor.open(&new, 1, SERVER);
    assert_eq!(editor.diagnostics(&new, 1), [Value::Null; 0]);
    assert_eq!(editor.leave(true), Some(0));
}

#[test]
fn a_mistake_in_it_is_told_once_and_checks_go_on_without_it() {
    let (project, other) = (project(), project());
    let config = project.path().join(".mcp-audit.toml");
    fs::write(&config, "ignored = ['PY']\n").unwrap();
    let (mut editor, _) = Editor::hello(&[project.path(), other.path()], &json!({}));
    let file = uri(&project.path().join("server.py"));
    editor.open(&file, 1, SERVER);
    let (found, warnings) = next(&mut editor, &file);
    assert_eq!((found.as_slice(), warnings.len()), (FOUND.map(str::to_owned).as_slice(), 1), "{warnings:?}");
    assert!(warnings[0].contains(".mcp-audit.toml:1: unknown key `ignored`; did you mean `ignore`?"), "{warnings:?}");
    editor.change(&file, 2, &format!("\n{SERVER}"));
    assert_eq!(next(&mut editor, &file).1, [""; 0], "the same is told once");
    let saved = json!({"textDocument": {"uri": uri(&config)}});
    for (said, told) in [
        ("target = '2.0.99'\n", Some("the API of mcp 2.0.99 is not at hand")),
        ("ignore = ['PY110']\n", None),
        ("ignored = ['PY']\n", Some("unknown key `ignored`")),
    ] {
        fs::write(&config, said).unwrap();
        editor.tell("textDocument/didSave", &saved);
        let (found, warnings) = next(&mut editor, &file);
        let wanted = if told.is_some() { &FOUND[..] } else { &["PY101"] };
        assert_eq!(found, wanted, "{said}");
        assert_eq!(warnings.len(), usize::from(told.is_some()), "{warnings:?}");
        assert!(warnings.iter().zip(told).all(|(warning, told)| warning.contains(told)), "{warnings:?}");
    }
    // The folder beside it is as before.
    let file = uri(&other.path().join("server.py"));
    editor.open(&file, 1, SERVER);
    assert_eq!(next(&mut editor, &file), (FOUND.map(str::to_owned).to_vec(), Vec::new()));
    assert_eq!(editor.leave(true), Some(0));
}

#[test]
fn rules_that_it_brings_are_explained_as_plain_text() {
    let rule = OWN_RULE.replace("explanation = 'e'", "explanation = '![x](https://x.example/x.png) ``` y'");
    let config = "rules = ['audit']\nselect = ['OWN']\n";
    let project = folder(&[("audit/own.toml", &rule), (".mcp-audit.toml", config), ("server.py", SERVER)]);
    let (mut editor, _) = Editor::hello(&[project.path()], &json!({}));
    let file = uri(&project.path().join("server.py"));
    editor.open(&file, 1, SERVER);
    assert_eq!(rules(&editor.diagnostics(&file, 1)), ["OWN001"]);
    let asked = json!({"textDocument": {"uri": file}, "position": {"line": 0, "character": 35}});
    let hover = editor.ask("textDocument/hover", &asked);
    let text = hover["result"]["contents"]["value"].as_str().unwrap();
    assert_eq!(text, "**OWN001 own-rule**\n\n````text\ns\n\n![x](https://x.example/x.png) ``` y\n````");
    assert_eq!(editor.leave(true), Some(0));
}
