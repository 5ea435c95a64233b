//! The source against a stub in the shapes that Google documents for `jobs.query` and `jobs.getQueryResults`.

use serde_json::{Value, json};

use super::super::super::Silent;
use super::super::super::http::Limits;
use super::super::super::http::stub::{Answer as Reply, Slept, Stub, answer};
use super::*;

fn reply(body: Value) -> Reply {
    answer("200 OK", &["Content-Type: application/json; charset=UTF-8"], body.to_string())
}

fn row(name: &str, version: &str, reqs: &[&str]) -> Value {
    let reqs: Vec<_> = reqs.iter().map(|req| json!({ "v": req })).collect();
    json!({"f": [{"v": name}, {"v": version}, {"v": "1785000000"}, {"v": reqs}, {"v": "37"}]})
}

fn dry(bytes: &str) -> Reply {
    reply(json!({"jobComplete": true, "totalBytesProcessed": bytes, "schema": {"fields": []}}))
}

fn source(stub: &Stub) -> BigQuery {
    let client = Client::with_clock(Limits { attempts: 2, ..Limits::default() }, Box::new(Slept::default())).unwrap();
    let account = ("a project".to_owned(), "secret-token".to_owned());
    BigQuery::with(client, stub.address.as_str(), account, MOST, Kept::new(None, "bigquery", false)).unwrap()
}

fn asked(replies: Vec<Reply>) -> (Result<Answer, Error>, Vec<String>) {
    let stub = Stub::new(replies);
    let before = Some("2026-07-28T00:00:00Z".parse().unwrap());
    let question = Question { targets: BTreeSet::from([Name::new("mcp").unwrap()]), before };
    (source(&stub).releases(&question, &Silent), stub.asked())
}

fn body(request: &str) -> Value {
    serde_json::from_str(request.split("\r\n\r\n").nth(1).unwrap()).unwrap()
}

#[test]
fn a_question_is_weighed_then_asked_then_awaited_then_read_to_its_end() {
    let job = json!({"projectId": "a project", "jobId": "job/1", "location": "US"});
    let (answer, asked) = asked(vec![
        dry("1200000000"),
        reply(json!({"jobComplete": false, "jobReference": job})),
        reply(json!({"jobComplete": true, "jobReference": job, "totalRows": "3", "pageToken": "p&2",
            "totalBytesProcessed": "1200000000", "rows": [row("a", "1.0", &["mcp>=1", "MCP", "mcp>=1"]), row("a", "1.1", &[])]})),
        reply(json!({"jobComplete": true, "totalRows": "3", "rows": [
            {"f": [{"v": "b"}, {"v": "2"}, {"v": "1785000001"}, {"v": null}, {"v": "37"}]}]})),
    ]);
    let answer = answer.unwrap();
    assert_eq!(answer.releases.len(), 3);
    assert_eq!(answer.releases[0].requires_dist, ["MCP", "mcp>=1"]);
    assert_eq!((answer.origin.rows, answer.origin.source), (37, "bigquery"));
    assert_eq!(answer.notes, ["BigQuery read 1.2 GB for one question"]);

    assert!(asked[0].starts_with("POST /bigquery/v2/projects/a%20project/queries HTTP/1.1"), "{}", asked[0]);
    assert!(asked.iter().all(|one| one.contains("authorization: Bearer secret-token")));
    let (dry, real) = (body(&asked[0]), body(&asked[1]));
    assert_eq!((&dry["dryRun"], &real["dryRun"]), (&json!(true), &json!(false)));
    assert_eq!(real["maximumBytesBilled"], "50000000000");
    assert_eq!(real["queryParameters"][0]["parameterValue"]["arrayValues"][0]["value"], "mcp");
    assert_eq!(real["queryParameters"][1]["parameterValue"]["value"], "2026-07-28T00:00:00Z");
    assert!(!real["query"].as_str().unwrap().contains("mcp"), "what is asked about is a parameter");
    assert!(asked[2].starts_with("GET /bigquery/v2/projects/a%20project/queries/job%2F1?maxResults=10000&"));
    assert!(asked[3].contains("location=US") && asked[3].contains("pageToken=p%262"), "{}", asked[3]);
}

