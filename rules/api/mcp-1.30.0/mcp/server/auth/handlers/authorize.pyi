import logging as logging
from dataclasses import dataclass as dataclass
from typing import Any as Any, Literal as Literal
from pydantic import AnyUrl as AnyUrl, BaseModel as BaseModel, Field as Field, RootModel as RootModel, ValidationError as ValidationError
from starlette.datastructures import FormData as FormData, QueryParams as QueryParams
from starlette.requests import Request as Request
from starlette.responses import RedirectResponse as RedirectResponse, Response as Response
from mcp.server.auth.errors import stringify_pydantic_error as stringify_pydantic_error
from mcp.server.auth.json_response import PydanticJSONResponse as PydanticJSONResponse
from mcp.server.auth.provider import AuthorizationErrorCode as AuthorizationErrorCode, AuthorizationParams as AuthorizationParams, AuthorizeError as AuthorizeError, OAuthAuthorizationServerProvider as OAuthAuthorizationServerProvider, construct_redirect_uri as construct_redirect_uri
from mcp.shared.auth import InvalidRedirectUriError as InvalidRedirectUriError, InvalidScopeError as InvalidScopeError
logger: logging.Logger
class AuthorizationRequest(BaseModel):
    client_id: str
    redirect_uri: AnyUrl | None = ...
    response_type: Literal["code"]
    code_challenge: str
    code_challenge_method: Literal["S256"] = ...
    state: str | None = ...
    scope: str | None = ...
    resource: str | None = ...
    def __init__(self, *, client_id: str, response_type: Literal["code"], code_challenge: str, redirect_uri: AnyUrl | None = ..., code_challenge_method: Literal["S256"] = ..., state: str | None = ..., scope: str | None = ..., resource: str | None = ..., **extra: Any) -> None: ...
class AuthorizationErrorResponse(BaseModel):
    error: AuthorizationErrorCode
    error_description: str | None
    error_uri: AnyUrl | None = None
    state: str | None = None
    def __init__(self, *, error: AuthorizationErrorCode, error_description: str | None, error_uri: AnyUrl | None = ..., state: str | None = ..., **extra: Any) -> None: ...
def best_effort_extract_string(key: str, params: None | FormData | QueryParams) -> str | None: ...
class AnyUrlModel(RootModel[AnyUrl]):
    root: AnyUrl
@dataclass
class AuthorizationHandler:
    provider: OAuthAuthorizationServerProvider[Any, Any, Any]
    async def handle(self, request: Request) -> Response: ...
