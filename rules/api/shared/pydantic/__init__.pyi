# The part of pydantic 2 that the surfaces of the SDK and their users meet. What is missing here is Any.
from typing import Any
from .fields import Field as Field, FieldInfo as FieldInfo, PrivateAttr as PrivateAttr, computed_field as computed_field
from .main import BaseModel as BaseModel, create_model as create_model
from .networks import AnyHttpUrl as AnyHttpUrl, AnyUrl as AnyUrl, FileUrl as FileUrl, HttpUrl as HttpUrl, UrlConstraints as UrlConstraints
from .root_model import RootModel as RootModel
from .type_adapter import TypeAdapter as TypeAdapter
from .config import ConfigDict as ConfigDict
from .aliases import AliasChoices as AliasChoices, AliasPath as AliasPath
from .functional_validators import (
    ModelWrapValidatorHandler as ModelWrapValidatorHandler,
    field_validator as field_validator,
    model_validator as model_validator,
)
from pydantic_core import ValidationError as ValidationError
from . import alias_generators as alias_generators
from . import fields as fields
from . import json_schema as json_schema
from . import main as main
from . import networks as networks

ValidationInfo = Any
class PydanticUserError(TypeError): ...
class Discriminator:
    def __init__(self, discriminator: Any, **options: Any) -> None: ...
class Tag:
    def __init__(self, tag: str) -> None: ...
class WithJsonSchema:
    def __init__(self, json_schema: dict[str, Any] | None, mode: str | None = ...) -> None: ...
def validate_call(func: Any = ..., /, *, config: Any = ..., validate_return: bool = ...) -> Any: ...
def __getattr__(name: str) -> Any: ...
