from typing import Annotated as Annotated, Any as Any, ClassVar as ClassVar, Final as Final, Generic as Generic, Literal as Literal, TypeAlias as TypeAlias, TypeVar as TypeVar, get_args as get_args
from pydantic import BaseModel as BaseModel, ConfigDict as ConfigDict, Field as Field, FileUrl as FileUrl, TypeAdapter as TypeAdapter, model_validator as model_validator
from pydantic.alias_generators import to_camel as to_camel
from typing_extensions import NotRequired as NotRequired, Self as Self, TypedDict as TypedDict
from mcp_types.jsonrpc import RequestId as RequestId
DEFAULT_NEGOTIATED_VERSION: Final[str] = "2025-03-26"
ProgressToken = str | int
Role = Literal["user", "assistant"]
IconTheme = Literal["light", "dark"]
class MCPModel(BaseModel):
    def __init__(self, **extra: Any) -> None: ...
Meta: TypeAlias = dict[str, Any]
PROTOCOL_VERSION_META_KEY = "io.modelcontextprotocol/protocolVersion"
CLIENT_INFO_META_KEY = "io.modelcontextprotocol/clientInfo"
CLIENT_CAPABILITIES_META_KEY = "io.modelcontextprotocol/clientCapabilities"
LOG_LEVEL_META_KEY = "io.modelcontextprotocol/logLevel"
SERVER_INFO_META_KEY = "io.modelcontextprotocol/serverInfo"
class RequestParamsMeta(TypedDict, extra_items=Any):
    progress_token: NotRequired[ProgressToken]
class RequestParams(MCPModel):
    meta: RequestParamsMeta | None = ...
    def __init__(self, *, _meta: RequestParamsMeta | None = ..., meta: RequestParamsMeta | None = ..., **extra: Any) -> None: ...
class PaginatedRequestParams(RequestParams):
    cursor: str | None = None
    def __init__(self, *, _meta: RequestParamsMeta | None = ..., meta: RequestParamsMeta | None = ..., cursor: str | None = ..., **extra: Any) -> None: ...
class NotificationParams(MCPModel):
    meta: Meta | None = ...
    def __init__(self, *, _meta: Meta | None = ..., meta: Meta | None = ..., **extra: Any) -> None: ...
RequestParamsT = TypeVar("RequestParamsT", bound=RequestParams | dict[str, Any] | None)
NotificationParamsT = TypeVar("NotificationParamsT", bound=NotificationParams | dict[str, Any] | None)
MethodT = TypeVar("MethodT", bound=str)
class Request(MCPModel, Generic[RequestParamsT, MethodT]):
    method: MethodT
    params: RequestParamsT
    name_param: ClassVar[str | None] = None
    def __init__(self, *, method: MethodT, params: RequestParamsT, **extra: Any) -> None: ...
class PaginatedRequest(Request[PaginatedRequestParams | None, MethodT], Generic[MethodT]):
    params: PaginatedRequestParams | None = None
    def __init__(self, *, method: MethodT, params: PaginatedRequestParams | None = ..., **extra: Any) -> None: ...
class Notification(MCPModel, Generic[NotificationParamsT, MethodT]):
    method: MethodT
    params: NotificationParamsT
    def __init__(self, *, method: MethodT, params: NotificationParamsT, **extra: Any) -> None: ...
_CoreResultType = Literal["complete", "input_required"]
ResultType = _CoreResultType | str
CORE_RESULT_TYPES: Final[frozenset[str]] = ...
class Result(MCPModel):
    meta: Meta | None = ...
    def __init__(self, *, _meta: Meta | None = ..., meta: Meta | None = ..., **extra: Any) -> None: ...
class PaginatedResult(Result):
    next_cursor: str | None = None
    def __init__(self, *, _meta: Meta | None = ..., meta: Meta | None = ..., nextCursor: str | None = ..., next_cursor: str | None = ..., **extra: Any) -> None: ...
class CacheableResult(Result):
    ttl_ms: int = 0
    cache_scope: Literal["public", "private"] = "private"
    def __init__(self, *, _meta: Meta | None = ..., meta: Meta | None = ..., ttlMs: int = ..., ttl_ms: int = ..., cacheScope: Literal["public", "private"] = ..., cache_scope: Literal["public", "private"] = ..., **extra: Any) -> None: ...
class EmptyResult(Result):
    result_type: ResultType | None = None
    def __init__(self, *, _meta: Meta | None = ..., meta: Meta | None = ..., resultType: ResultType | None = ..., result_type: ResultType | None = ..., **extra: Any) -> None: ...
class BaseMetadata(MCPModel):
    name: str
    title: str | None = None
    def __init__(self, *, name: str, title: str | None = ..., **extra: Any) -> None: ...
class Icon(MCPModel):
    src: str
    mime_type: str | None = None
    sizes: list[str] | None = None
    theme: IconTheme | None = None
    def __init__(self, *, src: str, mimeType: str | None = ..., mime_type: str | None = ..., sizes: list[str] | None = ..., theme: IconTheme | None = ..., **extra: Any) -> None: ...
class Implementation(BaseMetadata):
    version: str
    description: str | None = None
    website_url: str | None = None
    icons: list[Icon] | None = None
    def __init__(self, *, name: str, version: str, title: str | None = ..., description: str | None = ..., websiteUrl: str | None = ..., website_url: str | None = ..., icons: list[Icon] | None = ..., **extra: Any) -> None: ...
class RootsCapability(MCPModel):
    list_changed: bool | None = None
    def __init__(self, *, listChanged: bool | None = ..., list_changed: bool | None = ..., **extra: Any) -> None: ...
class SamplingContextCapability(MCPModel):
    def __init__(self, **extra: Any) -> None: ...
class SamplingToolsCapability(MCPModel):
    def __init__(self, **extra: Any) -> None: ...
class FormElicitationCapability(MCPModel):
    def __init__(self, **extra: Any) -> None: ...
class UrlElicitationCapability(MCPModel):
    def __init__(self, **extra: Any) -> None: ...
class ElicitationCapability(MCPModel):
    form: FormElicitationCapability | None = None
    url: UrlElicitationCapability | None = None
    def __init__(self, *, form: FormElicitationCapability | None = ..., url: UrlElicitationCapability | None = ..., **extra: Any) -> None: ...
class SamplingCapability(MCPModel):
    context: SamplingContextCapability | None = None
    tools: SamplingToolsCapability | None = None
    def __init__(self, *, context: SamplingContextCapability | None = ..., tools: SamplingToolsCapability | None = ..., **extra: Any) -> None: ...
class TasksListCapability(MCPModel):
    def __init__(self, **extra: Any) -> None: ...
class TasksCancelCapability(MCPModel):
    def __init__(self, **extra: Any) -> None: ...
class TasksCreateMessageCapability(MCPModel):
    def __init__(self, **extra: Any) -> None: ...
class TasksSamplingCapability(MCPModel):
    create_message: TasksCreateMessageCapability | None = None
    def __init__(self, *, createMessage: TasksCreateMessageCapability | None = ..., create_message: TasksCreateMessageCapability | None = ..., **extra: Any) -> None: ...
