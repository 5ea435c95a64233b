//! The program's cache folder, which every command may lose: what is in it can be had again.

use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};

use etcetera::BaseStrategy;
use serde::Serialize;
use serde::de::DeserializeOwned;

/// Names the cache folder in place of the platform's.
const VARIABLE: &str = "MCP_AUDIT_CACHE";

/// The folder of this program's cache; `None` on a machine without a home.
pub(crate) fn folder() -> Option<PathBuf> {
    if let Some(folder) = std::env::var_os(VARIABLE).filter(|folder| !folder.is_empty()) {
        return Some(PathBuf::from(folder));
    }
    Some(etcetera::choose_base_strategy().ok()?.cache_dir().join("mcp-audit"))
}

/// What the file `name` of the cache holds; nothing where it is longer than `most` bytes or holds something else.
pub(crate) fn read<T: DeserializeOwned>(folder: &Path, name: &str, most: u64) -> Option<T> {
    let path = folder.join(name);
    if fs::metadata(&path).ok()?.len() > most {
        return None;
    }
    serde_json::from_slice(&fs::read(path).ok()?).ok()
}

/// Keeps `value` in the file `name`. A cache that cannot be written costs the next run the same work and nothing else.
pub(crate) fn write(folder: &Path, name: &str, value: &impl Serialize) {
    if let Ok(text) = serde_json::to_vec(value) {
        let _ = crate::fix::create(folder, name, &text);
    }
}

/// What a file is called after where its own name is too long, or not for file systems. Two texts may share it.
pub(crate) fn hash(text: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish()
}
