//! `--changed-since`, with the real program and real repositories: what changed counts and nothing else does, and the
//! repository runs nothing.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use tempfile::TempDir;

use crate::project::{folder, git};

const V1: &str = "from mcp.server.fastmcp import FastMCP\n";

fn commit(folder: &Path) {
    git(folder, &["add", "-A"]);
    git(folder, &["commit", "-q", "-m", "x"]);
}

/// A repository with a branch `work` on which nothing changed yet, and a commit of its own on `main`.
fn repository() -> TempDir {
    let folder = folder(&[
        ("requirements.txt", "mcp>=1.2,<2\nhttpx\n"),
        ("old.py", V1),
        ("sub/both.py", &format!("import os\n\n\n{V1}\n")),
        ("sub/notes.txt", "x\n"),
    ]);
    let at = folder.path();
    git(at, &["init", "-q", "-b", "main"]);
    commit(at);
    git(at, &["checkout", "-q", "-b", "work"]);
    git(at, &["checkout", "-q", "main"]);
    fs::write(at.join("old.py"), format!("{V1}\n# on main alone\n")).unwrap();
    commit(at);
    git(at, &["checkout", "-q", "work"]);
    folder
}

fn run(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_mcp-audit")).current_dir(folder).args(arguments).output().unwrap()
}

/// The findings as `rule path:line`, and how many are about what did not change.
fn found(folder: &Path, arguments: &[&str]) -> (Vec<String>, u64) {
    let output = run(folder, &[&["scan", "--format", "json", "--fail-on", "never"], arguments].concat());
    let report: serde_json::Value = serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|_| panic!("{}", String::from_utf8_lossy(&output.stderr)));
    let shown = |one: &serde_json::Value| {
        format!("{} {}:{}", one["rule"].as_str().unwrap(), one["path"].as_str().unwrap(), one["start"]["line"])
    };
    let findings = report["findings"].as_array().unwrap().iter().map(shown).collect();
    (findings, report["summary"]["unchanged"].as_u64().unwrap())
}

const SINCE: [&str; 2] = ["--changed-since", "main"];

/// Of a part of the tree, in which no manifest says that the SDK is asked for.
const CODE: [&str; 4] = ["--select", "PY", "--changed-since", "main"];

#[test]
fn only_lines_that_changed_count() {
    let folder = repository();
    let at = folder.path();
    let all = found(at, &[]).0.len() as u64;
    assert_eq!(found(at, &SINCE), (vec![], all));
    // Committed, in the index, in the working tree, and untracked.
    fs::write(at.join("sub/both.py"), format!("import os\n{V1}\n\n{V1}\n")).unwrap();
    commit(at);
    fs::write(at.join("new.py"), V1).unwrap();
    git(at, &["add", "new.py"]);
    fs::write(at.join("untracked é.py"), V1).unwrap();
    let three = ["PY101 new.py:1", "PY101 sub/both.py:2", "PY101 untracked é.py:1"];
    assert_eq!(found(at, &SINCE), (three.map(str::to_owned).to_vec(), all));
    assert_eq!(found(at, &[&CODE[..], &["sub"]].concat()).0, ["PY101 sub/both.py:2"]);
    assert_eq!(found(&at.join("sub"), &CODE).0, ["PY101 both.py:2"]);
    assert_eq!(found(&at.join("sub"), &[&CODE[..], &["both.py"]].concat()).0, ["PY101 both.py:2"]);
    assert_eq!(
        found(&at.join("sub"), &["--select", "PY", "--changed-since", "HEAD", ".."]).0,
        ["PY101 ../new.py:1", "PY101 ../untracked é.py:1"]
    );
    let text =
        String::from_utf8(run(at, &["scan", "--select", "PY", "--changed-since", "main", "old.py"]).stdout).unwrap();
    assert!(text.contains("1 about what did not change"), "{text}");
    // Line ends that git converts are no change.
    fs::write(at.join("old.py"), V1.replace('\n', "\r\n")).unwrap();
    assert_eq!(found(at, &[&CODE[..], &["old.py"]].concat()).0, [""; 0]);
}

