import os as os
import sys as sys
import threading as threading
from collections.abc import Callable as Callable
from contextlib import asynccontextmanager as asynccontextmanager, suppress as suppress
from dataclasses import dataclass as dataclass
from io import TextIOWrapper as TextIOWrapper
from typing import BinaryIO as BinaryIO, Literal as Literal, TextIO as TextIO
import anyio as anyio
import anyio.lowlevel
import mcp_types as types
from mcp.os.win32.utilities import rebind_std_handle_to_fd as rebind_std_handle_to_fd
from mcp.shared._context_streams import create_context_streams as create_context_streams
from mcp.shared.message import SessionMessage as SessionMessage
if sys.platform != "win32":
    import fcntl as fcntl
_claims: dict[int, "_StreamClaim"] = ...
_claims_lock: threading.Lock
@dataclass
class _StreamClaim:
    fd: int
    private_fd: int | None = None
class _UnownedTextWrapper(TextIOWrapper):
    def close(self) -> None: ...
def _is_backed_by_fd(stream: TextIO, fd: int) -> bool: ...
def _dup_above_std(fd: int) -> int: ...
def _open_stdin_diversion() -> int: ...
def _open_stdout_diversion() -> int: ...
def _restore_fd(fd: int, private_fd: int) -> bool: ...
def _claim_fd(fd: int, stream: TextIO, mode: Literal["rb", "wb"], open_diversion: Callable[[], int]) -> tuple[BinaryIO, Callable[[], None] | None]: ...
@asynccontextmanager
def stdio_server(stdin: anyio.AsyncFile[str] | None = None, stdout: anyio.AsyncFile[str] | None = None): ...
