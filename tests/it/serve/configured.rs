//! The configuration of what is served: what it leaves out, that a mistake is told, and that it reaches nothing outside.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use super::by_hand::{Server, text};
use super::project;
use crate::configuration::OWN_RULE;
use crate::project::folder;

const TOOLS: [&str; 3] = ["scan", "plan", "migrate_preview"];

/// A server that was greeted.
fn server(root: &Path, flags: &[&str]) -> Server {
    let mut server = Server::start_with(root, flags);
    server.hello();
    server
}

/// The rules that a scan of `paths` finds.
fn found(server: &mut Server, paths: &[&str]) -> Vec<String> {
    let answer = server.call(1, "scan", &json!({ "paths": paths }));
    let findings = answer["result"]["structuredContent"]["findings"].as_array();
    let findings = findings.unwrap_or_else(|| panic!("{answer}"));
    findings.iter().map(|one| one["rule"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn what_is_not_asked_for_is_left_out_of_every_answer() {
    let root = project();
    let mut server = server(root.path(), &[]);
    assert_eq!(found(&mut server, &[]), ["DEP001", "PY101"]);
    // Read anew for each call.
    fs::write(root.path().join(".mcp-audit.toml"), "ignore = ['PY']\n").unwrap();
    assert_eq!(found(&mut server, &["server.py", "pyproject.toml"]), ["DEP001"]);
    let scan = server.call(2, "scan", &json!({}));
    assert_eq!(scan["result"]["structuredContent"]["not_counted"], json!({"suppressed": 0, "ignored": 2}), "{scan}");
    assert!(text(&scan).contains("Not counted: 2 of rules that are not asked for.\n"), "{}", text(&scan));
    let plan = server.call(3, "plan", &json!({}));
    let plan = &plan["result"]["structuredContent"];
    assert_eq!((&plan["summary"]["findings"], &plan["summary"]["not_counted"]["ignored"]), (&json!(1), &json!(2)));
    let preview = server.call(4, "migrate_preview", &json!({}));
    assert_eq!(preview["result"]["structuredContent"]["changed"], json!([]), "{preview}");

    fs::write(root.path().join(".mcp-audit.toml"), "exclude = ['server.py']\nfloor = '1.27'\n").unwrap();
    assert_eq!(found(&mut server, &[]), ["DEP001"]);
    fs::write(root.path().join(".mcp-audit.toml"), "[per-file-ignores]\n'server.py' = ['PY101']\n").unwrap();
    assert_eq!(found(&mut server, &[]), ["DEP001"]);
    assert_eq!(server.end(), Some(0));
    for flags in [&["--no-config"][..], &["--select", "PY101,DEP001", "--per-file-ignore", "x.py:PY"]] {
        let mut server = self::server(root.path(), flags);
        assert_eq!(found(&mut server, &[]), ["DEP001", "PY101"], "{flags:?}");
        assert_eq!(server.end(), Some(0));
    }
}

#[test]
fn a_mistake_in_it_is_the_answer_until_it_is_mended() {
    let root = project();
    let mut server = server(root.path(), &[]);
    for (said, told) in [
        ("\nignored = []\n", ".mcp-audit.toml:2: unknown key `ignored`; did you mean `ignore`?"),
        ("select = [\n", ".mcp-audit.toml:"),
        ("target = '2.0.99'\n", "the API of mcp 2.0.99 is not at hand"),
        ("ignore = ['DPE001']\n", ".mcp-audit.toml:1: no rule is called `DPE001`"),
    ] {
        fs::write(root.path().join(".mcp-audit.toml"), said).unwrap();
        for (id, tool) in (1..).zip(TOOLS) {
            let answer = server.call(id, tool, &json!({}));
            assert_eq!(answer["result"]["isError"], json!(true), "{tool}: {answer}");
            assert!(text(&answer).contains(told), "{tool}: {answer}");
        }
        let answer = server.call(9, "explain", &json!({"rule": "DEP001"}));
        assert!(text(&answer).starts_with("DEP001 missing-upper-bound\n"), "{answer}");
    }
    fs::write(root.path().join(".mcp-audit.toml"), "target = '2.3.0'\n").unwrap();
    assert_eq!(found(&mut server, &[]), ["DEP001", "PY101"]);
    assert_eq!(server.end(), Some(0));
}

#[test]
fn nothing_above_the_root_is_read_and_a_folder_below_has_its_own() {
    let files = [
        ("pyproject.toml", "[tool.mcp-audit]\nignore = ['DEP', 'PY']\n"),
        ("repo/requirements.txt", "mcp\n"),
        ("repo/a/requirements.txt", "mcp\n"),
        ("repo/a/b/requirements.txt", "mcp\n"),
        ("repo/a/.mcp-audit.toml", "ignore = ['DEP']\n"),
    ];
    let outer = folder(&files);
    fs::create_dir(outer.path().join(".git")).unwrap();
    let repo = outer.path().join("repo");
    let mut server = server(&repo, &[]);
    assert_eq!(found(&mut server, &[]), ["DEP001"; 3]);
    assert_eq!(found(&mut server, &["a/b"]), [""; 0]);
    // The root counts as the repository, with or without a `.git`: what a tool is asked about changes no answer.
    fs::write(repo.join(".mcp-audit.toml"), "ignore = ['DEP']\n").unwrap();
    fs::remove_file(repo.join("a/.mcp-audit.toml")).unwrap();
    assert_eq!(found(&mut server, &["a/b/requirements.txt"]), [""; 0]);
    assert_eq!(server.end(), Some(0));
}

#[test]
fn rules_come_from_inside_of_the_root_alone_and_explain_themselves_in_bounds() {
    let outside = folder(&[("audit/own.toml", OWN_RULE)]);
    let root = folder(&[("repo/server.py", super::SERVER), ("audit/own.toml", OWN_RULE)]);
    let repo = root.path().join("repo");
    let mut server = server(&repo, &[]);
    #[cfg(unix)]
    std::os::unix::fs::symlink(outside.path().join("audit"), repo.join("link")).unwrap();
    let absolute = outside.path().join("audit");
    for folder in ["../audit", "link", absolute.to_str().unwrap(), "../nowhere"] {
        fs::write(repo.join(".mcp-audit.toml"), format!("rules = ['{folder}']\n")).unwrap();
        let answer = server.call(1, "scan", &json!({}));
        assert!(text(&answer).contains("lies outside of the repository"), "{folder}: {answer}");
    }
    let answer = server.call(2, "explain", &json!({"rule": "OWN001"}));
    assert_eq!(answer["result"]["isError"], json!(true), "{answer}");

    let long = OWN_RULE.replace("explanation = 'e'", &format!("explanation = \"\\u001b[31m{}\"", "x".repeat(200_000)));
    fs::create_dir(repo.join("audit")).unwrap();
    fs::write(repo.join("audit/own.toml"), long).unwrap();
    fs::write(repo.join(".mcp-audit.toml"), "rules = ['audit']\nselect = ['OWN']\n").unwrap();
    assert_eq!(found(&mut server, &[]), ["OWN001"]);
    let answer = server.call(3, "explain", &json!({"rule": "own-rule"}));
    let explained: &Value = &answer["result"]["structuredContent"]["explanation"];
    assert!(explained.as_str().unwrap().starts_with("\\u{1b}[31mxxx"), "{explained}");
    assert!(text(&answer).starts_with("OWN001 own-rule\n\ns\n"), "{}", text(&answer));
    let long = answer.to_string().len();
    assert!(long < 100_000, "{long} bytes");
    assert_eq!(server.end(), Some(0));
}
