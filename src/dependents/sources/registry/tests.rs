//! The source against indexes that offer more or less, and against such as nobody would wish for.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use super::archive::tests::{tarball, zip};
use super::*;
use crate::dependents::http::Clock;
use crate::dependents::http::stub::{Answer as Reply, Stub, answer};
use crate::dependents::{Release, Silent};

/// What an index holds: path, media type, body.
type Held = BTreeMap<String, (&'static str, Vec<u8>)>;

/// A clock that does not wait and can be put forward.
#[derive(Clone)]
struct Put(Arc<Mutex<Timestamp>>);

impl Clock for Put {
    fn now(&self) -> Timestamp {
        *self.0.lock().unwrap()
    }

    fn sleep(&self, _: Duration) {}

    fn chance(&self) -> f64 {
        0.0
    }
}

const HTML: &str = "text/html; charset=utf-8";
const JSON: &str = "application/json";
const SIMPLE: &str = "application/vnd.pypi.simple.v1+json";
const BINARY: &str = "application/octet-stream";

fn metadata(name: &str, version: &str, requires: &[&str]) -> Vec<u8> {
    let lines: String = requires.iter().map(|line| format!("Requires-Dist: {line}\n")).collect();
    format!("Metadata-Version: 2.2\nName: {name}\nVersion: {version}\n{lines}\nText\n").into_bytes()
}

fn wheel(name: &str, requires: &[&str]) -> Vec<u8> {
    zip(&[(&format!("{name}-1.0.dist-info/METADATA"), &metadata(name, "1.0", requires))])
}

/// A page of files below `/files/`.
fn page(files: &[&str]) -> Vec<u8> {
    files.iter().map(|file| format!("<a href='/files/{file}'>{file}</a>\n")).collect::<String>().into_bytes()
}

/// Serves what is held; of a file in ranges, if asked so and `with_ranges`.
fn serve(held: &Held, head: &str, with_ranges: bool) -> Reply {
    let path = head.split(' ').nth(1).unwrap_or_default();
    let Some((kind, body)) = held.get(path) else { return answer("404 Not Found", &[], "nothing here") };
    let kind = format!("Content-Type: {kind}");
    let range = head.lines().find_map(|line| line.strip_prefix("range: bytes="));
    let Some((first, last)) = range.filter(|_| with_ranges).and_then(|range| range.split_once('-')) else {
        return answer("200 OK", &[&kind], body.clone());
    };
    let total = body.len();
    let (first, last) = match first {
        "" => (total.saturating_sub(last.parse().unwrap()), total - 1),
        first => (first.parse().unwrap(), last.parse().unwrap()),
    };
    let stated = format!("Content-Range: bytes {first}-{last}/{total}");
    answer("206 Partial Content", &[&kind, &stated], body[first..=last].to_vec())
}

fn index(held: Vec<(&str, &'static str, Vec<u8>)>) -> Stub {
    let held: Held = held.into_iter().map(|(path, kind, body)| (path.to_owned(), (kind, body))).collect();
    Stub::by_head(move |head| serve(&held, head, true))
}

fn registry(stub: &Stub, names: &str, shelf: Option<&Path>, clock: &Put) -> Registry {
    let limits =
        Limits { attempts: 2, quiet: Duration::from_secs(3), total: Duration::from_secs(4), ..Limits::default() };
    let index = Index::at(&format!("{}simple", stub.address), "a test".to_owned()).unwrap();
    let client = Client::with_clock(limits, Box::new(clock.clone())).unwrap();
    let documents = Documents::new(client, index, Shelf(shelf.map(Path::to_owned)));
    let names = Names::read(names.as_bytes(), "names").unwrap();
    Registry { lookup: Lookup::new(documents), names, coverage: Coverage::Sample }
}

fn clock() -> Put {
    Put(Arc::new(Mutex::new("2026-08-01T12:00:00Z".parse().unwrap())))
}

fn question(before: Option<&str>) -> Question {
    let before = before.map(|day| format!("{day}T00:00:00Z").parse().unwrap());
    Question { targets: BTreeSet::from([Name::new("mcp").unwrap()]), before }
}

fn ask(stub: &Stub, names: &str) -> Result<Answer, Error> {
    registry(stub, names, None, &clock()).releases(&question(None), &Silent)
}

/// `name version: requirements` of each release.
fn shown(answer: &Answer) -> Vec<String> {
    let line = |one: &Release| format!("{} {}: {}", one.name, one.version, one.requires_dist.join(" | "));
    answer.releases.iter().map(line).collect()
}

/// The paths that were asked for, each once.
fn paths(stub: &Stub) -> Vec<String> {
    let paths: BTreeSet<_> = stub.asked().iter().filter_map(|head| Some(head.split(' ').nth(1)?.to_owned())).collect();
    paths.into_iter().collect()
}

#[test]
fn a_document_says_it_all() {
    let text = r#"{"info": {"version": "1.0", "requires_dist": ["MCP[cli]>=1", "httpx"]}, "releases": {"1.0": [
        {"filename": "a-1.0.tar.gz", "url": "/files/a", "upload_time_iso_8601": "2026-02-01T00:00:00Z"}]}, "urls": []}"#;
    let stub = index(vec![("/pypi/a/json", JSON, text.into())]);
    let answer = ask(&stub, "a").unwrap();
    assert_eq!(shown(&answer), ["a 1.0: MCP[cli]>=1 | httpx"]);
    assert_eq!(answer.releases[0].uploaded.unwrap().to_string(), "2026-02-01T00:00:00Z");
    assert_eq!(paths(&stub), ["/pypi/a/json"]);
    assert_eq!((answer.origin.rows, answer.origin.place.as_str()), (1, format!("{}simple/", stub.address).as_str()));
    assert_eq!(answer.origin.coverage, Coverage::Sample);
    assert!(answer.notes[1].contains("1 of 1 named packages"), "{:?}", answer.notes);
}