class TasksCreateElicitationCapability(MCPModel):
    def __init__(self, **extra: Any) -> None: ...
class TasksElicitationCapability(MCPModel):
    create: TasksCreateElicitationCapability | None = None
    def __init__(self, *, create: TasksCreateElicitationCapability | None = ..., **extra: Any) -> None: ...
class ClientTasksRequestsCapability(MCPModel):
    sampling: TasksSamplingCapability | None = None
    elicitation: TasksElicitationCapability | None = None
    def __init__(self, *, sampling: TasksSamplingCapability | None = ..., elicitation: TasksElicitationCapability | None = ..., **extra: Any) -> None: ...
class ClientTasksCapability(MCPModel):
    list: TasksListCapability | None = None
    cancel: TasksCancelCapability | None = None
    requests: ClientTasksRequestsCapability | None = None
    def __init__(self, *, list: TasksListCapability | None = ..., cancel: TasksCancelCapability | None = ..., requests: ClientTasksRequestsCapability | None = ..., **extra: Any) -> None: ...
class ClientCapabilities(MCPModel):
    experimental: dict[str, dict[str, Any]] | None = None
    sampling: SamplingCapability | None = None
    elicitation: ElicitationCapability | None = None
    roots: RootsCapability | None = None
    extensions: dict[str, dict[str, Any]] | None = None
    tasks: ClientTasksCapability | None = None
    def __init__(self, *, experimental: dict[str, dict[str, Any]] | None = ..., sampling: SamplingCapability | None = ..., elicitation: ElicitationCapability | None = ..., roots: RootsCapability | None = ..., extensions: dict[str, dict[str, Any]] | None = ..., tasks: ClientTasksCapability | None = ..., **extra: Any) -> None: ...
class UnsupportedProtocolVersionErrorData(MCPModel):
    supported: list[str]
    requested: str
    def __init__(self, *, supported: list[str], requested: str, **extra: Any) -> None: ...
class MissingRequiredClientCapabilityErrorData(MCPModel):
    required_capabilities: ClientCapabilities
    def __init__(self, *, requiredCapabilities: ClientCapabilities = ..., required_capabilities: ClientCapabilities = ..., **extra: Any) -> None: ...
class PromptsCapability(MCPModel):
    list_changed: bool | None = None
    def __init__(self, *, listChanged: bool | None = ..., list_changed: bool | None = ..., **extra: Any) -> None: ...
class ResourcesCapability(MCPModel):
    subscribe: bool | None = None
    list_changed: bool | None = None
    def __init__(self, *, subscribe: bool | None = ..., listChanged: bool | None = ..., list_changed: bool | None = ..., **extra: Any) -> None: ...
class ToolsCapability(MCPModel):
    list_changed: bool | None = None
    def __init__(self, *, listChanged: bool | None = ..., list_changed: bool | None = ..., **extra: Any) -> None: ...
class LoggingCapability(MCPModel):
    def __init__(self, **extra: Any) -> None: ...
class CompletionsCapability(MCPModel):
    def __init__(self, **extra: Any) -> None: ...
class TasksCallCapability(MCPModel):
    def __init__(self, **extra: Any) -> None: ...
class TasksToolsCapability(MCPModel):
    call: TasksCallCapability | None = None
    def __init__(self, *, call: TasksCallCapability | None = ..., **extra: Any) -> None: ...
class ServerTasksRequestsCapability(MCPModel):
    tools: TasksToolsCapability | None = None
    def __init__(self, *, tools: TasksToolsCapability | None = ..., **extra: Any) -> None: ...
class ServerTasksCapability(MCPModel):
    list: TasksListCapability | None = None
    cancel: TasksCancelCapability | None = None
    requests: ServerTasksRequestsCapability | None = None
    def __init__(self, *, list: TasksListCapability | None = ..., cancel: TasksCancelCapability | None = ..., requests: ServerTasksRequestsCapability | None = ..., **extra: Any) -> None: ...
class ServerCapabilities(MCPModel):
    experimental: dict[str, dict[str, Any]] | None = None
    logging: LoggingCapability | None = None
    prompts: PromptsCapability | None = None
    resources: ResourcesCapability | None = None
    tools: ToolsCapability | None = None
    completions: CompletionsCapability | None = None
    extensions: dict[str, dict[str, Any]] | None = None
    tasks: ServerTasksCapability | None = None
    def __init__(self, *, experimental: dict[str, dict[str, Any]] | None = ..., logging: LoggingCapability | None = ..., prompts: PromptsCapability | None = ..., resources: ResourcesCapability | None = ..., tools: ToolsCapability | None = ..., completions: CompletionsCapability | None = ..., extensions: dict[str, dict[str, Any]] | None = ..., tasks: ServerTasksCapability | None = ..., **extra: Any) -> None: ...
class InitializeRequestParams(RequestParams):
    protocol_version: str
    capabilities: ClientCapabilities
    client_info: Implementation
    def __init__(self, *, capabilities: ClientCapabilities, _meta: RequestParamsMeta | None = ..., meta: RequestParamsMeta | None = ..., protocolVersion: str = ..., protocol_version: str = ..., clientInfo: Implementation = ..., client_info: Implementation = ..., **extra: Any) -> None: ...
class InitializeRequest(Request[InitializeRequestParams, Literal["initialize"]]):
    method: Literal["initialize"] = "initialize"
    params: InitializeRequestParams
    def __init__(self, *, params: InitializeRequestParams, method: Literal["initialize"] = ..., **extra: Any) -> None: ...
class InitializeResult(Result):
    protocol_version: str
    capabilities: ServerCapabilities
    server_info: Implementation
    instructions: str | None = None
    def __init__(self, *, capabilities: ServerCapabilities, _meta: Meta | None = ..., meta: Meta | None = ..., protocolVersion: str = ..., protocol_version: str = ..., serverInfo: Implementation = ..., server_info: Implementation = ..., instructions: str | None = ..., **extra: Any) -> None: ...
class InitializedNotification(Notification[NotificationParams | None, Literal["notifications/initialized"]]):
    method: Literal["notifications/initialized"] = "notifications/initialized"
    params: NotificationParams | None = None
    def __init__(self, *, method: Literal["notifications/initialized"] = ..., params: NotificationParams | None = ..., **extra: Any) -> None: ...
class PingRequest(Request[RequestParams | None, Literal["ping"]]):
    method: Literal["ping"] = "ping"
    params: RequestParams | None = None
    def __init__(self, *, method: Literal["ping"] = ..., params: RequestParams | None = ..., **extra: Any) -> None: ...
class DiscoverRequest(Request[RequestParams | None, Literal["server/discover"]]):
    method: Literal["server/discover"] = "server/discover"
    params: RequestParams | None = None
    def __init__(self, *, method: Literal["server/discover"] = ..., params: RequestParams | None = ..., **extra: Any) -> None: ...
