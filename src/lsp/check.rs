//! One check of a workspace folder, on a thread of its own: at most one at a time, however often files change meanwhile.

use std::collections::BTreeMap;
use std::fmt::Display;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread::Builder;

use crossbeam_channel::Sender;

use crate::config::{Given, Settled};
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
    pub(super) outcome: Result<Checked, String>,
}

/// What a check found.
pub(super) struct Checked {
    pub(super) report: Report,
    /// The rules that it asked, with those of the folder's configuration.
    pub(super) rules: Rules,
    /// What is wrong with the configuration, without which the folder was checked then.
    pub(super) problem: Option<String>,
}

/// Starts a check that answers through `done`.
///
/// # Errors
/// There can be no thread for it.
pub(super) fn start(job: Job, given: Arc<Given>, done: Sender<Done>) -> std::io::Result<()> {
    let work = move || {
        let Job { folder, unsaved, versions } = job;
        // A panic is a problem of one text, and another text will follow.
        let outcome = catch_unwind(AssertUnwindSafe(|| check(&folder, &unsaved, &given)));
        let outcome = outcome.unwrap_or_else(|_| Err("mcp-audit broke down on this; please report it as a bug".into()));
        // Nobody listens when the editor has left meanwhile.
        let _ = done.send(Done { folder, versions, outcome });
    };
    Builder::new().stack_size(STACK).spawn(work).map(|_| ())
}

/// Findings name paths from the working folder, and rules ask what is around a file by such paths. No other check runs.
fn check(folder: &Path, unsaved: &Unsaved, given: &Given) -> Result<Checked, String> {
    let failed = |error: &dyn Display| format!("failed to check `{}`: {error}", folder.display());
    std::env::set_current_dir(folder).map_err(|error| failed(&error))?;
    let paths = || vec![PathBuf::from(".")];
    let scan = |Settled { rules, options, .. }: Settled| match crate::scan_unsaved(&options, unsaved, &rules) {
        Ok(report) => Ok(Checked { report, rules, problem: None }),
        Err(error) => Err(error.to_string()),
    };
    let (problem, is_configured) = match given.settled(paths()) {
        Ok(settled) => {
            let is_configured = settled.config.is_some();
            match scan(settled) {
                Ok(checked) => return Ok(checked),
                Err(problem) => (problem, is_configured),
            }
        }
        Err(problem) => (problem, true),
    };
    if !is_configured {
        return Err(failed(&problem));
    }
    // Whoever is in the midst of writing a configuration still wants to see what is found.
    let plain = given.unconfigured(paths()).and_then(scan).map_err(|other| failed(&other))?;
    Ok(Checked { problem: Some(problem), ..plain })
}
