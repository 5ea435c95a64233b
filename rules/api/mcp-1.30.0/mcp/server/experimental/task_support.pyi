from collections.abc import AsyncIterator as AsyncIterator
from contextlib import asynccontextmanager as asynccontextmanager
from dataclasses import dataclass as dataclass, field as field
import anyio as anyio
from anyio.abc import TaskGroup as TaskGroup
from mcp.server.experimental.task_result_handler import TaskResultHandler as TaskResultHandler
from mcp.server.experimental.task_scope import new_session_scope as new_session_scope
from mcp.server.session import ServerSession as ServerSession
from mcp.shared.experimental.tasks.in_memory_task_store import InMemoryTaskStore as InMemoryTaskStore
from mcp.shared.experimental.tasks.message_queue import InMemoryTaskMessageQueue as InMemoryTaskMessageQueue, TaskMessageQueue as TaskMessageQueue
from mcp.shared.experimental.tasks.store import TaskStore as TaskStore
@dataclass
class TaskSupport:
    store: TaskStore
    queue: TaskMessageQueue
    handler: TaskResultHandler = field(init=False)
    _task_group: TaskGroup | None = field(init=False)
    def __post_init__(self) -> None: ...
    @property
    def task_group(self) -> TaskGroup: ...
    @asynccontextmanager
    def run(self) -> AsyncIterator[None]: ...
    def configure_session(self, session: ServerSession, *, stateless: bool = False) -> None: ...
    @classmethod
    def in_memory(cls) -> "TaskSupport": ...
