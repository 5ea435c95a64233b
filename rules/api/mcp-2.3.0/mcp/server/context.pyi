from _typeshed import Incomplete
import logging as logging
from collections.abc import Awaitable as Awaitable, Callable as Callable, Mapping as Mapping
from dataclasses import dataclass as dataclass
from typing import Any as Any, Generic as Generic, Protocol as Protocol
from mcp_types import LoggingLevel as LoggingLevel, RequestId as RequestId, RequestParamsMeta as RequestParamsMeta
from pydantic import BaseModel as BaseModel
from typing_extensions import TypeVar as TypeVar, deprecated as deprecated
from mcp.server.connection import Connection as Connection, allowed_log_levels as allowed_log_levels
from mcp.server.session import ServerSession as ServerSession
from mcp.shared.context import BaseContext as BaseContext
from mcp.shared.dispatcher import DispatchContext as DispatchContext
from mcp.shared.exceptions import MCPDeprecationWarning as MCPDeprecationWarning
from mcp.shared.message import CloseSSEStreamCallback as CloseSSEStreamCallback
from mcp.shared.peer import Meta as Meta
from mcp.shared.transport_context import TransportContext as TransportContext
logger: logging.Logger
_logger = logger
LifespanContextT = TypeVar("LifespanContextT", default=dict[str, Any])
RequestT = TypeVar("RequestT", default=Any)
@dataclass(kw_only=True)
class ServerRequestContext(Generic[LifespanContextT, RequestT]):
    session: ServerSession
    lifespan_context: LifespanContextT
    protocol_version: str
    method: str
    params: Mapping[str, Any] | None = None
    request_id: RequestId | None = None
    meta: RequestParamsMeta | None = None
    request: RequestT | None = None
    close_sse_stream: CloseSSEStreamCallback | None = None
    close_standalone_sse_stream: CloseSSEStreamCallback | None = None
LifespanT_co = TypeVar("LifespanT_co", default=Any, covariant=True)
class Context(BaseContext[TransportContext], Generic[LifespanT_co]):
    def __init__(self, dctx: DispatchContext[TransportContext], *, lifespan: LifespanT_co, connection: Connection, meta: RequestParamsMeta | None = None) -> None: ...
    @property
    def lifespan(self) -> LifespanT_co: ...
    @property
    def connection(self) -> Connection: ...
    @property
    def session_id(self) -> str | None: ...
    @property
    def headers(self) -> Mapping[str, str] | None: ...
    @deprecated("")
    async def log(self, level: LoggingLevel, data: Any, logger: str | None = None, *, meta: Meta | None = None) -> None: ...
    _lifespan: LifespanT_co
    _connection: Connection
    _allowed_log_levels: Incomplete
HandlerResult = BaseModel | dict[str, Any] | None
CallNext = Callable[["ServerRequestContext[Any, Any]"], Awaitable[HandlerResult]]
_MwLifespanT = TypeVar("_MwLifespanT")
class ServerMiddleware(Protocol[_MwLifespanT]):
    async def __call__(self, ctx: ServerRequestContext[_MwLifespanT, Any], call_next: CallNext) -> HandlerResult: ...
