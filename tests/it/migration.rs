//! `mcp-audit migrate` as its users meet it: what it writes, what it refuses to write, and what it says.

use std::fs;
use std::process::Output;

use assert_cmd::Command;
use serde_json::Value;
use tempfile::TempDir;

use crate::project::{folder, git, read};

const SERVER: &str = "import mcp.types as types\nfrom mcp.server.fastmcp import FastMCP\n\nserver = FastMCP(\"weather\")\n\n\n\
    def shown(result: types.CallToolResult) -> bool:\n    return not result.isError\n";
const MOVED: &str = "import mcp.types as types\nfrom mcp.server.mcpserver import MCPServer\n\nserver = MCPServer(\"weather\")\n\n\n\
    def shown(result: types.CallToolResult) -> bool:\n    return not result.is_error\n";
const PROJECT: &str =
    "[project]\nname = \"weather\"\nversion = \"1\"\ndependencies = [\n    \"mcp[cli]>=1.2,<2\", # the server\n]\n";
const LOCK: &str = "version = 1\n\n[[package]]\nname = \"mcp\"\nversion = \"1.9.0\"\n";
/// What no fix does anything about: code that reads a private member of a server.
const PRIVATE: &str = "from mcp.server.lowlevel import Server\n\nserver = Server(\"a\")\nprint(server.experimental)\n";

fn run(folder: &TempDir, arguments: &[&str]) -> Output {
    let mut command = Command::cargo_bin("mcp-audit").unwrap();
    command.current_dir(folder.path()).arg("migrate").args(arguments).output().unwrap()
}

/// What a run prints, which must end with `code`.
fn text(folder: &TempDir, arguments: &[&str], code: i32) -> String {
    let output = run(folder, arguments);
    let both = [output.stdout, output.stderr].concat();
    let both = String::from_utf8(both).unwrap();
    assert_eq!(output.status.code(), Some(code), "{both}");
    both
}

#[test]
fn code_and_pins_move_and_a_second_run_changes_nothing() {
    let folder = folder(&[("server.py", SERVER), ("pyproject.toml", PROJECT), ("uv.lock", LOCK)]);
    let shown = text(&folder, &["--diff"], 0);
    assert!(shown.contains("+server = MCPServer(\"weather\")"), "{shown}");
    assert_eq!(read(&folder, "server.py"), SERVER);

    let shown = text(&folder, &["--unsafe-fixes"], 0);
    assert_eq!(read(&folder, "server.py"), MOVED);
    assert_eq!(read(&folder, "pyproject.toml"), PROJECT.replace(">=1.2,<2", ">=2,<3"));
    assert!(shown.contains("moved `mcp[cli]>=1.2,<2` to `mcp[cli]>=2,<3` in pyproject.toml:5"), "{shown}");
    assert!(shown.contains("in 2 files, 0 for you; verified against mcp 2.3.0."), "{shown}");
    assert!(shown.contains("Bring the locks up to date: `uv lock`"), "{shown}");

    let shown = text(&folder, &["--unsafe-fixes", "--mark"], 0);
    assert!(shown.contains("Nothing to migrate"), "{shown}");
    assert_eq!(read(&folder, "server.py"), MOVED);
}

#[test]
fn pins_stay_while_something_would_fail() {
    let folder = folder(&[("a.py", PRIVATE), ("requirements.txt", "mcp>=1.2,<2\n")]);
    let shown = text(&folder, &["--unsafe-fixes"], 1);
    assert!(
        shown.contains("left `mcp>=1.2,<2` in requirements.txt:1: 1 place would fail on mcp 2 or cannot be read"),
        "{shown}"
    );
    assert_eq!(read(&folder, "requirements.txt"), "mcp>=1.2,<2\n");
    assert_eq!(read(&folder, "a.py"), PRIVATE);
}

#[test]
fn what_needs_a_person_is_marked_once() {
    let folder = folder(&[("a.py", PRIVATE)]);
    text(&folder, &["--mark"], 1);
    let marked = read(&folder, "a.py");
    assert!(marked.contains("\n# mcp-audit: PY"), "{marked}");
    assert_eq!(marked.lines().count(), PRIVATE.lines().count() + 1);
    text(&folder, &["--mark"], 1);
    assert_eq!(read(&folder, "a.py"), marked);
}

