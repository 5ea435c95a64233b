import logging as logging
import os as os
import signal as signal
from contextlib import suppress as suppress
import anyio as anyio
from anyio.abc import Process as Process
logger: logging.Logger
_GROUP_POLL_INTERVAL = 0.01
async def terminate_posix_process_tree(process: Process, timeout_seconds: float = 2.0) -> None: ...
def _group_alive(pgid: int) -> bool: ...
