//! The source against a server that answers as the service's own code does, and against others.

use std::collections::BTreeSet;
use std::sync::Arc;

use serde_json::{Value, json};

use super::*;
use crate::dependents::Silent;
use crate::dependents::http::stub::{Answer as Reply, Stub, answer, client};

const TYPE: &str = "Content-Type: application/json; charset=utf-8";

/// A row; `lines` are the version's dependencies.
fn row(id: u64, package: &str, number: &str, latest: bool, lines: &[(&str, &str, &str)]) -> Value {
    let all: Vec<_> = lines
        .iter()
        .map(|(name, requirements, kind)| json!({"package_name": name, "requirements": requirements, "kind": kind}))
        .collect();
    let (name, requirements, kind) = lines[0];
    json!({
        "id": id, "ecosystem": "pypi", "package_name": name, "requirements": requirements, "kind": kind,
        "optional": kind != "runtime",
        "package": {"name": package, "ecosystem": "pypi", "downloads": 7, "downloads_period": "last-month"},
        "version": {"number": number, "published_at": "2026-05-06T07:08:09.000Z", "latest": latest, "dependencies": all},
    })
}

fn value<'h>(head: &'h str, key: &str) -> &'h str {
    let query = head.split(' ').nth(1).and_then(|path| path.split_once('?')).map_or("", |(_, query)| query);
    query.split('&').find_map(|pair| pair.strip_prefix(key)?.strip_prefix('=')).unwrap_or_default()
}

