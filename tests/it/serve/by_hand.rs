//! Lines written by hand: what no well-behaved client sends, and how much comes back.

use std::fmt::Write as _;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use serde_json::{Value, json};

use super::{SERVER, project};
use crate::project::folder;

/// A server and the ends of its pipes.
pub(super) struct Server {
    child: Child,
    stdin: Option<ChildStdin>,
    stdout: BufReader<ChildStdout>,
}

impl Server {
    fn start(root: &Path) -> Self {
        Self::start_with(root, &[])
    }

    pub(super) fn start_with(root: &Path, flags: &[&str]) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_mcp-audit"))
            .args(["serve", "--root"])
            .arg(root)
            .args(flags)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let (stdin, stdout) = (child.stdin.take(), BufReader::new(child.stdout.take().unwrap()));
        Self { child, stdin, stdout }
    }

    fn say(&mut self, line: &str) {
        writeln!(self.stdin.as_mut().unwrap(), "{line}").unwrap();
    }

    /// The answer with this number; what else is said before it is left aside.
    fn answer(&mut self, id: u64) -> Value {
        loop {
            let mut line = String::new();
            assert!(self.stdout.read_line(&mut line).unwrap() > 0, "the server went away before answering {id}");
            let said: Value = serde_json::from_str(&line).unwrap();
            if said["id"] == json!(id) {
                return said;
            }
        }
    }

    pub(super) fn hello(&mut self) {
        let hello = json!({"jsonrpc": "2.0", "id": 0, "method": "initialize", "params": {
            "protocolVersion": "2025-11-25", "capabilities": {}, "clientInfo": {"name": "hand", "version": "1"},
        }});
        self.say(&hello.to_string());
        assert_eq!(self.answer(0)["result"]["protocolVersion"], "2025-11-25");
        self.say(r#"{"jsonrpc":"2.0","method":"notifications/initialized"}"#);
    }

    pub(super) fn call(&mut self, id: u64, tool: &str, arguments: &Value) -> Value {
        let params = json!({"name": tool, "arguments": arguments});
        self.say(&json!({"jsonrpc": "2.0", "id": id, "method": "tools/call", "params": params}).to_string());
        self.answer(id)
    }

    /// Closes its standard input and waits for it.
    pub(super) fn end(mut self) -> Option<i32> {
        drop(self.stdin.take());
        self.child.wait().unwrap().code()
    }
}

/// The answer of one call to a server of its own.
pub(super) fn call(root: &Path, tool: &str, arguments: &Value) -> Value {
    let mut server = Server::start(root);
    server.hello();
    let answer = server.call(1, tool, arguments);
    assert_eq!(server.end(), Some(0));
    answer
}

pub(super) fn text(answer: &Value) -> &str {
    answer["result"]["content"][0]["text"].as_str().unwrap_or_else(|| panic!("{answer}"))
}

#[test]
fn nothing_outside_of_the_root_is_read() {
    let (outside, root) = (project(), project());
    #[cfg(unix)]
    std::os::unix::fs::symlink(outside.path(), root.path().join("out")).unwrap();
    let absolute = outside.path().join("server.py");
    let mut server = Server::start(root.path());
    server.hello();
    let asked = ["..", "../", "/", "out", "out/server.py", absolute.to_str().unwrap(), "nowhere"];
    for (id, path) in (1..).zip(asked) {
        for tool in ["scan", "plan", "migrate_preview"] {
            let answer = server.call(id, tool, &json!({"paths": [path]}));
            assert_eq!(answer["result"]["isError"], json!(true), "{path}: {answer}");
            assert!(text(&answer).contains("outside of the root folder"), "{path}: {answer}");
            assert!(!answer.to_string().contains("PY101"), "{path}: {answer}");
        }
    }
    let answer = server.call(90, "scan", &json!({}));
    let paths = answer["result"]["structuredContent"]["findings"].as_array().unwrap();
    let paths: Vec<&str> = paths.iter().map(|one| one["path"].as_str().unwrap()).collect();
    assert_eq!(paths, ["pyproject.toml", "server.py"]);
    assert_eq!(server.end(), Some(0));
}

