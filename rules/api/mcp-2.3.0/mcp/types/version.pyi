from mcp_types.version import *
from mcp_types.version import __all__ as __all__
