//! The page in a real browser: what it shows is read back from the document that the browser made of it, and is what the
//! JSON says.

use std::collections::BTreeMap;
use std::fs;

use serde_json::Value;

use super::{plan, project, run};
use crate::browser::{bars, browser, chromium, width};

/// The same in the JSON.
fn tallies(plan: &Value, list: &str) -> BTreeMap<String, Vec<u64>> {
    let numbers =
        |tally: &Value| tally["by_stage"].as_array().unwrap().iter().map(|one| one.as_u64().unwrap()).collect();
    let all = plan[list].as_array().unwrap().iter();
    all.map(|tally| (tally["name"].as_str().unwrap().to_owned(), numbers(tally))).collect()
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
