from _typeshed import Incomplete
from typing import TYPE_CHECKING as TYPE_CHECKING, Any as Any
from mcp.server.fastmcp.prompts.base import Message as Message, Prompt as Prompt
from mcp.server.fastmcp.utilities.logging import get_logger as get_logger
if TYPE_CHECKING:
    from mcp.server.fastmcp.server import Context
    from mcp.server.session import ServerSessionT
    from mcp.shared.context import LifespanContextT, RequestT
logger: Incomplete
class PromptManager:
    def __init__(self, warn_on_duplicate_prompts: bool = True) -> None: ...
    def get_prompt(self, name: str) -> Prompt | None: ...
    def list_prompts(self) -> list[Prompt]: ...
    def add_prompt(self, prompt: Prompt) -> Prompt: ...
    async def render_prompt(self, name: str, arguments: dict[str, Any] | None = None, context: Context[ServerSessionT, LifespanContextT, RequestT] | None = None) -> list[Message]: ...
    _prompts: dict[str, Prompt]
    warn_on_duplicate_prompts: bool
