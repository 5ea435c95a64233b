from typing import Annotated as Annotated, Any as Any, Literal as Literal
from mcp_types._wire_base import WireModel as WireModel
from pydantic import ConfigDict as ConfigDict, Field as Field
class BaseMetadata(WireModel):
    name: str
    title: str | None = None
    def __init__(self, *, name: str, title: str | None = ..., **extra: Any) -> None: ...
class BlobResourceContents(WireModel):
    meta: (dict[str, Any] | None) = None
    blob: str
    mime_type: (str | None) = None
    uri: str
    def __init__(self, *, blob: str, uri: str, meta: (dict[str, Any] | None) = ..., mime_type: (str | None) = ..., **extra: Any) -> None: ...
class BooleanSchema(WireModel):
    default: bool | None = None
    description: str | None = None
    title: str | None = None
    type: Literal["boolean"]
    def __init__(self, *, type: Literal["boolean"], default: bool | None = ..., description: str | None = ..., title: str | None = ..., **extra: Any) -> None: ...
class Params(WireModel):
    task_id: str
    def __init__(self, *, task_id: str, **extra: Any) -> None: ...
class Elicitation(WireModel):
    form: dict[str, Any] | None = None
    url: dict[str, Any] | None = None
    def __init__(self, *, form: dict[str, Any] | None = ..., url: dict[str, Any] | None = ..., **extra: Any) -> None: ...
class Roots(WireModel):
    list_changed: (bool | None) = None
    def __init__(self, *, list_changed: (bool | None) = ..., **extra: Any) -> None: ...
class Sampling(WireModel):
    context: dict[str, Any] | None = None
    tools: dict[str, Any] | None = None
    def __init__(self, *, context: dict[str, Any] | None = ..., tools: dict[str, Any] | None = ..., **extra: Any) -> None: ...
class Elicitation1(WireModel):
    create: dict[str, Any] | None = None
    def __init__(self, *, create: dict[str, Any] | None = ..., **extra: Any) -> None: ...
class Sampling1(WireModel):
    create_message: (dict[str, Any] | None) = None
    def __init__(self, *, create_message: (dict[str, Any] | None) = ..., **extra: Any) -> None: ...
class Requests(WireModel):
    elicitation: Elicitation1 | None = None
    sampling: Sampling1 | None = None
    def __init__(self, *, elicitation: Elicitation1 | None = ..., sampling: Sampling1 | None = ..., **extra: Any) -> None: ...
class Tasks(WireModel):
    cancel: dict[str, Any] | None = None
    list: dict[str, Any] | None = None
    requests: Requests | None = None
    def __init__(self, *, cancel: dict[str, Any] | None = ..., list: dict[str, Any] | None = ..., requests: Requests | None = ..., **extra: Any) -> None: ...
class ClientCapabilities(WireModel):
    elicitation: Elicitation | None = None
    experimental: dict[str, dict[str, Any]] | None = None
    roots: Roots | None = None
    sampling: Sampling | None = None
    tasks: Tasks | None = None
    def __init__(self, *, elicitation: Elicitation | None = ..., experimental: dict[str, dict[str, Any]] | None = ..., roots: Roots | None = ..., sampling: Sampling | None = ..., tasks: Tasks | None = ..., **extra: Any) -> None: ...
class Argument(WireModel):
    name: str
    value: str
    def __init__(self, *, name: str, value: str, **extra: Any) -> None: ...
class Context(WireModel):
    arguments: dict[str, str] | None = None
    def __init__(self, *, arguments: dict[str, str] | None = ..., **extra: Any) -> None: ...
class Completion(WireModel):
    has_more: (bool | None) = None
    total: int | None = None
    values: list[str]
    def __init__(self, *, values: list[str], has_more: (bool | None) = ..., total: int | None = ..., **extra: Any) -> None: ...
class CompleteResult(WireModel):
    meta: (dict[str, Any] | None) = None
    completion: Completion
    def __init__(self, *, completion: Completion, meta: (dict[str, Any] | None) = ..., **extra: Any) -> None: ...
Cursor = str
class RequestedSchema(WireModel):
    schema_: (str | None) = None
    properties: dict[str, Any]
    required: list[str] | None = None
    type: Literal["object"]
    def __init__(self, *, properties: dict[str, Any], type: Literal["object"], schema_: (str | None) = ..., required: list[str] | None = ..., **extra: Any) -> None: ...
class ElicitResult(WireModel):
    meta: (dict[str, Any] | None) = None
    action: Literal["accept", "cancel", "decline"]
    content: dict[str, list[str] | str | int | float | bool | None] | None = None
    def __init__(self, *, action: Literal["accept", "cancel", "decline"], meta: (dict[str, Any] | None) = ..., content: dict[str, list[str] | str | int | float | bool | None] | None = ..., **extra: Any) -> None: ...
class Params1(WireModel):
    elicitation_id: str
    def __init__(self, *, elicitation_id: str, **extra: Any) -> None: ...
class ElicitationCompleteNotification(WireModel):
    jsonrpc: Literal["2.0"]
    method: Literal["notifications/elicitation/complete"]
    params: Params1
    def __init__(self, *, jsonrpc: Literal["2.0"], method: Literal["notifications/elicitation/complete"], params: Params1, **extra: Any) -> None: ...
class Error(WireModel):
    code: int
    data: Any | None = None
    message: str
    def __init__(self, *, code: int, message: str, data: Any | None = ..., **extra: Any) -> None: ...
class Params2(WireModel):
    task_id: str
    def __init__(self, *, task_id: str, **extra: Any) -> None: ...
class GetTaskPayloadResult(WireModel):
    meta: (dict[str, Any] | None) = None
    def __init__(self, *, meta: (dict[str, Any] | None) = ..., **extra: Any) -> None: ...
class Params3(WireModel):
    task_id: str
    def __init__(self, *, task_id: str, **extra: Any) -> None: ...
class Icon(WireModel):
    mime_type: (str | None) = None
    sizes: list[str] | None = None
    src: str
    theme: Literal["dark", "light"] | None = None
    def __init__(self, *, src: str, mime_type: (str | None) = ..., sizes: list[str] | None = ..., theme: Literal["dark", "light"] | None = ..., **extra: Any) -> None: ...
class Icons(WireModel):
    icons: list[Icon] | None = None
    def __init__(self, *, icons: list[Icon] | None = ..., **extra: Any) -> None: ...
