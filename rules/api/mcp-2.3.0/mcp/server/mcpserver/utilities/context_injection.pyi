import inspect as inspect
import typing as typing
from collections.abc import Callable as Callable
from typing import Any as Any
from mcp.server.mcpserver.context import Context as Context
def find_context_parameter(fn: Callable[..., Any]) -> str | None: ...
def inject_context(fn: Callable[..., Any], kwargs: dict[str, Any], context: Any | None, context_kwarg: str | None) -> dict[str, Any]: ...
