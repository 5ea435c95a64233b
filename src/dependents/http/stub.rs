//! For tests: a server on a loopback port that gives prepared answers, one a connection, and remembers what it was asked.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use jiff::Timestamp;

use super::{Client, Clock, Limits, Url};

/// Gives one answer: writes to the connection whatever it likes.
pub(crate) type Answer = Box<dyn FnOnce(&mut TcpStream) -> std::io::Result<()> + Send>;

/// The server; its thread ends with its last answer.
pub(crate) struct Stub {
    /// Where it is, ending in `/`.
    pub(crate) address: Url,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Stub {
    /// A server that gives these answers in turn.
    pub(crate) fn new(answers: impl IntoIterator<Item = Answer>) -> Self {
        Self::listening(TcpListener::bind("127.0.0.1:0").unwrap(), answers)
    }

    /// The same where another was, which has given its last answer.
    pub(crate) fn at(address: &Url, answers: impl IntoIterator<Item = Answer>) -> Self {
        let place = (address.host_str().unwrap(), address.port().unwrap());
        // The other's thread may still be about to end.
        let bound = (0..100)
            .find_map(|_| TcpListener::bind(place).map_err(|_| std::thread::sleep(Duration::from_millis(20))).ok());
        Self::listening(bound.unwrap(), answers)
    }

    fn listening(listener: TcpListener, answers: impl IntoIterator<Item = Answer>) -> Self {
        let address = format!("http://{}/", listener.local_addr().unwrap()).parse().unwrap();
        let asked = Arc::new(Mutex::new(Vec::new()));
        let (answers, heard) = (answers.into_iter().collect::<Vec<_>>(), asked.clone());
        std::thread::spawn(move || {
            for answer in answers {
                let Ok((mut connection, _)) = listener.accept() else { return };
                heard.lock().unwrap().push(request(&connection));
                // A client that has had enough hangs up; that is its right.
                let _ = answer(&mut connection);
            }
        });
        Self { address, asked }
    }

    /// A server that answers each request by its head, as many as there are and several at once.
    pub(crate) fn by_head(answers: impl Fn(&str) -> Answer + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}/", listener.local_addr().unwrap()).parse().unwrap();
        let asked = Arc::new(Mutex::new(Vec::new()));
        let (answers, heard) = (Arc::new(answers), asked.clone());
        std::thread::spawn(move || {
            for mut connection in listener.incoming().map_while(Result::ok) {
                let (answers, heard) = (answers.clone(), heard.clone());
                std::thread::spawn(move || {
                    let head = request(&connection);
                    let answer = answers(&head);
                    heard.lock().unwrap().push(head);
                    let _ = answer(&mut connection);
                });
            }
        });
        Self { address, asked }
    }

    /// What it was asked, each as the head and the content of the request.
    pub(crate) fn asked(&self) -> Vec<String> {
        self.asked.lock().unwrap().clone()
    }
}

fn request(connection: &TcpStream) -> String {
    let mut reader = BufReader::new(connection);
    let mut text = String::new();
    while !text.ends_with("\r\n\r\n") && reader.read_line(&mut text).is_ok_and(|count| count > 0) {}
    let length = text.lines().find_map(|line| line.to_ascii_lowercase().strip_prefix("content-length: ")?.parse().ok());
    let mut content = vec![0; length.unwrap_or(0)];
    reader.read_exact(&mut content).unwrap();
    text + &String::from_utf8_lossy(&content)
}

/// An answer with this status line, these header lines and this body.
pub(crate) fn answer(status: &str, headers: &[&str], body: impl Into<Vec<u8>>) -> Answer {
    let body = body.into();
    let headers: String = headers.iter().map(|header| format!("{header}\r\n")).collect();
    let head = format!("HTTP/1.1 {status}\r\n{headers}Content-Length: {}\r\nConnection: close\r\n\r\n", body.len());
    Box::new(move |connection| {
        connection.write_all(head.as_bytes())?;
        connection.write_all(&body)
    })
}

/// A clock that does not wait, and remembers how long it would have.
#[derive(Clone, Default)]
pub(crate) struct Slept(pub(crate) Arc<Mutex<Vec<Duration>>>);

impl Clock for Slept {
    fn now(&self) -> Timestamp {
        "2026-08-01T12:00:00Z".parse().unwrap()
    }

    fn sleep(&self, pause: Duration) {
        self.0.lock().unwrap().push(pause);
    }

    fn chance(&self) -> f64 {
        1.0
    }
}

/// A client within `limits` that does not wait, with its clock.
pub(crate) fn client(limits: Limits) -> (Client, Slept) {
    let clock = Slept::default();
    (Client::with_clock(limits, Box::new(clock.clone())).unwrap(), clock)
}