#[test]
fn metadata_beside_the_file_is_preferred_to_the_file() {
    let listing = r#"{"meta": {"api-version": "1.1"}, "name": "a", "files": [
        {"filename": "a-1.0-py3-none-any.whl", "url": "/files/a-1.0-py3-none-any.whl", "core-metadata": {"sha256": ""}}]}"#;
    let stub = index(vec![
        ("/simple/a/", SIMPLE, listing.into()),
        ("/files/a-1.0-py3-none-any.whl.metadata", BINARY, metadata("a", "1.0", &["mcp"])),
    ]);
    assert_eq!(shown(&ask(&stub, "a").unwrap()), ["a 1.0: mcp"]);
    assert_eq!(paths(&stub), ["/files/a-1.0-py3-none-any.whl.metadata", "/pypi/a/json", "/simple/a/"]);
}

#[test]
fn an_index_of_pages_alone_will_do() {
    let mut held = Vec::new();
    let names: Vec<_> = (10..34).map(|at| format!("a{at}")).collect();
    let texts: Vec<_> =
        names.iter().map(|name| (format!("/simple/{name}/"), format!("{name}-1.0-py3-none-any.whl"))).collect();
    let addresses: Vec<_> = texts.iter().map(|(_, file)| format!("/files/{file}")).collect();
    for ((name, (path, file)), address) in names.iter().zip(&texts).zip(&addresses) {
        held.push((path.as_str(), HTML, page(&[file])));
        held.push((address.as_str(), BINARY, wheel(name, &["mcp>=1,<2"])));
    }
    let stub = index(held);
    let answer = ask(&stub, &names.join("\n")).unwrap();
    assert_eq!(answer.releases.len(), names.len());
    assert_eq!(answer.releases[0].uploaded, None);
    let asked = stub.asked();
    assert!(asked.iter().filter(|head| head.contains("/files/")).all(|head| head.contains("range: bytes=-65536")));
    // A way that leads nowhere is not taken for ever; four packages are under way at once.
    assert!(asked.iter().filter(|head| head.contains("/json")).count() < names.len(), "{asked:?}");
}

