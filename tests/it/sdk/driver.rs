//! Speaks to `driver.py`, the fork server that runs programs on one SDK: jobs in, answers out, one JSON object a line.

use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::thread;

use serde_json::{Map, Value, json};

use super::environment::plain;

/// One program to run.
pub(crate) struct Job {
    /// Comes back with the answer.
    pub(crate) id: String,
    /// The working folder.
    pub(crate) folder: PathBuf,
    /// The program, relative to the folder.
    pub(crate) file: String,
    /// Seconds until it is killed.
    pub(crate) timeout: f64,
    /// What else `driver.py` is to know of it, by its names for it.
    pub(crate) more: Map<String, Value>,
}

impl Job {
    fn asked(&self) -> Value {
        let mut asked = self.more.clone();
        let known = [
            ("id", json!(self.id)),
            ("dir", json!(self.folder)),
            ("file", json!(self.file)),
            ("timeout", json!(self.timeout)),
        ];
        asked.extend(known.map(|(name, value)| (name.to_owned(), value)));
        Value::Object(asked)
    }
}

/// What became of a program.
#[derive(Debug, Clone)]
pub(crate) struct Answer {
    /// The exit code, negative for a signal; none when its time was up.
    pub(crate) code: Option<i64>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
    /// The exceptions that ended it, as `module.Class: message`; the leaves of a group each on its own.
    pub(crate) raised: Vec<String>,
}

/// Runs every job with the given interpreter; the answers come by the jobs' identifiers.
///
/// # Errors
/// The driver did not start, or did not answer for every job.
pub(crate) fn run_all(python: &Path, jobs: &[Job]) -> Result<BTreeMap<String, Answer>, String> {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/sdk/driver.py");
    let mut driver = plain(python)
        .arg(&script)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|error| format!("failed to start {}: {error}", python.display()))?;
    let (Some(mut stdin), Some(stdout), Some(stderr)) =
        (driver.stdin.take(), driver.stdout.take(), driver.stderr.take())
    else {
        return Err("the driver has no pipes".to_owned());
    };
    let asked: String = jobs.iter().map(|job| format!("{}\n", job.asked())).collect();
    // Each pipe has a thread, so that none fills up while another is waited for.
    let (said, complaints) = thread::scope(|scope| {
        scope.spawn(move || stdin.write_all(asked.as_bytes()));
        let complaints = scope.spawn(move || text(stderr));
        (text(stdout), complaints.join().unwrap_or_default())
    });
    let status = driver.wait().map_err(|error| format!("failed to wait for the driver: {error}"))?;
    let answers: BTreeMap<_, _> = said.lines().filter_map(answer).collect();
    match jobs.iter().find(|job| !answers.contains_key(&job.id)) {
        None if status.success() => Ok(answers),
        missing => {
            let missing = missing.map_or("", |job| job.id.as_str());
            Err(format!("the driver ended with {status}, first without an answer: `{missing}`\n{complaints}"))
        }
    }
}

fn text(mut pipe: impl Read) -> String {
    let mut read = Vec::new();
    // What was read before an error is all there is to go by; a missing answer is noticed by the caller.
    let _ = pipe.read_to_end(&mut read);
    String::from_utf8_lossy(&read).into_owned()
}

fn answer(line: &str) -> Option<(String, Answer)> {
    let value: Value = serde_json::from_str(line).ok()?;
    let field = |name: &str| value[name].as_str().map(str::to_owned);
    let raised = value["raised"].as_array()?.iter().filter_map(|one| one.as_str().map(str::to_owned)).collect();
    Some((
        field("id")?,
        Answer { code: value["code"].as_i64(), stdout: field("stdout")?, stderr: field("stderr")?, raised },
    ))
}
