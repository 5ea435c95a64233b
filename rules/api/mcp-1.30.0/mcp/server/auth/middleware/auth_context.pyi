import contextvars as contextvars
from starlette.types import ASGIApp as ASGIApp, Receive as Receive, Scope as Scope, Send as Send
from mcp.server.auth.middleware.bearer_auth import AuthenticatedUser as AuthenticatedUser
from mcp.server.auth.provider import AccessToken as AccessToken
auth_context_var: contextvars.ContextVar[AuthenticatedUser | None]
def get_access_token() -> AccessToken | None: ...
class AuthContextMiddleware:
    def __init__(self, app: ASGIApp) -> None: ...
    async def __call__(self, scope: Scope, receive: Receive, send: Send): ...
    app: ASGIApp
