import importlib.metadata
import logging as logging
import sys as sys
import anyio as anyio
from mcp.server.models import InitializationOptions as InitializationOptions
from mcp.server.session import ServerSession as ServerSession
from mcp.server.stdio import stdio_server as stdio_server
from mcp.types import ServerCapabilities as ServerCapabilities
import warnings as warnings
logger: logging.Logger
async def receive_loop(session: ServerSession): ...
async def main(): ...
