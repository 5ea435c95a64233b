import re as re
from typing import Any as Any
__all__ = ["validate_extension_identifier"]
_LABEL = r"[A-Za-z](?:[A-Za-z0-9-]*[A-Za-z0-9])?"
_NAME = r"[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?"
_IDENTIFIER_RE: re.Pattern[str]
def validate_extension_identifier(identifier: Any, *, owner: str) -> None: ...
