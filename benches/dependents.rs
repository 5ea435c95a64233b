//! What it takes to work out who depends on a package: 10,000 dependents with ten releases each over two years.
//!
//! `cargo bench --bench dependents` writes such a snapshot below `target/` and has it classed, counted and put into
//! months, each time from nothing; it prints the median and the peak memory. Nothing is asserted: the numbers are for
//! people.

#![allow(clippy::print_stdout, clippy::unwrap_used, clippy::expect_used, reason = "a script for people")]

mod measure;

use std::fmt::Write;
use std::fs;
use std::path::Path;

use measure::{PROGRAM, median, memory_of, millis, timed};

const ROUNDS: usize = 7;
const ARGUMENTS: [&str; 5] = ["dependents", "mcp", "--quiet", "--from", "releases.ndjson"];

fn main() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("bench-dependents");
    fs::create_dir_all(&folder).unwrap();
    let text = snapshot(10_000, 10);
    fs::write(folder.join("releases.ndjson"), &text).unwrap();
    let times = (0..ROUNDS).map(|_| timed(PROGRAM, &ARGUMENTS, &folder)).collect();
    println!("{} releases, {:.1} MB", text.lines().count(), text.len() as f64 / 1e6);
    println!("surveyed in {:.0} ms, {}", millis(median(times)), memory_of(&ARGUMENTS, &folder));
}

/// `packages` packages of `releases` releases each, of which every one asks for `mcp` in some way.
fn snapshot(packages: usize, releases: usize) -> String {
    let mut text = String::new();
    for package in 0..packages {
        for release in 0..releases {
            let day = (package + release * 730 / releases) % 730;
            let (year, month) = (2024 + day / 365, day % 365 / 31 + 1);
            let specifier = match (package + release) % 7 {
                0 => String::new(),
                1 => format!(">=1.{}", package % 31),
                2 => format!(">=1.{},<2", package % 30),
                3 => format!("[cli]>=1.{}; python_version >= \\\"3.10\\\"", package % 20),
                4 => format!("~=1.{}", package % 29),
                5 => ">=2,<3".to_owned(),
                _ => format!("=={}.{}.{}", release % 3, package % 30, package % 5),
            };
            write!(
                text,
                "{{\"name\":\"package-{package}\",\"version\":\"{}.{release}.0\",\
                 \"uploaded\":\"{year}-{month:02}-{:02}T10:00:00Z\",\"requires_dist\":[",
                release / 4,
                day % 28 + 1,
            )
            .unwrap();
            for other in 0..14 {
                write!(text, "\"library-{other}>={}.{release}; sys_platform != \\\"win32\\\"\",", package % 90)
                    .unwrap();
            }
            writeln!(text, "\"mcp{specifier}\"]}}").unwrap();
        }
    }
    text
}
