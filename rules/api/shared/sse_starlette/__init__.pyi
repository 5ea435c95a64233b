from typing import Any
from starlette.responses import Response

class EventSourceResponse(Response):
    def __init__(self, content: Any, status_code: int = 200, **options: Any) -> None: ...

def __getattr__(name: str) -> Any: ...
