from dataclasses import dataclass as dataclass
from starlette.requests import Request as Request
from starlette.responses import Response as Response
from mcp.server.auth.json_response import PydanticJSONResponse as PydanticJSONResponse
from mcp.shared.auth import OAuthMetadata as OAuthMetadata, ProtectedResourceMetadata as ProtectedResourceMetadata
@dataclass
class MetadataHandler:
    metadata: OAuthMetadata
    async def handle(self, request: Request) -> Response: ...
@dataclass
class ProtectedResourceMetadataHandler:
    metadata: ProtectedResourceMetadata
    async def handle(self, request: Request) -> Response: ...
