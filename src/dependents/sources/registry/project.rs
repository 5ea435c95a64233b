//! What an index lists of one project: its files, and which release of them is the newest.

use std::collections::BTreeMap;
use std::str::FromStr;

use jiff::Timestamp;
use pep440_rs::Version;
use reqwest::Url;
use serde::{Deserialize, Serialize};

use crate::dependents::Name;
use crate::dependents::newest::in_time;

/// More files than any project has.
pub(super) const MAX_FILES: usize = 200_000;

/// A project as its index lists it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Project {
    /// Every file that could be told apart by its name.
    pub(super) files: Vec<File>,
    /// What the index itself says that one release requires, so that no file need be opened.
    pub(super) told: Option<Told>,
    /// Whether all releases are in it, not the newest alone.
    pub(super) whole: bool,
}

/// What an index says of one release.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Told {
    pub(super) version: String,
    pub(super) requires_dist: Vec<String>,
}

/// A distribution.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct File {
    /// Its name, which says version and kind.
    pub(super) name: String,
    /// Its address, of HTTP.
    pub(super) address: String,
    /// Its version as written in its name.
    pub(super) version: String,
    pub(super) kind: Kind,
    /// Whether it was taken back.
    pub(super) yanked: bool,
    /// When it was uploaded, where the index says so.
    pub(super) uploaded: Option<Timestamp>,
    /// Whether its metadata lies beside it (PEP 658).
    pub(super) has_metadata: bool,
}

/// What sort of distribution a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(super) enum Kind {
    /// A wheel for every platform.
    Universal,
    /// A wheel for one.
    Wheel,
    /// A source distribution that can be read: `.tar.gz` or `.tgz`.
    Tarball,
    /// A source distribution in a zip.
    Zip,
    /// Something else that makes a release: other compressions, installers.
    Other,
}

/// The newest release of a project, as far as its index tells.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Newest<'p> {
    /// Its version, as written in a file's name.
    pub(super) version: &'p str,
    /// When its first file was uploaded, where the index says so.
    pub(super) uploaded: Option<Timestamp>,
    /// Its files, those first that are the easiest to read.
    pub(super) files: Vec<&'p File>,
    /// Whether files were counted of which it is not known when they were uploaded, although that was asked.
    pub(super) undated: bool,
}

impl File {
    /// The file that `name` names, if it is one of `project`.
    pub(super) fn new(project: &Name, name: &str, address: &Url) -> Option<Self> {
        let (kind, version) = kind_and_version(project, name)?;
        Some(Self {
            name: name.to_owned(),
            address: address.as_str().to_owned(),
            version: version.to_owned(),
            kind,
            yanked: false,
            uploaded: None,
            has_metadata: false,
        })
    }

    /// Whether it is a wheel.
    pub(super) fn is_wheel(&self) -> bool {
        matches!(self.kind, Kind::Universal | Kind::Wheel)
    }
}

impl Project {
    /// The newest release by PyPI's rule: what was not taken back before what was, final releases before others, then
    /// by version. With `before`, only what was uploaded before that counts; what has no date is taken to have been.
    /// Whether a release was taken back is known of today only.
    pub(super) fn newest(&self, before: Option<Timestamp>) -> Option<Newest<'_>> {
        self.newest_of(before, &|_, _| true)
    }

    /// The newest release that `admits` takes, and that was not taken back.
    pub(super) fn admitted(&self, admits: &dyn Fn(&Version) -> bool) -> Option<Newest<'_>> {
        self.newest_of(None, &|version, is_kept| is_kept && admits(version))
    }

    /// The newest of the releases that `counts` takes, told of their version and whether they were kept.
    fn newest_of(&self, before: Option<Timestamp>, counts: &dyn Fn(&Version, bool) -> bool) -> Option<Newest<'_>> {
        let mut by_version: BTreeMap<Version, Vec<&File>> = BTreeMap::new();
        for file in self.files.iter().filter(|file| in_time(file.uploaded, before)) {
            // Versions that PEP 440 does not know cannot be ordered, and no installer takes them.
            let Ok(version) = Version::from_str(&file.version) else { continue };
            by_version.entry(version).or_default().push(file);
        }
        let counted = by_version.into_iter().filter_map(|(version, files)| {
            let is_kept = files.iter().any(|file| !file.yanked);
            counts(&version, is_kept).then(|| ((is_kept, !version.any_prerelease(), version), files))
        });
        let (_, mut files) = counted.max_by(|(one, _), (other, _)| one.cmp(other))?;
        files.sort_by(|one, other| (one.kind, &one.name).cmp(&(other.kind, &other.name)));
        Some(Newest {
            version: &files.first()?.version,
            uploaded: files.iter().filter_map(|file| file.uploaded).min(),
            undated: before.is_some() && files.iter().any(|file| file.uploaded.is_none()),
            files,
        })
    }
}

/// What a file's name says, if it is a name of `project`'s.
fn kind_and_version<'n>(project: &Name, name: &'n str) -> Option<(Kind, &'n str)> {
    if let Some(stem) = name.strip_suffix(".whl") {
        let parts: Vec<_> = stem.split('-').collect();
        // Between version and tags a build number may stand.
        let &([dist, version, _, abi, platform] | [dist, version, _, _, abi, platform]) = parts.as_slice() else {
            return None;
        };
        let kind = if (abi, platform) == ("none", "any") { Kind::Universal } else { Kind::Wheel };
        return (Name::new(dist).as_ref() == Some(project)).then_some((kind, version));
    }
    let endings = [
        (".tar.gz", Kind::Tarball),
        (".tgz", Kind::Tarball),
        (".zip", Kind::Zip),
        (".tar.bz2", Kind::Other),
        (".tar.xz", Kind::Other),
        (".tar.Z", Kind::Other),
    ];
    let (stem, kind) = endings.iter().find_map(|(ending, kind)| Some((name.strip_suffix(ending)?, *kind)))?;
    // Both halves may hold hyphens; the project's name is known.
    let at = stem.match_indices('-').find(|(at, _)| Name::new(&stem[..*at]).as_ref() == Some(project))?.0;
    Some((kind, &stem[at + 1..])).filter(|(_, version)| !version.is_empty())
}