class Implementation(WireModel):
    description: str | None = None
    icons: list[Icon] | None = None
    name: str
    title: str | None = None
    version: str
    website_url: (str | None) = None
    def __init__(self, *, name: str, version: str, description: str | None = ..., icons: list[Icon] | None = ..., title: str | None = ..., website_url: (str | None) = ..., **extra: Any) -> None: ...
class JSONRPCNotification(WireModel):
    jsonrpc: Literal["2.0"]
    method: str
    params: dict[str, Any] | None = None
    def __init__(self, *, jsonrpc: Literal["2.0"], method: str, params: dict[str, Any] | None = ..., **extra: Any) -> None: ...
class LegacyTitledEnumSchema(WireModel):
    default: str | None = None
    description: str | None = None
    enum: list[str]
    enum_names: (list[str] | None) = None
    title: str | None = None
    type: Literal["string"]
    def __init__(self, *, enum: list[str], type: Literal["string"], default: str | None = ..., description: str | None = ..., enum_names: (list[str] | None) = ..., title: str | None = ..., **extra: Any) -> None: ...
LoggingLevel = Literal["alert", "critical", "debug", "emergency", "error", "info", "notice", "warning"]
class LoggingMessageNotificationParams(WireModel):
    meta: (dict[str, Any] | None) = None
    data: Any
    level: LoggingLevel
    logger: str | None = None
    def __init__(self, *, data: Any, level: LoggingLevel, meta: (dict[str, Any] | None) = ..., logger: str | None = ..., **extra: Any) -> None: ...
class ModelHint(WireModel):
    name: str | None = None
    def __init__(self, *, name: str | None = ..., **extra: Any) -> None: ...
class ModelPreferences(WireModel):
    cost_priority: (float | None) = None
    hints: list[ModelHint] | None = None
    intelligence_priority: (float | None) = None
    speed_priority: (float | None) = None
    def __init__(self, *, cost_priority: (float | None) = ..., hints: list[ModelHint] | None = ..., intelligence_priority: (float | None) = ..., speed_priority: (float | None) = ..., **extra: Any) -> None: ...
class Notification(WireModel):
    method: str
    params: dict[str, Any] | None = None
    def __init__(self, *, method: str, params: dict[str, Any] | None = ..., **extra: Any) -> None: ...
class NotificationParams(WireModel):
    meta: (dict[str, Any] | None) = None
    def __init__(self, *, meta: (dict[str, Any] | None) = ..., **extra: Any) -> None: ...
class NumberSchema(WireModel):
    default: int | float | None = None
    description: str | None = None
    maximum: int | float | None = None
    minimum: int | float | None = None
    title: str | None = None
    type: Literal["integer", "number"]
    def __init__(self, *, type: Literal["integer", "number"], default: int | float | None = ..., description: str | None = ..., maximum: int | float | None = ..., minimum: int | float | None = ..., title: str | None = ..., **extra: Any) -> None: ...
class PaginatedResult(WireModel):
    meta: (dict[str, Any] | None) = None
    next_cursor: (str | None) = None
    def __init__(self, *, meta: (dict[str, Any] | None) = ..., next_cursor: (str | None) = ..., **extra: Any) -> None: ...
ProgressToken = str | int
class PromptArgument(WireModel):
    description: str | None = None
    name: str
    required: bool | None = None
    title: str | None = None
    def __init__(self, *, name: str, description: str | None = ..., required: bool | None = ..., title: str | None = ..., **extra: Any) -> None: ...
class PromptListChangedNotification(WireModel):
    jsonrpc: Literal["2.0"]
    method: Literal["notifications/prompts/list_changed"]
    params: NotificationParams | None = None
    def __init__(self, *, jsonrpc: Literal["2.0"], method: Literal["notifications/prompts/list_changed"], params: NotificationParams | None = ..., **extra: Any) -> None: ...
class PromptReference(WireModel):
    name: str
    title: str | None = None
    type: Literal["ref/prompt"]
    def __init__(self, *, name: str, type: Literal["ref/prompt"], title: str | None = ..., **extra: Any) -> None: ...
class Meta(WireModel):
    progress_token: (ProgressToken | None) = None
    def __init__(self, *, progress_token: (ProgressToken | None) = ..., **extra: Any) -> None: ...
class ReadResourceRequestParams(WireModel):
    meta: (Meta | None) = None
    uri: str
    def __init__(self, *, uri: str, meta: (Meta | None) = ..., **extra: Any) -> None: ...
class RelatedTaskMetadata(WireModel):
    task_id: str
    def __init__(self, *, task_id: str, **extra: Any) -> None: ...
class Request(WireModel):
    method: str
    params: dict[str, Any] | None = None
    def __init__(self, *, method: str, params: dict[str, Any] | None = ..., **extra: Any) -> None: ...
RequestId = str | int
class RequestParams(WireModel):
    meta: (Meta | None) = None
    def __init__(self, *, meta: (Meta | None) = ..., **extra: Any) -> None: ...
class ResourceContents(WireModel):
    meta: (dict[str, Any] | None) = None
    mime_type: (str | None) = None
    uri: str
    def __init__(self, *, uri: str, meta: (dict[str, Any] | None) = ..., mime_type: (str | None) = ..., **extra: Any) -> None: ...
class ResourceListChangedNotification(WireModel):
    jsonrpc: Literal["2.0"]
    method: Literal["notifications/resources/list_changed"]
    params: NotificationParams | None = None
    def __init__(self, *, jsonrpc: Literal["2.0"], method: Literal["notifications/resources/list_changed"], params: NotificationParams | None = ..., **extra: Any) -> None: ...
class ResourceRequestParams(WireModel):
    meta: (Meta | None) = None
    uri: str
    def __init__(self, *, uri: str, meta: (Meta | None) = ..., **extra: Any) -> None: ...
class ResourceTemplateReference(WireModel):
    type: Literal["ref/resource"]
    uri: str
    def __init__(self, *, type: Literal["ref/resource"], uri: str, **extra: Any) -> None: ...
class ResourceUpdatedNotificationParams(WireModel):
    meta: (dict[str, Any] | None) = None
    uri: str
    def __init__(self, *, uri: str, meta: (dict[str, Any] | None) = ..., **extra: Any) -> None: ...
class Result(WireModel):
    meta: (dict[str, Any] | None) = None
    def __init__(self, *, meta: (dict[str, Any] | None) = ..., **extra: Any) -> None: ...
