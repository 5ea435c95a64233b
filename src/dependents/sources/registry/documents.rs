//! What the index is asked for, through the cache: pages of projects and pieces of files. Knows statuses and headers;
//! what stands in the documents is for others to read.

use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};

use jiff::Timestamp;
use reqwest::header::{ACCEPT, ACCEPT_ENCODING, HeaderName, HeaderValue, IF_MODIFIED_SINCE, IF_NONE_MATCH, RANGE};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::index::Index;
use super::kept::{Kept, Shelf};
use super::remote::{self, Piece};
use crate::dependents::http::{Client, Failure, Kind, Request, Response, Url, excerpt};

/// The longest page or document of a project, in bytes: those of the projects with the most releases have ten million.
/// A busy machine takes long to send as much to itself, so that tests have a limit of their own.
const MAX_DOCUMENT: u64 = if cfg!(test) { 1 << 20 } else { 48 << 20 };

/// The longest file that is had whole, in bytes; four are at once in the memory.
const MAX_FILE: u64 = 32 << 20;

/// Why something could not be had.
#[derive(Debug, Clone)]
pub(super) enum Problem {
    /// The server could not be asked, or does not want to be. What it is asked next will fare no better.
    Server(String),
    /// What it sent is of no use.
    Unusable(String),
}

/// What the documents are asked of.
pub(super) struct Documents {
    client: Client,
    pub(super) index: Index,
    shelf: Shelf,
    /// Documents that answers rest on.
    read: AtomicU64,
    /// When the oldest of those was got, in milliseconds of Unix time.
    oldest: AtomicI64,
}

impl Documents {
    pub(super) fn new(client: Client, index: Index, shelf: Shelf) -> Self {
        Self { client, index, shelf, read: AtomicU64::new(0), oldest: AtomicI64::new(i64::MAX) }
    }

    /// How many documents were read, whether from the server or the cache, and when the oldest was got.
    pub(super) fn read(&self) -> (u64, Timestamp) {
        let oldest = Timestamp::from_millisecond(self.oldest.load(Ordering::Relaxed));
        (self.read.load(Ordering::Relaxed), oldest.unwrap_or_else(|_| self.now()))
    }

    pub(super) fn now(&self) -> Timestamp {
        self.client.clock().now()
    }

    fn count(&self, at: Timestamp) {
        self.read.fetch_add(1, Ordering::Relaxed);
        self.oldest.fetch_min(at.as_millisecond(), Ordering::Relaxed);
    }

    /// What `understood` makes of the document at `address`; `None` when there is none.
    ///
    /// # Errors
    /// Why it could not be had.
    pub(super) fn document<T: Serialize + DeserializeOwned>(
        &self,
        address: &Url,
        accept: &'static str,
        understood: impl Fn(&Response) -> Result<T, String>,
    ) -> Result<Option<T>, Problem> {
        let kept = self.shelf.get::<T>(address.as_str());
        let now = self.now();
        let mut request = self.request(address, MAX_DOCUMENT).header(ACCEPT, HeaderValue::from_static(accept));
        let kept = match kept {
            Some(kept) if kept.is_fresh(now) => {
                self.count(kept.at);
                return Ok(Some(kept.value));
            }
            stale => stale,
        };
        // What may have changed since is asked for only if it has.
        if let Some(kept) = &kept {
            for (header, value) in [(IF_NONE_MATCH, &kept.etag), (IF_MODIFIED_SINCE, &kept.modified)] {
                request = with(request, header, value.as_deref());
            }
        }
        let answer = self.client.send(&request).map_err(problem)?;
        if let (304, Some(kept)) = (answer.status, kept) {
            let kept = Kept { at: now, ..kept };
            self.shelf.put(&kept);
            self.count(now);
            return Ok(Some(kept.value));
        }
        match answer.status {
            404 | 410 => return Ok(None),
            200 => {}
            401 | 403 | 407 => return Err(Problem::Server(answer.refusal().sentence)),
            _ => return Err(Problem::Unusable(answer.refusal().sentence)),
        }
        let value = understood(&answer).map_err(|why| {
            Problem::Unusable(format!("what the index says of it is not understood: {}", excerpt(why.as_bytes())))
        })?;
        let said = |name: &str| answer.header(name).map(str::to_owned);
        let kept = Kept {
            address: address.as_str().to_owned(),
            at: now,
            etag: said("etag"),
            modified: said("last-modified"),
            value,
        };
        self.shelf.put(&kept);
        self.count(now);
        Ok(Some(kept.value))
    }

    /// What is kept of a file, which never changes under its address.
    pub(super) fn known<T: DeserializeOwned>(&self, address: &Url) -> Option<T> {
        self.shelf.get(address.as_str()).map(|kept| kept.value)
    }

    /// Keeps what a file says.
    pub(super) fn learn<T: Serialize>(&self, address: &Url, value: T) {
        let address = address.as_str().to_owned();
        self.shelf.put(&Kept { address, at: self.now(), etag: None, modified: None, value });
    }

    /// The whole of a file; `None` when there is none.
    ///
    /// # Errors
    /// Why it could not be had.
    pub(super) fn file(&self, address: &Url) -> Result<Option<Vec<u8>>, Problem> {
        let answer = self.client.send(&self.request(address, MAX_FILE)).map_err(problem)?;
        match answer.status {
            200 => Ok(Some(answer.body)),
            404 | 410 => Ok(None),
            _ => Err(Problem::Unusable(answer.refusal().sentence)),
        }
    }

    /// A piece of a file. A server that knows no ranges may send the whole, which is a piece too.
    ///
    /// # Errors
    /// Why it could not be had; the whole file may still be.
    pub(super) fn piece(&self, address: &Url, range: remote::Range) -> Result<Piece, Problem> {
        let header = HeaderValue::from_str(&range.header()).map_err(|error| Problem::Unusable(error.to_string()))?;
        let request = self.request(address, MAX_FILE).header(RANGE, header);
        // A range of compressed bytes is of no use.
        let request = request.header(ACCEPT_ENCODING, HeaderValue::from_static("identity"));
        let answer = self.client.send(&request).map_err(problem)?;
        let refused = || Problem::Unusable(answer.refusal().sentence);
        match answer.status {
            206 => {
                let stated = answer.header("content-range").unwrap_or_default().to_owned();
                Piece::new(&stated, answer.body).ok_or_else(|| Problem::Unusable("it sent no piece of it".to_owned()))
            }
            200 => Ok(Piece { start: 0, total: answer.body.len() as u64, bytes: answer.body }),
            _ => Err(refused()),
        }
    }

    fn request(&self, address: &Url, longest: u64) -> Request {
        Request::get(self.index.asked(address)).longest(longest)
    }
}

/// With a header whose value a server once sent.
fn with(request: Request, header: HeaderName, value: Option<&str>) -> Request {
    match value.and_then(|value| HeaderValue::from_str(value).ok()) {
        Some(value) => request.header(header, value),
        None => request,
    }
}

fn problem(failure: Failure) -> Problem {
    match failure.kind {
        Kind::Unreachable | Kind::TimedOut | Kind::Refused(_) => Problem::Server(failure.sentence),
        Kind::TooLarge | Kind::Redirected => Problem::Unusable(failure.sentence),
    }
}

impl Problem {
    /// What it is, for people.
    pub(super) fn sentence(self) -> String {
        match self {
            Self::Server(sentence) | Self::Unusable(sentence) => sentence,
        }
    }
}
