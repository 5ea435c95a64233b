import json as json
import logging as logging
from collections.abc import AsyncGenerator as AsyncGenerator
from contextlib import asynccontextmanager as asynccontextmanager
import anyio as anyio
from anyio.streams.memory import MemoryObjectReceiveStream as MemoryObjectReceiveStream, MemoryObjectSendStream as MemoryObjectSendStream
from pydantic import ValidationError as ValidationError
from typing_extensions import deprecated as deprecated
from websockets.asyncio.client import connect as ws_connect
from websockets.typing import Subprotocol as Subprotocol
import mcp.types as types
from mcp.shared.message import SessionMessage as SessionMessage
logger: logging.Logger
@deprecated("")
@asynccontextmanager
def websocket_client(url: str) -> AsyncGenerator[tuple[MemoryObjectReceiveStream[SessionMessage | Exception], MemoryObjectSendStream[SessionMessage]], None]: ...
