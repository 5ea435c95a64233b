from collections.abc import Callable as Callable
from datetime import datetime as datetime
from typing import Annotated as Annotated, Any as Any, Final as Final, Generic as Generic, Literal as Literal, TypeAlias as TypeAlias, TypeVar as TypeVar
from pydantic import BaseModel as BaseModel, ConfigDict as ConfigDict, Field as Field, FileUrl as FileUrl, RootModel as RootModel
from pydantic.networks import AnyUrl as AnyUrl, UrlConstraints as UrlConstraints
from typing_extensions import deprecated as deprecated
LATEST_PROTOCOL_VERSION = "2025-11-25"
DEFAULT_NEGOTIATED_VERSION = "2025-03-26"
ProgressToken = str | int
Cursor = str
Role = Literal["user", "assistant"]
RequestId = int | str
AnyFunction: TypeAlias = Callable[..., Any]
TaskExecutionMode = Literal["forbidden", "optional", "required"]
TASK_FORBIDDEN: Final[Literal["forbidden"]] = "forbidden"
TASK_OPTIONAL: Final[Literal["optional"]] = "optional"
TASK_REQUIRED: Final[Literal["required"]] = "required"
class TaskMetadata(BaseModel):
    ttl: int | None = None
    def __init__(self, *, ttl: int | None = ..., **extra: Any) -> None: ...
class RequestParams(BaseModel):
    class Meta(BaseModel):
        progressToken: ProgressToken | None = None
        def __init__(self, *, progressToken: ProgressToken | None = ..., **extra: Any) -> None: ...
    task: TaskMetadata | None = None
    meta: Meta | None = ...
    def __init__(self, *, task: TaskMetadata | None = ..., _meta: Meta | None = ..., **extra: Any) -> None: ...
class PaginatedRequestParams(RequestParams):
    cursor: Cursor | None = None
    def __init__(self, *, task: TaskMetadata | None = ..., _meta: RequestParams.Meta | None = ..., cursor: Cursor | None = ..., **extra: Any) -> None: ...
class NotificationParams(BaseModel):
    class Meta(BaseModel):
        def __init__(self, **extra: Any) -> None: ...
    meta: Meta | None = ...
    def __init__(self, *, _meta: Meta | None = ..., **extra: Any) -> None: ...
RequestParamsT = TypeVar("RequestParamsT", bound=RequestParams | dict[str, Any] | None)
NotificationParamsT = TypeVar("NotificationParamsT", bound=NotificationParams | dict[str, Any] | None)
MethodT = TypeVar("MethodT", bound=str)
class Request(BaseModel, Generic[RequestParamsT, MethodT]):
    method: MethodT
    params: RequestParamsT
    def __init__(self, *, method: MethodT, params: RequestParamsT, **extra: Any) -> None: ...
class PaginatedRequest(Request[PaginatedRequestParams | None, MethodT], Generic[MethodT]):
    params: PaginatedRequestParams | None = None
    def __init__(self, *, method: MethodT, params: PaginatedRequestParams | None = ..., **extra: Any) -> None: ...
class Notification(BaseModel, Generic[NotificationParamsT, MethodT]):
    method: MethodT
    params: NotificationParamsT
    def __init__(self, *, method: MethodT, params: NotificationParamsT, **extra: Any) -> None: ...
class Result(BaseModel):
    meta: dict[str, Any] | None = ...
    def __init__(self, *, _meta: dict[str, Any] | None = ..., **extra: Any) -> None: ...
class PaginatedResult(Result):
    nextCursor: Cursor | None = None
    def __init__(self, *, _meta: dict[str, Any] | None = ..., nextCursor: Cursor | None = ..., **extra: Any) -> None: ...
class JSONRPCRequest(Request[dict[str, Any] | None, str]):
    jsonrpc: Literal["2.0"]
    id: RequestId
    method: str
    params: dict[str, Any] | None = None
    def __init__(self, *, method: str, jsonrpc: Literal["2.0"], id: RequestId, params: dict[str, Any] | None = ..., **extra: Any) -> None: ...
class JSONRPCNotification(Notification[dict[str, Any] | None, str]):
    jsonrpc: Literal["2.0"]
    params: dict[str, Any] | None = None
    def __init__(self, *, method: str, jsonrpc: Literal["2.0"], params: dict[str, Any] | None = ..., **extra: Any) -> None: ...
class JSONRPCResponse(BaseModel):
    jsonrpc: Literal["2.0"]
    id: RequestId
    result: dict[str, Any]
    def __init__(self, *, jsonrpc: Literal["2.0"], id: RequestId, result: dict[str, Any], **extra: Any) -> None: ...
URL_ELICITATION_REQUIRED = -32042
CONNECTION_CLOSED = -32000
PARSE_ERROR = -32700
INVALID_REQUEST = -32600
METHOD_NOT_FOUND = -32601
INVALID_PARAMS = -32602
INTERNAL_ERROR = -32603
class ErrorData(BaseModel):
    code: int
    message: str
    data: Any | None = None
    def __init__(self, *, code: int, message: str, data: Any | None = ..., **extra: Any) -> None: ...
class JSONRPCError(BaseModel):
    jsonrpc: Literal["2.0"]
    id: str | int
    error: ErrorData
    def __init__(self, *, jsonrpc: Literal["2.0"], id: str | int, error: ErrorData, **extra: Any) -> None: ...
class JSONRPCMessage(RootModel[JSONRPCRequest | JSONRPCNotification | JSONRPCResponse | JSONRPCError]):
    ...
class EmptyResult(Result):
    def __init__(self, *, _meta: dict[str, Any] | None = ..., **extra: Any) -> None: ...
class BaseMetadata(BaseModel):
    name: str
    title: str | None = None
    def __init__(self, *, name: str, title: str | None = ..., **extra: Any) -> None: ...
class Icon(BaseModel):
    src: str
    mimeType: str | None = None
    sizes: list[str] | None = None
    def __init__(self, *, src: str, mimeType: str | None = ..., sizes: list[str] | None = ..., **extra: Any) -> None: ...
