from collections.abc import Callable
from typing import Any, TypeVar, TypeVarTuple

_T = TypeVar("_T")
_Ts = TypeVarTuple("_Ts")

async def run_sync(func: Callable[[*_Ts], _T], *args: *_Ts, abandon_on_cancel: bool = False, cancellable: bool | None = None, limiter: Any = None) -> _T: ...
def current_default_thread_limiter() -> Any: ...
