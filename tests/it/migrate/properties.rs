//! What must hold for every migration, tried on programs put together from blocks that people write with the older SDK, in
//! any order and style, and on text of any shape: what comes out parses, a second migration changes nothing, and what no
//! rule is about stays where it is, byte by byte.

use std::collections::BTreeMap;

use mcp_audit::breakage::Surfaces;
use mcp_audit::fix::Applicability;
use mcp_audit::migrate::{self, Options};
use mcp_audit::python::surface::Surface;
use mcp_audit::python::syntax_errors;
use mcp_audit::rule::{self, Rules};
use mcp_audit::settle::Settings;
use mcp_audit::{inventory, source::SourceFile};
use proptest::prelude::*;

use super::super::code_properties;

/// Programs that are migrated at once, each in a project of its own: the engine is made once for all of them.
const AT_ONCE: usize = 8;

/// What a program begins with.
const IMPORTS: &[&str] = &[
    "from mcp.server.fastmcp import FastMCP\nfrom mcp.server.lowlevel import Server\nfrom mcp import types, ClientSession, McpError\nfrom mcp.types import *\n",
    "import mcp\nimport mcp.types as types\nfrom mcp import ClientSession, McpError\nfrom mcp.server import Server, FastMCP\nfrom mcp.types import (\n    ErrorData,  # kept\n    TextContent, Tool,\n)\n",
    "\"\"\"Doc.\"\"\"\nfrom __future__ import annotations\nfrom typing import TYPE_CHECKING\nfrom mcp import types\nfrom mcp.server.fastmcp import FastMCP, Context\nfrom mcp.server.lowlevel.server import Server; from mcp.types import ErrorData, TextContent, Tool\nif TYPE_CHECKING:\n    from mcp import ClientSession\nfrom mcp.shared.exceptions import McpError\n",
];

/// Servers of both kinds, of which every program has one.
const APPS: &[&str] = &[
    "app = FastMCP('one')\n",
    "app = FastMCP(\"two\", \"instructions\", host='0.0.0.0', port=8000, stateless_http=True)  # a comment\n",
    "app = FastMCP()\n\n@app.tool()\ndef tool(a: int) -> str:\n    raise ValueError('no')\n",
];
const SERVERS: &[&str] = &["server = Server('low')\n", "server: Server = Server('low', '1.0', instructions='i')\n"];

/// Blocks that follow, in any order.
const BLOCKS: &[&str] = &[
    "@app.tool(name='t', structured_output=False)\nasync def described(text: str, ctx: 'Context | None' = None):\n    await ctx.info('é')\n    return text\n",
    "@app.resource('x://{a}/b')\ndef read(a: str) -> bytes:\n    return b'\\x00'\n",
    "@server.list_tools()\nasync def tools() -> list[Tool]:\n    return [Tool(name='t', inputSchema={'type': 'object'})]\n",
    "@server.call_tool()\nasync def call(name: str, arguments: dict) -> list[TextContent]:\n    if not arguments:\n        raise ValueError(name)\n    return [TextContent(type='text', text=name)]\n",
    "@server.call_tool(validate_input=False)\nasync def call(name, arguments): return {'a': 1}\n",
    "@server.read_resource()\nasync def resource(uri) -> str:\n    return str(uri.path)\n",
    "@server.list_prompts()\nasync def prompts():\n    return []\n",
    "@server.get_prompt()\nasync def prompt(name: str, arguments: dict[str, str] | None) -> types.GetPromptResult:\n    return types.GetPromptResult(messages=[])\n",
    "@server.progress_notification()\nasync def progress(token, value, total, message=None): ...\n",
    "class Holder:\n    def __init__(self):\n        self.server = Server('held')\n\n        @self.server.list_resources()\n        async def resources() -> list[types.Resource]:\n            return self.found\n",
    "class Mine(McpError):\n    def __init__(self):\n        super().__init__(ErrorData(code=1, message='m'))\n",
    "def fail():\n    raise McpError(ErrorData(code=types.INVALID_PARAMS, message=f'{1!r}'))\n",
    "async def use(session: ClientSession):\n    result = await session.call_tool('t', {})\n    if result.isError or result.structuredContent is None: return None\n    return [one.mimeType for one in result.content if hasattr(one, 'mimeType')]\n",
    "async def pages(session: 'ClientSession', cursor=None):\n\tpage = await session.list_tools(cursor)\n\twhile page.nextCursor:\n\t\tpage = await session.list_tools(cursor=page.nextCursor)\n",
    "async def connect(url):\n    from mcp.client.streamable_http import streamablehttp_client\n    async with streamablehttp_client(url, headers={'a': 'b'}, timeout=5) as (read, write, _), ClientSession(read, write) as s:\n        await s.initialize()\n",
    "async def nested(url):\n    from mcp.client.streamable_http import streamablehttp_client as http\n    async with http(url) as (r, w, get_id):\n        print(get_id())\n",
    "try:\n    from mcp.server.fastmcp import Image\nexcept ImportError:\n    Image = None\n",
    "def start(transport):\n    app.settings.port = 9000\n    app.run(transport=transport)\n",
    "if __name__ == '__main__': app.run('sse')\n",
    "PATCHED = 'mcp.server.fastmcp.FastMCP'\n",
    "TEXT = '''\nfrom mcp.server.fastmcp import FastMCP\napp = FastMCP('t', port=1)\n'''\n",
    "match tool:\n    case Tool(name=n, inputSchema=s): pass\n    case _: pass\n",
    "x = lambda tool: tool.inputSchema if isinstance(tool, Tool) else (yield_ := 1)\n",
];

