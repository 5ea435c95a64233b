from collections.abc import Awaitable as Awaitable, Callable as Callable, Sequence as Sequence
from dataclasses import dataclass as dataclass
from typing import TYPE_CHECKING as TYPE_CHECKING, Any as Any, Final as Final, Generic as Generic, Literal as Literal, TypeVar as TypeVar, get_args as get_args
from mcp_types import CORE_RESULT_TYPES as CORE_RESULT_TYPES, CallToolResult as CallToolResult, InputRequiredResult as InputRequiredResult, Result as Result
from mcp_types.version import MODERN_PROTOCOL_VERSIONS as MODERN_PROTOCOL_VERSIONS
from pydantic import AliasChoices as AliasChoices, AliasPath as AliasPath, BaseModel as BaseModel
from pydantic.fields import FieldInfo as FieldInfo
from mcp.shared.extension import validate_extension_identifier as validate_extension_identifier
if TYPE_CHECKING:
    from mcp.client.session import ClientSession
__all__ = ["ClaimContext", "ClientExtension", "NotificationBinding", "ResultClaim", "UnexpectedClaimedResult", "advertise"]
_CLAIM_METHODS: Final[frozenset[str]] = ...
_RESERVED_WIRE_ALIASES: Final[frozenset[str]] = ...
def _wire_keys(name: str, field: FieldInfo) -> frozenset[str]: ...
ClaimedT = TypeVar("ClaimedT", bound=Result)
NotifyParamsT = TypeVar("NotifyParamsT", bound=BaseModel)
@dataclass(frozen=True, kw_only=True)
class ClaimContext:
    session: ClientSession
    tool_name: str
    read_timeout_seconds: float | None
@dataclass(frozen=True, kw_only=True)
class ResultClaim(Generic[ClaimedT]):
    result_type: str
    model: type[ClaimedT]
    resolve: Callable[[ClaimedT, ClaimContext], Awaitable[CallToolResult]]
    method: Literal["tools/call"] = "tools/call"
    protocol_versions: frozenset[str] | None = None
    def __post_init__(self) -> None: ...
class UnexpectedClaimedResult(RuntimeError):
    def __init__(self, result: Result) -> None: ...
    result: Result
@dataclass(frozen=True, kw_only=True)
class NotificationBinding(Generic[NotifyParamsT]):
    method: str
    params_type: type[NotifyParamsT]
    handler: Callable[[NotifyParamsT], Awaitable[None]]
class ClientExtension:
    identifier: str
    def __init_subclass__(cls, **kwargs: Any) -> None: ...
    def settings(self) -> dict[str, Any]: ...
    def claims(self) -> Sequence[ResultClaim[Any]]: ...
    def notifications(self) -> Sequence[NotificationBinding[Any]]: ...
class _AdvertiseOnly(ClientExtension):
    def __init__(self, identifier: str, settings: dict[str, Any]) -> None: ...
    def settings(self) -> dict[str, Any]: ...
    identifier: str
    _settings: dict[str, Any]
def advertise(identifier: str, settings: dict[str, Any] | None = None) -> ClientExtension: ...
