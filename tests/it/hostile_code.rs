//! Python that is made to exhaust a reader, or is none at all. Each scan must end by itself, say what could not be
//! checked, and go on with the other files.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::time::Duration;

use assert_cmd::Command;
use mcp_audit::source::SourceFile;
use serde_json::Value;

use super::code::{CALLS, MEMBER, RENAMED, checked, rules};

const GOOD: &str = "from mcp.server.fastmcp import FastMCP\n\nFastMCP('x')\n";

fn write(folder: &Path, path: &str, bytes: impl AsRef<[u8]>) {
    let path = folder.join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, bytes).unwrap();
}

/// Scans `code/` with the rules of these tests; a limit far above what any scan takes tells a hang from a slow machine.
fn scan(folder: &Path) -> Value {
    for (name, text) in [("renamed", RENAMED), ("member", MEMBER), ("calls", CALLS)] {
        write(folder, &format!("rules/{name}.toml"), text);
    }
    let mut command = Command::cargo_bin("mcp-audit").unwrap();
    let output = command
        .current_dir(folder)
        .args(["scan", "code", "--rules", "rules", "--format", "json"])
        .timeout(Duration::from_secs(300))
        .output()
        .unwrap();
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(matches!(output.status.code(), Some(0 | 1)), "{:?} {told}", output.status);
    serde_json::from_slice(&output.stdout).unwrap()
}

/// How many findings of `rule` stand in `path`, as far as they are shown.
fn count(report: &Value, path: &str, rule: &str) -> usize {
    let findings = report["findings"].as_array().unwrap();
    findings.iter().filter(|one| one["path"] == format!("code/{path}") && one["rule"] == rule).count()
}

/// `text` in UTF-16, as an old shell's redirection writes it.
fn wide(text: &str) -> Vec<u8> {
    std::iter::once(0xfeff_u16).chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect()
}

#[test]
fn what_is_not_utf_8_is_never_edited_by_the_wrong_bytes() {
    let findings = |bytes: Vec<u8>| checked(vec![SourceFile::new("a.py", "a.py", bytes)], &rules()).findings;
    let found = findings(wide(GOOD));
    assert!(found.len() == 1 && found[0].fix.is_none(), "{found:?}");
    let found = findings(b"# caf\xe9\nfrom mcp.server.fastmcp import FastMCP\n".to_vec());
    assert!(found.len() == 1 && found[0].fix.is_some(), "{found:?}");
}

fn said(report: &Value, path: &str) -> String {
    let of = |list: &str| report[list].as_array().unwrap().clone();
    let all = of("notes").into_iter().chain(of("findings")).filter(|one| one["path"] == format!("code/{path}"));
    all.map(|one| one["message"].as_str().unwrap().to_owned()).collect::<Vec<_>>().join("\n")
}

#[test]
fn what_is_no_python_keeps_no_other_file_from_being_checked() {
    let folder = tempfile::tempdir().unwrap();
    let root = &folder.path().join("code");
    write(root, "good.py", GOOD);
    write(root, "broken.py", format!("{GOOD}def f(:\n  x = = 1\n"));
    write(root, "python2.py", format!("{GOOD}print 'x'\nexec 'y' in z\nraise E, 'm'\nprint >>f, `x`\n"));
    write(root, "nul.py", format!("{GOOD}\0"));
    write(root, "latin.py", b"# caf\xe9\nfrom mcp.server.fastmcp import FastMCP\nx = '\xff\xfe\xe9' ; FastMCP\n");
    // Python reads no UTF-16, so the walk looks for no mention in it.
    write(root, "wide.py", wide(GOOD));
    write(root, "marked.py", format!("\u{feff}{}", GOOD.replace('\n', "\r\n")));
    write(root, "feeds.py", format!("\u{c}\n{}\u{c}def f(): ...\n\u{b}", GOOD.replace('\n', "\n\u{c}")));
    write(root, "surrogates.py", format!("{GOOD}x = '\\ud800' '\\udfff\\ud800' '\\N{{NO SUCH}}' f'\\ud800{{x}}'\n"));
    write(root, "returns.py", GOOD.replace('\n', "\r"));
    write(root, "folder.py/inner.py", GOOD);
    write(root, "empty.py", "");
    write(root, "mention.py", "# mcp");
    let report = scan(folder.path());
    for path in [
        "good.py",
        "broken.py",
        "python2.py",
        "latin.py",
        "marked.py",
        "feeds.py",
        "surrogates.py",
        "returns.py",
        "folder.py/inner.py",
    ] {
        assert_eq!(count(&report, path, "PY901"), 1, "{path}: {}", said(&report, path));
    }
    assert!(said(&report, "nul.py").contains("NUL"), "{}", said(&report, "nul.py"));
    let marked = report["findings"].as_array().unwrap().iter().find(|one| one["path"] == "code/marked.py").unwrap();
    assert_eq!((&marked["start"]["line"], &marked["start"]["column"]), (&Value::from(1), &Value::from(32)));
}

