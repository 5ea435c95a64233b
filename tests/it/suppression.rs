//! Comments that leave findings alone, with the real program: what they speak for, what is said of those that speak for
//! nothing, and that neither `--fix` nor `migrate` touches what they stand beside.

use std::process::Output;

use assert_cmd::Command;
use proptest::prelude::*;
use tempfile::TempDir;

use crate::project::{folder, read};

fn run(folder: &TempDir, arguments: &[&str]) -> Output {
    Command::cargo_bin("mcp-audit").unwrap().current_dir(folder.path()).args(arguments).output().unwrap()
}

/// The findings of a scan as `rule:line`, with the number of those that comments leave alone.
fn found(files: &[(&str, &str)]) -> (Vec<String>, u64) {
    let output = run(&folder(files), &["scan", "--format", "json", "--fail-on", "never"]);
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let shown = |one: &serde_json::Value| format!("{}:{}", one["rule"].as_str().unwrap(), one["start"]["line"]);
    let findings = report["findings"].as_array().unwrap().iter().map(shown).collect();
    (findings, report["summary"]["suppressed"].as_u64().unwrap())
}

fn rules(path: &str, text: &str) -> (Vec<String>, u64) {
    found(&[(path, text)])
}

const V1: &str = "from mcp.server.fastmcp import FastMCP";

#[test]
fn a_suppressed_error_does_not_fail_the_gate_and_is_counted() {
    let folder = folder(&[
        ("requirements.txt", "mcp>=1.2  # mcp-audit: ignore[DEP001] -- the image holds 1.x\n"),
        (
            "server.py",
            "# mcp-audit: ignore[PY101] -- served by the old container\nfrom mcp.server.fastmcp import FastMCP\n",
        ),
    ]);
    let output = run(&folder, &["scan", "-v"]);
    let text = String::from_utf8(output.stdout).unwrap();
    assert_eq!(output.status.code(), Some(0), "{text}");
    assert!(text.contains("Not counted: 2 suppressed by comments.\n"), "{text}");
    assert!(text.contains("suppressed (served by the old container): PY101 server.py:2:32: "), "{text}");
    assert!(!text.contains("write `mcp>=1.2,<2`"), "{text}");
    let output = run(&folder, &["scan", "--fix"]);
    assert_eq!(output.status.code(), Some(0));
    assert!(read(&folder, "requirements.txt").starts_with("mcp>=1.2  #"));
}

#[test]
fn a_comment_speaks_for_its_line_or_the_one_below() {
    let none = (Vec::<String>::new(), 1);
    for text in [
        format!("{V1}  # mcp-audit: ignore[PY101]\n"),
        format!("{V1}  # noqa: F401  # mcp-audit: ignore[PY]\n"),
        format!("# mcp-audit: ignore[fastmcp-renamed]\n# and more\n{V1}\n"),
        format!("#!/usr/bin/env python\n\"\"\"Doc.\"\"\"\n# mcp-audit: ignore-file[PY101]\nimport os\n{V1}\n"),
    ] {
        let (findings, suppressed) = found(&[("requirements.txt", "mcp<2\n"), ("server.py", &text)]);
        assert_eq!((findings, suppressed), none, "{text}");
    }
    for (path, text) in [
        ("Dockerfile", "FROM x\n# mcp-audit: ignore[DEP001]\nRUN set -e; \\\n    pip install mcp\n"),
        (
            ".github/workflows/a.yml",
            "jobs:\n  a:\n    steps:\n      - run: pip install mcp # mcp-audit: ignore[DEP001]\n",
        ),
        (
            "pyproject.toml",
            "[project]\nname = \"a\"\nversion = \"1\"\ndependencies = [\n    \"mcp\", # mcp-audit: ignore[DEP001]\n]\n",
        ),
        ("setup.cfg", "[options]\ninstall_requires =\n    # mcp-audit: ignore[DEP001]\n    mcp>=1\n"),
        ("README.md", "# T\n\n<!-- mcp-audit: ignore[DEP014] -->\n```sh\npip install mcp\n```\n"),
    ] {
        assert_eq!(rules(path, text), none, "{path}");
    }
    let rust = "[package]\nname = \"a\"\nversion = \"0.1.0\"\n[dependencies]\n# mcp-audit: ignore[DEP]\nrmcp = \"*\"\n";
    assert_eq!(rules("Cargo.toml", rust), none);
}

#[test]
fn what_speaks_for_nothing_is_told() {
    assert_eq!(rules("requirements.txt", "mcp<2  # mcp-audit: ignore[DEP001]\n").0, ["SUP001:1"]);
    assert_eq!(rules("requirements.txt", "mcp  # mcp-audit: ignore[DEP001, PY]\n"), (vec!["SUP001:1".to_owned()], 1));
    assert_eq!(rules("requirements.txt", "mcp  # mcp-audit: ignore[PY101]\n").0, ["DEP001:1", "SUP001:1"]);
    assert_eq!(rules("requirements.txt", "mcp<2  # mcp-audit: ignore[DEP999]\n").0, ["SUP002:1"]);
    assert_eq!(rules("requirements.txt", "mcp<2  # mcp-audit: ignore[ALL, SUP001]\n").0, ["SUP002:1"; 2]);
    assert_eq!(rules("requirements.txt", "mcp  # mcp-audit: ignore\n").0, ["DEP001:1", "SUP003:1"]);
    assert_eq!(rules("requirements.txt", "mcp\n# mcp-audit: ignore-file[DEP001]\n").0, ["DEP001:1", "SUP003:2"]);
    let text = run(&folder(&[("requirements.txt", "mcp  # mcp-audit: ignore\n")]), &["scan", "-q"]).stdout;
    let text = String::from_utf8(text).unwrap();
    assert!(text.contains("write `ignore[…]`") && text.contains("found here: DEP001"), "{text}");
}

