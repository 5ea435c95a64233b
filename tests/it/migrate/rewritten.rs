//! What `migrate` makes of every fixture: the whole patch and what is left to do by hand are the snapshots, and what holds
//! for every project is checked besides.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::panic::{self, AssertUnwindSafe};
use std::path::Path;
use std::process::Command;

use mcp_audit::fix;
use serde_json::Value;

use super::super::fixtures::{applied, copied, tree, visible};
use super::{MIGRATED, Migrated, audit, fixtures, migrate, script};

#[test]
fn every_project_is_rewritten_as_its_snapshot_says() {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("../snapshots");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    let shown_otherwise = |(name, migrated): &(&String, &Migrated)| {
        let shown = format!("{}{}\n{}", told(&migrated.told), growth(migrated), patch(migrated));
        let hold = || insta::assert_snapshot!(format!("migrate.{name}"), visible(shown.as_bytes()));
        // One that differs keeps no other from being compared.
        panic::catch_unwind(AssertUnwindSafe(|| settings.bind(hold))).is_err()
    };
    let otherwise: Vec<_> = MIGRATED.iter().filter(shown_otherwise).map(|(name, _)| name).collect();
    assert!(otherwise.is_empty(), "see above: {otherwise:?}");
}

#[test]
fn every_project_is_rewritten_in_place_and_once() {
    let mut wrong = Vec::new();
    for (name, migrated) in MIGRATED.iter() {
        let mut found = complaints(migrated);
        found.extend(gone(name, migrated));
        if !found.is_empty() {
            wrong.push(format!("{name}: {}", found.join("\n    ")));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What does not hold for a project that must hold for every one.
fn complaints(migrated: &Migrated) -> Vec<String> {
    let mut found = Vec::new();
    if migrated.told["bugs"] != Value::Array(Vec::new()) {
        found.push(format!("fixes did not prove themselves: {}", migrated.told["bugs"]));
    }
    let folder = copied(&migrated.after);
    let again = migrate(folder.path());
    let second = tree(folder.path());
    let changed = migrated.after.iter().filter(|(path, bytes)| second[*path] != **bytes);
    found.extend(changed.map(|(path, _)| format!("a second run changes {}", path.display())));
    // What the first run left to a person is what the next one finds, and what a scan does.
    let scanned: Value =
        serde_json::from_slice(&audit(copied(&migrated.after).path(), &["scan", "--format", "json"]).stdout).unwrap();
    for (what, seen) in [("a second run", &again["left"]), ("a scan", &scanned["findings"])] {
        let seen = places(seen.as_array().unwrap().iter());
        let lost = places(lasting(&migrated.told)).into_iter().filter(|place| !seen.contains(place));
        found.extend(lost.map(|place| format!("{what} does not tell of {place} any more")));
    }
    let (before, after) = (copied(&migrated.before), copied(&migrated.after));
    found.extend(problems(before.path(), after.path()).lines().map(str::to_owned));
    let long = sizes(migrated).filter(|(_, was, is)| *is > was * 2);
    found.extend(long.map(|(path, was, is)| format!("{} has {is} lines instead of {was}", path.display())));
    found
}

/// What a fixture's `kept.json` says must stay, a whole file or texts in it, and did not.
fn gone(name: &str, migrated: &Migrated) -> Vec<String> {
    let Ok(kept) = fs::read_to_string(fixtures().join(name).join("kept.json")) else { return Vec::new() };
    let kept: BTreeMap<String, Value> = serde_json::from_str(&kept).unwrap();
    let mut found = Vec::new();
    for (path, wanted) in kept {
        let [before, after] = [&migrated.before, &migrated.after].map(|files| &files[Path::new(&path)]);
        if wanted == "all" && before != after {
            found.push(format!("{path} is changed"));
        }
        for text in wanted.as_array().into_iter().flatten().map(|text| text.as_str().unwrap()) {
            let count = |bytes: &[u8]| String::from_utf8_lossy(bytes).matches(text).count();
            assert!(count(before) > 0, "{name}: {path} has no `{text}`");
            if count(before) != count(after) {
                found.push(format!("`{text}` is gone from {path}"));
            }
        }
    }
    found
}

/// How many lines each program had and has.
fn sizes(migrated: &Migrated) -> impl Iterator<Item = (&Path, usize, usize)> {
    let lines = |text: &[u8]| String::from_utf8_lossy(text).lines().count();
    let programs = migrated.before.iter().filter(|(path, _)| path.extension().is_some_and(|ending| ending == "py"));
    programs.map(move |(path, text)| (path.as_path(), lines(text), lines(&migrated.after[path])))
}

/// The programs that are longer or shorter than they were: rewritten code should be no longer than it must.
fn growth(migrated: &Migrated) -> String {
    let other = sizes(migrated).filter(|(_, was, is)| was != is);
    other.map(|(path, was, is)| format!("lines: {} {was} => {is}\n", path.display())).collect()
}

/// What is left that later looks must find: what fails, and what changes silently wherever the pin is held below mcp 2.
/// Where the pin has moved, the code means what mcp 2 does, and nothing is silent any more. What a checker alone says rests
/// on a comparison with the older SDK, which the new text cannot stand any more.
fn lasting(report: &Value) -> impl Iterator<Item = &Value> {
    let of = |value: &Value, name: &str| value[name].as_str().unwrap_or_default().to_owned();
    let folder = |path: &str| path.rsplit_once('/').map_or(String::new(), |(folder, _)| format!("{folder}/"));
    let is_held = move |path: &str| {
        let pins = report["pins"].as_array().unwrap().iter();
        let around = pins.filter(|pin| path.starts_with(&folder(&of(pin, "path"))));
        let nearest = around.max_by_key(|pin| folder(&of(pin, "path")).len());
        nearest.is_some_and(|pin| {
            pin["left"].is_string() && ["<2", "==1."].iter().any(|it| of(pin, "before").contains(it))
        })
    };
    let left = report["left"].as_array().unwrap().iter();
    left.filter(move |one| one["rule"] != "PY999" && (one["fails"] != "silent" || is_held(&of(one, "path"))))
}

/// Where findings are, and of which rule.
fn places<'v>(findings: impl Iterator<Item = &'v Value>) -> Vec<String> {
    findings.map(|one| format!("{}:{} {}", one["path"], one["start"]["line"], one["rule"])).collect()
}

/// From what was to what is, every file that changed.
fn patch(migrated: &Migrated) -> String {
    let changed = migrated.before.iter().filter(|(path, before)| migrated.after[*path] != **before);
    let patches = changed.map(|(path, before)| fix::diff(path.to_str().unwrap(), before, &migrated.after[path]));
    patches.map(|patch| String::from_utf8_lossy(&patch).into_owned()).collect()
}

/// What is left, and what became of the pins.
fn told(report: &Value) -> String {
    let mut out = String::new();
    let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    for left in report["left"].as_array().unwrap() {
        let of = |name: &str| text(&left[name]);
        let _ = writeln!(out, "left: {}:{} {}: {}", of("path"), left["start"]["line"], of("rule"), of("message"));
    }
    for pin in report["pins"].as_array().unwrap() {
        let _ = writeln!(out, "pin: {pin}");
    }
    for kind in ["declared", "relock", "notes"] {
        for one in report[kind].as_array().unwrap() {
            let _ = writeln!(out, "{kind}: {}", text(one));
        }
    }
    out
}

#[test]
fn the_patch_that_is_printed_makes_what_is_written() {
    for name in ["damage-fastmcp-package", "fastmcp-bookshop"] {
        let migrated = &MIGRATED[name];
        let folder = copied(&migrated.before);
        let patch = audit(folder.path(), &["migrate", "--unsafe-fixes", "--diff"]).stdout;
        assert!(tree(folder.path()) == migrated.before, "{name}: --diff wrote something");
        applied(name, folder.path(), &patch);
        assert!(tree(folder.path()) == migrated.after, "{name}: the patch and what is written differ");
    }
}

#[test]
fn marks_are_left_once() {
    let folder = copied(&MIGRATED["damage-pins"].before);
    let mark = || audit(folder.path(), &["migrate", "--unsafe-fixes", "--allow-dirty", "--mark"]);
    mark();
    let once = tree(folder.path());
    let marks = |text: &[u8]| String::from_utf8_lossy(text).matches("# mcp-audit: PY").count();
    assert!(once.values().map(|text| marks(text)).sum::<usize>() > 0, "nothing was marked");
    mark();
    assert!(tree(folder.path()) == once, "a second run changes what the first has marked");
}

/// What `check.py` says of a tree and what was made of it.
fn problems(before: &Path, after: &Path) -> String {
    let python = std::env::var("PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let output = Command::new(python).arg(script("migrate/check.py")).args([before, after]).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).into_owned()
}
