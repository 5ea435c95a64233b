//! How findings about code are shown: the mark of what is silent, many alike in one file, and what a project's code is for.
//! Rules of their own keep this apart from what the program's rules find.

use std::fs;
use std::path::Path;
use std::process::Output;

use assert_cmd::Command;
use serde_json::Value;
use tempfile::TempDir;

const RULE: &str = "id = 'PY991'\nname = 'shown-rule'\nsummary = 'a version that moves'\nseverity = 'warning'\nfails = 'silent'\n\
    message = '`{name}` is another version in mcp 2'\nhelp = ['write the version that is meant']\nexplanation = 'It moves.'\n\
    guide = 'versions'\n[[symbol]]\npath = 'mcp.types.Implementation'\nrole = 'reference'\nbecomes-text = 'str'\napplicability = 'unsafe'\n\
    [[example]]\npath = 'a.py'\nbefore = '''\nfrom mcp.types import Implementation\n\nprint(Implementation)\n'''\n\
    after = '''\nfrom mcp.types import Implementation\n\nprint(str)\n'''\n";

const REQUIREMENTS: (&str, &str) = ("app/requirements.txt", "mcp>=1.27,<3\n");

/// A folder with the rule, and these files.
fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (path, text) in files.iter().chain(&[("own/shown-rule.toml", RULE)]) {
        write(&folder.path().join(path), text);
    }
    folder
}

