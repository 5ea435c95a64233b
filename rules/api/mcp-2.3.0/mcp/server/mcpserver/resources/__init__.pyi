from .base import Resource as Resource
from .resource_manager import ResourceManager as ResourceManager
from .templates import DEFAULT_RESOURCE_SECURITY as DEFAULT_RESOURCE_SECURITY, ResourceSecurity as ResourceSecurity, ResourceSecurityError as ResourceSecurityError, ResourceTemplate as ResourceTemplate
from .types import BinaryResource as BinaryResource, DirectoryResource as DirectoryResource, FileResource as FileResource, FunctionResource as FunctionResource, HttpResource as HttpResource, TextResource as TextResource
__all__ = ["Resource", "TextResource", "BinaryResource", "FunctionResource", "FileResource", "HttpResource", "DirectoryResource", "ResourceTemplate", "ResourceManager", "ResourceSecurity", "ResourceSecurityError", "DEFAULT_RESOURCE_SECURITY"]
from . import base as base
from . import resource_manager as resource_manager
from . import templates as templates
from . import types as types
