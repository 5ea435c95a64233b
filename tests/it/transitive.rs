//! `scan --transitive` as the real program: with a uv that a test has written, for what can go wrong with it, and with the
//! real one on wheels made here.
#![cfg(unix)]

use std::fs::{self, File};
use std::io::Write;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::time::{Duration, Instant};

use mcp_audit::transitive::{Resolution, Resolve, Task, Uv};
use serde_json::Value;

use crate::project::lay_out;
use crate::sdk::environment::uv;
use crate::sdk::excused;

const SERVER: &str = "from mcp.server.fastmcp import FastMCP\n";

/// A folder that holds an executable `uv` with this text.
fn fake(script: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("uv");
    fs::write(&path, format!("#!/bin/sh\n[ \"$1\" = --version ] && echo 'uv 9.9.9' && exit\n{script}")).unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
    folder
}

/// The program's scan of `project` with `folder` first on the `PATH`.
fn scan(project: &Path, folder: &Path, arguments: &[&str], variables: &[(&str, &str)]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_mcp-audit"))
        .args(["scan", "--transitive"])
        .args(arguments)
        .current_dir(project)
        .env("PATH", format!("{}:/usr/bin:/bin", folder.display()))
        .envs(variables.iter().copied())
        .output()
        .unwrap()
}

