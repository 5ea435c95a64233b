import logging as logging
from contextlib import asynccontextmanager as asynccontextmanager
from typing import Any as Any
from urllib.parse import quote as quote
from uuid import UUID as UUID, uuid4 as uuid4
import anyio as anyio
import mcp_types as types
from pydantic import ValidationError as ValidationError
from sse_starlette import EventSourceResponse as EventSourceResponse
from starlette.requests import Request as Request
from starlette.responses import Response as Response
from starlette.types import Receive as Receive, Scope as Scope, Send as Send
from mcp.server.auth.middleware.bearer_auth import AuthenticatedUser as AuthenticatedUser, AuthorizationContext as AuthorizationContext, authorization_context as authorization_context
from mcp.server.transport_security import DEFAULT_MAX_REQUEST_BODY_SIZE as DEFAULT_MAX_REQUEST_BODY_SIZE, RequestBodyLimitMiddleware as RequestBodyLimitMiddleware, TransportSecurityMiddleware as TransportSecurityMiddleware, TransportSecuritySettings as TransportSecuritySettings
from mcp.shared._context_streams import ContextSendStream as ContextSendStream, create_context_streams as create_context_streams
from mcp.shared.message import ServerMessageMetadata as ServerMessageMetadata, SessionMessage as SessionMessage
logger: logging.Logger
class SseServerTransport:
    _endpoint: str
    _read_stream_writers: dict[UUID, ContextSendStream[SessionMessage | Exception]]
    _session_owners: dict[UUID, AuthorizationContext]
    _security: TransportSecurityMiddleware
    def __init__(self, endpoint: str, security_settings: TransportSecuritySettings | None = None, max_request_body_size: int = ...) -> None: ...
    @asynccontextmanager
    def connect_sse(self, scope: Scope, receive: Receive, send: Send): ...
    async def handle_post_message(self, scope: Scope, receive: Receive, send: Send) -> None: ...
    async def _handle_post_message(self, scope: Scope, receive: Receive, send: Send) -> None: ...
    _post_message_app: RequestBodyLimitMiddleware
