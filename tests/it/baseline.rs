//! A baseline, with the real program: what it knows does not count, wherever its lines have gone; what is new does.

use std::fs;
use std::process::Output;

use assert_cmd::Command;
use tempfile::TempDir;

use crate::project::{folder, read};

const V1: &str = "from mcp.server.fastmcp import FastMCP\n";

fn run(folder: &TempDir, arguments: &[&str]) -> Output {
    Command::cargo_bin("mcp-audit").unwrap().current_dir(folder.path()).args(arguments).output().unwrap()
}

fn scan(folder: &TempDir, more: &[&str]) -> (Option<i32>, String, String) {
    let output = run(folder, &[&["scan", "--baseline", "known.json"], more].concat());
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code(), text(output.stdout), text(output.stderr))
}

fn project() -> TempDir {
    folder(&[("requirements.txt", "mcp>=1.2\n"), ("server.py", V1), ("sub/again.py", &format!("{V1}{V1}"))])
}

#[test]
fn what_is_known_does_not_count_wherever_its_lines_have_gone() {
    let folder = project();
    let (code, _, said) = scan(&folder, &["--write-baseline"]);
    assert_eq!(code, Some(0), "{said}");
    assert!(said.contains("The baseline holds 4 findings: 4 added, 0 dropped."), "{said}");
    let known = read(&folder, "known.json");
    let lines = "    {\"path\":\"requirements.txt\",\"rule\":\"DEP001\",\"text\":\"mcp>=1.2\"},\n    \
        {\"path\":\"server.py\",\"rule\":\"PY101\",\"text\":\"from mcp.server.fastmcp import FastMCP\"},\n    \
        {\"path\":\"sub/again.py\",\"rule\":\"PY101\",\"text\":\"from mcp.server.fastmcp import FastMCP\",\"count\":2}\n";
    assert_eq!(known, format!("{{\n  \"version\": 1,\n  \"findings\": [\n{lines}  ]\n}}\n"));

    let (code, text, _) = scan(&folder, &[]);
    assert_eq!(code, Some(0), "{text}");
    assert!(text.contains("Not counted: 4 in the baseline (-v shows them).") && !text.contains("PY101"), "{text}");
    assert!(scan(&folder, &["-v"]).1.contains("in the baseline: PY101 server.py:1:32: "));

    fs::write(
        folder.path().join("server.py"),
        format!("# a comment\n\nimport os\n\n{}", V1.replace(" import ", "  import  ")),
    )
    .unwrap();
    assert_eq!(scan(&folder, &[]).0, Some(0));
    fs::write(folder.path().join("server.py"), format!("{V1}{V1}")).unwrap();
    let (code, text, _) = scan(&folder, &[]);
    assert!(code == Some(1) && text.matches("error[PY101]").count() == 1 && text.contains("server.py:2:32"), "{text}");
    let output = run(&folder, &["scan", "--baseline", "known.json", "--format", "json"]);
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!((&report["summary"]["baseline"], &report["summary"]["errors"]), (&4.into(), &1.into()));
}

#[test]
fn what_is_mended_leaves_the_baseline_and_what_was_not_looked_at_stays() {
    let folder = project();
    scan(&folder, &["--write-baseline"]);
    let all = read(&folder, "known.json");
    fs::write(folder.path().join("requirements.txt"), "mcp>=1.2,<2\n").unwrap();
    let (_, text, _) = scan(&folder, &[]);
    assert!(text.contains("1 finding of the baseline is found no more; `--write-baseline` drops it."), "{text}");
    // Neither another folder nor another rule was looked at: nothing can be said of them.
    let lists = [&["--select", "PY"][..], &["sub", "--select", "PY"]];
    for more in lists.into_iter().flat_map(|more| [more.to_vec(), [more, &["--write-baseline"]].concat()]) {
        assert!(!scan(&folder, &more).1.contains("no more"), "{more:?}");
        assert_eq!(read(&folder, "known.json"), all, "{more:?}");
    }
    let (_, _, said) = scan(&folder, &["--write-baseline"]);
    assert!(said.contains("The baseline holds 3 findings: 0 added, 1 dropped."), "{said}");
    assert!(!read(&folder, "known.json").contains("DEP001"));
    // Paths are meant from the folder of the file, wherever the program runs.
    let output = Command::cargo_bin("mcp-audit")
        .unwrap()
        .current_dir(folder.path().join("sub"))
        .args(["scan", "--baseline", "../known.json", ".."])
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stdout));
}

#[test]
fn a_baseline_that_is_none_is_an_error() {
    let folder = project();
    let (code, _, said) = scan(&folder, &[]);
    assert!(
        code == Some(2) && said.contains("there is no baseline `known.json`; `--write-baseline` makes it"),
        "{said}"
    );
    for (text, told) in [
        (
            "{\n  \"version\": 1,\n  \"findings\": [\n    {\"rule\": \"PY101\"}]}\n",
            "known.json:4: is no baseline: missing field `path`",
        ),
        ("{\n  \"version\": 2,\n  \"findings\": []\n}\n", "known.json:2: is of version 2, and this program knows 1"),
        ("mcp\n", "known.json:1: is no baseline"),
    ] {
        fs::write(folder.path().join("known.json"), text).unwrap();
        for more in [&[][..], &["--write-baseline"]] {
            let (code, _, said) = scan(&folder, more);
            assert!(code == Some(2) && said.contains(told), "{said}");
        }
        assert_eq!(read(&folder, "known.json"), text);
    }
}

#[test]
fn a_baseline_in_a_folder_of_its_own_knows_what_lies_beside_it() {
    let folder =
        folder(&[("a/requirements.txt", "mcp>=1.2\n"), ("requirements.txt", "mcp>=1.2\n"), ("ci/note.txt", "x\n")]);
    let told = |at: &str, arguments: &[&str]| {
        let mut command = Command::cargo_bin("mcp-audit").unwrap();
        let output = command.current_dir(folder.path().join(at)).arg("scan").args(arguments).output().unwrap();
        (output.status.code(), String::from_utf8([output.stdout, output.stderr].concat()).unwrap())
    };
    let (_, said) = told(".", &["--baseline", "ci/known.json", "--write-baseline"]);
    assert!(said.contains("The baseline holds 2 findings"), "{said}");
    let known = read(&folder, "ci/known.json");
    assert!(known.contains("\"../a/requirements.txt\"") && known.contains("\"../requirements.txt\""), "{known}");
    // From wherever the program runs.
    let (code, said) = told("a", &["--baseline", "../ci/known.json", ".."]);
    assert_eq!(code, Some(0), "{said}");
    fs::write(folder.path().join("a/requirements.txt"), "mcp>=1.2,<2\n").unwrap();
    let (_, said) = told(".", &["--baseline", "ci/known.json", "--write-baseline", "a"]);
    assert!(said.contains("The baseline holds 1 finding: 0 added, 1 dropped."), "{said}");
}
