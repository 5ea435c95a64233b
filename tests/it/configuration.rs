//! Configuration files, with the real program: where they are found, what each key does, that a flag wins, and that a mistake
//! is told with its line.

use std::fs;
use std::path::Path;
use std::process::Output;

use assert_cmd::Command;

use crate::project::folder;

const V1: &str = "from mcp.server.fastmcp import FastMCP\n";

const PROJECT: &[(&str, &str)] = &[
    ("requirements.txt", "mcp>=1.2\n"),
    ("server.py", V1),
    ("tests/test_server.py", V1),
    ("README.md", "```sh\npip install mcp\n```\n"),
];

/// A rule of one's own.
pub(crate) const OWN_RULE: &str = "id = 'OWN001'\nname = 'own-rule'\nsummary = 's'\nseverity = 'warning'\nfails = 'import'\n\
    message = 'found'\nexplanation = 'e'\n[[symbol]]\npath = 'mcp.server.fastmcp.FastMCP'\n[[example]]\npath = 'a.py'\n\
    before = '''\nfrom mcp.server.fastmcp import FastMCP\n'''\nafter = '''\nfrom mcp.server.mcpserver import MCPServer\n'''\n";

fn run(folder: &Path, arguments: &[&str]) -> Output {
    Command::cargo_bin("mcp-audit").unwrap().current_dir(folder).args(arguments).output().unwrap()
}

/// The rules that a scan with `arguments` finds in the project with `files` beside it, and the number of findings not asked for.
fn found(files: &[(&str, &str)], arguments: &[&str]) -> (Vec<String>, u64) {
    let folder = folder(&[PROJECT, files].concat());
    found_in(folder.path(), arguments)
}

fn found_in(folder: &Path, arguments: &[&str]) -> (Vec<String>, u64) {
    let output = run(folder, &[&["scan", "--format", "json", "--fail-on", "never"], arguments].concat());
    let report: serde_json::Value = serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|_| panic!("{}", String::from_utf8_lossy(&output.stderr)));
    let rules = report["findings"].as_array().unwrap().iter().map(|one| one["rule"].as_str().unwrap().to_owned());
    (rules.collect(), report["summary"]["ignored"].as_u64().unwrap())
}

/// What the program says of a configuration that it does not take.
fn refused(files: &[(&str, &str)], arguments: &[&str]) -> String {
    let folder = folder(&[PROJECT, files].concat());
    let output = run(folder.path(), &[&["scan"], arguments].concat());
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!((output.status.code(), output.stdout.is_empty()), (Some(2), true), "{said}");
    said
}

#[test]
fn each_place_of_a_configuration_is_read_and_the_nearest_counts() {
    let all = ["DEP014", "DEP001", "PY101", "PY101"];
    assert_eq!(found(&[], &[]).0, all);
    for (path, text) in [
        (".mcp-audit.toml", "ignore = ['PY']\n"),
        ("pyproject.toml", "[tool.mcp-audit]\nignore = ['PY']\n"),
        ("Cargo.toml", "[workspace.metadata.mcp-audit]\nignore = ['PY']\n"),
        ("Cargo.toml", "[package]\nname = 'x'\nversion = '1.0.0'\n[package.metadata.mcp-audit]\nignore = ['PY']\n"),
    ] {
        assert_eq!(found(&[(path, text)], &[]), (vec!["DEP014".to_owned(), "DEP001".to_owned()], 2), "{path}");
        assert_eq!(found(&[(path, text)], &["--no-config"]).0.len(), 4, "{path}");
    }
    let both =
        &[(".mcp-audit.toml", "select = ['DEP001']\n"), ("pyproject.toml", "[tool.mcp-audit]\nselect = ['DEP014']\n")];
    assert_eq!(found(both, &[]).0, ["DEP001"]);
    let nested = &[
        (".mcp-audit.toml", "select = ['DEP001']\n"),
        ("a/b/.mcp-audit.toml", "select = ['PY']\n"),
        ("a/b/c/x.py", V1),
    ];
    let nested = folder(&[PROJECT, nested].concat());
    fs::create_dir(nested.path().join(".git")).unwrap();
    assert_eq!(found_in(nested.path(), &["a/b/c"]).0, ["PY101"]);
    assert_eq!(found_in(&nested.path().join("a/b/c"), &[]).0, ["PY101"]);
    assert_eq!(found_in(nested.path(), &["a", "server.py"]).0, Vec::<String>::new());
}

