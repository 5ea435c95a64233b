//! What the tests about code share: three small rules of their own, so that they hold whatever rules the program has,
//! and the way from files in memory to findings and fixed text.

use mcp_audit::finding::Finding;
use mcp_audit::fix::{self, Applicability, Fix, PinOptions};
use mcp_audit::report::Report;
use mcp_audit::rule::Rules;
use mcp_audit::source::SourceFile;
use mcp_audit::{inventory, report};

/// A class that is called otherwise, with everything below its module.
pub(crate) const RENAMED: &str = r#"
id = "PY901"
name = "test-renamed"
summary = "a name is another"
severity = "error"
fails = "import"
message = "`{path}` is `{becomes}`"
explanation = "For tests."
[[symbol]]
path = "mcp.server.fastmcp.FastMCP"
becomes = "mcp.server.mcpserver.MCPServer"
[[symbol]]
path = "mcp.server.fastmcp.*"
except = ["mcp.server.fastmcp.FastMCP"]
becomes = "mcp.server.mcpserver"
[[symbol]]
path = "mcp.types.Cursor"
becomes-text = "str"
[[example]]
path = "a.py"
before = "from mcp.server.fastmcp import FastMCP"
after = "from mcp.server.mcpserver import MCPServer"
"#;

/// A member that is called otherwise.
pub(crate) const MEMBER: &str = r#"
id = "PY902"
name = "test-member"
summary = "a member is another"
severity = "error"
fails = "attribute"
message = "`{class}.{name}` is `{becomes}`"
explanation = "For tests."
[[member]]
of = ["mcp.types.Tool"]
name = "inputSchema"
becomes = "input_schema"
unknown = "report"
[[example]]
path = "a.py"
before = "from mcp.types import Tool\ndef f(tool: Tool): return tool.inputSchema"
after = "from mcp.types import Tool\ndef f(tool: Tool): return tool.input_schema"
"#;

/// A decorator that went, and an argument of a call.
pub(crate) const CALLS: &str = r#"
id = "PY903"
name = "test-calls"
summary = "a decorator is gone"
severity = "error"
fails = "call"
message = "`{name}` is gone"
explanation = "For tests."
[[decorator]]
of = ["mcp.server.lowlevel.Server.call_tool"]
[[argument]]
of = ["mcp.server.fastmcp.FastMCP"]
keyword = "host"
remove = true
applicability = "unsafe"
[[argument]]
of = ["mcp.server.fastmcp.FastMCP"]
more-than = 1
keywords = ["instructions"]
[[example]]
path = "a.py"
before = "from mcp.server.lowlevel import Server\ndef use(server: Server): server.call_tool()"
"#;

pub(crate) fn rules() -> Rules {
    let packages = include_str!("../../rules/dependencies/packages.toml");
    let files =
        [("rules/dependencies/packages.toml", packages), ("renamed", RENAMED), ("member", MEMBER), ("calls", CALLS)];
    Rules::parse(&files).unwrap()
}

pub(crate) fn checked(files: Vec<SourceFile>, rules: &Rules) -> Report {
    report(inventory::of_files(files, &rules.packages), rules, &PinOptions::default()).unwrap()
}

/// The findings in `files`, each as `path:line:column: text below it`.
pub(crate) fn found(files: &[(&str, &str)]) -> Vec<String> {
    let made = files.iter().map(|(path, text)| SourceFile::in_memory(path, text)).collect();
    let report = checked(made, &rules());
    let text = |path: &str| files.iter().find(|(other, _)| *other == path).unwrap().1;
    let shown = |finding: &Finding| {
        let below = &text(&finding.path)[finding.span.start..finding.span.end];
        format!("{}:{}:{}: {below}", finding.path, finding.start.line, finding.start.column)
    };
    report.findings.iter().map(shown).collect()
}

/// `text` after one round of all sound fixes that may be applied at `least`, the fixes that were made, and how many
/// were unsound.
pub(crate) fn fixed(path: &str, text: &str, rules: &Rules, least: Applicability) -> (String, Vec<Fix>, usize) {
    let file = SourceFile::in_memory(path, text);
    let report = checked(vec![SourceFile::in_memory(path, text)], rules);
    let fixes: Vec<Fix> = report.findings.into_iter().filter_map(|finding| finding.fix).collect();
    let wanted: Vec<&Fix> = fixes.iter().filter(|fix| fix.applicability >= least).collect();
    let sound = fix::verify(&file, &wanted);
    let (_, applicable) = fix::apply(&file, &wanted);
    let chosen: Vec<&Fix> = sound.iter().map(|index| wanted[*index]).collect();
    let (bytes, applied) = fix::apply(&file, &chosen);
    let made = applied.iter().map(|index| chosen[*index].clone()).collect();
    (String::from_utf8(bytes).unwrap(), made, applicable.len() - sound.len())
}
