"""Starts the server that a file defines over standard streams, on whichever SDK is installed beside this interpreter.

The file's own way of starting is taken where it has one that uses standard streams; else the first server that it
defines at its top level is started as its SDK documents.
"""

import importlib
import os
import runpy
import sys


def names_of(path):
    """The names that a file defines, imported as a module of the package that it is in, if it is in one."""
    folder, name = os.path.split(os.path.abspath(path))
    parts = [os.path.splitext(name)[0]]
    while os.path.exists(os.path.join(folder, "__init__.py")):
        folder, part = os.path.split(folder)
        parts.insert(0, part)
    sys.path.insert(0, folder)
    return vars(importlib.import_module(".".join(parts)))


def start(names):
    """Runs the first server among the names."""
    try:
        from mcp.server.mcpserver import MCPServer as High
    except ImportError:
        from mcp.server.fastmcp import FastMCP as High
    from mcp.server.lowlevel import Server as Low

    for value in names:
        if isinstance(value, High):
            return value.run()
        if isinstance(value, Low):
            return over_streams(value)
    return sys.exit("no server is defined here")


def over_streams(server):
    import anyio
    from mcp.server.stdio import stdio_server

    async def run():
        async with stdio_server() as (read, write):
            await server.run(read, write, server.create_initialization_options())

    anyio.run(run)


def main():
    target = sys.argv[1]
    with open(target, encoding="utf-8") as file:
        own = "stdio_server()" in file.read()
    if own:
        del sys.argv[0]
        runpy.run_path(target, run_name="__main__")
    else:
        start(list(names_of(target).values()))


if __name__ == "__main__":
    main()
