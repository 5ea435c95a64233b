import sys as sys
from contextlib import asynccontextmanager as asynccontextmanager
from io import TextIOWrapper as TextIOWrapper
import anyio as anyio
import anyio.lowlevel
from anyio.streams.memory import MemoryObjectReceiveStream as MemoryObjectReceiveStream, MemoryObjectSendStream as MemoryObjectSendStream
import mcp.types as types
from mcp.shared.message import SessionMessage as SessionMessage
@asynccontextmanager
def stdio_server(stdin: anyio.AsyncFile[str] | None = None, stdout: anyio.AsyncFile[str] | None = None): ...
