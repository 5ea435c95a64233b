//! Code that is no module of its own: cells of notebooks, and programs in strings.

use mcp_audit::fix::Applicability;

use super::code::{fixed, found, rules};

const NOTEBOOK: &str = r##"{
 "cells": [
  {
   "cell_type": "markdown",
   "metadata": {},
   "source": ["# from mcp.server.fastmcp import FastMCP\n", "import mcp"]
  },
  {
   "cell_type": "code",
   "execution_count": 1,
   "metadata": {},
   "outputs": [{"name": "stdout", "output_type": "stream", "text": ["from mcp.server.fastmcp import FastMCP\n"]}],
   "source": [
    "!pip install \"mcp>=1,<2\" # \u00e9 é\n",
    "%load_ext autoreload\n",
    "from mcp.server.fastmcp import Context, FastMCP\n",
    "from mcp import types"
   ]
  },
  {
   "cell_type": "code",
   "execution_count": null,
   "metadata": {},
   "outputs": [],
   "source": "%%time\nserver = FastMCP(\"dém\u00f3\")\nfiles = !ls\n\ntool: types.Tool = await first(\"\ud83d\ude00\")\nprint(\"\\n\", tool.inputSchema)"
  },
  {
   "cell_type": "code",
   "metadata": {},
   "outputs": [],
   "source": ["%%bash\n", "echo from mcp.server.fastmcp import FastMCP"]
  },
  {
   "cell_type": "code",
   "metadata": {},
   "outputs": [],
   "source": ["%%writefile server.py\n", "from mcp.server.fastmcp import FastMCP\n", "FastMCP(\"x\")\n"]
  },
  {
   "cell_type": "code",
   "metadata": {},
   "outputs": [],
   "source": ["from mcp.server.fastmcp import ("]
  }
 ],
 "metadata": {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}},
 "nbformat": 4,
 "nbformat_minor": 5
}
"##;

#[test]
fn a_notebook_is_checked_as_one_module_and_its_files_as_others() {
    assert_eq!(
        found(&[("demo/a.ipynb", NOTEBOOK)]),
        [
            "demo/a.ipynb:16:37: Context",
            "demo/a.ipynb:16:46: FastMCP",
            "demo/a.ipynb:25:141: inputSchema",
            "demo/a.ipynb:37:74: FastMCP",
        ]
    );
}

#[test]
fn a_notebook_is_fixed_in_its_strings_and_nowhere_else() {
    let (text, _, unsound) = fixed("demo/a.ipynb", NOTEBOOK, &rules(), Applicability::Safe);
    assert_eq!(unsound, 0);
    let mut expected = NOTEBOOK.to_owned();
    for (old, new) in [
        (
            "    \"from mcp.server.fastmcp import Context, FastMCP",
            "    \"from mcp.server.mcpserver import Context, MCPServer",
        ),
        ("nserver = FastMCP", "nserver = MCPServer"),
        ("tool.inputSchema", "tool.input_schema"),
        (
            "\"from mcp.server.fastmcp import FastMCP\\n\", \"FastMCP(",
            "\"from mcp.server.mcpserver import MCPServer\\n\", \"MCPServer(",
        ),
    ] {
        assert_eq!(expected.matches(old).count(), 1, "{old}");
        expected = expected.replace(old, new);
    }
    assert_eq!(text, expected);
    assert!(serde_json::from_str::<serde_json::Value>(&text).is_ok());
    assert_eq!(fixed("demo/a.ipynb", &text, &rules(), Applicability::Unsafe).0, text);
}

#[test]
fn a_statement_of_several_lines_stays_one_in_its_cell() {
    let text = r#"{"cells": [{"cell_type": "code", "source": ["from mcp.types import (\n", "    Cursor,\n", "    Tool)\n", "x: Cursor = ''"]}]}"#;
    let (made, ..) = fixed("a.ipynb", text, &rules(), Applicability::Unsafe);
    let value: serde_json::Value = serde_json::from_str(&made).unwrap();
    let lines = value["cells"][0]["source"].as_array().unwrap();
    let source: String = lines.iter().map(|line| line.as_str().unwrap()).collect();
    assert_eq!(source, "from mcp.types import (\n    Tool)\nx: str = ''");
}