#[test]
fn nothing_above_the_repository_is_looked_at() {
    let outer =
        folder(&[(".mcp-audit.toml", "select = ['DEP']\n"), ("repo/server.py", V1), ("repo/sub/server.py", V1)]);
    assert_eq!(found_in(&outer.path().join("repo"), &["--select", "PY"]).0.len(), 2);
    // Without a repository the scanned folder alone is looked at.
    assert_eq!(found_in(&outer.path().join("repo/sub"), &["--ignore", "DEP"]).0, ["PY101"]);
    fs::create_dir(outer.path().join("repo/.git")).unwrap();
    assert!(found_in(&outer.path().join("repo/sub"), &[]).0.contains(&"PY101".to_owned()));
}

#[test]
fn rules_are_left_out_by_file() {
    let by_file =
        &[(".mcp-audit.toml", "[per-file-ignores]\n'tests/' = ['PY', 'MCP']\n'*.md' = ['documented-unbounded']\n")];
    assert_eq!(found(by_file, &[]), (vec!["DEP001".to_owned(), "PY101".to_owned()], 2));
    assert_eq!(found(by_file, &["--per-file-ignore", "server.py:PY101"]).0, ["DEP014", "DEP001", "PY101"]);
    assert_eq!(
        found(&[(".mcp-audit.toml", "exclude = ['tests', '*.md']\n")], &[]),
        (vec!["DEP001".to_owned(), "PY101".to_owned()], 0)
    );
    assert_eq!(
        found(&[(".mcp-audit.toml", "exclude = ['/server.py']\n")], &["--exclude", "tests/,README.md"]).0,
        ["DEP001", "PY101"]
    );
}

#[test]
fn a_flag_wins_over_the_file() {
    let file = &[(".mcp-audit.toml", "select = ['PY']\nignore = ['PY101']\nfail-on = 'never'\nfloor = '1.27'\n")];
    assert_eq!(found(file, &[]).0, [""; 0]);
    assert_eq!(found(file, &["--select", "DEP001"]).0, ["DEP001"]);
    assert_eq!(found(file, &["--ignore", "DEP"]).0, ["PY101"; 2]);
    let folder = folder(&[PROJECT, file].concat());
    assert_eq!(run(folder.path(), &["scan", "--ignore", "DEP"]).status.code(), Some(0));
    assert_eq!(run(folder.path(), &["scan", "--ignore", "DEP", "--fail-on", "error"]).status.code(), Some(1));
    fs::write(folder.path().join("requirements.txt"), "mcp\n").unwrap();
    let patch = |more: &[&str]| run(folder.path(), &[&["scan", "--diff", "--select", "DEP001"], more].concat()).stdout;
    assert!(String::from_utf8(patch(&[])).unwrap().contains("+mcp>=1.27,<2\n"));
    assert!(String::from_utf8(patch(&["--floor", "1.20"])).unwrap().contains("+mcp>=1.20,<2\n"));
}

#[test]
fn mistakes_are_told_with_their_line() {
    for (text, said) in [
        ("# x\nselct = ['PY']\n", ".mcp-audit.toml:2: unknown key `selct`; did you mean `select`?"),
        ("zebra = 1\n", ".mcp-audit.toml:1: unknown key `zebra`; known are select, ignore, "),
        ("select = 'PY'\n", ".mcp-audit.toml:1: `select` must be a list of strings, not a string"),
        (
            "ignore = [\n  'PY',\n  3,\n]\n",
            ".mcp-audit.toml:3: `ignore` must be a list of strings, and this is an integer",
        ),
        ("\nignore = ['PY', 'DPE001']\n", ".mcp-audit.toml:2: no rule is called `DPE001`; did you mean `DEP001`?"),
        ("per-file-ignores = ['PY']\n", ".mcp-audit.toml:1: `per-file-ignores` must be a table"),
        ("[per-file-ignores]\n'../x' = ['PY']\n", ".mcp-audit.toml:2: the pattern `../x` leads out"),
        ("exclude = [\n 'a',\n '!b',\n]\n", ".mcp-audit.toml:3: the pattern `!b` begins with `!`"),
        (
            "fail-on = 'errors'\n",
            ".mcp-audit.toml:1: `fail-on` must be one of error, warning, note, info, never, not `errors`",
        ),
        ("floor = 1.27\n", ".mcp-audit.toml:1: `floor` must be a version in quotes, not a float"),
        ("target = 'latest'\n", ".mcp-audit.toml:1: `target` must be a version: "),
        ("rules = ['/etc']\n", ".mcp-audit.toml:1: the folder `/etc` lies outside of the repository"),
        ("rules = ['../nowhere']\n", ".mcp-audit.toml:1: the folder `../nowhere` lies outside of the repository"),
        ("rules = ['nowhere']\n", ".mcp-audit.toml:1: the folder `nowhere` cannot be opened"),
        (
            "\n[[packages]]\necosystem = 'python'\nname = 'mcp'\nafter = '3'\n",
            ".mcp-audit.toml:2: `mcp` is audited already",
        ),
        (
            "[[packages]]\nname = 'x'\necosystm = 'python'\n",
            ".mcp-audit.toml:3: unknown key `ecosystm` of a package; did you mean `ecosystem`?",
        ),
        ("[[packages]]\nname = 'x'\necosystem = 'python'\n", ".mcp-audit.toml:1: `packages`: missing field `after`"),
        ("select = [\n", ".mcp-audit.toml:"),
    ] {
        let refused = refused(&[(".mcp-audit.toml", text)], &[]);
        assert!(refused.contains(said), "{refused}\nfor {text}");
    }
    assert!(refused(&[], &["--select", "NOPE"]).contains("--select: no rule is called `NOPE`"));
    assert!(refused(&[], &["--exclude", "!x"]).contains("--exclude: the pattern `!x` begins with `!`"));
    assert!(refused(&[], &["--config", "nowhere.toml"]).contains("cannot read `nowhere.toml`"));
    assert!(
        refused(&[("pyproject.toml", "[project]\nname = 'x'\n")], &["--config", "pyproject.toml"])
            .contains("has no table `tool.mcp-audit`")
    );
    assert!(
        refused(&[("pyproject.toml", "[tool]\nmcp-audit = 3\n")], &[])
            .contains("pyproject.toml:2: `tool.mcp-audit` must be a table")
    );
}

