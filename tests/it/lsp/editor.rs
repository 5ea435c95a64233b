//! An editor that is a script: it frames messages, waits for what it asked, and applies edits as the protocol says.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::Duration;

use serde_json::{Value, json};

/// How long a check of a small folder may take on a busy machine.
const PATIENCE: Duration = Duration::from_secs(120);

pub(super) struct Editor {
    child: Child,
    stdin: Option<ChildStdin>,
    said: Receiver<Value>,
    asked: u64,
}

/// The URI of a path.
pub(super) fn uri(path: &Path) -> String {
    format!("file://{}", path.to_str().unwrap())
}

impl Editor {
    /// Starts the program and says nothing yet.
    pub(super) fn start() -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_mcp-audit"))
            .args(["lsp", "--stdio"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut stdout = BufReader::new(child.stdout.take().unwrap());
        let (send, said) = mpsc::channel();
        thread::spawn(move || {
            while let Some(message) = message(&mut stdout) {
                if send.send(message).is_err() {
                    break;
                }
            }
        });
        Self { stdin: child.stdin.take(), child, said, asked: 0 }
    }

    /// Opens a workspace; what was agreed on.
    pub(super) fn hello(folders: &[&Path], capabilities: &Value) -> (Self, Value) {
        let mut editor = Self::start();
        let folders: Vec<Value> = folders.iter().map(|folder| json!({"uri": uri(folder), "name": "x"})).collect();
        let hello =
            json!({"processId": null, "rootUri": null, "capabilities": capabilities, "workspaceFolders": folders});
        let answer = editor.ask("initialize", &hello);
        editor.tell("initialized", &json!({}));
        (editor, answer["result"].clone())
    }

    pub(super) fn raw(&mut self, bytes: &[u8]) {
        // A server that has gone away is noticed by its exit code.
        let _ = self.stdin.as_mut().unwrap().write_all(bytes);
    }

    fn send(&mut self, message: &Value) {
        let text = message.to_string();
        self.raw(format!("Content-Length: {}\r\n\r\n{text}", text.len()).as_bytes());
    }

    pub(super) fn tell(&mut self, method: &str, params: &Value) {
        self.send(&json!({"jsonrpc": "2.0", "method": method, "params": params}));
    }

    /// The whole answer to a request.
    pub(super) fn ask(&mut self, method: &str, params: &Value) -> Value {
        self.asked += 1;
        let id = self.asked;
        self.send(&json!({"jsonrpc": "2.0", "id": id, "method": method, "params": params}));
        self.wait(&|said| said["id"] == json!(id))
    }

    /// The first message that is wanted; others are left aside.
    pub(super) fn wait(&mut self, wanted: &dyn Fn(&Value) -> bool) -> Value {
        loop {
            let said = self.said.recv_timeout(PATIENCE).expect("an answer in time");
            if wanted(&said) {
                return said;
            }
        }
    }

    pub(super) fn open(&mut self, uri: &str, version: i32, text: &str) {
        let document = json!({"uri": uri, "languageId": "python", "version": version, "text": text});
        self.tell("textDocument/didOpen", &json!({ "textDocument": document }));
    }

    pub(super) fn change(&mut self, uri: &str, version: i32, text: &str) {
        let document = json!({"uri": uri, "version": version});
        self.tell("textDocument/didChange", &json!({"textDocument": document, "contentChanges": [{"text": text}]}));
    }

    /// The diagnostics of a version of a file.
    pub(super) fn diagnostics(&mut self, uri: &str, version: i32) -> Vec<Value> {
        let said = self.wait(&|said| {
            said["method"] == "textDocument/publishDiagnostics"
                && said["params"]["uri"] == json!(uri)
                && said["params"]["version"] == json!(version)
        });
        said["params"]["diagnostics"].as_array().unwrap().clone()
    }

    /// The actions for a range, of one kind where it is named.
    pub(super) fn actions(&mut self, uri: &str, range: &Value, only: Option<&str>) -> Vec<Value> {
        let context = only.map_or(json!({"diagnostics": []}), |only| json!({"diagnostics": [], "only": [only]}));
        let asked = json!({"textDocument": {"uri": uri}, "range": range, "context": context});
        self.ask("textDocument/codeAction", &asked)["result"].as_array().unwrap().clone()
    }

    /// Asks for a shutdown where one is wanted, and for an exit; the exit code.
    pub(super) fn leave(mut self, politely: bool) -> Option<i32> {
        if politely {
            assert_eq!(self.ask("shutdown", &Value::Null)["result"], Value::Null);
        }
        self.tell("exit", &Value::Null);
        self.child.wait().unwrap().code()
    }

    /// Closes the pipe; the exit code.
    pub(super) fn hang_up(mut self) -> Option<i32> {
        drop(self.stdin.take());
        self.child.wait().unwrap().code()
    }
}

impl Drop for Editor {
    fn drop(&mut self) {
        // Only one that a failed test left behind is still there.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn message(from: &mut impl BufRead) -> Option<Value> {
    let mut length = 0;
    loop {
        let mut line = String::new();
        if from.read_line(&mut line).ok()? == 0 {
            return None;
        }
        match line.trim_end().split_once(": ") {
            Some(("Content-Length", number)) => length = number.parse().ok()?,
            Some(_) => {}
            None => break,
        }
    }
    let mut body = vec![0; length];
    from.read_exact(&mut body).ok()?;
    serde_json::from_slice(&body).ok()
}

/// `text` with edits made; columns count UTF-16 units, or bytes.
pub(super) fn edited(text: &str, edits: &Value, in_bytes: bool) -> String {
    let offset = |place: &Value| {
        let (line, column) = (place["line"].as_u64().unwrap(), place["character"].as_u64().unwrap());
        let start: usize = text.split_inclusive('\n').take(usize::try_from(line).unwrap()).map(str::len).sum();
        let mut units = 0;
        for (at, c) in text[start..].char_indices() {
            if units == column {
                return start + at;
            }
            units += if in_bytes { c.len_utf8() } else { c.len_utf16() } as u64;
        }
        text.len()
    };
    let mut edits: Vec<(usize, usize, &str)> = edits
        .as_array()
        .unwrap()
        .iter()
        .map(|edit| {
            let range = &edit["range"];
            (offset(&range["start"]), offset(&range["end"]), edit["newText"].as_str().unwrap())
        })
        .collect();
    edits.sort_by_key(|edit| std::cmp::Reverse((edit.0, edit.1)));
    let mut text = text.to_owned();
    for (start, end, new) in edits {
        text.replace_range(start..end, new);
    }
    text
}