Role = Literal["assistant", "user"]
class Root(WireModel):
    meta: (dict[str, Any] | None) = None
    name: str | None = None
    uri: str
    def __init__(self, *, uri: str, meta: (dict[str, Any] | None) = ..., name: str | None = ..., **extra: Any) -> None: ...
class RootsListChangedNotification(WireModel):
    jsonrpc: Literal["2.0"]
    method: Literal["notifications/roots/list_changed"]
    params: NotificationParams | None = None
    def __init__(self, *, jsonrpc: Literal["2.0"], method: Literal["notifications/roots/list_changed"], params: NotificationParams | None = ..., **extra: Any) -> None: ...
class Prompts(WireModel):
    list_changed: (bool | None) = None
    def __init__(self, *, list_changed: (bool | None) = ..., **extra: Any) -> None: ...
class Resources(WireModel):
    list_changed: (bool | None) = None
    subscribe: bool | None = None
    def __init__(self, *, list_changed: (bool | None) = ..., subscribe: bool | None = ..., **extra: Any) -> None: ...
class Tools(WireModel):
    call: dict[str, Any] | None = None
    def __init__(self, *, call: dict[str, Any] | None = ..., **extra: Any) -> None: ...
class Requests1(WireModel):
    tools: Tools | None = None
    def __init__(self, *, tools: Tools | None = ..., **extra: Any) -> None: ...
class Tasks1(WireModel):
    cancel: dict[str, Any] | None = None
    list: dict[str, Any] | None = None
    requests: Requests1 | None = None
    def __init__(self, *, cancel: dict[str, Any] | None = ..., list: dict[str, Any] | None = ..., requests: Requests1 | None = ..., **extra: Any) -> None: ...
class Tools1(WireModel):
    list_changed: (bool | None) = None
    def __init__(self, *, list_changed: (bool | None) = ..., **extra: Any) -> None: ...
class ServerCapabilities(WireModel):
    completions: dict[str, Any] | None = None
    experimental: dict[str, dict[str, Any]] | None = None
    logging: dict[str, Any] | None = None
    prompts: Prompts | None = None
    resources: Resources | None = None
    tasks: Tasks1 | None = None
    tools: Tools1 | None = None
    def __init__(self, *, completions: dict[str, Any] | None = ..., experimental: dict[str, dict[str, Any]] | None = ..., logging: dict[str, Any] | None = ..., prompts: Prompts | None = ..., resources: Resources | None = ..., tasks: Tasks1 | None = ..., tools: Tools1 | None = ..., **extra: Any) -> None: ...
class SetLevelRequestParams(WireModel):
    meta: (Meta | None) = None
    level: LoggingLevel
    def __init__(self, *, level: LoggingLevel, meta: (Meta | None) = ..., **extra: Any) -> None: ...
class StringSchema(WireModel):
    default: str | None = None
    description: str | None = None
    format: Literal["date", "date-time", "email", "uri"] | None = None
    max_length: (int | None) = None
    min_length: (int | None) = None
    title: str | None = None
    type: Literal["string"]
    def __init__(self, *, type: Literal["string"], default: str | None = ..., description: str | None = ..., format: Literal["date", "date-time", "email", "uri"] | None = ..., max_length: (int | None) = ..., min_length: (int | None) = ..., title: str | None = ..., **extra: Any) -> None: ...
class SubscribeRequestParams(WireModel):
    meta: (Meta | None) = None
    uri: str
    def __init__(self, *, uri: str, meta: (Meta | None) = ..., **extra: Any) -> None: ...
class TaskMetadata(WireModel):
    ttl: int | None = None
    def __init__(self, *, ttl: int | None = ..., **extra: Any) -> None: ...
TaskStatus = Literal["cancelled", "completed", "failed", "input_required", "working"]
class TextResourceContents(WireModel):
    meta: (dict[str, Any] | None) = None
    mime_type: (str | None) = None
    text: str
    uri: str
    def __init__(self, *, text: str, uri: str, meta: (dict[str, Any] | None) = ..., mime_type: (str | None) = ..., **extra: Any) -> None: ...
class AnyOfItem(WireModel):
    const: str
    title: str
    def __init__(self, *, const: str, title: str, **extra: Any) -> None: ...
class Items(WireModel):
    any_of: list[AnyOfItem]
    def __init__(self, *, any_of: list[AnyOfItem], **extra: Any) -> None: ...
class TitledMultiSelectEnumSchema(WireModel):
    default: list[str] | None = None
    description: str | None = None
    items: Items
    max_items: (int | None) = None
    min_items: (int | None) = None
    title: str | None = None
    type: Literal["array"]
    def __init__(self, *, items: Items, type: Literal["array"], default: list[str] | None = ..., description: str | None = ..., max_items: (int | None) = ..., min_items: (int | None) = ..., title: str | None = ..., **extra: Any) -> None: ...
class OneOfItem(WireModel):
    const: str
    title: str
    def __init__(self, *, const: str, title: str, **extra: Any) -> None: ...
class TitledSingleSelectEnumSchema(WireModel):
    default: str | None = None
    description: str | None = None
    one_of: list[OneOfItem]
    title: str | None = None
    type: Literal["string"]
    def __init__(self, *, one_of: list[OneOfItem], type: Literal["string"], default: str | None = ..., description: str | None = ..., title: str | None = ..., **extra: Any) -> None: ...
class InputSchema(WireModel):
    schema_: (str | None) = None
    properties: dict[str, dict[str, Any] | bool] | None = None
    required: list[str] | None = None
    type: Literal["object"]
    def __init__(self, *, type: Literal["object"], schema_: (str | None) = ..., properties: dict[str, dict[str, Any] | bool] | None = ..., required: list[str] | None = ..., **extra: Any) -> None: ...
class OutputSchema(WireModel):
    schema_: (str | None) = None
    properties: dict[str, dict[str, Any] | bool] | None = None
    required: list[str] | None = None
    type: Literal["object"]
    def __init__(self, *, type: Literal["object"], schema_: (str | None) = ..., properties: dict[str, dict[str, Any] | bool] | None = ..., required: list[str] | None = ..., **extra: Any) -> None: ...
class ToolAnnotations(WireModel):
    destructive_hint: (bool | None) = None
    idempotent_hint: (bool | None) = None
    open_world_hint: (bool | None) = None
    read_only_hint: (bool | None) = None
    title: str | None = None
    def __init__(self, *, destructive_hint: (bool | None) = ..., idempotent_hint: (bool | None) = ..., open_world_hint: (bool | None) = ..., read_only_hint: (bool | None) = ..., title: str | None = ..., **extra: Any) -> None: ...
