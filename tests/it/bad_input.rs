//! Hostile and broken trees: each oddity is a finding or a note with its file and reason, the rest of the scan goes
//! on, nothing panics, and nothing is written by half.

use std::fs;
use std::path::Path;
use std::process::Output;

use assert_cmd::Command;
use tempfile::TempDir;

use crate::project::{git, lay_out};

fn run(folder: &Path, arguments: &[&str]) -> Output {
    Command::cargo_bin("mcp-audit").unwrap().current_dir(folder).arg("scan").args(arguments).output().unwrap()
}

fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

/// A tree with one good file, whose finding must be there whatever else is.
fn tree(files: &[(&str, &[u8])]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("requirements-good.txt"), "mcp>=1.2\n").unwrap();
    lay_out(folder.path(), files);
    folder
}

fn still_finds_the_good_one(output: &Output) {
    let text = stdout(output);
    assert_eq!(output.status.code(), Some(1), "{text}");
    assert!(text.contains("requirements-good.txt:1:1") && text.contains("DEP001"), "{text}");
}

#[test]
fn broken_syntax_is_a_finding_with_file_and_reason() {
    let folder = tree(&[
        ("pyproject.toml", b"[project]\nname = \"mcp-x\"\ndependencies = [\"mcp\"\n"),
        ("environment.yml", b"dependencies: [mcp\n - x"),
        (".mcp.json", b"{\"mcpServers\": {"),
        ("Pipfile", b"[packages\nmcp = \"*\""),
        ("uv.lock", b"[[package]\nname = \"mcp\""),
        ("Cargo.toml", b"[dependencies\nrmcp = \"*\""),
        ("x.ipynb", b"{\"cells\": [\"!pip install mcp\""),
        ("setup.cfg", b"[options\ninstall_requires = mcp"),
    ]);
    let output = run(folder.path(), &["-v"]);
    still_finds_the_good_one(&output);
    let text = stdout(&output);
    for path in ["pyproject.toml", "environment.yml", ".mcp.json", "Pipfile", "uv.lock", "Cargo.toml", "x.ipynb"] {
        assert!(text.contains(&format!(" {path}:")), "{path} is not named in\n{text}");
    }
}

#[test]
fn odd_bytes_are_read_or_noted() {
    let utf16: Vec<u8> =
        std::iter::once(0xfeff_u16).chain("mcp>=1\r\n".encode_utf16()).flat_map(u16::to_le_bytes).collect();
    let folder = tree(&[
        ("requirements-latin1.txt", b"# caf\xe9\nmcp>=1.0\n"),
        ("requirements-utf16.txt", &utf16),
        ("requirements-nul.txt", b"mcp\0>=1\n"),
        ("requirements-bom.txt", b"\xef\xbb\xbfmcp>=1.1\n"),
    ]);
    let output = run(folder.path(), &["--fix"]);
    let text = stdout(&output);
    assert!(text.contains("requirements-nul.txt:1:4: holds a NUL byte"), "{text}");
    assert!(text.contains("the file is UTF-16; save it as UTF-8 first"), "{text}");
    let read = |name: &str| fs::read(folder.path().join(name)).unwrap();
    assert_eq!(read("requirements-latin1.txt"), b"# caf\xe9\nmcp>=1.0,<2\n");
    assert_eq!(read("requirements-bom.txt"), b"\xef\xbb\xbfmcp>=1.1,<2\n");
    assert_eq!(read("requirements-utf16.txt"), utf16);
    assert_eq!(read("requirements-nul.txt"), b"mcp\0>=1\n");
}