/// The address of a file as a page at `page` writes it. A page that came over TLS may not lead to where there is none.
pub(super) fn file_address(page: &Url, written: &str) -> Option<Url> {
    let address = page.join(written).ok()?;
    let is_safe = address.scheme() == "https" || (address.scheme() == "http" && page.scheme() == "http");
    (is_safe && address.has_host()).then_some(address)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(name: &str, uploaded: Option<&str>) -> File {
        let address = Url::parse("https://files.example/x").unwrap();
        let uploaded = uploaded.map(|day| format!("{day}T00:00:00Z").parse().unwrap());
        File { uploaded, ..File::new(&Name::new("demo-pkg").unwrap(), name, &address).unwrap() }
    }

    fn newest(files: &[File], before: Option<&str>) -> Option<(String, bool)> {
        let project = Project { files: files.to_vec(), ..Project::default() };
        let before = before.map(|day| format!("{day}T00:00:00Z").parse().unwrap());
        project.newest(before).map(|newest| (newest.version.to_owned(), newest.undated))
    }

    #[test]
    fn names_of_files_are_parsed() {
        let read = |name: &str| {
            kind_and_version(&Name::new("demo-pkg").unwrap(), name).map(|(kind, version)| (kind, version.to_owned()))
        };
        let some = |kind, version: &str| Some((kind, version.to_owned()));
        assert_eq!(read("demo_pkg-1.0-py3-none-any.whl"), some(Kind::Universal, "1.0"));
        assert_eq!(read("Demo.Pkg-1.0-1build-cp312-cp312-linux_x86_64.whl"), some(Kind::Wheel, "1.0"));
        assert_eq!(read("demo-pkg-1.0.tar.gz"), some(Kind::Tarball, "1.0"));
        assert_eq!(read("demo_pkg-1.0-beta-2.zip"), some(Kind::Zip, "1.0-beta-2"));
        assert_eq!(read("demo-pkg-1.tar.bz2"), some(Kind::Other, "1"));
        for other in
            ["demo-1.0.tar.gz", "demo_pkg-1.0.whl", "x-1-py3-none-any.whl", "demo-pkg-.zip", "demo-pkg.zip", ""]
        {
            assert_eq!(read(other), None, "{other}");
        }
    }

    #[test]
    fn the_newest_is_not_the_last_uploaded() {
        let files = [
            file("demo_pkg-2.0-py3-none-any.whl", Some("2026-03-01")),
            file("demo_pkg-2.0.tar.gz", Some("2026-03-02")),
            file("demo_pkg-1.9.9.tar.gz", Some("2026-05-01")),
            file("demo_pkg-3.0rc1.tar.gz", Some("2026-06-01")),
            file("demo_pkg-4.0.dev1.tar.gz", Some("2026-06-02")),
            File { yanked: true, ..file("demo_pkg-2.1.tar.gz", Some("2026-04-01")) },
            file("demo_pkg-9.0-final!.tar.gz", Some("2026-06-02")),
        ];
        assert_eq!(newest(&files, None), Some(("2.0".to_owned(), false)));
        assert_eq!(newest(&files[2..], None), Some(("1.9.9".to_owned(), false)));
        assert_eq!(newest(&files[3..], None), Some(("4.0.dev1".to_owned(), false)));
        assert_eq!(newest(&files[5..], None), Some(("2.1".to_owned(), false)));
        assert_eq!(newest(&files[6..], None), None);
        let project = Project { files: files.to_vec(), ..Project::default() };
        let found = project.newest(None).unwrap();
        assert_eq!(found.files.iter().map(|file| file.kind).collect::<Vec<_>>(), [Kind::Universal, Kind::Tarball]);
        assert_eq!(found.uploaded.unwrap().to_string(), "2026-03-01T00:00:00Z");
    }

    #[test]
    fn a_past_day_sees_what_was_there() {
        let files = [
            file("demo_pkg-1.0.tar.gz", Some("2026-01-01")),
            file("demo_pkg-2.0.tar.gz", Some("2026-03-01")),
            file("demo_pkg-1.5.tar.gz", None),
        ];
        assert_eq!(newest(&files, Some("2026-03-01")), Some(("1.5".to_owned(), true)));
        assert_eq!(newest(&files, Some("2026-03-02")), Some(("2.0".to_owned(), false)));
        assert_eq!(newest(&files[..2], Some("2026-01-01")), None);
    }

    #[test]
    fn pages_over_tls_do_not_lead_out_of_it() {
        let page = Url::parse("https://index.example/simple/x/").unwrap();
        assert_eq!(file_address(&page, "../../f/x.whl#sha256=0").unwrap().path(), "/f/x.whl");
        for written in ["http://files.example/x.whl", "file:///etc/passwd", "javascript:x", "//", "data:,"] {
            assert_eq!(file_address(&page, written), None, "{written}");
        }
        let plain = Url::parse("http://127.0.0.1:1/simple/x/").unwrap();
        assert!(file_address(&plain, "x.whl").is_some());
    }
}