/// A line that no rule is about, and that is not like any other.
fn witness(number: usize) -> String {
    format!("witness_{number} = ('mimeType',  \"isError\" , {number})   # FastMCP é {number}  \n")
}

#[derive(Debug, Clone)]
struct Program {
    imports: usize,
    app: usize,
    server: usize,
    blocks: Vec<usize>,
    indent: usize,
    ends: usize,
}

impl Program {
    fn text(&self) -> String {
        let mut text = [IMPORTS[self.imports], APPS[self.app], SERVERS[self.server]].concat();
        for (number, block) in self.blocks.iter().enumerate() {
            text.push_str(&witness(number));
            text.push_str(BLOCKS[*block]);
        }
        text.push_str(&witness(self.blocks.len()));
        let text = text.replace("    ", ["    ", "\t", "  "][self.indent]);
        text.replace('\n', ["\n", "\r\n"][self.ends])
    }
}

fn program() -> impl Strategy<Value = Program> {
    let blocks = prop::collection::vec(0..BLOCKS.len(), 0..9);
    (0..IMPORTS.len(), 0..APPS.len(), 0..SERVERS.len(), blocks, 0..3_usize, 0..2_usize)
        .prop_map(|(imports, app, server, blocks, indent, ends)| Program { imports, app, server, blocks, indent, ends })
}

/// What a migration makes of the files, and the fixes that did not prove themselves.
fn migrated(files: &BTreeMap<String, String>, rules: &Rules) -> (BTreeMap<String, String>, String) {
    let read = files.iter().map(|(path, text)| SourceFile::in_memory(path, text)).collect();
    let options = Options { least: Applicability::Unsafe, mark: false };
    let surfaces = Surfaces { old: Surface::v1(), new: Surface::v2() };
    let made =
        migrate::migrate(inventory::of_files(read, &rules.packages), rules, (options, &Settings::default()), surfaces);
    let made = made.unwrap();
    let mut after = files.clone();
    for changed in made.changed {
        assert_eq!(changed.before, files[&changed.path].as_bytes(), "a file was other than it was given");
        after.insert(changed.path, String::from_utf8(changed.after).unwrap());
    }
    let bugs = if made.bugs.is_empty() { String::new() } else { format!("{:?}", made.bugs) };
    (after, bugs)
}

/// Each text before and after.
type Pairs = Vec<(String, String)>;

/// Migrates each text in a project of its own, twice, and returns it with what it became, and the fixes that did not prove
/// themselves.
fn twice(texts: &[String], rules: &Rules) -> Result<(Pairs, String), TestCaseError> {
    let files: BTreeMap<_, _> =
        texts.iter().enumerate().map(|(number, text)| (format!("p{number}/main.py"), text.clone())).collect();
    let declared = |number| (format!("p{number}/requirements.txt"), "mcp>=1.2,<2\n".to_owned());
    let mut files = files;
    files.extend((0..texts.len()).map(declared));
    let (once, bugs) = migrated(&files, rules);
    let (again, _) = migrated(&once, rules);
    for (path, text) in &again {
        // What a text that does not parse needs of the SDK is anybody's guess, and may be another one the second time.
        let program = &files[&path.replace("requirements.txt", "main.py")];
        if path.ends_with(".py") || syntax_errors(program) == 0 {
            prop_assert_eq!(text, &once[path], "a second run changes {} of {:?}", path, program);
        }
    }
    let after = |(path, text): (String, String)| (text, once[&path].clone());
    Ok((files.into_iter().filter(|(path, _)| path.ends_with(".py")).map(after).collect(), bugs))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 5, max_shrink_iters: 40, max_shrink_time: 20_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn programs_are_migrated_in_place(programs in prop::collection::vec(program(), AT_ONCE)) {
        let rules = rule::embedded().unwrap();
        let texts: Vec<_> = programs.iter().map(Program::text).collect();
        let (pairs, bugs) = twice(&texts, &rules)?;
        prop_assert_eq!(bugs, "", "fixes did not prove themselves in {:?}", texts);
        for (before, after) in pairs {
            prop_assert_eq!(syntax_errors(&before), 0, "the program itself is wrong: {}", before);
            prop_assert_eq!(syntax_errors(&after), 0, "{}\nbecame\n{}", before, after);
            let kept = |text: &str| text.lines().filter(|line| line.starts_with("witness_")).map(str::to_owned).collect::<Vec<_>>();
            prop_assert_eq!(kept(&before), kept(&after), "{}\nbecame\n{}", before, after);
            prop_assert_eq!(before.contains("\r\n"), after.contains("\r\n"), "line ends");
            prop_assert_eq!(after.matches('\r').count(), after.matches("\r\n").count(), "line ends of {:?}", after);
            let bare = |text: &str| text.replace("\r\n", "").contains('\n');
            prop_assert_eq!(bare(&before), bare(&after), "line ends of {:?}", after);
        }
    }

    #[test]
    fn text_of_any_shape_is_migrated_and_parses_as_far_as_before(texts in prop::collection::vec(code_properties::text(), 3 * AT_ONCE)) {
        let rules = rule::embedded().unwrap();
        for (before, after) in twice(&texts, &rules)?.0 {
            prop_assert!(syntax_errors(&after) <= syntax_errors(&before), "{}\nbecame\n{}", before, after);
        }
    }
}
