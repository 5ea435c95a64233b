from typing import Any
from pydantic import BaseModel as BaseModel
from mcp.types import Icon as Icon, ServerCapabilities as ServerCapabilities
class InitializationOptions(BaseModel):
    server_name: str
    server_version: str
    capabilities: ServerCapabilities
    instructions: str | None = None
    website_url: str | None = None
    icons: list[Icon] | None = None
    def __init__(self, *, server_name: str, server_version: str, capabilities: ServerCapabilities, instructions: str | None = ..., website_url: str | None = ..., icons: list[Icon] | None = ..., **extra: Any) -> None: ...
