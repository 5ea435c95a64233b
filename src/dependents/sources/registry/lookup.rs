//! One package: its newest release and what that requires, by the cheapest way that the index offers.
//!
//! PyPI's own document says both at once. Else the simple index lists the files, in JSON or HTML, and the metadata is
//! read beside a file, inside a wheel by pieces of it, from the whole wheel, or from a source distribution that
//! promises what its wheel would say. What an index turns out not to offer is not asked of it again.

use std::io::Cursor;
use std::str::FromStr;
use std::sync::atomic::{AtomicUsize, Ordering};

use jiff::Timestamp;
use pep440_rs::Version;

use super::documents::{Documents, Problem};
use super::metadata::Metadata;
use super::project::{File, Kind, Newest, Project};
use super::remote::Remote;
use super::{archive, html, json};
use crate::dependents::http::{Response, Url};
use crate::dependents::{Name, Release};

/// How often a way may lead nowhere before it is not taken any more, if it never led anywhere.
const PATIENCE: usize = 3;

/// How many wheels of one release are opened before it is given up.
const WHEELS: usize = 2;

/// What the simple index is asked for: JSON rather than HTML.
const LISTING: &str = "application/vnd.pypi.simple.v1+json, application/vnd.pypi.simple.v1+html;q=0.2, text/html;q=0.1";

/// What became of one package.
#[derive(Debug)]
pub(super) enum Outcome {
    /// Its newest release, and whether that may be younger than the day asked about.
    Found { release: Release, undated: bool },
    /// The index does not know it.
    Missing,
    /// It has no release, or none before the day asked about.
    Unreleased,
    /// What it requires could not be found out; why.
    Unknown(String),
    /// The server could not be asked; why.
    Failed(String),
}

/// A way to an answer; once it has led somewhere it is always taken.
#[derive(Debug, Default)]
struct Way {
    misses: AtomicUsize,
    hits: AtomicUsize,
}

/// Looks packages up.
pub(super) struct Lookup {
    pub(super) documents: Documents,
    /// PyPI's own document.
    document: Way,
    /// Metadata beside the file.
    beside: Way,
    /// Pieces of a file.
    pieces: Way,
}

impl Way {
    fn is_open(&self) -> bool {
        self.hits.load(Ordering::Relaxed) > 0 || self.misses.load(Ordering::Relaxed) < PATIENCE
    }

    fn led(&self, somewhere: bool) {
        let count = if somewhere { &self.hits } else { &self.misses };
        count.fetch_add(1, Ordering::Relaxed);
    }
}

impl Lookup {
    pub(super) fn new(documents: Documents) -> Self {
        Self { documents, document: Way::default(), beside: Way::default(), pieces: Way::default() }
    }

    /// What became of `name`.
    pub(super) fn look_up(&self, name: &Name, before: Option<Timestamp>) -> Outcome {
        match self.found(name, before) {
            Ok(outcome) => outcome,
            Err(Problem::Server(why)) => Outcome::Failed(why),
            Err(Problem::Unusable(why)) => Outcome::Unknown(why),
        }
    }

    /// The newest final version of `name`.
    pub(super) fn newest_final(&self, name: &Name, before: Option<Timestamp>) -> Result<Option<String>, Problem> {
        let Some(project) = self.project(name, before.is_some())? else { return Ok(None) };
        let newest = project.newest(before).map(|newest| newest.version.to_owned());
        let is_final = |text: &String| Version::from_str(text).is_ok_and(|version| !version.any_prerelease());
        Ok(newest.filter(is_final))
    }

    /// The newest release of `name` that `admits` takes and that was not taken back, or why what it requires is not known.
    pub(super) fn admitted(
        &self,
        name: &Name,
        admits: &dyn Fn(&Version) -> bool,
    ) -> Result<Option<Result<Release, String>>, Problem> {
        let mut project = self.project(name, false)?;
        // What knows the newest release alone does not tell which of the others is admitted.
        if project.as_ref().is_some_and(|project| !project.whole && project.admitted(admits).is_none()) {
            project = self.project(name, true)?;
        }
        let Some(project) = &project else { return Ok(None) };
        project.admitted(admits).map(|newest| self.release(name, project, &newest)).transpose()
    }

    fn found(&self, name: &Name, before: Option<Timestamp>) -> Result<Outcome, Problem> {
        let Some(project) = self.project(name, before.is_some())? else { return Ok(Outcome::Missing) };
        let Some(newest) = project.newest(before) else { return Ok(Outcome::Unreleased) };
        Ok(match self.release(name, &project, &newest)? {
            Ok(release) => Outcome::Found { release, undated: newest.undated },
            Err(why) => Outcome::Unknown(why),
        })
    }

    /// A release with what it requires, or why that is not known.
    fn release(&self, name: &Name, project: &Project, newest: &Newest<'_>) -> Result<Result<Release, String>, Problem> {
        let same = |told: &str| {
            told == newest.version
                || Version::from_str(told).is_ok_and(|told| Version::from_str(newest.version) == Ok(told))
        };
        let told = project.told.as_ref().filter(|told| same(&told.version));
        let requires_dist = match told {
            Some(told) => told.requires_dist.clone(),
            None => match self.requirements(name, newest)? {
                Ok(requires_dist) => requires_dist,
                Err(why) => return Ok(Err(why)),
            },
        };
        let (version, uploaded) = (newest.version.to_owned(), newest.uploaded);
        Ok(Ok(Release { name: name.clone(), version, uploaded, requires_dist, downloads: None }))
    }

