//! Runs another program, bounded in time and output; what it is and what it may do is for the caller to say.

use std::io::{Read, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::time::{Duration, Instant};

/// A program says what is wrong in a few lines.
const COMPLAINT: u64 = 64 << 10;

/// How much a run may take.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Bounds {
    /// From its start to its end.
    pub(crate) time: Duration,
    /// On standard output, in bytes.
    pub(crate) output: u64,
}

/// What a program answered.
pub(crate) struct Answer {
    pub(crate) is_success: bool,
    pub(crate) printed: Vec<u8>,
    complained: Vec<u8>,
}

impl Answer {
    /// The first line of what it complained about.
    pub(crate) fn complaint(&self) -> String {
        let complaint = String::from_utf8_lossy(&self.complained);
        complaint.lines().find(|line| !line.trim().is_empty()).unwrap_or("no reason given").to_owned()
    }
}

/// Runs `command` to its end with `input` on its standard input.
///
/// # Errors
/// A sentence that names the program, where it does not start or does not keep to its bounds; it is ended then.
pub(crate) fn run(command: &mut Command, input: Option<Vec<u8>>, bounds: Bounds) -> Result<Answer, String> {
    let started = Instant::now();
    let name = Path::new(command.get_program()).file_stem().unwrap_or_default().to_string_lossy().into_owned();
    command.stdin(if input.is_some() { Stdio::piped() } else { Stdio::null() });
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().map_err(|error| format!("cannot run {name}: {error}"))?;
    if let (Some(mut pipe), Some(input)) = (child.stdin.take(), input) {
        // In a thread, because it may answer while it is being asked.
        std::thread::spawn(move || pipe.write_all(&input));
    }
    let printed = collected(child.stdout.take(), bounds.output);
    let complained = collected(child.stderr.take(), COMPLAINT);
    let left = || bounds.time.saturating_sub(started.elapsed());
    let late = |child| {
        end(child);
        format!("{name} took longer than {} seconds", bounds.time.as_secs())
    };
    // The pipes are waited for first: a child that fills one would never end otherwise. The readers are threads of
    // their own and are left behind if a grandchild keeps a pipe open.
    let Ok(printed) = printed.recv_timeout(left()) else { return Err(late(child)) };
    if printed.len() as u64 > bounds.output {
        end(child);
        return Err(format!("{name} printed more than {} MiB", bounds.output >> 20));
    }
    let status = loop {
        match child.try_wait() {
            Ok(Some(status)) => break status,
            Ok(None) if left().is_zero() => return Err(late(child)),
            Ok(None) => std::thread::sleep(Duration::from_millis(2)),
            Err(error) => return Err(format!("cannot wait for {name}: {error}")),
        }
    };
    let complained = complained.recv_timeout(left()).unwrap_or_default();
    Ok(Answer { is_success: status.success(), printed, complained })
}

/// Reads at most one byte more than `limit`, in a thread.
fn collected(pipe: Option<impl Read + Send + 'static>, limit: u64) -> mpsc::Receiver<Vec<u8>> {
    let (sender, receiver) = mpsc::channel();
    std::thread::spawn(move || {
        let mut bytes = Vec::new();
        if let Some(pipe) = pipe {
            // A broken pipe ends the output; the exit status tells the rest.
            let _ = pipe.take(limit + 1).read_to_end(&mut bytes);
        }
        let _ = sender.send(bytes);
    });
    receiver
}

fn end(mut child: Child) {
    let _ = child.kill();
    let _ = child.wait();
}

#[cfg(test)]
mod tests {
    use super::*;

    const BOUNDS: Bounds = Bounds { time: Duration::from_secs(30), output: 1 << 20 };

    #[cfg(unix)]
    #[test]
    fn a_child_that_hangs_or_talks_too_much_is_ended() {
        let mut command = Command::new("sleep");
        let started = Instant::now();
        let hangs = run(command.arg("60"), None, Bounds { time: Duration::from_millis(50), ..BOUNDS });
        assert!(hangs.is_err_and(|error| error.contains("sleep took longer")));
        let talks = run(&mut Command::new("yes"), None, BOUNDS);
        assert!(talks.is_err_and(|error| error.contains("yes printed more than 1 MiB")));
        assert!(started.elapsed() < Duration::from_secs(30));
    }

    #[cfg(unix)]
    #[test]
    fn what_is_asked_is_answered() {
        let answer =
            run(&mut Command::new("cat"), Some(vec![b'x'; 1 << 19]), BOUNDS).unwrap_or_else(|error| panic!("{error}"));
        assert!(answer.is_success && answer.printed.len() == 1 << 19);
    }
}
