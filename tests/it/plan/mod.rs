//! The plan of a small project: what it lists, and that its numbers are those of the scan and of the migration.

mod browser;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use assert_cmd::Command;
use serde_json::Value;
use tempfile::TempDir;

/// A copy of the project in `fixtures/plan`, with an environment beside it.
fn project() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/plan");
    copy(&from, folder.path());
    let site = folder.path().join(".venv/lib/python3.12/site-packages/mcp-1.28.1.dist-info");
    fs::create_dir_all(&site).unwrap();
    fs::write(folder.path().join(".venv/pyvenv.cfg"), "home = /usr/bin\n").unwrap();
    fs::write(site.join("METADATA"), "Metadata-Version: 2.4\nName: mcp\nVersion: 1.28.1\n\nText.\n").unwrap();
    folder
}

fn copy(from: &Path, to: &Path) {
    for entry in fs::read_dir(from).unwrap().map(|entry| entry.unwrap().path()) {
        let into = to.join(entry.file_name().unwrap());
        if entry.is_dir() {
            fs::create_dir(&into).unwrap();
            copy(&entry, &into);
        } else {
            fs::copy(&entry, &into).unwrap();
        }
    }
}

fn run(folder: &Path, arguments: &[&str]) -> String {
    let output = Command::cargo_bin("mcp-audit").unwrap().current_dir(folder).args(arguments).output().unwrap();
    assert!(output.status.code().is_some_and(|code| code < 2), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

fn json(folder: &Path, arguments: &[&str]) -> Value {
    serde_json::from_str(&run(folder, arguments)).unwrap()
}

fn plan(folder: &Path) -> Value {
    json(folder, &["plan", "--format", "json"])
}

/// Holds a text to its snapshot, beside those of the other fixtures.
fn held(name: &str, text: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("../snapshots");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, text));
}

#[test]
fn the_checklist_and_the_inventory_are_written() {
    let folder = project();
    held("plan.markdown", &run(folder.path(), &["plan"]));
}

#[test]
fn programs_get_the_same() {
    let folder = project();
    let text = run(folder.path(), &["plan", "--format", "json"]);
    held("plan.json", &text.replace(env!("CARGO_PKG_VERSION"), "[VERSION]"));
    let plan: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(plan["schema_version"], 1);
}

#[test]
fn every_number_is_that_of_the_scan() {
    let folder = project();
    let (plan, scan) = (plan(folder.path()), json(folder.path(), &["scan", "--format", "json", "--fail-on", "never"]));
    let findings = scan["findings"].as_array().unwrap();
    assert!(findings.len() > 10, "the project shows too little");
    assert_eq!(plan["summary"]["findings"], findings.len());
    for name in ["silent", "exposed", "files_seen"] {
        assert_eq!(plan["summary"][name], scan["summary"][name], "{name}");
    }
    for (list, of) in [("by_file", "path"), ("by_rule", "rule")] {
        let mut scanned: BTreeMap<&str, u64> = BTreeMap::new();
        findings.iter().for_each(|finding| *scanned.entry(finding[of].as_str().unwrap()).or_default() += 1);
        let tallies = plan[list].as_array().unwrap().iter();
        let sum = |counts: &Value| counts.as_array().unwrap().iter().map(|count| count.as_u64().unwrap()).sum();
        let planned: BTreeMap<&str, u64> =
            tallies.map(|tally| (tally["name"].as_str().unwrap(), sum(&tally["by_stage"]))).collect();
        assert_eq!(planned, scanned, "{list}");
    }
    // Each finding stands in one stage, at its own place.
    let mut planned: Vec<String> = Vec::new();
    for stage in plan["stages"].as_array().unwrap() {
        let mut places = 0;
        for item in stage["items"].as_array().unwrap() {
            let spots = item["spots"].as_array().unwrap();
            assert_eq!(item["places"], spots.len());
            assert_eq!(
                ["safe", "with_a_look", "by_hand"].map(|way| item[way].as_u64().unwrap()).iter().sum::<u64>(),
                item["places"].as_u64().unwrap()
            );
            places += spots.len();
            planned.extend(spots.iter().map(|spot| format!("{} {}:{}", item["rule"], spot["path"], spot["line"])));
        }
        assert_eq!(stage["places"], places);
    }
    let at = |finding: &Value| format!("{} {}:{}", finding["rule"], finding["path"], finding["start"]["line"]);
    let mut scanned: Vec<String> = findings.iter().map(at).collect();
    planned.sort();
    scanned.sort();
    assert_eq!(planned, scanned);
}

