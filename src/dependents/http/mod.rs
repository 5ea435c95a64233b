//! The one HTTP client of all sources: bounded in time, size, redirects and repetitions, polite to servers, and silent
//! about credentials. What it is told by a server is never trusted to end.

mod retry;
#[cfg(test)]
pub(crate) mod stub;
#[cfg(test)]
mod tests;

use std::fmt;
use std::io::Read;
use std::time::{Duration, Instant};

pub use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
pub use reqwest::{Method, Url};

pub use self::retry::{Clock, SystemClock};
use super::Error;

/// Names a way to reach the person who asks, for the operators of the servers that are asked.
const CONTACT: &str = "MCP_AUDIT_CONTACT";

/// Bounds on one request; each may be tightened or widened for one request by its own methods.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// How long a connection may take to come about.
    pub connect: Duration,
    /// How long a server may stay silent: until the first byte of its answer, and between any two.
    pub quiet: Duration,
    /// How long one attempt may take as a whole, the body read to its end.
    pub total: Duration,
    /// How often one request may be sent elsewhere.
    pub redirects: usize,
    /// Bytes of a body, decompressed.
    pub body: u64,
    /// How often one request is tried.
    pub attempts: u32,
    /// The longest pause that is made because a server asks for it.
    pub pause: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(10),
            quiet: Duration::from_secs(30),
            total: Duration::from_secs(120),
            redirects: 5,
            body: 32 << 20,
            attempts: 4,
            pause: Duration::from_secs(60),
        }
    }
}

/// What is asked of a server. It must be harmless to ask twice: what fails in passing is repeated.
#[derive(Clone)]
pub struct Request {
    method: Method,
    address: Url,
    headers: HeaderMap,
    content: Vec<u8>,
    longest: Option<u64>,
    total: Option<Duration>,
}

impl Request {
    /// A request without content.
    pub fn new(method: Method, address: Url) -> Self {
        let (headers, content) = (HeaderMap::new(), Vec::new());
        Self { method, address, headers, content, longest: None, total: None }
    }

    /// Asks for what is at `address`.
    pub fn get(address: Url) -> Self {
        Self::new(Method::GET, address)
    }

    /// Sends `content` to `address`.
    pub fn post(address: Url, content_type: &'static str, content: Vec<u8>) -> Self {
        let request = Self { content, ..Self::new(Method::POST, address) };
        request.header(reqwest::header::CONTENT_TYPE, HeaderValue::from_static(content_type))
    }

    /// With a header; one of the same name is replaced.
    #[must_use]
    pub fn header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.headers.insert(name, value);
        self
    }

    /// With a token that this host alone is told, and no log; `None` when it cannot stand in a header.
    #[must_use]
    pub fn bearer(self, token: &str) -> Option<Self> {
        let mut value = HeaderValue::from_str(&format!("Bearer {token}")).ok()?;
        value.set_sensitive(true);
        Some(self.header(reqwest::header::AUTHORIZATION, value))
    }

    /// With a body of at most so many bytes, decompressed.
    #[must_use]
    pub fn longest(self, bytes: u64) -> Self {
        Self { longest: Some(bytes), ..self }
    }

    /// With another time than the client's for the whole attempt, in which the server may stay silent.
    #[must_use]
    pub fn patience(self, total: Duration) -> Self {
        Self { total: Some(total), ..self }
    }
}

/// What a server answered, whole.
#[derive(Debug, Clone)]
pub struct Response {
    /// The status; never one that is tried again.
    pub status: u16,
    /// The headers.
    pub headers: HeaderMap,
    /// Where it came from in the end, after redirects.
    pub address: Url,
    /// The body, decompressed.
    pub body: Vec<u8>,
}

impl Response {
    /// The value of a header that is text.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// The media type without its parameters, in lower case; empty where the server does not say.
    pub fn media_type(&self) -> String {
        let value = self.header("content-type").unwrap_or_default();
        value.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
    }

    /// Whether the status says that this is what was asked for.
    pub fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }

    /// The answer as an error, with what the server says about it.
    pub fn refusal(&self) -> Failure {
        let said = excerpt(&self.body);
        let said = if said.is_empty() { said } else { format!(": {said}") };
        let kind = Kind::Refused(self.status);
        Failure::new(kind, &self.address, &format!("the server answered {}{said}", self.status), advice(self.status))
    }

    /// The answer as an error because its media type is not one of `wanted`: a login page, a proxy's notice.
    pub fn unexpected(&self, wanted: &str) -> Failure {
        let found = excerpt(self.media_type().as_bytes());
        let found = if found.is_empty() { "an unnamed type".to_owned() } else { format!("`{found}`") };
        let why = format!("the server sent {found} where {wanted} was asked for");
        Failure::new(Kind::Refused(self.status), &self.address, &why, "check the address, and any proxy in between")
    }
}