class ToolChoice(WireModel):
    mode: Literal["auto", "none", "required"] | None = None
    def __init__(self, *, mode: Literal["auto", "none", "required"] | None = ..., **extra: Any) -> None: ...
class ToolExecution(WireModel):
    task_support: (Literal["forbidden", "optional", "required"] | None) = None
    def __init__(self, *, task_support: (Literal["forbidden", "optional", "required"] | None) = ..., **extra: Any) -> None: ...
class ToolListChangedNotification(WireModel):
    jsonrpc: Literal["2.0"]
    method: Literal["notifications/tools/list_changed"]
    params: NotificationParams | None = None
    def __init__(self, *, jsonrpc: Literal["2.0"], method: Literal["notifications/tools/list_changed"], params: NotificationParams | None = ..., **extra: Any) -> None: ...
class ToolUseContent(WireModel):
    meta: (dict[str, Any] | None) = None
    id: str
    input: dict[str, Any]
    name: str
    type: Literal["tool_use"]
    def __init__(self, *, id: str, input: dict[str, Any], name: str, type: Literal["tool_use"], meta: (dict[str, Any] | None) = ..., **extra: Any) -> None: ...
class UnsubscribeRequestParams(WireModel):
    meta: (Meta | None) = None
    uri: str
    def __init__(self, *, uri: str, meta: (Meta | None) = ..., **extra: Any) -> None: ...
class Items1(WireModel):
    enum: list[str]
    type: Literal["string"]
    def __init__(self, *, enum: list[str], type: Literal["string"], **extra: Any) -> None: ...
class UntitledMultiSelectEnumSchema(WireModel):
    default: list[str] | None = None
    description: str | None = None
    items: Items1
    max_items: (int | None) = None
    min_items: (int | None) = None
    title: str | None = None
    type: Literal["array"]
    def __init__(self, *, items: Items1, type: Literal["array"], default: list[str] | None = ..., description: str | None = ..., max_items: (int | None) = ..., min_items: (int | None) = ..., title: str | None = ..., **extra: Any) -> None: ...
class UntitledSingleSelectEnumSchema(WireModel):
    default: str | None = None
    description: str | None = None
    enum: list[str]
    title: str | None = None
    type: Literal["string"]
    def __init__(self, *, enum: list[str], type: Literal["string"], default: str | None = ..., description: str | None = ..., title: str | None = ..., **extra: Any) -> None: ...
class Annotations(WireModel):
    audience: list[Role] | None = None
    last_modified: (str | None) = None
    priority: (float | None) = None
    def __init__(self, *, audience: list[Role] | None = ..., last_modified: (str | None) = ..., priority: (float | None) = ..., **extra: Any) -> None: ...
class AudioContent(WireModel):
    meta: (dict[str, Any] | None) = None
    annotations: Annotations | None = None
    data: str
    mime_type: str
    type: Literal["audio"]
    def __init__(self, *, data: str, mime_type: str, type: Literal["audio"], meta: (dict[str, Any] | None) = ..., annotations: Annotations | None = ..., **extra: Any) -> None: ...
class CallToolRequestParams(WireModel):
    meta: (Meta | None) = None
    arguments: dict[str, Any] | None = None
    name: str
    task: TaskMetadata | None = None
    def __init__(self, *, name: str, meta: (Meta | None) = ..., arguments: dict[str, Any] | None = ..., task: TaskMetadata | None = ..., **extra: Any) -> None: ...
class CancelTaskRequest(WireModel):
    id: RequestId
    jsonrpc: Literal["2.0"]
    method: Literal["tasks/cancel"]
    params: Params
    def __init__(self, *, id: RequestId, jsonrpc: Literal["2.0"], method: Literal["tasks/cancel"], params: Params, **extra: Any) -> None: ...
class CancelledNotificationParams(WireModel):
    meta: (dict[str, Any] | None) = None
    reason: str | None = None
    request_id: (RequestId | None) = None
    def __init__(self, *, meta: (dict[str, Any] | None) = ..., reason: str | None = ..., request_id: (RequestId | None) = ..., **extra: Any) -> None: ...
class CompleteRequestParams(WireModel):
    meta: (Meta | None) = None
    argument: Argument
    context: Context | None = None
    ref: PromptReference | ResourceTemplateReference
    def __init__(self, *, argument: Argument, ref: PromptReference | ResourceTemplateReference, meta: (Meta | None) = ..., context: Context | None = ..., **extra: Any) -> None: ...
class ElicitRequestFormParams(WireModel):
    meta: (Meta | None) = None
    message: str
    mode: Literal["form"] = "form"
    requested_schema: RequestedSchema
    task: TaskMetadata | None = None
    def __init__(self, *, message: str, requested_schema: RequestedSchema, meta: (Meta | None) = ..., mode: Literal["form"] = ..., task: TaskMetadata | None = ..., **extra: Any) -> None: ...
class ElicitRequestURLParams(WireModel):
    meta: (Meta | None) = None
    elicitation_id: str
    message: str
    mode: Literal["url"]
    task: TaskMetadata | None = None
    url: str
    def __init__(self, *, elicitation_id: str, message: str, mode: Literal["url"], url: str, meta: (Meta | None) = ..., task: TaskMetadata | None = ..., **extra: Any) -> None: ...
class EmbeddedResource(WireModel):
    meta: (dict[str, Any] | None) = None
    annotations: Annotations | None = None
    resource: TextResourceContents | BlobResourceContents
    type: Literal["resource"]
    def __init__(self, *, resource: TextResourceContents | BlobResourceContents, type: Literal["resource"], meta: (dict[str, Any] | None) = ..., annotations: Annotations | None = ..., **extra: Any) -> None: ...
EmptyResult = Result
EnumSchema = UntitledSingleSelectEnumSchema | TitledSingleSelectEnumSchema | UntitledMultiSelectEnumSchema | TitledMultiSelectEnumSchema | LegacyTitledEnumSchema
class GetPromptRequestParams(WireModel):
    meta: (Meta | None) = None
    arguments: dict[str, str] | None = None
    name: str
    def __init__(self, *, name: str, meta: (Meta | None) = ..., arguments: dict[str, str] | None = ..., **extra: Any) -> None: ...
class GetTaskPayloadRequest(WireModel):
    id: RequestId
    jsonrpc: Literal["2.0"]
    method: Literal["tasks/result"]
    params: Params2
    def __init__(self, *, id: RequestId, jsonrpc: Literal["2.0"], method: Literal["tasks/result"], params: Params2, **extra: Any) -> None: ...
