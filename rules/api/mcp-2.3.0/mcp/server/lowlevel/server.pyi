import copy as copy
import logging as logging
import warnings as warnings
from collections.abc import AsyncIterator as AsyncIterator, Awaitable as Awaitable, Callable as Callable, Mapping as Mapping
from contextlib import AbstractAsyncContextManager as AbstractAsyncContextManager, asynccontextmanager as asynccontextmanager
from dataclasses import dataclass as dataclass
from functools import cached_property as cached_property
from typing import Any as Any, Generic as Generic, overload as overload
import mcp_types as types
from mcp_types.version import MODERN_PROTOCOL_VERSIONS as MODERN_PROTOCOL_VERSIONS
from pydantic import BaseModel as BaseModel
from starlette.applications import Starlette as Starlette
from starlette.middleware import Middleware as Middleware
from starlette.middleware.authentication import AuthenticationMiddleware as AuthenticationMiddleware
from starlette.routing import Mount as Mount, Route as Route
from typing_extensions import TypeVar as TypeVar, deprecated as deprecated
from mcp.server._otel import OpenTelemetryMiddleware as OpenTelemetryMiddleware
from mcp.server.auth.middleware.auth_context import AuthContextMiddleware as AuthContextMiddleware
from mcp.server.auth.middleware.bearer_auth import BearerAuthBackend as BearerAuthBackend, RequireAuthMiddleware as RequireAuthMiddleware
from mcp.server.auth.provider import OAuthAuthorizationServerProvider as OAuthAuthorizationServerProvider, TokenVerifier as TokenVerifier
from mcp.server.auth.routes import build_resource_metadata_url as build_resource_metadata_url, create_auth_routes as create_auth_routes, create_protected_resource_routes as create_protected_resource_routes
from mcp.server.auth.settings import AuthSettings as AuthSettings
from mcp.server.caching import CacheableMethod as CacheableMethod, CacheHint as CacheHint, validate_cache_hints as validate_cache_hints
from mcp.server.context import HandlerResult as HandlerResult, ServerMiddleware as ServerMiddleware, ServerRequestContext as ServerRequestContext
from mcp.server.models import InitializationOptions as InitializationOptions
from mcp.server.runner import serve_dual_era_loop as serve_dual_era_loop
from mcp.server.streamable_http import EventStore as EventStore
from mcp.server.streamable_http_manager import DEFAULT_MAX_SESSIONS as DEFAULT_MAX_SESSIONS, DEFAULT_SESSION_IDLE_TIMEOUT as DEFAULT_SESSION_IDLE_TIMEOUT, StreamableHTTPASGIApp as StreamableHTTPASGIApp, StreamableHTTPSessionManager as StreamableHTTPSessionManager
from mcp.server.transport_security import DEFAULT_MAX_REQUEST_BODY_SIZE as DEFAULT_MAX_REQUEST_BODY_SIZE, TransportSecuritySettings as TransportSecuritySettings
from mcp.shared._stream_protocols import ReadStream as ReadStream, WriteStream as WriteStream
from mcp.shared.exceptions import MCPDeprecationWarning as MCPDeprecationWarning
from mcp.shared.message import SessionMessage as SessionMessage
logger: logging.Logger
LifespanResultT = TypeVar("LifespanResultT", default=Any)
_ParamsT = TypeVar("_ParamsT", bound=BaseModel, default=BaseModel)
RequestHandler = Callable[[ServerRequestContext[LifespanResultT], _ParamsT], Awaitable[HandlerResult]]
NotificationHandler = Callable[[ServerRequestContext[LifespanResultT], _ParamsT], Awaitable[None]]
@dataclass(frozen=True, slots=True)
class HandlerEntry(Generic[LifespanResultT]):
    params_type: type[BaseModel]
    handler: RequestHandler[LifespanResultT, Any]
class NotificationOptions:
    def __init__(self, prompts_changed: bool = False, resources_changed: bool = False, tools_changed: bool = False) -> None: ...
    prompts_changed: bool
    resources_changed: bool
    tools_changed: bool