/// In which way a request failed, for who has another way to the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// No connection, or one that broke off, however often it was tried.
    Unreachable,
    /// A limit of time was passed.
    TimedOut,
    /// The body is longer than it may be.
    TooLarge,
    /// Too many redirects, or one to where none may lead.
    Redirected,
    /// The server does not want to, with this status.
    Refused(u16),
}

/// Why a request has no answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// In which way.
    pub kind: Kind,
    /// What, why and what to do now, in one sentence without credentials.
    pub sentence: String,
}

impl Failure {
    fn new(kind: Kind, address: &Url, why: &str, advice: &str) -> Self {
        Self { kind, sentence: format!("failed to ask {}: {why}; {advice}", shown(address)) }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.sentence)
    }
}

impl std::error::Error for Failure {}

impl From<Failure> for Error {
    fn from(failure: Failure) -> Self {
        Self(failure.sentence)
    }
}

/// An address as people see it: without credentials, whether they stand before the host or in the query.
pub fn shown(address: &Url) -> String {
    let port = address.port().map(|port| format!(":{port}")).unwrap_or_default();
    format!("{}://{}{port}{}", address.scheme(), address.host_str().unwrap_or_default(), address.path())
}

/// The beginning of what a server says in one line of printable text, for a sentence.
pub fn excerpt(body: &[u8]) -> String {
    const LONGEST: usize = 300;
    let text = String::from_utf8_lossy(&body[..body.len().min(4 * LONGEST)]);
    let words = text.split(|c: char| c.is_whitespace() || c.is_control()).filter(|word| !word.is_empty());
    let line = words.collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line,
    }
}

/// What to do about a status.
fn advice(status: u16) -> &'static str {
    match status {
        401 | 403 | 407 => "check the credentials, or ask another source",
        404 | 410 => "check the address",
        429 => "wait before asking again",
        500.. => "try again later, or ask another source",
        _ => "check the address, or ask another source",
    }
}

/// Asks servers. Cheap to share between threads.
pub struct Client {
    inner: reqwest::blocking::Client,
    limits: Limits,
    clock: Box<dyn Clock>,
}

impl Client {
    /// A client within `limits`, through the proxies that the system's settings and variables name.
    ///
    /// # Errors
    /// When the machine has nothing to make a connection with.
    pub fn new(limits: Limits) -> Result<Self, Error> {
        Self::with_clock(limits, Box::new(SystemClock))
    }

    /// The same with another idea of time.
    ///
    /// # Errors
    /// As [`Client::new`].
    pub fn with_clock(limits: Limits, clock: Box<dyn Clock>) -> Result<Self, Error> {
        let policy = reqwest::redirect::Policy::custom(move |attempt| {
            match forbidden(attempt.previous(), attempt.url(), limits.redirects) {
                Some(why) => attempt.error(why),
                None => attempt.follow(),
            }
        });
        let builder = reqwest::blocking::Client::builder()
            .user_agent(user_agent())
            .connect_timeout(limits.connect)
            // The blocking client applies its own to the wait for an answer and anew to each read of the body, and a
            // request's own to the whole.
            .timeout(limits.quiet.min(limits.total))
            .redirect(policy)
            .referer(false);
        // The stubs of the tests are on this machine, which a proxy cannot know.
        #[cfg(test)]
        let builder = builder.no_proxy();
        // Where one is set already, it is this one.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let inner =
            builder.build().map_err(|error| Error(format!("failed to prepare network access: {}", reason(&error))))?;
        Ok(Self { inner, limits, clock })
    }

    /// The clock it goes by.
    pub fn clock(&self) -> &dyn Clock {
        &*self.clock
    }

    /// The answer of a server, of any status but those that ask to come back later: then it does, as long as its limits
    /// allow. Also tried again is what breaks off; a passed limit of time is not, for the next attempt would pass it too.
    ///
    /// # Errors
    /// When no answer could be had within the limits.
    pub fn send(&self, request: &Request) -> Result<Response, Failure> {
        let mut attempt = 1;
        loop {
            let (failure, asked) = match self.once(request) {
                Ok(answer) if !matches!(answer.status, 429 | 502..=504) => return Ok(answer),
                Ok(answer) => (answer.refusal(), self.asked_pause(&answer)),
                Err(failure) if failure.kind == Kind::Unreachable => (failure, None),
                Err(failure) => return Err(failure),
            };
            let pause = asked.unwrap_or_else(|| retry::back_off(attempt, self.clock.chance()));
            if attempt >= self.limits.attempts || pause > self.limits.pause {
                return Err(given_up(failure, attempt, asked));
            }
            self.clock.sleep(pause);
            attempt += 1;
        }
    }

    fn asked_pause(&self, answer: &Response) -> Option<Duration> {
        retry::asked(answer.header("retry-after")?, self.clock.now())
    }

