from .base import Prompt as Prompt
from .manager import PromptManager as PromptManager
__all__ = ["Prompt", "PromptManager"]
from . import base as base
from . import manager as manager