class Implementation(BaseMetadata):
    version: str
    websiteUrl: str | None = None
    icons: list[Icon] | None = None
    def __init__(self, *, name: str, version: str, title: str | None = ..., websiteUrl: str | None = ..., icons: list[Icon] | None = ..., **extra: Any) -> None: ...
class RootsCapability(BaseModel):
    listChanged: bool | None = None
    def __init__(self, *, listChanged: bool | None = ..., **extra: Any) -> None: ...
class SamplingContextCapability(BaseModel):
    def __init__(self, **extra: Any) -> None: ...
class SamplingToolsCapability(BaseModel):
    def __init__(self, **extra: Any) -> None: ...
class FormElicitationCapability(BaseModel):
    def __init__(self, **extra: Any) -> None: ...
class UrlElicitationCapability(BaseModel):
    def __init__(self, **extra: Any) -> None: ...
class ElicitationCapability(BaseModel):
    form: FormElicitationCapability | None = None
    url: UrlElicitationCapability | None = None
    def __init__(self, *, form: FormElicitationCapability | None = ..., url: UrlElicitationCapability | None = ..., **extra: Any) -> None: ...
class SamplingCapability(BaseModel):
    context: SamplingContextCapability | None = None
    tools: SamplingToolsCapability | None = None
    def __init__(self, *, context: SamplingContextCapability | None = ..., tools: SamplingToolsCapability | None = ..., **extra: Any) -> None: ...
class TasksListCapability(BaseModel):
    def __init__(self, **extra: Any) -> None: ...
class TasksCancelCapability(BaseModel):
    def __init__(self, **extra: Any) -> None: ...
class TasksCreateMessageCapability(BaseModel):
    def __init__(self, **extra: Any) -> None: ...
class TasksSamplingCapability(BaseModel):
    createMessage: TasksCreateMessageCapability | None = None
    def __init__(self, *, createMessage: TasksCreateMessageCapability | None = ..., **extra: Any) -> None: ...
class TasksCreateElicitationCapability(BaseModel):
    def __init__(self, **extra: Any) -> None: ...
class TasksElicitationCapability(BaseModel):
    create: TasksCreateElicitationCapability | None = None
    def __init__(self, *, create: TasksCreateElicitationCapability | None = ..., **extra: Any) -> None: ...
class ClientTasksRequestsCapability(BaseModel):
    sampling: TasksSamplingCapability | None = None
    elicitation: TasksElicitationCapability | None = None
    def __init__(self, *, sampling: TasksSamplingCapability | None = ..., elicitation: TasksElicitationCapability | None = ..., **extra: Any) -> None: ...
class ClientTasksCapability(BaseModel):
    list: TasksListCapability | None = None
    cancel: TasksCancelCapability | None = None
    requests: ClientTasksRequestsCapability | None = None
    def __init__(self, *, list: TasksListCapability | None = ..., cancel: TasksCancelCapability | None = ..., requests: ClientTasksRequestsCapability | None = ..., **extra: Any) -> None: ...
class ClientCapabilities(BaseModel):
    experimental: dict[str, dict[str, Any]] | None = None
    sampling: SamplingCapability | None = None
    elicitation: ElicitationCapability | None = None
    roots: RootsCapability | None = None
    tasks: ClientTasksCapability | None = None
    def __init__(self, *, experimental: dict[str, dict[str, Any]] | None = ..., sampling: SamplingCapability | None = ..., elicitation: ElicitationCapability | None = ..., roots: RootsCapability | None = ..., tasks: ClientTasksCapability | None = ..., **extra: Any) -> None: ...
class PromptsCapability(BaseModel):
    listChanged: bool | None = None
    def __init__(self, *, listChanged: bool | None = ..., **extra: Any) -> None: ...
class ResourcesCapability(BaseModel):
    subscribe: bool | None = None
    listChanged: bool | None = None
    def __init__(self, *, subscribe: bool | None = ..., listChanged: bool | None = ..., **extra: Any) -> None: ...
class ToolsCapability(BaseModel):
    listChanged: bool | None = None
    def __init__(self, *, listChanged: bool | None = ..., **extra: Any) -> None: ...
class LoggingCapability(BaseModel):
    def __init__(self, **extra: Any) -> None: ...
class CompletionsCapability(BaseModel):
    def __init__(self, **extra: Any) -> None: ...
class TasksCallCapability(BaseModel):
    def __init__(self, **extra: Any) -> None: ...
class TasksToolsCapability(BaseModel):
    call: TasksCallCapability | None = None
    def __init__(self, *, call: TasksCallCapability | None = ..., **extra: Any) -> None: ...
class ServerTasksRequestsCapability(BaseModel):
    tools: TasksToolsCapability | None = None
    def __init__(self, *, tools: TasksToolsCapability | None = ..., **extra: Any) -> None: ...
class ServerTasksCapability(BaseModel):
    list: TasksListCapability | None = None
    cancel: TasksCancelCapability | None = None
    requests: ServerTasksRequestsCapability | None = None
    def __init__(self, *, list: TasksListCapability | None = ..., cancel: TasksCancelCapability | None = ..., requests: ServerTasksRequestsCapability | None = ..., **extra: Any) -> None: ...
class ServerCapabilities(BaseModel):
    experimental: dict[str, dict[str, Any]] | None = None
    logging: LoggingCapability | None = None
    prompts: PromptsCapability | None = None
    resources: ResourcesCapability | None = None
    tools: ToolsCapability | None = None
    completions: CompletionsCapability | None = None
    tasks: ServerTasksCapability | None = None
    def __init__(self, *, experimental: dict[str, dict[str, Any]] | None = ..., logging: LoggingCapability | None = ..., prompts: PromptsCapability | None = ..., resources: ResourcesCapability | None = ..., tools: ToolsCapability | None = ..., completions: CompletionsCapability | None = ..., tasks: ServerTasksCapability | None = ..., **extra: Any) -> None: ...