class GetTaskRequest(WireModel):
    id: RequestId
    jsonrpc: Literal["2.0"]
    method: Literal["tasks/get"]
    params: Params3
    def __init__(self, *, id: RequestId, jsonrpc: Literal["2.0"], method: Literal["tasks/get"], params: Params3, **extra: Any) -> None: ...
class ImageContent(WireModel):
    meta: (dict[str, Any] | None) = None
    annotations: Annotations | None = None
    data: str
    mime_type: str
    type: Literal["image"]
    def __init__(self, *, data: str, mime_type: str, type: Literal["image"], meta: (dict[str, Any] | None) = ..., annotations: Annotations | None = ..., **extra: Any) -> None: ...
class InitializeRequestParams(WireModel):
    meta: (Meta | None) = None
    capabilities: ClientCapabilities
    client_info: Implementation
    protocol_version: str
    def __init__(self, *, capabilities: ClientCapabilities, client_info: Implementation, protocol_version: str, meta: (Meta | None) = ..., **extra: Any) -> None: ...
class InitializeResult(WireModel):
    meta: (dict[str, Any] | None) = None
    capabilities: ServerCapabilities
    instructions: str | None = None
    protocol_version: str
    server_info: Implementation
    def __init__(self, *, capabilities: ServerCapabilities, protocol_version: str, server_info: Implementation, meta: (dict[str, Any] | None) = ..., instructions: str | None = ..., **extra: Any) -> None: ...
class InitializedNotification(WireModel):
    jsonrpc: Literal["2.0"]
    method: Literal["notifications/initialized"]
    params: NotificationParams | None = None
    def __init__(self, *, jsonrpc: Literal["2.0"], method: Literal["notifications/initialized"], params: NotificationParams | None = ..., **extra: Any) -> None: ...
class JSONRPCErrorResponse(WireModel):
    error: Error
    id: RequestId | None = None
    jsonrpc: Literal["2.0"]
    def __init__(self, *, error: Error, jsonrpc: Literal["2.0"], id: RequestId | None = ..., **extra: Any) -> None: ...
class JSONRPCRequest(WireModel):
    id: RequestId
    jsonrpc: Literal["2.0"]
    method: str
    params: dict[str, Any] | None = None
    def __init__(self, *, id: RequestId, jsonrpc: Literal["2.0"], method: str, params: dict[str, Any] | None = ..., **extra: Any) -> None: ...
class JSONRPCResultResponse(WireModel):
    id: RequestId
    jsonrpc: Literal["2.0"]
    result: Result
    def __init__(self, *, id: RequestId, jsonrpc: Literal["2.0"], result: Result, **extra: Any) -> None: ...
class ListRootsRequest(WireModel):
    id: RequestId
    jsonrpc: Literal["2.0"]
    method: Literal["roots/list"]
    params: RequestParams | None = None
    def __init__(self, *, id: RequestId, jsonrpc: Literal["2.0"], method: Literal["roots/list"], params: RequestParams | None = ..., **extra: Any) -> None: ...
class ListRootsResult(WireModel):
    meta: (dict[str, Any] | None) = None
    roots: list[Root]
    def __init__(self, *, roots: list[Root], meta: (dict[str, Any] | None) = ..., **extra: Any) -> None: ...
class LoggingMessageNotification(WireModel):
    jsonrpc: Literal["2.0"]
    method: Literal["notifications/message"]
    params: LoggingMessageNotificationParams
    def __init__(self, *, jsonrpc: Literal["2.0"], method: Literal["notifications/message"], params: LoggingMessageNotificationParams, **extra: Any) -> None: ...
MultiSelectEnumSchema = UntitledMultiSelectEnumSchema | TitledMultiSelectEnumSchema
class PaginatedRequestParams(WireModel):
    meta: (Meta | None) = None
    cursor: str | None = None
    def __init__(self, *, meta: (Meta | None) = ..., cursor: str | None = ..., **extra: Any) -> None: ...
class PingRequest(WireModel):
    id: RequestId
    jsonrpc: Literal["2.0"]
    method: Literal["ping"]
    params: RequestParams | None = None
    def __init__(self, *, id: RequestId, jsonrpc: Literal["2.0"], method: Literal["ping"], params: RequestParams | None = ..., **extra: Any) -> None: ...
PrimitiveSchemaDefinition = StringSchema | NumberSchema | BooleanSchema | UntitledSingleSelectEnumSchema | TitledSingleSelectEnumSchema | UntitledMultiSelectEnumSchema | TitledMultiSelectEnumSchema | LegacyTitledEnumSchema
class ProgressNotificationParams(WireModel):
    meta: (dict[str, Any] | None) = None
    message: str | None = None
    progress: float
    progress_token: ProgressToken
    total: float | None = None
    def __init__(self, *, progress: float, progress_token: ProgressToken, meta: (dict[str, Any] | None) = ..., message: str | None = ..., total: float | None = ..., **extra: Any) -> None: ...
class Prompt(WireModel):
    meta: (dict[str, Any] | None) = None
    arguments: list[PromptArgument] | None = None
    description: str | None = None
    icons: list[Icon] | None = None
    name: str
    title: str | None = None
    def __init__(self, *, name: str, meta: (dict[str, Any] | None) = ..., arguments: list[PromptArgument] | None = ..., description: str | None = ..., icons: list[Icon] | None = ..., title: str | None = ..., **extra: Any) -> None: ...
class ReadResourceRequest(WireModel):
    id: RequestId
    jsonrpc: Literal["2.0"]
    method: Literal["resources/read"]
    params: ReadResourceRequestParams
    def __init__(self, *, id: RequestId, jsonrpc: Literal["2.0"], method: Literal["resources/read"], params: ReadResourceRequestParams, **extra: Any) -> None: ...
class ReadResourceResult(WireModel):
    meta: (dict[str, Any] | None) = None
    contents: list[TextResourceContents | BlobResourceContents]
    def __init__(self, *, contents: list[TextResourceContents | BlobResourceContents], meta: (dict[str, Any] | None) = ..., **extra: Any) -> None: ...
