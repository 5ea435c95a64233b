//! Whole small projects, one folder each under `fixtures/dependencies/`, through the real binary: what it says, what
//! it writes, and what it leaves alone. A new fixture is one folder with a `before/`; its snapshots are the
//! specification and stand in `tests/it/snapshots/`. `INSTA_UPDATE=always` writes them, a person reads them.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::panic::{self, AssertUnwindSafe};
use std::path::{Path, PathBuf};
use std::process::Output;

use assert_cmd::Command;
use serde_json::Value;
use tempfile::TempDir;

/// The files of a tree, by relative path.
pub(super) type Tree = BTreeMap<PathBuf, Vec<u8>>;

#[test]
fn every_fixture_is_reported_and_fixed_as_its_snapshots_say() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/dependencies");
    let mut names: Vec<_> = fs::read_dir(&root).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    names.sort();
    assert!(names.len() > 20, "the fixtures are not where they are looked for");
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("snapshots");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    // One fixture that fails keeps no other from being tried.
    let failed: Vec<_> = names
        .iter()
        .map(|name| name.to_str().unwrap())
        .filter(|name| {
            let held = || settings.bind(|| hold(name, &root.join(name).join("before")));
            panic::catch_unwind(AssertUnwindSafe(held)).is_err()
        })
        .collect();
    assert!(failed.is_empty(), "see above: {failed:?}");
}

#[test]
fn configurations_of_proxies_are_reported_and_fixed_as_their_snapshots_say() {
    protocol("protocol-proxies");
}

#[test]
fn code_that_speaks_the_protocol_is_reported_and_fixed_as_its_snapshots_say() {
    protocol("protocol-code");
}

/// Holds a fixture about the protocol, whose fixes are made by `migrate` alone.
fn protocol(name: &str) {
    let before = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures").join(name).join("before");
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("snapshots");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| {
        hold(name, &before);
        let folder = copied(&tree(&before));
        let migrate = |more: &[&str]| {
            let mut command = Command::cargo_bin("mcp-audit").unwrap();
            command.current_dir(folder.path()).args(["migrate", "--unsafe-fixes", "--allow-dirty"]).args(more);
            command.output().unwrap().stdout
        };
        insta::assert_snapshot!(format!("{name}.migrate"), visible(&migrate(&["--diff"])));
        migrate(&[]);
        let once = tree(folder.path());
        migrate(&[]);
        assert_eq!(once, tree(folder.path()), "the second run changed something");
    });
}

fn hold(name: &str, before: &Path) {
    let original = tree(before);
    let folder = copied(&original);
    let json = scan(folder.path(), &["--format", "json"]);
    let report: Value = serde_json::from_slice(&json.stdout).unwrap();
    insta::assert_snapshot!(format!("{name}.findings"), listing(&report));

    let safe = fixed(name, &original, &report, &[]);
    insta::assert_snapshot!(format!("{name}.fix"), visible(&safe));
    let risky = fixed(name, &original, &report, &["--unsafe-fixes"]);
    if risky != safe {
        insta::assert_snapshot!(format!("{name}.unsafe-fix"), visible(&risky));
    }
}

/// Runs `--diff` and `--fix` with `more`, holds them to what they promise, and returns the patch.
fn fixed(name: &str, original: &Tree, report: &Value, more: &[&str]) -> Vec<u8> {
    let folder = copied(original);
    let patch = scan(folder.path(), &[&["--diff"], more].concat()).stdout;
    assert_eq!(tree(folder.path()), *original, "{name}: --diff wrote something");

    scan(folder.path(), &[&["--fix"], more].concat());
    let once = tree(folder.path());
    scan(folder.path(), &[&["--fix"], more].concat());
    assert_eq!(once, tree(folder.path()), "{name}: the second --fix {more:?} changed something");

    assert_eq!(once.keys().collect::<Vec<_>>(), original.keys().collect::<Vec<_>>(), "{name}: files came or went");
    for (path, bytes) in original {
        let fixable = array(report, "findings")
            .any(|finding| finding["path"] == path.to_str().unwrap() && finding.get("fix").is_some());
        assert!(fixable || once[path] == *bytes, "{name}: {} has no fix and was changed", path.display());
    }

    let patched = copied(original);
    applied(name, patched.path(), &patch);
    assert_eq!(tree(patched.path()), once, "{name}: --diff and --fix {more:?} differ");
    patch
}