class DiscoverResult(CacheableResult):
    supported_versions: list[str]
    capabilities: ServerCapabilities
    instructions: str | None = None
    result_type: ResultType = "complete"
    def __init__(self, *, capabilities: ServerCapabilities, _meta: Meta | None = ..., meta: Meta | None = ..., ttlMs: int = ..., ttl_ms: int = ..., cacheScope: Literal["public", "private"] = ..., cache_scope: Literal["public", "private"] = ..., supportedVersions: list[str] = ..., supported_versions: list[str] = ..., instructions: str | None = ..., resultType: ResultType = ..., result_type: ResultType = ..., **extra: Any) -> None: ...
class ToolExecution(MCPModel):
    task_support: Literal["forbidden", "optional", "required"] | None = None
    def __init__(self, *, taskSupport: Literal["forbidden", "optional", "required"] | None = ..., task_support: Literal["forbidden", "optional", "required"] | None = ..., **extra: Any) -> None: ...
class TaskMetadata(MCPModel):
    ttl: int | None = None
    def __init__(self, *, ttl: int | None = ..., **extra: Any) -> None: ...
class RelatedTaskMetadata(MCPModel):
    task_id: str
    def __init__(self, *, taskId: str = ..., task_id: str = ..., **extra: Any) -> None: ...
TaskStatus = Literal["working", "input_required", "completed", "failed", "cancelled"]
class Task(MCPModel):
    task_id: str
    status: TaskStatus
    status_message: str | None = None
    created_at: str
    last_updated_at: str
    ttl: int | None
    poll_interval: int | None = None
    def __init__(self, *, status: TaskStatus, ttl: int | None, taskId: str = ..., task_id: str = ..., statusMessage: str | None = ..., status_message: str | None = ..., createdAt: str = ..., created_at: str = ..., lastUpdatedAt: str = ..., last_updated_at: str = ..., pollInterval: int | None = ..., poll_interval: int | None = ..., **extra: Any) -> None: ...
class CreateTaskResult(Result):
    task: Task
    def __init__(self, *, task: Task, _meta: Meta | None = ..., meta: Meta | None = ..., **extra: Any) -> None: ...
class GetTaskRequestParams(RequestParams):
    task_id: str
    def __init__(self, *, _meta: RequestParamsMeta | None = ..., meta: RequestParamsMeta | None = ..., taskId: str = ..., task_id: str = ..., **extra: Any) -> None: ...
class GetTaskRequest(Request[GetTaskRequestParams, Literal["tasks/get"]]):
    method: Literal["tasks/get"] = "tasks/get"
    params: GetTaskRequestParams
    def __init__(self, *, params: GetTaskRequestParams, method: Literal["tasks/get"] = ..., **extra: Any) -> None: ...
class GetTaskResult(Result, Task):
    def __init__(self, *, status: TaskStatus, ttl: int | None, taskId: str = ..., task_id: str = ..., statusMessage: str | None = ..., status_message: str | None = ..., createdAt: str = ..., created_at: str = ..., lastUpdatedAt: str = ..., last_updated_at: str = ..., pollInterval: int | None = ..., poll_interval: int | None = ..., _meta: Meta | None = ..., meta: Meta | None = ..., **extra: Any) -> None: ...
class CancelTaskRequestParams(RequestParams):
    task_id: str
    def __init__(self, *, _meta: RequestParamsMeta | None = ..., meta: RequestParamsMeta | None = ..., taskId: str = ..., task_id: str = ..., **extra: Any) -> None: ...
class CancelTaskRequest(Request[CancelTaskRequestParams, Literal["tasks/cancel"]]):
    method: Literal["tasks/cancel"] = "tasks/cancel"
    params: CancelTaskRequestParams
    def __init__(self, *, params: CancelTaskRequestParams, method: Literal["tasks/cancel"] = ..., **extra: Any) -> None: ...
class CancelTaskResult(Result, Task):
    def __init__(self, *, status: TaskStatus, ttl: int | None, taskId: str = ..., task_id: str = ..., statusMessage: str | None = ..., status_message: str | None = ..., createdAt: str = ..., created_at: str = ..., lastUpdatedAt: str = ..., last_updated_at: str = ..., pollInterval: int | None = ..., poll_interval: int | None = ..., _meta: Meta | None = ..., meta: Meta | None = ..., **extra: Any) -> None: ...
class TaskStatusNotificationParams(NotificationParams, Task):
    def __init__(self, *, status: TaskStatus, ttl: int | None, taskId: str = ..., task_id: str = ..., statusMessage: str | None = ..., status_message: str | None = ..., createdAt: str = ..., created_at: str = ..., lastUpdatedAt: str = ..., last_updated_at: str = ..., pollInterval: int | None = ..., poll_interval: int | None = ..., _meta: Meta | None = ..., meta: Meta | None = ..., **extra: Any) -> None: ...
class TaskStatusNotification(Notification[TaskStatusNotificationParams, Literal["notifications/tasks/status"]]):
    method: Literal["notifications/tasks/status"] = "notifications/tasks/status"
    params: TaskStatusNotificationParams
    def __init__(self, *, params: TaskStatusNotificationParams, method: Literal["notifications/tasks/status"] = ..., **extra: Any) -> None: ...
class GetTaskPayloadRequestParams(RequestParams):
    task_id: str
    def __init__(self, *, _meta: RequestParamsMeta | None = ..., meta: RequestParamsMeta | None = ..., taskId: str = ..., task_id: str = ..., **extra: Any) -> None: ...
class GetTaskPayloadRequest(Request[GetTaskPayloadRequestParams, Literal["tasks/result"]]):
    method: Literal["tasks/result"] = "tasks/result"
    params: GetTaskPayloadRequestParams
    def __init__(self, *, params: GetTaskPayloadRequestParams, method: Literal["tasks/result"] = ..., **extra: Any) -> None: ...
class GetTaskPayloadResult(Result):
    def __init__(self, *, _meta: Meta | None = ..., meta: Meta | None = ..., **extra: Any) -> None: ...
class ListTasksRequest(PaginatedRequest[Literal["tasks/list"]]):
    method: Literal["tasks/list"] = "tasks/list"
    def __init__(self, *, method: Literal["tasks/list"] = ..., params: PaginatedRequestParams | None = ..., **extra: Any) -> None: ...
class ListTasksResult(PaginatedResult):
    tasks: list[Task]
    def __init__(self, *, tasks: list[Task], _meta: Meta | None = ..., meta: Meta | None = ..., nextCursor: str | None = ..., next_cursor: str | None = ..., **extra: Any) -> None: ...
class ProgressNotificationParams(NotificationParams):
    progress_token: ProgressToken
    progress: float
    total: float | None = None
    message: str | None = None
    def __init__(self, *, progress: float, _meta: Meta | None = ..., meta: Meta | None = ..., progressToken: ProgressToken = ..., progress_token: ProgressToken = ..., total: float | None = ..., message: str | None = ..., **extra: Any) -> None: ...
class ProgressNotification(Notification[ProgressNotificationParams, Literal["notifications/progress"]]):
    method: Literal["notifications/progress"] = "notifications/progress"
    params: ProgressNotificationParams
    def __init__(self, *, params: ProgressNotificationParams, method: Literal["notifications/progress"] = ..., **extra: Any) -> None: ...
