//! The runner's own test: examples that keep their promises, and one for each promise that can be broken.

use super::{Case, Example, complaints, ready, run};

/// Examples and the start of each complaint that they must draw, in order.
const SAMPLES: &[(&str, &[&str])] = &[
    (
        r#"path = "moved.py"
fails-with = "ModuleNotFoundError: No module named 'mcp.server.fastmcp'"
before = "from mcp.server.fastmcp import FastMCP\nprint(FastMCP('a').name)\n"
after = "from mcp.server.mcpserver import MCPServer\nprint(MCPServer('a').name)\n""#,
        &[],
    ),
    // The script's folder and the project's are on the path, and the project's is the working folder.
    (
        r#"path = "app/server.py"
before = """
from mcp.types import CallToolResult
import app.first, second
print(CallToolResult(content=[]).isError, app.first.X, second.Y, open("app/first.py").read(), object(), __file__)
"""
after = """
from mcp.types import CallToolResult
import app.first, second
print(CallToolResult(content=[]).is_error, app.first.X, second.Y, open("app/first.py").read(), object(), __file__)
"""
beside = { "app/first.py" = "X = 1", "app/second.py" = "Y = 2" }"#,
        &[],
    ),
    // The exception of a task is what counts, not the group around it.
    (
        r#"path = "group.py"
fails-with = "AttributeError"
before = """
import anyio
from mcp.server.lowlevel import Server
async def declare():
    Server("a").list_tools()
async def main():
    async with anyio.create_task_group() as group:
        group.start_soon(declare)
anyio.run(main)
""""#,
        &[],
    ),
    // Threads and exit handlers still run, in the interpreter's order.
    (
        r#"path = "ends.py"
fails-with = "ModuleNotFoundError"
before = """
import atexit, threading, time, mcp
atexit.register(print, "handler")
threading.Thread(target=lambda: (time.sleep(0.2), print("thread"))).start()
print("main")
import mcp.server.fastmcp
"""
after = """
import mcp
for word in ("main", "thread", "handler"):
    print(word)
raise SystemExit(0)
""""#,
        &[],
    ),
    // What a program leaves running is killed with it, and its input is empty.
    (
        r#"path = "client.py"
untouched = """
import subprocess, sys, mcp
subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
assert sys.stdin.read() == ""
""""#,
        &[],
    ),
    (
        r#"path = "network.py"
untouched = """
import http.server, os, socket, threading, httpx, mcp
assert not [name for name in os.environ if "proxy" in name.lower()]
try:
    httpx.get("https://index.example/")
    raise SystemExit("reached")
except httpx.ConnectError:
    pass
try:
    socket.socket().connect(("192.0.2.1", 80))
    raise SystemExit("reached")
except OSError as error:
    assert "no network" in str(error)
server = http.server.HTTPServer(("127.0.0.1", 0), http.server.SimpleHTTPRequestHandler)
threading.Thread(target=server.serve_forever, daemon=True).start()
assert httpx.get(f"http://localhost:{server.server_port}/").status_code == 200
""""#,
        &[],
    ),
    (
        r#"path = "differs.py"
differs = "the class has another name"
before = "from mcp.shared.exceptions import McpError\nprint(McpError.__name__)\n"
after = "from mcp.shared.exceptions import MCPError\nprint(MCPError.__name__)\n""#,
        &[],
    ),
    ("path = 'fails.py'\nbefore = 'import mcp; raise SystemExit(3)'", &["`before` on the older major must exit 0"]),
    (
        "path = 'same.py'\nbefore = 'import mcp; print(set(\"abcdef\"), object())'",
        &["`before` must fail or print something else on the newer major"],
    ),
    (
        "path = 'chance.py'\nbefore = 'import mcp, uuid; print(uuid.uuid4())'",
        &["`before` must print the same at each run on the older major"],
    ),
    (
        "path = 'other.py'\nfails-with = 'TypeError'\nbefore = 'import mcp.server.fastmcp'\nafter = 'print(1)'",
        &[
            "`before` must fail with `TypeError` on the newer major",
            "`after` on the newer major must print what `before` prints on the older one",
        ],
    ),
    (
        "path = 'no.py'\ndiffers = 'it does not'\nbefore = 'import mcp.server.fastmcp'\nafter = 'import mcp'",
        &["`after` must print something else than `before` where the example says that it `differs`"],
    ),
    (
        "path = 'crash.py'\nbefore = 'import mcp.server.fastmcp'\nafter = 'import os; os.abort()'",
        &["`after` on the newer major must exit 0"],
    ),
    (
        "path = 'slow.py'\nuntouched = 'import mcp.types, time; time.sleep(30)'",
        &["`untouched` on the older major must"],
    ),
];

#[test]
fn each_promise_is_checked() {
    let Some(environments) = ready() else { return };
    let case = |(at, (text, _)): (usize, &(&str, &[&str]))| {
        let example: Example = toml::from_str(text).unwrap();
        assert_eq!(example.check(), Ok(()));
        Case { rule: "sample".to_owned(), number: at + 1, example }
    };
    let cases: Vec<_> = SAMPLES.iter().enumerate().map(case).collect();
    let runs = run(&cases, &environments, 8.0);
    for ((case, runs), (_, expected)) in cases.iter().zip(&runs).zip(SAMPLES) {
        let found = complaints(&case.example, runs);
        let matches = found.len() == expected.len()
            && found.iter().zip(*expected).all(|(found, expected)| found.trim_start().starts_with(expected));
        assert!(matches, "{}: wanted {expected:?}, got\n{}", case.shown(), found.concat());
    }
}

#[test]
fn what_is_not_run_says_why() {
    let reason = |text: &str| {
        let example: Example = toml::from_str(text).unwrap();
        Case { rule: "sample".to_owned(), number: 1, example }.left_out().map(str::to_owned)
    };
    assert_eq!(reason("path = 'a.py'\nbefore = ''"), None);
    assert_eq!(reason("path = 'a.py'\nbefore = ''\nnot-run = 'needs a proxy'").as_deref(), Some("needs a proxy"));
    assert_eq!(reason("path = 'a.ipynb'\nbefore = ''").as_deref(), Some("not a Python file"));
}
