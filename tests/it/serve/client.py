"""Connects to `mcp-audit serve` as a client of the installed SDK does, makes the calls it is told on standard input, and
prints what came back, with the names that are used on the wire."""

import asyncio
import json
import sys

from mcp import StdioServerParameters


async def told(session, calls):
    """The tools, and the answers of the calls."""
    wire = dict(mode="json", by_alias=True, exclude_none=True)
    tools = (await session.list_tools()).model_dump(**wire)["tools"]
    answers = [(await session.call_tool(name, arguments)).model_dump(**wire) for name, arguments in calls]
    return {"tools": tools, "answers": answers}


async def older(server, calls):
    from mcp import ClientSession
    from mcp.client.stdio import stdio_client

    async with stdio_client(server) as (read, write):
        async with ClientSession(read, write) as session:
            hello = await session.initialize()
            return {
                "protocol": str(hello.protocolVersion),
                "server": hello.serverInfo.name,
                **await told(session, calls),
            }


async def newer(server, mode, calls):
    from mcp import Client

    async with Client(server, mode=mode) as client:
        told_by = client.server_info
        return {
            "protocol": str(client.protocol_version),
            "server": told_by and told_by.name,
            **await told(client, calls),
        }


async def main():
    mode, command, *arguments = sys.argv[1:]
    server = StdioServerParameters(command=command, args=arguments)
    calls = json.load(sys.stdin)
    print(json.dumps(await (older(server, calls) if mode == "older" else newer(server, mode, calls))))


asyncio.run(main())
