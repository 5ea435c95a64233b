//! The page of a survey in a real browser: its numbers are those of the JSON.

use std::fs;

use regex::Regex;
use serde_json::Value;

use super::{FIXTURE, failure, inside, json, run};
use crate::browser::{bars, browser, chromium, width};

/// The page of the fixture, written into `folder`.
fn page(folder: &std::path::Path) -> String {
    let path = inside(folder, "page.html");
    let output = run(&["--from", FIXTURE, "--quiet", "--html", &path, "--format", "json"], "");
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    path
}

/// The rows of a table of the document, each with its cells' text and the fractions in them.
fn rows(document: &str, key: &str) -> Vec<(Vec<String>, Vec<f64>)> {
    let table = document.split(&format!("data-key=\"{key}\"")).nth(1).unwrap().split("</table>").next().unwrap();
    let (cell, tag) = (Regex::new("(?s)<td[^>]*>(.*?)</td>").unwrap(), Regex::new("<[^>]*>").unwrap());
    let fraction = Regex::new("<data value=\"([^\"]*)\">").unwrap();
    let body = table.split("<tbody>").nth(1).unwrap();
    let row = |row: &str| {
        let cells = cell.captures_iter(row).map(|found| tag.replace_all(&found[1], "").into_owned()).collect();
        (cells, fraction.captures_iter(row).map(|found| found[1].parse().unwrap()).collect())
    };
    body.split("<tr>").skip(1).map(row).collect()
}

#[test]
fn a_browser_shows_the_numbers_of_the_survey() {
    let Some(browser) = browser() else { return };
    let (folder, survey) = (tempfile::tempdir().unwrap(), json(&[]));
    let path = page(folder.path());
    let html = fs::read_to_string(&path).unwrap();
    assert!(!html.contains("<script") && !html.contains(" src=") && !html.contains("url("), "{html}");
    let document = chromium(&browser, path.as_ref(), &["--dump-dom"]);
    let tally = &survey["tally"];
    for (key, number) in [
        ("active", &tally["active"]),
        ("no-upper-bound", &tally["no_upper_bound"]["count"]),
        ("exposed", &tally["exposed"]["count"]),
        ("optional-only", &tally["optional_only"]),
    ] {
        assert!(document.contains(&format!("data-key=\"{key}\">{number}</dd>")), "{key}: {number}");
    }

    let classes = rows(&document, "classes");
    let counted: u64 = classes.iter().map(|(cells, _)| cells[1].parse::<u64>().unwrap()).sum();
    assert_eq!(Value::from(counted), tally["active"]);
    let whole: f64 = classes.iter().flat_map(|(_, fractions)| fractions).sum();
    assert!((whole - 1.0).abs() < 1e-9, "{whole}");

    let mut months = rows(&document, "months");
    months.reverse();
    let told = survey["months"].as_array().unwrap();
    assert_eq!(months.len(), told.len());
    for ((cells, fractions), month) in months.iter().zip(told) {
        assert!(month["month"].as_str().unwrap().starts_with(cells[0].as_str()));
        let shares = ["no_upper_bound", "exposed"].map(|share| month["tally"][share]["share"].as_f64().unwrap());
        assert_eq!(fractions.as_slice(), shares);
    }
    // A point of each line for each month.
    let points = Regex::new("<polyline points=\"([^\"]*)\"").unwrap();
    let lines: Vec<usize> = points.captures_iter(&document).map(|line| line[1].split(' ').count()).collect();
    assert_eq!(lines, [told.len(), told.len()]);

    let heaviest = bars(&document, "heaviest");
    assert_eq!(heaviest.len(), 10);
    for (name, numbers) in heaviest {
        let dependents = survey["dependents"].as_array().unwrap();
        let one = dependents.iter().find(|one| one["name"] == name.as_str()).unwrap();
        assert_eq!(one["downloads"].as_u64(), Some(numbers[0]));
    }

    let image = inside(folder.path(), "page.png");
    chromium(
        &browser,
        path.as_ref(),
        &[&format!("--screenshot={image}"), "--window-size=500,1200", "--hide-scrollbars"],
    );
    assert_eq!(width(&fs::read(image).unwrap()), 500);
}

#[test]
fn a_page_that_cannot_be_written_is_said_to_be() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("file"), "").unwrap();
    let (code, said) = failure(&["--from", FIXTURE, "--html", &inside(folder.path(), "file/page.html")], "");
    assert_eq!(code, Some(2), "{said}");
    assert!(said.contains("failed to save") && said.contains("page.html"), "{said}");
}
