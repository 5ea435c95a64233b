import base64 as base64
import hashlib as hashlib
import time as time
from dataclasses import dataclass as dataclass
from typing import Annotated as Annotated, Any as Any, Literal as Literal
from pydantic import AnyHttpUrl as AnyHttpUrl, AnyUrl as AnyUrl, BaseModel as BaseModel, Field as Field, RootModel as RootModel, ValidationError as ValidationError
from starlette.requests import Request as Request
from mcp.server.auth.errors import stringify_pydantic_error as stringify_pydantic_error
from mcp.server.auth.json_response import PydanticJSONResponse as PydanticJSONResponse
from mcp.server.auth.middleware.client_auth import AuthenticationError as AuthenticationError, ClientAuthenticator as ClientAuthenticator
from mcp.server.auth.provider import OAuthAuthorizationServerProvider as OAuthAuthorizationServerProvider, TokenError as TokenError, TokenErrorCode as TokenErrorCode
from mcp.shared.auth import OAuthToken as OAuthToken
class AuthorizationCodeRequest(BaseModel):
    grant_type: Literal["authorization_code"]
    code: str
    redirect_uri: AnyUrl | None = ...
    client_id: str
    client_secret: str | None = None
    code_verifier: str
    resource: str | None = ...
    def __init__(self, *, grant_type: Literal["authorization_code"], code: str, client_id: str, code_verifier: str, redirect_uri: AnyUrl | None = ..., client_secret: str | None = ..., resource: str | None = ..., **extra: Any) -> None: ...
class RefreshTokenRequest(BaseModel):
    grant_type: Literal["refresh_token"]
    refresh_token: str
    scope: str | None = ...
    client_id: str
    client_secret: str | None = None
    resource: str | None = ...
    def __init__(self, *, grant_type: Literal["refresh_token"], refresh_token: str, client_id: str, scope: str | None = ..., client_secret: str | None = ..., resource: str | None = ..., **extra: Any) -> None: ...
class TokenRequest(RootModel[(AuthorizationCodeRequest | RefreshTokenRequest)]):
    root: (AuthorizationCodeRequest | RefreshTokenRequest)
class TokenErrorResponse(BaseModel):
    error: TokenErrorCode
    error_description: str | None = None
    error_uri: AnyHttpUrl | None = None
    def __init__(self, *, error: TokenErrorCode, error_description: str | None = ..., error_uri: AnyHttpUrl | None = ..., **extra: Any) -> None: ...
class TokenSuccessResponse(RootModel[OAuthToken]):
    root: OAuthToken
@dataclass
class TokenHandler:
    provider: OAuthAuthorizationServerProvider[Any, Any, Any]
    client_authenticator: ClientAuthenticator
    def response(self, obj: TokenSuccessResponse | TokenErrorResponse): ...
    async def handle(self, request: Request): ...
