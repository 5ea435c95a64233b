from dataclasses import dataclass as dataclass
from typing import Any as Any
@dataclass
class ReadResourceContents:
    content: str | bytes
    mime_type: str | None = None
    meta: dict[str, Any] | None = None
