//! The newest release of a package by PyPI's rule: final before pre-release, then PEP 440 order, never upload time.
//!
//! Backports are uploaded after the releases they are older than, so the time of an upload says nothing of what an
//! install takes.

use std::collections::{BTreeMap, HashMap};
use std::str::FromStr;

use jiff::Timestamp;
use pep440_rs::Version;

use super::{Name, Release};

/// Where a release stands among those of its package; the greatest is the newest.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Rank {
    /// No version that PEP 440 knows, so that nothing but time orders it.
    Foreign(Option<Timestamp>, String),
    /// A pre-release or a development release.
    Pre(Version),
    /// A final release, or a later edition of one (`.post`).
    Final(Version),
}

impl Rank {
    /// The rank of `release`.
    pub(super) fn of(release: &Release) -> Self {
        Self::new(read(release), release.uploaded)
    }

    /// The rank of a release by its version, or its text where it is none, and its upload.
    fn new(version: Result<Version, String>, uploaded: Option<Timestamp>) -> Self {
        match version {
            Ok(version) if version.any_prerelease() => Self::Pre(version),
            Ok(version) => Self::Final(version),
            Err(foreign) => Self::Foreign(uploaded, foreign),
        }
    }

    /// The version, where it is one.
    pub(super) fn version(&self) -> Option<&Version> {
        match self {
            Self::Foreign(..) => None,
            Self::Pre(version) | Self::Final(version) => Some(version),
        }
    }
}

/// The releases of one package.
#[derive(Debug, Clone)]
pub(super) struct History {
    /// The package.
    pub(super) name: Name,
    /// Its releases with their ranks, each once; in order of upload. Never empty.
    releases: Vec<(Rank, Release)>,
}

impl History {
    /// The history of every package in `releases`, in order of name, of what was uploaded before `before`.
    ///
    /// What stands several times, as one row per file or as `1.0` and `1.0.0`, is one release: it asks for whatever one
    /// of them asks for, and was uploaded with the first.
    pub(super) fn all(releases: Vec<Release>, before: Option<Timestamp>) -> Vec<Self> {
        let mut packages: BTreeMap<Name, Vec<Release>> = BTreeMap::new();
        for release in releases.into_iter().filter(|release| in_time(release.uploaded, before)) {
            match packages.get_mut(&release.name) {
                Some(of) => of.push(release),
                None => drop(packages.insert(release.name.clone(), vec![release])),
            }
        }
        packages.into_iter().map(|(name, releases)| Self { name, releases: united(releases) }).collect()
    }

    /// The newest release of all.
    pub(super) fn newest(&self) -> Option<&Release> {
        self.releases.iter().max_by_key(|(rank, _)| rank).map(|(_, release)| release)
    }

    /// Enters how often the package is downloaded, which stands with its newest release.
    pub(super) fn set_downloads(&mut self, downloads: u64) {
        if let Some((_, newest)) = self.releases.iter_mut().max_by(|(one, _), (other, _)| one.cmp(other)) {
            newest.downloads = Some(downloads);
        }
    }

    /// The releases in order of upload.
    pub(super) fn by_upload(&self) -> &[(Rank, Release)] {
        &self.releases
    }

    /// The releases, to be passed on.
    pub(super) fn into_releases(self) -> impl Iterator<Item = Release> {
        self.releases.into_iter().map(|(_, release)| release)
    }
}

/// Whether what was uploaded then is of the time before `before`; what has no time is taken to be.
pub(super) fn in_time(uploaded: Option<Timestamp>, before: Option<Timestamp>) -> bool {
    before.is_none_or(|before| uploaded.is_none_or(|at| at < before))
}

/// The version of a release; its text where it is none.
fn read(release: &Release) -> Result<Version, String> {
    Version::from_str(&release.version).map_err(|_| release.version.clone())
}

fn united(releases: Vec<Release>) -> Vec<(Rank, Release)> {
    // `Version` holds `1.0` and `1.0.0` for equal; a foreign version is itself alone.
    let mut known: HashMap<Result<Version, String>, Release> = HashMap::with_capacity(releases.len());
    for release in releases {
        let key = read(&release);
        match known.get_mut(&key) {
            Some(same) => {
                same.uploaded = same.uploaded.into_iter().chain(release.uploaded).min();
                same.version = std::mem::take(&mut same.version).min(release.version);
                same.requires_dist.extend(release.requires_dist);
                same.downloads = same.downloads.max(release.downloads);
            }
            None => drop(known.insert(key, release)),
        }
    }
    let mut united: Vec<_> =
        known.into_iter().map(|(version, release)| (Rank::new(version, release.uploaded), release)).collect();
    for (_, release) in &mut united {
        // The order of rows must not be seen in the answer.
        release.requires_dist.sort();
        release.requires_dist.dedup();
    }
    united.sort_by(|(rank, one), (other_rank, other)| (one.uploaded, rank).cmp(&(other.uploaded, other_rank)));
    united
}

