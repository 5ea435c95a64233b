from _typeshed import Incomplete
import base64 as base64
from pathlib import Path as Path
from mcp.types import AudioContent as AudioContent, ImageContent as ImageContent
class Image:
    def __init__(self, path: str | Path | None = None, data: bytes | None = None, format: str | None = None) -> None: ...
    def _get_mime_type(self) -> str: ...
    def to_image_content(self) -> ImageContent: ...
    path: Path | None
    data: bytes | None
    _format: str | None
    _mime_type: Incomplete
class Audio:
    def __init__(self, path: str | Path | None = None, data: bytes | None = None, format: str | None = None) -> None: ...
    def _get_mime_type(self) -> str: ...
    def to_audio_content(self) -> AudioContent: ...
    path: Path | None
    data: bytes | None
    _format: str | None
    _mime_type: Incomplete
