//! One check of a workspace folder, on a thread of its own: at most one at a time, however often files change meanwhile.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread::Builder;

use crossbeam_channel::Sender;

use crate::ScanOptions;
use crate::inventory::Unsaved;
use crate::report::Report;
use crate::rule::Rules;

/// Bytes of stack for the thread: deeply nested code is walked on it.
const STACK: usize = 16 << 20;

/// What is to be checked.
pub(super) struct Job {
    pub(super) folder: PathBuf,
    pub(super) unsaved: Unsaved,
    /// The versions of the open files, by their URIs.
    pub(super) versions: BTreeMap<String, i32>,
}

/// What came of it.
pub(super) struct Done {
    pub(super) folder: PathBuf,
    pub(super) versions: BTreeMap<String, i32>,
    /// What was found, or why nothing could be.
    pub(super) outcome: Result<Report, String>,
}

/// Starts a check that answers through `done`.
///
/// # Errors
/// There can be no thread for it.
pub(super) fn start(job: Job, rules: Arc<Rules>, done: Sender<Done>) -> std::io::Result<()> {
    let work = move || {
        let Job { folder, unsaved, versions } = job;
        // A panic is a problem of one text, and another text will follow.
        let outcome = catch_unwind(AssertUnwindSafe(|| check(&folder, &unsaved, &rules)));
        let outcome = outcome.unwrap_or_else(|_| Err("mcp-audit broke down on this; please report it as a bug".into()));
        // Nobody listens when the editor has left meanwhile.
        let _ = done.send(Done { folder, versions, outcome });
    };
    Builder::new().stack_size(STACK).spawn(work).map(|_| ())
}

/// Findings name paths from the working folder, and rules ask what is around a file by such paths. No other check runs.
fn check(folder: &Path, unsaved: &Unsaved, rules: &Rules) -> Result<Report, String> {
    let problem = |error: std::io::Error| format!("failed to check `{}`: {error}", folder.display());
    std::env::set_current_dir(folder).map_err(problem)?;
    let options = ScanOptions { paths: vec![PathBuf::from(".")], ..ScanOptions::default() };
    crate::scan_unsaved(&options, unsaved, rules).map_err(problem)
}
