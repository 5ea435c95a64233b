//! Releases in a file, so that a published number can be replayed offline.
//!
//! One JSON object a line (NDJSON), one line per release; a release may stand on several, as it does where there is a
//! row per file. The file is read anew for each question and never held as a whole, whatever it holds beside the answer.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::Offset;
use serde::{Deserialize, Deserializer, Serialize};

use super::super::newest::{History, in_time, newest_final};
use super::super::{Answer, Coverage, Error, Name, Origin, Question, Release, Silent, Source, Told};

/// No release has metadata this long; what has is no snapshot.
const LONGEST_LINE: u64 = 4 << 20;

/// More than this out of a pipe is a file's business, which is not held in memory.
const LONGEST_INPUT: u64 = 512 << 20;

/// A file of releases.
#[derive(Debug)]
pub struct Snapshot {
    text: Text,
    coverage: Coverage,
}

#[derive(Debug)]
enum Text {
    File(PathBuf),
    /// A pipe can be read only once, and every question asks anew. With what people know it by.
    Held(Vec<u8>, String),
}

/// One line, as it stands in the file.
#[derive(Debug, Deserialize, Serialize)]
struct Line<'a> {
    #[serde(borrow)]
    name: Cow<'a, str>,
    #[serde(borrow)]
    version: Cow<'a, str>,
    /// ISO 8601; without an offset it is UTC. `null` where nobody knows.
    #[serde(deserialize_with = "time_or_null")]
    uploaded: Option<Cow<'a, str>>,
    /// Indexes write `null` for nothing; that it is not there at all is a mistake.
    #[serde(deserialize_with = "list_or_null")]
    requires_dist: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    downloads: Option<u64>,
}

fn list_or_null<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<String>, D::Error> {
    Option::deserialize(deserializer).map(Option::unwrap_or_default)
}

fn time_or_null<'de, 'a, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Cow<'a, str>>, D::Error> {
    Option::<String>::deserialize(deserializer).map(|time| time.map(Cow::Owned))
}

impl Snapshot {
    /// The snapshot in the file at `path`, which may be a pipe.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn file(path: &Path, coverage: Coverage) -> Result<Self, Error> {
        let failed = |error: io::Error| Error(format!("cannot read the snapshot `{}`: {error}", path.display()));
        let metadata = fs::metadata(path).map_err(failed)?;
        if metadata.is_dir() {
            return Err(failed(io::ErrorKind::IsADirectory.into()));
        }
        if metadata.is_file() {
            return Ok(Self { text: Text::File(path.to_owned()), coverage });
        }
        Self::held(File::open(path).map_err(failed)?, &path.display().to_string(), coverage)
    }

    /// The snapshot that `input`, called `place`, gives when it is read to its end.
    ///
    /// # Errors
    /// When it cannot be read, or is too long to be held.
    pub fn held(input: impl Read, place: &str, coverage: Coverage) -> Result<Self, Error> {
        let mut text = Vec::new();
        let read = input.take(LONGEST_INPUT + 1).read_to_end(&mut text);
        read.map_err(|error| Error(format!("cannot read {place}: {error}")))?;
        if text.len() as u64 > LONGEST_INPUT {
            let limit = LONGEST_INPUT >> 20;
            return Err(Error(format!("{place} gives more than {limit} MiB; give the snapshot as a file")));
        }
        Ok(Self { text: Text::Held(text, place.to_owned()), coverage })
    }

    /// What people know it by.
    fn place(&self) -> String {
        match &self.text {
            Text::File(path) => path.display().to_string(),
            Text::Held(_, place) => place.clone(),
        }
    }

    fn open(&self) -> Result<Box<dyn BufRead + '_>, Error> {
        match &self.text {
            Text::Held(text, _) => Ok(Box::new(text.as_slice())),
            Text::File(path) => match File::open(path) {
                Ok(file) => Ok(Box::new(BufReader::with_capacity(1 << 16, file))),
                Err(error) => Err(Error(format!("cannot read the snapshot `{}`: {error}", path.display()))),
            },
        }
    }

    /// Hands every release to `each`, until one cannot be read. The number of lines that are one.
    fn each(&self, told: &dyn Told, mut each: impl FnMut(Name, Line<'_>, Option<Timestamp>)) -> Result<u64, Error> {
        let mut reader = self.open()?;
        let (mut bytes, mut number, mut rows) = (Vec::new(), 0_u64, 0_u64);
        loop {
            bytes.clear();
            number += 1;
            let failed = |why: &str| Error(format!("{}:{number}: {why}", self.place()));
            let read = reader.by_ref().take(LONGEST_LINE + 1).read_until(b'\n', &mut bytes);
            if read.map_err(|error| failed(&format!("cannot be read: {error}")))? == 0 {
                return Ok(rows);
            }
            if bytes.len() as u64 > LONGEST_LINE {
                return Err(failed(&format!("the line is longer than {} MiB", LONGEST_LINE >> 20)));
            }
            let line = std::str::from_utf8(&bytes).map_err(|_| failed("the line is not UTF-8"))?;
            let line = if number == 1 { line.trim_start_matches('\u{feff}') } else { line };
            if line.trim().is_empty() {
                continue;
            }
            rows += 1;
            told.advance(1);
            let (name, line, uploaded) = understood(line).map_err(|why| failed(&why))?;
            each(name, line, uploaded);
        }
    }
}

