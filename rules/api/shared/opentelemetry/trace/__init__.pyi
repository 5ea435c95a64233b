from enum import Enum
from typing import Any
from .span import Span as Span

class SpanKind(Enum):
    INTERNAL = 0
    SERVER = 1
    CLIENT = 2
    PRODUCER = 3
    CONSUMER = 4

class StatusCode(Enum):
    UNSET = 0
    OK = 1
    ERROR = 2

class Tracer:
    def __getattr__(self, name: str) -> Any: ...

def get_current_span(context: Any = None) -> Span: ...
def get_tracer(instrumenting_module_name: str, instrumenting_library_version: str | None = None, *args: Any, **kwargs: Any) -> Tracer: ...
def __getattr__(name: str) -> Any: ...
