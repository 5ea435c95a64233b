from typing import Any
from collections.abc import Generator as Generator
from contextlib import contextmanager as contextmanager
from dataclasses import dataclass as dataclass, field as field
from typing import Generic as Generic
from pydantic import BaseModel as BaseModel
from mcp.shared.context import LifespanContextT as LifespanContextT, RequestContext as RequestContext
from mcp.shared.session import BaseSession as BaseSession, ReceiveNotificationT as ReceiveNotificationT, ReceiveRequestT as ReceiveRequestT, SendNotificationT as SendNotificationT, SendRequestT as SendRequestT, SendResultT as SendResultT
from mcp.types import ProgressToken as ProgressToken
class Progress(BaseModel):
    progress: float
    total: float | None
    def __init__(self, *, progress: float, total: float | None, **extra: Any) -> None: ...
@dataclass
class ProgressContext(Generic[SendRequestT, SendNotificationT, SendResultT, ReceiveRequestT, ReceiveNotificationT]):
    session: BaseSession[SendRequestT, SendNotificationT, SendResultT, ReceiveRequestT, ReceiveNotificationT]
    progress_token: ProgressToken
    total: float | None
    current: float = field(init=False)
    async def progress(self, amount: float, message: str | None = None) -> None: ...
@contextmanager
def progress(ctx: RequestContext[BaseSession[SendRequestT, SendNotificationT, SendResultT, ReceiveRequestT, ReceiveNotificationT], LifespanContextT], total: float | None = None) -> Generator[ProgressContext[SendRequestT, SendNotificationT, SendResultT, ReceiveRequestT, ReceiveNotificationT], None]: ...
