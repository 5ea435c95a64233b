from collections.abc import AsyncGenerator as AsyncGenerator
from contextlib import asynccontextmanager as asynccontextmanager
from datetime import timedelta as timedelta
from typing import Any as Any
import anyio as anyio
from anyio.streams.memory import MemoryObjectReceiveStream as MemoryObjectReceiveStream, MemoryObjectSendStream as MemoryObjectSendStream
import mcp.types as types
from mcp.client.session import ClientSession as ClientSession, ElicitationFnT as ElicitationFnT, ListRootsFnT as ListRootsFnT, LoggingFnT as LoggingFnT, MessageHandlerFnT as MessageHandlerFnT, SamplingFnT as SamplingFnT
from mcp.server import Server as Server
from mcp.server.fastmcp import FastMCP as FastMCP
from mcp.shared.message import SessionMessage as SessionMessage
MessageStream = tuple[MemoryObjectReceiveStream[SessionMessage | Exception], MemoryObjectSendStream[SessionMessage]]
@asynccontextmanager
def create_client_server_memory_streams() -> AsyncGenerator[tuple[MessageStream, MessageStream], None]: ...
@asynccontextmanager
def create_connected_server_and_client_session(server: Server[Any] | FastMCP, read_timeout_seconds: timedelta | None = None, sampling_callback: SamplingFnT | None = None, list_roots_callback: ListRootsFnT | None = None, logging_callback: LoggingFnT | None = None, message_handler: MessageHandlerFnT | None = None, client_info: types.Implementation | None = None, raise_exceptions: bool = False, elicitation_callback: ElicitationFnT | None = None) -> AsyncGenerator[ClientSession, None]: ...
