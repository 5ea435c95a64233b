from typing import Any, Generic
from typing_extensions import TypeVar
from .main import BaseModel

_Root = TypeVar("_Root", default=Any)

class RootModel(BaseModel, Generic[_Root]):
    root: _Root
    def __init__(self, /, root: _Root = ..., **data: Any) -> None: ...
