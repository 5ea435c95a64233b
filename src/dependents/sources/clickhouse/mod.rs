//! The public copy of the index's upload records in ClickHouse, asked over HTTP: the default, for it needs no account
//! and knows every upload there was. Any other server with the same tables answers as well.
//!
//! First one question names the packages of which some release asks for a target; then their releases are fetched by
//! name, a thousand packages a question. Each answer says how many things it holds and is refused when it holds others,
//! and each is kept for the day ([`Kept`]). Packages are compared by normalised name, whatever spelling a file was
//! uploaded under.

mod answer;
mod sql;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use jiff::{Timestamp, ToSpan};
use serde::de::DeserializeOwned;

use self::answer::{Page, Trouble, Whole};
use super::super::http::{Client, Request, Url, shown};
use super::super::months::day;
use super::super::newest::newest_final;
use super::super::{Answer, Coverage, Error, Name, Origin, Question, Release, Source, Told};
use super::kept::Kept;

/// The server that is asked unless another is named.
pub const ENDPOINT: &str = "https://sql-clickhouse.clickhouse.com/?user=demo";

/// Names another server: `https://user:password@host:port/`.
pub const ENDPOINT_VARIABLE: &str = "MCP_AUDIT_CLICKHOUSE_ENDPOINT";

/// Packages asked for at once. So many names are far shorter than a question may be but in the rarest case.
const PAGE: usize = 1000;

/// Names of candidates that one answer may hold.
const CANDIDATES: usize = 50_000;

/// Bytes of names in one question: servers read no question of more than 256 KiB, and up to two lists stand in one.
const LIST: usize = 96 << 10;

/// Bytes of an answer.
const BODY: u64 = 128 << 20;

/// Public servers give a question a minute; the whole answer is made before the first byte of it is sent.
const PATIENCE: Duration = Duration::from_secs(300);

/// Days without an upload after which a copy of the data is an old one.
const STALE: i32 = 3;

/// A ClickHouse server with the tables of the public one.
pub struct ClickHouse {
    client: Client,
    endpoint: Url,
    /// The endpoint as people see it.
    place: String,
    kept: Kept,
}

/// A package of which some release asks for a target.
#[derive(Debug)]
struct Candidate {
    name: Name,
    spellings: Vec<String>,
}

/// Items of the answer about releases: a name, and of each release its version, the second of its first upload, and what
/// it asks for.
type Listed = (String, Vec<(String, Whole, Vec<String>)>);

/// What is being worked out, and what was learnt on the way.
#[derive(Debug)]
struct Work {
    /// What names it among the answers that are kept.
    name: String,
    /// When the oldest answer was given.
    retrieved: Timestamp,
    /// Rows of the table that were read.
    rows: u64,
    /// The second of the last upload among them.
    newest: u64,
    /// Packages and releases that are left out because they have no proper name, version or date.
    improper: usize,
}

impl ClickHouse {
    /// The server at `endpoint`; without one, that which [`ENDPOINT_VARIABLE`] names, else the public one. With `refresh`,
    /// answers that are kept from before are not used.
    ///
    /// # Errors
    /// An endpoint that is no `http` or `https` address.
    pub fn new(client: Client, endpoint: Option<&str>, refresh: bool) -> Result<Self, Error> {
        let variable = std::env::var(ENDPOINT_VARIABLE).ok().filter(|value| !value.is_empty());
        let text = endpoint.or(variable.as_deref()).unwrap_or(ENDPOINT);
        let kept = Kept::new(crate::cache::folder(), "clickhouse", refresh);
        Self::at(client, text, kept)
    }

    fn at(client: Client, endpoint: &str, kept: Kept) -> Result<Self, Error> {
        let is_web = |address: &Url| matches!(address.scheme(), "http" | "https");
        let Some(mut endpoint) = endpoint.parse().ok().filter(is_web) else {
            let why = "the ClickHouse endpoint is no http or https address; write it as https://user@host:port/";
            return Err(Error(why.to_owned()));
        };
        let place = shown(&endpoint);
        // What fails midway then has a status that says so.
        endpoint.query_pairs_mut().append_pair("wait_end_of_query", "1");
        Ok(Self { client, endpoint, place, kept })
    }

    fn work(&self, of: &str, targets: &[Name], before: Option<Timestamp>) -> Work {
        let targets = targets.iter().map(Name::as_str).collect::<Vec<_>>().join(",");
        // Another user may see other tables, and so may another database.
        let settings: Vec<_> = self.endpoint.query_pairs().filter(|(name, _)| name != "password").collect();
        let (place, user) = (&self.place, self.endpoint.username());
        let name = format!("{place} {user} {settings:?} {of} {targets} {before:?}");
        Work { name, retrieved: self.client.clock().now(), rows: 0, newest: 0, improper: 0 }
    }

