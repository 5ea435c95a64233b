//! Releases that the program does not carry: downloaded once by the pip at hand, then taken from the cache.

use std::fs;
use std::process::{Command, Output};

use super::ready;

/// Not the one that the program carries.
const TARGET: &str = "2.1.0";

const CODE: &str = "from mcp.server.fastmcp import FastMCP\n\napp = FastMCP('x')\n";

#[test]
fn another_release_is_fetched_once_and_read_offline_from_then_on() {
    let Some(environments) = ready() else { return };
    let (project, cache) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    fs::write(project.path().join("server.py"), CODE).unwrap();
    let scan = |path: &std::path::Path| -> Output {
        Command::new(env!("CARGO_BIN_EXE_mcp-audit"))
            .args(["scan", "--target", TARGET, "--fail-on", "never"])
            .env("MCP_AUDIT_CACHE", cache.path())
            .env("PATH", path)
            .current_dir(project.path())
            .output()
            .unwrap()
    };
    let nowhere = project.path().join("nowhere");
    let offline = scan(&nowhere);
    let said = String::from_utf8_lossy(&offline.stderr).into_owned();
    assert_eq!(offline.status.code(), Some(2), "{said}");
    assert!(said.contains(&format!("failed to download mcp=={TARGET}")) && said.contains("pip download"), "{said}");

    for path in [environments.newer.parent().unwrap(), &nowhere] {
        let output = scan(path);
        let told = String::from_utf8_lossy(&output.stdout);
        assert!(told.contains("PY101"), "{told}{}", String::from_utf8_lossy(&output.stderr));
    }
}
