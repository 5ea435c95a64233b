from typing import Any
from . import protocols as protocols

class ValidationError(Exception):
    message: str
    path: Any
    def __getattr__(self, name: str) -> Any: ...

class SchemaError(Exception):
    message: str
    def __getattr__(self, name: str) -> Any: ...

def validate(instance: Any, schema: Any, cls: Any = None, *args: Any, **kwargs: Any) -> None: ...
def __getattr__(name: str) -> Any: ...