#[test]
fn what_a_migration_does_is_what_it_does() {
    for (name, flags) in [("safe", &[][..]), ("all", &["--unsafe-fixes"])] {
        let folder = project();
        let plan = plan(folder.path());
        let made = json(folder.path(), &[&["migrate", "--format", "json"], flags].concat());
        for (planned, summed) in [("fixed", "fixed"), ("for_you", "for_you"), ("silent", "silent")] {
            assert_eq!(plan["moves"][name][planned], made["summary"][summed], "{name} {planned}");
        }
        assert_eq!(plan["moves"][name]["files"], made["changed"].as_array().unwrap().len());
        if name == "all" {
            assert_eq!(plan["moves"]["pins"], made["pins"]);
        }
    }
}

#[test]
fn a_plan_is_written_to_a_file_and_its_commands_name_the_paths() {
    let folder = project();
    let target = folder.path().join("out/plan.md");
    assert_eq!(run(folder.path(), &["plan", "src", "--output", target.to_str().unwrap()]), "");
    let text = fs::read_to_string(target).unwrap();
    assert!(text.contains("`mcp-audit migrate src`"), "{text}");
    Command::cargo_bin("mcp-audit").unwrap().current_dir(folder.path()).args(["plan", "nowhere"]).assert().code(2);
}

#[test]
fn what_a_configuration_leaves_out_is_counted_and_the_inventory_stays() {
    let folder = project();
    let (before, text) = (plan(folder.path()), run(folder.path(), &["plan"]));
    assert!(!text.contains("Not counted"), "{text}");
    let said = "ignore = ['PY3', 'MCP']\n[per-file-ignores]\n'tests/' = ['PY']\n";
    fs::write(folder.path().join(".mcp-audit.toml"), said).unwrap();
    let after = plan(folder.path());
    let ignored = after["summary"]["ignored"].as_u64().unwrap();
    assert_eq!(
        after["summary"]["findings"].as_u64().unwrap() + ignored,
        before["summary"]["findings"].as_u64().unwrap(),
        "{ignored}"
    );
    assert!(after["by_file"].as_array().unwrap().iter().all(|file| file["name"] != "tests/test_server.py"), "{after}");
    // What code does is what it does, whoever wants to hear of it.
    assert_eq!((&after["uses"], &after["readiness"]), (&before["uses"], &before["readiness"]));
    let told = format!("Not counted: {ignored} of rules that are not asked for (`mcp-audit scan -v` shows them).");
    assert!(run(folder.path(), &["plan"]).contains(&told), "{told}");
    assert!(run(folder.path(), &["plan", "--format", "html"]).contains(&format!("Not counted: {ignored} of rules")));
    assert_eq!(json(folder.path(), &["plan", "--no-config", "--format", "json"])["stages"], before["stages"]);
    let none = run(folder.path(), &["plan", "--select", "SUP"]);
    assert!(none.contains("Nothing that counts breaks on mcp "), "{none}");
    let excluded = json(folder.path(), &["plan", "--exclude", "src,nginx.conf", "--format", "json"]);
    assert_eq!(excluded["uses"]["counts"].as_array().unwrap().iter().filter(|one| one["code"] != 0).count(), 0);

    for said in ["ignored = []\n", "target = '2.0.99'\n"] {
        fs::write(folder.path().join(".mcp-audit.toml"), said).unwrap();
        Command::cargo_bin("mcp-audit").unwrap().current_dir(folder.path()).arg("plan").assert().code(2);
    }
}

#[test]
fn links_lead_to_no_environment_outside() {
    let (folder, elsewhere) = (tempfile::tempdir().unwrap(), project());
    fs::write(folder.path().join("requirements.txt"), "mcp\n").unwrap();
    #[cfg(unix)]
    std::os::unix::fs::symlink(elsewhere.path().join(".venv"), folder.path().join(".venv")).unwrap();
    assert_eq!(plan(folder.path())["versions"]["installed"], Value::Array(Vec::new()));
    assert_eq!(plan(elsewhere.path())["versions"]["installed"][0]["version"], "1.28.1");
}

