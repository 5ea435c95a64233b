from . import context_injection as context_injection
from . import func_metadata as func_metadata
from . import logging as logging
from . import types as types