    /// The answer to one question that holds all of at most `limit` items: the one that was kept today, else the server's.
    fn ask<T: DeserializeOwned>(
        &self,
        work: &mut Work,
        step: &str,
        query: String,
        limit: usize,
    ) -> Result<Page<T>, Trouble> {
        let read = |body: &str| -> Result<Page<T>, Trouble> {
            let page: Page<T> = answer::page(body)?;
            let (found, expected) = (page.items.len() as u64, page.total.0.min(limit as u64));
            if found == expected {
                return Ok(page);
            }
            let sentence = format!(
                "the ClickHouse server sent {found} of the {expected} things it counted: its limits cut answers short; \
                 ask another server or source"
            );
            Err(Trouble::Malformed(sentence))
        };
        let now = self.client.clock().now();
        if let Some(entry) = self.kept.get(&work.name, step, &query, now)
            && let Ok(page) = read(&entry.body)
        {
            work.retrieved = work.retrieved.min(entry.retrieved);
            return Ok(page);
        }
        let request = Request::post(self.endpoint.clone(), "text/plain; charset=utf-8", query.clone().into_bytes());
        let request = request.longest(BODY).patience(PATIENCE);
        let body = answer::text(&self.client.send(&request).map_err(Trouble::Transport)?)?;
        let page = read(&body)?;
        self.kept.put(&work.name, step, query, body, now);
        Ok(page)
    }

    /// The packages of which some release asks for one of `targets`.
    fn candidates(
        &self,
        work: &mut Work,
        targets: &[Name],
        before: Option<Timestamp>,
    ) -> Result<Vec<Candidate>, Error> {
        let mut found: Vec<Candidate> = Vec::new();
        let mut last = None;
        for part in 0.. {
            let query = sql::candidates(targets, before, last.as_ref(), CANDIDATES);
            let page: Page<(String, Vec<String>)> =
                self.ask(work, &format!("candidates-{part}"), query, CANDIDATES).map_err(error)?;
            (work.rows, work.newest) = (work.rows.max(page.files.0), work.newest.max(page.newest.0));
            let is_last = page.total.0 == page.items.len() as u64;
            for (name, mut spellings) in page.items {
                // What goes into a further question is checked here, whoever answered.
                let Some(name) = Name::new(&name).filter(|proper| proper.as_str() == name) else {
                    work.improper += 1;
                    continue;
                };
                spellings.retain(|spelling| Name::new(spelling).as_ref() == Some(&name));
                if last.as_ref().is_some_and(|last| *last >= name) {
                    let why = "the ClickHouse server repeats itself; check the endpoint, or ask another source";
                    return Err(Error(why.to_owned()));
                }
                last = Some(name.clone());
                found.push(Candidate { name, spellings });
            }
            if is_last {
                break;
            }
        }
        Ok(found)
    }

    /// The releases of `candidates`; in halves where the question is too long or a server finds the answer too much.
    fn listed(
        &self,
        work: &mut Work,
        question: (&[Name], Option<Timestamp>),
        from: usize,
        candidates: &[Candidate],
        releases: &mut Vec<Release>,
    ) -> Result<(), Error> {
        let mut open = vec![(from, candidates)];
        while let Some((from, candidates)) = open.pop() {
            let spellings: Vec<_> = candidates.iter().flat_map(|one| &one.spellings).map(String::as_str).collect();
            let is_long = spellings.iter().map(|one| one.len() + 3).sum::<usize>() > LIST;
            let can_be_halved = candidates.len() > 1;
            let page = if is_long && can_be_halved {
                None
            } else {
                let step = format!("releases-{from}-{}", candidates.len());
                match self.ask(work, &step, sql::releases(question.0, question.1, &spellings), usize::MAX) {
                    Err(trouble) if trouble.is_of_size() && can_be_halved => None,
                    answer => Some(answer.map_err(error)?),
                }
            };
            let Some(page) = page else {
                let (one, other) = candidates.split_at(candidates.len() / 2);
                open.extend([(from + one.len(), other), (from, one)]);
                continue;
            };
            enter(work, page, candidates, releases)?;
        }
        Ok(())
    }

    /// What is to be said about an answer.
    fn notes(&self, work: &Work, before: Option<Timestamp>) -> Vec<String> {
        let mut notes = Vec::new();
        if work.improper > 0 {
            notes.push(format!(
                "{} packages or releases are left out: their names, versions or dates are not such as registries give",
                work.improper
            ));
        }
        let until = before.unwrap_or(work.retrieved).min(work.retrieved);
        let newest = i64::try_from(work.newest).ok().and_then(|second| Timestamp::from_second(second).ok());
        if let Some(newest) = newest
            && let Ok(late) = day(newest).checked_add(STALE.days())
            && late < day(until)
        {
            notes.push(format!("the data ends with an upload of {}: later releases are not in it", day(newest)));
        }
        notes
    }
}

