from .fastmcp import FastMCP as FastMCP
from .lowlevel import NotificationOptions as NotificationOptions, Server as Server
from .models import InitializationOptions as InitializationOptions
__all__ = ["Server", "FastMCP", "NotificationOptions", "InitializationOptions"]
from . import auth as auth
from . import elicitation as elicitation
from . import experimental as experimental
from . import fastmcp as fastmcp
from . import lowlevel as lowlevel
from . import models as models
from . import session as session
from . import sse as sse
from . import stdio as stdio
from . import streamable_http as streamable_http
from . import streamable_http_manager as streamable_http_manager
from . import transport_security as transport_security
from . import validation as validation
