from _typeshed import Incomplete
import logging as logging
from collections.abc import Callable as Callable
from contextlib import AsyncExitStack as AsyncExitStack
from datetime import timedelta as timedelta
from types import TracebackType as TracebackType
from typing import Any as Any, Generic as Generic, Protocol as Protocol, TypeVar as TypeVar
import anyio as anyio
import httpx as httpx
from anyio.streams.memory import MemoryObjectReceiveStream as MemoryObjectReceiveStream, MemoryObjectSendStream as MemoryObjectSendStream
from pydantic import BaseModel as BaseModel
from typing_extensions import Self as Self
from mcp.shared.exceptions import McpError as McpError
from mcp.shared.message import MessageMetadata as MessageMetadata, ServerMessageMetadata as ServerMessageMetadata, SessionMessage as SessionMessage
from mcp.shared.response_router import ResponseRouter as ResponseRouter
from mcp.types import CONNECTION_CLOSED as CONNECTION_CLOSED, INVALID_PARAMS as INVALID_PARAMS, CancelledNotification as CancelledNotification, ClientNotification as ClientNotification, ClientRequest as ClientRequest, ClientResult as ClientResult, ErrorData as ErrorData, JSONRPCError as JSONRPCError, JSONRPCMessage as JSONRPCMessage, JSONRPCNotification as JSONRPCNotification, JSONRPCRequest as JSONRPCRequest, JSONRPCResponse as JSONRPCResponse, ProgressNotification as ProgressNotification, RequestParams as RequestParams, ServerNotification as ServerNotification, ServerRequest as ServerRequest, ServerResult as ServerResult
SendRequestT = TypeVar("SendRequestT", ClientRequest, ServerRequest)
SendResultT = TypeVar("SendResultT", ClientResult, ServerResult)
SendNotificationT = TypeVar("SendNotificationT", ClientNotification, ServerNotification)
ReceiveRequestT = TypeVar("ReceiveRequestT", ClientRequest, ServerRequest)
ReceiveResultT = TypeVar("ReceiveResultT", bound=BaseModel)
ReceiveNotificationT = TypeVar("ReceiveNotificationT", ClientNotification, ServerNotification)
RequestId = str | int
class ProgressFnT(Protocol):
    async def __call__(self, progress: float, total: float | None, message: str | None) -> None: ...
class RequestResponder(Generic[ReceiveRequestT, SendResultT]):
    def __init__(self, request_id: RequestId, request_meta: RequestParams.Meta | None, request: ReceiveRequestT, session: """BaseSession[
            SendRequestT,
            SendNotificationT,
            SendResultT,
            ReceiveRequestT,
            ReceiveNotificationT
        ]""", on_complete: Callable[["RequestResponder[ReceiveRequestT, SendResultT]"], Any], message_metadata: MessageMetadata = None) -> None: ...
    def __enter__(self) -> "RequestResponder[ReceiveRequestT, SendResultT]": ...
    def __exit__(self, exc_type: type[BaseException] | None, exc_val: BaseException | None, exc_tb: TracebackType | None) -> None: ...
    async def respond(self, response: SendResultT | ErrorData) -> None: ...
    async def cancel(self) -> None: ...
    @property
    def in_flight(self) -> bool: ...
    @property
    def cancelled(self) -> bool: ...
    request_id: RequestId
    request_meta: RequestParams.Meta | None
    request: ReceiveRequestT
    message_metadata: MessageMetadata
    _session: """BaseSession[
            SendRequestT,
            SendNotificationT,
            SendResultT,
            ReceiveRequestT,
            ReceiveNotificationT
        ]"""
    _completed: bool
    _cancel_scope: anyio.CancelScope
    _on_complete: Callable[["RequestResponder[ReceiveRequestT, SendResultT]"], Any]
    _entered: bool
class BaseSession(Generic[SendRequestT, SendNotificationT, SendResultT, ReceiveRequestT, ReceiveNotificationT]):
    _response_streams: dict[RequestId, MemoryObjectSendStream[JSONRPCResponse | JSONRPCError]]
    _request_id: int
    _in_flight: dict[RequestId, RequestResponder[ReceiveRequestT, SendResultT]]
    _progress_callbacks: dict[RequestId, ProgressFnT]
    _response_routers: list["ResponseRouter"]
    def __init__(self, read_stream: MemoryObjectReceiveStream[SessionMessage | Exception], write_stream: MemoryObjectSendStream[SessionMessage], receive_request_type: type[ReceiveRequestT], receive_notification_type: type[ReceiveNotificationT], read_timeout_seconds: timedelta | None = None) -> None: ...
    def add_response_router(self, router: ResponseRouter) -> None: ...
    async def __aenter__(self) -> Self: ...
    async def __aexit__(self, exc_type: type[BaseException] | None, exc_val: BaseException | None, exc_tb: TracebackType | None) -> bool | None: ...
    async def send_request(self, request: SendRequestT, result_type: type[ReceiveResultT], request_read_timeout_seconds: timedelta | None = None, metadata: MessageMetadata = None, progress_callback: ProgressFnT | None = None) -> ReceiveResultT: ...
    async def send_notification(self, notification: SendNotificationT, related_request_id: RequestId | None = None) -> None: ...
    async def _send_response(self, request_id: RequestId, response: SendResultT | ErrorData) -> None: ...
    async def _receive_loop(self) -> None: ...
    def _normalize_request_id(self, response_id: RequestId) -> RequestId: ...
    async def _handle_response(self, message: SessionMessage) -> None: ...
    async def _received_request(self, responder: RequestResponder[ReceiveRequestT, SendResultT]) -> None: ...
    async def _received_notification(self, notification: ReceiveNotificationT) -> None: ...
    async def send_progress_notification(self, progress_token: str | int, progress: float, total: float | None = None, message: str | None = None) -> None: ...
    async def _handle_incoming(self, req: RequestResponder[ReceiveRequestT, SendResultT] | ReceiveNotificationT | Exception) -> None: ...
    _read_stream: MemoryObjectReceiveStream[SessionMessage | Exception]
    _write_stream: MemoryObjectSendStream[SessionMessage]
    _receive_request_type: type[ReceiveRequestT]
    _receive_notification_type: type[ReceiveNotificationT]
    _session_read_timeout_seconds: timedelta | None
    _exit_stack: AsyncExitStack
    _task_group: Incomplete
