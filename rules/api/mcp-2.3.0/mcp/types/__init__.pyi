from mcp_types import *
from mcp_types import __all__ as __all__
from . import jsonrpc as jsonrpc
from . import methods as methods
from . import version as version
