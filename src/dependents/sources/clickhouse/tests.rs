//! The source against servers that answer wrongly, too little or not at all; right answers are the engines' business.

use super::super::super::Silent;
use super::super::super::http::Limits;
use super::super::super::http::stub::{Answer as Reply, Slept, Stub, answer};
use super::*;

fn client() -> Client {
    Client::with_clock(Limits { attempts: 1, ..Limits::default() }, Box::new(Slept::default())).unwrap()
}

fn json(body: &str) -> Reply {
    answer("200 OK", &["Content-Type: application/x-ndjson"], body)
}

fn source(stub: &Stub, cache: Option<&std::path::Path>, refresh: bool) -> ClickHouse {
    let kept = Kept::new(cache.map(ToOwned::to_owned), "clickhouse", refresh);
    ClickHouse::at(client(), stub.address.as_str(), kept).unwrap()
}

fn question() -> Question {
    Question { targets: BTreeSet::from([Name::new("mcp").unwrap()]), before: None }
}

fn asked(replies: Vec<Reply>) -> (Result<Answer, Error>, Vec<String>) {
    let stub = Stub::new(replies);
    (source(&stub, None, false).releases(&question(), &Silent), stub.asked())
}

const CANDIDATES: &str = r#"{"files":"9","newest":1785000000,"total":"2","items":[["a-b",["A_b","a.b"]],["c",["c"]]]}"#;
const RELEASES: &str =
    r#"{"total":2,"items":[["a-b",[["1.0",1785000000,["mcp>=1"]],["1.1",1785000001,[]]]],["c",[["2",5,["MCP"]]]]]}"#;

#[test]
fn an_answer_comes_with_what_it_can_be_quoted_by() {
    let (answer, asked) = asked(vec![json(CANDIDATES), json(RELEASES)]);
    let answer = answer.unwrap();
    let shown: Vec<_> =
        answer.releases.iter().map(|one| (one.name.as_str(), one.version.as_str(), one.requires_dist.len())).collect();
    assert_eq!(shown, [("a-b", "1.0", 1), ("a-b", "1.1", 0), ("c", "2", 1)]);
    assert_eq!(answer.releases[1].uploaded.unwrap().to_string(), "2026-07-25T17:20:01Z");
    assert_eq!((answer.origin.rows, answer.origin.source), (9, "clickhouse"));
    assert!(answer.origin.place.ends_with("(pypi.projects)"), "{}", answer.origin.place);
    assert!(answer.notes[0].contains("the data ends with an upload of 2026-07-25"), "{:?}", answer.notes);
    assert!(asked[0].starts_with("POST /?wait_end_of_query=1 HTTP/1.1"), "{}", asked[0]);
    assert!(asked[1].contains("WHERE name IN ('A_b','a.b','c')"), "{}", asked[1]);
}

