from mcp_types.methods import *
from mcp_types.methods import __all__ as __all__
