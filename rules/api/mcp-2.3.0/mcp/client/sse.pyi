import logging as logging
from collections.abc import Callable as Callable
from contextlib import asynccontextmanager as asynccontextmanager
from typing import Any as Any
from urllib.parse import parse_qs as parse_qs, urljoin as urljoin, urlparse as urlparse
import anyio as anyio
import httpx2 as httpx2
import mcp_types as types
from anyio.abc import TaskStatus as TaskStatus
from httpx2 import SSEError as SSEError
from mcp.shared._compat import resync_tracer as resync_tracer
from mcp.shared._context_streams import create_context_streams as create_context_streams
from mcp.shared._httpx_utils import McpHttpClientFactory as McpHttpClientFactory, create_mcp_http_client as create_mcp_http_client, request_within_origin as request_within_origin, sse_within_origin as sse_within_origin
from mcp.shared.message import SessionMessage as SessionMessage
logger: logging.Logger
def remove_request_params(url: str) -> str: ...
def _extract_session_id_from_endpoint(endpoint_url: str) -> str | None: ...
@asynccontextmanager
def sse_client(url: str, headers: dict[str, Any] | None = None, timeout: float = 5.0, sse_read_timeout: float = 300.0, httpx_client_factory: McpHttpClientFactory = ..., auth: httpx2.Auth | None = None, on_session_created: Callable[[str], None] | None = None): ...
