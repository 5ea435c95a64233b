//! The page in a real browser: what it shows is read back from the document that the browser made of it, and is what the
//! JSON says.
//!
//! `MCP_AUDIT_BROWSER=required` makes a missing Chromium a failure; any other value is the program to run.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use regex::Regex;
use serde_json::Value;

use super::{plan, project, run};
use crate::sdk::say;

const NAMES: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/// The browser, or none where none is wanted for sure.
fn browser() -> Option<PathBuf> {
    let asked = env::var("MCP_AUDIT_BROWSER").ok();
    if let Some(path) = asked.as_deref().filter(|asked| *asked != "required") {
        return Some(PathBuf::from(path));
    }
    let paths = env::var_os("PATH").unwrap_or_default();
    let mut all = env::split_paths(&paths).flat_map(|folder| NAMES.map(|name| folder.join(name)));
    let found = all.find(|path| path.is_file());
    assert!(found.is_some() || asked.is_none(), "MCP_AUDIT_BROWSER=required, and there is no Chromium");
    if found.is_none() {
        say("NOT RUN: the page of a plan in a real browser needs Chromium, and there is none");
    }
    found
}

fn chromium(browser: &Path, page: &Path, arguments: &[&str]) -> String {
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
fn bars(document: &str, key: &str) -> BTreeMap<String, Vec<u64>> {
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

/// The same in the JSON.
fn tallies(plan: &Value, list: &str) -> BTreeMap<String, Vec<u64>> {
    let numbers =
        |tally: &Value| tally["by_stage"].as_array().unwrap().iter().map(|one| one.as_u64().unwrap()).collect();
    let all = plan[list].as_array().unwrap().iter();
    all.map(|tally| (tally["name"].as_str().unwrap().to_owned(), numbers(tally))).collect()
}

/// How wide an image is, by the head of a PNG.
fn width(png: &[u8]) -> u32 {
    u32::from_be_bytes(png[16..20].try_into().unwrap())
}

#[test]
fn a_browser_shows_the_numbers_of_the_json() {
    let Some(browser) = browser() else { return };
    let folder = project();
    let (plan, page) = (plan(folder.path()), folder.path().join("plan.html"));
    let html = run(folder.path(), &["plan", "--format", "html"]);
    assert!(
        !html.contains("<script") && !html.contains(" src=") && !html.contains("href=\"http") && !html.contains("url(")
    );
    fs::write(&page, &html).unwrap();
    let document = chromium(&browser, &page, &["--dump-dom"]);
    for (stage, key) in plan["stages"].as_array().unwrap().iter().zip(["live", "silent", "safe", "person", "known"]) {
        assert!(document.contains(&format!("data-key=\"{key}\">{}</dd>", stage["places"])), "{key}");
    }
    for (list, key) in [("by_file", "by-file"), ("by_rule", "by-rule")] {
        let shown = bars(&document, key);
        assert!(!shown.is_empty());
        assert_eq!(shown, tallies(&plan, list), "{list}");
    }
    for count in plan["uses"]["counts"].as_array().unwrap() {
        let shown = format!("data-key=\"uses-{}\">{}</span>", count["kind"].as_str().unwrap(), count["code"]);
        assert!(document.contains(&shown), "{shown}");
    }
    // A bar is drawn for every stage that has something, and none is wider than its row.
    let parts = plan["summary"]["by_stage"].as_array().unwrap().iter().filter(|one| one.as_u64() > Some(0)).count();
    let whole = document.split("class=\"whole\"").nth(1).unwrap().split("</svg>").next().unwrap();
    assert_eq!(whole.matches("<rect").count(), parts);
    assert!(whole.contains("<title>Findings by what breaks first: "));
    // It can be drawn, as wide as a phone is.
    let image = folder.path().join("plan.png");
    chromium(
        &browser,
        &page,
        &[&format!("--screenshot={}", image.display()), "--window-size=500,1200", "--hide-scrollbars"],
    );
    assert_eq!(width(&fs::read(image).unwrap()), 500);
}
