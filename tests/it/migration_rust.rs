//! `mcp-audit migrate` on Rust packages: requirements follow the code, under whatever name and wherever they are written.

use std::fs;

use assert_cmd::Command;
use tempfile::TempDir;

use crate::project::{folder, read};

const CODE: &str = "use rmcp::model::Content;\n\npub fn said() -> Content {\n    Content::text(\"a\")\n}\n";
const MOVED: &str =
    "use rmcp::model::ContentBlock;\n\npub fn said() -> ContentBlock {\n    ContentBlock::text(\"a\")\n}\n";
const LOCK: &str = "version = 4\n\n[[package]]\nname = \"rmcp\"\nversion = \"1.8.0\"\nsource = \"registry+https://index.example/crates\"\n";
/// What no fix does anything about.
const GONE: &str = "id = \"MY001\"\nname = \"my-gone\"\nsummary = \"a\"\nseverity = \"error\"\nfails = \"import\"\nbreaks = \"3.0.0\"\n\
    message = \"`{name}` is gone\"\nexplanation = \"a\"\n\n[[rust-name]]\npath = \"rmcp::gone::Gone\"\n\n[[example]]\n\
    path = \"src/lib.rs\"\nbefore = \"use rmcp::gone::Gone;\"\nbeside = { \"Cargo.toml\" = \"[package]\\nname = 'x'\\n[dependencies]\\nrmcp = '1.8'\\n\" }\n";

/// What a run prints, which must end with `code`.
fn text(folder: &TempDir, arguments: &[&str], code: i32) -> String {
    let mut command = Command::cargo_bin("mcp-audit").unwrap();
    let output = command.current_dir(folder.path()).arg("migrate").args(arguments).output().unwrap();
    let both = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
    assert_eq!(output.status.code(), Some(code), "{both}");
    both
}

#[track_caller]
fn says(shown: &str, words: &[&str]) {
    for word in words {
        assert!(shown.contains(word), "`{word}` is not in\n{shown}");
    }
}

#[test]
fn requirements_move_with_the_code_and_a_second_run_changes_nothing() {
    let manifest = "[package]\nname = \"a\"\n\n[dependencies]\nrmcp = { version = \"1.8\", features = [\"server\"] } # why\nschemars = \"0.8\"\n\n\
                    [target.'cfg(unix)'.dependencies]\nrmcp-macros = \"=1.8.0\"\n\n[dev-dependencies.rmcp]\nversion = \">=1, <2\"\n";
    let folder = folder(&[("Cargo.toml", manifest), ("Cargo.lock", LOCK), ("src/lib.rs", CODE)]);
    let shown = text(&folder, &[], 1);
    assert_eq!(read(&folder, "src/lib.rs"), MOVED);
    let moved = manifest.replace("\"1.8\"", "\"3.9\"").replace("=1.8.0", "=3.9.0").replace(">=1, <2", ">=3.9, <4");
    assert_eq!(read(&folder, "Cargo.toml"), moved);
    says(
        &shown,
        &[
            "moved `rmcp = { version = \"1.8\", features = [\"server\"] }` to `rmcp = { version = \"3.9\", features = [\"server\"] }` in Cargo.toml:5",
            "moved `rmcp-macros = \"=1.8.0\"` to `rmcp-macros = \"=3.9.0\"` in Cargo.toml:9",
            "to `rmcp = { version = \">=3.9, <4\" }` in Cargo.toml:12",
            // schemars 0.8 stays with a person.
            "DEP105",
            "; the Rust code parses, and was not compiled.",
            "Bring the locks up to date: `cargo update -p rmcp`",
            "Now look at the diff and run `cargo check` and the tests.",
        ],
    );
    assert!(!shown.contains("mcp 2.3.0"), "{shown}");
    says(&text(&folder, &[], 0), &["Nothing to migrate"]);
    assert_eq!(read(&folder, "Cargo.toml"), moved);
}