#[test]
fn hostile_names_are_no_markup() {
    let folder = tempfile::tempdir().unwrap();
    let text = "from mcp.server.fastmcp import FastMCP\nm = FastMCP('<img src=x>')\n@m.tool(name='|<script>`*\\u202e')\ndef f(): ...\n";
    fs::write(folder.path().join("<b>&.py"), text).unwrap();
    let page = run(folder.path(), &["plan", "--format", "html"]);
    for markup in ["<img", "<script", "<b>", "\u{202e}"] {
        assert!(!page.contains(markup), "{markup}");
    }
    assert!(page.contains("&lt;b&gt;&amp;.py"));
    let list = run(folder.path(), &["plan"]);
    assert!(list.contains("`` \\|<script>`*\\u{202e} ``"), "{list}");
}

/// The answers of the plan's readiness by their names, and the steps of its findings by their files.
fn answered(files: &[(&str, &str)]) -> (BTreeMap<String, String>, Vec<String>) {
    let folder = crate::project::folder(files);
    let plan = plan(folder.path());
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let answers = plan["readiness"].as_array().unwrap().iter().map(|one| (text(&one["id"]), text(&one["answer"])));
    let mut steps = Vec::new();
    for stage in plan["stages"].as_array().unwrap() {
        for item in stage["items"].as_array().unwrap() {
            let spots = item["spots"].as_array().unwrap().iter();
            steps.extend(
                spots.map(|spot| format!("{} {} {}", text(&stage["stage"]), text(&item["rule"]), text(&spot["path"]))),
            );
        }
    }
    (answers.collect(), steps)
}

#[test]
fn projects_of_one_name_are_told_apart() {
    let manifest =
        |bound: &str| format!("[project]\nname = \"server\"\nversion = \"1\"\ndependencies = [\"mcp{bound}\"]\n");
    let code = "from mcp.server.fastmcp import FastMCP\n";
    let (moved, kept) = (manifest(">=2,<3"), manifest(">=1.2,<2"));
    let files =
        [("a/pyproject.toml", moved.as_str()), ("a/app.py", code), ("b/pyproject.toml", &kept), ("b/app.py", code)];
    let (_, steps) = answered(&files);
    assert!(steps.contains(&"live PY101 a/app.py".to_owned()), "{steps:?}");
    assert!(steps.contains(&"safe PY101 b/app.py".to_owned()), "{steps:?}");
}

#[test]
fn every_client_counts_for_the_answers() {
    let bare = "from mcp.client.auth import OAuthClientProvider\n\n\ndef made(a, b, c):\n    \
        return OAuthClientProvider(a, b, c)\n";
    let own = "from mcp.client.auth import OAuthClientProvider\n\n\nclass Own(OAuthClientProvider):\n    pass\n";
    let (answers, _) = answered(&[("a.py", own), ("b.py", bare)]);
    assert_eq!(answers["client-metadata-documents"], "no");
    let credentials = "from mcp.client.auth.extensions.client_credentials import ClientCredentialsOAuthProvider\n\n\n\
        def made(url, storage):\n    return ClientCredentialsOAuthProvider(url, storage, client_id=\"a\", client_secret=\"b\")\n";
    let (answers, _) = answered(&[("a.py", credentials)]);
    assert_eq!((answers["oauth-2.1"].as_str(), answers["client-metadata-documents"].as_str()), ("yes", "unknown"));
    assert_ne!(answers["resource-client"], "not-needed");
    let rust = "use rmcp::transport::auth::OAuthState;\n\nfn go(state: OAuthState) {}\n";
    let manifest = "[package]\nname = \"a\"\nversion = \"1.0.0\"\n[dependencies]\nrmcp = \"1\"\n";
    let (answers, _) = answered(&[("Cargo.toml", manifest), ("src/lib.rs", rust)]);
    assert_eq!((answers["oauth-2.1"].as_str(), answers["issuer"].as_str()), ("yes", "unknown"));
}
