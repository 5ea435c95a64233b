//! The client against servers that do what servers do.

use std::io::Write;
use std::time::Duration;

use super::stub::{Answer, Stub, answer, client};
use super::*;

fn ok(body: &str) -> Answer {
    answer("200 OK", &["Content-Type: text/plain"], body)
}

/// What a server with these answers is worth to a client within `limits`, and how long it waited in seconds.
fn told(answers: Vec<Answer>, limits: Limits) -> (Result<Response, Failure>, Vec<f64>) {
    let stub = Stub::new(answers);
    let (client, clock) = client(limits);
    let result = client.send(&Request::get(stub.address.clone()));
    let slept = clock.0.lock().unwrap().iter().map(Duration::as_secs_f64).collect();
    (result, slept)
}

#[test]
fn who_asks_says_so() {
    let stub = Stub::new([ok("fine")]);
    let (client, _) = client(Limits::default());
    let response = client.send(&Request::get(stub.address.clone())).unwrap();
    assert_eq!((response.status, response.body.as_slice()), (200, b"fine".as_slice()));
    assert_eq!(response.media_type(), "text/plain");
    let asked = stub.asked().concat();
    assert!(asked.contains(concat!("user-agent: mcp-audit/", env!("CARGO_PKG_VERSION"))), "{asked}");
    assert!(asked.contains("accept-encoding: gzip"), "{asked}");
}

#[test]
fn a_server_that_asks_for_a_pause_gets_it() {
    let limits = Limits::default();
    let later = |after: &str| answer("429 Too Many Requests", &[&format!("Retry-After: {after}")], "");
    let (result, slept) = told(vec![later("7"), later("Sat, 01 Aug 2026 12:00:30 GMT"), ok("x")], limits);
    assert_eq!((result.unwrap().body, slept), (b"x".to_vec(), vec![7.0, 30.0]));

    let (result, slept) = told(vec![later("86400")], limits);
    let failure = result.unwrap_err();
    assert_eq!((failure.kind, slept.len()), (Kind::Refused(429), 0));
    assert!(failure.sentence.contains("left alone for 86400 s"), "{failure}");
}

#[test]
fn what_fails_in_passing_is_tried_again_a_few_times() {
    let busy = || answer("503 Service Unavailable", &[], "too\r\nbusy \u{1b}[31m now");
    let (result, slept) = told(vec![busy(), busy(), ok("x")], Limits::default());
    assert_eq!((result.unwrap().status, slept), (200, vec![0.5, 1.0]));

    let (result, slept) = told((0..9).map(|_| busy()).collect(), Limits { attempts: 3, ..Limits::default() });
    let failure = result.unwrap_err();
    assert_eq!((failure.kind, slept.len()), (Kind::Refused(503), 2));
    assert!(failure.sentence.contains("answered 503: too busy [31m now") && failure.sentence.contains("tried 3 times"));
}

#[test]
fn other_statuses_are_answers() {
    for status in ["404 Not Found", "500 Internal Server Error", "403 Forbidden", "304 Not Modified"] {
        let (result, slept) = told(vec![answer(status, &[], "")], Limits::default());
        let response = result.unwrap();
        assert_eq!((format!("{}", response.status), slept.len()), (status[..3].to_owned(), 0));
        assert!(response.refusal().sentence.contains(&status[..3]));
    }
}

