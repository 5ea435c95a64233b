from collections.abc import Mapping as Mapping
from dataclasses import dataclass as dataclass
__all__ = ["TransportContext"]
@dataclass(kw_only=True, frozen=True)
class TransportContext:
    kind: str
    can_send_request: bool
    headers: Mapping[str, str] | None = None
