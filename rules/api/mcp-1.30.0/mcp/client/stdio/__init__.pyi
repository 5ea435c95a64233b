from typing import Any
import logging as logging
import os as os
import sys as sys
from contextlib import asynccontextmanager as asynccontextmanager
from pathlib import Path as Path
from typing import Literal as Literal, TextIO as TextIO
import anyio as anyio
import anyio.lowlevel
from anyio.abc import Process as Process
from anyio.streams.memory import MemoryObjectReceiveStream as MemoryObjectReceiveStream, MemoryObjectSendStream as MemoryObjectSendStream
from anyio.streams.text import TextReceiveStream as TextReceiveStream
from pydantic import BaseModel as BaseModel, Field as Field
import mcp.types as types
from mcp.os.posix.utilities import terminate_posix_process_tree as terminate_posix_process_tree
from mcp.os.win32.utilities import FallbackProcess as FallbackProcess, create_windows_process as create_windows_process, get_windows_executable_command as get_windows_executable_command, terminate_windows_process_tree as terminate_windows_process_tree
from mcp.shared.message import SessionMessage as SessionMessage
logger: logging.Logger
DEFAULT_INHERITED_ENV_VARS: list[str]
PROCESS_TERMINATION_TIMEOUT = 2.0
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
def stdio_client(server: StdioServerParameters, errlog: TextIO = ...): ...
def _get_executable_command(command: str) -> str: ...
async def _create_platform_compatible_process(command: str, args: list[str], env: dict[str, str] | None = None, errlog: TextIO = ..., cwd: Path | str | None = None): ...
async def _terminate_process_tree(process: Process | FallbackProcess, timeout_seconds: float = 2.0) -> None: ...
