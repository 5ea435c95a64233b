import argparse as argparse
import logging as logging
import sys as sys
from functools import partial as partial
from urllib.parse import urlparse as urlparse
import anyio as anyio
from anyio.streams.memory import MemoryObjectReceiveStream as MemoryObjectReceiveStream, MemoryObjectSendStream as MemoryObjectSendStream
import mcp.types as types
from mcp.client.session import ClientSession as ClientSession
from mcp.client.sse import sse_client as sse_client
from mcp.client.stdio import StdioServerParameters as StdioServerParameters, stdio_client as stdio_client
from mcp.shared.message import SessionMessage as SessionMessage
from mcp.shared.session import RequestResponder as RequestResponder
import warnings as warnings
logger: logging.Logger
async def message_handler(message: RequestResponder[types.ServerRequest, types.ClientResult] | types.ServerNotification | Exception) -> None: ...
async def run_session(read_stream: MemoryObjectReceiveStream[SessionMessage | Exception], write_stream: MemoryObjectSendStream[SessionMessage], client_info: types.Implementation | None = None): ...
async def main(command_or_url: str, args: list[str], env: list[tuple[str, str]]): ...
def cli(): ...
