//! Projects in which nothing breaks although much of it looks as if: other packages, other classes, the protocol's own
//! keys, code for both majors. A new one is one folder below `fixtures/untouched/`.

use std::fs;
use std::path::Path;

use assert_cmd::Command;
use serde_json::Value;

#[test]
fn nothing_is_found_where_nothing_breaks() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/untouched");
    let mut names: Vec<_> = fs::read_dir(&root).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    names.sort();
    assert!(names.len() >= 8, "the fixtures are not where they are looked for");
    let mut wrong = Vec::new();
    for name in &names {
        let mut command = Command::cargo_bin("mcp-audit").unwrap();
        let output =
            command.current_dir(root.join(name)).args(["scan", "--format", "json", "--fail-on", "never"]).output();
        let report: Value = serde_json::from_slice(&output.unwrap().stdout).unwrap();
        let findings = report["findings"].as_array().unwrap().iter();
        // That a range spans both majors is told and no more.
        let wrongly = |finding: &&Value| {
            let (rule, severity) = (finding["rule"].as_str().unwrap(), finding["severity"].as_str().unwrap());
            // Of what has nothing to do with MCP, nothing at all is told.
            // What speaks the protocol by hand elsewhere is for other rules.
            let is_grave = !rule.starts_with("MCP") && !matches!(severity, "info" | "note");
            name == "other-protocols" || rule.starts_with("PY") || is_grave
        };
        wrong.extend(findings.filter(wrongly).map(|finding| {
            let place =
                format!("{}/{}:{}", name.display(), finding["path"].as_str().unwrap(), finding["start"]["line"]);
            format!("{place}: {} {}", finding["rule"].as_str().unwrap(), finding["message"].as_str().unwrap())
        }));
        assert_eq!(report["notes"], Value::Array(Vec::new()), "{}: something was not checked", name.display());
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
