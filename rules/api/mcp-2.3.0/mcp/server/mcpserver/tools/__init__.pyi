from .base import Tool as Tool
from .tool_manager import ToolManager as ToolManager
__all__ = ["Tool", "ToolManager"]
from . import base as base
from . import tool_manager as tool_manager
