//! Answers of servers, kept in the cache for the rest of the day: a run that was interrupted goes on where it stopped,
//! and a second one on the same day costs the server nothing.
//!
//! An answer lies in a file that is named for its place in the work, so that tomorrow's replaces it, and is only used
//! when it answers the very same question.

use std::path::PathBuf;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::cache;
use crate::dependents::months::day;

/// A longer file is none that was kept here.
const LONGEST: u64 = 256 << 20;

/// The answers to the questions of one source.
#[derive(Debug)]
pub(super) struct Kept {
    folder: Option<PathBuf>,
    source: &'static str,
    refresh: bool,
}

/// One answer as it is kept.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Entry {
    /// What it answers, whole.
    question: String,
    /// When it was given.
    pub(super) retrieved: Timestamp,
    /// The answer.
    pub(super) body: String,
}

impl Kept {
    /// The answers that `source` gave, below `folder`; with `refresh`, those of before are not looked at.
    pub(super) fn new(folder: Option<PathBuf>, source: &'static str, refresh: bool) -> Self {
        Self { folder, source, refresh }
    }

    /// The answer to `question` that was given on the day of `now`.
    pub(super) fn get(&self, work: &str, step: &str, question: &str, now: Timestamp) -> Option<Entry> {
        let folder = self.folder.as_ref().filter(|_| !self.refresh)?;
        let entry: Entry = cache::read(folder, &self.name(work, step), LONGEST)?;
        (entry.question == question && day(entry.retrieved) == day(now)).then_some(entry)
    }

    /// Keeps the answer to `question`, which is one `step` of `work`, and returns it.
    pub(super) fn put(&self, work: &str, step: &str, question: String, body: String, now: Timestamp) -> Entry {
        let entry = Entry { question, retrieved: now, body };
        if let Some(folder) = &self.folder {
            cache::write(folder, &self.name(work, step), &entry);
        }
        entry
    }

    fn name(&self, work: &str, step: &str) -> String {
        format!("dependents/{}/{:016x}/{step}.json", self.source, cache::hash(work))
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn an_answer_is_that_of_its_question_and_its_day() {
        let folder = tempfile::tempdir().unwrap();
        let kept = |refresh| Kept::new(Some(folder.path().to_owned()), "x", refresh);
        let at = |text: &str| text.parse::<Timestamp>().unwrap();
        let (noon, night, next) = (at("2026-08-01T12:00:00Z"), at("2026-08-01T23:59:59Z"), at("2026-08-02T00:00:00Z"));
        assert!(kept(false).get("mcp", "1", "q", noon).is_none());
        kept(true).put("mcp", "1", "q".to_owned(), "answer".to_owned(), noon);
        let found = kept(false).get("mcp", "1", "q", night).unwrap();
        assert_eq!((found.body.as_str(), found.retrieved), ("answer", noon));
        assert!(kept(false).get("mcp", "1", "q", next).is_none());
        assert!(kept(false).get("mcp", "1", "another", night).is_none());
        assert!(kept(false).get("fastmcp", "1", "q", night).is_none());
        assert!(kept(true).get("mcp", "1", "q", night).is_none());
        kept(false).put("mcp", "1", "q".to_owned(), "later".to_owned(), next);
        let files = walk(folder.path());
        assert_eq!(files.len(), 1, "{files:?}");
        fs::write(&files[0], b"{\"question\": ").unwrap();
        assert!(kept(false).get("mcp", "1", "q", next).is_none());
        assert_eq!(Kept::new(None, "x", false).put("mcp", "1", "q".into(), "a".into(), noon).body, "a");
    }

    fn walk(folder: &std::path::Path) -> Vec<PathBuf> {
        let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
        entries.flat_map(|path| if path.is_dir() { walk(&path) } else { vec![path] }).collect()
    }
}
