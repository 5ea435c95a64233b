//! The hooks, run by pre-commit in a git repository.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use serde_json::{Value, json};
use tempfile::TempDir;

use super::{BOUNDED, EXPOSED, Tools, programs, search, text_of};
use crate::project::{folder, read};

/// The hooks of the manifest in a repository of these files, as its own (`repo: local`) hooks that run the program at hand
/// (`language: system`): with the manifest's `language: rust`, pre-commit would build the program for every run of the
/// tests, which takes minutes. Entry, arguments and everything else are the manifest's.
fn repository(tools: &Tools, files: &[(&str, &str)]) -> TempDir {
    let folder = folder(files);
    let mut hooks = tools.yaml(&text_of(".pre-commit-hooks.yaml"));
    for hook in hooks.as_array_mut().unwrap() {
        assert_eq!(hook["language"], "rust");
        hook["language"] = "system".into();
    }
    let config = json!({"repos": [{"repo": "local", "hooks": hooks}]});
    fs::write(folder.path().join(".pre-commit-config.yaml"), config.to_string()).unwrap();
    for arguments in [&["init", "--quiet"][..], &["add", "--all"]] {
        let output = apart(Command::new("git").args(arguments), folder.path()).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }
    folder
}

/// A command that no settings of the user's reach.
fn apart<'c>(command: &'c mut Command, folder: &Path) -> &'c mut Command {
    command.current_dir(folder).env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_NOSYSTEM", "1")
}

fn hook(tools: &Tools, folder: &TempDir, id: &str) -> (Output, String) {
    let home = tempfile::tempdir().unwrap();
    let output = apart(&mut Command::new(tools.path("pre-commit")), folder.path())
        .args(["run", id, "--all-files", "--color", "never"])
        .env("PRE_COMMIT_HOME", home.path())
        .env("PATH", search(&[programs()]))
        .output()
        .unwrap();
    let text = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    (output, text)
}

#[test]
fn the_manifest_is_valid() {
    let Some(tools) = Tools::ready() else { return };
    tools.accepts("pre-commit", &["validate-manifest", ".pre-commit-hooks.yaml"]);
}

#[test]
fn the_gate_fails_a_commit_that_opens_the_door_and_no_other() {
    let Some(tools) = Tools::ready() else { return };
    let (output, text) = hook(&tools, &repository(&tools, &EXPOSED), "mcp-audit");
    assert_eq!(output.status.code(), Some(1), "{text}");
    assert!(text.contains("Failed") && text.contains("error[DEP001]"), "{text}");
    let (output, text) = hook(&tools, &repository(&tools, &BOUNDED), "mcp-audit");
    assert!(output.status.success() && text.contains("Passed"), "{text}");
}

#[test]
fn the_fixer_writes_the_bound_once() {
    let Some(tools) = Tools::ready() else { return };
    let folder = repository(&tools, &EXPOSED);
    let (output, text) = hook(&tools, &folder, "mcp-audit-fix");
    assert_eq!(output.status.code(), Some(1), "{text}");
    assert!(text.contains("files were modified by this hook"), "{text}");
    assert_eq!(read(&folder, "pyproject.toml"), BOUNDED[0].1);
    let (output, text) = hook(&tools, &folder, "mcp-audit-fix");
    assert!(output.status.success(), "{text}");
}

#[test]
fn hooks_are_called_as_the_readme_says() {
    let Some(tools) = Tools::ready() else { return };
    let hooks = tools.yaml(&text_of(".pre-commit-hooks.yaml"));
    let config = tools.yaml(&super::snippets::snippet("pre-commit"));
    let known: Vec<&Value> = hooks.as_array().unwrap().iter().map(|hook| &hook["id"]).collect();
    for hook in config["repos"][0]["hooks"].as_array().unwrap() {
        assert!(known.contains(&&hook["id"]), "{hook}");
    }
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("config.yaml");
    fs::write(&path, super::snippets::snippet("pre-commit")).unwrap();
    tools.accepts("pre-commit", &["validate-config", path.to_str().unwrap()]);
}
