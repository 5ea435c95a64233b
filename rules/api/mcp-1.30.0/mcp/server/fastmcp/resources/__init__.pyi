from .base import Resource as Resource
from .resource_manager import ResourceManager as ResourceManager
from .templates import ResourceTemplate as ResourceTemplate
from .types import BinaryResource as BinaryResource, DirectoryResource as DirectoryResource, FileResource as FileResource, FunctionResource as FunctionResource, HttpResource as HttpResource, TextResource as TextResource
__all__ = ["Resource", "TextResource", "BinaryResource", "FunctionResource", "FileResource", "HttpResource", "DirectoryResource", "ResourceTemplate", "ResourceManager"]
from . import base as base
from . import resource_manager as resource_manager
from . import templates as templates
from . import types as types
