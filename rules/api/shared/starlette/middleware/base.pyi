from collections.abc import Awaitable, Callable
from typing import Any
from ..requests import Request
from ..responses import Response
from ..types import Receive, Scope, Send

RequestResponseEndpoint = Callable[[Request], Awaitable[Response]]

class BaseHTTPMiddleware:
    app: Any
    def __init__(self, app: Any, dispatch: Any = None) -> None: ...
    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None: ...
    async def dispatch(self, request: Request, call_next: RequestResponseEndpoint) -> Response: ...
