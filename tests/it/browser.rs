//! A real browser, for pages that programs make: what it shows is read back from the document that the browser made.
//!
//! `MCP_AUDIT_BROWSER=required` makes a missing Chromium a failure; any other value is the program to run.

use std::collections::BTreeMap;
use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

use regex::Regex;

use crate::sdk::say;

const NAMES: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/// The browser, or none where none is wanted for sure.
pub(crate) fn browser() -> Option<PathBuf> {
    let asked = env::var("MCP_AUDIT_BROWSER").ok();
    if let Some(path) = asked.as_deref().filter(|asked| *asked != "required") {
        return Some(PathBuf::from(path));
    }
    let paths = env::var_os("PATH").unwrap_or_default();
    let mut all = env::split_paths(&paths).flat_map(|folder| NAMES.map(|name| folder.join(name)));
    let found = all.find(|path| path.is_file());
    assert!(found.is_some() || asked.is_none(), "MCP_AUDIT_BROWSER=required, and there is no Chromium");
    if found.is_none() {
        say("NOT RUN: the pages in a real browser need Chromium, and there is none");
    }
    found
}

/// What the browser prints of a page, run with these arguments.
pub(crate) fn chromium(browser: &Path, page: &Path, arguments: &[&str]) -> String {
    let profile = tempfile::tempdir().unwrap();
    let output = Command::new(browser)
        .args(["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"])
        .arg(format!("--user-data-dir={}", profile.path().display()))
        .args(arguments)
        .arg(format!("file://{}", page.display()))
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// The numbers of a picture: by the row's name, what stands in each column.
pub(crate) fn bars(document: &str, key: &str) -> BTreeMap<String, Vec<u64>> {
    let table = document.split(&format!("data-key=\"{key}\"")).nth(1).unwrap().split("</table>").next().unwrap();
    let (row, number) =
        (Regex::new("<tr data-name=\"([^\"]*)\">").unwrap(), Regex::new("data-label=\"[^\"]*\">(\\d+)</td>").unwrap());
    let starts: Vec<_> = row.captures_iter(table).collect();
    let rows = starts.iter().enumerate().map(|(at, found)| {
        let end = starts.get(at + 1).map_or(table.len(), |next| next.get(0).unwrap().start());
        let text = &table[found.get(0).unwrap().end()..end];
        let numbers = number.captures_iter(text).map(|number| number[1].parse().unwrap()).collect();
        (found[1].to_owned(), numbers)
    });
    rows.collect()
}

/// How wide an image is, by the head of a PNG.
pub(crate) fn width(png: &[u8]) -> u32 {
    u32::from_be_bytes(png[16..20].try_into().unwrap())
}
