//! The embedded API surfaces: they agree with what was read off the installed packages, and every name that they refer
//! to is there.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::{fs, io};

use assert_cmd::Command;
use mcp_audit::python::surface::{Kind, Surface};

/// Packages that the surfaces import and nobody infers types from.
const UNSTUBBED: [&str; 9] =
    ["cryptography", "dotenv", "jwt", "pywintypes", "rich", "typer", "win32api", "win32con", "win32job"];

/// The modules of the standard library that the surfaces import.
const STANDARD: &str = "_typeshed abc argparse asyncio base64 binascii builtins collections contextlib contextvars copy dataclasses datetime \
    enum fcntl functools hashlib hmac importlib inspect io itertools json logging math mimetypes msvcrt operator os pathlib re secrets \
    shutil signal string subprocess sys textwrap threading time traceback types typing typing_extensions unicodedata urllib uuid warnings weakref html \
    http";

fn read<T: serde::de::DeserializeOwned>(name: &str) -> T {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/api").join(name);
    serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap()
}

#[test]
fn moved_names_are_where_they_were_and_where_they_are() {
    let pairs: BTreeMap<String, String> = read("import-map.json");
    assert!(pairs.len() > 100);
    let lost = pairs.iter().filter_map(|(old, new)| {
        let (old_is, new_is) = (Surface::v1().index().canonical(old), Surface::v2().index().canonical(new));
        // Names that v1 only happened to import are to be had where they come from, outside of the SDK.
        let is_ours = new.split('.').next().is_some_and(|package| package.starts_with("mcp"));
        (old_is.is_none() || is_ours && new_is.is_none()).then(|| format!("{old} {old_is:?} -> {new} {new_is:?}"))
    });
    assert_eq!(lost.collect::<Vec<_>>(), [""; 0]);
}

#[test]
fn what_moved_is_found_under_both_names() {
    let moves = [
        ("mcp.server.fastmcp.*", "mcp.server.mcpserver"),
        ("mcp.server.fastmcp.FastMCP", "mcp.server.mcpserver.MCPServer"),
        ("mcp.shared.exceptions.McpError", "mcp.shared.exceptions.MCPError"),
    ];
    let bridged = Surface::v1().bridged(Surface::v2(), moves.into_iter());
    for (new, old) in [
        ("mcp.server.mcpserver.MCPServer", "mcp.server.fastmcp.server.FastMCP"),
        ("mcp.server.MCPServer.run", "mcp.server.fastmcp.server.FastMCP.run"),
        ("mcp.server.mcpserver.server.Context", "mcp.server.fastmcp.server.Context"),
        ("mcp.MCPError", "mcp.shared.exceptions.McpError"),
        ("mcp_types.Tool", "mcp.types.Tool"),
        ("mcp.server.fastmcp.FastMCP", "mcp.server.fastmcp.server.FastMCP"),
    ] {
        assert_eq!(bridged.index().canonical(new).as_deref(), Some(old), "{new}");
    }
    // What is new is no other name for anything.
    assert_eq!(bridged.index().canonical("mcp.client.Client"), None);
}

#[test]
fn unchanged_names_are_in_both() {
    let paths: Vec<String> = read("unchanged-imports.json");
    assert!(paths.len() > 300);
    for surface in [Surface::v1(), Surface::v2()] {
        let lost: Vec<_> = paths.iter().filter(|path| surface.index().canonical(path).is_none()).collect();
        assert_eq!(lost, [""; 0], "{}", surface.version);
    }
}

#[test]
fn paths_lead_to_definitions() {
    let (v1, v2) = (Surface::v1().index(), Surface::v2().index());
    for (index, path, canonical, kind) in [
        (v1, "mcp", "mcp", Kind::Module),
        (v1, "mcp.ClientSession", "mcp.client.session.ClientSession", Kind::Class),
        (v1, "mcp.ClientSession.call_tool", "mcp.client.session.ClientSession.call_tool", Kind::Function),
        (v1, "mcp.ClientSession.send_request", "mcp.shared.session.BaseSession.send_request", Kind::Function),
        (v1, "mcp.types.Tool.name", "mcp.types.BaseMetadata.name", Kind::Value),
        (v1, "mcp.types.RequestParams.Meta", "mcp.types.RequestParams.Meta", Kind::Class),
        (v1, "mcp.server.FastMCP", "mcp.server.fastmcp.server.FastMCP", Kind::Class),
        (v2, "mcp.types.Tool", "mcp_types._types.Tool", Kind::Class),
        (v2, "mcp.types.Tool.input_schema", "mcp_types._types.Tool.input_schema", Kind::Value),
        (v2, "mcp.server.MCPServer", "mcp.server.mcpserver.server.MCPServer", Kind::Class),
        (v2, "mcp.types.CONNECTION_CLOSED", "mcp_types.jsonrpc.CONNECTION_CLOSED", Kind::Value),
    ] {
        assert_eq!(index.canonical(path).as_deref(), Some(canonical), "{path}");
        assert_eq!(index.kind(path), Some(kind), "{path}");
    }
    for path in ["mcp.server.fastmcp", "mcp.types.Tool.inputSchema", "mcp.nothing", "mcp.Tool.name.x"] {
        assert_eq!(v2.canonical(path), None, "{path}");
    }
    // Only type checkers import it there.
    assert_eq!(v1.canonical("mcp.server.fastmcp.tools.base.Context"), None);
}