TaskStatus = Literal["working", "input_required", "completed", "failed", "cancelled"]
TASK_STATUS_WORKING: Final[Literal["working"]] = "working"
TASK_STATUS_INPUT_REQUIRED: Final[Literal["input_required"]] = "input_required"
TASK_STATUS_COMPLETED: Final[Literal["completed"]] = "completed"
TASK_STATUS_FAILED: Final[Literal["failed"]] = "failed"
TASK_STATUS_CANCELLED: Final[Literal["cancelled"]] = "cancelled"
class RelatedTaskMetadata(BaseModel):
    taskId: str
    def __init__(self, *, taskId: str, **extra: Any) -> None: ...
class Task(BaseModel):
    taskId: str
    status: TaskStatus
    statusMessage: str | None = None
    createdAt: datetime
    lastUpdatedAt: datetime
    ttl: int | None
    pollInterval: int | None = None
    def __init__(self, *, taskId: str, status: TaskStatus, createdAt: datetime, lastUpdatedAt: datetime, ttl: int | None, statusMessage: str | None = ..., pollInterval: int | None = ..., **extra: Any) -> None: ...
class CreateTaskResult(Result):
    task: Task
    def __init__(self, *, task: Task, _meta: dict[str, Any] | None = ..., **extra: Any) -> None: ...
class GetTaskRequestParams(RequestParams):
    taskId: str
    def __init__(self, *, taskId: str, task: TaskMetadata | None = ..., _meta: RequestParams.Meta | None = ..., **extra: Any) -> None: ...
class GetTaskRequest(Request[GetTaskRequestParams, Literal["tasks/get"]]):
    method: Literal["tasks/get"] = "tasks/get"
    params: GetTaskRequestParams
    def __init__(self, *, params: GetTaskRequestParams, method: Literal["tasks/get"] = ..., **extra: Any) -> None: ...
class GetTaskResult(Result, Task):
    def __init__(self, *, taskId: str, status: TaskStatus, createdAt: datetime, lastUpdatedAt: datetime, ttl: int | None, statusMessage: str | None = ..., pollInterval: int | None = ..., _meta: dict[str, Any] | None = ..., **extra: Any) -> None: ...
class GetTaskPayloadRequestParams(RequestParams):
    taskId: str
    def __init__(self, *, taskId: str, task: TaskMetadata | None = ..., _meta: RequestParams.Meta | None = ..., **extra: Any) -> None: ...
class GetTaskPayloadRequest(Request[GetTaskPayloadRequestParams, Literal["tasks/result"]]):
    method: Literal["tasks/result"] = "tasks/result"
    params: GetTaskPayloadRequestParams
    def __init__(self, *, params: GetTaskPayloadRequestParams, method: Literal["tasks/result"] = ..., **extra: Any) -> None: ...
class GetTaskPayloadResult(Result):
    def __init__(self, *, _meta: dict[str, Any] | None = ..., **extra: Any) -> None: ...
class CancelTaskRequestParams(RequestParams):
    taskId: str
    def __init__(self, *, taskId: str, task: TaskMetadata | None = ..., _meta: RequestParams.Meta | None = ..., **extra: Any) -> None: ...
class CancelTaskRequest(Request[CancelTaskRequestParams, Literal["tasks/cancel"]]):
    method: Literal["tasks/cancel"] = "tasks/cancel"
    params: CancelTaskRequestParams
    def __init__(self, *, params: CancelTaskRequestParams, method: Literal["tasks/cancel"] = ..., **extra: Any) -> None: ...
class CancelTaskResult(Result, Task):
    def __init__(self, *, taskId: str, status: TaskStatus, createdAt: datetime, lastUpdatedAt: datetime, ttl: int | None, statusMessage: str | None = ..., pollInterval: int | None = ..., _meta: dict[str, Any] | None = ..., **extra: Any) -> None: ...
class ListTasksRequest(PaginatedRequest[Literal["tasks/list"]]):
    method: Literal["tasks/list"] = "tasks/list"
    def __init__(self, *, method: Literal["tasks/list"] = ..., params: PaginatedRequestParams | None = ..., **extra: Any) -> None: ...
class ListTasksResult(PaginatedResult):
    tasks: list[Task]
    def __init__(self, *, tasks: list[Task], _meta: dict[str, Any] | None = ..., nextCursor: Cursor | None = ..., **extra: Any) -> None: ...
class TaskStatusNotificationParams(NotificationParams, Task):
    def __init__(self, *, taskId: str, status: TaskStatus, createdAt: datetime, lastUpdatedAt: datetime, ttl: int | None, statusMessage: str | None = ..., pollInterval: int | None = ..., _meta: NotificationParams.Meta | None = ..., **extra: Any) -> None: ...
class TaskStatusNotification(Notification[TaskStatusNotificationParams, Literal["notifications/tasks/status"]]):
    method: Literal["notifications/tasks/status"] = "notifications/tasks/status"
    params: TaskStatusNotificationParams
    def __init__(self, *, params: TaskStatusNotificationParams, method: Literal["notifications/tasks/status"] = ..., **extra: Any) -> None: ...
class InitializeRequestParams(RequestParams):
    protocolVersion: str | int
    capabilities: ClientCapabilities
    clientInfo: Implementation
    def __init__(self, *, protocolVersion: str | int, capabilities: ClientCapabilities, clientInfo: Implementation, task: TaskMetadata | None = ..., _meta: RequestParams.Meta | None = ..., **extra: Any) -> None: ...
class InitializeRequest(Request[InitializeRequestParams, Literal["initialize"]]):
    method: Literal["initialize"] = "initialize"
    params: InitializeRequestParams
    def __init__(self, *, params: InitializeRequestParams, method: Literal["initialize"] = ..., **extra: Any) -> None: ...
class InitializeResult(Result):
    protocolVersion: str | int
    capabilities: ServerCapabilities
    serverInfo: Implementation
    instructions: str | None = None
    def __init__(self, *, protocolVersion: str | int, capabilities: ServerCapabilities, serverInfo: Implementation, _meta: dict[str, Any] | None = ..., instructions: str | None = ..., **extra: Any) -> None: ...
