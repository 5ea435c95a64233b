from collections.abc import Awaitable as Awaitable, Callable as Callable, Sequence as Sequence
from dataclasses import dataclass as dataclass, field as field
from typing import TYPE_CHECKING as TYPE_CHECKING, Any as Any
from mcp_types import CallToolRequestParams as CallToolRequestParams
from mcp_types.methods import SPEC_CLIENT_METHODS as SPEC_CLIENT_METHODS
from pydantic import BaseModel as BaseModel
from mcp.server.context import CallNext as CallNext, HandlerResult as HandlerResult, ServerRequestContext as ServerRequestContext
from mcp.shared.extension import validate_extension_identifier as validate_extension_identifier
if TYPE_CHECKING:
    from mcp.server.mcpserver.resources import Resource
RequestHandler = Callable[[ServerRequestContext[Any, Any], Any], Awaitable[HandlerResult]]
@dataclass(frozen=True)
class ToolBinding:
    fn: Callable[..., Any]
    meta: dict[str, Any] | None = None
    kwargs: dict[str, Any] = ...
@dataclass(frozen=True)
class ResourceBinding:
    resource: Resource
@dataclass(frozen=True)
class MethodBinding:
    method: str
    params_type: type[BaseModel]
    handler: RequestHandler
    protocol_versions: frozenset[str] | None = None
    def __post_init__(self) -> None: ...
class Extension:
    identifier: str
    def __init_subclass__(cls, **kwargs: Any) -> None: ...
    def settings(self) -> dict[str, Any]: ...
    def tools(self) -> Sequence[ToolBinding]: ...
    def resources(self) -> Sequence[ResourceBinding]: ...
    def methods(self) -> Sequence[MethodBinding]: ...
    async def intercept_tool_call(self, params: CallToolRequestParams, ctx: ServerRequestContext[Any, Any], call_next: CallNext) -> HandlerResult: ...
def compose_tool_call_handler(extensions: Sequence[Extension], handler: RequestHandler) -> RequestHandler: ...
def _bind_interceptor(extension: Extension, params: CallToolRequestParams, call_next: CallNext) -> CallNext: ...
