//! Exceptions raised in functions that answer requests: `mcp-error-in-tool`, `tool-exception-text` and
//! `handler-exception-text`.

use super::super::context::{Context, Hit};
use super::raises::raised;
use super::registered::registered;
use crate::rule::Rule;
use crate::rule::python::CheckMatch;

const SERVER: &str = "mcp.server.fastmcp.FastMCP";
const LOWLEVEL: &str = "mcp.server.lowlevel.Server";
const MCP_ERROR: &str = "mcp.shared.exceptions.McpError";
const MCP_ERRORS: &[&str] = &[MCP_ERROR, "mcp.MCPError", "mcp.shared.exceptions.MCPError"];
const URL_ERROR: &str = "mcp.shared.exceptions.UrlElicitationRequiredError";
/// Exceptions whose text is sent, in the older spelling and in the newer.
const TOLD: &[&str] = &[
    "mcp.server.fastmcp.exceptions.ToolError",
    "mcp.server.fastmcp.exceptions.ResourceError",
    "mcp.server.mcpserver.exceptions.ToolError",
    "mcp.server.mcpserver.exceptions.ResourceError",
    "mcp.server.mcpserver.exceptions.ResourceNotFoundError",
];
const TOOLS: &[(&str, &str)] = &[(SERVER, "tool"), (SERVER, "add_tool")];
/// What else answers requests, with what the client is told instead.
const OTHERS: &[(&str, &str)] = &[
    (SERVER, "resource"),
    (SERVER, "prompt"),
    (SERVER, "completion"),
    (LOWLEVEL, "list_tools"),
    (LOWLEVEL, "list_resources"),
    (LOWLEVEL, "list_resource_templates"),
    (LOWLEVEL, "read_resource"),
    (LOWLEVEL, "subscribe_resource"),
    (LOWLEVEL, "unsubscribe_resource"),
    (LOWLEVEL, "list_prompts"),
    (LOWLEVEL, "get_prompt"),
    (LOWLEVEL, "set_logging_level"),
];

/// Tools that raise an MCP error, which fails the request instead of being the tool's answer.
pub(super) fn mcp_error_in_tool<'a>(context: &Context<'a, '_>, rule: &'a Rule, _: &'a CheckMatch) -> Vec<Hit<'a>> {
    hits(context, rule, TOOLS, |classes, _| (is_one(context, classes, MCP_ERRORS) && !is_one(context, classes, &[URL_ERROR])).then_some(""))
}

/// Tools that raise something whose text is kept back.
pub(super) fn tool_exception_text<'a>(context: &Context<'a, '_>, rule: &'a Rule, _: &'a CheckMatch) -> Vec<Hit<'a>> {
    hits(context, rule, TOOLS, |classes, _| {
        (!is_one(context, classes, TOLD) && !is_one(context, classes, MCP_ERRORS)).then_some("")
    })
}

/// The same for everything else that answers requests.
pub(super) fn handler_exception_text<'a>(context: &Context<'a, '_>, rule: &'a Rule, _: &'a CheckMatch) -> Vec<Hit<'a>> {
    hits(context, rule, OTHERS, |classes, method| {
        let is_told = is_one(context, classes, MCP_ERRORS) || method == "resource" && is_one(context, classes, TOLD);
        (!is_told).then_some(match method {
            "resource" => "it says `Error reading resource`",
            "prompt" => "it says `Error rendering prompt` or `Internal server error`",
            "completion" => "it says `Error completing argument`",
            _ => "it says `Internal server error` on connections of 2026 and in the same process",
        })
    })
}

fn is_one(context: &Context<'_, '_>, classes: &[String], wanted: &[&str]) -> bool {
    wanted.iter().any(|wanted| context.canonical(wanted).iter().chain([&(*wanted).to_owned()]).any(|path| classes.contains(path)))
}

fn hits<'a>(
    context: &Context<'a, '_>,
    rule: &'a Rule,
    methods: &[(&str, &'static str)],
    advice: impl Fn(&[String], &str) -> Option<&'static str>,
) -> Vec<Hit<'a>> {
    let mut hits = Vec::new();
    for one in registered(context, methods) {
        for raised in raised(context, one.function, one.at) {
            if let Some(advice) = advice(&raised.classes, one.method) {
                let hit = Hit::new(rule, raised.span).with("name", one.function.name.as_str()).with("advice", advice);
                hits.push(hit);
            }
        }
    }
    hits
}
