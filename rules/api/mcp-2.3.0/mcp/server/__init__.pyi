from .caching import CacheHint as CacheHint
from .context import ServerRequestContext as ServerRequestContext
from .lowlevel import NotificationOptions as NotificationOptions, Server as Server
from .mcpserver import MCPServer as MCPServer
from .models import InitializationOptions as InitializationOptions
__all__ = ["CacheHint", "Server", "ServerRequestContext", "MCPServer", "NotificationOptions", "InitializationOptions"]
from . import _otel as _otel
from . import _streamable_http_modern as _streamable_http_modern
from . import auth as auth
from . import caching as caching
from . import connection as connection
from . import context as context
from . import elicitation as elicitation
from . import extension as extension
from . import lowlevel as lowlevel
from . import mcpserver as mcpserver
from . import models as models
from . import request_state as request_state
from . import runner as runner
from . import session as session
from . import sse as sse
from . import stdio as stdio
from . import streamable_http as streamable_http
from . import streamable_http_manager as streamable_http_manager
from . import subscriptions as subscriptions
from . import transport_security as transport_security
from . import validation as validation
