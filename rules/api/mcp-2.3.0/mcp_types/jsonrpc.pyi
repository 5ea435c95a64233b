from typing import Annotated as Annotated, Any as Any, Final as Final, Literal as Literal
from pydantic import BaseModel as BaseModel, Field as Field, TypeAdapter as TypeAdapter
__all__ = ["CONNECTION_CLOSED", "HEADER_MISMATCH", "INTERNAL_ERROR", "INVALID_PARAMS", "INVALID_REQUEST", "JSONRPC_VERSION", "METHOD_NOT_FOUND", "MISSING_REQUIRED_CLIENT_CAPABILITY", "PARSE_ERROR", "REQUEST_TIMEOUT", "UNSUPPORTED_PROTOCOL_VERSION", "URL_ELICITATION_REQUIRED", "ErrorData", "JSONRPCError", "JSONRPCMessage", "JSONRPCNotification", "JSONRPCRequest", "JSONRPCResponse", "RequestId", "jsonrpc_message_adapter"]
RequestId = int | str
JSONRPC_VERSION: Final[Literal["2.0"]] = "2.0"
class JSONRPCRequest(BaseModel):
    jsonrpc: Literal["2.0"]
    id: RequestId
    method: str
    params: dict[str, Any] | None = None
    def __init__(self, *, jsonrpc: Literal["2.0"], id: RequestId, method: str, params: dict[str, Any] | None = ..., **extra: Any) -> None: ...
class JSONRPCNotification(BaseModel):
    jsonrpc: Literal["2.0"]
    method: str
    params: dict[str, Any] | None = None
    def __init__(self, *, jsonrpc: Literal["2.0"], method: str, params: dict[str, Any] | None = ..., **extra: Any) -> None: ...
class JSONRPCResponse(BaseModel):
    jsonrpc: Literal["2.0"]
    id: RequestId
    result: dict[str, Any]
    def __init__(self, *, jsonrpc: Literal["2.0"], id: RequestId, result: dict[str, Any], **extra: Any) -> None: ...
HEADER_MISMATCH = -32020
MISSING_REQUIRED_CLIENT_CAPABILITY = -32021
UNSUPPORTED_PROTOCOL_VERSION = -32022
URL_ELICITATION_REQUIRED = -32042
CONNECTION_CLOSED = -32000
REQUEST_TIMEOUT = -32001
PARSE_ERROR = -32700
INVALID_REQUEST = -32600
METHOD_NOT_FOUND = -32601
INVALID_PARAMS = -32602
INTERNAL_ERROR = -32603
class ErrorData(BaseModel):
    code: int
    message: str
    data: Any = None
    def __init__(self, *, code: int, message: str, data: Any = ..., **extra: Any) -> None: ...
class JSONRPCError(BaseModel):
    jsonrpc: Literal["2.0"]
    id: RequestId | None
    error: ErrorData
    def __init__(self, *, jsonrpc: Literal["2.0"], id: RequestId | None, error: ErrorData, **extra: Any) -> None: ...
JSONRPCMessage = JSONRPCRequest | JSONRPCNotification | JSONRPCResponse | JSONRPCError
jsonrpc_message_adapter: TypeAdapter[JSONRPCMessage] = ...