    /// What the index lists, of all releases where `all` are needed; `None` where it does not know the package.
    fn project(&self, name: &Name, all: bool) -> Result<Option<Project>, Problem> {
        let document = self.documents.index.document(name).filter(|_| self.document.is_open());
        let mut unread = None;
        if let Some(address) = document {
            let understood = |answer: &Response| of_type(answer, &["application/json"], json::document, name);
            match self.documents.document(&address, "application/json", understood) {
                Ok(Some(project)) => {
                    self.document.led(true);
                    // The newest release alone does not tell which one was the newest on another day.
                    if project.whole || !all {
                        return Ok(Some(project));
                    }
                }
                Ok(None) => unread = Some(&self.document),
                // What is no document may still be a page; a server that cannot be asked has no page either.
                Err(Problem::Unusable(_)) => self.document.led(false),
                Err(problem) => return Err(problem),
            }
        }
        let Some(address) = self.documents.index.project(name) else { return Ok(None) };
        let found = self.documents.document(&address, LISTING, |answer| match answer.media_type().as_str() {
            json::SIMPLE => json::listing(name, &answer.address, &answer.body),
            _ => of_type(answer, &html::TYPES, html::listing, name),
        })?;
        // A package that is nowhere says nothing of the way.
        if let (Some(way), Some(_)) = (unread, &found) {
            way.led(false);
        }
        Ok(found)
    }

    /// What a release requires, or why that is not known.
    fn requirements(&self, name: &Name, newest: &Newest<'_>) -> Result<Result<Vec<String>, String>, Problem> {
        let mut why = "none of its files can be read".to_owned();
        let wheels = newest.files.iter().filter(|file| file.is_wheel()).take(WHEELS);
        let sources = newest.files.iter().filter(|file| matches!(file.kind, Kind::Tarball | Kind::Zip)).take(1);
        for file in wheels.chain(sources) {
            let Ok(address) = Url::parse(&file.address) else { continue };
            if let Some(known) = self.documents.known::<Vec<String>>(&address) {
                return Ok(Ok(known));
            }
            match self.metadata(name, file, &address)? {
                Ok(metadata) if !metadata.is_of(name) || !is_version(&metadata, newest) => {
                    why = format!("the metadata of {} is that of another release", file.name);
                }
                // What stands beside a wheel is the wheel's own; a source distribution has to promise it.
                Ok(metadata) if !file.is_wheel() && !metadata.is_final() => {
                    why = "it is published as source only, and what it requires is settled when it is built".to_owned();
                }
                Ok(metadata) => {
                    self.documents.learn(&address, &metadata.requires_dist);
                    return Ok(Ok(metadata.requires_dist));
                }
                Err(reason) => why = format!("{}: {reason}", file.name),
            }
        }
        Ok(Err(why))
    }

    fn metadata(&self, name: &Name, file: &File, address: &Url) -> Result<Result<Metadata, String>, Problem> {
        if file.has_metadata && self.beside.is_open() {
            let mut beside = address.clone();
            beside.set_path(&format!("{}.metadata", address.path()));
            let read =
                soft(self.documents.file(&beside))?.ok().flatten().and_then(|bytes| Metadata::parse(&bytes).ok());
            self.beside.led(read.is_some());
            if let Some(metadata) = read {
                return Ok(Ok(metadata));
            }
        }
        if file.kind == Kind::Tarball {
            return self.whole(address, |bytes| archive::of_tarball(bytes));
        }
        let in_zip = |from: &mut dyn ReadSeek| {
            if file.is_wheel() { archive::of_wheel(name, from) } else { archive::of_zip(from) }
        };
        if self.pieces.is_open() {
            // What the server said is remembered beside what the archive makes of it.
            let mut broken = None;
            let ask = |range| {
                self.documents.piece(address, range).map_err(|problem| {
                    broken = Some(problem.clone());
                    problem.sentence()
                })
            };
            let read = Remote::open(ask).and_then(|mut remote| in_zip(&mut remote));
            self.pieces.led(read.is_ok());
            match (read, broken) {
                (Ok(bytes), _) => return Ok(Metadata::parse(&bytes)),
                (Err(_), Some(problem @ Problem::Server(_))) => return Err(problem),
                _ => {}
            }
        }
        self.whole(address, |bytes| in_zip(&mut Cursor::new(bytes)))
    }

    fn whole(
        &self,
        address: &Url,
        read: impl Fn(&[u8]) -> Result<Vec<u8>, String>,
    ) -> Result<Result<Metadata, String>, Problem> {
        Ok(match soft(self.documents.file(address))? {
            Ok(Some(bytes)) => read(&bytes).and_then(|bytes| Metadata::parse(&bytes)),
            Ok(None) => Err("the index lists it and does not have it".to_owned()),
            Err(why) => Err(why),
        })
    }
}

/// A zip is read from pieces or from the memory, by the same code.
trait ReadSeek: std::io::Read + std::io::Seek {}

impl<T: std::io::Read + std::io::Seek> ReadSeek for T {}

/// Separates what is wrong with one file from what is wrong with the server.
fn soft<T>(result: Result<T, Problem>) -> Result<Result<T, String>, Problem> {
    match result {
        Ok(value) => Ok(Ok(value)),
        Err(Problem::Unusable(why)) => Ok(Err(why)),
        Err(problem) => Err(problem),
    }
}

/// Whether metadata is that of the release: an archive may say what it likes.
fn is_version(metadata: &Metadata, newest: &Newest<'_>) -> bool {
    Version::from_str(&metadata.version).is_ok_and(|version| Version::from_str(newest.version) == Ok(version))
}

/// Reads an answer of one of `types`.
fn of_type(
    answer: &Response,
    types: &[&str],
    read: impl Fn(&Name, &Url, &[u8]) -> Result<Project, String>,
    name: &Name,
) -> Result<Project, String> {
    let found = answer.media_type();
    if !types.contains(&found.as_str()) {
        return Err(format!("it is of the type `{found}`"));
    }
    read(name, &answer.address, &answer.body)
}