#[test]
fn answers_are_bounded_and_say_how_much_is_left_out() {
    let long = |uses: usize| format!("{SERVER}{}", "FastMCP('x', port=1)\n".repeat(uses));
    let files = [("m0.py".to_owned(), long(2_000)), ("m1.py".to_owned(), long(20))];
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let root = folder(&files);
    let mut server = Server::start(root.path());
    server.hello();
    let answer = server.call(1, "scan", &json!({}));
    assert!(text(&answer).contains(" more, narrow the paths"), "{}", text(&answer));
    let structured = &answer["result"]["structuredContent"];
    let (shown, more) =
        (structured["findings"].as_array().unwrap().len(), structured["more_findings"].as_u64().unwrap());
    assert!(shown <= 100 && more > 1_500, "{shown} and {more}");
    let long = answer.to_string().len();
    assert!(long < 200_000, "{long} bytes");
    let answer = server.call(2, "migrate_preview", &json!({"unsafe_fixes": true}));
    assert!(text(&answer).contains(" more bytes of this diff are not shown"), "{}", text(&answer));
    assert!(text(&answer).contains(" more files change, narrow the paths"), "{}", text(&answer));
    let long = answer.to_string().len();
    assert!(long < 400_000, "{long} bytes");
    let answer = server.call(5, "plan", &json!({}));
    let item = &answer["result"]["structuredContent"]["stages"][3]["items"][0];
    let (spots, more) = (item["spots"].as_array().unwrap().len(), item["more_spots"].as_u64().unwrap());
    assert!(spots <= 5 && more > 1_500, "{spots} and {more} of {item}");
    assert_eq!(answer["result"]["structuredContent"]["uses"][0]["more_places"], json!(0), "{answer}");
    let long = answer.to_string().len();
    assert!(long < 200_000, "{long} bytes");
    let answer = server.call(3, "scan", &json!({"rule": "PY999", "severity": "error"}));
    assert_eq!(answer["result"]["structuredContent"]["findings"], json!([]), "{answer}");
    let mut many = String::new();
    (0..101).for_each(|at| write!(many, "m{at}.py ").unwrap());
    let many: Vec<&str> = many.split_whitespace().collect();
    assert!(text(&server.call(4, "scan", &json!({ "paths": many }))).contains("too many at once"));
    assert_eq!(server.end(), Some(0));
}

#[test]
fn what_is_no_protocol_ends_nothing() {
    let root = project();
    let mut server = Server::start(root.path());
    server.hello();
    for line in ["", "{", "[]", "null", "{\"jsonrpc\":\"2.0\"}", "\u{1b}[31m", "{\"id\":7,\"method\":3}"] {
        server.say(line);
    }
    let answer = server.call(1, "nothing", &json!({}));
    assert!(answer["error"]["message"].as_str().unwrap().contains("no tool `nothing`"), "{answer}");
    let answer = server.call(2, "scan", &json!({"paths": "server.py"}));
    assert!(text(&answer).contains("the arguments are not what the tool takes"), "{answer}");
    assert_eq!(server.call(3, "scan", &json!({}))["result"]["structuredContent"]["errors"], json!(2));
    assert_eq!(server.end(), Some(0));
}

#[test]
fn a_root_that_is_none_is_refused_and_silence_is_no_mistake() {
    let root = project();
    for name in ["nowhere", "server.py"] {
        let output = Command::new(env!("CARGO_BIN_EXE_mcp-audit"))
            .args(["serve", "--root"])
            .arg(root.path().join(name))
            .stdin(Stdio::null())
            .output()
            .unwrap();
        assert_eq!(output.status.code(), Some(2));
        assert!(String::from_utf8_lossy(&output.stderr).contains("cannot serve"), "{output:?}");
    }
    assert_eq!(Server::start(root.path()).end(), Some(0));
    let before = fs::read_dir(root.path()).unwrap().count();
    assert_eq!(before, 2, "nothing is written");
}