#[test]
fn what_would_cost_too_much_is_not_asked() {
    let (answer, asked) = asked(vec![dry("50000000001")]);
    let error = answer.unwrap_err().0;
    assert!(error.contains("would read 50.0 GB") && error.contains("--max-bytes"), "{error}");
    assert_eq!(asked.len(), 1);
}

#[test]
fn a_refusal_is_told_in_the_servers_words() {
    let refusal = |status: &str, message: &str| {
        let body = json!({"error": {"code": 403, "message": message, "errors": [], "status": "X"}}).to_string();
        asked(vec![answer(status, &["Content-Type: application/json"], body)]).0.unwrap_err().0
    };
    let denied = refusal("403 Forbidden", "Access Denied: Project x: User does not have bigquery.jobs.create");
    assert!(denied.contains("Access Denied: Project x") && !denied.contains("secret-token"), "{denied}");
    let expired = refusal("401 Unauthorized", "Request had invalid authentication credentials.");
    assert!(expired.contains("gcloud auth print-access-token") && expired.contains(TOKEN), "{expired}");
    let limit = refusal("400 Bad Request", "Query exceeded limit for bytes billed: 50000000000.");
    assert!(limit.contains("exceeded limit"));
}

#[test]
fn short_and_strange_answers_are_refused() {
    let job = json!({"jobId": "1"});
    let short = json!({"jobComplete": true, "jobReference": job, "totalRows": "2", "rows": [row("a", "1", &[])]});
    let empty = json!({"jobComplete": true, "jobReference": job, "totalRows": "2", "rows": [row("a", "1", &[])], "pageToken": "x"});
    let never = json!({"jobComplete": true, "jobReference": job, "totalRows": "2", "pageToken": "x"});
    let nothing = || reply(json!({"jobComplete": true, "totalRows": "2", "pageToken": "x"}));
    let failed = json!({"jobComplete": true, "jobReference": job, "errors": [{"message": "Resources exceeded"}]});
    let more = json!({"jobComplete": true, "jobReference": job, "totalRows": "0", "rows": [row("a", "1", &[])]});
    for (replies, expected) in [
        (vec![dry("1"), reply(short)], "1 of the 2 rows"),
        (vec![dry("1"), reply(empty), nothing()], "pages without rows"),
        (vec![dry("1"), reply(never), nothing(), nothing()], "pages without rows"),
        (vec![dry("1"), reply(failed)], "Resources exceeded"),
        (vec![dry("1"), reply(more)], "1 of the 0 rows"),
        (vec![dry("1"), reply(json!({"jobComplete": true, "totalRows": "0"}))], "names no job"),
        (vec![reply(json!({}))], "does not say what"),
        (vec![reply(json!("x"))], "is not understood"),
        (vec![answer("200 OK", &["Content-Type: text/html"], "<html>")], "`text/html` where JSON"),
    ] {
        let error = asked(replies).0.unwrap_err().0;
        assert!(error.contains(expected), "{error}");
    }
}

#[test]
fn busy_has_an_end() {
    let busy = || reply(json!({"jobComplete": false, "jobReference": {"jobId": "1"}}));
    let (answer, asked) = asked(std::iter::once(dry("1")).chain((0..40).map(|_| busy())).collect());
    assert!(answer.unwrap_err().0.contains("still busy"));
    assert_eq!(asked.len(), 22);
}

#[test]
fn a_token_goes_where_it_is_safe() {
    let safe = |text: &str| is_safe(&text.parse().unwrap());
    for yes in ["https://bigquery.googleapis.com/", "http://localhost:9050", "http://127.0.0.1:9050/", "http://[::1]/"]
    {
        assert!(safe(yes), "{yes}");
    }
    for no in ["http://bigquery.example/", "ftp://localhost/", "http://localhost.example/", "file:///x"] {
        assert!(!safe(no), "{no}");
    }
}

#[test]
fn sizes_are_in_billing_units() {
    let sizes = [0, 999, 1000, 50_000_000_000, 1_234_567_890_123, u64::MAX].map(job::size);
    assert_eq!(sizes, ["0 bytes", "999 bytes", "1.0 KB", "50.0 GB", "1.2 TB", "18446744.1 TB"]);
}