#[test]
fn bottomless_code_is_noted() {
    let folder = tempfile::tempdir().unwrap();
    let root = &folder.path().join("code");
    write(root, "good.py", GOOD);
    for (index, unit) in
        ["(", "[", "{1: ", "lambda: ", "not ", "a.", "f(", "x if y else ", "await ", "-", "[x for x in ", "f'{"]
            .iter()
            .enumerate()
    {
        write(root, &format!("deep{index}.py"), format!("import mcp\nx = {}1\n", unit.repeat(50_000)));
    }
    let mut blocks = "import mcp\n".to_owned();
    (0..2_000).for_each(|depth| writeln!(blocks, "{}if x:", " ".repeat(depth)).unwrap());
    write(root, "blocks.py", blocks + &" ".repeat(2_000) + "pass\n");
    let union = vec!["mcp.types.Tool"; 20_000].join(" | ");
    write(root, "union.py", format!("import mcp.types\ndef f(x: {union}): x.inputSchema\n"));
    write(root, "annotation.py", format!("import mcp\nx: '{}' = 1\n", "mcp.types.Tool | ".repeat(60_000)));
    let elif: String = (0..3_000).map(|at| format!("elif x == {at}:\n    from mcp.types import Tool\n")).collect();
    write(root, "elif.py", format!("if x:\n    pass\n{elif}"));
    let report = scan(folder.path());
    assert_eq!(count(&report, "good.py", "PY901"), 1);
    for index in [0, 5, 6] {
        let path = format!("deep{index}.py");
        assert!(said(&report, &path).contains("nested too deeply"), "{path}: {}", said(&report, &path));
    }
}

#[test]
fn circles_of_modules_and_classes_end() {
    let folder = tempfile::tempdir().unwrap();
    let root = &folder.path().join("code");
    write(root, "good.py", GOOD);
    for at in 0..50 {
        let next = (at + 1) % 50;
        let text =
            format!("import mcp\nfrom c{next} import *\nfrom c{next} import A as A, B\nclass B(A, B): ...\nA()\n");
        write(root, &format!("c{at}.py"), text);
    }
    write(
        root,
        "own.py",
        "import mcp.types\nclass A(A): ...\nclass B(C): ...\nclass C(B, mcp.types.Tool): ...\nB().inputSchema\n",
    );
    write(root, "alias.py", "import mcp\na = b\nb = c\nc = a\na = a.b\nb = a.c\nc = b.a\na.b.c.inputSchema\n");
    for at in 0..1_000 {
        write(root, &format!("s/s{at}.py"), format!("from .s{} import *\n# mcp\n", at + 1));
    }
    write(root, "s/s1000.py", "from mcp.server.fastmcp import FastMCP\n");
    write(
        root,
        "s/user.py",
        "import mcp\nfrom .s0 import FastMCP\nfrom .s990 import FastMCP as Near\nFastMCP()\nNear()\n",
    );
    let report = scan(folder.path());
    assert_eq!(count(&report, "good.py", "PY901"), 1);
    assert_eq!(count(&report, "s/s1000.py", "PY901"), 1);
}