#[test]
fn a_workspace_moves_when_all_that_inherit_from_it_have() {
    let root = "[workspace]\nmembers = [\"a\", \"b\"]\n\n[workspace.dependencies]\nmcp = { package = \"rmcp\", version = \"0.8\" }\n";
    let member = "[package]\nname = \"a\"\n\n[dependencies]\nmcp = { workspace = true, features = [\"transport-sse-server\"] }\n\n\
                  [features]\nsse = [\"mcp/transport-sse-server\"]\n";
    let other = "[package]\nname = \"b\"\n[dependencies]\nmcp.workspace = true\n";
    let gone = "use mcp::gone::Gone;\n";
    let files = [
        ("Cargo.toml", root),
        ("a/Cargo.toml", member),
        ("a/src/lib.rs", &CODE.replace("rmcp", "mcp")),
        ("b/Cargo.toml", other),
        ("b/src/lib.rs", gone),
        ("rules/my.toml", GONE),
    ];
    let folder = folder(&files);
    let shown = text(&folder, &["--rules", "rules"], 1);
    says(&shown, &["in Cargo.toml:5: 1 place would fail on rmcp 3 or cannot be read; mend them, then run this again"]);
    assert_eq!(read(&folder, "a/src/lib.rs"), MOVED.replace("rmcp", "mcp"));
    assert_eq!((read(&folder, "Cargo.toml"), read(&folder, "a/Cargo.toml")), (root.to_owned(), member.to_owned()));

    fs::write(folder.path().join("b/src/lib.rs"), "use mcp::ErrorData;\n").unwrap();
    let shown = text(&folder, &["--rules", "rules"], 0);
    assert_eq!(read(&folder, "Cargo.toml"), root.replace("0.8", "3.9"));
    assert_eq!(read(&folder, "a/Cargo.toml"), member.replace("sse-server", "streamable-http-server"));
    assert_eq!(read(&folder, "b/Cargo.toml"), other);
    says(&shown, &["features = [\"transport-streamable-http-server\"] }` in a/Cargo.toml:5"]);
}

#[test]
fn what_cannot_move_says_why() {
    for (dependency, reason) in [
        (
            "rmcp = { version = \"0.1\", features = [\"transport-sse\"] }",
            "its feature `transport-sse` is gone since 0.2.0, take transport-streamable-http-server or",
        ),
        ("rmcp = { git = \"https://h/x\" }", "it names no range of versions; change what it points at"),
    ] {
        let manifest = format!("[package]\nname = \"a\"\n\n[dependencies]\n{dependency}\n");
        let folder = folder(&[("Cargo.toml", &manifest), ("src/lib.rs", CODE)]);
        let output =
            Command::cargo_bin("mcp-audit").unwrap().current_dir(folder.path()).arg("migrate").output().unwrap();
        says(&String::from_utf8(output.stdout).unwrap(), &[&format!("left `{dependency}` in Cargo.toml:5: {reason}")]);
        assert_eq!(read(&folder, "Cargo.toml"), manifest);
    }
    // Of a package whose code does not speak of the crate nothing is said.
    let folder = folder(&[("Cargo.toml", "[package]\nname = \"a\"\n[dependencies]\nrmcp = \"1.8\"\n")]);
    says(&text(&folder, &[], 0), &["Nothing to migrate"]);
}

#[test]
fn places_are_marked_once_in_the_comments_of_their_language() {
    let manifest = "[package]\nname = \"a\"\n\n[dependencies]\nrmcp = \"1.8\"\n";
    let code = "fn f() {\n    /// A\n    #[a]\n    let x =\n        rmcp::gone::Gone::new();\n}\n";
    let folder = folder(&[("Cargo.toml", manifest), ("src/lib.rs", code), ("rules/my.toml", GONE)]);
    let marked = code.replace("    /// A", "    // mcp-audit: MY001 `Gone` is gone\n    /// A");
    for _ in 0..2 {
        text(&folder, &["--rules", "rules", "--mark"], 1);
        assert_eq!(read(&folder, "src/lib.rs"), marked);
    }
}