class InitializedNotification(Notification[NotificationParams | None, Literal["notifications/initialized"]]):
    method: Literal["notifications/initialized"] = "notifications/initialized"
    params: NotificationParams | None = None
    def __init__(self, *, method: Literal["notifications/initialized"] = ..., params: NotificationParams | None = ..., **extra: Any) -> None: ...
class PingRequest(Request[RequestParams | None, Literal["ping"]]):
    method: Literal["ping"] = "ping"
    params: RequestParams | None = None
    def __init__(self, *, method: Literal["ping"] = ..., params: RequestParams | None = ..., **extra: Any) -> None: ...
class ProgressNotificationParams(NotificationParams):
    progressToken: ProgressToken
    progress: float
    total: float | None = None
    message: str | None = None
    def __init__(self, *, progressToken: ProgressToken, progress: float, _meta: NotificationParams.Meta | None = ..., total: float | None = ..., message: str | None = ..., **extra: Any) -> None: ...
class ProgressNotification(Notification[ProgressNotificationParams, Literal["notifications/progress"]]):
    method: Literal["notifications/progress"] = "notifications/progress"
    params: ProgressNotificationParams
    def __init__(self, *, params: ProgressNotificationParams, method: Literal["notifications/progress"] = ..., **extra: Any) -> None: ...
class ListResourcesRequest(PaginatedRequest[Literal["resources/list"]]):
    method: Literal["resources/list"] = "resources/list"
    def __init__(self, *, method: Literal["resources/list"] = ..., params: PaginatedRequestParams | None = ..., **extra: Any) -> None: ...
class Annotations(BaseModel):
    audience: list[Role] | None = None
    priority: float | None = None
    def __init__(self, *, audience: list[Role] | None = ..., priority: float | None = ..., **extra: Any) -> None: ...
class Resource(BaseMetadata):
    uri: AnyUrl
    description: str | None = None
    mimeType: str | None = None
    size: int | None = None
    icons: list[Icon] | None = None
    annotations: Annotations | None = None
    meta: dict[str, Any] | None = ...
    def __init__(self, *, name: str, uri: AnyUrl, title: str | None = ..., description: str | None = ..., mimeType: str | None = ..., size: int | None = ..., icons: list[Icon] | None = ..., annotations: Annotations | None = ..., _meta: dict[str, Any] | None = ..., **extra: Any) -> None: ...
class ResourceTemplate(BaseMetadata):
    uriTemplate: str
    description: str | None = None
    mimeType: str | None = None
    icons: list[Icon] | None = None
    annotations: Annotations | None = None
    meta: dict[str, Any] | None = ...
    def __init__(self, *, name: str, uriTemplate: str, title: str | None = ..., description: str | None = ..., mimeType: str | None = ..., icons: list[Icon] | None = ..., annotations: Annotations | None = ..., _meta: dict[str, Any] | None = ..., **extra: Any) -> None: ...
class ListResourcesResult(PaginatedResult):
    resources: list[Resource]
    def __init__(self, *, resources: list[Resource], _meta: dict[str, Any] | None = ..., nextCursor: Cursor | None = ..., **extra: Any) -> None: ...
class ListResourceTemplatesRequest(PaginatedRequest[Literal["resources/templates/list"]]):
    method: Literal["resources/templates/list"] = "resources/templates/list"
    def __init__(self, *, method: Literal["resources/templates/list"] = ..., params: PaginatedRequestParams | None = ..., **extra: Any) -> None: ...
class ListResourceTemplatesResult(PaginatedResult):
    resourceTemplates: list[ResourceTemplate]
    def __init__(self, *, resourceTemplates: list[ResourceTemplate], _meta: dict[str, Any] | None = ..., nextCursor: Cursor | None = ..., **extra: Any) -> None: ...
class ReadResourceRequestParams(RequestParams):
    uri: AnyUrl
    def __init__(self, *, uri: AnyUrl, task: TaskMetadata | None = ..., _meta: RequestParams.Meta | None = ..., **extra: Any) -> None: ...
class ReadResourceRequest(Request[ReadResourceRequestParams, Literal["resources/read"]]):
    method: Literal["resources/read"] = "resources/read"
    params: ReadResourceRequestParams
    def __init__(self, *, params: ReadResourceRequestParams, method: Literal["resources/read"] = ..., **extra: Any) -> None: ...
class ResourceContents(BaseModel):
    uri: AnyUrl
    mimeType: str | None = None
    meta: dict[str, Any] | None = ...
    def __init__(self, *, uri: AnyUrl, mimeType: str | None = ..., _meta: dict[str, Any] | None = ..., **extra: Any) -> None: ...
class TextResourceContents(ResourceContents):
    text: str
    def __init__(self, *, uri: AnyUrl, text: str, mimeType: str | None = ..., _meta: dict[str, Any] | None = ..., **extra: Any) -> None: ...
class BlobResourceContents(ResourceContents):
    blob: str
    def __init__(self, *, uri: AnyUrl, blob: str, mimeType: str | None = ..., _meta: dict[str, Any] | None = ..., **extra: Any) -> None: ...
class ReadResourceResult(Result):
    contents: list[TextResourceContents | BlobResourceContents]
    def __init__(self, *, contents: list[TextResourceContents | BlobResourceContents], _meta: dict[str, Any] | None = ..., **extra: Any) -> None: ...
class ResourceListChangedNotification(Notification[NotificationParams | None, Literal["notifications/resources/list_changed"]]):
    method: Literal["notifications/resources/list_changed"] = "notifications/resources/list_changed"
    params: NotificationParams | None = None
    def __init__(self, *, method: Literal["notifications/resources/list_changed"] = ..., params: NotificationParams | None = ..., **extra: Any) -> None: ...
class SubscribeRequestParams(RequestParams):
    uri: AnyUrl
    def __init__(self, *, uri: AnyUrl, task: TaskMetadata | None = ..., _meta: RequestParams.Meta | None = ..., **extra: Any) -> None: ...