/// What one line says, or why it says nothing.
fn understood(text: &str) -> Result<(Name, Line<'_>, Option<Timestamp>), String> {
    let line: Line<'_> = serde_json::from_str(text).map_err(|error| {
        // The library counts lines within this one, which would be taken for those of the file.
        let said = error.to_string();
        let why = said.rsplit_once(" at line ").map_or(said.as_str(), |(why, _)| why);
        format!("not a release: {why} (column {})", error.column())
    })?;
    let name = Name::new(&line.name).ok_or_else(|| format!("`{}` is not the name of a package", cut(&line.name)))?;
    if !Release::is_version(&line.version) {
        return Err(format!("`{}` is not a version", cut(&line.version)));
    }
    let uploaded = match line.uploaded.as_deref() {
        Some(text) => {
            let wrong = || format!("`{}` is not a time as ISO 8601 writes them", cut(text));
            Some(instant(text).ok_or_else(wrong)?)
        }
        None => None,
    };
    Ok((name, line, uploaded))
}

fn instant(text: &str) -> Option<Timestamp> {
    let with_offset = text.parse::<Timestamp>().ok();
    with_offset.or_else(|| Offset::UTC.to_timestamp(text.parse::<DateTime>().ok()?).ok())
}

/// As much of a value as an error has to show.
fn cut(text: &str) -> String {
    text.chars().take(60).collect()
}

impl Source for Snapshot {
    fn releases(&self, question: &Question, told: &dyn Told) -> Result<Answer, Error> {
        let counts = |uploaded: Option<Timestamp>| in_time(uploaded, question.before);
        let asks = |line: &String| Name::of_requirement(line).is_some_and(|name| question.targets.contains(&name));
        // A package counts with all of its releases, and the line that says it asks may be its last.
        told.begin("rows", None);
        let (mut dependents, mut latest, mut any) = (BTreeSet::new(), None, false);
        let rows = self.each(told, |name, line, uploaded| {
            if counts(uploaded) {
                latest = latest.max(uploaded);
                any = true;
                if line.requires_dist.iter().any(asks) {
                    dependents.insert(name);
                }
            }
        })?;
        if !any {
            let when = if question.before.is_some() { " of that time" } else { "" };
            return Err(Error(format!("{}: there is no release{when} in it", self.place())));
        }
        told.begin("rows", Some(rows));
        let mut releases = Vec::new();
        self.each(told, |name, line, uploaded| {
            if counts(uploaded) && dependents.contains(&name) {
                let requires_dist = line.requires_dist.into_iter().filter(asks).collect();
                let version = line.version.into_owned();
                releases.push(Release { name, version, uploaded, requires_dist, downloads: line.downloads });
            }
        })?;
        releases.sort_by(|one, other| one.name.cmp(&other.name));
        let retrieved = latest.unwrap_or_else(Timestamp::now);
        let origin = Origin { source: "snapshot", place: self.place(), retrieved, rows, coverage: self.coverage };
        Ok(Answer { releases, origin, notes: Vec::new() })
    }

    fn newest(&self, name: &Name, before: Option<Timestamp>) -> Result<Option<String>, Error> {
        let mut versions = BTreeSet::new();
        self.each(&Silent, |of, line, uploaded| {
            if of == *name && in_time(uploaded, before) {
                versions.insert(line.version.into_owned());
            }
        })?;
        Ok(newest_final(versions.iter().map(String::as_str)).map(str::to_owned))
    }
}

