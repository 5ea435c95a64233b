from .server import NotificationOptions as NotificationOptions, Server as Server
__all__ = ["NotificationOptions", "Server"]
from . import helper_types as helper_types
from . import server as server
