from _typeshed import Incomplete
from importlib.metadata import version as version
from mcp.types import Icon as Icon
from .server import Context as Context, FastMCP as FastMCP
from .utilities.types import Audio as Audio, Image as Image
__version__: Incomplete
__all__ = ["FastMCP", "Context", "Image", "Audio", "Icon"]
from . import exceptions as exceptions
from . import prompts as prompts
from . import resources as resources
from . import server as server
from . import tools as tools
from . import utilities as utilities