class ListResourcesRequest(PaginatedRequest[Literal["resources/list"]]):
    method: Literal["resources/list"] = "resources/list"
    def __init__(self, *, method: Literal["resources/list"] = ..., params: PaginatedRequestParams | None = ..., **extra: Any) -> None: ...
class Annotations(MCPModel):
    audience: list[Role] | None = None
    priority: float | None = None
    last_modified: str | None = None
    def __init__(self, *, audience: list[Role] | None = ..., priority: float | None = ..., lastModified: str | None = ..., last_modified: str | None = ..., **extra: Any) -> None: ...
class Resource(BaseMetadata):
    uri: str
    description: str | None = None
    mime_type: str | None = None
    size: int | None = None
    icons: list[Icon] | None = None
    annotations: Annotations | None = None
    meta: Meta | None = ...
    def __init__(self, *, name: str, uri: str, title: str | None = ..., description: str | None = ..., mimeType: str | None = ..., mime_type: str | None = ..., size: int | None = ..., icons: list[Icon] | None = ..., annotations: Annotations | None = ..., _meta: Meta | None = ..., meta: Meta | None = ..., **extra: Any) -> None: ...
class ResourceTemplate(BaseMetadata):
    uri_template: str
    description: str | None = None
    mime_type: str | None = None
    icons: list[Icon] | None = None
    annotations: Annotations | None = None
    meta: Meta | None = ...
    def __init__(self, *, name: str, title: str | None = ..., uriTemplate: str = ..., uri_template: str = ..., description: str | None = ..., mimeType: str | None = ..., mime_type: str | None = ..., icons: list[Icon] | None = ..., annotations: Annotations | None = ..., _meta: Meta | None = ..., meta: Meta | None = ..., **extra: Any) -> None: ...
class ListResourcesResult(PaginatedResult, CacheableResult):
    resources: list[Resource]
    result_type: ResultType = "complete"
    def __init__(self, *, resources: list[Resource], _meta: Meta | None = ..., meta: Meta | None = ..., ttlMs: int = ..., ttl_ms: int = ..., cacheScope: Literal["public", "private"] = ..., cache_scope: Literal["public", "private"] = ..., nextCursor: str | None = ..., next_cursor: str | None = ..., resultType: ResultType = ..., result_type: ResultType = ..., **extra: Any) -> None: ...
class ListResourceTemplatesRequest(PaginatedRequest[Literal["resources/templates/list"]]):
    method: Literal["resources/templates/list"] = "resources/templates/list"
    def __init__(self, *, method: Literal["resources/templates/list"] = ..., params: PaginatedRequestParams | None = ..., **extra: Any) -> None: ...
class ListResourceTemplatesResult(PaginatedResult, CacheableResult):
    resource_templates: list[ResourceTemplate]
    result_type: ResultType = "complete"
    def __init__(self, *, _meta: Meta | None = ..., meta: Meta | None = ..., ttlMs: int = ..., ttl_ms: int = ..., cacheScope: Literal["public", "private"] = ..., cache_scope: Literal["public", "private"] = ..., nextCursor: str | None = ..., next_cursor: str | None = ..., resourceTemplates: list[ResourceTemplate] = ..., resource_templates: list[ResourceTemplate] = ..., resultType: ResultType = ..., result_type: ResultType = ..., **extra: Any) -> None: ...
class InputResponseRequestParams(RequestParams):
    input_responses: InputResponses | None = None
    request_state: str | None = None
    def __init__(self, *, _meta: RequestParamsMeta | None = ..., meta: RequestParamsMeta | None = ..., inputResponses: InputResponses | None = ..., input_responses: InputResponses | None = ..., requestState: str | None = ..., request_state: str | None = ..., **extra: Any) -> None: ...
class ReadResourceRequestParams(InputResponseRequestParams):
    uri: str
    def __init__(self, *, uri: str, _meta: RequestParamsMeta | None = ..., meta: RequestParamsMeta | None = ..., inputResponses: InputResponses | None = ..., input_responses: InputResponses | None = ..., requestState: str | None = ..., request_state: str | None = ..., **extra: Any) -> None: ...
class ReadResourceRequest(Request[ReadResourceRequestParams, Literal["resources/read"]]):
    method: Literal["resources/read"] = "resources/read"
    params: ReadResourceRequestParams
    def __init__(self, *, params: ReadResourceRequestParams, method: Literal["resources/read"] = ..., **extra: Any) -> None: ...
class ResourceContents(MCPModel):
    uri: str
    mime_type: str | None = None
    meta: Meta | None = ...
    def __init__(self, *, uri: str, mimeType: str | None = ..., mime_type: str | None = ..., _meta: Meta | None = ..., meta: Meta | None = ..., **extra: Any) -> None: ...
class TextResourceContents(ResourceContents):
    text: str
    def __init__(self, *, uri: str, text: str, mimeType: str | None = ..., mime_type: str | None = ..., _meta: Meta | None = ..., meta: Meta | None = ..., **extra: Any) -> None: ...
class BlobResourceContents(ResourceContents):
    blob: str
    def __init__(self, *, uri: str, blob: str, mimeType: str | None = ..., mime_type: str | None = ..., _meta: Meta | None = ..., meta: Meta | None = ..., **extra: Any) -> None: ...
class ReadResourceResult(CacheableResult):
    contents: list[TextResourceContents | BlobResourceContents]
    result_type: ResultType = "complete"
    def __init__(self, *, contents: list[TextResourceContents | BlobResourceContents], _meta: Meta | None = ..., meta: Meta | None = ..., ttlMs: int = ..., ttl_ms: int = ..., cacheScope: Literal["public", "private"] = ..., cache_scope: Literal["public", "private"] = ..., resultType: ResultType = ..., result_type: ResultType = ..., **extra: Any) -> None: ...
class ResourceListChangedNotification(Notification[NotificationParams | None, Literal["notifications/resources/list_changed"]]):
    method: Literal["notifications/resources/list_changed"] = "notifications/resources/list_changed"
    params: NotificationParams | None = None
    def __init__(self, *, method: Literal["notifications/resources/list_changed"] = ..., params: NotificationParams | None = ..., **extra: Any) -> None: ...
class SubscribeRequestParams(RequestParams):
    uri: str
    def __init__(self, *, uri: str, _meta: RequestParamsMeta | None = ..., meta: RequestParamsMeta | None = ..., **extra: Any) -> None: ...
class SubscribeRequest(Request[SubscribeRequestParams, Literal["resources/subscribe"]]):
    method: Literal["resources/subscribe"] = "resources/subscribe"
    params: SubscribeRequestParams
    def __init__(self, *, params: SubscribeRequestParams, method: Literal["resources/subscribe"] = ..., **extra: Any) -> None: ...
class UnsubscribeRequestParams(RequestParams):
    uri: str
    def __init__(self, *, uri: str, _meta: RequestParamsMeta | None = ..., meta: RequestParamsMeta | None = ..., **extra: Any) -> None: ...
class UnsubscribeRequest(Request[UnsubscribeRequestParams, Literal["resources/unsubscribe"]]):
    method: Literal["resources/unsubscribe"] = "resources/unsubscribe"
    params: UnsubscribeRequestParams
    def __init__(self, *, params: UnsubscribeRequestParams, method: Literal["resources/unsubscribe"] = ..., **extra: Any) -> None: ...
