//! ecosyste.ms, which collects what packages of all ecosystems depend on: an independent cross-check, not an authority.
//!
//! What it calls the name of a dependency keeps its extras and its case, so each spelling has to be asked for on its
//! own; the spellings asked for are told, and others are missed. It calls every dependency with a marker optional, so
//! the marker itself is read instead. Requirements stand with each of a package's versions; those of the newest count.

mod rows;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::de::DeserializeOwned;

use self::rows::{Package, Registry, Row, spellings};
use super::super::http::{Client, Failure, Kind, Limits, Request, Url};
use super::super::{Answer, Coverage, Error, Name, Origin, Question, Release, Source, Told};
use super::kept::Kept;

/// Where its interface is.
const ENDPOINT: &str = "https://packages.ecosyste.ms/api/v1/";

/// What it calls the ecosystem that the packages are of.
const ECOSYSTEM: &str = "pypi";

/// The licence that its data is under, which an answer made of it has to name.
const LICENCE: &str = "data under CC BY-SA 4.0";

/// Rows asked for at once, which is as many as it gives; fewer where those are too long.
const ROWS: usize = 1000;

/// Fewer rows than this are not asked for.
const FEWEST: usize = 10;

/// The longest page, in bytes: each row holds all dependencies of a version.
const MAX_PAGE: u64 = 64 << 20;

/// More pages than there are of any spelling.
const MAX_PAGES: usize = 20_000;

/// The source.
pub struct Ecosystems {
    client: Client,
    endpoint: Url,
    kept: Kept,
}

/// What the pages of one question came to.
struct Found {
    releases: BTreeMap<Name, Release>,
    rows: u64,
    retrieved: Timestamp,
    improper: usize,
}

impl Ecosystems {
    /// The public service; with `refresh`, answers that are kept from before are not used.
    ///
    /// # Errors
    /// When the machine has no network.
    pub fn new(refresh: bool) -> Result<Self, Error> {
        let kept = Kept::new(crate::cache::folder(), "ecosystems", refresh);
        Self::at(Client::new(Limits::default())?, ENDPOINT, kept)
    }

    fn at(client: Client, endpoint: &str, kept: Kept) -> Result<Self, Error> {
        let endpoint = endpoint.parse().map_err(|_| Error(format!("`{endpoint}` is no address")))?;
        Ok(Self { client, endpoint, kept })
    }

    /// The address of `path` below the interface.
    fn address(&self, path: &[&str]) -> Result<Url, Error> {
        let mut address = self.endpoint.clone();
        match address.path_segments_mut() {
            Ok(mut segments) => drop(segments.pop_if_empty().extend(path)),
            Err(()) => return Err(Error("the address of ecosyste.ms holds no path".to_owned())),
        }
        Ok(address)
    }

    /// The document at `address`, from today's answers or the server; with when it was got. `None` when there is none.
    fn document<T: DeserializeOwned>(&self, address: &Url) -> Result<Option<(T, Timestamp)>, Failed> {
        let (question, now) = (address.as_str(), self.client.clock().now());
        let read = |body: &str| serde_json::from_str::<T>(body).map_err(|error| error.to_string());
        if let Some(entry) = self.kept.get(question, "page", question, now)
            && let Ok(value) = read(&entry.body)
        {
            return Ok(Some((value, entry.retrieved)));
        }
        let answer = self.client.send(&Request::get(address.clone()).longest(MAX_PAGE))?;
        if answer.status == 404 {
            return Ok(None);
        }
        if !answer.is_success() {
            return Err(answer.refusal().into());
        }
        if answer.media_type() != "application/json" {
            return Err(answer.unexpected("JSON").into());
        }
        let malformed = |why: String| Failed {
            is_too_large: false,
            error: Error(format!("ecosyste.ms sent what is not understood ({why}); ask another source")),
        };
        let body = String::from_utf8(answer.body).map_err(|error| malformed(error.to_string()))?;
        let value = read(&body).map_err(malformed)?;
        self.kept.put(question, "page", question.to_owned(), body, now);
        Ok(Some((value, now)))
    }

    /// What it calls the ecosystem's main registry, looked up in its own list.
    fn registry(&self) -> Result<String, Error> {
        let mut address = self.address(&["registries"])?;
        address.query_pairs_mut().append_pair("per_page", "1000");
        let known: Vec<Registry> = self.document(&address)?.map(|(known, _)| known).unwrap_or_default();
        let of_ecosystem = known.into_iter().filter(|registry| registry.ecosystem.eq_ignore_ascii_case(ECOSYSTEM));
        let chosen = of_ecosystem.max_by_key(|registry| registry.default);
        let name = chosen.map(|registry| registry.name);
        name.ok_or_else(|| Error(format!("ecosyste.ms lists no registry for {ECOSYSTEM}; ask another source")))
    }

