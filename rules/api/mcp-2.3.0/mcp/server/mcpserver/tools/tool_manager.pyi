from _typeshed import Incomplete
from collections.abc import Callable as Callable
from typing import TYPE_CHECKING as TYPE_CHECKING, Any as Any
from mcp_types import Icon as Icon, ToolAnnotations as ToolAnnotations
from mcp.server.mcpserver.exceptions import ToolError as ToolError
from mcp.server.mcpserver.tools.base import Tool as Tool
from mcp.server.mcpserver.utilities.logging import get_logger as get_logger
if TYPE_CHECKING:
    from mcp.server.context import LifespanContextT, RequestT
    from mcp.server.mcpserver.context import Context
logger: Incomplete
class ToolManager:
    def __init__(self, warn_on_duplicate_tools: bool = True, *, tools: list[Tool] | None = None) -> None: ...
    def get_tool(self, name: str) -> Tool | None: ...
    def list_tools(self) -> list[Tool]: ...
    def add_tool(self, fn: Callable[..., Any], name: str | None = None, title: str | None = None, description: str | None = None, annotations: ToolAnnotations | None = None, icons: list[Icon] | None = None, meta: dict[str, Any] | None = None, structured_output: bool | None = None) -> Tool: ...
    def remove_tool(self, name: str) -> None: ...
    async def call_tool(self, name: str, arguments: dict[str, Any], context: Context[LifespanContextT, RequestT], convert_result: bool = False) -> Any: ...
    _tools: dict[str, Tool]
    warn_on_duplicate_tools: bool
