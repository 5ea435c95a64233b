import logging as logging
from collections.abc import Awaitable as Awaitable, Callable as Callable, Mapping as Mapping
from typing import Any as Any, Protocol as Protocol, TypedDict as TypedDict, TypeVar as TypeVar, runtime_checkable as runtime_checkable
import anyio as anyio
import anyio.abc
from mcp_types import RequestId as RequestId
from mcp.shared.message import MessageMetadata as MessageMetadata
from mcp.shared.transport_context import TransportContext as TransportContext
logger: logging.Logger
__all__ = ["CallOptions", "DispatchContext", "Dispatcher", "OnNotify", "OnNotifyIntercept", "OnRequest", "Outbound", "ProgressFnT", "as_request_id", "coerce_request_id", "run_notify_intercept"]
TransportT_co = TypeVar("TransportT_co", bound=TransportContext, covariant=True)
def as_request_id(value: object) -> RequestId | None: ...
def coerce_request_id(request_id: RequestId) -> RequestId: ...
class ProgressFnT(Protocol):
    async def __call__(self, progress: float, total: float | None, message: str | None) -> None: ...
class CallOptions(TypedDict, total=False):
    request_id: RequestId
    timeout: float
    cancel_on_abandon: bool
    on_progress: ProgressFnT
    resumption_token: str
    on_resumption_token: Callable[[str], Awaitable[None]]
    headers: dict[str, str]
@runtime_checkable
class Outbound(Protocol):
    async def send_raw_request(self, method: str, params: Mapping[str, Any] | None, opts: CallOptions | None = None) -> dict[str, Any]: ...
    async def notify(self, method: str, params: Mapping[str, Any] | None, opts: CallOptions | None = None) -> None: ...
class DispatchContext(Outbound, Protocol[TransportT_co]):
    @property
    def transport(self) -> TransportT_co: ...
    @property
    def can_send_request(self) -> bool: ...
    @property
    def request_id(self) -> RequestId | None: ...
    @property
    def message_metadata(self) -> MessageMetadata: ...
    @property
    def cancel_requested(self) -> anyio.Event: ...
    async def progress(self, progress: float, total: float | None = None, message: str | None = None) -> None: ...
OnRequest = Callable[[DispatchContext[TransportContext], str, Mapping[str, Any] | None], Awaitable[dict[str, Any]]]
OnNotify = Callable[[DispatchContext[TransportContext], str, Mapping[str, Any] | None], Awaitable[None]]
OnNotifyIntercept = Callable[[str, Mapping[str, Any] | None], bool]
def run_notify_intercept(intercept: OnNotifyIntercept | None, method: str, params: Mapping[str, Any] | None) -> bool: ...
class Dispatcher(Outbound, Protocol[TransportT_co]):
    async def run(self, on_request: OnRequest, on_notify: OnNotify, on_notify_intercept: OnNotifyIntercept | None = None, *, task_status: anyio.abc.TaskStatus[None] = ...) -> None: ...