#[cfg(unix)]
#[test]
fn odd_files_are_noted_and_never_followed_out() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let outside = tempfile::tempdir().unwrap();
    fs::write(outside.path().join("requirements.txt"), "mcp>=1\n").unwrap();
    let folder = tree(&[
        (
            "a/requirements.txt",
            b"-r ../b/requirements.txt\n-r ../../../etc/passwd\n-r /etc/passwd\n-r link.txt\nmcp>=1.5\n",
        ),
        ("b/requirements.txt", b"-r ../a/requirements.txt\n"),
    ]);
    let at = |name: &str| folder.path().join(name);
    fs::create_dir(at("c")).unwrap();
    fs::create_dir(at("c/requirements.txt")).unwrap();
    symlink(folder.path(), at("c/loop")).unwrap();
    symlink(outside.path().join("requirements.txt"), at("requirements-link.txt")).unwrap();
    symlink(outside.path().join("requirements.txt"), at("a/link.txt")).unwrap();
    symlink(outside.path(), at("d")).unwrap();
    let big = fs::File::create(at("requirements-big.txt")).unwrap();
    big.set_len(2 << 30).unwrap();
    fs::write(at("requirements-secret.txt"), "mcp\n").unwrap();
    fs::set_permissions(at("requirements-secret.txt"), fs::Permissions::from_mode(0o000)).unwrap();
    let output = run(folder.path(), &["--fix", "-v"]);
    let text = stdout(&output);
    // Root reads the locked file and is then refused to write it; anybody else cannot read it in the first place.
    let refused = format!("{text}{}", String::from_utf8_lossy(&output.stderr));
    assert!(
        refused.contains("requirements-secret.txt: not read: permission denied")
            || refused.contains("failed to write `requirements-secret.txt`: the file is read-only"),
        "{refused}"
    );
    for line in [
        "c/requirements.txt: is a folder",
        "requirements-big.txt: is larger than 16 MiB",
        "`../../../etc/passwd` lies outside of what is scanned",
        "`/etc/passwd` lies outside of what is scanned",
        "`link.txt` is reached through a link",
    ] {
        assert!(text.contains(line), "{line} is missing in\n{text}");
    }
    assert_eq!(fs::read_to_string(outside.path().join("requirements.txt")).unwrap(), "mcp>=1\n");
    assert_eq!(fs::read_to_string(at("a/requirements.txt")).unwrap().lines().last(), Some("mcp>=1.5,<2"));
}

#[test]
fn terminal_escapes_do_not_reach_the_terminal() {
    let folder = tree(&[
        ("requirements.txt", b"mcp>=1 ; extra == '\x1b[31m\xc2\x9b\xe2\x80\xae'\n"),
        ("\x1b[2J/requirements.txt", b"mcp\n"),
    ]);
    for arguments in [&["-v"][..], &["--format", "json"], &["--color", "never"]] {
        let output = run(folder.path(), arguments);
        assert!(!output.stdout.contains(&0x1b), "{}", stdout(&output).escape_debug());
    }
}

#[test]
fn usage_and_io_errors_exit_2() {
    let folder = tree(&[]);
    for arguments in [&["no-such-folder"][..], &["--no-such-flag"], &["--floor", "x"], &["--fix", "--diff"]] {
        let output = run(folder.path(), arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {}", stdout(&output));
        assert!(!output.stderr.is_empty());
    }
}

#[test]
fn the_gate_obeys_its_threshold() {
    let folder = tree(&[]);
    for (threshold, code) in [("error", 1), ("never", 0)] {
        assert_eq!(run(folder.path(), &["--fail-on", threshold]).status.code(), Some(code));
    }
    fs::write(folder.path().join("requirements-good.txt"), "mcp>=2\n").unwrap();
    for (threshold, code) in [("error", 0), ("warning", 1), ("info", 1)] {
        assert_eq!(run(folder.path(), &["--fail-on", threshold]).status.code(), Some(code), "{threshold}");
    }
}

#[test]
fn the_patch_is_one_that_git_applies() {
    let folder = tree(&[
        ("sub/requirements.txt", b"httpx\r\nmcp[cli] >= 1.2 # why\r\n"),
        ("pyproject.toml", b"[project]\nname = 'x'\ndependencies = ['mcp']"),
    ]);
    git(folder.path(), &["init", "-q"]);
    let output = run(folder.path(), &["--diff"]);
    let absolute = run(folder.path(), &["--diff", folder.path().to_str().unwrap()]);
    assert_eq!(stdout(&absolute), stdout(&output), "a path is named as it is from the working folder");
    fs::write(folder.path().join("fix.patch"), &output.stdout).unwrap();
    git(folder.path(), &["apply", "fix.patch"]);
    assert_eq!(
        fs::read(folder.path().join("sub/requirements.txt")).unwrap(),
        b"httpx\r\nmcp[cli] >= 1.2, < 2 # why\r\n"
    );
    assert_eq!(
        fs::read(folder.path().join("pyproject.toml")).unwrap(),
        b"[project]\nname = 'x'\ndependencies = ['mcp<2']"
    );
}

#[test]
fn a_floor_is_set_where_none_is_written() {
    let folder = tree(&[("requirements.txt", b"mcp\nmcp[cli] ; python_version > '3'\nmcp>=1.2\nmcp==1.9.4\n")]);
    run(folder.path(), &["--fix", "--floor", "1.27"]);
    let text = fs::read_to_string(folder.path().join("requirements.txt")).unwrap();
    assert_eq!(text, "mcp>=1.27,<2\nmcp[cli]>=1.27,<2 ; python_version > '3'\nmcp>=1.2,<2\nmcp==1.9.4\n");
}
