//! Completions and manual pages: made by the program, read by what reads them on a user's machine.

use std::collections::BTreeSet;
use std::fs;
use std::process::{Command, Output};

use crate::sdk::say;

fn audit(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_mcp-audit")).args(arguments).output().unwrap()
}

fn printed(arguments: &[&str]) -> String {
    let output = audit(arguments);
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// The subcommands that `--help` lists, without `help` itself.
fn subcommands() -> BTreeSet<String> {
    let help = printed(&["--help"]);
    let list = help.split("Commands:\n").nth(1).unwrap().split("\n\n").next().unwrap();
    let names = list.lines().filter_map(|line| line.strip_prefix("  ")?.split_whitespace().next());
    names.filter(|name| *name != "help").map(str::to_owned).collect()
}

/// Whether a program can be started at all.
fn is_there(program: &str) -> bool {
    Command::new(program).arg("--version").output().is_ok()
}

/// What bash offers behind these words, the last of which is being typed.
fn completed(script: &str, words: &[&str]) -> BTreeSet<String> {
    let last = (words.len() - 1).to_string();
    let ask = r#"source "$1"; COMP_CWORD=$2; shift 2; COMP_WORDS=("$@"); COMPREPLY=()
                 "$(complete -p mcp-audit | sed 's/.* -F \([^ ]*\) .*/\1/')" "$1" "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD-1]}"
                 printf '%s\n' "${COMPREPLY[@]}""#;
    let output = Command::new("bash").args(["--norc", "-c", ask, "ask", script, &last]).args(words).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap().lines().map(str::to_owned).collect()
}

#[test]
fn shells_complete_subcommands_options_and_values() {
    let folder = tempfile::tempdir().unwrap();
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = printed(&["completions", shell]);
        for name in subcommands() {
            assert!(script.contains(&name), "{shell}: {name}");
        }
        let path = folder.path().join(shell);
        fs::write(&path, script).unwrap();
        if !matches!(shell, "bash" | "zsh" | "fish") {
            continue;
        }
        if is_there(shell) {
            let output = Command::new(shell).arg("-n").arg(&path).output().unwrap();
            assert!(output.status.success(), "{shell}: {}", String::from_utf8_lossy(&output.stderr));
        } else {
            say(&format!("NOT RUN: the completions for {shell}, which is not installed"));
        }
    }
    assert_eq!(audit(&["completions", "tcsh"]).status.code(), Some(2));
    if !is_there("bash") {
        return;
    }
    let script = folder.path().join("bash");
    let offered = completed(script.to_str().unwrap(), &["mcp-audit", ""]);
    let missing: Vec<_> = subcommands().into_iter().filter(|name| !offered.contains(name)).collect();
    assert!(missing.is_empty(), "{missing:?} of {offered:?}");
    let offered = completed(script.to_str().unwrap(), &["mcp-audit", "scan", "--fail-on", ""]);
    assert_eq!(offered, ["error", "info", "never", "note", "warning"].map(str::to_owned).into());
    let offered = completed(script.to_str().unwrap(), &["mcp-audit", "scan", "--un"]);
    assert_eq!(offered, ["--unsafe-fixes".to_owned()].into());
}

#[test]
fn the_program_and_every_subcommand_have_a_page() {
    let folder = tempfile::tempdir().unwrap();
    let output = audit(&["man", "--output", folder.path().join("man1").to_str().unwrap()]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let names: BTreeSet<String> = fs::read_dir(folder.path().join("man1"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    let wanted = subcommands().into_iter().map(|name| format!("mcp-audit-{name}.1"));
    assert_eq!(names, wanted.chain(["mcp-audit.1".to_owned()]).collect());

    let page = fs::read_to_string(folder.path().join("man1/mcp-audit-scan.1")).unwrap();
    assert_eq!(printed(&["man", "scan"]), page);
    assert!(page.contains("fail\\-on") && page.contains("code quality"), "{page}");
    let refused = audit(&["man", "nothing"]);
    assert_eq!(refused.status.code(), Some(2), "{}", String::from_utf8_lossy(&refused.stderr));

    if !is_there("groff") {
        say("NOT RUN: groff over the manual pages, which is not installed");
        return;
    }
    for name in names {
        let path = folder.path().join("man1").join(&name);
        let output =
            Command::new("groff").args(["-k", "-man", "-Tutf8", "-P-cbou", "-ww"]).arg(&path).output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success() && said.is_empty(), "{name}: {said}");
        assert!(String::from_utf8_lossy(&output.stdout).contains("SYNOPSIS"), "{name}");
    }
}