class ResourceUpdatedNotificationParams(NotificationParams):
    uri: str
    def __init__(self, *, uri: str, _meta: Meta | None = ..., meta: Meta | None = ..., **extra: Any) -> None: ...
class ResourceUpdatedNotification(Notification[ResourceUpdatedNotificationParams, Literal["notifications/resources/updated"]]):
    method: Literal["notifications/resources/updated"] = "notifications/resources/updated"
    params: ResourceUpdatedNotificationParams
    def __init__(self, *, params: ResourceUpdatedNotificationParams, method: Literal["notifications/resources/updated"] = ..., **extra: Any) -> None: ...
class SubscriptionFilter(MCPModel):
    tools_list_changed: bool | None = None
    prompts_list_changed: bool | None = None
    resources_list_changed: bool | None = None
    resource_subscriptions: list[str] | None = None
    def __init__(self, *, toolsListChanged: bool | None = ..., tools_list_changed: bool | None = ..., promptsListChanged: bool | None = ..., prompts_list_changed: bool | None = ..., resourcesListChanged: bool | None = ..., resources_list_changed: bool | None = ..., resourceSubscriptions: list[str] | None = ..., resource_subscriptions: list[str] | None = ..., **extra: Any) -> None: ...
class SubscriptionsListenRequestParams(RequestParams):
    notifications: SubscriptionFilter
    def __init__(self, *, notifications: SubscriptionFilter, _meta: RequestParamsMeta | None = ..., meta: RequestParamsMeta | None = ..., **extra: Any) -> None: ...
class SubscriptionsListenRequest(Request[SubscriptionsListenRequestParams, Literal["subscriptions/listen"]]):
    method: Literal["subscriptions/listen"] = "subscriptions/listen"
    params: SubscriptionsListenRequestParams
    def __init__(self, *, params: SubscriptionsListenRequestParams, method: Literal["subscriptions/listen"] = ..., **extra: Any) -> None: ...
class SubscriptionsAcknowledgedNotificationParams(NotificationParams):
    notifications: SubscriptionFilter
    def __init__(self, *, notifications: SubscriptionFilter, _meta: Meta | None = ..., meta: Meta | None = ..., **extra: Any) -> None: ...
class SubscriptionsAcknowledgedNotification(Notification[SubscriptionsAcknowledgedNotificationParams, Literal["notifications/subscriptions/acknowledged"]]):
    method: Literal["notifications/subscriptions/acknowledged"] = "notifications/subscriptions/acknowledged"
    params: SubscriptionsAcknowledgedNotificationParams
    def __init__(self, *, params: SubscriptionsAcknowledgedNotificationParams, method: Literal["notifications/subscriptions/acknowledged"] = ..., **extra: Any) -> None: ...
class SubscriptionsListenResult(Result):
    result_type: ResultType = "complete"
    def __init__(self, *, _meta: Meta | None = ..., meta: Meta | None = ..., resultType: ResultType = ..., result_type: ResultType = ..., **extra: Any) -> None: ...
class ListPromptsRequest(PaginatedRequest[Literal["prompts/list"]]):
    method: Literal["prompts/list"] = "prompts/list"
    def __init__(self, *, method: Literal["prompts/list"] = ..., params: PaginatedRequestParams | None = ..., **extra: Any) -> None: ...
class PromptArgument(BaseMetadata):
    description: str | None = None
    required: bool | None = None
    def __init__(self, *, name: str, title: str | None = ..., description: str | None = ..., required: bool | None = ..., **extra: Any) -> None: ...
class Prompt(BaseMetadata):
    description: str | None = None
    arguments: list[PromptArgument] | None = None
    icons: list[Icon] | None = None
    meta: Meta | None = ...
    def __init__(self, *, name: str, title: str | None = ..., description: str | None = ..., arguments: list[PromptArgument] | None = ..., icons: list[Icon] | None = ..., _meta: Meta | None = ..., meta: Meta | None = ..., **extra: Any) -> None: ...
class ListPromptsResult(PaginatedResult, CacheableResult):
    prompts: list[Prompt]
    result_type: ResultType = "complete"
    def __init__(self, *, prompts: list[Prompt], _meta: Meta | None = ..., meta: Meta | None = ..., ttlMs: int = ..., ttl_ms: int = ..., cacheScope: Literal["public", "private"] = ..., cache_scope: Literal["public", "private"] = ..., nextCursor: str | None = ..., next_cursor: str | None = ..., resultType: ResultType = ..., result_type: ResultType = ..., **extra: Any) -> None: ...
class GetPromptRequestParams(InputResponseRequestParams):
    name: str
    arguments: dict[str, str] | None = None
    def __init__(self, *, name: str, _meta: RequestParamsMeta | None = ..., meta: RequestParamsMeta | None = ..., inputResponses: InputResponses | None = ..., input_responses: InputResponses | None = ..., requestState: str | None = ..., request_state: str | None = ..., arguments: dict[str, str] | None = ..., **extra: Any) -> None: ...
class GetPromptRequest(Request[GetPromptRequestParams, Literal["prompts/get"]]):
    method: Literal["prompts/get"] = "prompts/get"
    params: GetPromptRequestParams
    def __init__(self, *, params: GetPromptRequestParams, method: Literal["prompts/get"] = ..., **extra: Any) -> None: ...
class TextContent(MCPModel):
    type: Literal["text"] = "text"
    text: str
    annotations: Annotations | None = None
    meta: Meta | None = ...
    def __init__(self, *, text: str, type: Literal["text"] = ..., annotations: Annotations | None = ..., _meta: Meta | None = ..., meta: Meta | None = ..., **extra: Any) -> None: ...
class ImageContent(MCPModel):
    type: Literal["image"] = "image"
    data: str
    mime_type: str
    annotations: Annotations | None = None
    meta: Meta | None = ...
    def __init__(self, *, data: str, type: Literal["image"] = ..., mimeType: str = ..., mime_type: str = ..., annotations: Annotations | None = ..., _meta: Meta | None = ..., meta: Meta | None = ..., **extra: Any) -> None: ...
class AudioContent(MCPModel):
    type: Literal["audio"] = "audio"
    data: str
    mime_type: str
    annotations: Annotations | None = None
    meta: Meta | None = ...
    def __init__(self, *, data: str, type: Literal["audio"] = ..., mimeType: str = ..., mime_type: str = ..., annotations: Annotations | None = ..., _meta: Meta | None = ..., meta: Meta | None = ..., **extra: Any) -> None: ...
class ToolUseContent(MCPModel):
    type: Literal["tool_use"] = "tool_use"
    name: str
    id: str
    input: dict[str, Any]
    meta: Meta | None = ...
    def __init__(self, *, name: str, id: str, input: dict[str, Any], type: Literal["tool_use"] = ..., _meta: Meta | None = ..., meta: Meta | None = ..., **extra: Any) -> None: ...
