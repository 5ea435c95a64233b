//! Inputs that are made to exhaust a reader: deep, long, many, in circles, or not files at all. Each scan must end by
//! itself with an answer; a limit far above what any takes tells a hang from a slow machine.

use std::fs;
use std::path::Path;
use std::process::Output;
use std::time::Duration;

use assert_cmd::Command;

fn scan(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::cargo_bin("mcp-audit").unwrap();
    let output =
        command.current_dir(folder).arg("scan").args(arguments).timeout(Duration::from_secs(120)).output().unwrap();
    assert!(
        matches!(output.status.code(), Some(0 | 1)),
        "{:?} {}",
        output.status,
        String::from_utf8_lossy(&output.stderr)
    );
    output
}

fn write(folder: &Path, path: &str, text: &str) {
    let path = folder.join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

#[test]
fn bottomless_files_of_every_syntax_are_survived() {
    let folder = tempfile::tempdir().unwrap();
    for (name, start) in [
        ("pyproject.toml", "#mcp\na = "),
        ("uv.lock", "#mcp\na = "),
        ("Cargo.toml", "#mcp\na = "),
        (".mcp.json", "//mcp\n"),
        ("package.json", "//mcp\n"),
        ("environment.yml", "#mcp\n"),
        (".github/workflows/ci.yml", "#mcp\n"),
        ("setup.py", "import mcp\nx = "),
        ("noxfile.py", "import mcp\nx = "),
        ("a.sh", "pip install mcp "),
        ("Dockerfile", "RUN pip install mcp "),
        ("README.md", "pip install mcp "),
        ("src/lib.rs", "// rmcp\nconst A: u8 = "),
        ("a.ts", "// mcp-session-id\nallowedHeaders: "),
        ("a.go", "// mcp-session-id\nAllowedHeaders: "),
        ("nginx.conf", "# mcp-session-id\nadd_header Access-Control-Allow-Headers "),
        ("values.yaml", "# mcp-session-id\nallowHeaders: "),
    ] {
        for (index, piece) in ["[", "{\"a\":", "{a = ", "$(", "(", "a.", "- ", "not ", "\"", "'\n", "allowHeaders: [\n"]
            .into_iter()
            .enumerate()
        {
            write(folder.path(), &format!("{index}/{name}"), &format!("{start}{}", piece.repeat(100_000)));
        }
    }
    scan(folder.path(), &[]);
}

#[test]
fn many_requirements_in_one_file_are_judged_and_fixed() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "a/requirements.txt", &"mcp>=1\n".repeat(5_000));
    write(folder.path(), "b/requirements.txt", &format!("-c c.txt\n{}", "mcp>=1\n".repeat(2_000)));
    write(folder.path(), "b/c.txt", &"mcp<2\n".repeat(2_000));
    write(folder.path(), "c/run.sh", &"pip install mcp; ".repeat(2_000));
    scan(folder.path(), &["--fix", "-q"]);
    assert_eq!(fs::read_to_string(folder.path().join("a/requirements.txt")).unwrap(), "mcp>=1,<2\n".repeat(5_000));
}

#[test]
fn circles_of_files_end() {
    let folder = tempfile::tempdir().unwrap();
    for at in 0..300 {
        let next = (at + 1) % 300;
        write(folder.path(), &format!("r{at}/requirements.txt"), &format!("-r ../r{next}/requirements.txt\nmcp>=1\n"));
        write(folder.path(), &format!("f{at}.list"), &format!("-r f{next}.list\n-c f{next}.list\nmcp>=1\n"));
    }
    write(folder.path(), "requirements.txt", "-r f0.list\n");
    scan(folder.path(), &[]);
}

#[test]
fn absurd_versions_are_a_verdict_or_a_problem() {
    let folder = tempfile::tempdir().unwrap();
    let huge = "18446744073709551615";
    let python = [
        format!("mcp{}", "==1.".repeat(10_000)),
        format!("mcp>=1{}", ".1".repeat(10_000)),
        format!("mcp>={}", "9".repeat(100_000)),
        format!("mcp~={huge}.{huge}"),
        format!("mcp=={huge}.*"),
        format!("mcp>{huge}"),
        "mcp>=99999999999999999999.1".to_owned(),
        "mcp>=1!2".to_owned(),
        "mcp<99999!0".to_owned(),
    ];
    write(folder.path(), "requirements.txt", &python.join("\n"));
    let poetry = format!("[tool.poetry.dependencies]\npython = '*'\nmcp = '^{huge}.1'\nfastmcp = '~{huge}'\n");
    write(folder.path(), "poetry/pyproject.toml", &poetry);
    write(folder.path(), "cargo/Cargo.toml", &format!("[dependencies]\nrmcp = '^0.{huge}'\n"));
    write(
        folder.path(),
        "npm/package.json",
        &format!("{{\"dependencies\": {{\"@modelcontextprotocol/sdk\": \"^{huge}.1\"}}}}"),
    );
    write(folder.path(), "conda/environment.yml", &format!("dependencies:\n- mcp={huge}\n- mcp>=1!2\n"));
    scan(folder.path(), &["-v"]);
}

#[cfg(unix)]
#[test]
fn what_is_no_file_is_never_waited_for() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    use std::os::unix::fs::symlink;
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let made = std::process::Command::new("mkfifo").arg(at("requirements.txt")).status().unwrap();
    assert!(made.success());
    symlink("/dev/zero", at("zero")).unwrap();
    symlink(folder.path(), at("loop")).unwrap();
    for name in [&b"new\nline"[..], b"quo\"te'", b"not\xffunicode"] {
        let inner = folder.path().join(OsStr::from_bytes(name));
        fs::create_dir(&inner).unwrap();
        fs::write(inner.join("requirements.txt"), "mcp>=1\n").unwrap();
    }
    write(folder.path(), "r/requirements-dev.txt", "-r ../requirements.txt\n-r ../zero\n");
    let output = scan(folder.path(), &["--fix", "-v"]);
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(text.contains("requirements.txt: is not a regular file"), "{text}");
    for name in [&b"new\nline"[..], b"quo\"te'", b"not\xffunicode"] {
        let path = folder.path().join(OsStr::from_bytes(name)).join("requirements.txt");
        assert_eq!(fs::read_to_string(path).unwrap(), "mcp>=1,<2\n");
    }
    for name in ["zero", "requirements.txt"] {
        let output = scan(folder.path(), &["-v", name]);
        let text = String::from_utf8(output.stdout).unwrap();
        assert!(text.contains("is not a regular file"), "{text}");
    }
}
