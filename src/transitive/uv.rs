//! uv as the resolver: run in an empty temporary folder, on files made for it, with nothing built and a limit on its time
//! and on what it prints.
//!
//! The user's own configuration and variables are honoured, for they say which index is asked. Those of the scanned
//! project are not: uv looks for configuration and environments from its working directory upwards, and an empty `uv.toml`
//! there ends that search; variables that would send it to a project's folder are taken away.

use std::io::{self, Read};
use std::path::PathBuf;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::{Duration, Instant};

use super::means::{Resolution, Resolve, Task};
use crate::fix;
use crate::manifest::lock::compiled_text;

/// The time one run may take.
const PATIENCE: Duration = Duration::from_secs(60);

/// The time all runs together may take, from the first on.
const PATIENCE_IN_ALL: Duration = Duration::from_secs(600);

/// How much a run may print, in bytes: a thousand times what a large project's solution takes.
const MOST: u64 = 16 << 20;

/// How often a run is looked after.
const PULSE: Duration = Duration::from_millis(10);

/// How long what was printed may take to arrive after the end: a process that uv started may keep the pipe open.
const REST: Duration = Duration::from_secs(2);

/// Variables that point uv at a folder, an environment or a further limit that is the project's affair.
const NOT_ITS_OWN: [&str; 5] = ["UV_PROJECT", "UV_WORKING_DIR", "UV_WORKING_DIRECTORY", "VIRTUAL_ENV", "CONDA_PREFIX"];

/// A uv that runs.
#[derive(Debug)]
pub struct Uv {
    program: PathBuf,
    patience: Duration,
    until: Instant,
}

impl Uv {
    /// The uv on the `PATH`, if there is one that runs.
    pub fn at_hand() -> Option<Self> {
        Self::of("uv", PATIENCE)
    }

    /// The uv that `program` is, with a limit on the time of each run; `None` when it does not run or is none.
    pub fn of(program: impl Into<PathBuf>, patience: Duration) -> Option<Self> {
        let uv = Self { program: program.into(), patience, until: Instant::now() + PATIENCE_IN_ALL };
        let folder = tempfile::tempdir().ok()?;
        let ran = uv.run(Command::new(&uv.program).arg("--version").current_dir(folder.path())).ok()?;
        (ran.status.success() && ran.printed.starts_with("uv ")).then_some(uv)
    }

    fn compile(&self, task: &Task) -> io::Result<Ran> {
        let folder = tempfile::tempdir()?;
        // It ends the search for configuration in the folders above.
        fix::create(folder.path(), "uv.toml", b"")?;
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
                fix::create(folder.path(), name, text.as_bytes())?;
                command.args(option).arg(name);
            }
        }
        self.run(&mut command)
    }

    fn run(&self, command: &mut Command) -> io::Result<Ran> {
        for name in NOT_ITS_OWN {
            command.env_remove(name);
        }
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn()?;
        let (printed, said) = (collected(child.stdout.take()), collected(child.stderr.take()));
        let until = self.until.min(Instant::now() + self.patience);
        let status = ended(&mut child, until)?;
        let text = |from: Receiver<Vec<u8>>| -> io::Result<String> {
            let bytes = from.recv_timeout(REST).map_err(|_| io::Error::other("its output did not end"))?;
            if bytes.len() as u64 >= MOST {
                return Err(io::Error::other("it printed more than a solution can be"));
            }
            Ok(String::from_utf8_lossy(&bytes).into_owned())
        };
        Ok(Ran { status, printed: text(printed)?, said: text(said)? })
    }
}

struct Ran {
    status: ExitStatus,
    printed: String,
    said: String,
}

/// What comes out of `pipe`, as far as it is kept; the rest is thrown away so that the process is not held up.
fn collected(pipe: Option<impl Read + Send + 'static>) -> Receiver<Vec<u8>> {
    let (send, receive) = mpsc::channel();
    thread::spawn(move || {
        let mut bytes = Vec::new();
        if let Some(mut pipe) = pipe {
            // What cannot be read is missing from the output, and what is missing shows there.
            let _ = pipe.by_ref().take(MOST).read_to_end(&mut bytes);
            let _ = io::copy(&mut pipe, &mut io::sink());
        }
        let _ = send.send(bytes);
    });
    receive
}

/// Waits until `child` has ended, and ends it when its time is over.
fn ended(child: &mut Child, until: Instant) -> io::Result<ExitStatus> {
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(status);
        }
        if Instant::now() >= until {
            let _ = child.kill();
            let _ = child.wait();
            return Err(io::Error::new(io::ErrorKind::TimedOut, "it took too long and was ended"));
        }
        thread::sleep(PULSE);
    }
}

impl Resolve for Uv {
    fn resolve(&self, task: &Task) -> Resolution {
        let ran = match self.compile(task) {
            Ok(ran) => ran,
            Err(error) => return Resolution::Failed(error.to_string()),
        };
        if ran.status.success() {
            let packages = compiled_text(&ran.printed).packages;
            // Every line of a solution pins a package; other text is none.
            let is_solution = packages.iter().all(|one| one.is_member || !one.version.is_empty());
            // Nothing is a solution too: every marker may rule its requirement out here.
            return if is_solution && (!packages.is_empty() || ran.printed.trim().is_empty()) {
                Resolution::Found(packages)
            } else {
                Resolution::Failed("it printed something that is not a solution".to_owned())
            };
        }
        if ran.said.contains("No solution found") {
            return Resolution::Impossible(reason(&ran.said));
        }
        let said = reason(&ran.said);
        Resolution::Failed(if said.is_empty() { ran.status.to_string() } else { said })
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
