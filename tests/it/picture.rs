//! The README's picture is what the program prints, colours included.

use anstyle_svg::Term;
use assert_cmd::Command;

use crate::coverage::hold;

#[test]
fn the_picture_is_of_a_real_run() {
    let arguments = ["scan", "fixtures/quickstart"];
    let output = Command::cargo_bin("mcp-audit").unwrap().args(arguments).args(["--color", "always"]).output().unwrap();
    let printed = String::from_utf8(output.stdout).unwrap();
    let svg = Term::new().render_svg(&format!("$ mcp-audit {}\n{printed}", arguments.join(" ")));
    hold("fixtures/quickstart.svg", None, &(svg.trim_end().to_owned() + "\n"));
}
