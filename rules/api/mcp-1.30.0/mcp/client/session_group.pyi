import contextlib as contextlib
import logging as logging
from collections.abc import Callable as Callable
from dataclasses import dataclass as dataclass
from datetime import timedelta as timedelta
from types import TracebackType as TracebackType
from typing import Any as Any, TypeAlias as TypeAlias, overload as overload
import anyio as anyio
import httpx as httpx
from pydantic import BaseModel as BaseModel
from typing_extensions import Self as Self, deprecated as deprecated
import mcp as mcp
from mcp import types as types
from mcp.client.session import ElicitationFnT as ElicitationFnT, ListRootsFnT as ListRootsFnT, LoggingFnT as LoggingFnT, MessageHandlerFnT as MessageHandlerFnT, SamplingFnT as SamplingFnT
from mcp.client.sse import sse_client as sse_client
from mcp.client.stdio import StdioServerParameters as StdioServerParameters
from mcp.client.streamable_http import streamable_http_client as streamable_http_client
from mcp.shared._httpx_utils import create_mcp_http_client as create_mcp_http_client
from mcp.shared.exceptions import McpError as McpError
from mcp.shared.session import ProgressFnT as ProgressFnT
class SseServerParameters(BaseModel):
    url: str
    headers: dict[str, Any] | None = None
    timeout: float = 5
    sse_read_timeout: float = ...
    def __init__(self, *, url: str, headers: dict[str, Any] | None = ..., timeout: float = ..., sse_read_timeout: float = ..., **extra: Any) -> None: ...
class StreamableHttpParameters(BaseModel):
    url: str
    headers: dict[str, Any] | None = None
    timeout: timedelta = ...
    sse_read_timeout: timedelta = ...
    terminate_on_close: bool = True
    def __init__(self, *, url: str, headers: dict[str, Any] | None = ..., timeout: timedelta = ..., sse_read_timeout: timedelta = ..., terminate_on_close: bool = ..., **extra: Any) -> None: ...
ServerParameters: TypeAlias = StdioServerParameters | SseServerParameters | StreamableHttpParameters
@dataclass
class ClientSessionParameters:
    read_timeout_seconds: timedelta | None = None
    sampling_callback: SamplingFnT | None = None
    elicitation_callback: ElicitationFnT | None = None
    list_roots_callback: ListRootsFnT | None = None
    logging_callback: LoggingFnT | None = None
    message_handler: MessageHandlerFnT | None = None
    client_info: types.Implementation | None = None
class ClientSessionGroup:
    class _ComponentNames(BaseModel):
        prompts: set[str] = ...
        resources: set[str] = ...
        tools: set[str] = ...
        def __init__(self, *, prompts: set[str] = ..., resources: set[str] = ..., tools: set[str] = ..., **extra: Any) -> None: ...
    _prompts: dict[str, types.Prompt]
    _resources: dict[str, types.Resource]
    _tools: dict[str, types.Tool]
    _sessions: dict[mcp.ClientSession, _ComponentNames]
    _tool_to_session: dict[str, mcp.ClientSession]
    _exit_stack: contextlib.AsyncExitStack
    _session_exit_stacks: dict[mcp.ClientSession, contextlib.AsyncExitStack]
    _ComponentNameHook: TypeAlias = Callable[[str, types.Implementation], str]
    _component_name_hook: _ComponentNameHook | None
    def __init__(self, exit_stack: contextlib.AsyncExitStack | None = None, component_name_hook: _ComponentNameHook | None = None) -> None: ...
    async def __aenter__(self) -> Self: ...
    async def __aexit__(self, _exc_type: type[BaseException] | None, _exc_val: BaseException | None, _exc_tb: TracebackType | None) -> bool | None: ...
    @property
    def sessions(self) -> list[mcp.ClientSession]: ...
    @property
    def prompts(self) -> dict[str, types.Prompt]: ...
    @property
    def resources(self) -> dict[str, types.Resource]: ...
    @property
    def tools(self) -> dict[str, types.Tool]: ...
    @overload
    async def call_tool(self, name: str, arguments: dict[str, Any], read_timeout_seconds: timedelta | None = None, progress_callback: ProgressFnT | None = None, *, meta: dict[str, Any] | None = None) -> types.CallToolResult: ...
    @overload
    @deprecated("")
    async def call_tool(self, name: str, *, args: dict[str, Any], read_timeout_seconds: timedelta | None = None, progress_callback: ProgressFnT | None = None, meta: dict[str, Any] | None = None) -> types.CallToolResult: ...
    async def disconnect_from_server(self, session: mcp.ClientSession) -> None: ...
    async def connect_with_session(self, server_info: types.Implementation, session: mcp.ClientSession) -> mcp.ClientSession: ...
    async def connect_to_server(self, server_params: ServerParameters, session_params: ClientSessionParameters | None = None) -> mcp.ClientSession: ...
    async def _establish_session(self, server_params: ServerParameters, session_params: ClientSessionParameters) -> tuple[types.Implementation, mcp.ClientSession]: ...
    async def _aggregate_components(self, server_info: types.Implementation, session: mcp.ClientSession) -> None: ...
    def _component_name(self, name: str, server_info: types.Implementation) -> str: ...
    _owns_exit_stack: bool
