"""A server on the newer SDK, for clients of either: `peer.py`, or `peer.py http PORT`."""

import sys

from mcp.server.mcpserver import Context, MCPServer
from mcp.types import Completion, PromptReference, SamplingMessage, TextContent

server = MCPServer("peer", instructions="Ask away.", log_level="ERROR")


@server.tool(title="Addition")
def add(a: int, b: int) -> int:
    return a + b


@server.tool()
def fail() -> str:
    raise ValueError("as expected")


@server.tool()
async def walk(steps: int, ctx: Context) -> str:
    for step in range(steps):
        await ctx.report_progress(step + 1, steps, f"step {step + 1}")
    await ctx.info("walked")
    return f"{steps} steps"


@server.tool()
async def verse(about: str, ctx: Context) -> str:
    asked = SamplingMessage(role="user", content=TextContent(type="text", text=f"a verse about {about}"))
    answer = await ctx.session.create_message(messages=[asked], max_tokens=50)
    return answer.content.text


@server.tool()
def caller(ctx: Context) -> str:
    headers = ctx.request_context.request.headers
    return f"{headers.get('x-caller')} with {headers.get('authorization')}"


@server.resource("peer://motd", mime_type="text/plain")
def motd() -> str:
    return "nothing today"


@server.resource("peer://pages/{number}")
def page(number: str) -> str:
    return f"page {number}"


@server.prompt()
def ask(topic: str) -> str:
    return f"What about {topic}?"


@server.completion()
async def complete(ref, argument, context):
    if isinstance(ref, PromptReference):
        return Completion(values=["tides", "trees"], has_more=False)
    return None


if __name__ == "__main__":
    if sys.argv[1:2] == ["http"]:
        server.run("streamable-http", host="127.0.0.1", port=int(sys.argv[2]))
    else:
        server.run()