class Resource(WireModel):
    meta: (dict[str, Any] | None) = None
    annotations: Annotations | None = None
    description: str | None = None
    icons: list[Icon] | None = None
    mime_type: (str | None) = None
    name: str
    size: int | None = None
    title: str | None = None
    uri: str
    def __init__(self, *, name: str, uri: str, meta: (dict[str, Any] | None) = ..., annotations: Annotations | None = ..., description: str | None = ..., icons: list[Icon] | None = ..., mime_type: (str | None) = ..., size: int | None = ..., title: str | None = ..., **extra: Any) -> None: ...
class ResourceLink(WireModel):
    meta: (dict[str, Any] | None) = None
    annotations: Annotations | None = None
    description: str | None = None
    icons: list[Icon] | None = None
    mime_type: (str | None) = None
    name: str
    size: int | None = None
    title: str | None = None
    type: Literal["resource_link"]
    uri: str
    def __init__(self, *, name: str, type: Literal["resource_link"], uri: str, meta: (dict[str, Any] | None) = ..., annotations: Annotations | None = ..., description: str | None = ..., icons: list[Icon] | None = ..., mime_type: (str | None) = ..., size: int | None = ..., title: str | None = ..., **extra: Any) -> None: ...
class ResourceTemplate(WireModel):
    meta: (dict[str, Any] | None) = None
    annotations: Annotations | None = None
    description: str | None = None
    icons: list[Icon] | None = None
    mime_type: (str | None) = None
    name: str
    title: str | None = None
    uri_template: str
    def __init__(self, *, name: str, uri_template: str, meta: (dict[str, Any] | None) = ..., annotations: Annotations | None = ..., description: str | None = ..., icons: list[Icon] | None = ..., mime_type: (str | None) = ..., title: str | None = ..., **extra: Any) -> None: ...
class ResourceUpdatedNotification(WireModel):
    jsonrpc: Literal["2.0"]
    method: Literal["notifications/resources/updated"]
    params: ResourceUpdatedNotificationParams
    def __init__(self, *, jsonrpc: Literal["2.0"], method: Literal["notifications/resources/updated"], params: ResourceUpdatedNotificationParams, **extra: Any) -> None: ...
class SetLevelRequest(WireModel):
    id: RequestId
    jsonrpc: Literal["2.0"]
    method: Literal["logging/setLevel"]
    params: SetLevelRequestParams
    def __init__(self, *, id: RequestId, jsonrpc: Literal["2.0"], method: Literal["logging/setLevel"], params: SetLevelRequestParams, **extra: Any) -> None: ...
SingleSelectEnumSchema = UntitledSingleSelectEnumSchema | TitledSingleSelectEnumSchema
class SubscribeRequest(WireModel):
    id: RequestId
    jsonrpc: Literal["2.0"]
    method: Literal["resources/subscribe"]
    params: SubscribeRequestParams
    def __init__(self, *, id: RequestId, jsonrpc: Literal["2.0"], method: Literal["resources/subscribe"], params: SubscribeRequestParams, **extra: Any) -> None: ...
class Task(WireModel):
    created_at: str
    last_updated_at: str
    poll_interval: (int | None) = None
    status: TaskStatus
    status_message: (str | None) = None
    task_id: str
    ttl: int | None
    def __init__(self, *, created_at: str, last_updated_at: str, status: TaskStatus, task_id: str, ttl: int | None, poll_interval: (int | None) = ..., status_message: (str | None) = ..., **extra: Any) -> None: ...
class TaskAugmentedRequestParams(WireModel):
    meta: (Meta | None) = None
    task: TaskMetadata | None = None
    def __init__(self, *, meta: (Meta | None) = ..., task: TaskMetadata | None = ..., **extra: Any) -> None: ...
class TaskStatusNotificationParams(NotificationParams, Task):
    def __init__(self, *, created_at: str, last_updated_at: str, status: TaskStatus, task_id: str, ttl: int | None, poll_interval: (int | None) = ..., status_message: (str | None) = ..., meta: (dict[str, Any] | None) = ..., **extra: Any) -> None: ...
class TextContent(WireModel):
    meta: (dict[str, Any] | None) = None
    annotations: Annotations | None = None
    text: str
    type: Literal["text"]
    def __init__(self, *, text: str, type: Literal["text"], meta: (dict[str, Any] | None) = ..., annotations: Annotations | None = ..., **extra: Any) -> None: ...
class Tool(WireModel):
    meta: (dict[str, Any] | None) = None
    annotations: ToolAnnotations | None = None
    description: str | None = None
    execution: ToolExecution | None = None
    icons: list[Icon] | None = None
    input_schema: InputSchema
    name: str
    output_schema: (OutputSchema | None) = None
    title: str | None = None
    def __init__(self, *, input_schema: InputSchema, name: str, meta: (dict[str, Any] | None) = ..., annotations: ToolAnnotations | None = ..., description: str | None = ..., execution: ToolExecution | None = ..., icons: list[Icon] | None = ..., output_schema: (OutputSchema | None) = ..., title: str | None = ..., **extra: Any) -> None: ...
class Data(WireModel):
    elicitations: list[ElicitRequestURLParams]
    def __init__(self, *, elicitations: list[ElicitRequestURLParams], **extra: Any) -> None: ...
class Error1(Error):
    code: Literal[-32042]
    data: Data
    def __init__(self, *, code: Literal[-32042], data: Data, message: str, **extra: Any) -> None: ...
class URLElicitationRequiredError(WireModel):
    error: Error1
    id: RequestId | None = None
    jsonrpc: Literal["2.0"]
    def __init__(self, *, error: Error1, jsonrpc: Literal["2.0"], id: RequestId | None = ..., **extra: Any) -> None: ...
class UnsubscribeRequest(WireModel):
    id: RequestId
    jsonrpc: Literal["2.0"]
    method: Literal["resources/unsubscribe"]
    params: UnsubscribeRequestParams
    def __init__(self, *, id: RequestId, jsonrpc: Literal["2.0"], method: Literal["resources/unsubscribe"], params: UnsubscribeRequestParams, **extra: Any) -> None: ...
class CallToolRequest(WireModel):
    id: RequestId
    jsonrpc: Literal["2.0"]
    method: Literal["tools/call"]
    params: CallToolRequestParams
    def __init__(self, *, id: RequestId, jsonrpc: Literal["2.0"], method: Literal["tools/call"], params: CallToolRequestParams, **extra: Any) -> None: ...
class CancelTaskResult(Result, Task):
    def __init__(self, *, created_at: str, last_updated_at: str, status: TaskStatus, task_id: str, ttl: int | None, poll_interval: (int | None) = ..., status_message: (str | None) = ..., meta: (dict[str, Any] | None) = ..., **extra: Any) -> None: ...
