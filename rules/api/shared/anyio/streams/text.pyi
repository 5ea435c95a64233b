from typing import Any
from ..abc import ObjectReceiveStream, ObjectSendStream

class TextReceiveStream(ObjectReceiveStream[str]):
    def __init__(self, transport_stream: Any, encoding: str = "utf-8", errors: str = "strict") -> None: ...

class TextSendStream(ObjectSendStream[str]):
    def __init__(self, transport_stream: Any, encoding: str = "utf-8", errors: str = "strict") -> None: ...
