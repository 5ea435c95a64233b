from .server import NotificationOptions as NotificationOptions, Server as Server
__all__ = ["Server", "NotificationOptions"]
from . import experimental as experimental
from . import func_inspection as func_inspection
from . import helper_types as helper_types
from . import server as server
