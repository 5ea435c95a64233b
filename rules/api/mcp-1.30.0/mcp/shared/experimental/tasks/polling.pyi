from collections.abc import AsyncIterator as AsyncIterator, Awaitable as Awaitable, Callable as Callable
import anyio as anyio
from mcp.shared.experimental.tasks.helpers import is_terminal as is_terminal
from mcp.types import GetTaskResult as GetTaskResult
def poll_until_terminal(get_task: Callable[[str], Awaitable[GetTaskResult]], task_id: str, default_interval_ms: int = 500) -> AsyncIterator[GetTaskResult]: ...
