from collections.abc import Awaitable as Awaitable, Callable as Callable
from typing import Any as Any
from urllib.parse import urlparse as urlparse
from pydantic import AnyHttpUrl as AnyHttpUrl
from starlette.middleware.cors import CORSMiddleware as CORSMiddleware
from starlette.requests import Request as Request
from starlette.responses import Response as Response
from starlette.routing import Route as Route, request_response as request_response
from starlette.types import ASGIApp as ASGIApp
from mcp.server.auth.handlers.authorize import AuthorizationHandler as AuthorizationHandler
from mcp.server.auth.handlers.metadata import MetadataHandler as MetadataHandler
from mcp.server.auth.handlers.register import RegistrationHandler as RegistrationHandler
from mcp.server.auth.handlers.revoke import RevocationHandler as RevocationHandler
from mcp.server.auth.handlers.token import TokenHandler as TokenHandler
from mcp.server.auth.middleware.client_auth import ClientAuthenticator as ClientAuthenticator
from mcp.server.auth.provider import OAuthAuthorizationServerProvider as OAuthAuthorizationServerProvider
from mcp.server.auth.settings import ClientRegistrationOptions as ClientRegistrationOptions, RevocationOptions as RevocationOptions
from mcp.server.streamable_http import MCP_PROTOCOL_VERSION_HEADER as MCP_PROTOCOL_VERSION_HEADER
from mcp.server.transport_security import DEFAULT_MAX_REQUEST_BODY_SIZE as DEFAULT_MAX_REQUEST_BODY_SIZE, RequestBodyLimitMiddleware as RequestBodyLimitMiddleware
from mcp.shared.auth import OAuthMetadata as OAuthMetadata
def validate_issuer_url(url: AnyHttpUrl): ...
AUTHORIZATION_PATH = "/authorize"
TOKEN_PATH = "/token"
REGISTRATION_PATH = "/register"
REVOCATION_PATH = "/revoke"
def _cors(app: ASGIApp, allow_methods: list[str]) -> ASGIApp: ...
def _body_limited(app: ASGIApp) -> ASGIApp: ...
def cors_middleware(handler: Callable[[Request], Response | Awaitable[Response]], allow_methods: list[str]) -> ASGIApp: ...
def create_auth_routes(provider: OAuthAuthorizationServerProvider[Any, Any, Any], issuer_url: AnyHttpUrl, service_documentation_url: AnyHttpUrl | None = None, client_registration_options: ClientRegistrationOptions | None = None, revocation_options: RevocationOptions | None = None) -> list[Route]: ...
def build_metadata(issuer_url: AnyHttpUrl, service_documentation_url: AnyHttpUrl | None, client_registration_options: ClientRegistrationOptions, revocation_options: RevocationOptions) -> OAuthMetadata: ...
def build_resource_metadata_url(resource_server_url: AnyHttpUrl) -> AnyHttpUrl: ...
def create_protected_resource_routes(resource_url: AnyHttpUrl, authorization_servers: list[AnyHttpUrl], scopes_supported: list[str] | None = None, resource_name: str | None = None, resource_documentation: AnyHttpUrl | None = None) -> list[Route]: ...
