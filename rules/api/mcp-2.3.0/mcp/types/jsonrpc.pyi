from mcp_types.jsonrpc import *
from mcp_types.jsonrpc import __all__ as __all__
