from dataclasses import dataclass as dataclass, field as field
from typing import Any as Any, Generic as Generic
from typing_extensions import TypeVar as TypeVar
from mcp.shared.message import CloseSSEStreamCallback as CloseSSEStreamCallback
from mcp.shared.session import BaseSession as BaseSession
from mcp.types import RequestId as RequestId, RequestParams as RequestParams
SessionT = TypeVar("SessionT", bound=BaseSession[Any, Any, Any, Any, Any])
LifespanContextT = TypeVar("LifespanContextT", default=Any)
RequestT = TypeVar("RequestT", default=Any)
@dataclass
class RequestContext(Generic[SessionT, LifespanContextT, RequestT]):
    request_id: RequestId
    meta: RequestParams.Meta | None
    session: SessionT
    lifespan_context: LifespanContextT
    experimental: Any = ...
    request: RequestT | None = None
    close_sse_stream: CloseSSEStreamCallback | None = None
    close_standalone_sse_stream: CloseSSEStreamCallback | None = None
