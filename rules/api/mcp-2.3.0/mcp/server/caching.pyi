from collections.abc import Mapping as Mapping
from dataclasses import dataclass as dataclass
from typing import Any as Any, Literal as Literal, TypeVar as TypeVar
import mcp_types as types
from mcp_types.methods import CACHEABLE_METHODS as CACHEABLE_METHODS, CacheableMethod as CacheableMethod
__all__ = ["CACHEABLE_METHODS", "CacheHint", "CacheableMethod", "apply_cache_hint", "validate_cache_hints"]
@dataclass(frozen=True, slots=True)
class CacheHint:
    ttl_ms: int = 0
    scope: Literal["public", "private"] = "private"
    def __post_init__(self) -> None: ...
CacheableResultT = TypeVar("CacheableResultT", bound=types.CacheableResult)
def apply_cache_hint(result: CacheableResultT, hint: CacheHint) -> CacheableResultT: ...
def validate_cache_hints(cache_hints: Mapping[Any, Any] | None) -> dict[str, CacheHint]: ...
