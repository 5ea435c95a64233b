from _typeshed import Incomplete
import json as json
import logging as logging
import time as time
from typing import Any as Any, TypedDict as TypedDict
from pydantic import AnyHttpUrl as AnyHttpUrl, ValidationError as ValidationError
from starlette.authentication import AuthCredentials as AuthCredentials, AuthenticationBackend as AuthenticationBackend, SimpleUser as SimpleUser
from starlette.requests import HTTPConnection as HTTPConnection
from starlette.types import Receive as Receive, Scope as Scope, Send as Send
from mcp.server.auth.provider import AccessToken as AccessToken, TokenVerifier as TokenVerifier
logger: logging.Logger
class AuthenticatedUser(SimpleUser):
    def __init__(self, auth_info: AccessToken) -> None: ...
    access_token: AccessToken
    scopes: Incomplete
class AuthorizationContext(TypedDict):
    client_id: str
    issuer: str | None
    subject: str | None
def authorization_context(user: AuthenticatedUser) -> AuthorizationContext: ...
class BearerAuthBackend(AuthenticationBackend):
    def __init__(self, token_verifier: TokenVerifier, *, resource_server_url: AnyHttpUrl | None = None) -> None: ...
    async def authenticate(self, conn: HTTPConnection): ...
    def _issued_for_this_resource(self, resource: str | None) -> bool: ...
    token_verifier: TokenVerifier
    resource_server_url: AnyHttpUrl | None
class RequireAuthMiddleware:
    def __init__(self, app: Any, required_scopes: list[str], resource_metadata_url: AnyHttpUrl | None = None) -> None: ...
    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None: ...
    async def _send_auth_error(self, send: Send, status_code: int, error: str, description: str) -> None: ...
    app: Any
    required_scopes: list[str]
    resource_metadata_url: AnyHttpUrl | None
