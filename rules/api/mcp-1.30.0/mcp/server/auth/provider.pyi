from dataclasses import dataclass as dataclass
from typing import Any as Any, Generic as Generic, Literal as Literal, Protocol as Protocol, TypeVar as TypeVar
from urllib.parse import parse_qs as parse_qs, urlencode as urlencode, urlparse as urlparse, urlunparse as urlunparse
from pydantic import AnyUrl as AnyUrl, BaseModel as BaseModel
from mcp.shared.auth import OAuthClientInformationFull as OAuthClientInformationFull, OAuthToken as OAuthToken
class AuthorizationParams(BaseModel):
    state: str | None
    scopes: list[str] | None
    code_challenge: str
    redirect_uri: AnyUrl
    redirect_uri_provided_explicitly: bool
    resource: str | None = None
    def __init__(self, *, state: str | None, scopes: list[str] | None, code_challenge: str, redirect_uri: AnyUrl, redirect_uri_provided_explicitly: bool, resource: str | None = ..., **extra: Any) -> None: ...
class AuthorizationCode(BaseModel):
    code: str
    scopes: list[str]
    expires_at: float
    client_id: str
    code_challenge: str
    redirect_uri: AnyUrl
    redirect_uri_provided_explicitly: bool
    resource: str | None = None
    subject: str | None = None
    def __init__(self, *, code: str, scopes: list[str], expires_at: float, client_id: str, code_challenge: str, redirect_uri: AnyUrl, redirect_uri_provided_explicitly: bool, resource: str | None = ..., subject: str | None = ..., **extra: Any) -> None: ...
class RefreshToken(BaseModel):
    token: str
    client_id: str
    scopes: list[str]
    expires_at: int | None = None
    resource: str | None = None
    subject: str | None = None
    def __init__(self, *, token: str, client_id: str, scopes: list[str], expires_at: int | None = ..., resource: str | None = ..., subject: str | None = ..., **extra: Any) -> None: ...
class AccessToken(BaseModel):
    token: str
    client_id: str
    scopes: list[str]
    expires_at: int | None = None
    resource: str | None = None
    subject: str | None = None
    claims: dict[str, Any] | None = None
    def __init__(self, *, token: str, client_id: str, scopes: list[str], expires_at: int | None = ..., resource: str | None = ..., subject: str | None = ..., claims: dict[str, Any] | None = ..., **extra: Any) -> None: ...
RegistrationErrorCode = Literal["invalid_redirect_uri", "invalid_client_metadata", "invalid_software_statement", "unapproved_software_statement"]
@dataclass(frozen=True)
class RegistrationError(Exception):
    error: RegistrationErrorCode
    error_description: str | None = None
AuthorizationErrorCode = Literal["invalid_request", "unauthorized_client", "access_denied", "unsupported_response_type", "invalid_scope", "server_error", "temporarily_unavailable"]
@dataclass(frozen=True)
class AuthorizeError(Exception):
    error: AuthorizationErrorCode
    error_description: str | None = None
TokenErrorCode = Literal["invalid_request", "invalid_client", "invalid_grant", "unauthorized_client", "unsupported_grant_type", "invalid_scope"]
@dataclass(frozen=True)
class TokenError(Exception):
    error: TokenErrorCode
    error_description: str | None = None
class TokenVerifier(Protocol):
    async def verify_token(self, token: str) -> AccessToken | None: ...
AuthorizationCodeT = TypeVar("AuthorizationCodeT", bound=AuthorizationCode)
RefreshTokenT = TypeVar("RefreshTokenT", bound=RefreshToken)
AccessTokenT = TypeVar("AccessTokenT", bound=AccessToken)
class OAuthAuthorizationServerProvider(Protocol, Generic[AuthorizationCodeT, RefreshTokenT, AccessTokenT]):
    async def get_client(self, client_id: str) -> OAuthClientInformationFull | None: ...
    async def register_client(self, client_info: OAuthClientInformationFull) -> None: ...
    async def authorize(self, client: OAuthClientInformationFull, params: AuthorizationParams) -> str: ...
    async def load_authorization_code(self, client: OAuthClientInformationFull, authorization_code: str) -> AuthorizationCodeT | None: ...
    async def exchange_authorization_code(self, client: OAuthClientInformationFull, authorization_code: AuthorizationCodeT) -> OAuthToken: ...
    async def load_refresh_token(self, client: OAuthClientInformationFull, refresh_token: str) -> RefreshTokenT | None: ...
    async def exchange_refresh_token(self, client: OAuthClientInformationFull, refresh_token: RefreshTokenT, scopes: list[str]) -> OAuthToken: ...
    async def load_access_token(self, token: str) -> AccessTokenT | None: ...
    async def revoke_token(self, token: AccessTokenT | RefreshTokenT) -> None: ...
def construct_redirect_uri(redirect_uri_base: str, **params: str | None) -> str: ...
class ProviderTokenVerifier(TokenVerifier):
    def __init__(self, provider: "OAuthAuthorizationServerProvider[AuthorizationCode, RefreshToken, AccessToken]") -> None: ...
    async def verify_token(self, token: str) -> AccessToken | None: ...
    provider: "OAuthAuthorizationServerProvider[AuthorizationCode, RefreshToken, AccessToken]"
