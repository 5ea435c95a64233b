//! What was learnt of an address, kept in the cache folder, so that the same is not asked for twice: interrupted work
//! goes on where it stopped, and a server may say that nothing has changed since.

use std::path::PathBuf;

use jiff::{SignedDuration, Timestamp};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::cache;

/// How long what was learnt is taken for today's without asking. Registries let their pages be held for ten minutes;
/// a long list of names takes longer to get through than that.
const FRESH: SignedDuration = SignedDuration::from_hours(1);

/// The largest entry that is read, in bytes.
const MAX_ENTRY: u64 = 64 << 20;

/// What was learnt of an address, and when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Kept<T> {
    /// The address, without credentials. Files are called by a hash of it, which two may share.
    pub(super) address: String,
    /// When the server last said so.
    pub(super) at: Timestamp,
    /// What the server calls this state of it.
    pub(super) etag: Option<String>,
    /// When the server last changed it.
    pub(super) modified: Option<String>,
    pub(super) value: T,
}

impl<T> Kept<T> {
    /// Whether it is still good at `now` without asking.
    pub(super) fn is_fresh(&self, now: Timestamp) -> bool {
        let age = now.duration_since(self.at);
        !age.is_negative() && age <= FRESH
    }
}

/// The folder; without one, nothing is kept.
#[derive(Debug, Clone)]
pub(super) struct Shelf(pub(super) Option<PathBuf>);

impl Shelf {
    /// What is kept of `address`.
    pub(super) fn get<T: DeserializeOwned>(&self, address: &str) -> Option<Kept<T>> {
        let kept: Kept<T> = cache::read(self.0.as_ref()?, &file(address), MAX_ENTRY)?;
        (kept.address == address).then_some(kept)
    }

    /// Keeps it.
    pub(super) fn put<T: Serialize>(&self, kept: &Kept<T>) {
        if let Some(folder) = &self.0 {
            cache::write(folder, &file(&kept.address), kept);
        }
    }
}

/// Where an address is kept. Another version of this program may keep something else of it.
fn file(address: &str) -> String {
    let hash = cache::hash(address);
    format!("dependents/registry-by-{}/{:02x}/{hash:016x}.json", env!("CARGO_PKG_VERSION"), hash >> 56)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_is_found_again() {
        let folder = tempfile::tempdir().unwrap();
        let shelf = Shelf(Some(folder.path().to_owned()));
        let address = "https://index.example/simple/../../x\u{1b}/";
        let kept = Kept {
            address: address.to_owned(),
            at: "2026-08-01T00:00:00Z".parse().unwrap(),
            etag: Some("\"1\"".to_owned()),
            modified: None,
            value: vec!["a".to_owned()],
        };
        assert_eq!(shelf.get::<Vec<String>>(address), None);
        shelf.put(&kept);
        assert_eq!(shelf.get(address), Some(kept.clone()));
        assert_eq!(shelf.get::<u32>(address), None);
        assert_eq!(shelf.get::<Vec<String>>("https://index.example/"), None);
        for (now, fresh) in
            [("2026-08-01T01:00:00Z", true), ("2026-08-01T01:00:01Z", false), ("2026-07-31T23:59:59Z", false)]
        {
            assert_eq!(kept.is_fresh(now.parse().unwrap()), fresh, "{now}");
        }
        std::fs::write(folder.path().join(file(address)), "{").unwrap();
        assert_eq!(shelf.get::<Vec<String>>(address), None);
        Shelf(None).put(&kept);
        assert_eq!(Shelf(None).get::<Vec<String>>(address), None);
    }
}
