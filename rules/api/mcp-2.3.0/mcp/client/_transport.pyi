from contextlib import AbstractAsyncContextManager as AbstractAsyncContextManager
from typing import Protocol as Protocol
from mcp.shared._stream_protocols import ReadStream as ReadStream, WriteStream as WriteStream
from mcp.shared.message import SessionMessage as SessionMessage
__all__ = ["ReadStream", "WriteStream", "Transport", "TransportStreams"]
TransportStreams = tuple[ReadStream[SessionMessage | Exception], WriteStream[SessionMessage]]
class Transport(AbstractAsyncContextManager[TransportStreams], Protocol):
    ...
