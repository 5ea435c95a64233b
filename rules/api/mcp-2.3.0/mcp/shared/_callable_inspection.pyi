import functools as functools
import inspect as inspect
from collections.abc import Awaitable as Awaitable, Callable as Callable
from typing import Any as Any, TypeGuard as TypeGuard, TypeVar as TypeVar, overload as overload
T = TypeVar("T")
AwaitableCallable = Callable[..., Awaitable[T]]
@overload
def is_async_callable(obj: AwaitableCallable[T]) -> TypeGuard[AwaitableCallable[T]]: ...
@overload
def is_async_callable(obj: Any) -> TypeGuard[AwaitableCallable[Any]]: ...
