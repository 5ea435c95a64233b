//! The reports that build servers, review pages and dashboards read: held against their own schemas and parsers.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::process::Command;

use serde_json::Value;
use tempfile::TempDir;

use crate::project::folder;
use crate::sdk::ready;

/// Findings of every kind: errors, notes, silent ones, fixes in one file and in several, names that must be escaped.
fn project() -> TempDir {
    folder(&[
        ("pyproject.toml", "[project]\nname = \"a\"\nversion = \"1\"\ndependencies = [\"mcp>=1.2\"]\n"),
        (
            "src/a b,c:d%.py",
            "from mcp import types\nfrom mcp.server.fastmcp import FastMCP\n\napp = FastMCP(\"é\", port=8000)\n\n\n\
             def shown(one: types.CallToolResult) -> bool:\n    return \"é\" and one.isError\n\n\n\
             def again(one: types.CallToolResult) -> bool:\n    return \"é\" and one.isError\n",
        ),
        ("gate.yaml", "cors: {allow_headers: [\"mcp-session-id\", \"content-type\"]}\n"),
        ("broken/requirements.txt", "mcp[cli\n"),
    ])
}

fn scanned(folder: &TempDir, arguments: &[&str]) -> String {
    let mut command = assert_cmd::Command::cargo_bin("mcp-audit").unwrap();
    let output = command.current_dir(folder.path()).arg("scan").args(arguments).output().unwrap();
    assert!(output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// The schema that the crate for SARIF was made from.
fn schema() -> PathBuf {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--locked", "--manifest-path"])
        .arg(concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml"))
        .output()
        .unwrap();
    let metadata: Value = serde_json::from_slice(&output.stdout).unwrap();
    let packages = metadata["packages"].as_array().unwrap();
    let package = packages.iter().find(|package| package["name"] == "serde-sarif").unwrap();
    let manifest = PathBuf::from(package["manifest_path"].as_str().unwrap());
    manifest.parent().unwrap().join("src/schema.json")
}

#[test]
fn sarif_is_valid_and_its_fixes_are_the_fixes() {
    let project = project();
    let text = scanned(&project, &["--format", "sarif", "--fail-on", "never"]);
    let typed: serde_sarif::sarif::Sarif = serde_json::from_str(&text).unwrap();
    let results = typed.runs[0].results.as_ref().unwrap();
    let json: Value = serde_json::from_str(&scanned(&project, &["--format", "json", "--fail-on", "never"])).unwrap();
    let findings = json["findings"].as_array().unwrap();
    assert_eq!(results.len(), findings.len());
    assert!(findings.iter().any(|finding| finding["silent"] == true), "{text}");
    let names: BTreeSet<_> = results.iter().map(|one| one.partial_fingerprints.clone().unwrap()).collect();
    assert_eq!(names.len(), results.len(), "two findings have one fingerprint");

    // A text that is no code of the SDK's has its fix in the report as well.
    let rewritten = |fix: &Value| fix["applicability"] == "safe" || fix["applicability"] == "unsafe";
    let fixable: Vec<&str> =
        findings.iter().filter(|one| rewritten(&one["fix"])).map(|one| one["path"].as_str().unwrap()).collect();
    assert!(fixable.contains(&"gate.yaml"), "{fixable:?}");
    assert_eq!(results.iter().filter(|one| one.fixes.is_some()).count(), fixable.len());

    // What a reader of the report does with a fix: the first edit of each file by line and column.
    let value: Value = serde_json::from_str(&text).unwrap();
    let pin = value["runs"][0]["results"].as_array().unwrap().iter().find(|one| one["ruleId"] == "DEP001").unwrap();
    let change = &pin["fixes"][0]["artifactChanges"][0];
    let (replacement, path) = (&change["replacements"][0], change["artifactLocation"]["uri"].as_str().unwrap());
    let region = &replacement["deletedRegion"];
    let number = |name: &str| usize::try_from(region[name].as_u64().unwrap()).unwrap();
    let text = std::fs::read_to_string(project.path().join(path)).unwrap();
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let line = &mut lines[number("startLine") - 1];
    line.replace_range(
        number("startColumn") - 1..number("endColumn") - 1,
        replacement["insertedContent"]["text"].as_str().unwrap(),
    );
    assert_eq!(lines[3], "dependencies = [\"mcp>=1.2,<2\"]");

    let Some(environments) = ready() else { return };
    let (report, schema) = (project.path().join("report.sarif"), schema());
    let sarif = scanned(&project, &["--format", "sarif", "--fail-on", "never"]);
    std::fs::write(&report, sarif).unwrap();
    let check = "import json, sys, jsonschema; r, s = (json.load(open(p, encoding='utf-8')) for p in sys.argv[1:]); \
                 jsonschema.validate(r, s)";
    let output = Command::new(&environments.newer).args(["-I", "-c", check]).args([&report, &schema]).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn annotations_are_one_command_a_line_and_the_worst_come_first() {
    let text = scanned(&project(), &["--format", "github", "--fail-on", "never"]);
    let levels: Vec<&str> = text.lines().map(|line| line.split([' ', ':']).nth(2).unwrap()).collect();
    assert!(
        levels.is_sorted_by_key(|level| ["error", "warning", "notice"].iter().position(|one| one == level)),
        "{text}"
    );
    let renamed = text.lines().find(|line| line.contains("PY101")).unwrap();
    assert!(
        renamed.starts_with("::error file=src/a b%2Cc%3Ad%25.py,line=2,col=32,endColumn=39,title=PY101 "),
        "{renamed}"
    );
    assert!(text.contains("title=DEP017 unreadable-declaration::this declaration cannot be read"), "{text}");
}

#[test]
fn code_quality_has_what_merge_requests_show() {
    let issues: Vec<Value> =
        serde_json::from_str(&scanned(&project(), &["--format", "gitlab", "--fail-on", "never"])).unwrap();
    let names: BTreeSet<&str> = issues.iter().map(|issue| issue["fingerprint"].as_str().unwrap()).collect();
    assert_eq!(names.len(), issues.len(), "two issues have one fingerprint");
    let pin = issues.iter().find(|issue| issue["check_name"] == "DEP001").unwrap();
    assert_eq!((&pin["severity"], &pin["location"]["path"]), (&"critical".into(), &"pyproject.toml".into()));
    assert_eq!(pin["location"]["lines"]["begin"], 4);

    // Lines may move: the names stay.
    let moved = project();
    let path = moved.path().join("pyproject.toml");
    let text = std::fs::read_to_string(&path).unwrap();
    std::fs::write(&path, format!("# a\n\n{text}")).unwrap();
    let again: Vec<Value> =
        serde_json::from_str(&scanned(&moved, &["--format", "gitlab", "--fail-on", "never"])).unwrap();
    assert_eq!(names, again.iter().map(|issue| issue["fingerprint"].as_str().unwrap()).collect());
}

#[test]
fn cases_fail_where_the_gate_does() {
    let count = |arguments: &[&str]| {
        let text = scanned(&project(), &[&["--format", "junit"], arguments].concat());
        let head = text.lines().nth(1).unwrap().to_owned();
        let number = |name: &str| -> usize {
            head.split(&format!("{name}=\"")).nth(1).unwrap().split('"').next().unwrap().parse().unwrap()
        };
        assert_eq!(text.matches("<failure").count(), number("failures"), "{text}");
        assert_eq!(text.matches("<testcase").count(), number("tests"), "{text}");
        (number("tests"), number("failures"), number("skipped"), text)
    };
    let (tests, failures, skipped, text) = count(&[]);
    assert!(failures > 0 && skipped > 0 && tests == failures + skipped, "{text}");
    let (_, none, _, _) = count(&["--fail-on", "never"]);
    assert_eq!(none, 0);
    if let Some(environments) = ready() {
        let check = "import sys, xml.etree.ElementTree as t; print(len(list(t.fromstring(sys.argv[1].encode()).iter('testcase'))))";
        let output = Command::new(&environments.newer).args(["-I", "-c", check, &text]).output().unwrap();
        assert_eq!(String::from_utf8_lossy(&output.stdout).trim(), tests.to_string());
    }
    let clean = scanned(&folder(&[("a.py", "print()\n")]), &["--format", "junit"]);
    assert!(clean.contains("<testcase name=\"scan\""), "{clean}");
}