class SubscribeRequest(Request[SubscribeRequestParams, Literal["resources/subscribe"]]):
    method: Literal["resources/subscribe"] = "resources/subscribe"
    params: SubscribeRequestParams
    def __init__(self, *, params: SubscribeRequestParams, method: Literal["resources/subscribe"] = ..., **extra: Any) -> None: ...
class UnsubscribeRequestParams(RequestParams):
    uri: AnyUrl
    def __init__(self, *, uri: AnyUrl, task: TaskMetadata | None = ..., _meta: RequestParams.Meta | None = ..., **extra: Any) -> None: ...
class UnsubscribeRequest(Request[UnsubscribeRequestParams, Literal["resources/unsubscribe"]]):
    method: Literal["resources/unsubscribe"] = "resources/unsubscribe"
    params: UnsubscribeRequestParams
    def __init__(self, *, params: UnsubscribeRequestParams, method: Literal["resources/unsubscribe"] = ..., **extra: Any) -> None: ...
class ResourceUpdatedNotificationParams(NotificationParams):
    uri: AnyUrl
    def __init__(self, *, uri: AnyUrl, _meta: NotificationParams.Meta | None = ..., **extra: Any) -> None: ...
class ResourceUpdatedNotification(Notification[ResourceUpdatedNotificationParams, Literal["notifications/resources/updated"]]):
    method: Literal["notifications/resources/updated"] = "notifications/resources/updated"
    params: ResourceUpdatedNotificationParams
    def __init__(self, *, params: ResourceUpdatedNotificationParams, method: Literal["notifications/resources/updated"] = ..., **extra: Any) -> None: ...
class ListPromptsRequest(PaginatedRequest[Literal["prompts/list"]]):
    method: Literal["prompts/list"] = "prompts/list"
    def __init__(self, *, method: Literal["prompts/list"] = ..., params: PaginatedRequestParams | None = ..., **extra: Any) -> None: ...
class PromptArgument(BaseModel):
    name: str
    description: str | None = None
    required: bool | None = None
    def __init__(self, *, name: str, description: str | None = ..., required: bool | None = ..., **extra: Any) -> None: ...
class Prompt(BaseMetadata):
    description: str | None = None
    arguments: list[PromptArgument] | None = None
    icons: list[Icon] | None = None
    meta: dict[str, Any] | None = ...
    def __init__(self, *, name: str, title: str | None = ..., description: str | None = ..., arguments: list[PromptArgument] | None = ..., icons: list[Icon] | None = ..., _meta: dict[str, Any] | None = ..., **extra: Any) -> None: ...
class ListPromptsResult(PaginatedResult):
    prompts: list[Prompt]
    def __init__(self, *, prompts: list[Prompt], _meta: dict[str, Any] | None = ..., nextCursor: Cursor | None = ..., **extra: Any) -> None: ...
class GetPromptRequestParams(RequestParams):
    name: str
    arguments: dict[str, str] | None = None
    def __init__(self, *, name: str, task: TaskMetadata | None = ..., _meta: RequestParams.Meta | None = ..., arguments: dict[str, str] | None = ..., **extra: Any) -> None: ...
class GetPromptRequest(Request[GetPromptRequestParams, Literal["prompts/get"]]):
    method: Literal["prompts/get"] = "prompts/get"
    params: GetPromptRequestParams
    def __init__(self, *, params: GetPromptRequestParams, method: Literal["prompts/get"] = ..., **extra: Any) -> None: ...
class TextContent(BaseModel):
    type: Literal["text"]
    text: str
    annotations: Annotations | None = None
    meta: dict[str, Any] | None = ...
    def __init__(self, *, type: Literal["text"], text: str, annotations: Annotations | None = ..., _meta: dict[str, Any] | None = ..., **extra: Any) -> None: ...
class ImageContent(BaseModel):
    type: Literal["image"]
    data: str
    mimeType: str
    annotations: Annotations | None = None
    meta: dict[str, Any] | None = ...
    def __init__(self, *, type: Literal["image"], data: str, mimeType: str, annotations: Annotations | None = ..., _meta: dict[str, Any] | None = ..., **extra: Any) -> None: ...
class AudioContent(BaseModel):
    type: Literal["audio"]
    data: str
    mimeType: str
    annotations: Annotations | None = None
    meta: dict[str, Any] | None = ...
    def __init__(self, *, type: Literal["audio"], data: str, mimeType: str, annotations: Annotations | None = ..., _meta: dict[str, Any] | None = ..., **extra: Any) -> None: ...
class ToolUseContent(BaseModel):
    type: Literal["tool_use"]
    name: str
    id: str
    input: dict[str, Any]
    meta: dict[str, Any] | None = ...
    def __init__(self, *, type: Literal["tool_use"], name: str, id: str, input: dict[str, Any], _meta: dict[str, Any] | None = ..., **extra: Any) -> None: ...
class ToolResultContent(BaseModel):
    type: Literal["tool_result"]
    toolUseId: str
    content: list["ContentBlock"] = ...
    structuredContent: dict[str, Any] | None = None
    isError: bool | None = None
    meta: dict[str, Any] | None = ...
    def __init__(self, *, type: Literal["tool_result"], toolUseId: str, content: list["ContentBlock"] = ..., structuredContent: dict[str, Any] | None = ..., isError: bool | None = ..., _meta: dict[str, Any] | None = ..., **extra: Any) -> None: ...
SamplingMessageContentBlock: TypeAlias = TextContent | ImageContent | AudioContent | ToolUseContent | ToolResultContent
SamplingContent: TypeAlias = TextContent | ImageContent | AudioContent
class SamplingMessage(BaseModel):
    role: Role
    content: SamplingMessageContentBlock | list[SamplingMessageContentBlock]
    meta: dict[str, Any] | None = ...
    @property
    def content_as_list(self) -> list[SamplingMessageContentBlock]: ...
    def __init__(self, *, role: Role, content: SamplingMessageContentBlock | list[SamplingMessageContentBlock], _meta: dict[str, Any] | None = ..., **extra: Any) -> None: ...