#[test]
fn without_ranges_the_whole_wheel_is_read() {
    let held: Held = BTreeMap::from([
        ("/simple/a/".to_owned(), (HTML, page(&["a-1.0-py3-none-any.whl"]))),
        ("/files/a-1.0-py3-none-any.whl".to_owned(), (BINARY, wheel("a", &["mcp"]))),
    ]);
    let whole = held.clone();
    let ignoring = Stub::by_head(move |head| serve(&whole, head, false));
    assert_eq!(shown(&ask(&ignoring, "a").unwrap()), ["a 1.0: mcp"]);
    let refusing = Stub::by_head(move |head| match head.contains("range: ") {
        true => answer("416 Range Not Satisfiable", &[], ""),
        false => serve(&held, head, false),
    });
    assert_eq!(shown(&ask(&refusing, "a").unwrap()), ["a 1.0: mcp"]);
}

#[test]
fn a_source_distribution_counts_if_it_promises() {
    let open = String::from_utf8(metadata("b", "1.0", &["mcp"]))
        .unwrap()
        .replace("Version: 1.0", "Version: 1.0\nDynamic: Requires-Dist");
    let stub = index(vec![
        ("/simple/a/", HTML, page(&["a-1.0.tar.gz"])),
        ("/files/a-1.0.tar.gz", BINARY, tarball(&[("a-1.0/PKG-INFO", &metadata("a", "1.0", &["mcp>=1"]))])),
        ("/simple/b/", HTML, page(&["b-1.0.tar.gz"])),
        ("/files/b-1.0.tar.gz", BINARY, tarball(&[("b-1.0/PKG-INFO", open.as_bytes())])),
        ("/simple/c/", HTML, page(&["c-1.0.zip"])),
        ("/files/c-1.0.zip", BINARY, zip(&[("c-1.0/PKG-INFO", &metadata("c", "1.0", &["mcp<2"]))])),
        ("/simple/d/", HTML, page(&["d-1.0.tar.bz2"])),
        ("/simple/e/", HTML, page(&[])),
    ]);
    let answer = ask(&stub, "a\nb\nc\nd\ne\nf").unwrap();
    assert_eq!(shown(&answer), ["a 1.0: mcp>=1", "c 1.0: mcp<2"]);
    let notes = answer.notes.join("\n");
    for part in [
        "settled when it is built): `b`",
        "can be read): `d`",
        "without a release, and so not in the numbers: `e`",
        "not on the index, and so not in the numbers: `f`",
    ] {
        assert!(notes.contains(part), "{part}: {notes}");
    }
}

#[test]
fn a_past_day_is_answered_where_days_are_known() {
    let listing = r#"{"meta": {"api-version": "1.1"}, "name": "a", "files": [
        {"filename": "a-1.0-py3-none-any.whl", "url": "/files/a-1.0-py3-none-any.whl", "upload-time": "2026-01-01T00:00:00Z"},
        {"filename": "a-2.0-py3-none-any.whl", "url": "/files/a-2.0-py3-none-any.whl", "upload-time": "2026-03-01T00:00:00Z"}]}"#;
    let stub = index(vec![
        ("/simple/a/", SIMPLE, listing.into()),
        ("/files/a-1.0-py3-none-any.whl", BINARY, wheel("a", &["mcp"])),
        ("/simple/b/", HTML, page(&["b-1.0-py3-none-any.whl"])),
        ("/files/b-1.0-py3-none-any.whl", BINARY, wheel("b", &["mcp"])),
    ]);
    let past = |day| registry(&stub, "a\nb", None, &clock()).releases(&question(Some(day)), &Silent).unwrap();
    assert_eq!(shown(&past("2026-02-01")), ["a 1.0: mcp", "b 1.0: mcp"]);
    let notes = past("2025-02-01").notes.join("\n");
    assert!(
        notes.contains("does not say when it was uploaded: `b`")
            && notes.contains("before that day, and so not in the numbers: `a`"),
        "{notes}"
    );
    let source = registry(&stub, "a", None, &clock());
    assert_eq!(source.newest(&Name::new("a").unwrap(), None).unwrap().as_deref(), Some("2.0"));
    assert_eq!(source.newest(&Name::new("nobody").unwrap(), None).unwrap(), None);
}

