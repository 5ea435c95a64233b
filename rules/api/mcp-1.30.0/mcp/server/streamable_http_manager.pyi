from _typeshed import Incomplete
import contextlib as contextlib
import logging as logging
import math as math
from collections.abc import AsyncIterator as AsyncIterator
from typing import Any as Any, Final as Final
from uuid import uuid4 as uuid4
import anyio as anyio
from anyio.abc import TaskStatus as TaskStatus
from starlette.requests import Request as Request
from starlette.responses import Response as Response
from starlette.types import ASGIApp as ASGIApp, Message as Message, Receive as Receive, Scope as Scope, Send as Send
from mcp.server.auth.middleware.bearer_auth import AuthenticatedUser as AuthenticatedUser, AuthorizationContext as AuthorizationContext, authorization_context as authorization_context
from mcp.server.lowlevel.server import Server as MCPServer
from mcp.server.streamable_http import MCP_SESSION_ID_HEADER as MCP_SESSION_ID_HEADER, EventStore as EventStore, StreamableHTTPServerTransport as StreamableHTTPServerTransport
from mcp.server.transport_security import DEFAULT_MAX_REQUEST_BODY_SIZE as DEFAULT_MAX_REQUEST_BODY_SIZE, RequestBodyLimitMiddleware as RequestBodyLimitMiddleware, TransportSecuritySettings as TransportSecuritySettings
from mcp.types import INTERNAL_ERROR as INTERNAL_ERROR, INVALID_REQUEST as INVALID_REQUEST, ErrorData as ErrorData, JSONRPCError as JSONRPCError
__all__ = ["DEFAULT_MAX_REQUEST_BODY_SIZE", "DEFAULT_MAX_SESSIONS", "DEFAULT_SESSION_IDLE_TIMEOUT", "RequestBodyLimitMiddleware", "StreamableHTTPSessionManager"]
logger: logging.Logger
DEFAULT_SESSION_IDLE_TIMEOUT: Final[int]
DEFAULT_MAX_SESSIONS: Final = 10_000
class StreamableHTTPSessionManager:
    def __init__(self, app: MCPServer[Any, Any], event_store: EventStore | None = None, json_response: bool = False, stateless: bool = False, security_settings: TransportSecuritySettings | None = None, retry_interval: int | None = None, session_idle_timeout: float | None = ..., max_request_body_size: int = ..., max_sessions: int | None = ...) -> None: ...
    @contextlib.asynccontextmanager
    def run(self) -> AsyncIterator[None]: ...
    async def handle_request(self, scope: Scope, receive: Receive, send: Send) -> None: ...
    async def _handle_request(self, scope: Scope, receive: Receive, send: Send) -> None: ...
    async def _handle_stateless_request(self, scope: Scope, receive: Receive, send: Send) -> None: ...
    async def _handle_stateful_request(self, scope: Scope, receive: Receive, send: Send) -> None: ...
    def _admit_session(self, requestor: AuthorizationContext | None) -> StreamableHTTPServerTransport | None: ...
    async def _serve_opening_request(self, http_transport: StreamableHTTPServerTransport, scope: Scope, receive: Receive, send: Send) -> None: ...
    async def _discard_session(self, session_id: str, transport: StreamableHTTPServerTransport) -> None: ...
    app: MCPServer[Any, Any]
    event_store: EventStore | None
    json_response: bool
    stateless: bool
    security_settings: TransportSecuritySettings | None
    retry_interval: int | None
    session_idle_timeout: float | None
    max_request_body_size: int
    max_sessions: int | None
    asgi_app: RequestBodyLimitMiddleware
    _session_creation_lock: anyio.Lock
    _server_instances: dict[str, StreamableHTTPServerTransport]
    _session_owners: dict[str, AuthorizationContext]
    _task_group: Incomplete
    _run_lock: anyio.Lock
    _has_started: bool
def _error_response(message: str, status_code: int, code: int = ...) -> Response: ...
async def _send_and_report_status(app: ASGIApp, scope: Scope, receive: Receive, send: Send) -> int | None: ...
