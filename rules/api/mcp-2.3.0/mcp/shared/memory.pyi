from collections.abc import AsyncGenerator as AsyncGenerator
from contextlib import asynccontextmanager as asynccontextmanager
from mcp.shared._compat import resync_tracer as resync_tracer
from mcp.shared._context_streams import ContextReceiveStream as ContextReceiveStream, ContextSendStream as ContextSendStream, create_context_streams as create_context_streams
from mcp.shared.message import SessionMessage as SessionMessage
MessageStream = tuple[ContextReceiveStream[SessionMessage | Exception], ContextSendStream[SessionMessage | Exception]]
@asynccontextmanager
def create_client_server_memory_streams() -> AsyncGenerator[tuple[MessageStream, MessageStream], None]: ...
