import logging as logging
import os as os
import signal as signal
import anyio as anyio
from anyio.abc import Process as Process
logger: logging.Logger
async def terminate_posix_process_tree(process: Process, timeout_seconds: float = 2.0) -> None: ...
