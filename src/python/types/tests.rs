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
    hinted(files, &Hints::new())
}

fn hinted(files: &[(&str, &str)], hints: &Hints) -> Engine {
    let roots = [String::new(), "src".to_owned()];
    Engine::new(SDK.into_iter(), files.iter().copied(), &roots, Some((3, 12)), hints).unwrap()
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
        if «self.last».isError or self.names:
            return 1
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
            await mine.go()
        except ValueError as error:
            «error»
        «mine»
";
    let expected = [
        "main.Mine",
        "mcp.client.session.ClientSession.call_tool of main.Mine",
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
    ];
    assert_eq!(marked(text, &[]), expected);
}

#[test]
fn values_cross_modules_even_in_a_circle() {
    let text = "\
from enum import Enum
from typing import NewType, Protocol, TypeVar, TypedDict, Generic
from helper import make, later, Holder, Kind
import pkg.deep as deep
from mcp.types import Tool
T = TypeVar('T', bound=Tool)
class Named(Protocol):
    name: str
class Row(TypedDict):
    tool: Tool
class Own(Tool): ...
def first(tool: T, named: Named, row: Row, cls: type[Tool]) -> T:
    «tool», «named», «row»['tool'], «row['tool']», «cls», «cls()»
    return tool
«make()», «later», «Holder(Own()).value», «Kind.A», «deep.session», «first», «Own», «Holder[Tool]», «Kind», «deep.nothing»
";
    let helper = "\
from enum import Enum
from typing import Generic, TypeVar
import main
from mcp import ClientSession
V = TypeVar('V')
class Kind(Enum):
    A = 1
    B = 2
class Holder(Generic[V]):
    def __init__(self, value: V) -> None:
        self.value = value
def make() -> ClientSession | None: ...
later: 'main.Own'
";
    let deep = "from helper import make\nsession = make()\n";
    let found = marked(text, &[("src/helper.py", helper), ("pkg/__init__.py", ""), ("pkg/deep.py", deep)]);
    let expected = [
        "mcp.types.Tool",
        "main.Named",
        "main.Row",
        "mcp.types.Tool",
        "class mcp.types.Tool",
        "mcp.types.Tool",
        "mcp.client.session.ClientSession | None",
        "main.Own",
        "main.Own",
        "helper.Kind",
        "mcp.client.session.ClientSession | None",
        "def main.first",
        "class main.Own",
        "class helper.Holder",
        "class helper.Kind",
        "?",
    ];
    assert_eq!(found, expected);
}

#[test]
fn a_class_knows_its_ancestors() {
    let (text, spans) = unmarked("from mcp.types import Tool\nclass A(Tool): ...\nclass «B»(A): ...\n");
    let found = engine(&[("a.py", &text)]).type_at("a.py", spans[0]);
    let [Part::Class(class)] = &found.parts[..] else { panic!("{found:?}") };
    assert_eq!(class.ancestors, ["a.B", "a.A", "mcp.types.Tool", "mcp.types.Model", "builtins.object"]);
    assert!(class.is("mcp.types.Tool") && !class.is("mcp.types.Result"));
}

#[test]
fn a_name_leads_to_its_definition() {
    let text = "import mcp.types as t\nfrom mcp import types\ndef f(r: t.CallToolResult):\n    «r.isError», «types», «t.Tool», «r»\nclass C:\n    def __init__(self): self.x = 1\n«C().x»\n";
    let (text, spans) = unmarked(text);
    let engine = engine(&[("a.py", &text)]);
    let found: Vec<_> = spans.iter().map(|span| engine.definitions_at("a.py", *span).join(" ")).collect();
    assert_eq!(found, ["mcp.types.CallToolResult.isError", "mcp.types", "mcp.types.Tool", "a.f.<locals>.r", "a.C.x"]);
}

