//! Files of releases: what is saved replays, what is no release is named, and nothing is written that was not asked for.

use std::fs;

use serde_json::Value;

use super::{FIXTURE, failure, inside, json, run};

#[test]
fn what_is_saved_gives_the_same_answer() {
    let folder = tempfile::tempdir().unwrap();
    let (first, second) = (inside(folder.path(), "first.ndjson"), inside(folder.path(), "second.ndjson"));
    let without_origins = |mut survey: Value| {
        survey.as_object_mut().unwrap().remove("origins");
        survey
    };
    for arguments in [&["--transitive", "6"][..], &["--as-of", "2026-07-28"]] {
        let survey = without_origins(json(&[arguments, &["--save", &first]].concat()));
        let again = ["--from", &first, "--format", "json", "--save", &second];
        let output = run(&[&again, arguments].concat(), "");
        assert_eq!(without_origins(serde_json::from_slice(&output.stdout).unwrap()), survey);
        assert_eq!(fs::read_to_string(&first).unwrap(), fs::read_to_string(&second).unwrap());
    }
    let saved = fs::read_to_string(&first).unwrap();
    assert!(
        saved.starts_with("{\"name\":\"added\",\"version\":\"1.0\",\"uploaded\":\"2025-10-02T12:00:00Z\""),
        "{saved}"
    );
    let shown = run(&["--from", &first, "--save", &first], "");
    let said = String::from_utf8(shown.stderr).unwrap();
    assert!(said.contains(&format!("releases saved; --from {first} gives this answer again.")), "{said}");
    let other = run(&["harbour-pilot", "--from", FIXTURE, "--sample", "--save", &second], "");
    let said = String::from_utf8(other.stderr).unwrap();
    assert!(said.contains(&format!("--from {second} --sample --major 1 gives")), "{said}");
    assert!(run(&["--from", &first, "--save", &first, "-q"], "").stderr.is_empty());
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2, "no temporary file is left");
}

#[test]
fn standard_input_is_a_file_too() {
    let rows = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/dependents/snapshot.ndjson")).unwrap();
    let output = run(&["--from", "-", "--format", "json", "--transitive", "3"], &rows);
    let read: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(read["levels"], json(&["--transitive", "3"])["levels"]);
    assert_eq!(read["origins"][0]["place"], "standard input");
}

/// A pipe by name, as `<(zcat …)` is one, can be read once only.
#[cfg(target_os = "linux")]
#[test]
fn a_pipe_by_name_is_read_once() {
    let rows = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/dependents/snapshot.ndjson")).unwrap();
    let output = run(&["--from", "/dev/stdin", "--format", "json"], &rows);
    let read: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(read["dependents"], json(&[])["dependents"]);
}

#[test]
fn what_cannot_be_read_or_written_ends_with_2_and_a_reason() {
    let folder = tempfile::tempdir().unwrap();
    let path = inside(folder.path(), "releases.ndjson");
    let row = r#"{"name":"a","version":"1","uploaded":"2026-01-01T00:00:00Z","requires_dist":["mcp"]}"#;
    for (text, reason) in [
        (format!("{row}\n\n{{\"name\":\"a\"}}\n"), "releases.ndjson:3: not a release: missing field `version`"),
        (
            format!("{row}\n{}", row.replace("2026-01-01T", "soon ")),
            "releases.ndjson:2: `soon 00:00:00Z` is not a time",
        ),
        (String::new(), "releases.ndjson: there is no release in it"),
    ] {
        fs::write(&path, text).unwrap();
        let (code, said) = failure(&["--from", &path], "");
        assert_eq!(code, Some(2));
        assert!(said.starts_with("error: ") && said.contains(reason), "{said}");
    }
    let (code, said) = failure(&["--from", &inside(folder.path(), "none")], "");
    assert!(code == Some(2) && said.contains("cannot read the snapshot"), "{said}");
    let (code, said) = failure(&["--from", folder.path().to_str().unwrap()], "");
    assert!(code == Some(2) && said.contains("cannot read the snapshot"), "{said}");
    let (code, said) = failure(&["--from", FIXTURE, "--save", folder.path().to_str().unwrap()], "");
    assert!(code == Some(2) && said.contains("failed to save"), "{said}");
    for (arguments, reason) in [
        (&["--names", &path][..], "--names is for --source registry"),
        (&["--source", "ecosystems", "--endpoint", "https://index.example"], "--endpoint is for"),
        (&["--source", "registry", "--names", &path, "--refresh"], "--refresh is not for"),
        (&["--max-bytes", "1GB"], "--max-bytes is for"),
    ] {
        let (code, said) = failure(arguments, "");
        assert!(code == Some(2) && said.contains(reason), "{said}");
    }
    for arguments in [
        &["--transitive", "7"][..],
        &["--major", "0"],
        &["--as-of", "yesterday"],
        &["../etc/passwd"],
        &["--list", "--format", "csv"],
    ] {
        let (code, said) = failure(&[&["--from", FIXTURE], arguments].concat(), "");
        assert!(code == Some(2) && said.contains("error: "), "{said}");
    }
}
