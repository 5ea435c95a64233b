from collections.abc import Callable as Callable, Sequence as Sequence
from typing import Any as Any, Literal as Literal, TypeVar as TypeVar
from pydantic import BaseModel as BaseModel, ConfigDict as ConfigDict
from pydantic.alias_generators import to_camel as to_camel
from mcp.server.context import ServerRequestContext as ServerRequestContext
from mcp.server.extension import Extension as Extension, ResourceBinding as ResourceBinding, ToolBinding as ToolBinding
from mcp.server.mcpserver.context import Context as Context
from mcp.server.mcpserver.resources import Resource as Resource, TextResource as TextResource
EXTENSION_ID = "io.modelcontextprotocol/ui"
APP_MIME_TYPE = "text/html;profile=mcp-app"
Visibility = Literal["model", "app"]
_CallableT = TypeVar("_CallableT", bound=Callable[..., Any])
class ResourcePermissions(BaseModel):
    camera: dict[str, Any] | None = None
    microphone: dict[str, Any] | None = None
    geolocation: dict[str, Any] | None = None
    clipboard_write: dict[str, Any] | None = None
    def __init__(self, *, camera: dict[str, Any] | None = ..., microphone: dict[str, Any] | None = ..., geolocation: dict[str, Any] | None = ..., clipboardWrite: dict[str, Any] | None = ..., clipboard_write: dict[str, Any] | None = ..., **extra: Any) -> None: ...
class ResourceCsp(BaseModel):
    connect_domains: list[str] | None = None
    resource_domains: list[str] | None = None
    frame_domains: list[str] | None = None
    base_uri_domains: list[str] | None = None
    def __init__(self, *, connectDomains: list[str] | None = ..., connect_domains: list[str] | None = ..., resourceDomains: list[str] | None = ..., resource_domains: list[str] | None = ..., frameDomains: list[str] | None = ..., frame_domains: list[str] | None = ..., baseUriDomains: list[str] | None = ..., base_uri_domains: list[str] | None = ..., **extra: Any) -> None: ...
class Apps(Extension):
    identifier = EXTENSION_ID
    def __init__(self) -> None: ...
    def tool(self, *, resource_uri: str, visibility: Sequence[Visibility] | None = None, meta: dict[str, Any] | None = None, **tool_kwargs: Any) -> Callable[[_CallableT], _CallableT]: ...
    def add_html_resource(self, uri: str, html: str, *, name: str | None = None, title: str | None = None, description: str | None = None, csp: ResourceCsp | None = None, permissions: ResourcePermissions | None = None, domain: str | None = None, prefers_border: bool | None = None) -> None: ...
    def add_resource(self, resource: Resource) -> None: ...
    def tools(self) -> Sequence[ToolBinding]: ...
    def resources(self) -> Sequence[ResourceBinding]: ...
    _tools: list[tuple[ToolBinding, str]]
    _resources: list[ResourceBinding]
def client_supports_apps(ctx: Context[Any] | ServerRequestContext[Any, Any]) -> bool: ...
def _client_capabilities(ctx: Context[Any] | ServerRequestContext[Any, Any]) -> Any: ...
def _require_ui_scheme(uri: str) -> None: ...
