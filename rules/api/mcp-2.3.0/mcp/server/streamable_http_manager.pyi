from _typeshed import Incomplete
import contextlib as contextlib
import logging as logging
import math as math
from collections.abc import AsyncIterator as AsyncIterator
from typing import TYPE_CHECKING as TYPE_CHECKING, Any as Any, Final as Final
from uuid import uuid4 as uuid4
import anyio as anyio
from anyio.abc import TaskStatus as TaskStatus
from mcp_types import DEFAULT_NEGOTIATED_VERSION as DEFAULT_NEGOTIATED_VERSION, INTERNAL_ERROR as INTERNAL_ERROR, INVALID_REQUEST as INVALID_REQUEST, ErrorData as ErrorData, JSONRPCError as JSONRPCError
from mcp_types.version import HANDSHAKE_PROTOCOL_VERSIONS as HANDSHAKE_PROTOCOL_VERSIONS
from starlette.requests import Request as Request
from starlette.responses import Response as Response
from starlette.types import ASGIApp as ASGIApp, Message as Message, Receive as Receive, Scope as Scope, Send as Send
from mcp.server._streamable_http_modern import handle_modern_request as handle_modern_request
from mcp.server.auth.middleware.bearer_auth import AuthenticatedUser as AuthenticatedUser, AuthorizationContext as AuthorizationContext, authorization_context as authorization_context
from mcp.server.connection import Connection as Connection
from mcp.server.runner import serve_connection as serve_connection, serve_loop as serve_loop
from mcp.server.streamable_http import MCP_SESSION_ID_HEADER as MCP_SESSION_ID_HEADER, EventStore as EventStore, StreamableHTTPServerTransport as StreamableHTTPServerTransport
from mcp.server.transport_security import DEFAULT_MAX_REQUEST_BODY_SIZE as DEFAULT_MAX_REQUEST_BODY_SIZE
from mcp.server.transport_security import RequestBodyLimitMiddleware as RequestBodyLimitMiddleware
from mcp.server.transport_security import TransportSecuritySettings as TransportSecuritySettings
from mcp.shared._compat import resync_tracer as resync_tracer
from mcp.shared.inbound import MCP_PROTOCOL_VERSION_HEADER as MCP_PROTOCOL_VERSION_HEADER
from mcp.shared.jsonrpc_dispatcher import JSONRPCDispatcher as JSONRPCDispatcher
from mcp.shared.transport_context import TransportContext as TransportContext
if TYPE_CHECKING:
    from mcp.server.lowlevel.server import Server
logger: logging.Logger
DEFAULT_SESSION_IDLE_TIMEOUT: Final[int]
DEFAULT_MAX_SESSIONS: Final = 10_000
class StreamableHTTPSessionManager:
    def __init__(self, app: Server[Any], event_store: EventStore | None = None, json_response: bool = False, stateless: bool = False, security_settings: TransportSecuritySettings | None = None, retry_interval: int | None = None, session_idle_timeout: float | None = ..., max_request_body_size: int = ..., max_sessions: int | None = ...) -> None: ...
    @contextlib.asynccontextmanager
    def run(self) -> AsyncIterator[None]: ...
    async def handle_request(self, scope: Scope, receive: Receive, send: Send) -> None: ...
    async def _handle_request(self, scope: Scope, receive: Receive, send: Send) -> None: ...
    async def _handle_stateless_request(self, protocol_version_hint: str | None, scope: Scope, receive: Receive, send: Send) -> None: ...
    async def _handle_stateful_request(self, scope: Scope, receive: Receive, send: Send) -> None: ...
    def _admit_session(self, requestor: AuthorizationContext | None) -> StreamableHTTPServerTransport | None: ...
    async def _serve_opening_request(self, http_transport: StreamableHTTPServerTransport, scope: Scope, receive: Receive, send: Send) -> None: ...
    async def _discard_session(self, session_id: str, transport: StreamableHTTPServerTransport) -> None: ...
    app: Server[Any]
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
    _lifespan_state: Any
    _run_lock: anyio.Lock
    _has_started: bool
def _error_response(message: str, status_code: int, code: int = ...) -> Response: ...
async def _send_and_report_status(app: ASGIApp, scope: Scope, receive: Receive, send: Send) -> int | None: ...
class StreamableHTTPASGIApp:
    def __init__(self, session_manager: StreamableHTTPSessionManager) -> None: ...
    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None: ...
    session_manager: StreamableHTTPSessionManager