/// The lines of a snapshot that holds `releases`, each once and in order, so that the same releases are the same bytes.
/// One that came for several levels asks for what it asked for in each.
pub fn lines(releases: Vec<Release>) -> Vec<u8> {
    let mut text = Vec::new();
    for release in History::all(releases, None).into_iter().flat_map(History::into_releases) {
        let line = Line {
            name: Cow::Borrowed(release.name.as_str()),
            version: Cow::Borrowed(&release.version),
            uploaded: release.uploaded.map(|at| Cow::Owned(at.to_string())),
            requires_dist: release.requires_dist,
            downloads: release.downloads,
        };
        // Strings and numbers always serialise, and a vector takes whatever is written to it.
        if serde_json::to_writer(&mut text, &line).is_ok() {
            text.push(b'\n');
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn held(text: &str) -> Snapshot {
        Snapshot::held(text.as_bytes(), "standard input", Coverage::All).unwrap()
    }

    fn question(before: Option<&str>) -> Question {
        let targets = BTreeSet::from([Name::new("mcp").unwrap()]);
        Question { targets, before: before.map(|at| at.parse().unwrap()) }
    }

    fn answer(text: &str) -> Result<Answer, Error> {
        held(text).releases(&question(None), &Silent)
    }

    const ROWS: &str = "\u{feff}{\"name\": \"B_1\", \"version\": \"1\", \"uploaded\": \"2026-01-01\", \"requires_dist\": null, \"more\": [1]}\r
\r
{\"name\":\"b-1\",\"version\":\"2\",\"uploaded\":\"2026-02-01T02:00:00+02:00\",\"requires_dist\":[\"mcp>=1\",\"mcp-types\"],\"downloads\":5}
{\"name\":\"a\",\"version\":\"1\",\"uploaded\":\"2026-03-01 10:00:00.5\",\"requires_dist\":[\"mcp-types\"]}
{\"name\":\"mcp\",\"version\":\"2.3\",\"uploaded\":\"2026-03-02\",\"requires_dist\":[]}
{\"name\":\"mcp\",\"version\":\"3.0rc1\",\"uploaded\":\"2026-03-03\",\"requires_dist\":[]}";

    #[test]
    fn a_package_comes_with_all_its_releases_and_the_lines_that_were_asked_for() {
        let got = answer(ROWS).unwrap();
        let shown = got.releases.iter().map(|one| format!("{} {} {:?}", one.name, one.version, one.requires_dist));
        assert_eq!(shown.collect::<Vec<_>>(), ["b-1 1 []", "b-1 2 [\"mcp>=1\"]"]);
        assert_eq!((got.origin.rows, got.releases[1].downloads), (5, Some(5)));
        assert_eq!(got.releases[1].uploaded.unwrap().to_string(), "2026-02-01T00:00:00Z");
        assert_eq!(got.origin.retrieved.to_string(), "2026-03-03T00:00:00Z");
        let earlier = held(ROWS).releases(&question(Some("2026-02-01T00:00:00Z")), &Silent).unwrap();
        assert_eq!(earlier.releases, [], "it asked for nothing then");
        let mcp = Name::new("mcp").unwrap();
        assert_eq!(held(ROWS).newest(&mcp, None).unwrap().as_deref(), Some("2.3"));
        assert_eq!(held(ROWS).newest(&mcp, question(Some("2026-01-02T00:00:00Z")).before).unwrap(), None);
    }

    #[test]
    fn a_bad_line_is_named() {
        let row = |name: &str, version: &str, at: &str, requires: &str| {
            format!("\n{{\"name\":\"{name}\",\"version\":\"{version}\",\"uploaded\":\"{at}\"{requires}}}\n")
        };
        let requires = ",\"requires_dist\":[]";
        for (text, why) in [
            (row("../a", "1", "2026-01-01", requires), "`../a` is not the name of a package"),
            (row("a", "", "2026-01-01", requires), "`` is not a version"),
            (row("a", "1", "yesterday", requires), "`yesterday` is not a time"),
            (row("a", "1", "2026-01-01", ""), "missing field `requires_dist`"),
            ("\nmcp>=1\n".to_owned(), "not a release: expected value (column 1)"),
            (format!("\n{}", "[".repeat(100_000)), "not a release"),
            ("\n{\"name\":".to_owned(), "not a release: EOF while parsing a value"),
        ] {
            let error = answer(&text).unwrap_err().0;
            assert!(error.starts_with("standard input:2: ") && error.contains(why), "{error}");
        }
        assert!(answer("\n \n").unwrap_err().0.contains("there is no release in it"));
        let binary = Snapshot::held(&b"\xff\xfe\n"[..], "x", Coverage::All).unwrap();
        assert!(binary.releases(&question(None), &Silent).unwrap_err().0.contains(":1: the line is not UTF-8"));
        let endless = Snapshot::held(std::io::repeat(b' ').take(LONGEST_LINE + 2), "x", Coverage::All).unwrap();
        assert!(endless.releases(&question(None), &Silent).unwrap_err().0.contains("longer than 4 MiB"));
    }
}