#[test]
fn a_truncated_body_is_never_taken_for_the_whole() {
    let short = || -> Answer {
        Box::new(|connection| connection.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf of it"))
    };
    let (result, slept) = told(vec![short(), ok("all of it")], Limits::default());
    assert_eq!((result.unwrap().body, slept.len()), (b"all of it".to_vec(), 1));
    let (result, _) = told(vec![short(), short()], Limits { attempts: 2, ..Limits::default() });
    assert_eq!(result.unwrap_err().kind, Kind::Unreachable);
}

#[test]
fn nobody_there_is_said_without_credentials() {
    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let (client, clock) = client(Limits { attempts: 2, ..Limits::default() });
    let address: Url = format!("http://me:secret@{free}/simple/?token=secret").parse().unwrap();
    let failure = client.send(&Request::get(address)).unwrap_err();
    assert_eq!((failure.kind, clock.0.lock().unwrap().len()), (Kind::Unreachable, 1));
    assert!(failure.sentence.contains(&format!("failed to ask http://{free}/simple/: ")), "{failure}");
    assert!(!failure.sentence.contains("secret"), "{failure}");
}

#[test]
fn another_type_is_an_error_that_says_what_came() {
    let page = answer("200 OK", &["Content-Type: Text/HTML; charset=utf-8"], "<html>");
    let response = told(vec![page], Limits::default()).0.unwrap();
    assert_eq!(response.media_type(), "text/html");
    assert!(response.unexpected("JSON").sentence.contains("sent `text/html` where JSON was asked for"));
}

#[test]
fn slowness_has_an_end() {
    let drip = || -> Answer {
        Box::new(|connection| {
            connection.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n")?;
            for _ in 0..200 {
                connection.write_all(b"x")?;
                std::thread::sleep(Duration::from_millis(20));
            }
            Ok(())
        })
    };
    let silent = || -> Answer {
        Box::new(|_| {
            std::thread::sleep(Duration::from_secs(3));
            Ok(())
        })
    };
    let limits = Limits { quiet: Duration::from_millis(300), total: Duration::from_millis(600), ..Limits::default() };
    for slow in [drip(), silent()] {
        let began = Instant::now();
        let (result, slept) = told(vec![slow], limits);
        assert_eq!((result.unwrap_err().kind, slept.len()), (Kind::TimedOut, 0));
        assert!(began.elapsed() < Duration::from_millis(2500), "{:?}", began.elapsed());
    }
}

#[test]
fn a_slow_body_may_take_longer_than_silence_may() {
    let drip: Answer = Box::new(|connection| {
        connection.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 40\r\n\r\n")?;
        (0..40).try_for_each(|_| {
            std::thread::sleep(Duration::from_millis(20));
            connection.write_all(b"x")
        })
    });
    let limits = Limits { quiet: Duration::from_millis(400), total: Duration::from_secs(20), ..Limits::default() };
    assert_eq!(told(vec![drip], limits).0.unwrap().body.len(), 40);
}

#[test]
fn redirects_are_followed_a_few_times() {
    let away = || answer("302 Found", &["Location: /again"], "");
    assert_eq!(told(vec![away(), away(), ok("x")], Limits::default()).0.unwrap().address.path(), "/again");
    let failure = told((0..20).map(|_| away()).collect(), Limits::default()).0.unwrap_err();
    assert_eq!(failure.kind, Kind::Redirected);
    assert!(failure.sentence.contains("redirects more than 5 times"), "{failure}");
    let file = answer("302 Found", &["Location: file:///etc/passwd"], "");
    assert!(!told(vec![file], Limits { attempts: 1, ..Limits::default() }).0.is_ok_and(|it| it.is_success()));
}

#[test]
fn what_began_encrypted_stays_so() {
    let url = |text: &str| text.parse::<Url>().unwrap();
    let from = [url("https://a.example/x")];
    assert!(forbidden(&from, &url("http://a.example/x"), 5).unwrap().contains("https"));
    assert_eq!(forbidden(&from, &url("https://b.example/x"), 5), None);
    assert_eq!(forbidden(&[url("http://a.example/")], &url("http://b.example/"), 5), None);
    assert!(forbidden(&from, &url("https://b.example/x"), 0).is_some());
}

#[test]
fn credentials_stay_with_the_host_they_are_for() {
    let other = Stub::new([ok("x")]);
    let there = format!("Location: {}", other.address);
    let stub = Stub::new([answer("307 Temporary Redirect", &[&there], "")]);
    let request = Request::post(stub.address.clone(), "text/plain", b"question".to_vec()).bearer("secret").unwrap();
    client(Limits::default()).0.send(&request).unwrap();
    assert!(stub.asked()[0].contains("authorization: Bearer secret"));
    assert!(other.asked()[0].contains("question") && !other.asked()[0].contains("secret"), "{:?}", other.asked());
    assert!(Request::get(stub.address.clone()).bearer("two\nlines").is_none());
}

#[test]
fn no_body_is_longer_than_allowed() {
    let limits = Limits { body: 1 << 20, ..Limits::default() };
    let huge = answer("200 OK", &[], vec![b'x'; (1 << 20) + 1]);
    assert_eq!(told(vec![huge], limits).0.unwrap_err().kind, Kind::TooLarge);
    let whole = answer("200 OK", &[], vec![b'x'; 1 << 20]);
    assert_eq!(told(vec![whole], limits).0.unwrap().body.len(), 1 << 20);
}

#[test]
fn a_small_body_that_unpacks_to_a_huge_one_is_a_huge_one() {
    // 16 MiB of zeros, in deflate's blocks of a kilobyte each.
    let packed = packed(16 << 20);
    assert!(packed.len() < 64 << 10, "{}", packed.len());
    let bomb = || answer("200 OK", &["Content-Encoding: gzip"], packed.clone());
    let limits = Limits { body: 1 << 20, ..Limits::default() };
    assert_eq!(told(vec![bomb()], limits).0.unwrap_err().kind, Kind::TooLarge);
    let broken = answer("200 OK", &["Content-Encoding: gzip"], &b"no gzip at all"[..]);
    assert!(told(vec![broken], Limits { attempts: 1, ..Limits::default() }).0.is_err());
}

/// So many zeros as gzip writes them.
fn packed(length: usize) -> Vec<u8> {
    let mut to = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    let zeros = vec![0; 1 << 16];
    for _ in 0..length / zeros.len() {
        to.write_all(&zeros).unwrap();
    }
    to.finish().unwrap()
}
