//! A small runner of composite actions: steps in order, expressions where the action has some, scripts by bash with the
//! files that steps answer through. Of other actions, `actions/cache` is known, as a cache that holds nothing.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs;
use std::path::Path;

use serde_json::Value;
use tempfile::TempDir;

use super::{bash, repository};

/// What came of it.
pub(super) struct Ran {
    /// Of the first step that failed, or 0.
    pub(super) code: i32,
    pub(super) printed: String,
    pub(super) said: String,
    /// The action's own.
    pub(super) outputs: BTreeMap<String, String>,
    /// Its scratch folder.
    pub(super) temp: TempDir,
}

/// What expressions can ask for.
type Context = BTreeMap<String, String>;

/// Runs the action on a folder, with these inputs and its defaults for the others.
pub(super) fn run(action: &Value, folder: &Path, inputs: &[(&str, &str)], path: &OsString) -> Ran {
    let temp = tempfile::tempdir().unwrap();
    let mut context: Context = Context::from([
        ("github.action_path".to_owned(), repository().to_str().unwrap().to_owned()),
        ("runner.temp".to_owned(), temp.path().to_str().unwrap().to_owned()),
        ("runner.os".to_owned(), "Linux".to_owned()),
        ("runner.arch".to_owned(), "X64".to_owned()),
    ]);
    let declared = action["inputs"].as_object().unwrap();
    for (name, input) in declared {
        context.insert(format!("inputs.{name}"), input["default"].as_str().unwrap().to_owned());
    }
    for (name, value) in inputs {
        assert!(declared.contains_key(*name), "the action has no input `{name}`");
        context.insert(format!("inputs.{name}"), (*value).to_owned());
    }
    let mut ran = Ran { code: 0, printed: String::new(), said: String::new(), outputs: BTreeMap::new(), temp };
    for step in action["runs"]["steps"].as_array().unwrap() {
        if ran.code == 0 && step["if"].as_str().is_none_or(|condition| holds(condition, &context)) {
            take(step, folder, path, &mut context, &mut ran);
        }
    }
    for (name, output) in action["outputs"].as_object().unwrap() {
        ran.outputs.insert(name.clone(), filled(output["value"].as_str().unwrap(), &context));
    }
    ran
}

fn take(step: &Value, folder: &Path, path: &OsString, context: &mut Context, ran: &mut Ran) {
    let Some(script) = step["run"].as_str() else {
        assert!(step["uses"].as_str().unwrap().starts_with("actions/cache@"), "{step}");
        for value in step["with"].as_object().unwrap().values() {
            assert!(!filled(value.as_str().unwrap(), context).is_empty(), "{step}");
        }
        return;
    };
    assert_eq!(step["shell"], "bash");
    let answers = ran.temp.path().join("output");
    fs::write(&answers, "").unwrap();
    let mut settings: Vec<(&str, OsString)> = vec![
        ("PATH", path.clone()),
        ("HOME", ran.temp.path().into()),
        ("RUNNER_TEMP", ran.temp.path().into()),
        ("GITHUB_OUTPUT", answers.clone().into()),
    ];
    for (name, value) in step["env"].as_object().unwrap() {
        let value = value.as_str().map_or_else(|| value.to_string(), |text| filled(text, context));
        settings.push((name, value.into()));
    }
    let output = bash(script, folder, &settings);
    ran.printed.push_str(&String::from_utf8_lossy(&output.stdout));
    ran.said.push_str(&String::from_utf8_lossy(&output.stderr));
    ran.code = output.status.code().unwrap();
    for answer in fs::read_to_string(&answers).unwrap().lines() {
        let (name, value) = answer.split_once('=').unwrap();
        let id = step["id"].as_str().unwrap();
        context.insert(format!("steps.{id}.outputs.{name}"), value.to_owned());
    }
}

/// A text with its expressions filled in; what no step has answered is empty.
fn filled(text: &str, context: &Context) -> String {
    let (mut out, mut rest) = (String::new(), text);
    while let Some((before, behind)) = rest.split_once("${{") {
        let (name, behind) = behind.split_once("}}").unwrap();
        out.push_str(before);
        out.push_str(value(name.trim(), context));
        rest = behind;
    }
    out + rest
}

/// A condition of the two forms that are used: an output, or one that is not some text, joined by `&&`.
fn holds(condition: &str, context: &Context) -> bool {
    condition.split(" && ").all(|part| match part.split_once(" != ") {
        Some((name, text)) => value(name, context) != text.trim_matches('\''),
        None => !value(part, context).is_empty(),
    })
}

fn value<'c>(name: &str, context: &'c Context) -> &'c str {
    let known = context.get(name).map(String::as_str);
    known.or(name.starts_with("steps.").then_some("")).unwrap_or_else(|| panic!("`{name}` is not known here"))
}