class EmbeddedResource(BaseModel):
    type: Literal["resource"]
    resource: TextResourceContents | BlobResourceContents
    annotations: Annotations | None = None
    meta: dict[str, Any] | None = ...
    def __init__(self, *, type: Literal["resource"], resource: TextResourceContents | BlobResourceContents, annotations: Annotations | None = ..., _meta: dict[str, Any] | None = ..., **extra: Any) -> None: ...
class ResourceLink(Resource):
    type: Literal["resource_link"]
    def __init__(self, *, name: str, uri: AnyUrl, type: Literal["resource_link"], title: str | None = ..., description: str | None = ..., mimeType: str | None = ..., size: int | None = ..., icons: list[Icon] | None = ..., annotations: Annotations | None = ..., _meta: dict[str, Any] | None = ..., **extra: Any) -> None: ...
ContentBlock = TextContent | ImageContent | AudioContent | ResourceLink | EmbeddedResource
Content: TypeAlias = ContentBlock
class PromptMessage(BaseModel):
    role: Role
    content: ContentBlock
    def __init__(self, *, role: Role, content: ContentBlock, **extra: Any) -> None: ...
class GetPromptResult(Result):
    description: str | None = None
    messages: list[PromptMessage]
    def __init__(self, *, messages: list[PromptMessage], _meta: dict[str, Any] | None = ..., description: str | None = ..., **extra: Any) -> None: ...
class PromptListChangedNotification(Notification[NotificationParams | None, Literal["notifications/prompts/list_changed"]]):
    method: Literal["notifications/prompts/list_changed"] = "notifications/prompts/list_changed"
    params: NotificationParams | None = None
    def __init__(self, *, method: Literal["notifications/prompts/list_changed"] = ..., params: NotificationParams | None = ..., **extra: Any) -> None: ...
class ListToolsRequest(PaginatedRequest[Literal["tools/list"]]):
    method: Literal["tools/list"] = "tools/list"
    def __init__(self, *, method: Literal["tools/list"] = ..., params: PaginatedRequestParams | None = ..., **extra: Any) -> None: ...
class ToolAnnotations(BaseModel):
    title: str | None = None
    readOnlyHint: bool | None = None
    destructiveHint: bool | None = None
    idempotentHint: bool | None = None
    openWorldHint: bool | None = None
    def __init__(self, *, title: str | None = ..., readOnlyHint: bool | None = ..., destructiveHint: bool | None = ..., idempotentHint: bool | None = ..., openWorldHint: bool | None = ..., **extra: Any) -> None: ...
class ToolExecution(BaseModel):
    taskSupport: TaskExecutionMode | None = None
    def __init__(self, *, taskSupport: TaskExecutionMode | None = ..., **extra: Any) -> None: ...
class Tool(BaseMetadata):
    description: str | None = None
    inputSchema: dict[str, Any]
    outputSchema: dict[str, Any] | None = None
    icons: list[Icon] | None = None
    annotations: ToolAnnotations | None = None
    meta: dict[str, Any] | None = ...
    execution: ToolExecution | None = None
    def __init__(self, *, name: str, inputSchema: dict[str, Any], title: str | None = ..., description: str | None = ..., outputSchema: dict[str, Any] | None = ..., icons: list[Icon] | None = ..., annotations: ToolAnnotations | None = ..., _meta: dict[str, Any] | None = ..., execution: ToolExecution | None = ..., **extra: Any) -> None: ...
class ListToolsResult(PaginatedResult):
    tools: list[Tool]
    def __init__(self, *, tools: list[Tool], _meta: dict[str, Any] | None = ..., nextCursor: Cursor | None = ..., **extra: Any) -> None: ...
class CallToolRequestParams(RequestParams):
    name: str
    arguments: dict[str, Any] | None = None
    def __init__(self, *, name: str, task: TaskMetadata | None = ..., _meta: RequestParams.Meta | None = ..., arguments: dict[str, Any] | None = ..., **extra: Any) -> None: ...
class CallToolRequest(Request[CallToolRequestParams, Literal["tools/call"]]):
    method: Literal["tools/call"] = "tools/call"
    params: CallToolRequestParams
    def __init__(self, *, params: CallToolRequestParams, method: Literal["tools/call"] = ..., **extra: Any) -> None: ...
class CallToolResult(Result):
    content: list[ContentBlock]
    structuredContent: dict[str, Any] | None = None
    isError: bool = False
    def __init__(self, *, content: list[ContentBlock], _meta: dict[str, Any] | None = ..., structuredContent: dict[str, Any] | None = ..., isError: bool = ..., **extra: Any) -> None: ...
class ToolListChangedNotification(Notification[NotificationParams | None, Literal["notifications/tools/list_changed"]]):
    method: Literal["notifications/tools/list_changed"] = "notifications/tools/list_changed"
    params: NotificationParams | None = None
    def __init__(self, *, method: Literal["notifications/tools/list_changed"] = ..., params: NotificationParams | None = ..., **extra: Any) -> None: ...
LoggingLevel = Literal["debug", "info", "notice", "warning", "error", "critical", "alert", "emergency"]
class SetLevelRequestParams(RequestParams):
    level: LoggingLevel
    def __init__(self, *, level: LoggingLevel, task: TaskMetadata | None = ..., _meta: RequestParams.Meta | None = ..., **extra: Any) -> None: ...
class SetLevelRequest(Request[SetLevelRequestParams, Literal["logging/setLevel"]]):
    method: Literal["logging/setLevel"] = "logging/setLevel"
    params: SetLevelRequestParams
    def __init__(self, *, params: SetLevelRequestParams, method: Literal["logging/setLevel"] = ..., **extra: Any) -> None: ...
