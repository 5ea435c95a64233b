from _typeshed import Incomplete
import base64 as base64
import time as time
from collections.abc import AsyncGenerator as AsyncGenerator, Awaitable as Awaitable, Callable as Callable
from typing import Literal as Literal
from urllib.parse import quote as quote, urlsplit as urlsplit
import anyio as anyio
import httpx2 as httpx2
from mcp.client.auth import OAuthFlowError as OAuthFlowError, OAuthTokenError as OAuthTokenError, TokenStorage as TokenStorage
from mcp.client.auth.utils import build_oauth_authorization_server_metadata_discovery_urls as build_oauth_authorization_server_metadata_discovery_urls, create_oauth_metadata_request as create_oauth_metadata_request, extract_field_from_www_auth as extract_field_from_www_auth, extract_scope_from_www_auth as extract_scope_from_www_auth, handle_auth_metadata_response as handle_auth_metadata_response, handle_token_response_scopes as handle_token_response_scopes, union_scopes as union_scopes, validate_metadata_issuer as validate_metadata_issuer
from mcp.shared._httpx_utils import RedirectAwareAuth as RedirectAwareAuth, redirect_note as redirect_note
from mcp.shared.auth import JWT_BEARER_GRANT_TYPE as JWT_BEARER_GRANT_TYPE, OAuthClientInformationFull as OAuthClientInformationFull, OAuthToken as OAuthToken
from mcp.shared.auth_utils import calculate_token_expiry as calculate_token_expiry, resource_url_from_server_url as resource_url_from_server_url
_DEFAULT_PORTS: dict[str, int]
def _origin(url: str) -> tuple[str, str, int | None]: ...
class IdentityAssertionOAuthProvider(RedirectAwareAuth):
    requires_response_body = True
    def __init__(self, server_url: str, storage: TokenStorage, client_id: str, client_secret: str, issuer: str, assertion_provider: Callable[[str, str], Awaitable[str]], scope: str | None = None, token_endpoint_auth_method: Literal["client_secret_basic", "client_secret_post"] = "client_secret_post") -> None: ...
    def _build_token_request(self, scope: str | None, assertion: str) -> httpx2.Request: ...
    def _auth_flow(self, request: httpx2.Request) -> AsyncGenerator[httpx2.Request, httpx2.Response]: ...
    _resource: Incomplete
    _storage: TokenStorage
    _issuer: str
    _assertion_provider: Callable[[str, str], Awaitable[str]]
    _scope: str | None
    _client: OAuthClientInformationFull
    _token_endpoint: str | None
    _tokens: OAuthToken | None
    _expiry: float | None
    _lock: anyio.Lock
    _initialized: bool
