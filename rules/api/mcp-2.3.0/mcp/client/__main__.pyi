import argparse as argparse
import logging as logging
import sys as sys
import warnings as warnings
from functools import partial as partial
from urllib.parse import urlparse as urlparse
import anyio as anyio
import mcp_types as types
from mcp.client._transport import ReadStream as ReadStream, WriteStream as WriteStream
from mcp.client.session import ClientSession as ClientSession, IncomingMessage as IncomingMessage
from mcp.client.sse import sse_client as sse_client
from mcp.client.stdio import StdioServerParameters as StdioServerParameters, stdio_client as stdio_client
from mcp.shared.message import SessionMessage as SessionMessage
logger: logging.Logger
async def message_handler(message: IncomingMessage) -> None: ...
async def run_session(read_stream: ReadStream[SessionMessage | Exception], write_stream: WriteStream[SessionMessage], client_info: types.Implementation | None = None): ...
async def main(command_or_url: str, args: list[str], env: list[tuple[str, str]]): ...
def cli(): ...