class LoggingMessageNotificationParams(NotificationParams):
    level: LoggingLevel
    logger: str | None = None
    data: Any
    def __init__(self, *, level: LoggingLevel, data: Any, _meta: NotificationParams.Meta | None = ..., logger: str | None = ..., **extra: Any) -> None: ...
class LoggingMessageNotification(Notification[LoggingMessageNotificationParams, Literal["notifications/message"]]):
    method: Literal["notifications/message"] = "notifications/message"
    params: LoggingMessageNotificationParams
    def __init__(self, *, params: LoggingMessageNotificationParams, method: Literal["notifications/message"] = ..., **extra: Any) -> None: ...
IncludeContext = Literal["none", "thisServer", "allServers"]
class ModelHint(BaseModel):
    name: str | None = None
    def __init__(self, *, name: str | None = ..., **extra: Any) -> None: ...
class ModelPreferences(BaseModel):
    hints: list[ModelHint] | None = None
    costPriority: float | None = None
    speedPriority: float | None = None
    intelligencePriority: float | None = None
    def __init__(self, *, hints: list[ModelHint] | None = ..., costPriority: float | None = ..., speedPriority: float | None = ..., intelligencePriority: float | None = ..., **extra: Any) -> None: ...
class ToolChoice(BaseModel):
    mode: Literal["auto", "required", "none"] | None = None
    def __init__(self, *, mode: Literal["auto", "required", "none"] | None = ..., **extra: Any) -> None: ...
class CreateMessageRequestParams(RequestParams):
    messages: list[SamplingMessage]
    modelPreferences: ModelPreferences | None = None
    systemPrompt: str | None = None
    includeContext: IncludeContext | None = None
    temperature: float | None = None
    maxTokens: int
    stopSequences: list[str] | None = None
    metadata: dict[str, Any] | None = None
    tools: list["Tool"] | None = None
    toolChoice: ToolChoice | None = None
    def __init__(self, *, messages: list[SamplingMessage], maxTokens: int, task: TaskMetadata | None = ..., _meta: RequestParams.Meta | None = ..., modelPreferences: ModelPreferences | None = ..., systemPrompt: str | None = ..., includeContext: IncludeContext | None = ..., temperature: float | None = ..., stopSequences: list[str] | None = ..., metadata: dict[str, Any] | None = ..., tools: list["Tool"] | None = ..., toolChoice: ToolChoice | None = ..., **extra: Any) -> None: ...
class CreateMessageRequest(Request[CreateMessageRequestParams, Literal["sampling/createMessage"]]):
    method: Literal["sampling/createMessage"] = "sampling/createMessage"
    params: CreateMessageRequestParams
    def __init__(self, *, params: CreateMessageRequestParams, method: Literal["sampling/createMessage"] = ..., **extra: Any) -> None: ...
StopReason = Literal["endTurn", "stopSequence", "maxTokens", "toolUse"] | str
class CreateMessageResult(Result):
    role: Role
    content: SamplingContent
    model: str
    stopReason: StopReason | None = None
    def __init__(self, *, role: Role, content: SamplingContent, model: str, _meta: dict[str, Any] | None = ..., stopReason: StopReason | None = ..., **extra: Any) -> None: ...
class CreateMessageResultWithTools(Result):
    role: Role
    content: SamplingMessageContentBlock | list[SamplingMessageContentBlock]
    model: str
    stopReason: StopReason | None = None
    @property
    def content_as_list(self) -> list[SamplingMessageContentBlock]: ...
    def __init__(self, *, role: Role, content: SamplingMessageContentBlock | list[SamplingMessageContentBlock], model: str, _meta: dict[str, Any] | None = ..., stopReason: StopReason | None = ..., **extra: Any) -> None: ...
class ResourceTemplateReference(BaseModel):
    type: Literal["ref/resource"]
    uri: str
    def __init__(self, *, type: Literal["ref/resource"], uri: str, **extra: Any) -> None: ...
@deprecated("")
class ResourceReference(ResourceTemplateReference):
    def __init__(self, *, type: Literal["ref/resource"], uri: str, **extra: Any) -> None: ...
class PromptReference(BaseModel):
    type: Literal["ref/prompt"]
    name: str
    def __init__(self, *, type: Literal["ref/prompt"], name: str, **extra: Any) -> None: ...
class CompletionArgument(BaseModel):
    name: str
    value: str
    def __init__(self, *, name: str, value: str, **extra: Any) -> None: ...
class CompletionContext(BaseModel):
    arguments: dict[str, str] | None = None
    def __init__(self, *, arguments: dict[str, str] | None = ..., **extra: Any) -> None: ...
class CompleteRequestParams(RequestParams):
    ref: ResourceTemplateReference | PromptReference
    argument: CompletionArgument
    context: CompletionContext | None = None
    def __init__(self, *, ref: ResourceTemplateReference | PromptReference, argument: CompletionArgument, task: TaskMetadata | None = ..., _meta: RequestParams.Meta | None = ..., context: CompletionContext | None = ..., **extra: Any) -> None: ...
class CompleteRequest(Request[CompleteRequestParams, Literal["completion/complete"]]):
    method: Literal["completion/complete"] = "completion/complete"
    params: CompleteRequestParams
    def __init__(self, *, params: CompleteRequestParams, method: Literal["completion/complete"] = ..., **extra: Any) -> None: ...
class Completion(BaseModel):
    values: list[str]
    total: int | None = None
    hasMore: bool | None = None
    def __init__(self, *, values: list[str], total: int | None = ..., hasMore: bool | None = ..., **extra: Any) -> None: ...
class CompleteResult(Result):
    completion: Completion
    def __init__(self, *, completion: Completion, _meta: dict[str, Any] | None = ..., **extra: Any) -> None: ...
class ListRootsRequest(Request[RequestParams | None, Literal["roots/list"]]):
    method: Literal["roots/list"] = "roots/list"
    params: RequestParams | None = None
    def __init__(self, *, method: Literal["roots/list"] = ..., params: RequestParams | None = ..., **extra: Any) -> None: ...
