import contextlib as contextlib
import logging as logging
from collections.abc import Callable as Callable
from dataclasses import dataclass as dataclass
from types import TracebackType as TracebackType
from typing import Any as Any, Literal as Literal, TypeAlias as TypeAlias, overload as overload
import anyio as anyio
import httpx2 as httpx2
import mcp_types as types
from pydantic import BaseModel as BaseModel, Field as Field
from typing_extensions import Self as Self
import mcp as mcp
from mcp.client.session import ElicitationFnT as ElicitationFnT, ListRootsFnT as ListRootsFnT, LoggingFnT as LoggingFnT, MessageHandlerFnT as MessageHandlerFnT, SamplingFnT as SamplingFnT
from mcp.client.sse import sse_client as sse_client
from mcp.client.stdio import StdioServerParameters as StdioServerParameters
from mcp.client.streamable_http import DEFAULT_MAX_SSE_EVENT_SIZE as DEFAULT_MAX_SSE_EVENT_SIZE, streamable_http_client as streamable_http_client
from mcp.shared._httpx_utils import create_mcp_http_client as create_mcp_http_client
from mcp.shared.dispatcher import ProgressFnT as ProgressFnT
from mcp.shared.exceptions import MCPError as MCPError
class SseServerParameters(BaseModel):
    url: str
    headers: dict[str, Any] | None = None
    timeout: float = 5.0
    sse_read_timeout: float = 300.0
    def __init__(self, *, url: str, headers: dict[str, Any] | None = ..., timeout: float = ..., sse_read_timeout: float = ..., **extra: Any) -> None: ...
class StreamableHttpParameters(BaseModel):
    url: str
    headers: dict[str, Any] | None = None
    timeout: float = 30.0
    sse_read_timeout: float = 300.0
    terminate_on_close: bool = True
    max_sse_event_size: int | None = ...
    def __init__(self, *, url: str, headers: dict[str, Any] | None = ..., timeout: float = ..., sse_read_timeout: float = ..., terminate_on_close: bool = ..., max_sse_event_size: int | None = ..., **extra: Any) -> None: ...
ServerParameters: TypeAlias = StdioServerParameters | SseServerParameters | StreamableHttpParameters
@dataclass
class ClientSessionParameters:
    read_timeout_seconds: float | None = None
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
    async def call_tool(self, name: str, arguments: dict[str, Any] | None = None, read_timeout_seconds: float | None = None, progress_callback: ProgressFnT | None = None, *, input_responses: types.InputResponses | None = None, request_state: str | None = None, meta: types.RequestParamsMeta | None = None, allow_input_required: Literal[False] = False) -> types.CallToolResult: ...
    @overload
    async def call_tool(self, name: str, arguments: dict[str, Any] | None = None, read_timeout_seconds: float | None = None, progress_callback: ProgressFnT | None = None, *, input_responses: types.InputResponses | None = None, request_state: str | None = None, meta: types.RequestParamsMeta | None = None, allow_input_required: bool) -> types.CallToolResult | types.InputRequiredResult: ...
    async def disconnect_from_server(self, session: mcp.ClientSession) -> None: ...
    async def connect_with_session(self, server_info: types.Implementation, session: mcp.ClientSession) -> mcp.ClientSession: ...
    async def connect_to_server(self, server_params: ServerParameters, session_params: ClientSessionParameters | None = None) -> mcp.ClientSession: ...
    async def _establish_session(self, server_params: ServerParameters, session_params: ClientSessionParameters) -> tuple[types.Implementation, mcp.ClientSession]: ...
    async def _aggregate_components(self, server_info: types.Implementation, session: mcp.ClientSession) -> None: ...
    def _component_name(self, name: str, server_info: types.Implementation) -> str: ...
    _owns_exit_stack: bool