/// The newest final version among `versions`, as written.
pub(super) fn newest_final<'v>(versions: impl IntoIterator<Item = &'v str>) -> Option<&'v str> {
    let parsed = versions.into_iter().filter_map(|text| Some((Version::from_str(text).ok()?, text)));
    parsed.filter(|(version, _)| !version.any_prerelease()).max().map(|(_, text)| text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn release(version: &str, uploaded: &str, requires: &[&str]) -> Release {
        Release {
            name: Name::new("a").unwrap(),
            version: version.to_owned(),
            uploaded: Some(uploaded.parse().unwrap()),
            requires_dist: requires.iter().map(|line| (*line).to_owned()).collect(),
            downloads: None,
        }
    }

    fn newest(rows: &[(&str, &str)], before: Option<&str>) -> String {
        let releases = rows.iter().map(|(version, day)| release(version, &format!("{day}T00:00:00Z"), &[])).collect();
        let before = before.map(|day| format!("{day}T00:00:00Z").parse().unwrap());
        History::all(releases, before)[0].newest().unwrap().version.clone()
    }

    #[test]
    fn versions_decide_and_time_does_not() {
        let backport = [("1.9.8", "2025-01-01"), ("2.0", "2025-02-01"), ("1.9.9", "2025-03-01")];
        assert_eq!(newest(&backport, None), "2.0");
        assert_eq!(newest(&backport, Some("2025-02-01")), "1.9.8", "what is uploaded at the instant is not before it");
        assert_eq!(newest(&[("1.0", "2025-01-01"), ("2.0rc1", "2025-02-01")], None), "1.0");
        assert_eq!(newest(&[("1.0", "2025-01-01"), ("2.0.dev1", "2025-02-01")], None), "1.0");
        assert_eq!(newest(&[("1.0a2", "2025-01-01"), ("1.0a10", "2025-02-01")], None), "1.0a10");
        assert_eq!(newest(&[("1.0", "2025-01-01"), ("1.0.post1", "2025-01-01")], None), "1.0.post1");
        assert_eq!(newest(&[("1!0.1", "2025-01-01"), ("9.9", "2025-02-01")], None), "1!0.1");
        assert_eq!(newest(&[("0.1.dev1", "2025-01-01"), ("2004-final", "2025-02-01")], None), "0.1.dev1");
        assert_eq!(newest(&[("0.10", "2025-01-01"), ("0.9", "2025-01-01")], None), "0.10");
    }

    #[test]
    fn rows_of_one_release_are_one() {
        let rows = vec![
            release("1.0.0", "2025-01-02T00:00:00Z", &[]),
            release("1.0", "2025-01-01T00:00:00Z", &["mcp>=1", "httpx"]),
            release("1.0.0", "2025-01-03T00:00:00Z", &["mcp>=1", "anyio"]),
        ];
        let histories = History::all(rows, None);
        assert_eq!(histories[0].by_upload().len(), 1);
        assert_eq!(
            *histories[0].newest().unwrap(),
            release("1.0", "2025-01-01T00:00:00Z", &["anyio", "httpx", "mcp>=1"])
        );
    }

    #[test]
    fn what_has_no_time_counts_whenever_it_was() {
        let undated = || Release { uploaded: None, ..release("2.0", "2025-01-01T00:00:00Z", &[]) };
        let dated = release("1.0", "2025-03-01T00:00:00Z", &[]);
        let before = Some("2025-02-01T00:00:00Z".parse().unwrap());
        let histories = History::all(vec![dated.clone(), undated()], before);
        assert_eq!(histories[0].by_upload().len(), 1);
        assert_eq!(histories[0].newest().unwrap().version, "2.0");
        let same = Release { version: "2".to_owned(), ..dated.clone() };
        let histories = History::all(vec![undated(), same], None);
        assert_eq!(histories[0].newest().unwrap().uploaded, dated.uploaded);
    }

    #[test]
    fn the_newest_final_version_is_told() {
        assert_eq!(newest_final(["1.30.0", "2.3.0", "3.0rc1", "2.10", "x"]), Some("2.10"));
        assert_eq!(newest_final(["3.0rc1"]), None);
    }
}