#[test]
fn a_release_that_is_admitted_is_found_behind_newer_ones() {
    let newest = r#"{"info": {"version": "2.0", "requires_dist": ["mcp>=2"]}, "urls": [
        {"filename": "a-2.0.tar.gz", "url": "/files/a-2.0.tar.gz"}]}"#;
    let names = ["a-2.0-py3-none-any.whl", "a-1.5-py3-none-any.whl", "a-1.0-py3-none-any.whl"];
    let mut pages = page(&names);
    pages.extend_from_slice(b"<a href='/files/a-1.9.tar.gz' data-yanked='broken'>a-1.9.tar.gz</a>\n");
    let inside = |version: &str| {
        let path = format!("a-{version}.dist-info/METADATA");
        zip(&[(&path, &metadata("a", version, &[&format!("mcp<{version}")]))])
    };
    let stub = index(vec![
        ("/pypi/a/json", JSON, newest.into()),
        ("/simple/a/", HTML, pages),
        ("/files/a-1.5-py3-none-any.whl", BINARY, inside("1.5")),
    ]);
    let registry = registry(&stub, "a", None, &clock());
    let name = Name::new("a").unwrap();
    let found = |below: u64| {
        let below = Version::new([below]);
        registry.admitted(&name, &|version| *version < below).map(|found| found.map(|one| one.requires_dist))
    };
    assert_eq!(found(3), Ok(Some(vec!["mcp>=2".to_owned()])));
    assert_eq!(found(2), Ok(Some(vec!["mcp<1.5".to_owned()])), "1.9 was taken back");
    assert_eq!(found(1), Ok(None));
}

#[test]
fn what_was_learnt_is_not_asked_for_again() {
    let held: Held = BTreeMap::from([
        ("/simple/a/".to_owned(), (HTML, page(&["a-1.0-py3-none-any.whl"]))),
        ("/files/a-1.0-py3-none-any.whl".to_owned(), (BINARY, wheel("a", &["mcp"]))),
    ]);
    let stub = Stub::by_head(move |head| match head {
        head if head.contains("if-none-match: \"one\"") => answer("304 Not Modified", &[], ""),
        head if head.starts_with("GET /simple/") => {
            answer("200 OK", &["Content-Type: text/html", "ETag: \"one\""], held["/simple/a/"].1.clone())
        }
        head => serve(&held, head, true),
    });
    let (folder, clock) = (tempfile::tempdir().unwrap(), clock());
    let run = || {
        let before = stub.asked().len();
        let answer = registry(&stub, "a", Some(folder.path()), &clock).releases(&question(None), &Silent).unwrap();
        assert_eq!(shown(&answer), ["a 1.0: mcp"]);
        let asked =
            stub.asked()[before..].iter().map(|head| head.lines().next().unwrap().to_owned()).collect::<Vec<_>>();
        (asked.into_iter().filter(|line| !line.contains("/json")).count(), answer.origin.retrieved.to_string())
    };
    assert_eq!(run(), (2, "2026-08-01T12:00:00Z".to_owned()));
    let later = |time: &str| *clock.0.lock().unwrap() = time.parse().unwrap();
    later("2026-08-01T12:59:00Z");
    assert_eq!(run(), (0, "2026-08-01T12:00:00Z".to_owned()));
    later("2026-08-02T12:00:00Z");
    assert_eq!(run(), (1, "2026-08-02T12:00:00Z".to_owned()));
    assert_eq!(run().0, 0);
}