class ToolResultContent(MCPModel):
    type: Literal["tool_result"] = "tool_result"
    tool_use_id: str
    content: list[ContentBlock] = ...
    structured_content: Any = None
    is_error: bool | None = None
    meta: Meta | None = ...
    def __init__(self, *, type: Literal["tool_result"] = ..., toolUseId: str = ..., tool_use_id: str = ..., content: list[ContentBlock] = ..., structuredContent: Any = ..., structured_content: Any = ..., isError: bool | None = ..., is_error: bool | None = ..., _meta: Meta | None = ..., meta: Meta | None = ..., **extra: Any) -> None: ...
SamplingMessageContentBlock: TypeAlias = TextContent | ImageContent | AudioContent | ToolUseContent | ToolResultContent
SamplingContent: TypeAlias = TextContent | ImageContent | AudioContent
class SamplingMessage(MCPModel):
    role: Role
    content: SamplingMessageContentBlock | list[SamplingMessageContentBlock]
    meta: Meta | None = ...
    @property
    def content_as_list(self) -> list[SamplingMessageContentBlock]: ...
    def __init__(self, *, role: Role, content: SamplingMessageContentBlock | list[SamplingMessageContentBlock], _meta: Meta | None = ..., meta: Meta | None = ..., **extra: Any) -> None: ...
class EmbeddedResource(MCPModel):
    type: Literal["resource"] = "resource"
    resource: TextResourceContents | BlobResourceContents
    annotations: Annotations | None = None
    meta: Meta | None = ...
    def __init__(self, *, resource: TextResourceContents | BlobResourceContents, type: Literal["resource"] = ..., annotations: Annotations | None = ..., _meta: Meta | None = ..., meta: Meta | None = ..., **extra: Any) -> None: ...
class ResourceLink(Resource):
    type: Literal["resource_link"] = "resource_link"
    def __init__(self, *, name: str, uri: str, title: str | None = ..., description: str | None = ..., mimeType: str | None = ..., mime_type: str | None = ..., size: int | None = ..., icons: list[Icon] | None = ..., annotations: Annotations | None = ..., _meta: Meta | None = ..., meta: Meta | None = ..., type: Literal["resource_link"] = ..., **extra: Any) -> None: ...
ContentBlock = TextContent | ImageContent | AudioContent | ResourceLink | EmbeddedResource
class PromptMessage(MCPModel):
    role: Role
    content: ContentBlock
    def __init__(self, *, role: Role, content: ContentBlock, **extra: Any) -> None: ...
class GetPromptResult(Result):
    description: str | None = None
    messages: list[PromptMessage]
    result_type: ResultType = "complete"
    def __init__(self, *, messages: list[PromptMessage], _meta: Meta | None = ..., meta: Meta | None = ..., description: str | None = ..., resultType: ResultType = ..., result_type: ResultType = ..., **extra: Any) -> None: ...
class PromptListChangedNotification(Notification[NotificationParams | None, Literal["notifications/prompts/list_changed"]]):
    method: Literal["notifications/prompts/list_changed"] = "notifications/prompts/list_changed"
    params: NotificationParams | None = None
    def __init__(self, *, method: Literal["notifications/prompts/list_changed"] = ..., params: NotificationParams | None = ..., **extra: Any) -> None: ...
class ListToolsRequest(PaginatedRequest[Literal["tools/list"]]):
    method: Literal["tools/list"] = "tools/list"
    def __init__(self, *, method: Literal["tools/list"] = ..., params: PaginatedRequestParams | None = ..., **extra: Any) -> None: ...
class ToolAnnotations(MCPModel):
    title: str | None = None
    read_only_hint: bool | None = None
    destructive_hint: bool | None = None
    idempotent_hint: bool | None = None
    open_world_hint: bool | None = None
    def __init__(self, *, title: str | None = ..., readOnlyHint: bool | None = ..., read_only_hint: bool | None = ..., destructiveHint: bool | None = ..., destructive_hint: bool | None = ..., idempotentHint: bool | None = ..., idempotent_hint: bool | None = ..., openWorldHint: bool | None = ..., open_world_hint: bool | None = ..., **extra: Any) -> None: ...
class Tool(BaseMetadata):
    description: str | None = None
    input_schema: dict[str, Any]
    execution: ToolExecution | None = None
    output_schema: dict[str, Any] | None = None
    icons: list[Icon] | None = None
    annotations: ToolAnnotations | None = None
    meta: Meta | None = ...
    def __init__(self, *, name: str, title: str | None = ..., description: str | None = ..., inputSchema: dict[str, Any] = ..., input_schema: dict[str, Any] = ..., execution: ToolExecution | None = ..., outputSchema: dict[str, Any] | None = ..., output_schema: dict[str, Any] | None = ..., icons: list[Icon] | None = ..., annotations: ToolAnnotations | None = ..., _meta: Meta | None = ..., meta: Meta | None = ..., **extra: Any) -> None: ...
class ListToolsResult(PaginatedResult, CacheableResult):
    tools: list[Tool]
    result_type: ResultType = "complete"
    def __init__(self, *, tools: list[Tool], _meta: Meta | None = ..., meta: Meta | None = ..., ttlMs: int = ..., ttl_ms: int = ..., cacheScope: Literal["public", "private"] = ..., cache_scope: Literal["public", "private"] = ..., nextCursor: str | None = ..., next_cursor: str | None = ..., resultType: ResultType = ..., result_type: ResultType = ..., **extra: Any) -> None: ...
class CallToolRequestParams(InputResponseRequestParams):
    name: str
    arguments: dict[str, Any] | None = None
    task: TaskMetadata | None = None
    def __init__(self, *, name: str, _meta: RequestParamsMeta | None = ..., meta: RequestParamsMeta | None = ..., inputResponses: InputResponses | None = ..., input_responses: InputResponses | None = ..., requestState: str | None = ..., request_state: str | None = ..., arguments: dict[str, Any] | None = ..., task: TaskMetadata | None = ..., **extra: Any) -> None: ...
class CallToolRequest(Request[CallToolRequestParams, Literal["tools/call"]]):
    method: Literal["tools/call"] = "tools/call"
    params: CallToolRequestParams
    def __init__(self, *, params: CallToolRequestParams, method: Literal["tools/call"] = ..., **extra: Any) -> None: ...
class CallToolResult(Result):
    content: list[ContentBlock]
    structured_content: Any = None
    is_error: bool = False
    result_type: ResultType = "complete"
    def __init__(self, *, content: list[ContentBlock], _meta: Meta | None = ..., meta: Meta | None = ..., structuredContent: Any = ..., structured_content: Any = ..., isError: bool = ..., is_error: bool = ..., resultType: ResultType = ..., result_type: ResultType = ..., **extra: Any) -> None: ...
class ToolListChangedNotification(Notification[NotificationParams | None, Literal["notifications/tools/list_changed"]]):
    method: Literal["notifications/tools/list_changed"] = "notifications/tools/list_changed"
    params: NotificationParams | None = None
    def __init__(self, *, method: Literal["notifications/tools/list_changed"] = ..., params: NotificationParams | None = ..., **extra: Any) -> None: ...