/// Has git apply `patch` in `folder`, after a `--check`.
pub(super) fn applied(name: &str, folder: &Path, patch: &[u8]) {
    if patch.is_empty() {
        return;
    }
    for arguments in [&["init", "-q"][..], &["apply", "--check", "-"], &["apply", "-"]] {
        // Whitespace errors are the fixture's own: a file with CRLF is full of them.
        let output = Command::new("git")
            .current_dir(folder)
            .args(["-c", "core.autocrlf=false", "-c", "apply.whitespace=nowarn"])
            .args(arguments)
            .write_stdin(patch)
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{name}: git {arguments:?}: {said}\n{}", String::from_utf8_lossy(patch));
    }
    fs::remove_dir_all(folder.join(".git")).unwrap();
}

fn scan(folder: &Path, arguments: &[&str]) -> Output {
    let output = Command::cargo_bin("mcp-audit")
        .unwrap()
        .current_dir(folder)
        .args(["scan", "--fail-on", "never"])
        .args(arguments)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && !said.contains("bug in mcp-audit"), "{arguments:?}: {said}");
    output
}

/// `path:line:col rule severity text → fix`, then why nothing is offered, then what was found and is fine, then notes.
fn listing(report: &Value) -> String {
    let mut out = String::new();
    for finding in array(report, "findings") {
        let place = format!("{}:{}:{}", text(&finding["path"]), finding["start"]["line"], finding["start"]["column"]);
        let mark = match text(&finding["fix"]["applicability"]).as_str() {
            "safe" => " → ",
            _ => " ⇢ ",
        };
        let fix = finding.get("fix").map(|fix| format!("{mark}{}", text(&fix["title"]))).unwrap_or_default();
        let _ = writeln!(
            out,
            "{place} {} {}: {}{fix}",
            text(&finding["rule"]),
            text(&finding["severity"]),
            text(&finding["message"])
        );
        for help in array(finding, "help").map(text).filter(|help| help.starts_with("left alone")) {
            let _ = writeln!(out, "    {help}");
        }
    }
    out.push('\n');
    for row in array(report, "declarations") {
        let table = text(&row["table"]);
        let effective = if row["effective"] == row["bound"] {
            String::new()
        } else {
            format!(
                ", here {} by {}",
                text(&row["effective"]),
                array(row, "limited_by").map(text).collect::<Vec<_>>().join(", ")
            )
        };
        let _ = writeln!(
            out,
            "{}:{} [{}{}{table}] {} is {}{effective}",
            text(&row["path"]),
            row["line"],
            text(&row["scope"]),
            if table.is_empty() { "" } else { " " },
            text(&row["declared"]),
            text(&row["bound"])
        );
    }
    for note in array(report, "notes") {
        let _ = writeln!(out, "not checked: {}: {}", text(&note["path"]), text(&note["message"]));
    }
    out
}

fn array<'a>(value: &'a Value, key: &str) -> impl Iterator<Item = &'a Value> {
    value[key].as_array().into_iter().flatten()
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

/// A patch as a snapshot can hold it: carriage returns, marks and trailing blanks can be seen.
pub(super) fn visible(patch: &[u8]) -> String {
    String::from_utf8_lossy(patch).replace('\r', "␍").replace('\u{feff}', "⟨BOM⟩").replace(" \n", "·\n")
}

pub(super) fn copied(files: &Tree) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (path, bytes) in files {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    folder
}

pub(super) fn tree(root: &Path) -> Tree {
    let mut files = Tree::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                files.insert(path.strip_prefix(root).unwrap().to_owned(), fs::read(&path).unwrap());
            }
        }
    }
    files
}
