from mcp_types import Icon as Icon
from mcp.server.extension import Extension as Extension, MethodBinding as MethodBinding, ResourceBinding as ResourceBinding, ToolBinding as ToolBinding
from mcp.server.request_state import AESGCMRequestStateCodec as AESGCMRequestStateCodec, InvalidRequestState as InvalidRequestState, RequestStateBoundary as RequestStateBoundary, RequestStateCodec as RequestStateCodec, RequestStateSecurity as RequestStateSecurity, authenticated_principal as authenticated_principal
from .context import Context as Context
from .prompts.base import AssistantMessage as AssistantMessage, Message as Message, UserMessage as UserMessage
from .resolve import AcceptedElicitation as AcceptedElicitation, CancelledElicitation as CancelledElicitation, DeclinedElicitation as DeclinedElicitation, Elicit as Elicit, ElicitationResult as ElicitationResult, ListRoots as ListRoots, Resolve as Resolve, Sample as Sample
from .resources import DEFAULT_RESOURCE_SECURITY as DEFAULT_RESOURCE_SECURITY, ResourceSecurity as ResourceSecurity
from .server import MCPServer as MCPServer, require_client_extension as require_client_extension
from .utilities.types import Audio as Audio, Image as Image
__all__ = ["MCPServer", "Context", "Image", "Audio", "Message", "UserMessage", "AssistantMessage", "Icon", "Resolve", "Elicit", "Sample", "ListRoots", "ElicitationResult", "AcceptedElicitation", "DeclinedElicitation", "CancelledElicitation", "Extension", "ToolBinding", "ResourceBinding", "MethodBinding", "require_client_extension", "ResourceSecurity", "DEFAULT_RESOURCE_SECURITY", "RequestStateSecurity", "RequestStateCodec", "RequestStateBoundary", "AESGCMRequestStateCodec", "InvalidRequestState", "authenticated_principal"]
from . import context as context
from . import exceptions as exceptions
from . import prompts as prompts
from . import resolve as resolve
from . import resources as resources
from . import server as server
from . import tools as tools
from . import utilities as utilities
