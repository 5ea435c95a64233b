//! The README's pipelines: valid for what reads them, and run line by line.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::process::Output;

use serde_json::Value;
use tempfile::TempDir;

use super::{BOUNDED, EXPOSED, Tools, bash, programs, runner, search, text_of};
use crate::project::{folder, read};

/// The code block of the README below `<!-- NAME; …`.
pub(super) fn snippet(name: &str) -> String {
    let readme = text_of("README.md");
    let behind = readme.split(&format!("<!-- {name}; ")).nth(1).unwrap_or_else(|| panic!("no snippet `{name}`"));
    let block = behind.split_once("```").unwrap().1.split_once("```").unwrap().0;
    block.split_once('\n').unwrap().1.to_owned()
}

/// Holds a snippet against the schema of what reads it.
fn valid(tools: &Tools, name: &str, schema: &str) -> Value {
    let text = snippet(name);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("snippet.yml");
    fs::write(&path, &text).unwrap();
    tools.accepts("check-jsonschema", &["--builtin-schema", schema, path.to_str().unwrap()]);
    tools.yaml(&text)
}

/// Runs a command line where `cargo` and `pip` are said to have done their part and the program is at hand.
fn line(command: &str, folder: &TempDir) -> Output {
    let bin = tempfile::tempdir().unwrap();
    for name in ["cargo", "pip"] {
        fs::write(bin.path().join(name), "#!/bin/sh\ntest \"$1\" = install\n").unwrap();
        fs::set_permissions(bin.path().join(name), fs::Permissions::from_mode(0o755)).unwrap();
    }
    bash(command, folder.path(), &[("PATH", search(&[bin.path(), programs()]))])
}

fn code(output: &Output) -> i32 {
    output.status.code().unwrap()
}

#[test]
fn the_workflow_with_the_action_runs() {
    let Some(tools) = Tools::ready() else { return };
    let workflow = valid(&tools, "action", "vendor.github-workflows");
    let action = tools.yaml(&text_of("action.yml"));
    let mut ran = 0;
    for step in workflow["jobs"]["mcp-audit"]["steps"].as_array().unwrap() {
        if !step["uses"].as_str().unwrap().contains("/mcp-audit@") {
            continue;
        }
        let inputs: Vec<_> = step["with"]
            .as_object()
            .map(|with| with.iter().map(|(name, value)| (name.as_str(), value.as_str().unwrap())).collect())
            .unwrap_or_default();
        for (files, wanted) in [(&EXPOSED, 1), (&BOUNDED, 0)] {
            let project = folder(files);
            assert_eq!(runner::run(&action, project.path(), &inputs, &search(&[programs()])).code, wanted);
            ran += 1;
        }
    }
    assert_eq!(ran, 2);
}

#[test]
fn the_workflow_with_plain_commands_runs() {
    let Some(tools) = Tools::ready() else { return };
    let workflow = valid(&tools, "commands", "vendor.github-workflows");
    let steps = workflow["jobs"]["mcp-audit"]["steps"].as_array().unwrap();
    let lines: Vec<_> = steps.iter().filter_map(|step| step["run"].as_str()).collect();
    let [install, audit] = lines[..] else { panic!("{lines:?}") };
    let exposed = folder(&EXPOSED);
    assert_eq!(code(&line(install, &exposed)), 0);
    let output = line(audit, &exposed);
    assert_eq!(code(&output), 1, "{}", String::from_utf8_lossy(&output.stderr));
    assert!(output.stdout.starts_with(b"::error file=pyproject.toml"));
    assert_eq!(code(&line(audit, &folder(&BOUNDED))), 0);
}

#[test]
fn the_pipeline_for_gitlab_runs() {
    let Some(tools) = Tools::ready() else { return };
    let pipeline = valid(&tools, "gitlab", "vendor.gitlab-ci");
    let job = &pipeline["mcp-audit"];
    let script: Vec<_> = job["script"].as_array().unwrap().iter().map(|line| line.as_str().unwrap()).collect();
    let report = job["artifacts"]["reports"]["codequality"].as_str().unwrap();
    for (files, wanted) in [(&EXPOSED, 1), (&BOUNDED, 0)] {
        let project = folder(files);
        let output = line(&script.join("\n"), &project);
        assert_eq!(code(&output), wanted, "{}", String::from_utf8_lossy(&output.stderr));
        let issues: Value = serde_json::from_str(&read(&project, report)).unwrap();
        let critical = issues.as_array().unwrap().iter().filter(|issue| issue["severity"] == "critical").count();
        assert_eq!(critical > 0, wanted == 1, "{issues}");
    }
}
