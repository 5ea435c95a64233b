//! What `migrate` makes of every fixture: the whole patch and what is left to do by hand are the snapshots, and what holds
//! for every project is checked besides.

use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;
use std::sync::Mutex;
use std::{panic, thread};

use serde_json::Value;

use super::super::fixtures::{applied, copied, tree, visible};
use super::{audit, fixtures, migrate, names, script};

/// Projects that are rewritten at the same time.
const AT_ONCE: usize = 2;

#[test]
fn every_project_is_rewritten_as_its_snapshot_says() {
    let names = names();
    let waiting = Mutex::new(names.iter());
    let failed = Mutex::new(Vec::new());
    let work = || {
        loop {
            let Some(name) = waiting.lock().unwrap().next() else { break };
            if panic::catch_unwind(|| hold(name)).is_err() {
                failed.lock().unwrap().push(name);
            }
        }
    };
    thread::scope(|scope| {
        for _ in 0..AT_ONCE {
            scope.spawn(work);
        }
    });
    let failed = failed.into_inner().unwrap();
    assert!(failed.is_empty(), "see above: {failed:?}");
}

fn hold(name: &str) {
    let before = fixtures().join(name).join("before");
    let original = tree(&before);
    let folder = copied(&original);
    let patch = migrate(folder.path(), &["--diff"]).stdout;
    assert_eq!(tree(folder.path()), original, "{name}: --diff wrote something");

    migrate(folder.path(), &[]);
    let once = tree(folder.path());
    let patched = copied(&original);
    applied(name, patched.path(), &patch);
    assert_eq!(tree(patched.path()), once, "{name}: the patch and what is written differ");

    migrate(folder.path(), &[]);
    assert_eq!(tree(folder.path()), once, "{name}: a second run changes something");
    assert_eq!(problems(&before, folder.path()), "", "{name}");

    let left = left(folder.path());
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("../snapshots");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(format!("migrate.{name}"), visible(format!("{left}\n{}", String::from_utf8_lossy(&patch)).as_bytes())));
}

/// What is found in the code below `folder`, as `path:line rule: message` a line.
fn left(folder: &Path) -> String {
    let output = audit(folder, &["scan", "--format", "json", "--fail-on", "never"]);
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    let mut out = String::new();
    for finding in report["findings"].as_array().unwrap() {
        let text = |name: &str| finding[name].as_str().unwrap_or_default().to_owned();
        let (path, line, rule) = (text("path"), &finding["start"]["line"], text("rule"));
        let _ = writeln!(out, "left: {path}:{line} {rule}: {}", text("message"));
    }
    out
}

/// What `check.py` says of a tree and what was made of it.
fn problems(before: &Path, after: &Path) -> String {
    let python = std::env::var("PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let output = Command::new(python).arg(script("migrate/check.py")).args([before, after]).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).into_owned()
}
