//! The engine against small projects in memory and a small SDK made for the purpose.

use super::*;

/// An SDK of one evening: what the tests need, in the shape of the real one.
pub(super) const SDK: [(&str, &str); 5] = [
    ("mcp/__init__.pyi", "from .client.session import ClientSession as ClientSession\nfrom . import types as types\n"),
    (
        "mcp/types.pyi",
        "from typing import Any, Literal, TypeVar\n\
         class Model:\n    def model_dump(self) -> dict[str, Any]: ...\n\
         class Result(Model):\n    meta: dict[str, Any] | None\n\
         class TextContent(Model):\n    type: Literal['text']\n    text: str\n\
         class ImageContent(Model):\n    type: Literal['image']\n    mimeType: str\n\
         ContentBlock = TextContent | ImageContent\n\
         class CallToolResult(Result):\n    content: list[ContentBlock]\n    isError: bool\n\
         class Tool(Model):\n    name: str\n    inputSchema: dict[str, Any]\n\
         class ListToolsResult(Result):\n    tools: list[Tool]\n    nextCursor: str | None\n",
    ),
    ("mcp/client/__init__.pyi", ""),
    (
        "mcp/client/session.pyi",
        "from typing import Self, Any\nimport mcp.types as types\n\
         class BaseSession:\n    async def __aenter__(self) -> Self: ...\n    async def __aexit__(self, *a: Any) -> bool | None: ...\n\
         class ClientSession(BaseSession):\n    def __init__(self, read: Any, write: Any) -> None: ...\n\
         \x20   async def call_tool(self, name: str, arguments: dict[str, Any] | None = None) -> types.CallToolResult: ...\n\
         \x20   async def list_tools(self, cursor: str | None = None) -> types.ListToolsResult: ...\n",
    ),
    (
        "mcp/server.pyi",
        "from typing import Any, Callable, Generic, TypeVar\nfrom typing_extensions import deprecated\n\
         F = TypeVar('F', bound=Callable[..., Any])\nL = TypeVar('L')\n\
         class Server(Generic[L]):\n    def __init__(self, name: str) -> None: ...\n    def call_tool(self) -> Callable[[F], F]: ...\n\
         \x20   @deprecated('use something else')\n    def old(self) -> None: ...\n\
         class Context:\n    session: 'Session'\n\
         class Session: ...\n\
         def run(server: Server[Any], *, port: int = 0) -> None: ...\n",
    ),
];

pub(super) fn engine(files: &[(&str, &str)]) -> Engine {
    Engine::new(SDK.into_iter(), files.iter().copied(), &[String::new(), "src".to_owned()], Some((3, 12))).unwrap()
}

/// The types of the places between `«` and `»`, as short words.
fn marked(text: &str, others: &[(&str, &str)]) -> Vec<String> {
    let (text, spans) = unmarked(text);
    let files: Vec<(&str, &str)> = others.iter().copied().chain([("main.py", text.as_str())]).collect();
    engine(&files).types_at("main.py", &spans).iter().map(words).collect()
}

fn unmarked(text: &str) -> (String, Vec<Span>) {
    let (mut clean, mut open, mut spans) = (String::new(), Vec::new(), Vec::new());
    for character in text.chars() {
        match character {
            '«' => open.push(clean.len()),
            '»' => spans.push(Span::new(open.pop().unwrap(), clean.len())),
            _ => clean.push(character),
        }
    }
    (clean, spans)
}

fn words(found: &Type) -> String {
    let part = |part: &Part| match part {
        Part::Unknown => "?".to_owned(),
        Part::None => "None".to_owned(),
        Part::Instance(class) => class.path.clone(),
        Part::Class(class) => format!("class {}", class.path),
        Part::Function { path } => format!("def {path}"),
        Part::Method { class, path } => format!("{path} of {}", class.path),
        Part::Module(name) => format!("module {name}"),
        Part::Literal(source) => format!("={source}"),
        Part::UnionAlias => "alias".to_owned(),
        Part::Other => "other".to_owned(),
    };
    found.parts.iter().map(part).collect::<Vec<_>>().join(" | ")
}

#[test]
fn values_are_followed_through_the_language() {
    let text = "\
import asyncio
from mcp import ClientSession, types
from mcp.types import CallToolResult as R, TextContent, ContentBlock

class Mine(ClientSession):
    def __init__(self, read, write):
        super().__init__(read, write)
        self.last: R | None = None
        self.names = ['a']
    async def go(«self»):
        result = await «self.call_tool»('x')
        self.last = «result»
        if «self.last» is not None:
            return «self.last».isError
        return «self».names

async def main(read, write, maybe: ClientSession | None, anything):
    async with ClientSession(read, write) as session, Mine(read, write) as mine:
        found = await session.list_tools()
        for tool in found.tools:
            print(«tool».inputSchema)
        names = [«each».inputSchema for each in («await mine.list_tools()»).tools]
        result = await asyncio.wait_for(session.call_tool('a'), 3)
        for block in «result».content:
            «block»
            if isinstance(block, TextContent):
                «block».text
            else:
                «block».mimeType
        «maybe»
        if isinstance(anything, types.Tool):
            «anything».inputSchema
        «session.call_tool», «ClientSession.call_tool», «types», «R», «ContentBlock», «'a'», «None», «anything.foo», «1 + 2»
        try:
            pass
        except ValueError as error:
            «error»
        «mine»
        (found2 := «await mine.go()»)
";
    let expected = [
        "main.Mine",
        "mcp.client.session.ClientSession.call_tool of main.Mine",
        "mcp.types.CallToolResult",
        "mcp.types.CallToolResult",
        "mcp.types.CallToolResult",
        "main.Mine",
        "mcp.types.Tool",
        "mcp.types.Tool",
        "mcp.types.ListToolsResult",
        "mcp.types.CallToolResult",
        "mcp.types.TextContent | mcp.types.ImageContent",
        "mcp.types.TextContent",
        "mcp.types.ImageContent",
        "mcp.client.session.ClientSession | None",
        "mcp.types.Tool",
        "mcp.client.session.ClientSession.call_tool of mcp.client.session.ClientSession",
        "def mcp.client.session.ClientSession.call_tool",
        "module mcp.types",
        "class mcp.types.CallToolResult",
        "alias",
        "=\"a\"",
        "None",
        "?",
        "=3",
        "builtins.ValueError",
        "main.Mine",
        "builtins.bool | builtins.list",
    ];
    assert_eq!(marked(text, &[]), expected);
}