    fn once(&self, request: &Request) -> Result<Response, Failure> {
        let total = request.total.unwrap_or(self.limits.total);
        let began = Instant::now();
        let mut asked = self.inner.request(request.method.clone(), request.address.clone());
        if request.total.is_some() {
            asked = asked.timeout(total);
        }
        let answer = asked
            .headers(request.headers.clone())
            .body(request.content.clone())
            .send()
            .map_err(|error| failed(&request.address, &error))?;
        let (status, headers, address) = (answer.status().as_u16(), answer.headers().clone(), answer.url().clone());
        let longest = request.longest.unwrap_or(self.limits.body);
        let body = read(answer, longest, began, total).map_err(|error| match error {
            Broken::Read(error) => failed(&address, &error),
            Broken::Late => {
                let why = format!("the answer took longer than {} s", total.as_secs_f32());
                Failure::new(Kind::TimedOut, &address, &why, "try again later")
            }
            Broken::Long => {
                let why = format!("the answer is longer than {longest} bytes");
                Failure::new(Kind::TooLarge, &address, &why, "check the address")
            }
        })?;
        Ok(Response { status, headers, address, body })
    }
}

/// Why a redirect is not followed, if it is not.
fn forbidden(from: &[Url], to: &Url, limit: usize) -> Option<String> {
    if from.last().is_some_and(|from| from.scheme() == "https") && to.scheme() != "https" {
        return Some("it redirects from https to an address that is not".to_owned());
    }
    (from.len() > limit).then(|| format!("it redirects more than {limit} times"))
}

/// Why a body was not read to its end.
enum Broken {
    Read(std::io::Error),
    Late,
    Long,
}

/// Reads a body in pieces, so that neither its length nor its slowness is the sender's to choose.
fn read(mut from: impl Read, longest: u64, began: Instant, total: Duration) -> Result<Vec<u8>, Broken> {
    let (mut body, mut piece) = (Vec::new(), [0; 16 << 10]);
    loop {
        let count = from.read(&mut piece).map_err(Broken::Read)?;
        if count == 0 {
            return Ok(body);
        }
        if body.len() as u64 + count as u64 > longest {
            return Err(Broken::Long);
        }
        body.extend_from_slice(&piece[..count]);
        if began.elapsed() > total {
            return Err(Broken::Late);
        }
    }
}

/// What went wrong on the way to an answer.
fn failed(address: &Url, error: &(dyn std::error::Error + 'static)) -> Failure {
    let of_client = |error: &(dyn std::error::Error + 'static), is: fn(&reqwest::Error) -> bool| {
        std::iter::successors(Some(error), |error| inner(*error))
            .any(|error| error.downcast_ref::<reqwest::Error>().is_some_and(is))
    };
    let why = reason(error);
    if of_client(error, reqwest::Error::is_redirect) {
        Failure::new(Kind::Redirected, address, &why, "check the address")
    } else if of_client(error, reqwest::Error::is_timeout) && !of_client(error, reqwest::Error::is_connect) {
        Failure::new(Kind::TimedOut, address, "the server went silent", "try again later")
    } else {
        Failure::new(Kind::Unreachable, address, &why, "check the address and the network, then try again")
    }
}

/// The error below an error; one in an `io::Error` is below it too, which `source` does not say.
fn inner<'e>(error: &'e (dyn std::error::Error + 'static)) -> Option<&'e (dyn std::error::Error + 'static)> {
    match error.downcast_ref::<std::io::Error>().and_then(std::io::Error::get_ref) {
        Some(inner) => Some(inner),
        None => error.source(),
    }
}

/// The innermost reason of an error, which names no address: the outer ones repeat it with credentials and all.
fn reason(error: &(dyn std::error::Error + 'static)) -> String {
    let innermost = std::iter::successors(Some(error), |error| inner(*error)).last().unwrap_or(error);
    match innermost.downcast_ref::<reqwest::Error>() {
        Some(of_client) if of_client.is_timeout() => "it took too long".to_owned(),
        Some(of_client) if of_client.is_body() || of_client.is_decode() => "the answer broke off".to_owned(),
        Some(_) => "the connection failed".to_owned(),
        None => excerpt(innermost.to_string().as_bytes()),
    }
}

/// A failure that lasted.
fn given_up(failure: Failure, attempts: u32, asked: Option<Duration>) -> Failure {
    let times = if attempts == 1 { String::new() } else { format!(" (tried {attempts} times)") };
    let back = asked.map(|pause| format!("; it asks to be left alone for {} s", pause.as_secs())).unwrap_or_default();
    Failure { sentence: format!("{}{times}{back}", failure.sentence), ..failure }
}

/// Who asks: the program, its version, and where it or its user can be found.
fn user_agent() -> String {
    let contact = std::env::var(CONTACT).unwrap_or_default();
    let usable = |text: &&str| !text.is_empty() && text.bytes().all(|byte| (b' '..=b'~').contains(&byte));
    let place = [contact.as_str(), env!("CARGO_PKG_REPOSITORY")].into_iter().find(usable);
    let place = place.map(|place| format!(" (+{place})")).unwrap_or_default();
    format!("mcp-audit/{}{place}", env!("CARGO_PKG_VERSION"))
}