#[test]
fn what_the_code_needs_now_is_declared_beside_the_sdk() {
    let server = format!("import httpx\n{SERVER}\n\nprint(httpx.codes.OK)\n");
    let folder = folder(&[("server.py", &server), ("requirements.txt", "mcp>=1.2\nrich\n")]);
    let shown = text(&folder, &["--unsafe-fixes"], 0);
    assert_eq!(read(&folder, "requirements.txt"), "mcp>=2,<3\nhttpx>=0.27.1,<1\nrich\n");
    assert!(shown.contains("declared httpx>=0.27.1,<1 in requirements.txt"), "{shown}");
}

#[test]
fn types_are_followed_into_packages_whose_own_file_is_empty() {
    let link =
        "from mcp.types import Tool\n\n\nclass Link:\n    async def tools(self) -> list[Tool]:\n        return []\n";
    let main = "from mcp import ClientSession\n\nfrom .link import Link\n\n\nasync def names(link: Link) -> list[dict]:\n    \
        return [tool.inputSchema for tool in await link.tools()]\n";
    let folder = folder(&[("agent/__init__.py", ""), ("agent/link.py", link), ("agent/main.py", main)]);
    text(&folder, &[], 0);
    assert_eq!(read(&folder, "agent/main.py"), main.replace("inputSchema", "input_schema"));
}

#[test]
fn changes_that_are_not_committed_are_not_mixed_with_others() {
    let folder = folder(&[("server.py", SERVER), ("notes.txt", "a\n")]);
    git(folder.path(), &["init", "-q"]);
    git(folder.path(), &["add", "."]);
    git(folder.path(), &["commit", "-q", "-m", "begin"]);
    fs::write(folder.path().join("notes.txt"), "b\n").unwrap();
    let shown = text(&folder, &[], 2);
    assert!(shown.contains("(notes.txt)") && shown.contains("--allow-dirty"), "{shown}");
    assert_eq!(read(&folder, "server.py"), SERVER);
    text(&folder, &["--diff"], 0);
    text(&folder, &["--allow-dirty"], 0);
    assert_ne!(read(&folder, "server.py"), SERVER);
}

#[test]
fn what_does_not_hold_against_the_newer_api_is_not_written() {
    let rule = "id = 'PY990'\nname = 'wrong-rule'\nsummary = 'a name that is not there'\nseverity = 'error'\nfails = 'import'\n\
        message = 'it moved'\nhelp = ['x']\nexplanation = 'x'\n[[symbol]]\npath = 'mcp.types.Implementation'\n\
        becomes = 'mcp.types.NoSuchName'\n\
        [[example]]\npath = 'a.py'\nbefore = '''\nfrom mcp.types import Implementation\n\nprint(Implementation)\n'''\n\
        after = '''\nfrom mcp.types import NoSuchName\n\nprint(NoSuchName)\n'''\n";
    let code = format!("from mcp.types import Implementation\n{SERVER}\nprint(Implementation)\n");
    let folder = folder(&[("server.py", &code), ("own/wrong-rule.toml", rule)]);
    let shown = text(&folder, &["--rules", "own", "--unsafe-fixes"], 1);
    assert!(shown.contains("bug in mcp-audit: server.py: the fixes of PY990 were not made"), "{shown}");
    // The other fixes of the file are made all the same.
    assert_eq!(read(&folder, "server.py"), code.replace(SERVER, MOVED));
}

#[test]
fn programs_read_what_was_done() {
    let folder = folder(&[("server.py", SERVER), ("a.py", PRIVATE), ("requirements.txt", "mcp\n")]);
    let report: Value = serde_json::from_slice(&run(&folder, &["--format", "json"]).stdout).unwrap();
    assert_eq!(report["target"], "2.3.0");
    assert_eq!(report["changed"], serde_json::json!(["server.py"]));
    assert_eq!(report["summary"]["for_you"], 1);
    assert_eq!(report["left"][0]["path"], "a.py");
    assert_eq!(report["pins"][0]["path"], "requirements.txt");
    assert!(report["pins"][0]["left"].as_str().unwrap().contains("would fail"), "{}", report["pins"]);
}
