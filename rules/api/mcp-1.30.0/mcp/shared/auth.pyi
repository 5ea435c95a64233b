from typing import Any as Any, Literal as Literal
from pydantic import AnyHttpUrl as AnyHttpUrl, AnyUrl as AnyUrl, BaseModel as BaseModel, Field as Field, field_validator as field_validator
class OAuthToken(BaseModel):
    access_token: str
    token_type: Literal["Bearer"] = "Bearer"
    expires_in: int | None = None
    scope: str | None = None
    refresh_token: str | None = None
    @classmethod
    def normalize_token_type(cls, v: str | None) -> str | None: ...
    def __init__(self, *, access_token: str, token_type: Literal["Bearer"] = ..., expires_in: int | None = ..., scope: str | None = ..., refresh_token: str | None = ..., **extra: Any) -> None: ...
class InvalidScopeError(Exception):
    def __init__(self, message: str) -> None: ...
    message: str
class InvalidRedirectUriError(Exception):
    def __init__(self, message: str) -> None: ...
    message: str
class OAuthClientMetadata(BaseModel):
    redirect_uris: list[AnyUrl] | None
    token_endpoint_auth_method: Literal["none", "client_secret_post", "client_secret_basic", "private_key_jwt"] | None = None
    grant_types: list[Literal["authorization_code", "refresh_token", "urn:ietf:params:oauth:grant-type:jwt-bearer"] | str] = ...
    response_types: list[str] = ...
    scope: str | None = None
    client_name: str | None = None
    client_uri: AnyHttpUrl | None = None
    logo_uri: AnyHttpUrl | None = None
    contacts: list[str] | None = None
    tos_uri: AnyHttpUrl | None = None
    policy_uri: AnyHttpUrl | None = None
    jwks_uri: AnyHttpUrl | None = None
    jwks: Any | None = None
    software_id: str | None = None
    software_version: str | None = None
    @classmethod
    def _empty_string_optional_url_to_none(cls, v: object) -> object: ...
    def validate_scope(self, requested_scope: str | None) -> list[str] | None: ...
    def validate_redirect_uri(self, redirect_uri: AnyUrl | None) -> AnyUrl: ...
    def __init__(self, *, redirect_uris: list[AnyUrl] | None, token_endpoint_auth_method: Literal["none", "client_secret_post", "client_secret_basic", "private_key_jwt"] | None = ..., grant_types: list[Literal["authorization_code", "refresh_token", "urn:ietf:params:oauth:grant-type:jwt-bearer"] | str] = ..., response_types: list[str] = ..., scope: str | None = ..., client_name: str | None = ..., client_uri: AnyHttpUrl | None = ..., logo_uri: AnyHttpUrl | None = ..., contacts: list[str] | None = ..., tos_uri: AnyHttpUrl | None = ..., policy_uri: AnyHttpUrl | None = ..., jwks_uri: AnyHttpUrl | None = ..., jwks: Any | None = ..., software_id: str | None = ..., software_version: str | None = ..., **extra: Any) -> None: ...
class OAuthClientInformationFull(OAuthClientMetadata):
    client_id: str | None = None
    client_secret: str | None = None
    client_id_issued_at: int | None = None
    client_secret_expires_at: int | None = None
    issuer: str | None = None
    def __init__(self, *, redirect_uris: list[AnyUrl] | None, token_endpoint_auth_method: Literal["none", "client_secret_post", "client_secret_basic", "private_key_jwt"] | None = ..., grant_types: list[Literal["authorization_code", "refresh_token", "urn:ietf:params:oauth:grant-type:jwt-bearer"] | str] = ..., response_types: list[str] = ..., scope: str | None = ..., client_name: str | None = ..., client_uri: AnyHttpUrl | None = ..., logo_uri: AnyHttpUrl | None = ..., contacts: list[str] | None = ..., tos_uri: AnyHttpUrl | None = ..., policy_uri: AnyHttpUrl | None = ..., jwks_uri: AnyHttpUrl | None = ..., jwks: Any | None = ..., software_id: str | None = ..., software_version: str | None = ..., client_id: str | None = ..., client_secret: str | None = ..., client_id_issued_at: int | None = ..., client_secret_expires_at: int | None = ..., issuer: str | None = ..., **extra: Any) -> None: ...