#[test]
fn packages_of_ones_own_are_audited() {
    let house = "[[packages]]\necosystem = 'python'\nname = 'house-mcp'\n# where it breaks\nbreaks = ['4']\nafter = '5'\nnewest = ['3.9', '4.1']\n";
    let files = &[(".mcp-audit.toml", house), ("sub/requirements.txt", "house-mcp>=3\n")];
    assert_eq!(found(files, &["--select", "DEP001"]).0, ["DEP001"; 2]);
    let inline = "packages = [{ ecosystem = 'python', name = 'house-mcp', breaks = ['4'], after = '5' }]\n";
    let files = &[("house.toml", inline), ("sub/requirements.txt", "house-mcp>=3\n")];
    assert_eq!(found(files, &["--config", "house.toml", "--select", "DEP001", "sub"]).0, ["DEP001"]);
    assert_eq!(found(files, &["--select", "DEP001", "sub"]).0, [""; 0]);
}

#[test]
fn rule_files_of_ones_own_are_used_and_held_to_their_examples() {
    let rule = OWN_RULE;
    let config = (".mcp-audit.toml", "rules = ['audit']\nselect = ['OWN']\n");
    assert_eq!(found(&[config, ("audit/own-rule.toml", rule)], &[]).0, ["OWN001"; 2]);
    let wrong = rule.replace("import FastMCP", "import Context");
    assert!(refused(&[config, ("audit/own-rule.toml", &wrong)], &[]).contains("OWN001"));
    for (from, to, said) in [("OWN001", "OWN\u{202e}001", "is no identifier"), ("own-rule", "own rule", "is no name")] {
        assert!(refused(&[config, ("audit/own-rule.toml", &rule.replacen(from, to, 1))], &[]).contains(said), "{to}");
    }
}

#[test]
fn a_configuration_reaches_no_network_and_no_link_is_followed() {
    let files = &[(".mcp-audit.toml", "target = '2.0.99'\n")];
    assert!(
        refused(files, &[]).contains("the API of mcp 2.0.99 is not at hand; `--target 2.0.99` on the command line")
    );
    assert_eq!(found(&[(".mcp-audit.toml", "target = '2.3.0'\n")], &["--select", "PY"]).0, ["PY101"; 2]);
    #[cfg(unix)]
    {
        let folder = folder(&[("else.toml", "select = ['DEP']\n"), ("repo/server.py", V1)]);
        std::os::unix::fs::symlink(folder.path().join("else.toml"), folder.path().join("repo/.mcp-audit.toml"))
            .unwrap();
        let output = run(&folder.path().join("repo"), &["scan"]);
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(output.status.code() == Some(2) && said.contains("is no regular file"), "{said}");
    }
}

#[test]
fn migrate_leaves_alone_what_is_not_asked_for() {
    let folder = folder(&[PROJECT, &[(".mcp-audit.toml", "[per-file-ignores]\n'tests/' = ['PY']\n")]].concat());
    let output = run(folder.path(), &["migrate", "--unsafe-fixes"]);
    let text = String::from_utf8(output.stdout).unwrap();
    let read = |path: &str| fs::read_to_string(folder.path().join(path)).unwrap();
    assert_eq!(read("server.py"), "from mcp.server.mcpserver import MCPServer\n", "{text}");
    assert_eq!(
        (read("tests/test_server.py").as_str(), read("requirements.txt").as_str()),
        (V1, "mcp>=1.2\n"),
        "{text}"
    );
    assert!(text.contains("Not counted: 1 of rules that are not asked for"), "{text}");
}
