import logging as logging
from collections.abc import Awaitable as Awaitable, Callable as Callable, Mapping as Mapping
from dataclasses import dataclass as dataclass, field as field
from typing import Any as Any
import anyio as anyio
import anyio.abc
from mcp_types import CONNECTION_CLOSED as CONNECTION_CLOSED, INTERNAL_ERROR as INTERNAL_ERROR, INVALID_PARAMS as INVALID_PARAMS, REQUEST_TIMEOUT as REQUEST_TIMEOUT, RequestId as RequestId
from pydantic import ValidationError as ValidationError
from mcp.shared._compat import resync_tracer as resync_tracer
from mcp.shared.dispatcher import CallOptions as CallOptions, OnNotify as OnNotify, OnNotifyIntercept as OnNotifyIntercept, OnRequest as OnRequest, ProgressFnT as ProgressFnT, coerce_request_id as coerce_request_id, run_notify_intercept as run_notify_intercept
from mcp.shared.exceptions import MCPError as MCPError, NoBackChannelError as NoBackChannelError
from mcp.shared.message import MessageMetadata as MessageMetadata
from mcp.shared.transport_context import TransportContext as TransportContext
logger: logging.Logger
__all__ = ["DirectDispatcher", "create_direct_dispatcher_pair"]
DIRECT_TRANSPORT_KIND = "direct"
_Request = Callable[[str, Mapping[str, Any] | None, CallOptions | None], Awaitable[dict[str, Any]]]
_Notify = Callable[[str, Mapping[str, Any] | None], Awaitable[None]]
@dataclass
class _DirectDispatchContext:
    transport: TransportContext
    _back_request: _Request
    _back_notify: _Notify
    request_id: RequestId | None = None
    message_metadata: MessageMetadata = None
    _on_progress: ProgressFnT | None = None
    cancel_requested: anyio.Event = ...
    @property
    def can_send_request(self) -> bool: ...
    async def notify(self, method: str, params: Mapping[str, Any] | None, opts: CallOptions | None = None) -> None: ...
    async def send_raw_request(self, method: str, params: Mapping[str, Any] | None, opts: CallOptions | None = None) -> dict[str, Any]: ...
    async def progress(self, progress: float, total: float | None = None, message: str | None = None) -> None: ...
class DirectDispatcher:
    def __init__(self, transport_ctx: TransportContext, *, raise_handler_exceptions: bool = True) -> None: ...
    def connect_to(self, peer: DirectDispatcher) -> None: ...
    async def send_raw_request(self, method: str, params: Mapping[str, Any] | None, opts: CallOptions | None = None) -> dict[str, Any]: ...
    async def notify(self, method: str, params: Mapping[str, Any] | None, opts: CallOptions | None = None) -> None: ...
    async def run(self, on_request: OnRequest, on_notify: OnNotify, on_notify_intercept: OnNotifyIntercept | None = None, *, task_status: anyio.abc.TaskStatus[None] = ...) -> None: ...
    def close(self) -> None: ...
    def _make_context(self, on_progress: ProgressFnT | None = None, request_id: RequestId | None = None) -> _DirectDispatchContext: ...
    async def _wait_ready(self) -> None: ...
    async def _dispatch_request(self, method: str, params: Mapping[str, Any] | None, opts: CallOptions | None) -> dict[str, Any]: ...
    async def _dispatch_notify(self, method: str, params: Mapping[str, Any] | None) -> None: ...
    _transport_ctx: TransportContext
    _raise_handler_exceptions: bool
    _peer: DirectDispatcher | None
    _on_request: OnRequest | None
    _on_notify: OnNotify | None
    _on_notify_intercept: OnNotifyIntercept | None
    _next_id: int
    _in_flight_ids: set[RequestId]
    _ready: anyio.Event
    _close_event: anyio.Event
    _running: bool
    _closed: bool
def create_direct_dispatcher_pair(*, can_send_request: bool = True, headers: Mapping[str, str] | None = None, raise_handler_exceptions: bool = True) -> tuple[DirectDispatcher, DirectDispatcher]: ...
