import functools as functools
import inspect as inspect
from collections.abc import Callable as Callable
from functools import cached_property as cached_property
from typing import TYPE_CHECKING as TYPE_CHECKING, Any as Any
from pydantic import BaseModel as BaseModel, Field as Field
from mcp.server.fastmcp.exceptions import ToolError as ToolError
from mcp.server.fastmcp.utilities.context_injection import find_context_parameter as find_context_parameter
from mcp.server.fastmcp.utilities.func_metadata import FuncMetadata as FuncMetadata, func_metadata as func_metadata
from mcp.shared.exceptions import UrlElicitationRequiredError as UrlElicitationRequiredError
from mcp.shared.tool_name_validation import validate_and_warn_tool_name as validate_and_warn_tool_name
from mcp.types import Icon as Icon, ToolAnnotations as ToolAnnotations
if TYPE_CHECKING:
    from mcp.server.fastmcp.server import Context
    from mcp.server.session import ServerSessionT
    from mcp.shared.context import LifespanContextT, RequestT
class Tool(BaseModel):
    fn: Callable[..., Any]
    name: str
    title: str | None = ...
    description: str
    parameters: dict[str, Any]
    fn_metadata: FuncMetadata
    is_async: bool
    context_kwarg: str | None = ...
    annotations: ToolAnnotations | None = ...
    icons: list[Icon] | None = ...
    meta: dict[str, Any] | None = ...
    @cached_property
    def output_schema(self) -> dict[str, Any] | None: ...
    @classmethod
    def from_function(cls, fn: Callable[..., Any], name: str | None = None, title: str | None = None, description: str | None = None, context_kwarg: str | None = None, annotations: ToolAnnotations | None = None, icons: list[Icon] | None = None, meta: dict[str, Any] | None = None, structured_output: bool | None = None) -> Tool: ...
    async def run(self, arguments: dict[str, Any], context: Context[ServerSessionT, LifespanContextT, RequestT] | None = None, convert_result: bool = False) -> Any: ...
    def __init__(self, *, fn: Callable[..., Any], name: str, description: str, parameters: dict[str, Any], fn_metadata: FuncMetadata, is_async: bool, title: str | None = ..., context_kwarg: str | None = ..., annotations: ToolAnnotations | None = ..., icons: list[Icon] | None = ..., meta: dict[str, Any] | None = ..., **extra: Any) -> None: ...
def _is_async_callable(obj: Any) -> bool: ...
