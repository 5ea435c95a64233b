from collections.abc import AsyncIterator as AsyncIterator
from contextlib import AbstractAsyncContextManager as AbstractAsyncContextManager, asynccontextmanager as asynccontextmanager
from types import TracebackType as TracebackType
from typing import Any as Any
import anyio as anyio
from mcp.client._transport import TransportStreams as TransportStreams
from mcp.server import Server as Server
from mcp.server.mcpserver import MCPServer as MCPServer
from mcp.shared.memory import create_client_server_memory_streams as create_client_server_memory_streams
SERVER_SHUTDOWN_GRACE = 2.0
class InMemoryTransport:
    def __init__(self, server: Server[Any] | MCPServer, *, raise_exceptions: bool = False) -> None: ...
    @asynccontextmanager
    def _connect(self) -> AsyncIterator[TransportStreams]: ...
    async def __aenter__(self) -> TransportStreams: ...
    async def __aexit__(self, exc_type: type[BaseException] | None, exc_val: BaseException | None, exc_tb: TracebackType | None) -> None: ...
    _server: Server[Any] | MCPServer
    _raise_exceptions: bool
    _cm: AbstractAsyncContextManager[TransportStreams] | None