class CancelledNotification(WireModel):
    jsonrpc: Literal["2.0"]
    method: Literal["notifications/cancelled"]
    params: CancelledNotificationParams
    def __init__(self, *, jsonrpc: Literal["2.0"], method: Literal["notifications/cancelled"], params: CancelledNotificationParams, **extra: Any) -> None: ...
class CompleteRequest(WireModel):
    id: RequestId
    jsonrpc: Literal["2.0"]
    method: Literal["completion/complete"]
    params: CompleteRequestParams
    def __init__(self, *, id: RequestId, jsonrpc: Literal["2.0"], method: Literal["completion/complete"], params: CompleteRequestParams, **extra: Any) -> None: ...
ContentBlock = TextContent | ImageContent | AudioContent | ResourceLink | EmbeddedResource
class CreateTaskResult(WireModel):
    meta: (dict[str, Any] | None) = None
    task: Task
    def __init__(self, *, task: Task, meta: (dict[str, Any] | None) = ..., **extra: Any) -> None: ...
ElicitRequestParams = ElicitRequestURLParams | ElicitRequestFormParams
class GetPromptRequest(WireModel):
    id: RequestId
    jsonrpc: Literal["2.0"]
    method: Literal["prompts/get"]
    params: GetPromptRequestParams
    def __init__(self, *, id: RequestId, jsonrpc: Literal["2.0"], method: Literal["prompts/get"], params: GetPromptRequestParams, **extra: Any) -> None: ...
class GetTaskResult(Result, Task):
    def __init__(self, *, created_at: str, last_updated_at: str, status: TaskStatus, task_id: str, ttl: int | None, poll_interval: (int | None) = ..., status_message: (str | None) = ..., meta: (dict[str, Any] | None) = ..., **extra: Any) -> None: ...
class InitializeRequest(WireModel):
    id: RequestId
    jsonrpc: Literal["2.0"]
    method: Literal["initialize"]
    params: InitializeRequestParams
    def __init__(self, *, id: RequestId, jsonrpc: Literal["2.0"], method: Literal["initialize"], params: InitializeRequestParams, **extra: Any) -> None: ...
JSONRPCMessage = JSONRPCRequest | JSONRPCNotification | JSONRPCResultResponse | JSONRPCErrorResponse
JSONRPCResponse = JSONRPCResultResponse | JSONRPCErrorResponse
class ListPromptsRequest(WireModel):
    id: RequestId
    jsonrpc: Literal["2.0"]
    method: Literal["prompts/list"]
    params: PaginatedRequestParams | None = None
    def __init__(self, *, id: RequestId, jsonrpc: Literal["2.0"], method: Literal["prompts/list"], params: PaginatedRequestParams | None = ..., **extra: Any) -> None: ...
class ListPromptsResult(WireModel):
    meta: (dict[str, Any] | None) = None
    next_cursor: (str | None) = None
    prompts: list[Prompt]
    def __init__(self, *, prompts: list[Prompt], meta: (dict[str, Any] | None) = ..., next_cursor: (str | None) = ..., **extra: Any) -> None: ...
class ListResourceTemplatesRequest(WireModel):
    id: RequestId
    jsonrpc: Literal["2.0"]
    method: Literal["resources/templates/list"]
    params: PaginatedRequestParams | None = None
    def __init__(self, *, id: RequestId, jsonrpc: Literal["2.0"], method: Literal["resources/templates/list"], params: PaginatedRequestParams | None = ..., **extra: Any) -> None: ...
class ListResourceTemplatesResult(WireModel):
    meta: (dict[str, Any] | None) = None
    next_cursor: (str | None) = None
    resource_templates: list[ResourceTemplate]
    def __init__(self, *, resource_templates: list[ResourceTemplate], meta: (dict[str, Any] | None) = ..., next_cursor: (str | None) = ..., **extra: Any) -> None: ...
class ListResourcesRequest(WireModel):
    id: RequestId
    jsonrpc: Literal["2.0"]
    method: Literal["resources/list"]
    params: PaginatedRequestParams | None = None
    def __init__(self, *, id: RequestId, jsonrpc: Literal["2.0"], method: Literal["resources/list"], params: PaginatedRequestParams | None = ..., **extra: Any) -> None: ...
class ListResourcesResult(WireModel):
    meta: (dict[str, Any] | None) = None
    next_cursor: (str | None) = None
    resources: list[Resource]
    def __init__(self, *, resources: list[Resource], meta: (dict[str, Any] | None) = ..., next_cursor: (str | None) = ..., **extra: Any) -> None: ...
class ListTasksRequest(WireModel):
    id: RequestId
    jsonrpc: Literal["2.0"]
    method: Literal["tasks/list"]
    params: PaginatedRequestParams | None = None
    def __init__(self, *, id: RequestId, jsonrpc: Literal["2.0"], method: Literal["tasks/list"], params: PaginatedRequestParams | None = ..., **extra: Any) -> None: ...
class ListTasksResult(WireModel):
    meta: (dict[str, Any] | None) = None
    next_cursor: (str | None) = None
    tasks: list[Task]
    def __init__(self, *, tasks: list[Task], meta: (dict[str, Any] | None) = ..., next_cursor: (str | None) = ..., **extra: Any) -> None: ...
class ListToolsRequest(WireModel):
    id: RequestId
    jsonrpc: Literal["2.0"]
    method: Literal["tools/list"]
    params: PaginatedRequestParams | None = None
    def __init__(self, *, id: RequestId, jsonrpc: Literal["2.0"], method: Literal["tools/list"], params: PaginatedRequestParams | None = ..., **extra: Any) -> None: ...
class ListToolsResult(WireModel):
    meta: (dict[str, Any] | None) = None
    next_cursor: (str | None) = None
    tools: list[Tool]
    def __init__(self, *, tools: list[Tool], meta: (dict[str, Any] | None) = ..., next_cursor: (str | None) = ..., **extra: Any) -> None: ...
class PaginatedRequest(WireModel):
    id: RequestId
    jsonrpc: Literal["2.0"]
    method: str
    params: PaginatedRequestParams | None = None
    def __init__(self, *, id: RequestId, jsonrpc: Literal["2.0"], method: str, params: PaginatedRequestParams | None = ..., **extra: Any) -> None: ...
class ProgressNotification(WireModel):
    jsonrpc: Literal["2.0"]
    method: Literal["notifications/progress"]
    params: ProgressNotificationParams
    def __init__(self, *, jsonrpc: Literal["2.0"], method: Literal["notifications/progress"], params: ProgressNotificationParams, **extra: Any) -> None: ...