LoggingLevel = Literal["debug", "info", "notice", "warning", "error", "critical", "alert", "emergency"]
class SetLevelRequestParams(RequestParams):
    level: LoggingLevel
    def __init__(self, *, level: LoggingLevel, _meta: RequestParamsMeta | None = ..., meta: RequestParamsMeta | None = ..., **extra: Any) -> None: ...
class SetLevelRequest(Request[SetLevelRequestParams, Literal["logging/setLevel"]]):
    method: Literal["logging/setLevel"] = "logging/setLevel"
    params: SetLevelRequestParams
    def __init__(self, *, params: SetLevelRequestParams, method: Literal["logging/setLevel"] = ..., **extra: Any) -> None: ...
class LoggingMessageNotificationParams(NotificationParams):
    level: LoggingLevel
    logger: str | None = None
    data: Any
    def __init__(self, *, level: LoggingLevel, data: Any, _meta: Meta | None = ..., meta: Meta | None = ..., logger: str | None = ..., **extra: Any) -> None: ...
class LoggingMessageNotification(Notification[LoggingMessageNotificationParams, Literal["notifications/message"]]):
    method: Literal["notifications/message"] = "notifications/message"
    params: LoggingMessageNotificationParams
    def __init__(self, *, params: LoggingMessageNotificationParams, method: Literal["notifications/message"] = ..., **extra: Any) -> None: ...
IncludeContext = Literal["none", "thisServer", "allServers"]
class ModelHint(MCPModel):
    name: str | None = None
    def __init__(self, *, name: str | None = ..., **extra: Any) -> None: ...
class ModelPreferences(MCPModel):
    hints: list[ModelHint] | None = None
    cost_priority: float | None = None
    speed_priority: float | None = None
    intelligence_priority: float | None = None
    def __init__(self, *, hints: list[ModelHint] | None = ..., costPriority: float | None = ..., cost_priority: float | None = ..., speedPriority: float | None = ..., speed_priority: float | None = ..., intelligencePriority: float | None = ..., intelligence_priority: float | None = ..., **extra: Any) -> None: ...
class ToolChoice(MCPModel):
    mode: Literal["auto", "required", "none"] | None = None
    def __init__(self, *, mode: Literal["auto", "required", "none"] | None = ..., **extra: Any) -> None: ...
class CreateMessageRequestParams(RequestParams):
    messages: list[SamplingMessage]
    model_preferences: ModelPreferences | None = None
    system_prompt: str | None = None
    include_context: IncludeContext | None = None
    temperature: float | None = None
    max_tokens: int
    stop_sequences: list[str] | None = None
    metadata: dict[str, Any] | None = None
    tools: list[Tool] | None = None
    tool_choice: ToolChoice | None = None
    task: TaskMetadata | None = None
    def __init__(self, *, messages: list[SamplingMessage], _meta: RequestParamsMeta | None = ..., meta: RequestParamsMeta | None = ..., modelPreferences: ModelPreferences | None = ..., model_preferences: ModelPreferences | None = ..., systemPrompt: str | None = ..., system_prompt: str | None = ..., includeContext: IncludeContext | None = ..., include_context: IncludeContext | None = ..., temperature: float | None = ..., maxTokens: int = ..., max_tokens: int = ..., stopSequences: list[str] | None = ..., stop_sequences: list[str] | None = ..., metadata: dict[str, Any] | None = ..., tools: list[Tool] | None = ..., toolChoice: ToolChoice | None = ..., tool_choice: ToolChoice | None = ..., task: TaskMetadata | None = ..., **extra: Any) -> None: ...
class CreateMessageRequest(Request[CreateMessageRequestParams, Literal["sampling/createMessage"]]):
    method: Literal["sampling/createMessage"] = "sampling/createMessage"
    params: CreateMessageRequestParams
    def __init__(self, *, params: CreateMessageRequestParams, method: Literal["sampling/createMessage"] = ..., **extra: Any) -> None: ...
StopReason = Literal["endTurn", "stopSequence", "maxTokens", "toolUse"] | str
class CreateMessageResult(Result):
    role: Role
    content: SamplingContent
    model: str
    stop_reason: StopReason | None = None
    def __init__(self, *, role: Role, content: SamplingContent, model: str, _meta: Meta | None = ..., meta: Meta | None = ..., stopReason: StopReason | None = ..., stop_reason: StopReason | None = ..., **extra: Any) -> None: ...
class CreateMessageResultWithTools(Result):
    role: Role
    content: SamplingMessageContentBlock | list[SamplingMessageContentBlock]
    model: str
    stop_reason: StopReason | None = None
    @property
    def content_as_list(self) -> list[SamplingMessageContentBlock]: ...
    def __init__(self, *, role: Role, content: SamplingMessageContentBlock | list[SamplingMessageContentBlock], model: str, _meta: Meta | None = ..., meta: Meta | None = ..., stopReason: StopReason | None = ..., stop_reason: StopReason | None = ..., **extra: Any) -> None: ...
class ResourceTemplateReference(MCPModel):
    type: Literal["ref/resource"] = "ref/resource"
    uri: str
    def __init__(self, *, uri: str, type: Literal["ref/resource"] = ..., **extra: Any) -> None: ...
class PromptReference(MCPModel):
    type: Literal["ref/prompt"] = "ref/prompt"
    name: str
    title: str | None = None
    def __init__(self, *, name: str, type: Literal["ref/prompt"] = ..., title: str | None = ..., **extra: Any) -> None: ...
class CompletionArgument(MCPModel):
    name: str
    value: str
    def __init__(self, *, name: str, value: str, **extra: Any) -> None: ...
class CompletionContext(MCPModel):
    arguments: dict[str, str] | None = None
    def __init__(self, *, arguments: dict[str, str] | None = ..., **extra: Any) -> None: ...
class CompleteRequestParams(RequestParams):
    ref: ResourceTemplateReference | PromptReference
    argument: CompletionArgument
    context: CompletionContext | None = None
    def __init__(self, *, ref: ResourceTemplateReference | PromptReference, argument: CompletionArgument, _meta: RequestParamsMeta | None = ..., meta: RequestParamsMeta | None = ..., context: CompletionContext | None = ..., **extra: Any) -> None: ...
class CompleteRequest(Request[CompleteRequestParams, Literal["completion/complete"]]):
    method: Literal["completion/complete"] = "completion/complete"
    params: CompleteRequestParams
    def __init__(self, *, params: CompleteRequestParams, method: Literal["completion/complete"] = ..., **extra: Any) -> None: ...
class Completion(MCPModel):
    values: list[str]
    total: int | None = None
    has_more: bool | None = None
    def __init__(self, *, values: list[str], total: int | None = ..., hasMore: bool | None = ..., has_more: bool | None = ..., **extra: Any) -> None: ...
class CompleteResult(Result):
    completion: Completion
    result_type: ResultType = "complete"
    def __init__(self, *, completion: Completion, _meta: Meta | None = ..., meta: Meta | None = ..., resultType: ResultType = ..., result_type: ResultType = ..., **extra: Any) -> None: ...