#[test]
fn notebooks_of_other_languages_and_broken_ones_are_left_alone() {
    let other = NOTEBOOK.replace("\"language\": \"python\"", "\"language\": \"R\"");
    assert_eq!(found(&[("a.ipynb", &other)]), [""; 0]);
    for text in [
        "{\"cells\": [{\"cell_type\": \"code\", \"source\": \"import mcp",
        "[\"import mcp\"]",
        "import mcp",
        "{\"cells\": 1}",
    ] {
        assert_eq!(found(&[("a.ipynb", text)]), [""; 0], "{text}");
    }
}

const TEST: &str = r#"import subprocess, sys, textwrap
import mcp

SERVER = """from mcp.server.fastmcp import FastMCP
server = FastMCP("x")
server.run()
"""


def test_it(tmp_path, name):
    """Runs this:

    from mcp.server.fastmcp import FastMCP
    """
    (tmp_path / "a.py").write_text(textwrap.dedent('''
        from mcp.types import Cursor, Tool

        def f(x: Cursor): ...
    '''))
    subprocess.run([sys.executable, "-c", f"""
from mcp.server.fastmcp import FastMCP
FastMCP({name!r}, {{"a": 1}})
"""])
    subprocess.run([sys.executable, "-c", "from mcp.server.fastmcp import FastMCP\nFastMCP('x').run()"])
    subprocess.run([sys.executable, "-c", ("import mcp.server.fastmcp as fast\n" 'print(fast.FastMCP)')])
"#;

#[test]
fn programs_in_strings_are_checked() {
    assert_eq!(
        found(&[("test_it.py", TEST)]),
        [
            "test_it.py:4:44: FastMCP",
            "test_it.py:16:31: Cursor",
            "test_it.py:21:32: FastMCP",
            "test_it.py:22:19: {{\"a\": 1}",
            "test_it.py:24:75: FastMCP",
            "test_it.py:25:52: mcp.server.fastmcp",
            "test_it.py:25:94: FastMCP",
        ]
    );
}

#[test]
fn programs_in_strings_are_fixed_only_on_demand_and_where_they_are_plain() {
    let (text, ..) = fixed("test_it.py", TEST, &rules(), Applicability::Safe);
    assert_eq!(text, TEST);
    let (text, _, unsound) = fixed("test_it.py", TEST, &rules(), Applicability::Unsafe);
    assert_eq!(unsound, 0);
    let docstring = "    from mcp.server.fastmcp import FastMCP\n    \"\"\"";
    let expected = TEST
        .replace("fastmcp import FastMCP", "mcpserver import MCPServer")
        .replace("FastMCP(", "MCPServer(")
        .replace("{name!r}, {", "{name!r}, instructions={")
        .replace("import Cursor, Tool", "import Tool")
        .replace("x: Cursor", "x: str")
        .replace("server.fastmcp as", "server.mcpserver as")
        .replace("fast.FastMCP", "fast.MCPServer")
        .replace("    from mcp.server.mcpserver import MCPServer\n    \"\"\"", docstring);
    assert_eq!(text, expected);
    assert_eq!(fixed("test_it.py", &text, &rules(), Applicability::Unsafe).0, text);
}

#[test]
fn prose_that_mentions_an_import_is_no_program() {
    for text in [
        "import mcp\nPROMPT = '''You write servers.\nUse `from mcp.server.fastmcp import FastMCP`.\n'''\n",
        "import mcp\nDOC = '''# Title\n\n```python\nfrom mcp.server.fastmcp import FastMCP\n```\n'''\n",
        "import mcp\nDOC = '''\n>>> from mcp.server.fastmcp import FastMCP\n>>> FastMCP\n'''\n",
        "'''\nfrom mcp.server.fastmcp import FastMCP\nFastMCP()\n'''\nimport mcp\n",
        "import mcp\n\ndef f():\n    '''\n    from mcp.server.fastmcp import FastMCP\n    FastMCP()\n    '''\n",
        "import mcp\nLINE = 'from mcp.server.fastmcp import FastMCP'\n",
        "import mcp\nOTHER = '''from fastmcp import FastMCP\nimport mcpx\nFastMCP()\n'''\n",
        "import mcp\nTOML = '''\n[project]\nimport = \"mcp.server.fastmcp\"\n'''\n",
        "import mcp\nSHELL = '''python -c 'from mcp.server.fastmcp import FastMCP'\nls\n'''\n",
        "import mcp\nBROKEN = '''from mcp.server.fastmcp import FastMCP\nFastMCP(\n'''\n",
    ] {
        assert_eq!(found(&[("a.py", text)]), [""; 0], "{text}");
    }
}
