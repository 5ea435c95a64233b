from _typeshed import Incomplete
import logging as logging
import shutil as shutil
import subprocess as subprocess
import sys as sys
from pathlib import Path as Path
from typing import BinaryIO as BinaryIO, TextIO as TextIO, cast as cast
import anyio as anyio
from anyio import to_thread as to_thread
from anyio.abc import Process as Process
from anyio.streams.file import FileReadStream as FileReadStream, FileWriteStream as FileWriteStream
from typing_extensions import deprecated as deprecated
logger: logging.Logger
if sys.platform == "win32":
    import pywintypes as pywintypes
    import win32api as win32api
    import win32con as win32con
    import win32job as win32job
else:
    win32api = None
    win32con = None
    win32job = None
    pywintypes = None
JobHandle = int
def get_windows_executable_command(command: str) -> str: ...
class FallbackProcess:
    def __init__(self, popen_obj: subprocess.Popen[bytes]) -> None: ...
    async def __aenter__(self): ...
    async def __aexit__(self, exc_type: BaseException | None, exc_val: BaseException | None, exc_tb: object | None) -> None: ...
    async def wait(self): ...
    def terminate(self): ...
    def kill(self) -> None: ...
    @property
    def pid(self) -> int: ...
    popen: subprocess.Popen[bytes]
    stdin_raw: Incomplete
    stdout_raw: Incomplete
    stderr: Incomplete
    stdin: FileWriteStream | None
    stdout: FileReadStream | None
async def create_windows_process(command: str, args: list[str], env: dict[str, str] | None = None, errlog: TextIO | None = ..., cwd: Path | str | None = None) -> Process | FallbackProcess: ...
async def _create_windows_fallback_process(command: str, args: list[str], env: dict[str, str] | None = None, errlog: TextIO | None = ..., cwd: Path | str | None = None) -> FallbackProcess: ...
def _create_job_object() -> int | None: ...
def _maybe_assign_process_to_job(process: Process | FallbackProcess, job: JobHandle | None) -> None: ...
async def terminate_windows_process_tree(process: Process | FallbackProcess, timeout_seconds: float = 2.0) -> None: ...
@deprecated("")
async def terminate_windows_process(process: Process | FallbackProcess): ...