class OAuthMetadata(BaseModel):
    issuer: AnyHttpUrl
    authorization_endpoint: AnyHttpUrl
    token_endpoint: AnyHttpUrl
    registration_endpoint: AnyHttpUrl | None = None
    scopes_supported: list[str] | None = None
    response_types_supported: list[str] = ...
    response_modes_supported: list[str] | None = None
    grant_types_supported: list[str] | None = None
    token_endpoint_auth_methods_supported: list[str] | None = None
    token_endpoint_auth_signing_alg_values_supported: list[str] | None = None
    service_documentation: AnyHttpUrl | None = None
    ui_locales_supported: list[str] | None = None
    op_policy_uri: AnyHttpUrl | None = None
    op_tos_uri: AnyHttpUrl | None = None
    revocation_endpoint: AnyHttpUrl | None = None
    revocation_endpoint_auth_methods_supported: list[str] | None = None
    revocation_endpoint_auth_signing_alg_values_supported: list[str] | None = None
    introspection_endpoint: AnyHttpUrl | None = None
    introspection_endpoint_auth_methods_supported: list[str] | None = None
    introspection_endpoint_auth_signing_alg_values_supported: list[str] | None = None
    code_challenge_methods_supported: list[str] | None = None
    client_id_metadata_document_supported: bool | None = None
    def __init__(self, *, issuer: AnyHttpUrl, authorization_endpoint: AnyHttpUrl, token_endpoint: AnyHttpUrl, registration_endpoint: AnyHttpUrl | None = ..., scopes_supported: list[str] | None = ..., response_types_supported: list[str] = ..., response_modes_supported: list[str] | None = ..., grant_types_supported: list[str] | None = ..., token_endpoint_auth_methods_supported: list[str] | None = ..., token_endpoint_auth_signing_alg_values_supported: list[str] | None = ..., service_documentation: AnyHttpUrl | None = ..., ui_locales_supported: list[str] | None = ..., op_policy_uri: AnyHttpUrl | None = ..., op_tos_uri: AnyHttpUrl | None = ..., revocation_endpoint: AnyHttpUrl | None = ..., revocation_endpoint_auth_methods_supported: list[str] | None = ..., revocation_endpoint_auth_signing_alg_values_supported: list[str] | None = ..., introspection_endpoint: AnyHttpUrl | None = ..., introspection_endpoint_auth_methods_supported: list[str] | None = ..., introspection_endpoint_auth_signing_alg_values_supported: list[str] | None = ..., code_challenge_methods_supported: list[str] | None = ..., client_id_metadata_document_supported: bool | None = ..., **extra: Any) -> None: ...
class ProtectedResourceMetadata(BaseModel):
    resource: AnyHttpUrl
    authorization_servers: list[AnyHttpUrl]
    jwks_uri: AnyHttpUrl | None = None
    scopes_supported: list[str] | None = None
    bearer_methods_supported: list[str] | None = ...
    resource_signing_alg_values_supported: list[str] | None = None
    resource_name: str | None = None
    resource_documentation: AnyHttpUrl | None = None
    resource_policy_uri: AnyHttpUrl | None = None
    resource_tos_uri: AnyHttpUrl | None = None
    tls_client_certificate_bound_access_tokens: bool | None = None
    authorization_details_types_supported: list[str] | None = None
    dpop_signing_alg_values_supported: list[str] | None = None
    dpop_bound_access_tokens_required: bool | None = None
    def __init__(self, *, resource: AnyHttpUrl, authorization_servers: list[AnyHttpUrl], jwks_uri: AnyHttpUrl | None = ..., scopes_supported: list[str] | None = ..., bearer_methods_supported: list[str] | None = ..., resource_signing_alg_values_supported: list[str] | None = ..., resource_name: str | None = ..., resource_documentation: AnyHttpUrl | None = ..., resource_policy_uri: AnyHttpUrl | None = ..., resource_tos_uri: AnyHttpUrl | None = ..., tls_client_certificate_bound_access_tokens: bool | None = ..., authorization_details_types_supported: list[str] | None = ..., dpop_signing_alg_values_supported: list[str] | None = ..., dpop_bound_access_tokens_required: bool | None = ..., **extra: Any) -> None: ...