#[test]
fn diagnostics_tell_what_fails_and_nothing_else() {
    let text = "\
import unknown_package
from unknown_package.sub import x
import mcp.nowhere
from mcp.types import Nothing
from mcp.server import Server, run
def f(server: Server[int], un):
    server.gone  # type: ignore
    server.gone  # ty: ignore
    run(server, host='x')
    run()
    server.old()
    un.anything.goes
    unused = x
    text: str = un
";
    let found = engine(&[("a.py", text)]).diagnostics("a.py").unwrap();
    let shown: Vec<_> =
        found.iter().map(|found| format!("{} {}", found.rule, &text[found.span.start..found.span.end])).collect();
    let expected = [
        "unresolved-import mcp.nowhere",
        "unresolved-import Nothing",
        "unresolved-attribute server.gone",
        "unresolved-attribute server.gone",
        "unknown-argument host='x'",
        "missing-argument run()",
        "deprecated old",
    ];
    assert_eq!(shown, expected, "{found:#?}");
}

#[test]
fn what_nests_without_end_is_refused_and_the_rest_survives() {
    for unit in ["(", "[", "-", "not ", "a + ", "a.b().", "lambda: ", "x if y else ", "f(a, ", "{1: ", "await ", "1 + "]
    {
        for times in [100, 50_000] {
            let deep = format!("x = {}1\n", unit.repeat(times));
            let engine = engine(&[("deep.py", &deep), ("user.py", "from deep import x\nimport mcp\nmcp.nothing\n")]);
            assert_eq!(engine.diagnostics("deep.py").is_err(), times > 100, "{times} x {unit}");
            let told = engine.diagnostics("user.py").unwrap();
            assert!(told.iter().any(|told| told.rule == "unresolved-attribute"), "{unit}: {told:?}");
        }
    }
}

#[test]
fn any_path_has_a_place_and_any_question_an_answer() {
    let paths = [
        "../up/a.py",
        "/abs/a.py",
        r"C:\\w\\a.py",
        "./dot/./a.py",
        "a.b/c-d.py",
        "sp ace.py",
        "no_extension",
        "é/ü.py",
    ];
    let files: Vec<(&str, &str)> = paths.iter().map(|path| (*path, "import mcp\nmcp.nothing\n")).collect();
    let engine = engine(&files);
    for path in paths {
        assert_eq!(engine.diagnostics(path).unwrap().len(), 1, "{path}");
        assert_eq!(engine.type_at(path, Span::new(11, 14)).parts, [Part::Module("mcp".to_owned())], "{path}");
        assert_eq!(engine.type_at(path, Span::new(500, 9_000)), Type::unknown());
    }
    assert!(engine.diagnostics("absent.py").is_err());
    assert!(engine.diagnostics("abs").is_err());
    assert_eq!(engine.type_at("absent.py", Span::new(0, 1)), Type::unknown());
}

#[test]
fn clones_answer_alike_on_other_threads() {
    let text = "from mcp import ClientSession\ndef f(s: ClientSession):\n    s.gone\n";
    let engine = engine(&[("a.py", text), ("b.py", text)]);
    let threads: Vec<_> = ["a.py", "b.py", "a.py"]
        .map(|path| {
            let engine = engine.clone();
            std::thread::spawn(move || engine.diagnostics(path).unwrap())
        })
        .into();
    let told: Vec<_> = threads.into_iter().map(|thread| thread.join().unwrap()).collect();
    assert_eq!(told[0].len(), 1);
    assert!(told.iter().all(|other| *other == told[0]));
}

