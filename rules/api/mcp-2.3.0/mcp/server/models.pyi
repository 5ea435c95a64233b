from typing import Any
from mcp_types import Icon as Icon, ServerCapabilities as ServerCapabilities
from pydantic import BaseModel as BaseModel
class InitializationOptions(BaseModel):
    server_name: str
    server_version: str
    title: str | None = None
    description: str | None = None
    capabilities: ServerCapabilities
    instructions: str | None = None
    website_url: str | None = None
    icons: list[Icon] | None = None
    def __init__(self, *, server_name: str, server_version: str, capabilities: ServerCapabilities, title: str | None = ..., description: str | None = ..., instructions: str | None = ..., website_url: str | None = ..., icons: list[Icon] | None = ..., **extra: Any) -> None: ...