#[test]
fn signatures_are_in_order_and_without_the_receiver() {
    let names = |surface: &Surface, path: &str| -> Vec<String> {
        surface.index().parameters(path).unwrap().iter().map(|parameter| parameter.name.clone()).collect()
    };
    assert_eq!(names(Surface::v1(), "mcp.server.fastmcp.FastMCP")[..3], ["name", "instructions", "website_url"]);
    assert_eq!(names(Surface::v2(), "mcp.server.MCPServer")[..3], ["name", "title", "description"]);
    assert_eq!(names(Surface::v1(), "mcp.ClientSession.call_tool")[..2], ["name", "arguments"]);
    let tool = names(Surface::v2(), "mcp.types.Tool");
    assert!(
        ["inputSchema", "input_schema", "extra"].iter().all(|name| tool.iter().any(|other| other == name)),
        "{tool:?}"
    );
    assert!(!names(Surface::v2(), "mcp.Client").is_empty());
    assert_eq!(Surface::v1().index().parameters("mcp.types.CONNECTION_CLOSED"), None);
}

#[test]
fn ancestors_are_known() {
    let bases = Surface::v1().index().bases("mcp.types.ListToolsResult");
    assert_eq!(bases, ["mcp.types.PaginatedResult", "mcp.types.Result", "pydantic.main.BaseModel"]);
}

#[test]
fn public_names_are_listed() {
    for (surface, has, lacks) in [
        (Surface::v1(), "mcp.server.fastmcp.FastMCP", "mcp.server.MCPServer"),
        (Surface::v2(), "mcp.types.Tool", "mcp.server.fastmcp.FastMCP"),
    ] {
        let names: BTreeSet<&str> = surface.index().names().collect();
        assert!(names.contains(has) && !names.contains(lacks) && names.len() > 1_000, "{}", names.len());
        assert!(!names.contains("mcp.types.Any"));
    }
}

#[test]
fn whatever_a_stub_imports_is_there() {
    for surface in [Surface::v1(), Surface::v2()] {
        let mut lost = BTreeSet::new();
        for (path, text) in surface.files() {
            for line in text.lines().map(str::trim_start) {
                let Some((from, names)) = line.strip_prefix("from ").and_then(|line| line.split_once(" import "))
                else {
                    continue;
                };
                let top = from.split('.').next().unwrap_or_default();
                if from.starts_with('.')
                    || UNSTUBBED.contains(&top)
                    || STANDARD.split_whitespace().any(|name| name == top)
                {
                    continue;
                }
                let has_any = surface.index().canonical(&format!("{from}.__getattr__")).is_some();
                for name in names.split(", ").filter_map(|name| name.split(' ').next()).filter(|name| *name != "*") {
                    let found = surface.index().canonical(&format!("{from}.{name}"));
                    // A shared stub that says so has every name.
                    if found.is_none() && !has_any
                        || found.as_deref() == Some(&format!("{from}.{name}")) && surface.index().kind(from).is_none()
                    {
                        lost.insert(format!("{path}: {from}.{name}"));
                    }
                }
            }
        }
        assert_eq!(lost.into_iter().collect::<Vec<_>>(), [""; 0], "{}", surface.version);
    }
}

#[test]
fn stubs_hold_no_prose() {
    for surface in [Surface::v1(), Surface::v2()] {
        for (path, text) in surface.own() {
            assert!(!text.contains('#') || text.lines().all(|line| !line.trim_start().starts_with('#')), "{path}");
            assert!(text.lines().all(|line| !line.trim_start().starts_with("\"\"\"")), "{path}");
        }
    }
}

/// A wheel with these files.
fn wheel(path: &Path, files: &[(&str, &str)]) -> io::Result<()> {
    let mut zip = zip::ZipWriter::new(fs::File::create(path)?);
    for (path, text) in files {
        zip.start_file(*path, zip::write::SimpleFileOptions::default())?;
        io::Write::write_all(&mut zip, text.as_bytes())?;
    }
    zip.finish()?;
    Ok(())
}

