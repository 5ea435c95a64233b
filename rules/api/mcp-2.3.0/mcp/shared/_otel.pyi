from _typeshed import Incomplete
from collections.abc import Generator as Generator, Mapping as Mapping
from contextlib import contextmanager as contextmanager
from typing import Any as Any
from opentelemetry.context import Context as Context
from opentelemetry.propagate import extract as extract, inject as inject
from opentelemetry.trace import SpanKind as SpanKind, get_current_span as get_current_span, get_tracer as get_tracer
from opentelemetry.trace.span import Span as Span
_tracer: Incomplete
@contextmanager
def otel_span(name: str, *, kind: SpanKind, attributes: dict[str, Any] | None = None, context: Context | None = None, record_exception: bool = True, set_status_on_exception: bool = True) -> Generator[Span]: ...
def inject_trace_context(meta: dict[str, Any]) -> None: ...
def extract_trace_context(meta: Mapping[str, Any] | None) -> Context | None: ...
