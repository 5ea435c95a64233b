import inspect as inspect
from collections.abc import Callable as Callable
from typing import Any as Any, TypeVar as TypeVar, get_type_hints as get_type_hints
T = TypeVar("T")
R = TypeVar("R")
def create_call_wrapper(func: Callable[..., R], request_type: type[T]) -> Callable[[T], R]: ...