#[test]
fn a_server_that_cannot_be_asked_is_left_alone() {
    let names: String = (0..40).map(|at| format!("a{at}\n")).collect();
    for status in ["503 Service Unavailable", "429 Too Many Requests", "401 Unauthorized"] {
        let stub = Stub::by_head(move |_| answer(status, &["Retry-After: 1"], "go away"));
        let error = ask(&stub, &names).unwrap_err().0;
        assert!(error.contains("go away") && error.contains("/a"), "{error}");
        let asked = stub.asked().len();
        assert!(asked <= 2 * (FAILURES + CONNECTIONS), "{asked} requests");
    }
    // Part of an answer is an answer.
    let text =
        r#"{"info": {"version": "1.0", "requires_dist": ["mcp"]}, "urls": [{"filename": "a0-1.0.zip", "url": "x"}]}"#;
    let stub = Stub::by_head(move |head| match head.contains("/a0/") {
        true => answer("200 OK", &["Content-Type: application/json"], text),
        false => answer("503 Service Unavailable", &[], "busy"),
    });
    let answer = ask(&stub, &names).unwrap();
    assert_eq!(shown(&answer), ["a0 1.0: mcp"]);
    assert!(answer.notes.iter().any(|note| note.contains("goes on from the cache")), "{:?}", answer.notes);
}