/// A server that holds `rows`, two of which it gives at once.
fn server(rows: Vec<Value>) -> Stub {
    let rows = Arc::new(rows);
    Stub::by_head(move |head| {
        if head.starts_with("GET /api/v1/registries?") {
            let list = json!([
                {"name": "other.example", "ecosystem": "pypi", "default": false},
                {"name": "index.example", "ecosystem": "pypi", "default": true},
                {"name": "crates.example", "ecosystem": "cargo", "default": true}]);
            return answer("200 OK", &[TYPE], list.to_string());
        }
        if head.starts_with("GET /api/v1/registries/index.example/packages/mcp ") {
            return answer("200 OK", &[TYPE], r#"{"name": "mcp", "latest_release_number": "2.3.0"}"#);
        }
        if !head.starts_with("GET /api/v1/dependencies?") {
            return answer("404 Not Found", &[TYPE], "{}");
        }
        let (name, after) = (value(head, "package_name"), value(head, "after").parse::<u64>().unwrap());
        let name = name.replace("%5B", "[").replace("%5D", "]").replace("%2C", ",");
        let page = rows.iter().filter(|row| row["package_name"] == name && row["id"].as_u64() > Some(after)).take(2);
        answer("200 OK", &[TYPE], Value::Array(page.cloned().collect()).to_string())
    })
}

fn source(stub: &Stub) -> Ecosystems {
    let endpoint = stub.address.join("api/v1/").unwrap();
    Ecosystems::at(client(Limits::default()).0, endpoint.as_str(), Kept::new(None, "ecosystems", false)).unwrap()
}

fn question() -> Question {
    Question { targets: BTreeSet::from([Name::new("mcp").unwrap()]), before: None }
}

#[test]
fn both_traps_are_avoided() {
    let rows = vec![
        row(3, "A_one", "1.0", false, &[("mcp", "*", "runtime")]),
        row(4, "A_one", "2.0", true, &[("mcp", ">=1.2", "python_version >= \"3.10\""), ("httpx", "*", "runtime")]),
        row(9, "b", "1.0", true, &[("mcp[cli]", ">=1,<2", "runtime"), ("mcp", ">=1", "extra == 'x'")]),
        row(10, "c", "1.0", true, &[("mcp", "*", "runtime")]),
        row(11, "d", "1.0", true, &[("MCP", "<2", "runtime")]),
        row(12, "b", "1.0", true, &[("mcp", ">=1", "extra == 'x'"), ("mcp[cli]", ">=1,<2", "runtime")]),
        row(13, "../\u{1b}[31m", "1.0", true, &[("mcp", "*", "runtime")]),
        row(14, "not-asking", "1.0", true, &[("mcp-types", "*", "runtime")]),
    ];
    let stub = server(rows);
    let answer = source(&stub).releases(&question(), &Silent).unwrap();
    let shown: Vec<_> = answer
        .releases
        .iter()
        .map(|one| format!("{} {}: {}", one.name, one.version, one.requires_dist.join(" | ")))
        .collect();
    assert_eq!(
        shown,
        [
            "a-one 2.0: mcp>=1.2; python_version >= \"3.10\"",
            "b 1.0: mcp>=1; extra == 'x' | mcp[cli]>=1,<2",
            "c 1.0: mcp",
            "d 1.0: MCP<2",
        ]
    );
    assert_eq!(answer.releases[0].downloads, Some(7));
    assert_eq!(answer.releases[0].uploaded.unwrap().to_string(), "2026-05-06T07:08:09Z");
    assert_eq!((answer.origin.rows, answer.origin.source), (7, "ecosyste.ms"));
    assert!(answer.origin.place.contains("(index.example; data under CC BY-SA 4.0)"), "{}", answer.origin.place);
    let notes = answer.notes.join("\n");
    assert!(
        notes.contains("`mcp[cli,ws]`") && notes.contains("is missed") && notes.contains("1 rows are left out"),
        "{notes}"
    );
    assert_eq!(source(&stub).newest(&Name::new("mcp").unwrap(), None).unwrap().as_deref(), Some("2.3.0"));
    assert_eq!(source(&stub).newest(&Name::new("nobody").unwrap(), None).unwrap(), None);
}

#[test]
fn an_interrupted_run_goes_on_from_the_cache() {
    let stub = server(vec![row(4, "a", "2.0", true, &[("mcp", ">=1.2", "runtime")])]);
    let folder = tempfile::tempdir().unwrap();
    let run = || {
        let kept = Kept::new(Some(folder.path().to_owned()), "ecosystems", false);
        let endpoint = stub.address.join("api/v1/").unwrap();
        let source = Ecosystems::at(client(Limits::default()).0, endpoint.as_str(), kept).unwrap();
        source.releases(&question(), &Silent).unwrap().releases.len()
    };
    assert_eq!(run(), 1);
    let asked = stub.asked().len();
    assert_eq!((run(), stub.asked().len()), (1, asked));
}

#[test]
fn what_is_no_answer_is_an_error() {
    type Reaction = fn(&str) -> Reply;
    let listed: Reaction = |_| answer("200 OK", &[TYPE], r#"[{"name": "x", "ecosystem": "pypi"}]"#);
    let told = |pages: Reaction, list: Reaction| {
        let stub = Stub::by_head(move |head| if head.contains("/registries?") { list(head) } else { pages(head) });
        source(&stub).releases(&question(), &Silent).unwrap_err().0
    };
    let same: Reaction = |_| {
        let row = row(4, "a", "2.0", true, &[("mcp", "*", "runtime")]);
        answer("200 OK", &[TYPE], json!([row]).to_string())
    };
    assert!(told(same, listed).contains("in order"));
    assert!(told(|_| answer("200 OK", &["Content-Type: text/html"], "<p>"), listed).contains("text/html"));
    assert!(told(|_| answer("200 OK", &[TYPE], "[{\"id\": "), listed).contains("not understood"));
    assert!(told(|_| answer("200 OK", &[TYPE], "[{\"id\": 1}]"), listed).contains("not understood"));
    assert!(told(|_| answer("503 Service Unavailable", &[], "down"), listed).contains("down"));
    assert!(told(same, |_| answer("200 OK", &[TYPE], "[]")).contains("lists no registry"));
    let past = Question { before: Some(Timestamp::UNIX_EPOCH), ..question() };
    let stub = Stub::by_head(|_| answer("404 Not Found", &[], ""));
    assert!(source(&stub).releases(&past, &Silent).unwrap_err().0.contains("past day"));
    assert_eq!(stub.asked().len(), 0);
}