fn text(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

fn answers(output: &Output) -> Vec<Value> {
    let report: Value = serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{}", text(output)));
    assert_eq!(report["schema_version"], 1);
    report["transitive"].as_array().unwrap().clone()
}

fn weather(dependencies: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let manifest = format!(
        "[project]\nname = \"weather\"\ndependencies = [{dependencies}]\n[tool.uv]\nindex-url = \"https://index.example/\"\nconstraint-dependencies = [\"other<9\"]\n"
    );
    lay_out(folder.path(), &[("pyproject.toml", manifest.as_str()), ("weather/server.py", SERVER)]);
    folder
}

#[test]
fn a_dependency_that_brings_the_next_major_is_an_error() {
    let log = tempfile::NamedTempFile::new().unwrap();
    let uv = fake(
        "{ pwd; ls -A; echo \"$@\"; cat requirements.in constraints.txt; } >> \"$LOG\"\n\
         echo 'midlib==1.0  # via -r requirements.in'\n\
         if grep -q 'mcp<2' constraints.txt; then echo 'mcp==1.30.0  # via midlib'; else echo 'mcp==2.3.0  # via midlib'; fi\n",
    );
    let project = weather("\"midlib>=1\"");
    let variables = [("LOG", log.path().to_str().unwrap()), ("UV_PROJECT", "/nowhere")];
    let output = scan(project.path(), uv.path(), &[], &variables);
    let told = text(&output);
    assert_eq!(output.status.code(), Some(1), "{told}");
    for wanted in [
        "error[DEP028]: a fresh install takes mcp 2 through `midlib`, and nothing here bounds it: weather → midlib → mcp\n --> pyproject.toml:3:18",
        "weather: takes mcp 2 (2.3.0 by uv)\n  weather → midlib 1.0 → mcp 2.3.0\n  `mcp<2` leaves a solution\n",
    ] {
        assert!(told.contains(wanted), "{told}");
    }
    let log = fs::read_to_string(log.path()).unwrap();
    assert!(!log.contains(project.path().to_str().unwrap()), "{log}");
    let asked = log.lines().filter(|line| line.starts_with("pip compile")).count();
    assert_eq!(asked, 2, "{log}");
    for wanted in
        ["--no-build", "--no-header", "\nmidlib>=1\nother<9\n", "\nmidlib>=1\nother<9\nmcp<2\n", "\nuv.toml\n"]
    {
        assert!(log.contains(wanted), "{wanted} in {log}");
    }
    assert!(!log.contains("index.example"), "{log}");
}

#[test]
fn a_uv_that_fails_is_told_and_harms_nothing() {
    let project = weather("\"midlib\"");
    for (script, told) in [
        ("exit 2", "uv could not tell: exit status: 2"),
        (
            "printf 'error: Failed to fetch: \\033[31mx\\n' >&2; exit 2",
            "uv could not tell: Failed to fetch: \\u{1b}[31mx",
        ),
        ("echo '<html>'; echo 'mcp and so on'", "uv could not tell: it printed something that is not a solution"),
        ("echo '[31m'", "uv could not tell: it printed something that is not a solution"),
        ("head -c 40000000 /dev/zero", "uv could not tell: it printed more than 16384 KiB"),
        ("echo '× No solution found when resolving dependencies:' >&2; exit 1", "nothing satisfies what it asks for"),
    ] {
        let uv = fake(script);
        let output = scan(project.path(), uv.path(), &["--fail-on", "never"], &[]);
        let said = text(&output);
        assert_eq!(output.status.code(), Some(0), "{said}");
        assert!(said.contains("weather: could not be told") && said.contains(told), "{script}: {said}");
        assert!(!said.contains("DEP028"), "{said}");
    }
}

#[test]
fn without_uv_locks_still_answer() {
    let (project, empty) = (weather("\"midlib\""), tempfile::tempdir().unwrap());
    // An index that nobody answers at, so that not even an estimate can be made.
    let nowhere = [("UV_DEFAULT_INDEX", "http://127.0.0.1:9/simple/")];
    let output = scan(project.path(), empty.path(), &["--format", "json"], &nowhere);
    let answers = answers(&output);
    assert_eq!((answers.len(), &answers[0]["outcome"]), (1, &Value::from("unknown")));
    let notes = answers[0]["notes"].to_string();
    assert!(notes.contains("uv is not on the PATH; estimated") && notes.contains("127.0.0.1"), "{notes}");
    let lock = "[[package]]\nname = \"midlib\"\nversion = \"1.0\"\n[package.dependencies]\nmcp = \">=1\"\n\n[[package]]\nname = \"mcp\"\nversion = \"1.30.0\"\n";
    lay_out(project.path(), &[("poetry.lock", lock)]);
    let output = scan(project.path(), empty.path(), &[], &[]);
    let said = text(&output);
    assert!(
        said.contains("weather: takes mcp 2 (nothing in the lock keeps it out); `poetry.lock` holds 1.30.0\n  weather → midlib 1.0 (mcp>=1) → mcp 1.30.0\n"),
        "{said}"
    );
    assert!(
        said.contains("error[DEP028]") && said.contains("`poetry.lock` holds 1.30.0 today and hides this"),
        "{said}"
    );
}

#[test]
fn a_uv_that_hangs_is_ended() {
    let folder = fake("sleep 60");
    let uv = Uv::of(folder.path().join("uv"), Duration::from_millis(400)).unwrap();
    let start = Instant::now();
    let Resolution::Failed(why) = uv.resolve(&Task { requirements: "x\n".into(), ..Task::default() }) else { panic!() };
    assert!(why.contains("took longer than 400ms") && start.elapsed() < Duration::from_secs(10), "{why}");
}

/// A wheel that holds nothing but what it asks for.
fn wheel(folder: &Path, name: &str, version: &str, requires: &[&str]) {
    let file = File::create(folder.join(format!("{name}-{version}-py3-none-any.whl"))).unwrap();
    let mut zip = zip::ZipWriter::new(file);
    let info = format!("{name}-{version}.dist-info");
    let requires: String = requires.iter().map(|one| format!("Requires-Dist: {one}\n")).collect();
    for (path, text) in [
        ("METADATA", format!("Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n{requires}")),
        ("WHEEL", "Wheel-Version: 1.0\nGenerator: made\nRoot-Is-Purelib: true\nTag: py3-none-any\n".to_owned()),
        ("RECORD", String::new()),
    ] {
        zip.start_file(format!("{info}/{path}"), zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap();
}

/// The folder of the real uv, or none where it was said that nothing can be fetched.
fn real() -> Option<PathBuf> {
    Some(excused(uv(), "the real resolver is uv from the index")?.parent().unwrap().to_owned())
}

#[test]
fn the_real_resolver_tells_each_outcome_offline() {
    let Some(uv) = real() else { return };
    let (wheels, home) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    for (name, version, requires) in [
        ("mcp", "1.30.0", &[][..]),
        ("mcp", "2.3.0", &[]),
        ("openlib", "1.0", &["mcp>=1"]),
        ("midlib", "1.0", &["openlib"]),
        ("caplib", "1.0", &["mcp<2"]),
        ("backlib", "0.9", &["mcp"]),
        ("backlib", "1.0", &["mcp<2"]),
        ("nextlib", "1.0", &["mcp>=2"]),
        ("lone", "1.0", &[]),
    ] {
        wheel(wheels.path(), name, version, requires);
    }
    // The user's own configuration says where wheels are; that of the projects is not read.
    let own = format!("no-index = true\nfind-links = [\"{}\"]\n", wheels.path().display());
    lay_out(home.path(), &[("uv/uv.toml", &own)]);
    let project = tempfile::tempdir().unwrap();
    for (name, dependencies) in [
        ("a-mid", "\"midlib\""),
        ("b-cap", "\"midlib\", \"caplib\""),
        ("c-back", "\"backlib\""),
        ("d-next", "\"nextlib\""),
        ("e-lone", "\"lone\""),
        ("f-gone", "\"gone\""),
    ] {
        let manifest = format!(
            "[project]\nname = \"{name}\"\ndependencies = [{dependencies}]\n[tool.uv]\nfind-links = [\"/nowhere\"]\n"
        );
        let toml = "no-index = false\nindex-url = \"https://index.example/simple\"\n";
        let paths = [format!("{name}/pyproject.toml"), format!("{name}/uv.toml"), format!("{name}/server.py")];
        lay_out(project.path(), &[(&paths[0], manifest.as_str()), (&paths[1], toml), (&paths[2], SERVER)]);
    }
    let home = home.path().to_str().unwrap();
    let output = scan(project.path(), &uv, &["--format", "json"], &[("XDG_CONFIG_HOME", home)]);
    let shown: Vec<String> = answers(&output)
        .iter()
        .map(|one| {
            let list = |key: &str, field: &str| -> String {
                let all = one[key].as_array().unwrap().iter().map(|it| it[field].as_str().unwrap());
                all.collect::<Vec<_>>().join(" ")
            };
            let ways = one["ways"].as_array().unwrap().iter().map(|way| {
                way.as_array().unwrap().iter().map(|step| step["name"].as_str().unwrap()).collect::<Vec<_>>().join(">")
            });
            format!(
                "{} {} {} {} [{}] holders: {} moved: {}",
                one["project"].as_str().unwrap(),
                one["outcome"].as_str().unwrap(),
                one["takes"].as_str().unwrap_or("-"),
                one["can_be_held"],
                ways.collect::<Vec<_>>().join(" "),
                list("holders", "name"),
                list("moved", "to"),
            )
        })
        .collect();
    assert_eq!(
        shown,
        [
            "a-mid takes-next 2.3.0 true [a-mid>midlib>openlib>mcp] holders:  moved: ",
            "b-cap next-impossible 1.30.0 null [b-cap>caplib>mcp b-cap>midlib>openlib>mcp] holders: caplib moved: ",
            "c-back stays-below 1.30.0 null [c-back>backlib>mcp] holders: backlib moved: 0.9",
            "d-next takes-next 2.3.0 false [d-next>nextlib>mcp] holders:  moved: ",
            "e-lone not-reached - null [] holders:  moved: ",
            "f-gone unknown - null [] holders:  moved: ",
        ],
        "{}",
        text(&output)
    );
}
