//! The action, run on folders as a workflow would, with names and inputs that are meant to do harm.

use std::ffi::OsString;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use serde_json::Value;
use tempfile::TempDir;

use super::runner::{self, Ran};
use super::{BOUNDED, EXPOSED, Tools, programs, search, text_of};
use crate::project::{folder, read};

/// Texts that would make a file called `harmed` if any of them became part of a command.
const HOSTILE: [&str; 6] = [
    "$(touch harmed)",
    "`touch harmed`",
    "; touch harmed;",
    "\"; touch harmed; \"",
    "'; touch harmed; '",
    "${x:-$(touch harmed)}",
];

/// None where it was said that nothing can be fetched.
fn action() -> Option<Value> {
    Some(Tools::ready()?.yaml(&text_of("action.yml")))
}

fn on(folder: &TempDir, inputs: &[(&str, &str)], action: &Value) -> Ran {
    runner::run(action, folder.path(), inputs, &search(&[programs()]))
}

#[test]
fn it_is_an_action_whose_scripts_hold_no_expression() {
    let Some(tools) = Tools::ready() else { return };
    tools.accepts("check-jsonschema", &["--builtin-schema", "vendor.github-actions", "action.yml"]);
    let action = tools.yaml(&text_of("action.yml"));
    for step in action["runs"]["steps"].as_array().unwrap() {
        match (step["run"].as_str(), step["uses"].as_str()) {
            (Some(script), None) => assert!(!script.contains("${{"), "{script}"),
            (None, Some(uses)) => {
                let commit = uses.split_once('@').unwrap().1;
                assert!(commit.len() == 40 && commit.bytes().all(|one| one.is_ascii_hexdigit()), "{uses}");
            }
            _ => panic!("{step}"),
        }
    }
}

#[test]
fn findings_are_annotated_and_fail_the_step() {
    let Some(action) = action() else { return };
    let ran = on(&folder(&EXPOSED), &[], &action);
    assert_eq!((ran.code, ran.outputs["exit-code"].as_str()), (1, "1"), "{}", ran.said);
    assert!(ran.printed.starts_with("::error file=pyproject.toml,line=4,"), "{}", ran.printed);
    assert!(ran.printed.contains("file=src/server.py,line=1,"), "{}", ran.printed);

    let ran = on(&folder(&EXPOSED), &[("fail-on", "never")], &action);
    assert_eq!((ran.code, ran.outputs["exit-code"].as_str()), (0, "0"), "{}", ran.said);
    assert!(ran.printed.contains("::error "), "{}", ran.printed);

    let ran = on(&folder(&BOUNDED), &[], &action);
    assert_eq!((ran.code, ran.outputs["exit-code"].as_str()), (0, "0"), "{}", ran.said);
    assert!(!ran.printed.contains("::error "), "{}", ran.printed);
}

#[test]
fn inputs_reach_the_program_as_they_are() {
    let Some(action) = action() else { return };
    let project = folder(&[EXPOSED[0], EXPOSED[1], ("clean folder/a.py", "print()\n")]);
    let ran = on(&project, &[("paths", "clean folder\n\n")], &action);
    assert_eq!(ran.code, 0, "{}{}", ran.printed, ran.said);

    let inputs = [("format", "sarif"), ("output", "a b.sarif"), ("arguments", "--floor\n1.27\n"), ("paths", "")];
    let ran = on(&project, &inputs, &action);
    assert_eq!((ran.code, ran.printed.as_str()), (1, ""), "{}", ran.said);
    let report: Value = serde_json::from_str(&read(&project, "a b.sarif")).unwrap();
    assert_eq!(report["version"], "2.1.0");
    assert!(report.to_string().contains("mcp>=1.2,<2"), "{report}");

    let ran = on(&project, &[("fail-on", "sometimes")], &action);
    assert_eq!((ran.code, ran.outputs["exit-code"].as_str()), (2, "2"), "{}", ran.said);
}

#[test]
fn no_input_becomes_a_command_or_an_option() {
    let Some(action) = action() else { return };
    for text in HOSTILE {
        for input in ["paths", "fail-on", "format", "output", "arguments"] {
            let project = folder(&EXPOSED);
            let ran = on(&project, &[(input, text)], &action);
            assert_ne!(ran.code, 0, "{input}: {text}");
            assert!(!project.path().join("harmed").exists(), "{input}: {text}");
        }
    }
    for (input, text) in
        [("paths", "--fix"), ("fail-on", "never --fix"), ("format", "text --fix"), ("fail-on", "--fix")]
    {
        let project = folder(&EXPOSED);
        assert_eq!(on(&project, &[(input, text)], &action).code, 2, "{input}: {text}");
        assert_eq!(read(&project, "pyproject.toml"), EXPOSED[0].1, "{input}: {text}");
    }
}

#[test]
fn no_file_name_becomes_a_command() {
    let Some(action) = action() else { return };
    let broken = EXPOSED[1].1;
    let mut files = vec![EXPOSED[0], ("a\n::error file=x::y.py", broken), ("::stop-commands::x/a.py", broken)];
    let names: Vec<_> = HOSTILE.iter().map(|text| format!("{text}.py")).collect();
    files.extend(names.iter().map(|name| (name.as_str(), broken)));
    let project = folder(&files);
    let ran = on(&project, &[], &action);
    assert_eq!(ran.code, 1, "{}", ran.said);
    assert!(!project.path().join("harmed").exists());
    let commands = ["::error file=", "::warning file=", "::notice file="];
    for line in ran.printed.lines() {
        assert!(commands.iter().any(|command| line.starts_with(command)), "{line}");
        assert!(!line.starts_with("::error file=x"), "{line}");
    }
    assert!(ran.printed.lines().count() > names.len(), "{}", ran.printed);
}

/// A `cargo` that writes down how it was called and, for a build, puts the tested program where it was asked to.
fn pretended_cargo(bin: &Path) {
    let program = env!("CARGO_BIN_EXE_mcp-audit");
    let script = format!(
        "#!/bin/sh\nprintf '%s\\n' \"$@\" \"$CARGO_PROFILE_RELEASE_LTO\" >\"$RUNNER_TEMP/asked\"\n\
         while [ \"$1\" != --root ]; do shift; done\nmkdir -p \"$2/bin\" && ln -s '{program}' \"$2/bin/mcp-audit\"\n"
    );
    fs::write(bin.join("cargo"), script).unwrap();
    fs::set_permissions(bin.join("cargo"), fs::Permissions::from_mode(0o755)).unwrap();
}

#[test]
fn it_builds_its_own_revision_where_there_is_no_program() {
    let Some(action) = action() else { return };
    let bin = tempfile::tempdir().unwrap();
    pretended_cargo(bin.path());
    let path: OsString = search(&[bin.path()]);
    for program in ["no-such-program", HOSTILE[0], "-v"] {
        let project = folder(&EXPOSED);
        let ran = runner::run(&action, project.path(), &[("program", program)], &path);
        assert_eq!(ran.code, 1, "{}", ran.said);
        assert!(ran.printed.starts_with("::error file=pyproject.toml"), "{}", ran.printed);
        assert!(!project.path().join("harmed").exists());
        let asked = fs::read_to_string(ran.temp.path().join("asked")).unwrap();
        let root = ran.temp.path().join("mcp-audit");
        let wanted =
            ["install", "--locked", "--path", env!("CARGO_MANIFEST_DIR"), "--root", root.to_str().unwrap(), "thin"];
        assert_eq!(asked.lines().collect::<Vec<_>>(), wanted);
    }
}
