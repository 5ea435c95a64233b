from typing import Any
from ..types import Receive, Scope, Send

class AuthenticationMiddleware:
    app: Any
    def __init__(self, app: Any, **options: Any) -> None: ...
    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None: ...