class Root(BaseModel):
    uri: FileUrl
    name: str | None = None
    meta: dict[str, Any] | None = ...
    def __init__(self, *, uri: FileUrl, name: str | None = ..., _meta: dict[str, Any] | None = ..., **extra: Any) -> None: ...
class ListRootsResult(Result):
    roots: list[Root]
    def __init__(self, *, roots: list[Root], _meta: dict[str, Any] | None = ..., **extra: Any) -> None: ...
class RootsListChangedNotification(Notification[NotificationParams | None, Literal["notifications/roots/list_changed"]]):
    method: Literal["notifications/roots/list_changed"] = "notifications/roots/list_changed"
    params: NotificationParams | None = None
    def __init__(self, *, method: Literal["notifications/roots/list_changed"] = ..., params: NotificationParams | None = ..., **extra: Any) -> None: ...
class CancelledNotificationParams(NotificationParams):
    requestId: RequestId | None = None
    reason: str | None = None
    def __init__(self, *, _meta: NotificationParams.Meta | None = ..., requestId: RequestId | None = ..., reason: str | None = ..., **extra: Any) -> None: ...
class CancelledNotification(Notification[CancelledNotificationParams, Literal["notifications/cancelled"]]):
    method: Literal["notifications/cancelled"] = "notifications/cancelled"
    params: CancelledNotificationParams
    def __init__(self, *, params: CancelledNotificationParams, method: Literal["notifications/cancelled"] = ..., **extra: Any) -> None: ...
class ElicitCompleteNotificationParams(NotificationParams):
    elicitationId: str
    def __init__(self, *, elicitationId: str, _meta: NotificationParams.Meta | None = ..., **extra: Any) -> None: ...
class ElicitCompleteNotification(Notification[ElicitCompleteNotificationParams, Literal["notifications/elicitation/complete"]]):
    method: Literal["notifications/elicitation/complete"] = "notifications/elicitation/complete"
    params: ElicitCompleteNotificationParams
    def __init__(self, *, params: ElicitCompleteNotificationParams, method: Literal["notifications/elicitation/complete"] = ..., **extra: Any) -> None: ...
ClientRequestType: TypeAlias = PingRequest | InitializeRequest | CompleteRequest | SetLevelRequest | GetPromptRequest | ListPromptsRequest | ListResourcesRequest | ListResourceTemplatesRequest | ReadResourceRequest | SubscribeRequest | UnsubscribeRequest | CallToolRequest | ListToolsRequest | GetTaskRequest | GetTaskPayloadRequest | ListTasksRequest | CancelTaskRequest
class ClientRequest(RootModel[ClientRequestType]):
    ...
ClientNotificationType: TypeAlias = CancelledNotification | ProgressNotification | InitializedNotification | RootsListChangedNotification | TaskStatusNotification
class ClientNotification(RootModel[ClientNotificationType]):
    ...
ElicitRequestedSchema: TypeAlias = dict[str, Any]
class ElicitRequestFormParams(RequestParams):
    mode: Literal["form"] = "form"
    message: str
    requestedSchema: ElicitRequestedSchema
    def __init__(self, *, message: str, requestedSchema: ElicitRequestedSchema, task: TaskMetadata | None = ..., _meta: RequestParams.Meta | None = ..., mode: Literal["form"] = ..., **extra: Any) -> None: ...
class ElicitRequestURLParams(RequestParams):
    mode: Literal["url"] = "url"
    message: str
    url: str
    elicitationId: str
    def __init__(self, *, message: str, url: str, elicitationId: str, task: TaskMetadata | None = ..., _meta: RequestParams.Meta | None = ..., mode: Literal["url"] = ..., **extra: Any) -> None: ...
ElicitRequestParams: TypeAlias = ElicitRequestURLParams | ElicitRequestFormParams
class ElicitRequest(Request[ElicitRequestParams, Literal["elicitation/create"]]):
    method: Literal["elicitation/create"] = "elicitation/create"
    params: ElicitRequestParams
    def __init__(self, *, params: ElicitRequestParams, method: Literal["elicitation/create"] = ..., **extra: Any) -> None: ...
class ElicitResult(Result):
    action: Literal["accept", "decline", "cancel"]
    content: dict[str, str | int | float | bool | list[str] | None] | None = None
    def __init__(self, *, action: Literal["accept", "decline", "cancel"], _meta: dict[str, Any] | None = ..., content: dict[str, str | int | float | bool | list[str] | None] | None = ..., **extra: Any) -> None: ...
class ElicitationRequiredErrorData(BaseModel):
    elicitations: list[ElicitRequestURLParams]
    def __init__(self, *, elicitations: list[ElicitRequestURLParams], **extra: Any) -> None: ...
ClientResultType: TypeAlias = EmptyResult | CreateMessageResult | CreateMessageResultWithTools | ListRootsResult | ElicitResult | GetTaskResult | GetTaskPayloadResult | ListTasksResult | CancelTaskResult | CreateTaskResult
class ClientResult(RootModel[ClientResultType]):
    ...
ServerRequestType: TypeAlias = PingRequest | CreateMessageRequest | ListRootsRequest | ElicitRequest | GetTaskRequest | GetTaskPayloadRequest | ListTasksRequest | CancelTaskRequest
class ServerRequest(RootModel[ServerRequestType]):
    ...
ServerNotificationType: TypeAlias = CancelledNotification | ProgressNotification | LoggingMessageNotification | ResourceUpdatedNotification | ResourceListChangedNotification | ToolListChangedNotification | PromptListChangedNotification | ElicitCompleteNotification | TaskStatusNotification
class ServerNotification(RootModel[ServerNotificationType]):
    ...
ServerResultType: TypeAlias = EmptyResult | InitializeResult | CompleteResult | GetPromptResult | ListPromptsResult | ListResourcesResult | ListResourceTemplatesResult | ReadResourceResult | CallToolResult | ListToolsResult | GetTaskResult | GetTaskPayloadResult | ListTasksResult | CancelTaskResult | CreateTaskResult
class ServerResult(RootModel[ServerResultType]):
    ...
