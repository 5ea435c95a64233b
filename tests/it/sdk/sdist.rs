//! The code that the SDK's own authors wrote for each major, as its source distributions hold it.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use super::environment::{Environments, plain, run};
use super::ready;

/// The source distribution of `version`, unpacked once beside the environments.
pub(crate) fn unpacked(environments: &Environments, version: &str) -> PathBuf {
    let parent = environments.newer.ancestors().nth(3).unwrap();
    let folder = parent.join(format!("mcp-{version}"));
    if !folder.join("ready").exists() {
        let made = tempfile::tempdir_in(parent).unwrap();
        let download =
            ["-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps", "--no-binary=mcp"];
        run(plain(&environments.newer).args(download).arg(format!("mcp=={version}")).arg("--dest").arg(made.path()))
            .unwrap();
        let archive = made.path().join(format!("mcp-{version}.tar.gz"));
        let unpack = "import sys, tarfile\nwith tarfile.open(sys.argv[1]) as archive:\n    archive.extractall(sys.argv[2], filter='data')";
        run(plain(&environments.newer).args(["-c", unpack]).arg(archive).arg(made.path())).unwrap();
        fs::write(made.path().join(format!("mcp-{version}/ready")), "").unwrap();
        // Another test may have been quicker; what it made is the same.
        let _ = fs::rename(made.path().join(format!("mcp-{version}")), &folder);
    }
    folder
}

/// Rule, file and line of everything found in the Python code below `folder`.
fn found(folder: &Path) -> Vec<(String, String, u64)> {
    let output = Command::new(env!("CARGO_BIN_EXE_mcp-audit"))
        .args(["scan", "--format", "json", "--fail-on", "never"])
        .current_dir(folder)
        .output()
        .unwrap();
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    let findings = report["findings"].as_array().unwrap().iter().map(|finding| {
        let text = |name: &str| finding[name].as_str().unwrap().to_owned();
        (text("rule"), text("path"), finding["start"]["line"].as_u64().unwrap())
    });
    findings.filter(|(rule, ..)| rule.starts_with("PY")).collect()
}

/// Places in `folder` that `lines` names and no finding does.
fn missed(folder: &Path, lines: &str) -> Vec<String> {
    let found: BTreeSet<String> = found(folder).into_iter().map(|(_, path, line)| format!("{path}:{line}")).collect();
    lines.lines().filter(|line| !found.contains(*line)).map(str::to_owned).collect()
}

#[test]
fn nothing_is_found_in_the_newer_sdks_examples() {
    let Some(environments) = ready() else { return };
    let folder = unpacked(&environments, "2.3.0").join("examples");
    let wrong: Vec<_> = found(&folder)
        .into_iter()
        .filter(|(rule, path, _)| {
            let is_so_there = match rule.as_str() {
                // A defect: it asks `ElicitRequestURLParams` for `elicitationId`, which is `elicitation_id` by then.
                "PY202" => "snippets/clients/url_elicitation_client.py",
                // It shows the messages that are deprecated, and warns when it runs.
                "PY861" => "mcpserver/logging_and_progress.py",
                _ => "",
            };
            path != is_so_there
        })
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn every_import_that_fails_is_found_in_the_older_sdks_own_code() {
    let Some(environments) = ready() else { return };
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/sdk/imports.py");
    for (name, at_least) in [("examples", 50), ("tests", 100)] {
        let folder = unpacked(&environments, "1.30.0").join(name);
        let failing = run(plain(&environments.newer).arg(&script).arg(&folder)).unwrap();
        assert!(failing.lines().count() > at_least, "{name}: too few imports fail to be true: {failing}");
        assert_eq!(missed(&folder, &failing), [""; 0], "{name}");
    }
}

/// Fields that were renamed, and that nothing but the SDK's models has in its examples.
const RENAMED: [&str; 8] = [
    ".isError",
    ".inputSchema",
    ".outputSchema",
    ".structuredContent",
    ".mimeType",
    ".nextCursor",
    ".serverInfo",
    ".uriTemplate",
];

#[test]
fn every_renamed_field_is_found_in_the_older_sdks_examples() {
    let Some(environments) = ready() else { return };
    let folder = unpacked(&environments, "1.30.0").join("examples");
    let mut reads = String::new();
    let mut open = vec![folder.clone()];
    while let Some(path) = open.pop() {
        if path.is_dir() {
            open.extend(fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path()));
        } else if path.extension().is_some_and(|ending| ending == "py") {
            let text = fs::read_to_string(&path).unwrap();
            let shown = path.strip_prefix(&folder).unwrap().display().to_string();
            for (at, line) in text.lines().enumerate() {
                let code = line.split('#').next().unwrap_or_default();
                if RENAMED
                    .iter()
                    .any(|field| code.split(*field).skip(1).any(|rest| !rest.starts_with(char::is_alphanumeric)))
                {
                    reads.push_str(&format!("{shown}:{}\n", at + 1));
                }
            }
        }
    }
    assert!(reads.lines().count() > 15, "too few reads to be true: {reads}");
    assert_eq!(missed(&folder, &reads), [""; 0]);
}
