//! How long a scan takes beside `rg -l mcp` over the same tree, from one run.
//!
//! `cargo bench` unpacks some large wheels below `target/` once (pip and a package index are needed for that), then
//! runs both programs in turns and prints medians, their ratio, and the scan's peak memory. Nothing is asserted: the
//! numbers are for people to read. `MCP_AUDIT_BENCH_TREE=FOLDER` takes another tree.

#![allow(clippy::print_stdout, clippy::unwrap_used, clippy::expect_used, reason = "a script for people")]

mod measure;

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use measure::{median, memory, millis, scanned, timed};

/// Wheels with many Python files, of which some mention mcp; none imports the SDK, whose types `benches/types.rs` measures.
const WHEELS: [&str; 16] = [
    "sympy==1.14.0",
    "django==5.2.8",
    "scipy==1.16.3",
    "pandas==2.3.3",
    "scikit-learn==1.7.2",
    "numpy==2.3.4",
    "matplotlib==3.10.7",
    "networkx==3.5",
    "sqlalchemy==2.0.44",
    "transformers==4.57.1",
    "openai==1.109.1",
    "openai==2.6.1",
    "openai==2.7.2",
    "openai==2.8.0",
    "anthropic==0.72.0",
    "anthropic==0.74.0",
];

const ROUNDS: usize = 15;

fn main() {
    let tree = std::env::var_os("MCP_AUDIT_BENCH_TREE").map_or_else(unpacked, PathBuf::from);
    if Command::new("rg").arg("--version").stdout(Stdio::null()).status().is_err() {
        println!("`rg` is not on the PATH; install ripgrep to compare with it");
        return;
    }
    println!(
        "tree: {} ({} Python files, {} of them mention mcp)",
        tree.display(),
        lines(&tree, &["--files", "-tpy"]),
        lines(&tree, &["-l", "mcp", "-tpy"])
    );
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        theirs.push(timed("rg", &["-l", "mcp"], &tree));
        ours.push(scanned(&tree));
    }
    let (ours, theirs) = (median(ours), median(theirs));
    println!("rg -l mcp       {:>7.1} ms", millis(theirs));
    println!("mcp-audit scan  {:>7.1} ms", millis(ours));
    println!("ratio           {:>7.2}", ours.as_secs_f64() / theirs.as_secs_f64());
    println!("peak memory     {:>11}", memory(&tree));
}

/// Downloads and unpacks the wheels once.
fn unpacked() -> PathBuf {
    let target = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let (wheels, tree) = (target.join("bench-wheels"), target.join("bench-tree"));
    if !tree.join(".done").exists() {
        println!("unpacking {} wheels below {} …", WHEELS.len(), target.display());
        for wheel in WHEELS {
            let mut pip = Command::new("python3");
            pip.args([
                "-m",
                "pip",
                "download",
                "-q",
                "--no-deps",
                "--only-binary=:all:",
                "--python-version",
                "3.12",
                "-d",
            ])
            .args([wheels.as_os_str(), wheel.as_ref()]);
            assert!(
                pip.status().expect("python3 with pip is needed to get the wheels").success(),
                "pip could not get {wheel}"
            );
        }
        // Each in a folder of its own: several are releases of one package.
        let unpack = "import sys,pathlib,zipfile\nfor w in pathlib.Path(sys.argv[1]).glob('*.whl'): zipfile.ZipFile(w).extractall(pathlib.Path(sys.argv[2], w.stem))";
        assert!(Command::new("python3").args(["-c", unpack]).args([&wheels, &tree]).status().unwrap().success());
        std::fs::write(tree.join(".done"), "").unwrap();
    }
    tree
}

fn lines(tree: &Path, arguments: &[&str]) -> usize {
    let output = Command::new("rg").args(arguments).current_dir(tree).output().unwrap();
    output.stdout.iter().filter(|byte| **byte == b'\n').count()
}