#[test]
fn a_move_breaks_what_the_new_stubs_lack() {
    let text = "from mcp.types import Tool\ndef f(t: Tool):\n    t.inputSchema\n    t.never\n";
    let v2: Vec<_> = SDK.iter().map(|(path, stub)| (*path, stub.replace("inputSchema", "input_schema"))).collect();
    let v2 = v2.iter().map(|(path, stub)| (*path, stub.as_str()));
    let v2 = Engine::new(v2, [("a.py", text)].into_iter(), &[String::new()], None, &Hints::new()).unwrap();
    let (old, new) = (engine(&[("a.py", text)]).diagnostics("a.py").unwrap(), v2.diagnostics("a.py").unwrap());
    let broken = broken_by(&old, &new);
    assert_eq!(broken.len(), 1, "{broken:?}");
    assert_eq!(&text[broken[0].span.start..broken[0].span.end], "t.inputSchema");
}

#[test]
fn a_panic_is_a_problem_of_one_file() {
    let engine = engine(&[("a.py", "import mcp\nmcp.nothing\n")]);
    let problem = engine.ask("a.py", |_, _| -> usize { panic!("at {}\nand more", 7) }).unwrap_err();
    assert_eq!(problem.message, "the type engine failed: at 7");
    assert_eq!(engine.diagnostics("a.py").unwrap().len(), 1);
}

#[test]
fn what_takes_too_long_is_a_problem_of_one_file() {
    let text = "import mcp\nmcp.nothing\n";
    let given_up = GivenUp::default();
    let engine = engine(&[("a.py", text), ("b.py", text)]).sharing(&given_up);
    let late = engine.ask("a.py", |_, _| -> usize { std::panic::panic_any(salsa::Cancelled::Local) }).unwrap_err();
    assert_eq!(late.message, "took too long to infer types");
    assert_eq!(engine.diagnostics("a.py").unwrap_err().message, "took too long to infer types");
    assert_eq!(given_up.reason("a.py").as_deref(), Some("took too long to infer types"));
    assert_eq!(engine.diagnostics("b.py").unwrap().len(), 1);
}

/// The same as [`marked`], with what functions return found as often as it takes.
fn marked_with_hints(text: &str, others: &[(&str, &str)]) -> Vec<String> {
    let (text, spans) = unmarked(text);
    let files: Vec<(&str, &str)> = others.iter().copied().chain([("main.py", text.as_str())]).collect();
    let (mut engine, mut hints) = (engine(&files), Hints::new());
    for _ in 0..3 {
        for (path, _) in &files {
            let known = hints.entry((*path).to_owned()).or_default();
            known.extend(engine.hints(path));
            known.sort();
        }
        engine = hinted(&files, &hints);
    }
    assert!(files.iter().all(|(path, _)| engine.diagnostics(path).unwrap().is_empty()));
    engine.types_at("main.py", &spans).iter().map(words).collect()
}

#[test]
fn functions_without_annotations_return_what_they_return() {
    let text = "\
from contextlib import asynccontextmanager
from mcp import ClientSession, types
from other import client

@asynccontextmanager
async def connect():
    async with ClientSession(None, None) as session:
        yield session

def tool():
    return types.Tool()

def again(flag):
    if flag:
        return None
    return tool()

def several():
    return [tool() for _ in range(3)]

def mixed(value):
    if value.is_old:
        return tool()
    return value.tool

def registered(function):
    return function

@registered
def handler():
    return tool()

async def main():
    print(«tool()», «again(1)», «several()[0]», «mixed(2)», «handler()»)
    async with connect() as «session»:
        print(«(await client().list_tools()).tools[0]», «await session.call_tool('x')»)
";
    let other = "from mcp import ClientSession\n\nclass Held:\n    def __init__(self, session: ClientSession):\n        self.session = session\n\n    def take(self):\n        return self.session\n\ndef client():\n    return held.take()\n\nheld = Held(ClientSession(None, None))\n";
    assert_eq!(
        marked_with_hints(text, &[("other.py", other)]),
        [
            "mcp.types.Tool",
            "None | mcp.types.Tool",
            "mcp.types.Tool",
            "mcp.types.Tool | ?",
            "?",
            "mcp.client.session.ClientSession",
            "mcp.types.Tool",
            "mcp.types.CallToolResult",
        ]
    );
}
