from collections.abc import Awaitable as Awaitable, Callable as Callable
from dataclasses import dataclass as dataclass
from mcp.types import JSONRPCMessage as JSONRPCMessage, RequestId as RequestId
ResumptionToken = str
ResumptionTokenUpdateCallback = Callable[[ResumptionToken], Awaitable[None]]
CloseSSEStreamCallback = Callable[[], Awaitable[None]]
@dataclass
class ClientMessageMetadata:
    resumption_token: ResumptionToken | None = None
    on_resumption_token_update: Callable[[ResumptionToken], Awaitable[None]] | None = None
@dataclass
class ServerMessageMetadata:
    related_request_id: RequestId | None = None
    request_context: object | None = None
    close_sse_stream: CloseSSEStreamCallback | None = None
    close_standalone_sse_stream: CloseSSEStreamCallback | None = None
MessageMetadata = ClientMessageMetadata | ServerMessageMetadata | None
@dataclass
class SessionMessage:
    message: JSONRPCMessage
    metadata: MessageMetadata = None
