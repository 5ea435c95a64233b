//! The README's console blocks are run against the real binary, and its rule list is the program's own.

use assert_cmd::Command;

#[test]
fn console_blocks_show_what_the_program_prints() {
    trycmd::TestCases::new().case("README.md");
}

#[test]
fn the_rule_list_is_the_programs_own() {
    let readme = std::fs::read_to_string("README.md").unwrap();
    let (_, rest) = readme.split_once("<!-- rules -->\n").unwrap();
    let (shown, _) = rest.split_once("<!-- /rules -->").unwrap();
    let output = Command::cargo_bin("mcp-audit").unwrap().args(["rules", "--format", "markdown"]).output().unwrap();
    let own = String::from_utf8(output.stdout).unwrap();
    assert_eq!(shown, own, "put the output of `mcp-audit rules --format markdown` between the markers");
}
