//! A function of the old name and signature, for modules whose calls do not say what they pass, or hand the name on. It
//! gives three values as the old one did: who unpacks them may be out of sight.

use ruff_python_ast::Stmt;

use super::super::super::super::parse::span;
use super::super::super::context::Context;
use super::super::super::uses::ImportUse;
use super::super::{edit, imports, indentation};
use super::{OLD, end_of_line};
use crate::fix::Edit;
use crate::source::Span;

/// The function, and the imports it needs.
pub(super) struct Helper {
    pub(super) edit: Edit,
    pub(super) imports: Vec<&'static str>,
}

/// The insertion of the function behind the imports, or behind `import` where that stands within something.
pub(super) fn inserted(context: &Context<'_, '_>, import: &ImportUse<'_>, is_outermost: bool) -> Option<Helper> {
    let newline = imports::newline(context.text);
    let (indent, at) = if is_outermost {
        let is_text = |one: &&Stmt| matches!(one, Stmt::Expr(one) if one.value.is_string_literal_expr());
        let mut after = context.body.iter().skip_while(is_text);
        // What the module defines next stands below; a guarded import is no end of the imports.
        let is_import = |one: &&Stmt| matches!(one, Stmt::Import(_) | Stmt::ImportFrom(_));
        let last = after.by_ref().take_while(is_import).last()?;
        if span(last).start < span(import.statement).start {
            return None;
        }
        ("", span(last).end)
    } else {
        (indentation(context.text, span(import.statement).start), span(import.statement).end)
    };
    let takes_delta = context.scopes.lookup("timedelta", import.at.scope).is_some();
    let takes_factory = context.text.contains("httpx_client_factory");
    let mut needed = vec!["from contextlib import asynccontextmanager", "import httpx2"];
    let lines = text(takes_delta, takes_factory);
    let gap = if is_outermost { 2 } else { 1 };
    let mut content = newline.repeat(gap + 1);
    for (number, line) in lines.iter().enumerate() {
        if number > 0 {
            content.push_str(newline);
        }
        if !line.is_empty() {
            content.push_str(indent);
            content.push_str(line);
        }
    }
    if takes_factory {
        needed.push("from mcp.client.streamable_http import create_mcp_http_client");
    }
    let at = end_of_line(context, at)?;
    // Two blank lines on both sides of it.
    let below = context.text.get(at..)?.chars().take_while(|one| matches!(one, '\n' | '\r')).filter(|one| *one == '\n');
    let below = below.count();
    if is_outermost && (1..3).contains(&below) {
        content.push_str(&newline.repeat(3 - below));
    } else if !is_outermost && below == 1 {
        content.push_str(newline);
    }
    Some(Helper { edit: edit(context, Span::empty(at), content), imports: needed })
}

/// The lines of the function.
fn text(takes_delta: bool, takes_factory: bool) -> Vec<String> {
    let number = if takes_delta { "float | timedelta" } else { "float" };
    let mut lines = vec![
        "@asynccontextmanager".to_owned(),
        format!("async def {OLD}("),
        "    url: str,".to_owned(),
        "    headers: dict[str, str] | None = None,".to_owned(),
        format!("    timeout: {number} = 30,"),
        format!("    sse_read_timeout: {number} = 300,"),
        "    terminate_on_close: bool = True,".to_owned(),
    ];
    if takes_factory {
        lines.push("    httpx_client_factory=create_mcp_http_client,".to_owned());
    }
    lines.push("    auth: httpx2.Auth | None = None,".to_owned());
    lines.push("):".to_owned());
    lines
        .push("    \"\"\"Connect over streamable HTTP with an HTTP client that is closed at the end.\"\"\"".to_owned());
    if takes_delta {
        for name in ["timeout", "sse_read_timeout"] {
            lines.push(format!("    if isinstance({name}, timedelta):"));
            lines.push(format!("        {name} = {name}.total_seconds()"));
        }
    }
    let maker = if takes_factory { "httpx_client_factory" } else { "httpx2.AsyncClient" };
    let more = format!(
        r#"    session_id: str | None = None

    async def remember_session(response: httpx2.Response) -> None:
        nonlocal session_id
        session_id = response.headers.get("mcp-session-id", session_id)

    http_client = {maker}(
        headers=headers, timeout=httpx2.Timeout(timeout, read=sse_read_timeout), auth=auth
    )
    http_client.event_hooks["response"].append(remember_session)
    async with (
        http_client,
        streamable_http_client(
            url, http_client=http_client, terminate_on_close=terminate_on_close
        ) as (read_stream, write_stream),
    ):
        yield read_stream, write_stream, lambda: session_id"#
    );
    lines.extend(more.lines().map(str::to_owned));
    lines
}