#[test]
fn a_string_is_no_comment() {
    let text = format!("x = '''\n# mcp-audit: ignore-file[PY101]\n'''\ny = '# mcp-audit: ignore[PY101]'; {V1}\n");
    let (findings, suppressed) = found(&[("requirements.txt", "mcp<2\n"), ("server.py", &text)]);
    assert_eq!((findings, suppressed), (vec!["PY101:4".to_owned()], 0));
}

#[test]
fn migrate_leaves_suppressed_places_and_their_comments_alone() {
    let server = "# mcp-audit: ignore[PY101] -- v1 on purpose\nfrom mcp.server.fastmcp import FastMCP\nfrom mcp.types import Tool\n\n\
        app = FastMCP('x')\n\n\ndef schema(tool: Tool) -> object:\n    kept = tool.inputSchema  # mcp-audit: ignore[PY]\n    \
        return tool.inputSchema or kept\n";
    let files = &[("requirements.txt", "mcp>=1.2,<2\n"), ("server.py", server)];
    let folder = folder(files);
    let output = run(&folder, &["migrate", "--unsafe-fixes"]);
    let text = String::from_utf8(output.stdout).unwrap();
    let after = read(&folder, "server.py");
    let expected = server.replace("return tool.inputSchema", "return tool.input_schema");
    assert_eq!(after, expected, "{text}");
    assert!(!text.contains("bug in mcp-audit") && text.contains("Not counted: 2 suppressed by comments"), "{text}");
    assert_eq!(read(&folder, "requirements.txt"), "mcp>=1.2,<2\n", "what would fail keeps the pin");
    run(&folder, &["migrate", "--unsafe-fixes"]);
    assert_eq!(read(&folder, "server.py"), after);
}

#[test]
fn migrate_leaves_a_suppressed_pin_alone() {
    let pin = "# mcp-audit: ignore[DEP] -- raised with the image\nmcp>=1.2\n";
    let folder = folder(&[("requirements.txt", pin), ("server.py", &format!("{V1}\n"))]);
    let output = run(&folder, &["migrate", "--unsafe-fixes"]);
    let text = String::from_utf8(output.stdout).unwrap();
    assert_eq!(read(&folder, "requirements.txt"), pin, "{text}");
    assert!(text.contains("a comment says so"), "{text}");
    assert_eq!(read(&folder, "server.py"), "from mcp.server.mcpserver import MCPServer\n");
}

#[test]
fn a_mark_does_not_come_between_a_comment_and_its_line() {
    let server = "import asyncio\nfrom mcp.server.lowlevel import Server\n\nserver = Server('x')\n\n\n# mcp-audit: ignore[PY999]\n\
        handlers = server.request_handlers\n";
    let folder = folder(&[("requirements.txt", "mcp>=1.2,<2\n"), ("server.py", server)]);
    let before = run(&folder, &["scan", "--format", "json"]).stdout;
    run(&folder, &["migrate", "--mark"]);
    let before: serde_json::Value = serde_json::from_slice(&before).unwrap();
    let after = read(&folder, "server.py");
    assert!(after.contains("# mcp-audit: ignore[PY999]\n"), "{after} {before}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 8, ..ProptestConfig::default() })]

    /// Lines and comments that have nothing to do with it, above and below, bring no suppressed finding back and suppress none.
    #[test]
    fn what_is_suppressed_stays_so_wherever_it_stands(
        above in prop::collection::vec(0..6_usize, 0..6),
        below in prop::collection::vec(0..6_usize, 0..6),
        alone in any::<bool>(),
        carriage in any::<bool>(),
        reason in "( -- [a-z ]{1,12})?",
    ) {
        let others = ["\n", "# a comment\n", "x = 1  # mcp-audit is a program\n", "'''text'''\n", "import os\n", "y = '''\n#\n'''\n"];
        let lines = |chosen: &[usize]| chosen.iter().map(|one| others[*one]).collect::<String>();
        let comment = format!("# mcp-audit: ignore[PY101]{reason}");
        let suppressed = if alone { format!("{comment}\n{V1}\n") } else { format!("{V1}  {comment}\n") };
        let text = format!("{}{suppressed}{}{V1} as Other\n", lines(&above), lines(&below));
        let text = if carriage { text.replace('\n', "\r\n") } else { text };
        let (findings, count) = found(&[("requirements.txt", "mcp<2\n"), ("server.py", &text)]);
        prop_assert_eq!(count, 1, "{}", &text);
        prop_assert_eq!(findings, [format!("PY101:{}", text.lines().count())], "{}", &text);
    }
}
