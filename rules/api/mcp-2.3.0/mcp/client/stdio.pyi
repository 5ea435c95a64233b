from typing import Any
import logging as logging
import os as os
import sys as sys
from collections.abc import AsyncGenerator as AsyncGenerator
from contextlib import asynccontextmanager as asynccontextmanager, suppress as suppress
from pathlib import Path as Path
from typing import Literal as Literal, TextIO as TextIO
import anyio as anyio
import anyio.lowlevel
import anyio.to_thread
import mcp_types as types
from anyio.abc import AsyncResource as AsyncResource, Process as Process
from anyio.streams.text import TextReceiveStream as TextReceiveStream
from pydantic import BaseModel as BaseModel, Field as Field
from mcp.client._transport import TransportStreams as TransportStreams
from mcp.os.posix.utilities import terminate_posix_process_tree as terminate_posix_process_tree
from mcp.os.win32.utilities import ServerProcess as ServerProcess, close_process_job as close_process_job, create_windows_process as create_windows_process, get_windows_executable_command as get_windows_executable_command, terminate_windows_process_tree as terminate_windows_process_tree
from mcp.shared.message import SessionMessage as SessionMessage
logger: logging.Logger
DEFAULT_INHERITED_ENV_VARS: list[str]
PROCESS_TERMINATION_TIMEOUT = 2.0
FORCE_KILL_TIMEOUT = 2.0
_KILL_REAP_TIMEOUT = 2.0
_WRITER_FLUSH_TIMEOUT = 0.5
_EXIT_POLL_INTERVAL = 0.01
def get_default_environment() -> dict[str, str]: ...
class StdioServerParameters(BaseModel):
    command: str
    args: list[str] = ...
    env: dict[str, str] | None = None
    cwd: str | Path | None = None
    encoding: str = "utf-8"
    encoding_error_handler: Literal["strict", "ignore", "replace"] = "strict"
    def __init__(self, *, command: str, args: list[str] = ..., env: dict[str, str] | None = ..., cwd: str | Path | None = ..., encoding: str = ..., encoding_error_handler: Literal["strict", "ignore", "replace"] = ..., **extra: Any) -> None: ...
@asynccontextmanager
def stdio_client(server: StdioServerParameters, errlog: TextIO = ...) -> AsyncGenerator[TransportStreams, None]: ...
def _parse_line(line: str) -> SessionMessage | Exception: ...
async def _drain_stdout(process: ServerProcess) -> None: ...
async def _stop_server_process(process: ServerProcess) -> None: ...
async def _close_pipe(stream: AsyncResource) -> None: ...
async def _wait_for_process_exit(process: ServerProcess, timeout: float) -> bool: ...
async def _terminate_process_tree(process: ServerProcess) -> None: ...
def _close_subprocess_transport(process: ServerProcess) -> None: ...
async def _get_executable_command(command: str) -> str: ...
async def _create_platform_compatible_process(command: str, args: list[str], env: dict[str, str] | None = None, errlog: TextIO = ..., cwd: Path | str | None = None) -> ServerProcess: ...
async def _aclose_all(*streams: AsyncResource) -> None: ...
