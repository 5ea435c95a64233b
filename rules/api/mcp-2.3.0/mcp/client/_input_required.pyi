from collections.abc import Awaitable as Awaitable, Callable as Callable
from typing import TypeVar as TypeVar
import anyio as anyio
import anyio.abc
from mcp_types import ErrorData as ErrorData, InputRequest as InputRequest, InputRequiredResult as InputRequiredResult, InputResponse as InputResponse, InputResponses as InputResponses
from mcp.shared.exceptions import MCPError as MCPError
DEFAULT_INPUT_REQUIRED_MAX_ROUNDS = 10
_STATE_ONLY_BACKOFF_INITIAL_SECONDS = 0.05
_STATE_ONLY_BACKOFF_CAP_SECONDS = 0.25
ResultT = TypeVar("ResultT")
class InputRequiredRoundsExceededError(RuntimeError):
    def __init__(self, max_rounds: int) -> None: ...
    max_rounds: int
async def run_input_required_driver(first: InputRequiredResult, *, dispatch: Callable[[str, InputRequest], Awaitable[InputResponse | ErrorData]], retry: Callable[[InputResponses | None, str | None], Awaitable[ResultT | InputRequiredResult]], max_rounds: int = ...) -> ResultT: ...
async def _dispatch_all(requests: dict[str, InputRequest], dispatch: Callable[[str, InputRequest], Awaitable[InputResponse | ErrorData]]) -> InputResponses: ...
