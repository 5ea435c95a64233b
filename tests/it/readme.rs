//! The README's console blocks are run against the real binary, and the page it sends readers to for rules is the program's own.

use assert_cmd::Command;

use crate::coverage::hold;

#[test]
fn console_blocks_show_what_the_program_prints() {
    trycmd::TestCases::new().case("README.md");
}

#[test]
fn the_rule_list_is_the_programs_own() {
    let output = Command::cargo_bin("mcp-audit").unwrap().args(["rules", "--format", "markdown"]).output().unwrap();
    let own = String::from_utf8(output.stdout).unwrap();
    let own = own.replace("#### ", "## ");
    let head = "As `mcp-audit rules --format markdown` prints them; `mcp-audit explain RULE` tells more of each.";
    hold("rules/LIST.md", None, &format!("# The rules\n\n{head}\n\n{own}"));
}
