from collections.abc import Callable, Sequence
from typing import Any
from .types import ASGIApp, Receive, Scope, Send

class BaseRoute:
    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None: ...

class Route(BaseRoute):
    path: str
    name: str
    methods: set[str]
    endpoint: Callable[..., Any]
    app: ASGIApp
    def __init__(self, path: str, endpoint: Callable[..., Any], *, methods: Sequence[str] | None = None, name: str | None = None, include_in_schema: bool = True, **options: Any) -> None: ...

class WebSocketRoute(BaseRoute):
    path: str
    name: str
    def __init__(self, path: str, endpoint: Callable[..., Any], *, name: str | None = None, **options: Any) -> None: ...

class Mount(BaseRoute):
    path: str
    name: str
    app: ASGIApp
    def __init__(self, path: str, app: Any = None, routes: Sequence[BaseRoute] | None = None, name: str | None = None, **options: Any) -> None: ...
    @property
    def routes(self) -> list[BaseRoute]: ...

class Router:
    routes: list[BaseRoute]
    lifespan_context: Any
    def __init__(self, routes: Sequence[BaseRoute] | None = None, **options: Any) -> None: ...
    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None: ...
    def __getattr__(self, name: str) -> Any: ...

def request_response(func: Callable[..., Any]) -> ASGIApp: ...
def __getattr__(name: str) -> Any: ...
