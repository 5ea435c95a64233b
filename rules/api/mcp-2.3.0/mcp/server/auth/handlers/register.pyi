import secrets as secrets
import time as time
from dataclasses import dataclass as dataclass
from typing import Any as Any
from uuid import uuid4 as uuid4
from pydantic import BaseModel as BaseModel, ValidationError as ValidationError
from starlette.requests import Request as Request
from starlette.responses import Response as Response
from mcp.server.auth.errors import stringify_pydantic_error as stringify_pydantic_error
from mcp.server.auth.json_response import PydanticJSONResponse as PydanticJSONResponse
from mcp.server.auth.provider import OAuthAuthorizationServerProvider as OAuthAuthorizationServerProvider, RegistrationError as RegistrationError, RegistrationErrorCode as RegistrationErrorCode
from mcp.server.auth.settings import ClientRegistrationOptions as ClientRegistrationOptions
from mcp.shared.auth import JWT_BEARER_GRANT_TYPE as JWT_BEARER_GRANT_TYPE, OAuthClientInformationFull as OAuthClientInformationFull, OAuthClientMetadata as OAuthClientMetadata
RegistrationRequest = OAuthClientMetadata
class RegistrationErrorResponse(BaseModel):
    error: RegistrationErrorCode
    error_description: str | None
    def __init__(self, *, error: RegistrationErrorCode, error_description: str | None, **extra: Any) -> None: ...
@dataclass
class RegistrationHandler:
    provider: OAuthAuthorizationServerProvider[Any, Any, Any]
    options: ClientRegistrationOptions
    async def handle(self, request: Request) -> Response: ...