/// Enters a page that answers for `candidates`.
fn enter(
    work: &mut Work,
    page: Page<Listed>,
    candidates: &[Candidate],
    releases: &mut Vec<Release>,
) -> Result<(), Error> {
    if page.items.len() != candidates.len() {
        let (found, asked) = (page.items.len(), candidates.len());
        return Err(Error(format!(
            "the ClickHouse server knows {found} of {asked} packages that it named a moment ago: its data changed, \
             or its limits cut it short; run again with --refresh"
        )));
    }
    for ((name, listed), candidate) in page.items.into_iter().zip(candidates) {
        if name != candidate.name.as_str() {
            return Err(Error(format!(
                "the ClickHouse server was asked of `{}` and answers of another package; check the \
                 endpoint",
                candidate.name
            )));
        }
        for (version, uploaded, requires_dist) in listed {
            let uploaded = i64::try_from(uploaded.0).ok().and_then(|second| Timestamp::from_second(second).ok());
            let Some(uploaded) = uploaded.filter(|_| Release::is_version(&version)) else {
                work.improper += 1;
                continue;
            };
            let name = candidate.name.clone();
            let uploaded = Some(uploaded);
            releases.push(Release { name, version, uploaded, requires_dist, downloads: None });
        }
    }
    Ok(())
}

fn error(trouble: Trouble) -> Error {
    Error(trouble.sentence())
}

/// Parts of `names` that a question has room for.
fn parts(names: &BTreeSet<Name>) -> Vec<Vec<Name>> {
    let mut parts: Vec<Vec<Name>> = Vec::new();
    let mut room = 0;
    for name in names {
        // Quoted, and with a comma.
        let length = name.as_str().len() + 3;
        match parts.last_mut().filter(|_| length <= room) {
            Some(part) => part.push(name.clone()),
            None => {
                parts.push(vec![name.clone()]);
                room = LIST;
            }
        }
        room -= length.min(room);
    }
    parts
}

impl Source for ClickHouse {
    fn releases(&self, question: &Question, told: &dyn Told) -> Result<Answer, Error> {
        let before = question.before;
        let (mut releases, mut notes) = (Vec::new(), BTreeSet::new());
        let (mut retrieved, mut rows) = (self.client.clock().now(), 0);
        for targets in parts(&question.targets) {
            told.begin("packages", None);
            let mut work = self.work("releases", &targets, before);
            let candidates = self.candidates(&mut work, &targets, before)?;
            told.begin("packages", Some(candidates.len() as u64));
            for (number, page) in candidates.chunks(PAGE).enumerate() {
                self.listed(&mut work, (&targets, before), number * PAGE, page, &mut releases)?;
                told.advance(page.len() as u64);
            }
            notes.extend(self.notes(&work, before));
            (retrieved, rows) = (retrieved.min(work.retrieved), rows.max(work.rows));
        }
        // A package that asks for targets of several parts stands in each; who takes the answer unites its releases.
        releases.sort_by(|one: &Release, other| one.name.cmp(&other.name));
        let place = format!("{} ({})", self.place, sql::FILES);
        let origin = Origin { source: "clickhouse", place, retrieved, rows, coverage: Coverage::All };
        Ok(Answer { releases, origin, notes: notes.into_iter().collect() })
    }

    fn downloads(&self, names: &BTreeSet<Name>, told: &dyn Told) -> Result<Option<BTreeMap<Name, u64>>, Error> {
        let until = day(self.client.clock().now());
        let from = until.checked_sub(30.days()).unwrap_or(until);
        let all: Vec<_> = names.iter().collect();
        let mut known = BTreeMap::new();
        told.begin("packages", Some(all.len() as u64));
        let mut work = self.work("downloads", &[], None);
        for (number, names) in all.chunks(PAGE).enumerate() {
            let query = sql::downloads(names, from, until);
            let page: Page<(String, Whole)> =
                match self.ask(&mut work, &format!("downloads-{number}"), query, usize::MAX) {
                    Err(trouble) if trouble.is_of_table() => {
                        return Err(Error(format!(
                            "{} has no table {} to count them from",
                            self.place,
                            sql::DOWNLOADS
                        )));
                    }
                    answer => answer.map_err(error)?,
                };
            let counted = page.items.into_iter().filter_map(|(name, count)| Some((Name::new(&name)?, count.0)));
            known.extend(counted);
            told.advance(names.len() as u64);
        }
        Ok(Some(known))
    }

    fn newest(&self, name: &Name, before: Option<Timestamp>) -> Result<Option<String>, Error> {
        let mut work = self.work("versions", std::slice::from_ref(name), before);
        let page: Page<String> =
            self.ask(&mut work, "versions", sql::versions(name, before), usize::MAX).map_err(error)?;
        Ok(newest_final(page.items.iter().map(String::as_str)).map(str::to_owned))
    }
}
