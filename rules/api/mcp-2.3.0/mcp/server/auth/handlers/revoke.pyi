from dataclasses import dataclass as dataclass
from functools import partial as partial
from typing import Any as Any, Literal as Literal
from pydantic import BaseModel as BaseModel, ValidationError as ValidationError
from starlette.requests import Request as Request
from starlette.responses import Response as Response
from mcp.server.auth.errors import stringify_pydantic_error as stringify_pydantic_error
from mcp.server.auth.json_response import PydanticJSONResponse as PydanticJSONResponse
from mcp.server.auth.middleware.client_auth import AuthenticationError as AuthenticationError, ClientAuthenticator as ClientAuthenticator
from mcp.server.auth.provider import AccessToken as AccessToken, OAuthAuthorizationServerProvider as OAuthAuthorizationServerProvider, RefreshToken as RefreshToken
class RevocationRequest(BaseModel):
    token: str
    token_type_hint: Literal["access_token", "refresh_token"] | None = None
    client_id: str
    client_secret: str | None
    def __init__(self, *, token: str, client_id: str, client_secret: str | None, token_type_hint: Literal["access_token", "refresh_token"] | None = ..., **extra: Any) -> None: ...
class RevocationErrorResponse(BaseModel):
    error: Literal["invalid_request", "unauthorized_client"]
    error_description: str | None = None
    def __init__(self, *, error: Literal["invalid_request", "unauthorized_client"], error_description: str | None = ..., **extra: Any) -> None: ...
@dataclass
class RevocationHandler:
    provider: OAuthAuthorizationServerProvider[Any, Any, Any]
    client_authenticator: ClientAuthenticator
    async def handle(self, request: Request) -> Response: ...
