//! What the benchmarks measure with: the program itself, run from nothing each time.

#![allow(clippy::unwrap_used, reason = "for scripts for people")]

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

pub(crate) const PROGRAM: &str = env!("CARGO_BIN_EXE_mcp-audit");
const SCAN: [&str; 4] = ["scan", "-q", "--fail-on", "never"];

/// How long `program` takes in `folder`.
pub(crate) fn timed(program: &str, arguments: &[&str], folder: &Path) -> Duration {
    let start = Instant::now();
    let mut command = Command::new(program);
    command.args(arguments).current_dir(folder).stdout(Stdio::null()).stderr(Stdio::null());
    // 1 says that something was found; what was wrong would be 2.
    let code = command.status().unwrap().code();
    assert!(matches!(code, Some(0 | 1)), "{program} in {}", folder.display());
    start.elapsed()
}

/// How long a scan of `folder` takes.
#[allow(dead_code, reason = "not every benchmark scans")]
pub(crate) fn scanned(folder: &Path) -> Duration {
    timed(PROGRAM, &SCAN, folder)
}

/// How long it takes to migrate `folder` in memory, proof included.
#[allow(dead_code, reason = "not every benchmark migrates")]
pub(crate) fn migrated(folder: &Path) -> Duration {
    timed(PROGRAM, &["migrate", "--diff", "--unsafe-fixes", "-q"], folder)
}

pub(crate) fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}

pub(crate) fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}

/// The peak resident memory of a scan of `folder`.
#[allow(dead_code, reason = "not every benchmark scans")]
pub(crate) fn memory(folder: &Path) -> String {
    memory_of(&SCAN, folder)
}

/// The peak resident memory of the program run with `arguments` in `folder`, as the operating system counts it.
pub(crate) fn memory_of(arguments: &[&str], folder: &Path) -> String {
    let script = "import resource,subprocess,sys\nsubprocess.run(sys.argv[1:],stdout=subprocess.DEVNULL)\nprint(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)";
    let mut python = Command::new("python3");
    python.args(["-c", script, PROGRAM]).args(arguments).current_dir(folder).stderr(Stdio::null());
    let output = python.output();
    let kib = output.ok().and_then(|output| String::from_utf8(output.stdout).ok()?.trim().parse::<f64>().ok());
    kib.map_or_else(|| "memory not measured: no python3".to_owned(), |kib| format!("{:.1} MiB", kib / 1024.0))
}
