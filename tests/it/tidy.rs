//! What the architecture promises about the source itself, so that it stays so without a reviewer.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use mcp_audit::rule::{self, Subject};

/// More lines than this are two files.
const LINES: usize = 450;

/// Every file under `src/`, by its path from there.
fn sources() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = Vec::new();
    let mut folders = vec![root.clone()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path: PathBuf = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let shown = path.strip_prefix(&root).unwrap().to_str().unwrap().replace('\\', "/");
                found.push((shown, fs::read_to_string(&path).unwrap()));
            }
        }
    }
    found.sort();
    found
}

/// The part of a file that ships: without its tests, which stand at its end or in a file of their own.
fn shipped<'a>(path: &str, text: &'a str) -> &'a str {
    if path.ends_with("/tests.rs") {
        return "";
    }
    text.split("#[cfg(test)]\nmod tests").next().unwrap_or(text)
}

/// `path:line` of every line of shipped code outside of `allowed` that holds one of `words`.
fn elsewhere(words: &[&str], allowed: &[&str]) -> Vec<String> {
    let mut found = Vec::new();
    for (path, text) in sources() {
        if allowed.iter().any(|prefix| path.starts_with(prefix)) {
            continue;
        }
        for (at, line) in shipped(&path, &text).lines().enumerate() {
            if words.iter().any(|word| line.contains(word)) {
                found.push(format!("src/{path}:{}: {}", at + 1, line.trim()));
            }
        }
    }
    found
}

#[test]
fn only_the_python_folder_names_the_parser() {
    let ruff = ["ruff_python", "ruff_text", "ruff_db", "ruff_notebook"];
    let ty = ["ty_python_", "ty_module_resolver", "ty_vendored", "salsa::"];
    assert_eq!(elsewhere(&[ruff, ty].concat(), &["python/"]), [""; 0]);
}

#[test]
fn only_the_rust_folder_names_the_parser() {
    assert_eq!(elsewhere(&["syn::", "proc_macro2"], &["rust/"]), [""; 0]);
}

#[test]
fn only_printers_print() {
    let words = ["print!(", "println!(", "stdout()", "stderr()"];
    // The build script speaks to Cargo by printing.
    assert_eq!(elsewhere(&words, &["cli/", "report/", "rule/embed.rs"]), [""; 0]);
}

#[test]
fn only_one_file_writes() {
    let words = ["fs::write", "persist(", "File::create", "OpenOptions", "fs::rename", "fs::remove", "create_dir"];
    assert_eq!(elsewhere(&words, &["fix/write.rs", "rule/embed.rs"]), [""; 0]);
}

#[test]
fn nothing_is_left_for_later() {
    assert_eq!(elsewhere(&["TODO", "FIXME", "XXX"], &[]), [""; 0]);
}

#[test]
fn files_are_short_and_say_what_they_are_for() {
    for (path, text) in sources() {
        let comment = match path.rsplit('.').next() {
            Some("css") => "/* ",
            Some("toml") => "# ",
            _ => "//! ",
        };
        assert!(text.starts_with(comment), "src/{path} does not begin with `{}`", comment.trim_end());
        let lines = text.lines().count();
        assert!(lines <= LINES, "src/{path} has {lines} lines");
    }
}

#[test]
fn rule_files_name_checks_that_exist_and_have_names_of_their_own() {
    let rules = rule::embedded().unwrap();
    let mut names = BTreeMap::new();
    for rule in rules.iter() {
        // An identifier that is taken is refused when the rules are read; a name is only noticed here.
        if let Some(other) = names.insert(&rule.name, &rule.id) {
            panic!("{} and {other} are both called `{}`", rule.id, rule.name);
        }
        if rule.matches.subject == Subject::Requirement
            && let Some(check) = &rule.matches.check
        {
            let known: Vec<_> = mcp_audit::judge::check_names().collect();
            assert!(known.contains(&check.as_str()), "{}: no check is called `{check}`, only {known:?}", rule.id);
        }
    }
}

#[test]
fn every_rule_file_is_one_rule() {
    let mut open = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("rules")];
    let rules = rule::embedded().unwrap();
    let mut named = 0;
    while let Some(folder) = open.pop() {
        for path in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
            if path.is_dir() && name != "api" {
                open.push(path);
            } else if path.extension().is_some_and(|ending| ending == "toml")
                && !matches!(name.as_str(), "packages" | "catalogue")
            {
                assert!(rules.get(&name).is_some(), "{} is not called as its rule", path.display());
                named += 1;
            }
        }
    }
    assert_eq!(rules.iter().count(), named);
}
