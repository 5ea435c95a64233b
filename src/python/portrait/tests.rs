//! What a module shows, in small.

use super::portrait;
use crate::python::names::{Modules, ProjectModule, summary};

/// What the last of the files shows: `kind name by`.
fn shown(files: &[(&str, &str)]) -> Vec<String> {
    let mut modules = Modules::default();
    for (path, text) in files {
        let module = ProjectModule::of_file(path);
        modules.add(&module, summary(text, &module.path, &module.package));
    }
    let (path, text) = files.last().unwrap();
    let facts = portrait(text, &ProjectModule::of_file(path), &modules);
    let line = |fact: crate::portrait::Fact| {
        let transport = fact.transport.map(|one| format!(" over {}", one.name())).unwrap_or_default();
        format!("{:?} {} {}{transport}", fact.kind, fact.name.as_deref().unwrap_or("-"), fact.by)
    };
    facts.into_iter().map(line).collect()
}

#[test]
fn a_server_is_shown_with_all_it_declares_wherever_it_is_made() {
    let home = "from mcp.server.fastmcp import FastMCP\nmcp = FastMCP('shop', stateless_http=True)\n";
    let tools = "from .home import mcp\nfrom mcp.server.fastmcp import Context\n\
        @mcp.tool()\nasync def find(ctx: Context) -> str:\n    await ctx.info('x')\n    await ctx.elicit('y', schema=str)\n\
        \x20   await ctx.session.create_message([])\n\
        @mcp.tool(name='buy-it')\ndef buy(): ...\n@mcp.resource('book://{id}')\ndef book(id): ...\n\
        @mcp.prompt\ndef ask(): ...\nmcp.run(transport='streamable-http')\n";
    assert_eq!(
        shown(&[("app/home.py", home)]),
        ["Server shop mcp.server.fastmcp.FastMCP", "SessionState stateless_http mcp.server.fastmcp.FastMCP"]
    );
    assert_eq!(
        shown(&[("app/home.py", home), ("app/tools.py", tools)]),
        [
            "Tool find @mcp.tool",
            "Logging info ctx.info",
            "Elicitation elicit ctx.elicit",
            "Sampling create_message ctx.session.create_message",
            "Tool buy-it @mcp.tool",
            "Resource book://{id} @mcp.resource",
            "Prompt ask @mcp.prompt",
            "ServerTransport - mcp.run over streamable HTTP",
        ]
    );
}

#[test]
fn lookalikes_are_nobodys_tools() {
    let text = "import logging, mcp\nfrom pydantic_ai import Agent\nlogger = logging.getLogger()\nagent = Agent('x')\n\
        @agent.tool\ndef f(ctx): ...\ndef g(other: Agent):\n    @other.tool()\n    def h(): ...\n    logger.info('x')\n\
        \x20   agent.run(transport='stdio')\n";
    assert_eq!(shown(&[("a.py", text)]), [""; 0]);
}

#[test]
fn clients_authorization_and_the_environment_are_shown() {
    let text = "import os\nfrom mcp import ClientSession, StdioServerParameters\nfrom mcp.client.stdio import stdio_client\n\
        from mcp.client.auth import OAuthClientProvider, TokenStorage\nclass Kept(TokenStorage): ...\n\
        async def go():\n    auth = OAuthClientProvider(os.environ['URL'], client_metadata_url='https://x/y')\n\
        \x20   async with stdio_client(StdioServerParameters(command=os.getenv('CMD'))) as (r, w):\n\
        \x20       async with ClientSession(r, w, sampling_callback=go) as session:\n            await session.set_logging_level('debug')\n";
    assert_eq!(
        shown(&[("a.py", text)]),
        [
            "AuthImport mcp.client.auth.OAuthClientProvider mcp.client.auth.OAuthClientProvider",
            "AuthImport mcp.client.auth.TokenStorage mcp.client.auth.TokenStorage",
            "AuthConfiguration Kept mcp.client.auth.TokenStorage",
            "AuthConfiguration - mcp.client.auth.OAuthClientProvider",
            "Environment URL os.environ",
            "ClientTransport - mcp.client.stdio.stdio_client over stdio",
            "Environment CMD os.getenv",
            "Client - mcp.ClientSession",
            "Sampling sampling_callback mcp.ClientSession",
            "Logging set_logging_level session.set_logging_level",
        ]
    );
}

#[test]
fn the_names_that_a_lowlevel_server_answers_with_are_followed_to_their_constants() {
    let text = "from enum import Enum\nfrom mcp.server import Server\nimport mcp.types as types\n\
        class Names(str, Enum):\n    ADD = 'add'\nSUB = 'sub'\nserver = Server('x')\n\
        @server.list_tools()\nasync def tools():\n    return [types.Tool(name=Names.ADD), types.Tool(name=SUB), types.Tool(name=f())]\n\
        server.request_handlers[types.ListPromptsRequest] = tools\n";
    assert_eq!(
        shown(&[("a.py", text)]),
        [
            "Server x mcp.server.Server",
            "Handler list_tools @server.list_tools",
            "Tool add mcp.types.Tool",
            "Tool sub mcp.types.Tool",
            "Tool - mcp.types.Tool",
            "Handler types.ListPromptsRequest server.request_handlers",
        ]
    );
}

#[test]
fn settings_classes_name_their_variables() {
    let text = "import mcp\nfrom pydantic_settings import BaseSettings, SettingsConfigDict\nfrom pydantic import Field\n\
        class Own(BaseSettings):\n    model_config = SettingsConfigDict(env_prefix='SHOP_')\n    port: int = 1\n\
        \x20   key: str = Field(validation_alias='API_KEY')\n";
    assert_eq!(
        shown(&[("a.py", text)]),
        ["Environment SHOP_PORT pydantic_settings.BaseSettings", "Environment API_KEY pydantic_settings.BaseSettings"]
    );
}