#[test]
fn a_manifest_is_judged_whole_and_what_it_declares_judges_its_code() {
    let folder = repository();
    let at = folder.path();
    fs::write(at.join("requirements.txt"), "mcp>=1.2,<2\nhttpx\nflask\n").unwrap();
    let (findings, _) = found(at, &SINCE);
    assert!(findings.contains(&"DEP011 requirements.txt:2".to_owned()) && findings.len() == 1, "{findings:?}");
    fs::write(at.join("requirements.txt"), "mcp>=1.2\nhttpx\n").unwrap();
    let (findings, unchanged) = found(at, &SINCE);
    let expected = ["PY101 old.py:1", "DEP001 requirements.txt:1", "DEP011 requirements.txt:2", "PY101 sub/both.py:4"];
    assert_eq!((findings, unchanged), (expected.map(str::to_owned).to_vec(), 0));
}

#[test]
fn what_cannot_be_compared_is_an_error_that_says_what_to_do() {
    let refused = |folder: &Path, revision: &str| {
        let output = run(folder, &["scan", "--changed-since", revision]);
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(output.status.code() == Some(2) && output.stdout.is_empty(), "{said}");
        said
    };
    let folder = repository();
    let at = folder.path();
    assert!(refused(at, "origin/nowhere").contains(
        "git knows no revision `origin/nowhere` here; if it is a branch, fetch it first (`git fetch origin nowhere`)"
    ));
    assert!(refused(at, "--output=x").contains("`--output=x` is no revision"));
    assert!(refused(at, "HEAD:old.py").contains("git knows no revision"));
    assert!(refused(tempfile::tempdir().unwrap().path(), "main").contains("is in no repository that git reads"));
    git(at, &["checkout", "-q", "--orphan", "alone"]);
    // With the message of the other branch's first commit it would be that very commit, when made in the same second.
    git(at, &["commit", "-q", "-m", "alone"]);
    assert!(refused(at, "main").contains("`main` and what is checked out have no commit in common"));
    git(at, &["checkout", "-q", "main"]);
    let clone = tempfile::tempdir().unwrap();
    let url = format!("file://{}", at.display());
    git(clone.path(), &["clone", "-q", "--depth", "1", "--branch", "main", &url, "shallow"]);
    let said = refused(&clone.path().join("shallow"), "origin/work");
    assert!(said.contains("this clone is shallow") && said.contains("fetch-depth: 0"), "{said}");
}

/// Whatever a repository can name to be run by git when files are compared: none of it is.
#[cfg(unix)]
#[test]
fn the_repository_runs_nothing() {
    use std::os::unix::fs::PermissionsExt;

    let folder = repository();
    let at = folder.path();
    let trap = at.join(".git/trap.sh");
    fs::write(&trap, format!("#!/bin/sh\ntouch '{}'\ncat\n", at.join("ran").display())).unwrap();
    fs::set_permissions(&trap, fs::Permissions::from_mode(0o755)).unwrap();
    let named = trap.display().to_string();
    let hooks = at.join(".git/hooks");
    fs::create_dir_all(&hooks).unwrap();
    for hook in ["post-index-change", "reference-transaction", "fsmonitor-watchman"] {
        fs::copy(&trap, hooks.join(hook)).unwrap();
    }
    fs::write(at.join(".gitattributes"), "*.py filter=trap diff=trap\n*.txt filter=trap diff=trap\n").unwrap();
    let mut config = fs::read_to_string(at.join(".git/config")).unwrap();
    config.push_str(&format!(
        "[core]\n\tfsmonitor = {named}\n\tpager = {named}\n\tsshCommand = {named}\n\teditor = {named}\n[diff]\n\texternal = {named}\n\
         [diff \"trap\"]\n\tcommand = {named}\n\ttextconv = {named}\n[filter \"trap\"]\n\tclean = {named}\n\tsmudge = {named}\n\
         \tprocess = {named}\n\trequired = true\n[remote \"origin\"]\n\turl = ext::{named}\n\tpromisor = true\n\tuploadpack = {named}\n\
         [extensions]\n\tpartialClone = origin\n[alias]\n\tcat-file = !{named}\n\trev-parse = !{named}\n[pager]\n\tcat-file = {named}\n"
    ));
    fs::write(at.join(".git/config"), config).unwrap();
    fs::write(at.join("old.py"), format!("{V1}{V1}")).unwrap();
    let (findings, _) = found(at, &[&CODE[..], &["old.py"]].concat());
    assert_eq!(findings, ["PY101 old.py:2"]);
    run(at, &["scan", "--changed-since", "0123456789012345678901234567890123456789"]);
    // Where git has to look at the working tree, the file with changes is named all the same.
    let refused = run(at, &["migrate"]);
    let said = String::from_utf8_lossy(&refused.stderr);
    assert!(refused.status.code() == Some(2) && said.contains("(old.py"), "{said}");
    assert!(!at.join("ran").exists(), "something of the repository's was run");
}
