import logging as logging
from collections.abc import Callable as Callable
from contextlib import asynccontextmanager as asynccontextmanager
from typing import Any as Any
from urllib.parse import parse_qs as parse_qs, urljoin as urljoin, urlparse as urlparse
import anyio as anyio
import httpx as httpx
from anyio.abc import TaskStatus as TaskStatus
from anyio.streams.memory import MemoryObjectReceiveStream as MemoryObjectReceiveStream, MemoryObjectSendStream as MemoryObjectSendStream
from httpx_sse import SSEError as SSEError
import mcp.types as types
from mcp.shared._httpx_utils import McpHttpClientFactory as McpHttpClientFactory, create_mcp_http_client as create_mcp_http_client, request_within_origin as request_within_origin, sse_within_origin as sse_within_origin
from mcp.shared.message import SessionMessage as SessionMessage
logger: logging.Logger
def remove_request_params(url: str) -> str: ...
def _extract_session_id_from_endpoint(endpoint_url: str) -> str | None: ...
@asynccontextmanager
def sse_client(url: str, headers: dict[str, Any] | None = None, timeout: float = 5, sse_read_timeout: float = ..., httpx_client_factory: McpHttpClientFactory = ..., auth: httpx.Auth | None = None, on_session_created: Callable[[str], None] | None = None): ...