fn write(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

fn run(folder: &TempDir, arguments: &[&str]) -> Output {
    let mut command = Command::cargo_bin("mcp-audit").unwrap();
    let output = command.current_dir(folder.path()).args(arguments).args(["--rules", "own"]).output().unwrap();
    assert!(output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
    output
}

fn text(folder: &TempDir, arguments: &[&str]) -> String {
    String::from_utf8(run(folder, arguments).stdout).unwrap()
}

/// A module that uses the name in so many lines, from line 3 on.
fn uses(number: usize) -> String {
    format!("from mcp.types import Implementation\n\n{}", "print(Implementation)\n".repeat(number))
}

#[test]
fn what_is_silent_is_marked_and_counted() {
    let folder = folder(&[REQUIREMENTS, ("app/a.py", &uses(2))]);
    let shown = text(&folder, &["scan", "app"]);
    assert!(shown.contains("warning[PY991]: SILENT: `Implementation` is another version in mcp 2"), "{shown}");
    assert!(shown.contains("\n2 silent: they import, run, and mean something else.\n"), "{shown}");
    assert!(shown.contains("\nThe code shows nothing that only one major has.\n"), "{shown}");

    let report: Value = serde_json::from_slice(&run(&folder, &["scan", "app", "--format", "json"]).stdout).unwrap();
    assert_eq!(report["summary"]["silent"], 2);
    let marks: Vec<_> =
        report["findings"].as_array().unwrap().iter().map(|one| (&one["rule"], &one["silent"])).collect();
    assert!(marks.contains(&(&"PY991".into(), &true.into())) && marks.contains(&(&"DEP005".into(), &false.into())));
    assert_eq!((&report["projects"][0]["breakages"], &report["projects"][0]["silent"]), (&2.into(), &2.into()));
}

#[test]
fn one_silent_finding_is_spoken_of_as_one() {
    let folder = folder(&[REQUIREMENTS, ("app/a.py", &uses(1))]);
    let shown = text(&folder, &["scan", "app"]);
    assert!(shown.contains("\n1 silent: it imports, runs, and means something else.\n"), "{shown}");
}

#[test]
fn many_alike_in_one_file_become_a_line() {
    let folder = folder(&[REQUIREMENTS, ("app/a.py", &uses(4)), ("app/b.py", &uses(6)), ("app/c.py", &uses(40))]);
    let shown = text(&folder, &["scan", "app"]);
    // Four are shown, for a fifth line would take as much room.
    assert_eq!(shown.matches("warning[PY991]").count(), 4 + 3 + 3, "{shown}");
    assert!(shown.contains("note: and 3 more in this file: lines 6, 7, 8 (-v shows them)"), "{shown}");
    assert!(shown.contains("note: and 37 more in this file: lines 6, 7, 8, "), "{shown}");
    assert!(shown.contains(", 29, … (-v shows them)"), "{shown}");
    assert!(shown.contains("\n50 silent: they import"), "{shown}");
    assert_eq!(text(&folder, &["scan", "app", "-v"]).matches("warning[PY991]").count(), 50);
    let report: Value = serde_json::from_slice(&run(&folder, &["scan", "app", "--format", "json"]).stdout).unwrap();
    let findings = report["findings"].as_array().unwrap();
    assert_eq!(findings.iter().filter(|one| one["rule"] == "PY991").count(), 50);
}

#[test]
fn the_state_of_each_project_is_said() {
    let older = "from mcp.server.fastmcp import FastMCP\n";
    let folder = folder(&[
        ("app/one/requirements.txt", "mcp<2\n"),
        ("app/one/server.py", older),
        ("app/two/requirements.txt", "mcp>=2,<3\n"),
        ("app/two/server.py", "from mcp.server.mcpserver import MCPServer\n"),
        ("app/three/requirements.txt", "mcp<2\n"),
    ]);
    let shown = text(&folder, &["scan", "app"]);
    assert!(shown.contains("\n3 projects: 1 still on v1, 1 already on v2, 1 without SDK imports.\n"), "{shown}");
    let shown = text(&folder, &["scan", "app/one"]);
    let one = "\nThe code is still on v1: it imports `mcp.server.fastmcp.FastMCP` in app/one/server.py:1.\n";
    assert!(shown.contains(one), "{shown}");
    let shown = text(&folder, &["scan", "app/three"]);
    assert!(shown.contains("\nThe code shows no SDK imports.\n"), "{shown}");
}

#[test]
fn lists_and_explanations_carry_the_mark() {
    let folder = folder(&[]);
    let listed = text(&folder, &["rules"]);
    let row = listed.lines().find(|line| line.contains("PY991")).unwrap();
    let words: Vec<&str> = row.split_whitespace().collect();
    assert_eq!(words, ["PY991", "shown-rule", "warning", "SILENT", "a", "version", "that", "moves", "unsafe"]);

    let listed: Value = serde_json::from_slice(&run(&folder, &["rules", "--format", "json"]).stdout).unwrap();
    let rule = listed.as_array().unwrap().iter().find(|rule| rule["id"] == "PY991").unwrap();
    assert_eq!((&rule["silent"], &rule["fixable"], &rule["fix"][0]), (&true.into(), &true.into(), &"unsafe".into()));

    let explained = text(&folder, &["explain", "PY991"]);
    let head = "severity: warning, fix: unsafe, SILENT: it imports, runs, and means something else\n\nIt moves.\n";
    assert!(
        explained.contains(head) && explained.contains("\nIn the SDK's migration guide: #versions\n"),
        "{explained}"
    );
}

#[test]
fn coverage_is_printed_in_every_format() {
    let folder = folder(&[(
        "own/catalogue.toml",
        "[[row]]\nid = 'test-covered'\nwhat = 'a | b'\ncovered-by = ['PY991']\n\n[[row]]\nid = 'test-excused'\nwhat = 'c'\nundetectable = 'it is on the wire'\n",
    )]);
    let shown = text(&folder, &["rules", "--coverage"]);
    assert!(shown.contains("test-covered") && shown.contains("not in source: it is on the wire"), "{shown}");
    let shown = text(&folder, &["rules", "--coverage", "--format", "markdown"]);
    assert!(
        shown.contains("## own\n\n| change | what | covered by |\n|---|---|---|\n| test-covered | a \\| b | PY991 |\n"),
        "{shown}"
    );
    let rows: Value =
        serde_json::from_slice(&run(&folder, &["rules", "--coverage", "--format", "json"]).stdout).unwrap();
    let rows = rows.as_array().unwrap();
    let excused = rows.iter().find(|row| row["id"] == "test-excused").unwrap();
    assert_eq!((&excused["area"], &excused["undetectable"]), (&"own".into(), &"it is on the wire".into()));
    assert_eq!(rows.iter().find(|row| row["id"] == "test-covered").unwrap()["rules"][0], "PY991");
}