#[test]
fn answers_that_were_cut_short_are_refused() {
    let less = r#"{"files":9,"newest":1,"total":3,"items":[["a-b",["A_b"]],["c",["c"]]]}"#;
    let (answer, _) = asked(vec![json(less)]);
    assert!(answer.unwrap_err().0.contains("2 of the 3 things it counted"));

    let one = r#"{"total":1,"items":[["a-b",[]]]}"#;
    let (answer, _) = asked(vec![json(CANDIDATES), json(one)]);
    assert!(answer.unwrap_err().0.contains("1 of 2 packages"));

    let other = RELEASES.replace(r#"["c",["#, r#"["d",["#);
    let (answer, _) = asked(vec![json(CANDIDATES), json(&other)]);
    assert!(answer.unwrap_err().0.contains("asked of `c`"));
}

#[test]
fn nothing_that_a_server_says_becomes_part_of_a_question() {
    let names = r#"{"files":1,"newest":1,"total":4,"items":[["a",["a","a') OR ('1'='1","A","b"]],["b'; --",["x"]],["Upper",["Upper"]],["",[""]]]}"#;
    let (answer, asked) = asked(vec![json(names), json(r#"{"total":1,"items":[["a",[["1",1e3,["mcp"]]]]]}"#)]);
    assert!(asked[1].contains("WHERE name IN ('A','a') GROUP"), "{}", asked[1]);
    assert!(answer.unwrap_err().0.contains("no answer of a ClickHouse server"), "a time is a whole number");
}

#[test]
fn impossible_releases_are_counted_and_left_out() {
    let releases = format!(
        r#"{{"total":2,"items":[["a-b",[["1.0","99999999999999999",["mcp"]],["{}",1,[]]]],["c",[["2",5,["mcp"]]]]]}}"#,
        "9".repeat(5000)
    );
    let answer = asked(vec![json(CANDIDATES), json(&releases)]).0.unwrap();
    assert_eq!(answer.releases.len(), 1);
    assert!(answer.notes[0].starts_with("2 packages or releases are left out"), "{:?}", answer.notes);
}

#[test]
fn a_server_that_goes_round_in_circles_is_left() {
    let page = |from: usize| {
        let items: Vec<_> = (from..from + super::CANDIDATES).map(|n| format!(r#"["p{n:06}",["p{n:06}"]]"#)).collect();
        json(&format!(r#"{{"files":1,"newest":1,"total":90000,"items":[{}]}}"#, items.join(",")))
    };
    let (answer, asked) = asked(vec![page(0), page(0)]);
    assert!(answer.unwrap_err().0.contains("repeats itself"));
    assert!(asked[1].contains("pkg > 'p049999'"));
}

#[test]
fn interrupted_work_goes_on_where_it_stopped() {
    let folder = tempfile::tempdir().unwrap();
    let stub = Stub::new([json(CANDIDATES)]);
    assert!(source(&stub, Some(folder.path()), false).releases(&question(), &Silent).is_err());
    // The cache goes by the address, so the next server has to be at the same one.
    let again = |replies: Vec<Reply>, refresh| {
        let next = Stub::at(&stub.address, replies);
        let answer = source(&next, Some(folder.path()), refresh).releases(&question(), &Silent);
        (answer.map(|answer| answer.releases.len()), next.asked().len())
    };
    assert_eq!(again(vec![json(RELEASES)], false), (Ok(3), 1));
    assert_eq!(again(vec![], false), (Ok(3), 0));
    assert_eq!(again(vec![json(CANDIDATES), json(RELEASES)], true), (Ok(3), 2));
    // What one user was answered is not another's.
    let other = Stub::at(&stub.address, vec![json(CANDIDATES), json(RELEASES)]);
    let address = format!("{}?user=b", other.address);
    let kept = Kept::new(Some(folder.path().to_owned()), "clickhouse", false);
    ClickHouse::at(client(), &address, kept).unwrap().releases(&question(), &Silent).unwrap();
    assert_eq!(other.asked().len(), 2);
}

#[test]
fn a_page_that_is_too_much_is_halved() {
    let too_much = || answer("500 Internal Server Error", &[], "Code: 396. DB::Exception: Limit for result exceeded");
    let half = |name: &str| json(&format!(r#"{{"total":1,"items":[["{name}",[["1",5,["mcp"]]]]]}}"#));
    let (answer, asked) = asked(vec![json(CANDIDATES), too_much(), half("a-b"), half("c")]);
    assert_eq!((answer.unwrap().releases.len(), asked.len()), (2, 4));
    assert!(asked[3].contains("IN ('c')"));
}

#[test]
fn downloads_without_their_table_are_not_known() {
    let absent = "Code: 60. DB::Exception: Table pypi.pypi_downloads_per_day does not exist. (UNKNOWN_TABLE)";
    let stub = Stub::new([answer("404 Not Found", &[], absent), json(r#"{"total":"1","items":[["a","12"]]}"#)]);
    let names = BTreeSet::from(["a", "b"].map(|name| Name::new(name).unwrap()));
    let source = source(&stub, None, false);
    assert!(source.downloads(&names, &Silent).unwrap_err().0.contains("has no table pypi.pypi_downloads_per_day"));
    let known = source.downloads(&names, &Silent).unwrap().unwrap();
    assert_eq!(
        known.into_iter().map(|(name, count)| (name.to_string(), count)).collect::<Vec<_>>(),
        [("a".to_owned(), 12)]
    );
    assert!(stub.asked()[1].contains("date >= toDate('2026-07-02') AND date < toDate('2026-08-01')"));
}

#[test]
fn endpoints_are_addresses_and_their_secrets_are_not_shown() {
    let at = |text: &str| ClickHouse::at(client(), text, Kept::new(None, "clickhouse", false));
    for wrong in ["", "sql.example", "ftp://sql.example/", "file:///etc/passwd"] {
        assert!(at(wrong).is_err(), "{wrong}");
    }
    let place = at("https://me:secret@sql.example:8443/?password=secret").unwrap().place;
    assert_eq!(place, "https://sql.example:8443/");
}

#[test]
fn many_targets_are_asked_for_in_parts() {
    let names: BTreeSet<_> = (0..9000).map(|n| Name::new(&format!("package-number-{n}")).unwrap()).collect();
    let parts = parts(&names);
    assert!(parts.len() > 1 && parts.concat().len() == 9000);
    for part in parts {
        assert!(sql::candidates(&part, None, None, 1).len() < 128 << 10);
    }
}
