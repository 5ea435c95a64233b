from typing import Any
from pydantic import BaseModel as BaseModel, ConfigDict as ConfigDict
class WireModel(BaseModel):
    def __init__(self, **extra: Any) -> None: ...
