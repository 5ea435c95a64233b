from _typeshed import Incomplete
import json as json
import logging as logging
from collections.abc import Awaitable as Awaitable, Mapping as Mapping
from dataclasses import dataclass as dataclass, field as field
from typing import TYPE_CHECKING as TYPE_CHECKING, Any as Any, Final as Final, cast as cast
import anyio as anyio
from anyio.streams.memory import MemoryObjectSendStream as MemoryObjectSendStream
from mcp_types import CLIENT_CAPABILITIES_META_KEY as CLIENT_CAPABILITIES_META_KEY, CLIENT_INFO_META_KEY as CLIENT_INFO_META_KEY, HEADER_MISMATCH as HEADER_MISMATCH, INVALID_REQUEST as INVALID_REQUEST, PARSE_ERROR as PARSE_ERROR, PROTOCOL_VERSION_META_KEY as PROTOCOL_VERSION_META_KEY, ErrorData as ErrorData, JSONRPCError as JSONRPCError, JSONRPCNotification as JSONRPCNotification, JSONRPCRequest as JSONRPCRequest, JSONRPCResponse as JSONRPCResponse, ProgressToken as ProgressToken, RequestId as RequestId
from mcp_types import methods as _methods
from pydantic import ValidationError as ValidationError
from starlette.requests import Request as Request
from starlette.responses import Response as Response
from starlette.types import Receive as Receive, Scope as Scope, Send as Send
from mcp.server.connection import Connection as Connection
from mcp.server.runner import modern_error_data as modern_error_data, serve_one as serve_one
from mcp.server.streamable_http import check_accept_headers as check_accept_headers
from mcp.server.transport_security import TransportSecurityMiddleware as TransportSecurityMiddleware, TransportSecuritySettings as TransportSecuritySettings
from mcp.shared.dispatcher import CallOptions as CallOptions
from mcp.shared.exceptions import NoBackChannelError as NoBackChannelError
from mcp.shared.inbound import ERROR_CODE_HTTP_STATUS as ERROR_CODE_HTTP_STATUS, MCP_PARAM_HEADER_PREFIX as MCP_PARAM_HEADER_PREFIX, MCP_PROTOCOL_VERSION_HEADER as MCP_PROTOCOL_VERSION_HEADER, InboundLadderRejection as InboundLadderRejection, InboundModernRoute as InboundModernRoute, classify_inbound_request as classify_inbound_request, find_duplicated_routing_header as find_duplicated_routing_header, unsupported_protocol_version_rejection as unsupported_protocol_version_rejection, validate_mcp_param_headers as validate_mcp_param_headers
from mcp.shared.jsonrpc_dispatcher import progress_token_from_params as progress_token_from_params
from mcp.shared.message import MessageMetadata as MessageMetadata, ServerMessageMetadata as ServerMessageMetadata
from mcp.shared.transport_context import TransportContext as TransportContext
if TYPE_CHECKING:
    from mcp.server.lowlevel.server import Server
logger: logging.Logger
_OK_STATUS = 200
@dataclass
class _SingleExchangeDispatchContext:
    transport: TransportContext
    request_id: RequestId
    message_metadata: MessageMetadata
    progress_token: ProgressToken | None = None
    sink: MemoryObjectSendStream[bytes] | None = None
    cancel_requested: anyio.Event = ...
    can_send_request: bool = field(init=False)
    async def send_raw_request(self, method: str, params: Mapping[str, Any] | None, opts: CallOptions | None = None) -> dict[str, Any]: ...
    async def notify(self, method: str, params: Mapping[str, Any] | None, opts: CallOptions | None = None) -> None: ...
    async def progress(self, progress: float, total: float | None = None, message: str | None = None) -> None: ...
async def _to_jsonrpc_response(request_id: RequestId, coro: Awaitable[dict[str, Any]]) -> JSONRPCResponse | JSONRPCError: ...
_SSE_PING_INTERVAL: float = 15.0
_SSE_HEADERS: Final[list[tuple[bytes, bytes]]] = ...
def _sse_event(msg: JSONRPCResponse | JSONRPCError | JSONRPCNotification) -> bytes: ...
async def _write_rejection(rejection: InboundLadderRejection, request_id: RequestId | None, scope: Scope, receive: Receive, send: Send) -> None: ...
async def _write(msg: JSONRPCResponse | JSONRPCError, scope: Scope, receive: Receive, send: Send) -> None: ...
_INVALID_BODY: Final[JSONRPCError]
def _is_notification_shaped(decoded: Any) -> bool: ...
async def _acknowledge_notification(decoded: dict[str, Any], request: Request, scope: Scope, receive: Receive, send: Send) -> None: ...
_MCP_PARAM_PREFIX_LOWER: Incomplete
_MCP_PARAM_LIST_PAGE_CAP: Final = 100
async def _tool_input_schema(app: Server[Any], request: Request, request_id: RequestId, verdict: InboundModernRoute, lifespan_state: Any, name: str) -> Any | None: ...
async def _mcp_param_rejection(app: Server[Any], request: Request, req: JSONRPCRequest, verdict: InboundModernRoute, lifespan_state: Any) -> InboundLadderRejection | None: ...
async def handle_modern_request(app: Server[Any], security_settings: TransportSecuritySettings | None, json_response: bool, lifespan_state: Any, scope: Scope, receive: Receive, send: Send) -> None: ...