@asynccontextmanager
def lifespan(_: Server[Any]) -> AsyncIterator[dict[str, Any]]: ...
async def _ping_handler(ctx: ServerRequestContext[Any], params: types.RequestParams | None) -> types.EmptyResult: ...
class Server(Generic[LifespanResultT]):
    @overload
    def __init__(self, name: str, *, version: str = "", title: str | None = None, description: str | None = None, instructions: str | None = None, website_url: str | None = None, icons: list[types.Icon] | None = None, cache_hints: Mapping[CacheableMethod, CacheHint] | None = None, lifespan: Callable[[Server[LifespanResultT]], AbstractAsyncContextManager[LifespanResultT]] = ..., get_tool_input_schema: Callable[[str], Mapping[str, Any] | None] | None = None, on_list_tools: Callable[[ServerRequestContext[LifespanResultT], types.PaginatedRequestParams | None], Awaitable[types.ListToolsResult]] | None = None, on_call_tool: Callable[[ServerRequestContext[LifespanResultT], types.CallToolRequestParams], Awaitable[types.CallToolResult | types.InputRequiredResult]] | None = None, on_list_resources: Callable[[ServerRequestContext[LifespanResultT], types.PaginatedRequestParams | None], Awaitable[types.ListResourcesResult]] | None = None, on_list_resource_templates: Callable[[ServerRequestContext[LifespanResultT], types.PaginatedRequestParams | None], Awaitable[types.ListResourceTemplatesResult]] | None = None, on_read_resource: Callable[[ServerRequestContext[LifespanResultT], types.ReadResourceRequestParams], Awaitable[types.ReadResourceResult | types.InputRequiredResult]] | None = None, on_subscribe_resource: Callable[[ServerRequestContext[LifespanResultT], types.SubscribeRequestParams], Awaitable[types.EmptyResult]] | None = None, on_unsubscribe_resource: Callable[[ServerRequestContext[LifespanResultT], types.UnsubscribeRequestParams], Awaitable[types.EmptyResult]] | None = None, on_subscriptions_listen: Callable[[ServerRequestContext[LifespanResultT], types.SubscriptionsListenRequestParams], Awaitable[types.SubscriptionsListenResult]] | None = None, on_list_prompts: Callable[[ServerRequestContext[LifespanResultT], types.PaginatedRequestParams | None], Awaitable[types.ListPromptsResult]] | None = None, on_get_prompt: Callable[[ServerRequestContext[LifespanResultT], types.GetPromptRequestParams], Awaitable[types.GetPromptResult | types.InputRequiredResult]] | None = None, on_completion: Callable[[ServerRequestContext[LifespanResultT], types.CompleteRequestParams], Awaitable[types.CompleteResult]] | None = None, on_ping: Callable[[ServerRequestContext[LifespanResultT], types.RequestParams | None], Awaitable[types.EmptyResult]] = ...) -> None: ...
    @overload
    @deprecated("")
    def __init__(self, name: str, *, version: str = "", title: str | None = None, description: str | None = None, instructions: str | None = None, website_url: str | None = None, icons: list[types.Icon] | None = None, cache_hints: Mapping[CacheableMethod, CacheHint] | None = None, lifespan: Callable[[Server[LifespanResultT]], AbstractAsyncContextManager[LifespanResultT]] = ..., get_tool_input_schema: Callable[[str], Mapping[str, Any] | None] | None = None, on_list_tools: Callable[[ServerRequestContext[LifespanResultT], types.PaginatedRequestParams | None], Awaitable[types.ListToolsResult]] | None = None, on_call_tool: Callable[[ServerRequestContext[LifespanResultT], types.CallToolRequestParams], Awaitable[types.CallToolResult | types.InputRequiredResult]] | None = None, on_list_resources: Callable[[ServerRequestContext[LifespanResultT], types.PaginatedRequestParams | None], Awaitable[types.ListResourcesResult]] | None = None, on_list_resource_templates: Callable[[ServerRequestContext[LifespanResultT], types.PaginatedRequestParams | None], Awaitable[types.ListResourceTemplatesResult]] | None = None, on_read_resource: Callable[[ServerRequestContext[LifespanResultT], types.ReadResourceRequestParams], Awaitable[types.ReadResourceResult | types.InputRequiredResult]] | None = None, on_subscribe_resource: Callable[[ServerRequestContext[LifespanResultT], types.SubscribeRequestParams], Awaitable[types.EmptyResult]] | None = None, on_unsubscribe_resource: Callable[[ServerRequestContext[LifespanResultT], types.UnsubscribeRequestParams], Awaitable[types.EmptyResult]] | None = None, on_subscriptions_listen: Callable[[ServerRequestContext[LifespanResultT], types.SubscriptionsListenRequestParams], Awaitable[types.SubscriptionsListenResult]] | None = None, on_list_prompts: Callable[[ServerRequestContext[LifespanResultT], types.PaginatedRequestParams | None], Awaitable[types.ListPromptsResult]] | None = None, on_get_prompt: Callable[[ServerRequestContext[LifespanResultT], types.GetPromptRequestParams], Awaitable[types.GetPromptResult | types.InputRequiredResult]] | None = None, on_completion: Callable[[ServerRequestContext[LifespanResultT], types.CompleteRequestParams], Awaitable[types.CompleteResult]] | None = None, on_set_logging_level: Callable[[ServerRequestContext[LifespanResultT], types.SetLevelRequestParams], Awaitable[types.EmptyResult]] | None = None, on_ping: Callable[[ServerRequestContext[LifespanResultT], types.RequestParams | None], Awaitable[types.EmptyResult]] = ..., on_roots_list_changed: Callable[[ServerRequestContext[LifespanResultT], types.NotificationParams | None], Awaitable[None]] | None = None, on_progress: Callable[[ServerRequestContext[LifespanResultT], types.ProgressNotificationParams], Awaitable[None]] | None = None) -> None: ...
    def add_request_handler(self, method: str, params_type: type[_ParamsT], handler: RequestHandler[LifespanResultT, _ParamsT]) -> None: ...
    def add_notification_handler(self, method: str, params_type: type[_ParamsT], handler: NotificationHandler[LifespanResultT, _ParamsT]) -> None: ...
    def get_request_handler(self, method: str) -> HandlerEntry[LifespanResultT] | None: ...
    def get_notification_handler(self, method: str) -> HandlerEntry[LifespanResultT] | None: ...
    def create_initialization_options(self, notification_options: NotificationOptions | None = None, experimental_capabilities: dict[str, dict[str, Any]] | None = None, extensions: dict[str, dict[str, Any]] | None = None) -> InitializationOptions: ...
    def get_capabilities(self, notification_options: NotificationOptions | None = None, experimental_capabilities: dict[str, dict[str, Any]] | None = None, extensions: dict[str, dict[str, Any]] | None = None, *, protocol_version: str | None = None) -> types.ServerCapabilities: ...
    @property
    def server_info(self) -> types.Implementation: ...
    @cached_property
    def _server_info_stamp_source(self) -> dict[str, Any]: ...
    @property
    def server_info_stamp(self) -> dict[str, Any]: ...
    async def _handle_discover(self, ctx: ServerRequestContext[LifespanResultT], params: types.RequestParams | None) -> types.DiscoverResult: ...
    @property
    def session_manager(self) -> StreamableHTTPSessionManager: ...
    async def run(self, read_stream: ReadStream[SessionMessage | Exception], write_stream: WriteStream[SessionMessage], initialization_options: InitializationOptions, raise_exceptions: bool = False) -> None: ...
    def streamable_http_app(self, *, streamable_http_path: str = "/mcp", json_response: bool = False, stateless_http: bool = False, event_store: EventStore | None = None, retry_interval: int | None = None, max_request_body_size: int = ..., session_idle_timeout: float | None = ..., max_sessions: int | None = ..., transport_security: TransportSecuritySettings | None = None, host: str = "127.0.0.1", auth: AuthSettings | None = None, token_verifier: TokenVerifier | None = None, auth_server_provider: OAuthAuthorizationServerProvider[Any, Any, Any] | None = None, custom_starlette_routes: list[Route] | None = None, debug: bool = False) -> Starlette: ...
    name: str
    version: str
    title: str | None
    description: str | None
    instructions: str | None
    website_url: str | None
    icons: list[types.Icon] | None
    cache_hints: dict[str, CacheHint]
    lifespan: Callable[[Server[LifespanResultT]], AbstractAsyncContextManager[LifespanResultT]]
    get_tool_input_schema: Callable[[str], Mapping[str, Any] | None] | None
    _request_handlers: dict[str, HandlerEntry[LifespanResultT]]
    _notification_handlers: dict[str, HandlerEntry[LifespanResultT]]
    _session_manager: StreamableHTTPSessionManager | None
    middleware: list[ServerMiddleware[LifespanResultT]]
    extensions: dict[str, dict[str, Any]]