#[test]
fn generated_code_is_checked_to_its_end() {
    let folder = tempfile::tempdir().unwrap();
    let root = &folder.path().join("code");
    write(root, "good.py", GOOD);
    write(root, "imports.py", GOOD.repeat(3_000));
    write(root, "line.py", "from mcp.server.fastmcp import FastMCP; FastMCP('x', host=1); ".repeat(3_000));
    let functions: String = (0..3_000).map(|at| format!("def f{at}(t: Tool): return t.inputSchema\n")).collect();
    write(root, "functions.py", format!("from mcp.types import Tool\n{functions}"));
    let names: Vec<String> = (0..3_000).map(|at| format!("FastMCP as f{at}")).collect();
    let calls: String = (0..3_000).map(|at| format!("f{at}('x', host=1)\n")).collect();
    write(root, "names.py", format!("from mcp.server.fastmcp import {}\n{calls}", names.join(", ")));
    let aliases: String = (0..3_000).map(|at| format!("x = y.a{at}\ny = x.b{at}\nglobal g{at}\n")).collect();
    write(
        root,
        "aliases.py",
        format!("import mcp\ndef f():\n{}", aliases.replace("\n", "\n  ").replacen("x", "  x", 1)),
    );
    let guarded: String = (0..3_000).map(|at| format!("    import mcp.server.m{at}\n")).collect();
    write(root, "guarded.py", format!("try:\n{guarded}except ImportError:\n{guarded}"));
    let stars: String = (0..3_000).map(|at| format!("from mcp.m{at} import *\nn{at}()\n")).collect();
    write(root, "stars.py", stars);
    let program = "from mcp.types import Cursor\\n".repeat(2_000);
    write(root, "program.py", format!("import mcp\nx = \"{program}\"\n"));
    let report = scan(folder.path());
    assert_eq!(count(&report, "good.py", "PY901"), 1);
    // What is left out is counted: that of a file and rule beyond the first thousand.
    for (path, rule, all) in [
        ("imports.py", "PY901", 3_000),
        ("line.py", "PY901", 3_000),
        ("line.py", "PY903", 3_000),
        ("functions.py", "PY902", 3_000),
        ("names.py", "PY901", 3_000),
        ("names.py", "PY903", 3_000),
        ("program.py", "PY901", 2_000),
    ] {
        assert_eq!(count(&report, path, rule), 1_000, "{path} {rule}");
        let more = format!("{} more findings of {rule} are counted and not shown", all - 1_000);
        assert!(said(&report, path).contains(&more), "{path}: {more}");
    }
    let summary = &report["summary"];
    let shown = u64::try_from(report["findings"].as_array().unwrap().len()).unwrap();
    let counted: u64 = ["errors", "warnings", "notes", "infos"].iter().map(|one| summary[*one].as_u64().unwrap()).sum();
    assert_eq!(summary["findings_not_shown"].as_u64().unwrap() + shown, counted);
}

#[test]
fn a_file_that_vanishes_is_a_note() {
    use mcp_audit::source::{CodeFile, Limits, read_code};
    let code = CodeFile { path: "gone.py".to_owned(), location: "no/such/gone.py".into(), has_names: true };
    assert_eq!(read_code(&code, &Limits::default()).unwrap_err().message, "not read: no such file");
}

#[test]
fn what_is_too_much_for_the_types_is_checked_by_name_and_said() {
    let folder = tempfile::tempdir().unwrap();
    // Each module of the circle takes all names of all others.
    for at in 0..300 {
        let text = format!("from m{} import *\n{GOOD}", (at + 1) % 300);
        write(folder.path(), &format!("code/circle/m{at}.py"), text);
    }
    // Every branch may have run, or not.
    let mut branches = "if first:\n    x = 0\n".to_owned();
    for at in 0..1_500 {
        writeln!(branches, "elif v{at}:\n    x = {at}").unwrap();
    }
    write(folder.path(), "code/branches.py", format!("{GOOD}{branches}"));
    write(folder.path(), "code/good.py", GOOD);
    let report = scan(folder.path());
    assert!(said(&report, "circle/m0.py").contains("checked by names alone"), "{}", report["notes"]);
    assert!(said(&report, "branches.py").contains("more than 200 clauses"), "{}", report["notes"]);
    for path in ["circle/m0.py", "branches.py", "good.py"] {
        assert!(count(&report, path, "PY101") > 0, "{path}");
    }
    assert!(!said(&report, "good.py").contains("by names alone"));
}