    /// Adds the newest versions that depend on something spelled `spelling`.
    fn add(&self, spelling: &str, question: &Question, found: &mut Found, told: &dyn Told) -> Result<(), Error> {
        let (mut after, mut count) = (0, ROWS);
        for _ in 0..MAX_PAGES {
            let mut address = self.address(&["dependencies"])?;
            address
                .query_pairs_mut()
                .append_pair("ecosystem", ECOSYSTEM)
                .append_pair("package_name", spelling)
                .append_pair("sort", "id")
                .append_pair("order", "asc")
                .append_pair("after", &after.to_string())
                .append_pair("per_page", &count.to_string());
            let (rows, at) = match self.document::<Vec<Row>>(&address) {
                Ok(page) => page.unwrap_or_else(|| (Vec::new(), self.client.clock().now())),
                Err(failed) if failed.is_too_large && count > FEWEST => {
                    count = (count / 4).max(FEWEST);
                    continue;
                }
                Err(failed) => return Err(failed.error),
            };
            found.retrieved = found.retrieved.min(at);
            // A page may hold fewer rows than were asked for; only an empty one is the end.
            let Some(last) = rows.last().map(|row| row.id) else { return Ok(()) };
            if last <= after || !rows.is_sorted_by_key(|row| row.id) {
                return Err(Error("ecosyste.ms does not give its rows in order; ask another source".to_owned()));
            }
            after = last;
            told.advance(rows.len() as u64);
            found.rows += rows.len() as u64;
            rows.into_iter().filter(Row::is_newest).for_each(|row| found.take(row, question));
        }
        Err(Error(format!("ecosyste.ms gave more than {MAX_PAGES} pages of `{spelling}`; ask another source")))
    }
}

impl Found {
    fn take(&mut self, row: Row, question: &Question) {
        let Some(release) = row.release(&question.targets) else {
            self.improper += 1;
            return;
        };
        // A version comes once for each of its lines and for each spelling.
        if let Some(known) = self.releases.get_mut(&release.name).filter(|known| known.version == release.version) {
            let new: Vec<_> =
                release.requires_dist.into_iter().filter(|line| !known.requires_dist.contains(line)).collect();
            known.requires_dist.extend(new);
        } else {
            self.releases.insert(release.name.clone(), release);
        }
    }
}

impl Source for Ecosystems {
    fn releases(&self, question: &Question, told: &dyn Told) -> Result<Answer, Error> {
        if question.before.is_some() {
            let why = "ecosyste.ms knows of today's newest releases only; ask another source about a past day";
            return Err(Error(why.to_owned()));
        }
        let registry = self.registry()?;
        let retrieved = self.client.clock().now();
        let mut found = Found { releases: BTreeMap::new(), rows: 0, retrieved, improper: 0 };
        told.begin("rows", None);
        let asked: Vec<_> = question.targets.iter().flat_map(spellings).collect();
        for spelling in &asked {
            self.add(spelling, question, &mut found, told)?;
        }
        let mut notes = vec![format!(
            "ecosyste.ms files a dependency under its name as written, extras and case included; asked for were {}, \
                 and who writes it otherwise is missed",
            asked.iter().map(|spelling| format!("`{spelling}`")).collect::<Vec<_>>().join(", ")
        )];
        if found.improper > 0 {
            notes.push(format!("{} rows are left out, because they name no package or no version", found.improper));
        }
        let origin = Origin {
            source: "ecosyste.ms",
            place: format!("{} ({registry}; {LICENCE})", self.endpoint),
            retrieved: found.retrieved,
            rows: found.rows,
            coverage: Coverage::All,
        };
        Ok(Answer { releases: found.releases.into_values().collect(), origin, notes })
    }

    fn newest(&self, name: &Name, before: Option<Timestamp>) -> Result<Option<String>, Error> {
        if before.is_some() {
            return Ok(None);
        }
        let address = self.address(&["registries", &self.registry()?, "packages", name.as_str()])?;
        let found: Option<(Package, _)> = self.document(&address)?;
        Ok(found.and_then(|(package, _)| package.latest_release_number))
    }
}

/// Why a document could not be had, and whether less of it might.
struct Failed {
    is_too_large: bool,
    error: Error,
}

impl From<Failure> for Failed {
    fn from(failure: Failure) -> Self {
        Self { is_too_large: failure.kind == Kind::TooLarge, error: failure.into() }
    }
}

impl From<Failed> for Error {
    fn from(failed: Failed) -> Self {
        failed.error
    }
}
