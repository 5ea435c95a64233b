//! uv as the resolver: run in an empty temporary folder, on files made for it, with nothing built and a limit on its time
//! and on what it prints.
//!
//! The user's own configuration and variables are honoured, for they say which index is asked. Those of the scanned
//! project are not: uv looks for configuration and environments from its working directory upwards, and an empty `uv.toml`
//! there ends that search; variables that would send it to a project's folder are taken away.

use std::io;
use std::path::PathBuf;
use std::process::Command;
use std::sync::OnceLock;
use std::time::{Duration, Instant};

use super::means::{Resolution, Resolve, Task};
use crate::fix;
use crate::manifest::lock::compiled_text;
use crate::process::{self, Failure};

/// The time one run may take.
const PATIENCE: Duration = Duration::from_secs(60);

/// The time all runs together may take, from the first on.
const PATIENCE_IN_ALL: Duration = Duration::from_secs(600);

/// How much a run may print, in bytes: a thousand times what a large project's solution takes.
const MOST: u64 = 16 << 20;

/// Variables that point uv at a folder, an environment or a further limit that is the project's affair.
const NOT_ITS_OWN: [&str; 5] = ["UV_PROJECT", "UV_WORKING_DIR", "UV_WORKING_DIRECTORY", "VIRTUAL_ENV", "CONDA_PREFIX"];

/// A uv that runs.
#[derive(Debug)]
pub struct Uv {
    program: PathBuf,
    patience: Duration,
    /// When the time of all runs is over; counted from the first question, before which much else may have been done.
    until: OnceLock<Instant>,
}

impl Uv {
    /// The uv on the `PATH`, if there is one that runs.
    pub fn at_hand() -> Option<Self> {
        Self::of("uv", PATIENCE)
    }

    /// The uv that `program` is, with a limit on the time of each run; `None` when it does not run or is none.
    pub fn of(program: impl Into<PathBuf>, patience: Duration) -> Option<Self> {
        let uv = Self { program: program.into(), patience, until: OnceLock::new() };
        let folder = tempfile::tempdir().ok()?;
        let mut command = Command::new(&uv.program);
        let printed = uv.run(command.arg("--version").current_dir(folder.path()), patience).ok()?;
        printed.starts_with("uv ").then_some(uv)
    }

    fn compile(&self, task: &Task) -> Result<String, Failure> {
        let unmade = |error: io::Error| Failure::NotRun(format!("cannot be given files: {error}"));
        let folder = tempfile::tempdir().map_err(unmade)?;
        // It ends the search for configuration in the folders above.
        fix::create(folder.path(), "uv.toml", b"").map_err(unmade)?;
        let mut command = Command::new(&self.program);
        command.current_dir(folder.path()).args([
            "pip",
            "compile",
            "--quiet",
            "--no-header",
            "--annotation-style",
            "line",
            "--no-build",
            "--no-python-downloads",
            "--system",
            "--no-progress",
            "--color",
            "never",
        ]);
        for (name, option, text) in [
            ("constraints.txt", Some("--constraints"), &task.constraints),
            ("overrides.txt", Some("--overrides"), &task.overrides),
            ("requirements.in", None, &task.requirements),
        ] {
            if !text.is_empty() || option.is_none() {
                fix::create(folder.path(), name, text.as_bytes()).map_err(unmade)?;
                command.args(option).arg(name);
            }
        }
        let until = *self.until.get_or_init(|| Instant::now() + PATIENCE_IN_ALL);
        let left = until.saturating_duration_since(Instant::now());
        self.run(&mut command, self.patience.min(left))
    }

    fn run(&self, command: &mut Command, limit: Duration) -> Result<String, Failure> {
        for name in NOT_ITS_OWN {
            command.env_remove(name);
        }
        let printed = process::printed(command, limit, MOST)?;
        Ok(String::from_utf8_lossy(&printed).into_owned())
    }
}

impl Resolve for Uv {
    fn resolve(&self, task: &Task) -> Resolution {
        let said = match self.compile(task) {
            Ok(printed) => {
                let packages = compiled_text(&printed).packages;
                // Every line of a solution pins a package; other text is none.
                let is_solution = packages.iter().all(|one| one.is_member || !one.version.is_empty());
                // Nothing is a solution too: every marker may rule its requirement out here.
                return if is_solution && (!packages.is_empty() || printed.trim().is_empty()) {
                    Resolution::Found(packages)
                } else {
                    Resolution::Failed("it printed something that is not a solution".to_owned())
                };
            }
            Err(Failure::NotRun(why)) => format!("it {why}"),
            Err(Failure::Refused { complaint, .. }) if complaint.contains("No solution found") => {
                return Resolution::Impossible(reason(&complaint));
            }
            Err(Failure::Refused { status, complaint }) => {
                let said = reason(&complaint);
                if said.is_empty() { status.to_string() } else { said }
            }
        };
        Resolution::Failed(said)
    }
}

/// What uv says, without the marks it draws around it.
fn reason(said: &str) -> String {
    let is_mark = |c: char| c.is_whitespace() || "×╰─▶├│↳·".contains(c);
    let lines = said.lines().map(|line| line.trim_matches(is_mark)).filter(|line| !line.is_empty());
    let all: Vec<&str> = lines.collect();
    // The first line says that there is none, the others why.
    let why: Vec<&str> =
        all.iter().copied().filter(|line| !line.contains("No solution found when resolving")).collect();
    let why = why.join(" ");
    why.trim_start_matches("error: ").trim_start_matches("cause: ").to_owned()
}