const SOURCE: &str = r#"
"""What this is."""
from __future__ import annotations
import logging
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Annotated, Any, overload
from pydantic import BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel
try:
    import fast
except ImportError:
    fast = None
if TYPE_CHECKING:
    from x import Y

LIMIT = 4 * 1024  # why
NAME = "a-name"
PROSE = "a sentence that somebody wrote down once"
logger = logging.getLogger(__name__)
Id = Annotated[
    int, Field(description="no")
] | str

class Base(BaseModel):
    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True)
    name: str
    meta: dict[str, Any] | None = Field(default=None, alias="_meta")

class Tool(Base):
    """A tool."""
    input_schema: dict[str, Any] = Field(description="no")

@dataclass
class Box:
    size: int
    items: list[str] = field(default_factory=list)

class Server:
    __slots__ = ("a",)
    def __init__(self, name: str, log: logging.Logger | None = None, *, n: int = 3, f=len) -> None:
        self.name = name
        self._log = log or logger
        self.tools: dict[str, Tool] = {}
        self.box = Box(1)
        self.count = 0
    @overload
    def get(self, key: str) -> str: ...
    @overload
    def get(self, key: int) -> int: ...
    def get(self, key): return key
    async def stream(self) -> AsyncIterator[int]:
        yield 1
    @property
    def size(self): return 1
    @cache
    def slow(self) -> int: return 1
"#;

const STUB: &str = r#"from _typeshed import Incomplete
import logging as logging
from dataclasses import dataclass as dataclass, field as field
from typing import TYPE_CHECKING as TYPE_CHECKING, Annotated as Annotated, Any as Any, overload as overload
from pydantic import BaseModel as BaseModel, ConfigDict as ConfigDict, Field as Field
from pydantic.alias_generators import to_camel as to_camel
import fast as fast
if TYPE_CHECKING:
    from x import Y
LIMIT: int
NAME = "a-name"
PROSE: str
logger: logging.Logger
Id = int | str
class Base(BaseModel):
    name: str
    meta: dict[str, Any] | None = ...
    def __init__(self, *, name: str, _meta: dict[str, Any] | None = ..., meta: dict[str, Any] | None = ..., **extra: Any) -> None: ...
class Tool(Base):
    input_schema: dict[str, Any]
    def __init__(self, *, name: str, _meta: dict[str, Any] | None = ..., meta: dict[str, Any] | None = ..., inputSchema: dict[str, Any] = ..., input_schema: dict[str, Any] = ..., **extra: Any) -> None: ...
@dataclass
class Box:
    size: int
    items: list[str] = ...
class Server:
    def __init__(self, name: str, log: logging.Logger | None = None, *, n: int = 3, f=...) -> None: ...
    @overload
    def get(self, key: str) -> str: ...
    @overload
    def get(self, key: int) -> int: ...
    def stream(self) -> AsyncIterator[int]: ...
    @property
    def size(self): ...
    def slow(self) -> int: ...
    name: str
    _log: Incomplete
    tools: dict[str, Tool]
    box: Box
    count: int
"#;

#[test]
fn a_wheel_becomes_stubs() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("p-1.0-py3-none-any.whl");
    let metadata = ("p-1.0.dist-info/METADATA", "Metadata-Version: 2.1\nName: p\nVersion: 1.0\n");
    wheel(
        &path,
        &[
            metadata,
            ("p/__init__.py", "from p.a import Tool\n"),
            ("p/a.py", SOURCE),
            ("p/gone.py", "raise ImportError('x')\n"),
        ],
    )
    .unwrap();
    let out = folder.path().join("out");
    let run = |expected: i32| {
        Command::cargo_bin("mcp-audit")
            .unwrap()
            .arg("surface")
            .arg(&path)
            .arg("--output")
            .arg(&out)
            .assert()
            .code(expected)
    };
    run(0).stderr(format!("2 stubs of p 1.0 in {}.\n", out.display()));
    assert_eq!(fs::read_to_string(out.join("p/a.pyi")).unwrap(), STUB);
    assert_eq!(
        fs::read_to_string(out.join("p/__init__.pyi")).unwrap(),
        "from p.a import Tool as Tool\nfrom . import a as a\n"
    );
    assert!(!out.join("p/gone.pyi").exists());
    fs::write(&path, "no wheel").unwrap();
    run(2);
    wheel(&path, &[metadata, ("p/a.py", "def (\n")]).unwrap();
    run(2);
    wheel(&path, &[("p/a.py", "")]).unwrap();
    run(2);
}
