from typing import Any as Any
import mcp_types as types
from mcp_types import UNSUPPORTED_PROTOCOL_VERSION as UNSUPPORTED_PROTOCOL_VERSION
from mcp_types.version import HANDSHAKE_PROTOCOL_VERSIONS as HANDSHAKE_PROTOCOL_VERSIONS, LATEST_MODERN_VERSION as LATEST_MODERN_VERSION, MODERN_PROTOCOL_VERSIONS as MODERN_PROTOCOL_VERSIONS
from pydantic import ValidationError as ValidationError
from mcp.client.session import ClientSession as ClientSession
from mcp.shared.exceptions import MCPError as MCPError
def _parse_supported(data: Any) -> list[str] | None: ...
async def negotiate_auto(session: ClientSession) -> None: ...
