from collections.abc import Awaitable as Awaitable, Callable as Callable
from dataclasses import dataclass as dataclass
from typing import Any as Any
from mcp_types import JSONRPCMessage as JSONRPCMessage, RequestId as RequestId
ResumptionToken = str
ResumptionTokenUpdateCallback = Callable[[ResumptionToken], Awaitable[None]]
CloseSSEStreamCallback = Callable[[], Awaitable[None]]
@dataclass
class ClientMessageMetadata:
    resumption_token: ResumptionToken | None = None
    on_resumption_token_update: Callable[[ResumptionToken], Awaitable[None]] | None = None
    headers: dict[str, str] | None = None
@dataclass
class ServerMessageMetadata:
    related_request_id: RequestId | None = None
    request_context: Any = None
    close_sse_stream: CloseSSEStreamCallback | None = None
    close_standalone_sse_stream: CloseSSEStreamCallback | None = None
    on_request_unanswered: Callable[[], Awaitable[None]] | None = None
    can_send_request: bool = True
MessageMetadata = ClientMessageMetadata | ServerMessageMetadata | None
@dataclass
class SessionMessage:
    message: JSONRPCMessage
    metadata: MessageMetadata = None
