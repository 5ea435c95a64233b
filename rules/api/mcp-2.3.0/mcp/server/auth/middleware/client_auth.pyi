import base64 as base64
import binascii as binascii
import hmac as hmac
import time as time
from typing import Any as Any
from urllib.parse import unquote as unquote
from starlette.requests import Request as Request
from mcp.server.auth.provider import OAuthAuthorizationServerProvider as OAuthAuthorizationServerProvider
from mcp.shared.auth import OAuthClientInformationFull as OAuthClientInformationFull
class AuthenticationError(Exception):
    def __init__(self, message: str) -> None: ...
    message: str
class ClientAuthenticator:
    def __init__(self, provider: OAuthAuthorizationServerProvider[Any, Any, Any]) -> None: ...
    async def authenticate_request(self, request: Request) -> OAuthClientInformationFull: ...
    provider: OAuthAuthorizationServerProvider[Any, Any, Any]
