from _typeshed import Incomplete
from collections.abc import Callable as Callable
from typing import TYPE_CHECKING as TYPE_CHECKING, Any as Any
from pydantic import AnyUrl as AnyUrl
from mcp.server.fastmcp.resources.base import Resource as Resource
from mcp.server.fastmcp.resources.templates import ResourceTemplate as ResourceTemplate
from mcp.server.fastmcp.utilities.logging import get_logger as get_logger
from mcp.types import Annotations as Annotations, Icon as Icon
if TYPE_CHECKING:
    from mcp.server.fastmcp.server import Context
    from mcp.server.session import ServerSessionT
    from mcp.shared.context import LifespanContextT, RequestT
logger: Incomplete
class ResourceManager:
    def __init__(self, warn_on_duplicate_resources: bool = True) -> None: ...
    def add_resource(self, resource: Resource) -> Resource: ...
    def add_template(self, fn: Callable[..., Any], uri_template: str, name: str | None = None, title: str | None = None, description: str | None = None, mime_type: str | None = None, icons: list[Icon] | None = None, annotations: Annotations | None = None, meta: dict[str, Any] | None = None) -> ResourceTemplate: ...
    async def get_resource(self, uri: AnyUrl | str, context: Context[ServerSessionT, LifespanContextT, RequestT] | None = None) -> Resource | None: ...
    def list_resources(self) -> list[Resource]: ...
    def list_templates(self) -> list[ResourceTemplate]: ...
    _resources: dict[str, Resource]
    _templates: dict[str, ResourceTemplate]
    warn_on_duplicate_resources: bool