class PromptMessage(WireModel):
    content: ContentBlock
    role: Role
    def __init__(self, *, content: ContentBlock, role: Role, **extra: Any) -> None: ...
class TaskStatusNotification(WireModel):
    jsonrpc: Literal["2.0"]
    method: Literal["notifications/tasks/status"]
    params: TaskStatusNotificationParams
    def __init__(self, *, jsonrpc: Literal["2.0"], method: Literal["notifications/tasks/status"], params: TaskStatusNotificationParams, **extra: Any) -> None: ...
class ToolResultContent(WireModel):
    meta: (dict[str, Any] | None) = None
    content: list[ContentBlock]
    is_error: (bool | None) = None
    structured_content: (dict[str, Any] | None) = None
    tool_use_id: str
    type: Literal["tool_result"]
    def __init__(self, *, content: list[ContentBlock], tool_use_id: str, type: Literal["tool_result"], meta: (dict[str, Any] | None) = ..., is_error: (bool | None) = ..., structured_content: (dict[str, Any] | None) = ..., **extra: Any) -> None: ...
class CallToolResult(WireModel):
    meta: (dict[str, Any] | None) = None
    content: list[ContentBlock]
    is_error: (bool | None) = None
    structured_content: (dict[str, Any] | None) = None
    def __init__(self, *, content: list[ContentBlock], meta: (dict[str, Any] | None) = ..., is_error: (bool | None) = ..., structured_content: (dict[str, Any] | None) = ..., **extra: Any) -> None: ...
ClientNotification = CancelledNotification | InitializedNotification | ProgressNotification | TaskStatusNotification | RootsListChangedNotification
ClientRequest = InitializeRequest | PingRequest | ListResourcesRequest | ListResourceTemplatesRequest | ReadResourceRequest | SubscribeRequest | UnsubscribeRequest | ListPromptsRequest | GetPromptRequest | ListToolsRequest | CallToolRequest | GetTaskRequest | GetTaskPayloadRequest | CancelTaskRequest | ListTasksRequest | SetLevelRequest | CompleteRequest
class ElicitRequest(WireModel):
    id: RequestId
    jsonrpc: Literal["2.0"]
    method: Literal["elicitation/create"]
    params: ElicitRequestParams
    def __init__(self, *, id: RequestId, jsonrpc: Literal["2.0"], method: Literal["elicitation/create"], params: ElicitRequestParams, **extra: Any) -> None: ...
class GetPromptResult(WireModel):
    meta: (dict[str, Any] | None) = None
    description: str | None = None
    messages: list[PromptMessage]
    def __init__(self, *, messages: list[PromptMessage], meta: (dict[str, Any] | None) = ..., description: str | None = ..., **extra: Any) -> None: ...
SamplingMessageContentBlock = TextContent | ImageContent | AudioContent | ToolUseContent | ToolResultContent
ServerNotification = CancelledNotification | ProgressNotification | ResourceListChangedNotification | ResourceUpdatedNotification | PromptListChangedNotification | ToolListChangedNotification | TaskStatusNotification | LoggingMessageNotification | ElicitationCompleteNotification
ServerResult = Result | InitializeResult | ListResourcesResult | ListResourceTemplatesResult | ReadResourceResult | ListPromptsResult | GetPromptResult | ListToolsResult | CallToolResult | GetTaskResult | GetTaskPayloadResult | CancelTaskResult | ListTasksResult | CompleteResult
class CreateMessageResult(WireModel):
    meta: (dict[str, Any] | None) = None
    content: TextContent | ImageContent | AudioContent | ToolUseContent | ToolResultContent | list[SamplingMessageContentBlock]
    model: str
    role: Role
    stop_reason: (str | None) = None
    def __init__(self, *, content: TextContent | ImageContent | AudioContent | ToolUseContent | ToolResultContent | list[SamplingMessageContentBlock], model: str, role: Role, meta: (dict[str, Any] | None) = ..., stop_reason: (str | None) = ..., **extra: Any) -> None: ...
class SamplingMessage(WireModel):
    meta: (dict[str, Any] | None) = None
    content: TextContent | ImageContent | AudioContent | ToolUseContent | ToolResultContent | list[SamplingMessageContentBlock]
    role: Role
    def __init__(self, *, content: TextContent | ImageContent | AudioContent | ToolUseContent | ToolResultContent | list[SamplingMessageContentBlock], role: Role, meta: (dict[str, Any] | None) = ..., **extra: Any) -> None: ...
ClientResult = Result | GetTaskResult | GetTaskPayloadResult | CancelTaskResult | ListTasksResult | CreateMessageResult | ListRootsResult | ElicitResult
class CreateMessageRequestParams(WireModel):
    meta: (Meta | None) = None
    include_context: (Literal["allServers", "none", "thisServer"] | None) = None
    max_tokens: int
    messages: list[SamplingMessage]
    metadata: dict[str, Any] | None = None
    model_preferences: (ModelPreferences | None) = None
    stop_sequences: (list[str] | None) = None
    system_prompt: (str | None) = None
    task: TaskMetadata | None = None
    temperature: float | None = None
    tool_choice: (ToolChoice | None) = None
    tools: list[Tool] | None = None
    def __init__(self, *, max_tokens: int, messages: list[SamplingMessage], meta: (Meta | None) = ..., include_context: (Literal["allServers", "none", "thisServer"] | None) = ..., metadata: dict[str, Any] | None = ..., model_preferences: (ModelPreferences | None) = ..., stop_sequences: (list[str] | None) = ..., system_prompt: (str | None) = ..., task: TaskMetadata | None = ..., temperature: float | None = ..., tool_choice: (ToolChoice | None) = ..., tools: list[Tool] | None = ..., **extra: Any) -> None: ...
class CreateMessageRequest(WireModel):
    id: RequestId
    jsonrpc: Literal["2.0"]
    method: Literal["sampling/createMessage"]
    params: CreateMessageRequestParams
    def __init__(self, *, id: RequestId, jsonrpc: Literal["2.0"], method: Literal["sampling/createMessage"], params: CreateMessageRequestParams, **extra: Any) -> None: ...
ServerRequest = PingRequest | GetTaskRequest | GetTaskPayloadRequest | CancelTaskRequest | ListTasksRequest | CreateMessageRequest | ListRootsRequest | ElicitRequest
