from _typeshed import Incomplete
from typing import Any
import types as types
from collections.abc import Sequence as Sequence
from typing import Generic as Generic, Literal as Literal, TypeVar as TypeVar, Union as Union, get_args as get_args, get_origin as get_origin
from pydantic import BaseModel as BaseModel
from mcp.server.session import ServerSession as ServerSession
from mcp.types import RequestId as RequestId
ElicitSchemaModelT = TypeVar("ElicitSchemaModelT", bound=BaseModel)
class AcceptedElicitation(BaseModel, Generic[ElicitSchemaModelT]):
    action: Literal["accept"] = "accept"
    data: ElicitSchemaModelT
    def __init__(self, *, data: ElicitSchemaModelT, action: Literal["accept"] = ..., **extra: Any) -> None: ...
class DeclinedElicitation(BaseModel):
    action: Literal["decline"] = "decline"
    def __init__(self, *, action: Literal["decline"] = ..., **extra: Any) -> None: ...
class CancelledElicitation(BaseModel):
    action: Literal["cancel"] = "cancel"
    def __init__(self, *, action: Literal["cancel"] = ..., **extra: Any) -> None: ...
ElicitationResult = AcceptedElicitation[ElicitSchemaModelT] | DeclinedElicitation | CancelledElicitation
class AcceptedUrlElicitation(BaseModel):
    action: Literal["accept"] = "accept"
    def __init__(self, *, action: Literal["accept"] = ..., **extra: Any) -> None: ...
UrlElicitationResult = AcceptedUrlElicitation | DeclinedElicitation | CancelledElicitation
_ELICITATION_PRIMITIVE_TYPES: Incomplete
def _validate_elicitation_schema(schema: type[BaseModel]) -> None: ...
def _is_string_sequence(annotation: type) -> bool: ...
def _is_primitive_field(annotation: type) -> bool: ...
async def elicit_with_validation(session: ServerSession, message: str, schema: type[ElicitSchemaModelT], related_request_id: RequestId | None = None) -> ElicitationResult[ElicitSchemaModelT]: ...
async def elicit_url(session: ServerSession, message: str, url: str, elicitation_id: str, related_request_id: RequestId | None = None) -> UrlElicitationResult: ...
