//! Other programs, run to their end within limits: how long they take and how much they print are bounded, so that none
//! of them can hold a run up or fill the memory.

use std::io::{self, Read, Write};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc;
use std::time::{Duration, Instant};

/// How much of what a program complains of is kept, in bytes.
const COMPLAINT_LIMIT: u64 = 64 << 10;

/// Why a program gave nothing.
#[derive(Debug)]
pub(crate) enum Failure {
    /// It could not be run, took too long or printed too much; says which of these, and not the program's name.
    NotRun(String),
    /// It ended with an error, and with what it complained of, which may be nothing.
    Refused { status: ExitStatus, complaint: String },
}

impl Failure {
    /// The failure in a line: of a complaint, the first.
    pub(crate) fn line(&self) -> &str {
        match self {
            Self::NotRun(why) => why,
            Self::Refused { complaint, .. } => {
                let first = complaint.lines().find(|line| !line.trim().is_empty());
                first.map_or("no reason given", |line| line.trim_start_matches("error: "))
            }
        }
    }
}

/// Runs `command` to its end within `limit`, and gives what it printed, which may be `most` bytes long.
pub(crate) fn printed(command: &mut Command, limit: Duration, most: u64) -> Result<Vec<u8>, Failure> {
    answered(command, None, limit, most)
}

/// The same with `input` on its standard input.
pub(crate) fn answered(
    command: &mut Command,
    input: Option<Vec<u8>>,
    limit: Duration,
    most: u64,
) -> Result<Vec<u8>, Failure> {
    let started = Instant::now();
    let mut child = command
        .stdin(if input.is_some() { Stdio::piped() } else { Stdio::null() })
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|error| Failure::NotRun(format!("cannot be run: {error}")))?;
    if let (Some(mut pipe), Some(input)) = (child.stdin.take(), input) {
        // In a thread, because it may answer while it is being asked.
        std::thread::spawn(move || pipe.write_all(&input));
    }
    let printed = collected(child.stdout.take(), most);
    let complained = collected(child.stderr.take(), COMPLAINT_LIMIT);
    let left = || limit.saturating_sub(started.elapsed());
    // The pipes are waited for first: a child that fills one would never end otherwise. The readers are threads of
    // their own and are left behind if a grandchild keeps a pipe open.
    let Ok(printed) = printed.recv_timeout(left()) else { return Err(stopped(child, limit)) };
    if printed.len() as u64 > most {
        stopped(child, limit);
        return Err(Failure::NotRun(format!("printed more than {} KiB", most >> 10)));
    }
    let status = loop {
        match child.try_wait() {
            Ok(Some(status)) => break status,
            Ok(None) if left().is_zero() => return Err(stopped(child, limit)),
            Ok(None) => std::thread::sleep(Duration::from_millis(5)),
            Err(error) => return Err(Failure::NotRun(format!("cannot be waited for: {error}"))),
        }
    };
    if !status.success() {
        let complaint = complained.recv_timeout(left()).unwrap_or_default();
        return Err(Failure::Refused { status, complaint: String::from_utf8_lossy(&complaint).into_owned() });
    }
    Ok(printed)
}

/// Reads at most one byte more than `limit`, in a thread, and throws the rest away, so that nothing waits for its reader.
fn collected(pipe: Option<impl Read + Send + 'static>, limit: u64) -> mpsc::Receiver<Vec<u8>> {
    let (sender, receiver) = mpsc::channel();
    std::thread::spawn(move || {
        let mut bytes = Vec::new();
        let Some(mut pipe) = pipe else { return };
        // A broken pipe ends the output; the exit status tells the rest.
        let _ = pipe.by_ref().take(limit + 1).read_to_end(&mut bytes);
        let _ = sender.send(bytes);
        let _ = io::copy(&mut pipe, &mut io::sink());
    });
    receiver
}

/// Ends a child that took too long.
fn stopped(mut child: Child, limit: Duration) -> Failure {
    let _ = child.kill();
    let _ = child.wait();
    Failure::NotRun(format!("took longer than {limit:?}"))
}
