import functools as functools
from collections.abc import Callable as Callable, Mapping as Mapping, Set as Set
from dataclasses import dataclass as dataclass, field as field
from typing import TYPE_CHECKING as TYPE_CHECKING, Any as Any
import anyio.to_thread
from mcp_types import Annotations as Annotations, Icon as Icon, InputRequiredResult as InputRequiredResult
from pydantic import BaseModel as BaseModel, Field as Field, validate_call as validate_call
from mcp.server.mcpserver.exceptions import ResourceError as ResourceError, UnexpectedResourceError as UnexpectedResourceError
from mcp.server.mcpserver.resources.types import FunctionResource as FunctionResource, Resource as Resource
from mcp.server.mcpserver.utilities.context_injection import find_context_parameter as find_context_parameter, inject_context as inject_context
from mcp.server.mcpserver.utilities.func_metadata import func_metadata as func_metadata
from mcp.shared._callable_inspection import is_async_callable as is_async_callable
from mcp.shared.exceptions import MCPError as MCPError
from mcp.shared.path_security import contains_path_traversal as contains_path_traversal, is_absolute_path as is_absolute_path
from mcp.shared.uri_template import UriTemplate as UriTemplate
if TYPE_CHECKING:
    from mcp.server.context import LifespanContextT, RequestT
    from mcp.server.mcpserver.context import Context
@dataclass(frozen=True)
class ResourceSecurity:
    reject_path_traversal: bool = True
    reject_absolute_paths: bool = True
    reject_null_bytes: bool = True
    exempt_params: Set[str] = ...
    def validate(self, params: Mapping[str, str | list[str]]) -> str | None: ...
DEFAULT_RESOURCE_SECURITY: ResourceSecurity
class ResourceSecurityError(ValueError):
    def __init__(self, template: str, param: str) -> None: ...
    template: str
    param: str
class ResourceTemplate(BaseModel):
    uri_template: str
    name: str
    title: str | None = ...
    description: str | None
    mime_type: str = ...
    icons: list[Icon] | None = ...
    annotations: Annotations | None = ...
    meta: dict[str, Any] | None = ...
    fn: Callable[..., Any]
    parameters: dict[str, Any]
    context_kwarg: str | None = ...
    parsed_template: UriTemplate
    security: ResourceSecurity
    @classmethod
    def from_function(cls, fn: Callable[..., Any], uri_template: str, name: str | None = None, title: str | None = None, description: str | None = None, mime_type: str | None = None, icons: list[Icon] | None = None, annotations: Annotations | None = None, meta: dict[str, Any] | None = None, context_kwarg: str | None = None, security: ResourceSecurity = ...) -> ResourceTemplate: ...
    def matches(self, uri: str) -> dict[str, str | list[str]] | None: ...
    async def create_resource(self, uri: str, params: dict[str, Any], context: Context[LifespanContextT, RequestT]) -> Resource | InputRequiredResult: ...
    def __init__(self, *, uri_template: str, name: str, description: str | None, fn: Callable[..., Any], parameters: dict[str, Any], parsed_template: UriTemplate, security: ResourceSecurity, title: str | None = ..., mime_type: str = ..., icons: list[Icon] | None = ..., annotations: Annotations | None = ..., meta: dict[str, Any] | None = ..., context_kwarg: str | None = ..., **extra: Any) -> None: ...
