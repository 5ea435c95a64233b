//! Handlers of lowlevel servers as arguments of the constructor, where that is asked for; the other style is shown by the
//! rules' own examples.

use mcp_audit::fix::{Applicability, Chosen, Fix, PinOptions};
use mcp_audit::inventory;
use mcp_audit::rule::{self, HandlerStyle};
use mcp_audit::source::SourceFile;

/// `text` after the fixes of one round.
fn rewritten(text: &str) -> String {
    let mut rules = rule::embedded().unwrap();
    rules.handler_style = HandlerStyle::Constructor;
    let file = SourceFile::in_memory("server.py", text);
    let report = mcp_audit::report(inventory::of_files(vec![file], &rules.packages), &rules, &PinOptions::default());
    let findings = report.unwrap().findings;
    let fixes = findings.iter().filter(|finding| finding.requirement.is_none()).filter_map(|one| one.fix.as_ref());
    let fixes: Vec<&Fix> = fixes.filter(|fix| fix.applicability >= Applicability::Unsafe).collect();
    let chosen = Chosen::of(&fixes, &|_| Some(text.len()));
    String::from_utf8(chosen.text("server.py", text.as_bytes())).unwrap()
}

#[test]
fn the_server_is_made_below_its_handlers() {
    let made = rewritten(
        r#"import mcp.types as types
from mcp.server import Server

# The server.
server = Server("demo", version="1")
limit = 3


@server.list_prompts()
async def list_prompts():
    return [types.Prompt(name="greet")][:limit]


@server.set_logging_level()
async def level(level):
    print(level)


other = Server(
    "other",
    version="1",
)


@other.list_prompts()
async def prompts():
    return []
"#,
    );
    assert_eq!(
        made,
        r#"import mcp.types as types
from mcp.server import Server

# The server.
server = Server("demo", version="1")
limit = 3


async def list_prompts():
    return [types.Prompt(name="greet")][:limit]


async def on_list_prompts(ctx, params):
    return types.ListPromptsResult(prompts=await list_prompts())


server.add_request_handler(
    "prompts/list", types.PaginatedRequestParams, on_list_prompts
)


async def level(level):
    print(level)


async def on_set_logging_level(ctx, params):
    await level(params.level)
    return types.EmptyResult()


server.add_request_handler(
    "logging/setLevel", types.SetLevelRequestParams, on_set_logging_level
)


async def prompts():
    return []


async def on_list_prompts_2(ctx, params):
    return types.ListPromptsResult(prompts=await prompts())


other = Server(
    "other",
    version="1",
    on_list_prompts=on_list_prompts_2,
)
"#
    );
}

#[test]
fn nothing_that_could_tell_is_passed() {
    for between in ["started = start()", "copy = server", "print(server)", "if True:\n    pass", "name = 'other'"] {
        let made = rewritten(&format!(
            r#"from mcp.server import Server

name = "demo"
server = Server(name)
{between}


@server.list_prompts()
async def prompts():
    return []


server.run
"#
        ));
        assert!(made.contains("server.add_request_handler(\"prompts/list\""), "{between}: {made}");
        assert!(made.contains("server = Server(name)\n"), "{between}: {made}");
    }
}

#[test]
fn comments_move_along_and_methods_are_served() {
    let made = rewritten(
        r#"from mcp.server import Server


class App:
    def __init__(self):
        # The server.
        self.server = Server("demo")  # noqa
        self.server.get_prompt()(self.prompt)

    async def prompt(self, name, arguments):
        raise ValueError(name)
"#,
    );
    assert_eq!(
        made,
        r#"from mcp.server import Server


class App:
    def __init__(self):
        async def on_get_prompt(ctx, params):
            return await self.prompt(params.name, params.arguments)

        # The server.
        self.server = Server("demo", on_get_prompt=on_get_prompt)  # noqa

    async def prompt(self, name, arguments):
        raise ValueError(name)
"#
    );
}
