//! `mcp-audit serve` with real clients: that of mcp 1.30.0, that of mcp 2.3.0 in each of its modes, and lines written by hand.

mod by_hand;
mod configured;

use std::io::Write;
use std::path::Path;
use std::process::Stdio;
use std::sync::{Arc, Barrier};
use std::thread;

use serde_json::{Value, json};
use tempfile::TempDir;

use super::project::{folder, read};
use super::sdk::environment::plain;
use super::sdk::ready;

const SERVER: &str = "from mcp.server.fastmcp import FastMCP\n\napp = FastMCP('x')\n";
const MANIFEST: &str = "[project]\nname = 'x'\nversion = '1'\ndependencies = ['mcp>=1.2']\n";

/// A project that is still on v1.
fn project() -> TempDir {
    folder(&[("server.py", SERVER), ("pyproject.toml", MANIFEST)])
}

/// What a client of the SDK behind `python` is told.
fn told(python: &Path, mode: &str, root: &Path, calls: &Value) -> Value {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/serve/client.py");
    let mut client = plain(python)
        .arg(script)
        .args([mode, env!("CARGO_BIN_EXE_mcp-audit"), "serve", "--root"])
        .arg(root)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    client.stdin.take().unwrap().write_all(calls.to_string().as_bytes()).unwrap();
    let output = client.wait_with_output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{mode}: {said}");
    serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{mode}: {error}: {said}"))
}

/// What every client is told, whatever the protocol.
fn check(mode: &str, protocol: &str, server: &Value, told: &Value) {
    assert_eq!((told["protocol"].as_str(), &told["server"]), (Some(protocol), server), "{mode}");
    let tools = told["tools"].as_array().unwrap();
    let names: Vec<&str> = tools.iter().map(|tool| tool["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["scan", "explain", "plan", "migrate_preview"], "{mode}");
    for tool in tools {
        assert_eq!(tool["annotations"]["readOnlyHint"], json!(true), "{mode}: {tool}");
        assert_eq!(tool["inputSchema"]["type"], "object", "{mode}: {tool}");
        assert_eq!(tool["outputSchema"]["type"], "object", "{mode}: {tool}");
    }
    let [scan, explain, plan, preview, outside, unknown, misspelt] = told["answers"].as_array().unwrap().as_slice()
    else {
        panic!("{mode}: {told}")
    };
    let rules: Vec<&str> = scan["structuredContent"]["findings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["rule"].as_str().unwrap())
        .collect();
    assert_eq!(rules, ["DEP001", "PY101"], "{mode}");
    assert_eq!(scan["structuredContent"]["errors"], json!(2), "{mode}");
    let text = |answer: &Value| answer["content"][0]["text"].as_str().unwrap().to_owned();
    assert!(text(scan).contains("error PY101 server.py:1:32: "), "{mode}: {}", text(scan));
    assert_eq!(explain["structuredContent"]["name"], "missing-upper-bound", "{mode}");
    assert!(text(explain).starts_with("DEP001 missing-upper-bound\n"), "{mode}");
    planned(mode, &plan["structuredContent"], &text(plan));
    let diff = preview["structuredContent"]["changed"][1]["diff"].as_str().unwrap();
    assert!(diff.contains("+from mcp.server.mcpserver import MCPServer\n"), "{mode}: {diff}");
    assert!(text(preview).contains("nothing was written"), "{mode}: {}", text(preview));
    for (answer, said) in [(outside, "outside of the root"), (unknown, "no rule `PY000`"), (misspelt, "unknown field")]
    {
        assert_eq!(answer["isError"], json!(true), "{mode}: {answer}");
        assert!(text(answer).contains(said), "{mode}: {answer}");
    }
}

/// Holds a plan of the project to what it is.
fn planned(mode: &str, plan: &Value, text: &str) {
    let summary = &plan["summary"];
    assert_eq!((&summary["findings"], &summary["exposed"]), (&json!(3), &json!(1)), "{mode}: {plan}");
    let stages = plan["stages"].as_array().unwrap();
    let places: Vec<(&str, u64)> =
        stages.iter().map(|stage| (stage["stage"].as_str().unwrap(), stage["places"].as_u64().unwrap())).collect();
    assert_eq!(places, [("live", 1), ("silent", 0), ("safe", 1), ("person", 0), ("known", 1)], "{mode}");
    let item = &stages[2]["items"][0];
    assert_eq!((&item["rule"], &item["command"]), (&json!("PY101"), &json!("mcp-audit migrate")), "{mode}");
    assert_eq!(item["spots"], json!(["server.py:1:32"]), "{mode}");
    assert_eq!(plan["versions"]["declared"][0]["place"], "pyproject.toml:4", "{mode}");
    assert_eq!(plan["uses"][0]["kind"], "server", "{mode}");
    assert_eq!(plan["readiness"].as_array().unwrap().len(), 9, "{mode}");
    assert_eq!(plan["moves"]["safe"]["files"], json!(2), "{mode}");
    for said in
        ["\nBreaks today: 1 place in 1 file\n", "`mcp-audit scan --fix`", "\n  Servers (1): `x` in server.py:3\n"]
    {
        assert!(text.contains(said), "{mode}: {said} in {text}");
    }
}

#[test]
fn clients_of_both_sdks_use_every_tool_on_both_protocols() {
    let Some(environments) = ready() else { return };
    let project = project();
    let calls = json!([
        ["scan", {}],
        ["explain", {"rule": "DEP001"}],
        ["plan", {}],
        ["migrate_preview", {"paths": ["."]}],
        ["scan", {"paths": [".."]}],
        ["explain", {"rule": "PY000"}],
        ["scan", {"path": "."}],
    ]);
    let own = json!("mcp-audit");
    let modes = [
        (&environments.older, "older", "2025-11-25"),
        (&environments.newer, "legacy", "2025-11-25"),
        (&environments.newer, "auto", "2026-07-28"),
        (&environments.newer, "2026-07-28", "2026-07-28"),
    ];
    for (python, mode, protocol) in modes {
        let told = told(python, mode, project.path(), &calls);
        // A client that adopts a version without asking hears of no name before its first answer.
        let server = if mode == "2026-07-28" { &told["server"] } else { &own };
        check(mode, protocol, server, &told);
    }
    assert_eq!((read(&project, "server.py").as_str(), read(&project, "pyproject.toml").as_str()), (SERVER, MANIFEST));
}

#[test]
fn several_servers_work_side_by_side() {
    let (project, start) = (Arc::new(project()), Arc::new(Barrier::new(3)));
    let scans = [(); 3].map(|()| {
        let (project, start) = (Arc::clone(&project), Arc::clone(&start));
        thread::spawn(move || {
            start.wait();
            by_hand::call(project.path(), "scan", &json!({}))["result"]["structuredContent"]["errors"].clone()
        })
    });
    for scan in scans {
        assert_eq!(scan.join().unwrap(), json!(2));
    }
}