class ListRootsRequest(Request[RequestParams | None, Literal["roots/list"]]):
    method: Literal["roots/list"] = "roots/list"
    params: RequestParams | None = None
    def __init__(self, *, method: Literal["roots/list"] = ..., params: RequestParams | None = ..., **extra: Any) -> None: ...
class Root(MCPModel):
    uri: FileUrl
    name: str | None = None
    meta: Meta | None = ...
    def __init__(self, *, uri: FileUrl, name: str | None = ..., _meta: Meta | None = ..., meta: Meta | None = ..., **extra: Any) -> None: ...
class ListRootsResult(Result):
    roots: list[Root]
    def __init__(self, *, roots: list[Root], _meta: Meta | None = ..., meta: Meta | None = ..., **extra: Any) -> None: ...
class RootsListChangedNotification(Notification[NotificationParams | None, Literal["notifications/roots/list_changed"]]):
    method: Literal["notifications/roots/list_changed"] = "notifications/roots/list_changed"
    params: NotificationParams | None = None
    def __init__(self, *, method: Literal["notifications/roots/list_changed"] = ..., params: NotificationParams | None = ..., **extra: Any) -> None: ...
class CancelledNotificationParams(NotificationParams):
    request_id: RequestId | None = None
    reason: str | None = None
    def __init__(self, *, _meta: Meta | None = ..., meta: Meta | None = ..., requestId: RequestId | None = ..., request_id: RequestId | None = ..., reason: str | None = ..., **extra: Any) -> None: ...
class CancelledNotification(Notification[CancelledNotificationParams, Literal["notifications/cancelled"]]):
    method: Literal["notifications/cancelled"] = "notifications/cancelled"
    params: CancelledNotificationParams
    def __init__(self, *, params: CancelledNotificationParams, method: Literal["notifications/cancelled"] = ..., **extra: Any) -> None: ...
class ElicitCompleteNotificationParams(NotificationParams):
    elicitation_id: str
    def __init__(self, *, _meta: Meta | None = ..., meta: Meta | None = ..., elicitationId: str = ..., elicitation_id: str = ..., **extra: Any) -> None: ...
class ElicitCompleteNotification(Notification[ElicitCompleteNotificationParams, Literal["notifications/elicitation/complete"]]):
    method: Literal["notifications/elicitation/complete"] = "notifications/elicitation/complete"
    params: ElicitCompleteNotificationParams
    def __init__(self, *, params: ElicitCompleteNotificationParams, method: Literal["notifications/elicitation/complete"] = ..., **extra: Any) -> None: ...
ElicitRequestedSchema: TypeAlias = dict[str, Any]
class ElicitRequestFormParams(RequestParams):
    mode: Literal["form"] = "form"
    message: str
    requested_schema: ElicitRequestedSchema
    task: TaskMetadata | None = None
    def __init__(self, *, message: str, _meta: RequestParamsMeta | None = ..., meta: RequestParamsMeta | None = ..., mode: Literal["form"] = ..., requestedSchema: ElicitRequestedSchema = ..., requested_schema: ElicitRequestedSchema = ..., task: TaskMetadata | None = ..., **extra: Any) -> None: ...
class ElicitRequestURLParams(RequestParams):
    mode: Literal["url"] = "url"
    message: str
    url: str
    elicitation_id: str | None = None
    task: TaskMetadata | None = None
    def __init__(self, *, message: str, url: str, _meta: RequestParamsMeta | None = ..., meta: RequestParamsMeta | None = ..., mode: Literal["url"] = ..., elicitationId: str | None = ..., elicitation_id: str | None = ..., task: TaskMetadata | None = ..., **extra: Any) -> None: ...
ElicitRequestParams: TypeAlias = ElicitRequestURLParams | ElicitRequestFormParams
class ElicitRequest(Request[ElicitRequestParams, Literal["elicitation/create"]]):
    method: Literal["elicitation/create"] = "elicitation/create"
    params: ElicitRequestParams
    def __init__(self, *, params: ElicitRequestParams, method: Literal["elicitation/create"] = ..., **extra: Any) -> None: ...
class ElicitResult(Result):
    action: Literal["accept", "decline", "cancel"]
    content: dict[str, str | int | float | bool | list[str] | None] | None = None
    def __init__(self, *, action: Literal["accept", "decline", "cancel"], _meta: Meta | None = ..., meta: Meta | None = ..., content: dict[str, str | int | float | bool | list[str] | None] | None = ..., **extra: Any) -> None: ...
class ElicitationRequiredErrorData(MCPModel):
    elicitations: list[ElicitRequestURLParams]
    def __init__(self, *, elicitations: list[ElicitRequestURLParams], **extra: Any) -> None: ...
InputRequest: TypeAlias = CreateMessageRequest | ListRootsRequest | ElicitRequest
InputRequests: TypeAlias = dict[str, InputRequest]
InputResponse: TypeAlias = CreateMessageResult | CreateMessageResultWithTools | ListRootsResult | ElicitResult
InputResponses: TypeAlias = dict[str, InputResponse]
class InputRequiredResult(Result):
    result_type: Literal["input_required"] = "input_required"
    input_requests: InputRequests | None = None
    request_state: str | None = None
    def _require_one_field(self) -> Self: ...
    def __init__(self, *, _meta: Meta | None = ..., meta: Meta | None = ..., resultType: Literal["input_required"] = ..., result_type: Literal["input_required"] = ..., inputRequests: InputRequests | None = ..., input_requests: InputRequests | None = ..., requestState: str | None = ..., request_state: str | None = ..., **extra: Any) -> None: ...
ClientRequest = PingRequest | InitializeRequest | CompleteRequest | SetLevelRequest | GetPromptRequest | ListPromptsRequest | ListResourcesRequest | ListResourceTemplatesRequest | ReadResourceRequest | SubscribeRequest | UnsubscribeRequest | CallToolRequest | ListToolsRequest | DiscoverRequest | SubscriptionsListenRequest
client_request_adapter: TypeAdapter[ClientRequest]
ClientNotification = CancelledNotification | ProgressNotification | InitializedNotification | RootsListChangedNotification
client_notification_adapter: TypeAdapter[ClientNotification]
ClientResult = EmptyResult | CreateMessageResult | CreateMessageResultWithTools | ListRootsResult | ElicitResult
client_result_adapter: TypeAdapter[ClientResult]
ServerRequest = PingRequest | CreateMessageRequest | ListRootsRequest | ElicitRequest
server_request_adapter: TypeAdapter[ServerRequest]
ServerNotification = CancelledNotification | ProgressNotification | LoggingMessageNotification | ResourceUpdatedNotification | ResourceListChangedNotification | ToolListChangedNotification | PromptListChangedNotification | ElicitCompleteNotification | SubscriptionsAcknowledgedNotification
server_notification_adapter: TypeAdapter[ServerNotification]
ServerResult = EmptyResult | InitializeResult | DiscoverResult | CompleteResult | GetPromptResult | ListPromptsResult | ListResourcesResult | ListResourceTemplatesResult | ReadResourceResult | CallToolResult | ListToolsResult | SubscriptionsListenResult | InputRequiredResult
server_result_adapter: TypeAdapter[ServerResult]
