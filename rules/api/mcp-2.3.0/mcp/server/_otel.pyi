from typing import Any as Any
from mcp_types import INVALID_PARAMS as INVALID_PARAMS, CallToolResult as CallToolResult
from opentelemetry.trace import SpanKind as SpanKind, StatusCode as StatusCode
from pydantic import ValidationError as ValidationError
from mcp.server.context import CallNext as CallNext, HandlerResult as HandlerResult, ServerMiddleware as ServerMiddleware, ServerRequestContext as ServerRequestContext
from mcp.shared._otel import extract_trace_context as extract_trace_context, otel_span as otel_span
from mcp.shared.exceptions import MCPError as MCPError
class OpenTelemetryMiddleware(ServerMiddleware[Any]):
    async def __call__(self, ctx: ServerRequestContext[Any, Any], call_next: CallNext) -> HandlerResult: ...
