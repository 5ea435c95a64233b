//! The ways in which a module comes by a name of the SDK: lazily, in stubs, relatively, under conditions.

use super::code::found;

const FAST: &str = "from mcp.server.fastmcp import FastMCP\n";

#[test]
fn a_lazy_import_is_an_import() {
    assert_eq!(found(&[("a.py", "lazy from mcp.server.fastmcp import FastMCP\nFastMCP()\n")]), ["a.py:1:37: FastMCP"]);
    let text = "lazy import mcp.server.fastmcp\nmcp.server.fastmcp.FastMCP()\n";
    assert_eq!(found(&[("a.py", text)]), ["a.py:1:13: mcp.server.fastmcp", "a.py:2:20: FastMCP"]);
}

#[test]
fn stubs_are_checked() {
    let text = "from mcp.server.fastmcp import FastMCP as FastMCP\ndef f(x: FastMCP) -> None: ...\n";
    assert_eq!(found(&[("app/a.pyi", text)]), ["app/a.pyi:1:32: FastMCP"]);
}

#[test]
fn annotations_that_are_never_evaluated_are_still_names() {
    let text = "from __future__ import annotations\nimport mcp.server.fastmcp as fast\n\ndef f(x: fast.FastMCP | None) -> 'fast.FastMCP': ...\n";
    assert_eq!(found(&[("a.py", text)]), ["a.py:2:8: mcp.server.fastmcp", "a.py:4:15: FastMCP", "a.py:4:40: FastMCP"]);
}

#[test]
fn relative_imports_lead_through_packages_without_init() {
    let files = [
        ("pyproject.toml", "[project]\nname = 'x'\ndependencies = ['mcp<2']\n"),
        ("src/app/compat.py", "import mcp.server.fastmcp as fast\n"),
        (
            "src/app/web/views.py",
            "import mcp\nfrom ..compat import fast\nfrom .. import compat\nfast.FastMCP()\ncompat.fast.FastMCP()\n",
        ),
        ("src/app/other.py", "import mcp\nfrom app.compat import fast as f\nf.FastMCP()\n"),
    ];
    let code: Vec<String> = found(&files).into_iter().filter(|one| one.contains(".py:")).collect();
    assert_eq!(
        code,
        [
            "src/app/compat.py:1:8: mcp.server.fastmcp",
            "src/app/other.py:3:3: FastMCP",
            "src/app/web/views.py:4:6: FastMCP",
            "src/app/web/views.py:5:13: FastMCP",
        ]
    );
}

#[test]
fn conditions_on_the_interpreter_serve_no_other_sdk() {
    let text = format!("import sys\nif sys.version_info >= (3, 10):\n    {FAST}else:\n    FastMCP = None\n");
    assert_eq!(found(&[("a.py", &text)]), ["a.py:3:36: FastMCP"]);
    let both = "import sys\nif sys.version_info >= (3, 10):\n    from mcp.server.mcpserver import MCPServer\nelse:\n    from mcp.server.fastmcp import FastMCP as MCPServer\n";
    assert_eq!(found(&[("a.py", both)]), [""; 0]);
}

#[test]
fn imports_for_type_checkers_are_checked() {
    let text = format!("from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    {FAST}\ndef f(x: 'FastMCP'): ...\n");
    assert_eq!(found(&[("a.py", &text)]), ["a.py:3:36: FastMCP"]);
    let text = format!("import typing\nif typing.TYPE_CHECKING:\n    {FAST}else:\n    FastMCP = object\n");
    assert_eq!(found(&[("a.py", &text)]), ["a.py:3:36: FastMCP"]);
}
