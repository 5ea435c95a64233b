import logging as logging
import sys as sys
import warnings as warnings
import anyio as anyio
from mcp.server.lowlevel.server import Server as Server
from mcp.server.stdio import stdio_server as stdio_server
logger: logging.Logger
async def main() -> None: ...
