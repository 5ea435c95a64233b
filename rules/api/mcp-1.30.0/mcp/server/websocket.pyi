import logging as logging
from contextlib import asynccontextmanager as asynccontextmanager
import anyio as anyio
from anyio.streams.memory import MemoryObjectReceiveStream as MemoryObjectReceiveStream, MemoryObjectSendStream as MemoryObjectSendStream
from pydantic_core import ValidationError as ValidationError
from starlette.types import Receive as Receive, Scope as Scope, Send as Send
from starlette.websockets import WebSocket as WebSocket
from typing_extensions import deprecated as deprecated
import mcp.types as types
from mcp.server.transport_security import TransportSecurityMiddleware as TransportSecurityMiddleware, TransportSecuritySettings as TransportSecuritySettings
from mcp.shared.message import SessionMessage as SessionMessage
logger: logging.Logger
@deprecated("")
@asynccontextmanager
def websocket_server(scope: Scope, receive: Receive, send: Send, security_settings: TransportSecuritySettings | None = None): ...
