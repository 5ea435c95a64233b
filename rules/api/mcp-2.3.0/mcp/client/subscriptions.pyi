from _typeshed import Incomplete
from collections.abc import AsyncIterator as AsyncIterator, Awaitable as Awaitable, Callable as Callable, Sequence as Sequence
from contextlib import asynccontextmanager as asynccontextmanager
from itertools import count as count
from typing import TYPE_CHECKING as TYPE_CHECKING, Literal as Literal
import anyio as anyio
import mcp_types as types
from mcp_types.version import MODERN_PROTOCOL_VERSIONS as MODERN_PROTOCOL_VERSIONS
from mcp.shared.dispatcher import CallOptions as CallOptions
from mcp.shared.exceptions import MCPError as MCPError
from mcp.shared.subscriptions import PromptsListChanged as PromptsListChanged, ResourcesListChanged as ResourcesListChanged, ResourceUpdated as ResourceUpdated, ServerEvent as ServerEvent, ToolsListChanged as ToolsListChanged, event_matches as event_matches
if TYPE_CHECKING:
    from mcp.client.session import ClientSession
__all__ = ["ListenNotSupportedError", "OnEvent", "PromptsListChanged", "ResourceUpdated", "ResourcesListChanged", "ServerEvent", "Subscription", "SubscriptionLost", "ToolsListChanged", "listen"]
_listen_ids: Incomplete
_MAX_PENDING_EVENTS = 1024
_SubscriptionEnd = Literal["graceful", "lost", "local"]
class ListenNotSupportedError(RuntimeError):
    def __init__(self, negotiated_version: str | None) -> None: ...
    negotiated_version: str | None
class SubscriptionLost(RuntimeError):
    ...
class ListenRoute:
    def __init__(self) -> None: ...
    def set_acked(self, honored: types.SubscriptionFilter) -> None: ...
    def deliver(self, event: ServerEvent) -> None: ...
    def settle(self, end: _SubscriptionEnd, error: MCPError | None = None) -> None: ...
    async def next_event(self) -> ServerEvent | _SubscriptionEnd: ...
    def consume(self, event: ServerEvent) -> None: ...
    honored: types.SubscriptionFilter | None
    acked: anyio.Event
    error: MCPError | None
    end: _SubscriptionEnd | None
    _honored_uris: frozenset[str]
    _pending: dict[ServerEvent, None]
    _wake: anyio.Event
OnEvent = Callable[[ServerEvent], Awaitable[None]]
class Subscription:
    def __init__(self, route: ListenRoute, subscription_id: types.RequestId, honored: types.SubscriptionFilter, on_event: OnEvent | None = None) -> None: ...
    def __aiter__(self) -> Subscription: ...
    async def __anext__(self) -> ServerEvent: ...
    _route: ListenRoute
    _on_event: OnEvent | None
    subscription_id: types.RequestId
    honored: types.SubscriptionFilter
@asynccontextmanager
def listen(session: ClientSession, *, tools_list_changed: bool = False, prompts_list_changed: bool = False, resources_list_changed: bool = False, resource_subscriptions: Sequence[str] = ..., on_event: OnEvent | None = None) -> AsyncIterator[Subscription]: ...
