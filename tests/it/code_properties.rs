//! What must hold for code of any shape, tried on texts made of pieces of programs that use the SDK.

use mcp_audit::fix::{Applicability, Fix};
use mcp_audit::source::SourceFile;
use proptest::prelude::*;

use super::code::{checked, fixed, rules};

const PIECES: &[&str] = &[
    "import mcp\n",
    "import mcp.server.fastmcp as fast\n",
    "from mcp import types\n",
    "from mcp.types import Cursor, Tool\n",
    "from mcp.types import (\n    Cursor,  # é\n    Tool,\n)\n",
    "from mcp.types import *\n",
    "from mcp.server.fastmcp import FastMCP\n",
    "from mcp.server.fastmcp import Context, FastMCP as F; ",
    "from mcp.server.lowlevel import Server\r\n",
    "lazy import mcp\n",
    "from . import x\n",
    "try:\n    ",
    "except ImportError:\n    ",
    "if TYPE_CHECKING:\n    ",
    "else:\n    ",
    "with x as y:\n    ",
    "def f(tool: types.Tool, x: 'Cursor' = 1, *a, **k) -> Tool:\n    ",
    "async def g(x):\n    ",
    "class A(Tool):\n    ",
    "class FastMCP(FastMCP): pass\n",
    "server = Server('x')\n",
    "@server.call_tool()\n",
    "@server.list_tools\n",
    "mcp = FastMCP('é', 'x', host='y')\n",
    "fast.FastMCP(*a, **k)",
    "FastMCP(",
    "F('a', host=h, # x\n  port=1)\n",
    "Tool(name='x', inputSchema={})",
    "tool.inputSchema",
    "types.Tool().inputSchema",
    "self.x.y().inputSchema = ",
    "getattr(tool, 'inputSchema')",
    "isinstance(x, (Tool, Cursor | None))",
    "mock.patch('mcp.server.fastmcp.FastMCP')",
    "sys.modules['mcp.types']",
    "x: \"mcp.types.Cursor\" = 1\n",
    "S = '''from mcp.server.fastmcp import FastMCP\nFastMCP()\n'''\n",
    "S = f\"\"\"\n    import mcp.types\n    mcp.types.Cursor({x!r:>{y}} {{}})\n    \"\"\"\n",
    "S = 'from mcp.types import Cursor\\n' \"Cursor\\n\"\n",
    "match x:\n    case Tool(inputSchema=s):\n        ",
    "__all__ = ['FastMCP']\n",
    "FastMCP = None\n",
    "global FastMCP\n",
    "del tool.inputSchema\n",
    "lambda Cursor: Cursor\n",
    "[Tool for Tool in x if Cursor]",
    "(Tool := Cursor)",
    "await ",
    "return ",
    "yield ",
    "raise ",
    "pass\n",
    "\n",
    "\r\n",
    "\r",
    "\u{c}",
    "\t",
    "    ",
    "\\\n",
    "# mcp é\n",
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    "'",
    "\"\"\"",
    "f'{",
    ",",
    ":",
    " = ",
    ".",
    "\u{feff}",
    "😀",
    "%pip install mcp\n",
    "!ls\n",
];

pub(super) fn text() -> impl Strategy<Value = String> {
    prop::collection::vec(0..PIECES.len(), 0..30).prop_map(|picks| picks.into_iter().map(|pick| PIECES[pick]).collect())
}

/// A notebook whose cells hold `parts`, by turns as lines and as one string.
fn notebook(parts: &[String]) -> String {
    let cells = parts.iter().enumerate().map(|(index, part)| {
        let lines: Vec<&str> = part.split_inclusive('\n').collect();
        let source = if index % 2 == 0 { serde_json::json!(lines) } else { serde_json::json!(part) };
        serde_json::json!({"cell_type": "code", "source": source, "metadata": {"é": "mcp"}})
    });
    serde_json::to_string_pretty(&serde_json::json!({"cells": cells.collect::<Vec<_>>()})).unwrap()
}

/// `old` with the edits of `fixes` and nothing else.
fn rebuilt(old: &str, fixes: &[Fix]) -> String {
    let mut edits: Vec<_> = fixes.iter().flat_map(|fix| &fix.edits).collect();
    edits.sort_by_key(|edit| edit.span);
    edits.dedup();
    let (mut out, mut at) = (String::new(), 0);
    for edit in edits {
        out.push_str(&old[at..edit.span.start]);
        out.push_str(&edit.content);
        at = edit.span.end;
    }
    out + &old[at..]
}

fn holds(path: &str, text: &str) -> Result<(), TestCaseError> {
    let rules = rules();
    let report = checked(vec![SourceFile::in_memory(path, text)], &rules);
    for finding in &report.findings {
        prop_assert!(text.get(finding.span.start..finding.span.end).is_some(), "{finding:?} of {text:?}");
        for edit in finding.fix.iter().flat_map(|fix| &fix.edits) {
            prop_assert!(text.get(edit.span.start..edit.span.end).is_some(), "{edit:?} of {text:?}");
        }
    }
    // Fixes that touch each other wait for the next round; after enough of them nothing is left to do.
    let mut current = text.to_owned();
    let mut rounds = 0;
    loop {
        let (next, made, unsound) = fixed(path, &current, &rules, Applicability::Unsafe);
        prop_assert_eq!(unsound, 0, "a fix did not prove itself in {:?}", current);
        prop_assert_eq!(&rebuilt(&current, &made), &next);
        if next == current {
            prop_assert!(made.is_empty(), "a fix changes nothing in {:?}: {:?}", current, made);
            return Ok(());
        }
        current = next;
        rounds += 1;
        prop_assert!(rounds < 20, "fixes of {:?} never end; now {:?}", text, current);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn code_of_any_shape_is_checked_and_fixed_in_place(text in text()) {
        holds("a.py", &text)?;
    }

    #[test]
    fn notebooks_of_any_code_stay_notebooks(parts in prop::collection::vec(text(), 0..4)) {
        holds("a.ipynb", &notebook(&parts))?;
    }
}