#[test]
fn one_bad_answer_costs_one_package() {
    let good =
        r#"{"info": {"version": "1.0", "requires_dist": ["mcp"]}, "urls": [{"filename": "good-1.0.zip", "url": "x"}]}"#;
    let bomb = zip(&[("bomb-1.0.dist-info/METADATA", &vec![0; 5 << 20])]);
    let traversal = zip(&[("../../traversal-1.0.dist-info/METADATA", &metadata("traversal", "1.0", &["mcp"]))]);
    let held: Held = [
        ("/pypi/good/json", JSON, good.into()),
        ("/simple/typed/", "text/plain", page(&["typed-1.0-py3-none-any.whl"])),
        ("/simple/malformed/", SIMPLE, b"{\"files\": [".to_vec()),
        ("/simple/liar/", HTML, page(&["liar-1.0-py3-none-any.whl"])),
        ("/files/liar-1.0-py3-none-any.whl", BINARY, wheel("mcp", &["mcp"])),
        ("/simple/bomb/", HTML, page(&["bomb-1.0-py3-none-any.whl"])),
        ("/files/bomb-1.0-py3-none-any.whl", BINARY, bomb),
        ("/simple/traversal/", HTML, page(&["traversal-1.0-py3-none-any.whl"])),
        ("/files/traversal-1.0-py3-none-any.whl", BINARY, traversal),
    ]
    .into_iter()
    .map(|(path, kind, body)| (path.to_owned(), (kind, body)))
    .collect();
    let stub = Stub::by_head(move |head| {
        let path = head.split(' ').nth(1).unwrap_or_default();
        match path {
            "/simple/loop/" => answer("302 Found", &["Location: /simple/loop/"], ""),
            "/simple/slow/" => Box::new(|connection| {
                connection.write_all(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")?;
                for _ in 0..200 {
                    connection.write_all(b" ")?;
                    std::thread::sleep(Duration::from_millis(50));
                }
                Ok(())
            }),
            "/simple/short/" => Box::new(|connection| {
                connection
                    .write_all(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 900\r\n\r\n<a href=")
            }),
            "/simple/huge/" => Box::new(|connection| {
                connection.write_all(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")?;
                (0..100).try_for_each(|_| connection.write_all(&[b'<'; 1 << 20]))
            }),
            _ => serve(&held, head, true),
        }
    });
    let folder = tempfile::tempdir().unwrap();
    let names = "good\ntyped\nmalformed\nliar\nbomb\ntraversal\nloop\nslow\nshort\nhuge\n";
    let source = registry(&stub, names, Some(&folder.path().join("cache")), &clock());
    let answer = source.releases(&question(None), &Silent).unwrap();
    assert_eq!(shown(&answer), ["good 1.0: mcp"]);
    let notes = answer.notes.join("\n");
    for (part, name) in [
        ("it is of the type `text/plain`", "typed"),
        ("is not understood: EOF", "malformed"),
        ("liar-1.0-py3-none-any.whl: the archive holds no metadata", "liar"),
        ("its metadata is longer than 4 MiB", "bomb"),
        ("the archive holds no metadata", "traversal"),
        ("redirects more than", "loop"),
        ("took longer than", "slow"),
        ("end of file before", "short"),
        ("is longer than", "huge"),
    ] {
        let told = notes.lines().any(|note| note.contains(part) && note.ends_with(&format!("`{name}`")));
        assert!(told, "{name}: {notes}");
    }
    let outside: Vec<_> = std::fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(outside, ["cache"]);
}

#[test]
fn credentials_reach_the_index_and_nobody_else() {
    let files = Stub::by_head(|_| answer("404 Not Found", &[], ""));
    let there = files.address.clone();
    let stub = Stub::by_head(move |head| match head.contains("/simple/") {
        true => answer("200 OK", &["Content-Type: text/html"], format!("<a href='{there}a-1.0-py3-none-any.whl'>")),
        false => answer("404 Not Found", &[], ""),
    });
    let folder = tempfile::tempdir().unwrap();
    let address = stub.address.as_str().replace("//", "//me:secret@");
    let mut source = registry(&stub, "a", Some(folder.path()), &clock());
    source.lookup.documents.index = Index::at(&format!("{address}simple"), "a test".to_owned()).unwrap();
    let answer = source.releases(&question(None), &Silent).unwrap();
    // RFC 7617 of `me:secret`.
    assert!(stub.asked().iter().all(|head| head.contains("authorization: Basic bWU6c2VjcmV0")));
    assert!(!files.asked().is_empty() && files.asked().iter().all(|head| !head.contains("authorization")));
    assert!(!format!("{answer:?}").contains("secret"));
    let mut open = vec![folder.path().to_owned()];
    while let Some(path) = open.pop() {
        match std::fs::read_dir(&path) {
            Ok(entries) => open.extend(entries.map(|entry| entry.unwrap().path())),
            Err(_) => assert!(!std::fs::read_to_string(&path).unwrap().contains("secret")),
        }
    }
}

/// The one test that leaves this machine: three packages, asked of the index that is configured here.
#[test]
fn the_configured_index_answers() {
    let names = Names::read(&b"mcp\nmcp-server-time\nmcp-server-fetch\n"[..], "names").unwrap();
    let index = match Index::discover() {
        Ok(index) => index,
        Err(error) => return eprintln!("not run: {error}"),
    };
    let limits = Limits { attempts: 2, connect: Duration::from_secs(5), ..Limits::default() };
    let folder = tempfile::tempdir().unwrap();
    let documents = Documents::new(Client::new(limits).unwrap(), index, Shelf(Some(folder.path().to_owned())));
    let source = Registry { lookup: Lookup::new(documents), names, coverage: Coverage::Sample };
    let answer = match source.releases(&question(None), &Silent) {
        Ok(answer) => answer,
        Err(error) => return eprintln!("not run: {error}"),
    };
    let named: Vec<_> = answer.releases.iter().map(|release| release.name.as_str()).collect();
    assert_eq!(named, ["mcp-server-fetch", "mcp-server-time"], "{:?}", answer.notes);
    // The same packages by their pages and wheels alone, as an index without documents would have it.
    let mut index = source.lookup.documents.index.clone();
    index.has_documents = false;
    let documents = Documents::new(Client::new(limits).unwrap(), index, Shelf(None));
    let by_pages = Registry { lookup: Lookup::new(documents), names: source.names, coverage: source.coverage };
    let again = by_pages.releases(&question(None), &Silent).unwrap();
    // A document need not repeat what the wheel says, and was seen not to; who depends in which release is beyond that.
    let releases = |answer: &Answer| -> Vec<_> {
        answer.releases.iter().map(|release| format!("{} {}", release.name, release.version)).collect()
    };
    assert_eq!(releases(&again), releases(&answer), "{:?}", again.notes);
}
