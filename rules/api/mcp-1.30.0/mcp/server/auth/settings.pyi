from typing import Any
import warnings as warnings
from pydantic import AnyHttpUrl as AnyHttpUrl, BaseModel as BaseModel, Field as Field, model_validator as model_validator
from typing_extensions import Self as Self
class ClientRegistrationOptions(BaseModel):
    enabled: bool = False
    client_secret_expiry_seconds: int | None = None
    valid_scopes: list[str] | None = None
    default_scopes: list[str] | None = None
    def __init__(self, *, enabled: bool = ..., client_secret_expiry_seconds: int | None = ..., valid_scopes: list[str] | None = ..., default_scopes: list[str] | None = ..., **extra: Any) -> None: ...
class RevocationOptions(BaseModel):
    enabled: bool = False
    def __init__(self, *, enabled: bool = ..., **extra: Any) -> None: ...
class AuthSettings(BaseModel):
    issuer_url: AnyHttpUrl
    service_documentation_url: AnyHttpUrl | None = None
    client_registration_options: ClientRegistrationOptions | None = None
    revocation_options: RevocationOptions | None = None
    required_scopes: list[str] | None = None
    resource_server_url: AnyHttpUrl | None
    validate_token_resource: bool | None = ...
    def _check_validate_token_resource(self) -> Self: ...
    def __init__(self, *, issuer_url: AnyHttpUrl, resource_server_url: AnyHttpUrl | None, service_documentation_url: AnyHttpUrl | None = ..., client_registration_options: ClientRegistrationOptions | None = ..., revocation_options: RevocationOptions | None = ..., required_scopes: list[str] | None = ..., validate_token_resource: bool | None = ..., **extra: Any) -> None: ...
