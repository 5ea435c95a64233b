from _typeshed import Incomplete
from collections.abc import Callable as Callable
from typing import TYPE_CHECKING as TYPE_CHECKING, Any as Any
from mcp_types import Annotations as Annotations, Icon as Icon, InputRequiredResult as InputRequiredResult
from pydantic import AnyUrl as AnyUrl
from mcp.server.mcpserver.exceptions import ResourceNotFoundError as ResourceNotFoundError
from mcp.server.mcpserver.resources.base import Resource as Resource
from mcp.server.mcpserver.resources.templates import DEFAULT_RESOURCE_SECURITY as DEFAULT_RESOURCE_SECURITY, ResourceSecurity as ResourceSecurity, ResourceSecurityError as ResourceSecurityError, ResourceTemplate as ResourceTemplate
from mcp.server.mcpserver.utilities.logging import get_logger as get_logger
if TYPE_CHECKING:
    from mcp.server.context import LifespanContextT, RequestT
    from mcp.server.mcpserver.context import Context
logger: Incomplete
class ResourceManager:
    def __init__(self, warn_on_duplicate_resources: bool = True, *, resources: list[Resource] | None = None) -> None: ...
    def add_resource(self, resource: Resource) -> Resource: ...
    def add_template(self, fn: Callable[..., Any], uri_template: str, name: str | None = None, title: str | None = None, description: str | None = None, mime_type: str | None = None, icons: list[Icon] | None = None, annotations: Annotations | None = None, meta: dict[str, Any] | None = None, security: ResourceSecurity = ...) -> ResourceTemplate: ...
    async def get_resource(self, uri: AnyUrl | str, context: Context[LifespanContextT, RequestT]) -> Resource | InputRequiredResult: ...
    def list_resources(self) -> list[Resource]: ...
    def list_templates(self) -> list[ResourceTemplate]: ...
    _resources: dict[str, Resource]
    _templates: dict[str, ResourceTemplate]
    warn_on_duplicate_resources: bool
