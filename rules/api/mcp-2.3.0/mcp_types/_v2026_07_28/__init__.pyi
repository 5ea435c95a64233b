from typing import Annotated as Annotated, Any as Any, Literal as Literal, Union as Union
from mcp_types._wire_base import WireModel as WireModel
from pydantic import ConfigDict as ConfigDict, Field as Field
from typing_extensions import TypeAliasType as TypeAliasType
class BaseMetadata(WireModel):
    name: str
    title: str | None = None
    def __init__(self, *, name: str, title: str | None = ..., **extra: Any) -> None: ...
class BooleanSchema(WireModel):
    default: bool | None = None
    description: str | None = None
    title: str | None = None
    type: Literal["boolean"]
    def __init__(self, *, type: Literal["boolean"], default: bool | None = ..., description: str | None = ..., title: str | None = ..., **extra: Any) -> None: ...
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
Cursor = str
class RequestedSchema(WireModel):
    schema_: (str | None) = None
    properties: dict[str, Any]
    required: list[str] | None = None
    type: Literal["object"]
    def __init__(self, *, properties: dict[str, Any], type: Literal["object"], schema_: (str | None) = ..., required: list[str] | None = ..., **extra: Any) -> None: ...
class ElicitRequestFormParams(WireModel):
    message: str
    mode: Literal["form"] = "form"
    requested_schema: RequestedSchema
    def __init__(self, *, message: str, requested_schema: RequestedSchema, mode: Literal["form"] = ..., **extra: Any) -> None: ...
class ElicitRequestURLParams(WireModel):
    message: str
    mode: Literal["url"]
    url: str
    def __init__(self, *, message: str, mode: Literal["url"], url: str, **extra: Any) -> None: ...
class ElicitResult(WireModel):
    action: Literal["accept", "cancel", "decline"]
    content: dict[str, list[str] | str | int | float | bool | None] | None = None
    def __init__(self, *, action: Literal["accept", "cancel", "decline"], content: dict[str, list[str] | str | int | float | bool | None] | None = ..., **extra: Any) -> None: ...
class Error(WireModel):
    code: int
    data: Any | None = None
    message: str
    def __init__(self, *, code: int, message: str, data: Any | None = ..., **extra: Any) -> None: ...
class Error1(Error):
    code: Literal[-32020]
    def __init__(self, *, code: Literal[-32020], message: str, data: Any | None = ..., **extra: Any) -> None: ...
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
class InternalError(WireModel):
    code: Literal[-32603]
    data: Any | None = None
    message: str
    def __init__(self, *, code: Literal[-32603], message: str, data: Any | None = ..., **extra: Any) -> None: ...
class InvalidParamsError(WireModel):
    code: Literal[-32602]
    data: Any | None = None
    message: str
    def __init__(self, *, code: Literal[-32602], message: str, data: Any | None = ..., **extra: Any) -> None: ...
class InvalidRequestError(WireModel):
    code: Literal[-32600]
    data: Any | None = None
    message: str
    def __init__(self, *, code: Literal[-32600], message: str, data: Any | None = ..., **extra: Any) -> None: ...
class JSONRPCNotification(WireModel):
    jsonrpc: Literal["2.0"]
    method: str
    params: dict[str, Any] | None = None
    def __init__(self, *, jsonrpc: Literal["2.0"], method: str, params: dict[str, Any] | None = ..., **extra: Any) -> None: ...
JSONValue = TypeAliasType("JSONValue", Union[dict[str, "JSONValue"], list["JSONValue"], str | int | float | bool | None],)
class LegacyTitledEnumSchema(WireModel):
    default: str | None = None
    description: str | None = None
    enum: list[str]
    enum_names: (list[str] | None) = None
    title: str | None = None
    type: Literal["string"]
    def __init__(self, *, enum: list[str], type: Literal["string"], default: str | None = ..., description: str | None = ..., enum_names: (list[str] | None) = ..., title: str | None = ..., **extra: Any) -> None: ...
LoggingLevel = Literal["alert", "critical", "debug", "emergency", "error", "info", "notice", "warning"]
class MetaObject(WireModel):
    def __init__(self, **extra: Any) -> None: ...
class MethodNotFoundError(WireModel):
    code: Literal[-32601]
    data: Any | None = None
    message: str
    def __init__(self, *, code: Literal[-32601], message: str, data: Any | None = ..., **extra: Any) -> None: ...
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
class NumberSchema(WireModel):
    default: int | float | None = None
    description: str | None = None
    maximum: int | float | None = None
    minimum: int | float | None = None
    title: str | None = None
    type: Literal["integer", "number"]
    def __init__(self, *, type: Literal["integer", "number"], default: int | float | None = ..., description: str | None = ..., maximum: int | float | None = ..., minimum: int | float | None = ..., title: str | None = ..., **extra: Any) -> None: ...
class ParseError(WireModel):
    code: Literal[-32700]
    data: Any | None = None
    message: str
    def __init__(self, *, code: Literal[-32700], message: str, data: Any | None = ..., **extra: Any) -> None: ...
ProgressToken = str | int
class PromptArgument(WireModel):
    description: str | None = None
    name: str
    required: bool | None = None
    title: str | None = None
    def __init__(self, *, name: str, description: str | None = ..., required: bool | None = ..., title: str | None = ..., **extra: Any) -> None: ...
class PromptReference(WireModel):
    name: str
    title: str | None = None
    type: Literal["ref/prompt"]
    def __init__(self, *, name: str, type: Literal["ref/prompt"], title: str | None = ..., **extra: Any) -> None: ...
class Request(WireModel):
    method: str
    params: dict[str, Any] | None = None
    def __init__(self, *, method: str, params: dict[str, Any] | None = ..., **extra: Any) -> None: ...
RequestId = str | int
class ResourceContents(WireModel):
    meta: (MetaObject | None) = None
    mime_type: (str | None) = None
    uri: str
    def __init__(self, *, uri: str, meta: (MetaObject | None) = ..., mime_type: (str | None) = ..., **extra: Any) -> None: ...
class ResourceTemplateReference(WireModel):
    type: Literal["ref/resource"]
    uri: str
    def __init__(self, *, type: Literal["ref/resource"], uri: str, **extra: Any) -> None: ...
class ResultMetaObject(WireModel):
    io_modelcontextprotocol_server_info: (Any | None) = None
    def __init__(self, *, io_modelcontextprotocol_server_info: (Any | None) = ..., **extra: Any) -> None: ...
ResultType = str
Role = Literal["assistant", "user"]
class Root(WireModel):
    meta: (MetaObject | None) = None
    name: str | None = None
    uri: str
    def __init__(self, *, uri: str, meta: (MetaObject | None) = ..., name: str | None = ..., **extra: Any) -> None: ...
class Prompts(WireModel):
    list_changed: (bool | None) = None
    def __init__(self, *, list_changed: (bool | None) = ..., **extra: Any) -> None: ...
class Resources(WireModel):
    list_changed: (bool | None) = None
    subscribe: bool | None = None
    def __init__(self, *, list_changed: (bool | None) = ..., subscribe: bool | None = ..., **extra: Any) -> None: ...
class Tools(WireModel):
    list_changed: (bool | None) = None
    def __init__(self, *, list_changed: (bool | None) = ..., **extra: Any) -> None: ...
class StringSchema(WireModel):
    default: str | None = None
    description: str | None = None
    format: Literal["date", "date-time", "email", "uri"] | None = None
    max_length: (int | None) = None
    min_length: (int | None) = None
    title: str | None = None
    type: Literal["string"]
    def __init__(self, *, type: Literal["string"], default: str | None = ..., description: str | None = ..., format: Literal["date", "date-time", "email", "uri"] | None = ..., max_length: (int | None) = ..., min_length: (int | None) = ..., title: str | None = ..., **extra: Any) -> None: ...
class SubscriptionFilter(WireModel):
    prompts_list_changed: (bool | None) = None
    resource_subscriptions: (list[str] | None) = None
    resources_list_changed: (bool | None) = None
    tools_list_changed: (bool | None) = None
    def __init__(self, *, prompts_list_changed: (bool | None) = ..., resource_subscriptions: (list[str] | None) = ..., resources_list_changed: (bool | None) = ..., tools_list_changed: (bool | None) = ..., **extra: Any) -> None: ...
class SubscriptionsListenResultMeta(WireModel):
    io_modelcontextprotocol_server_info: (Any | None) = None
    io_modelcontextprotocol_subscription_id: RequestId
    def __init__(self, *, io_modelcontextprotocol_subscription_id: RequestId, io_modelcontextprotocol_server_info: (Any | None) = ..., **extra: Any) -> None: ...
class TextResourceContents(WireModel):
    meta: (MetaObject | None) = None
    mime_type: (str | None) = None
    text: str
    uri: str
    def __init__(self, *, text: str, uri: str, meta: (MetaObject | None) = ..., mime_type: (str | None) = ..., **extra: Any) -> None: ...
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
    type: Literal["object"]
    def __init__(self, *, type: Literal["object"], schema_: (str | None) = ..., **extra: Any) -> None: ...
class OutputSchema(WireModel):
    schema_: (str | None) = None
    def __init__(self, *, schema_: (str | None) = ..., **extra: Any) -> None: ...
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
class ToolUseContent(WireModel):
    meta: (MetaObject | None) = None
    id: str
    input: dict[str, Any]
    name: str
    type: Literal["tool_use"]
    def __init__(self, *, id: str, input: dict[str, Any], name: str, type: Literal["tool_use"], meta: (MetaObject | None) = ..., **extra: Any) -> None: ...
class Data1(WireModel):
    requested: str
    supported: list[str]
    def __init__(self, *, requested: str, supported: list[str], **extra: Any) -> None: ...
class Error3(Error):
    code: Literal[-32022]
    data: Data1
    def __init__(self, *, code: Literal[-32022], data: Data1, message: str, **extra: Any) -> None: ...
class UnsupportedProtocolVersionError(WireModel):
    error: Error3
    id: RequestId | None = None
    jsonrpc: Literal["2.0"]
    def __init__(self, *, error: Error3, jsonrpc: Literal["2.0"], id: RequestId | None = ..., **extra: Any) -> None: ...
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
    meta: (MetaObject | None) = None
    annotations: Annotations | None = None
    data: str
    mime_type: str
    type: Literal["audio"]
    def __init__(self, *, data: str, mime_type: str, type: Literal["audio"], meta: (MetaObject | None) = ..., annotations: Annotations | None = ..., **extra: Any) -> None: ...
class BlobResourceContents(WireModel):
    meta: (MetaObject | None) = None
    blob: str
    mime_type: (str | None) = None
    uri: str
    def __init__(self, *, blob: str, uri: str, meta: (MetaObject | None) = ..., mime_type: (str | None) = ..., **extra: Any) -> None: ...
class CacheableResult(WireModel):
    meta: (ResultMetaObject | None) = None
    cache_scope: Literal["private", "public"]
    result_type: str
    ttl_ms: int
    def __init__(self, *, cache_scope: Literal["private", "public"], result_type: str, ttl_ms: int, meta: (ResultMetaObject | None) = ..., **extra: Any) -> None: ...
class CompleteResult(WireModel):
    meta: (ResultMetaObject | None) = None
    completion: Completion
    result_type: str
    def __init__(self, *, completion: Completion, result_type: str, meta: (ResultMetaObject | None) = ..., **extra: Any) -> None: ...
class CompleteResultResponse(WireModel):
    id: RequestId
    jsonrpc: Literal["2.0"]
    result: CompleteResult
    def __init__(self, *, id: RequestId, jsonrpc: Literal["2.0"], result: CompleteResult, **extra: Any) -> None: ...
ElicitRequestParams = ElicitRequestFormParams | ElicitRequestURLParams
class EmbeddedResource(WireModel):
    meta: (MetaObject | None) = None
    annotations: Annotations | None = None
    resource: TextResourceContents | BlobResourceContents
    type: Literal["resource"]
    def __init__(self, *, resource: TextResourceContents | BlobResourceContents, type: Literal["resource"], meta: (MetaObject | None) = ..., annotations: Annotations | None = ..., **extra: Any) -> None: ...
EnumSchema = UntitledSingleSelectEnumSchema | TitledSingleSelectEnumSchema | UntitledMultiSelectEnumSchema | TitledMultiSelectEnumSchema | LegacyTitledEnumSchema
class HeaderMismatchError(WireModel):
    error: Error1
    id: RequestId | None = None
    jsonrpc: Literal["2.0"]
    def __init__(self, *, error: Error1, jsonrpc: Literal["2.0"], id: RequestId | None = ..., **extra: Any) -> None: ...
class ImageContent(WireModel):
    meta: (MetaObject | None) = None
    annotations: Annotations | None = None
    data: str
    mime_type: str
    type: Literal["image"]
    def __init__(self, *, data: str, mime_type: str, type: Literal["image"], meta: (MetaObject | None) = ..., annotations: Annotations | None = ..., **extra: Any) -> None: ...
JSONArray = list[JSONValue]
JSONObject = dict[str, JSONValue]
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
class Params(WireModel):
    meta: (MetaObject | None) = None
    def __init__(self, *, meta: (MetaObject | None) = ..., **extra: Any) -> None: ...
class ListRootsRequest(WireModel):
    method: Literal["roots/list"]
    params: Params | None = None
    def __init__(self, *, method: Literal["roots/list"], params: Params | None = ..., **extra: Any) -> None: ...
class ListRootsResult(WireModel):
    roots: list[Root]
    def __init__(self, *, roots: list[Root], **extra: Any) -> None: ...
MultiSelectEnumSchema = UntitledMultiSelectEnumSchema | TitledMultiSelectEnumSchema
class NotificationMetaObject(WireModel):
    io_modelcontextprotocol_subscription_id: (RequestId | None) = None
    def __init__(self, *, io_modelcontextprotocol_subscription_id: (RequestId | None) = ..., **extra: Any) -> None: ...
class NotificationParams(WireModel):
    meta: (NotificationMetaObject | None) = None
    def __init__(self, *, meta: (NotificationMetaObject | None) = ..., **extra: Any) -> None: ...
class PaginatedResult(WireModel):
    meta: (ResultMetaObject | None) = None
    next_cursor: (str | None) = None
    result_type: str
    def __init__(self, *, result_type: str, meta: (ResultMetaObject | None) = ..., next_cursor: (str | None) = ..., **extra: Any) -> None: ...
PrimitiveSchemaDefinition = StringSchema | NumberSchema | BooleanSchema | UntitledSingleSelectEnumSchema | TitledSingleSelectEnumSchema | UntitledMultiSelectEnumSchema | TitledMultiSelectEnumSchema | LegacyTitledEnumSchema
class ProgressNotificationParams(WireModel):
    meta: (NotificationMetaObject | None) = None
    message: str | None = None
    progress: float
    progress_token: ProgressToken
    total: float | None = None
    def __init__(self, *, progress: float, progress_token: ProgressToken, meta: (NotificationMetaObject | None) = ..., message: str | None = ..., total: float | None = ..., **extra: Any) -> None: ...
class Prompt(WireModel):
    meta: (MetaObject | None) = None
    arguments: list[PromptArgument] | None = None
    description: str | None = None
    icons: list[Icon] | None = None
    name: str
    title: str | None = None
    def __init__(self, *, name: str, meta: (MetaObject | None) = ..., arguments: list[PromptArgument] | None = ..., description: str | None = ..., icons: list[Icon] | None = ..., title: str | None = ..., **extra: Any) -> None: ...
class PromptListChangedNotification(WireModel):
    jsonrpc: Literal["2.0"]
    method: Literal["notifications/prompts/list_changed"]
    params: NotificationParams | None = None
    def __init__(self, *, jsonrpc: Literal["2.0"], method: Literal["notifications/prompts/list_changed"], params: NotificationParams | None = ..., **extra: Any) -> None: ...
class ReadResourceResult(WireModel):
    meta: (ResultMetaObject | None) = None
    cache_scope: Literal["private", "public"]
    contents: list[TextResourceContents | BlobResourceContents]
    result_type: str
    ttl_ms: int
    def __init__(self, *, cache_scope: Literal["private", "public"], contents: list[TextResourceContents | BlobResourceContents], result_type: str, ttl_ms: int, meta: (ResultMetaObject | None) = ..., **extra: Any) -> None: ...
class Resource(WireModel):
    meta: (MetaObject | None) = None
    annotations: Annotations | None = None
    description: str | None = None
    icons: list[Icon] | None = None
    mime_type: (str | None) = None
    name: str
    size: int | None = None
    title: str | None = None
    uri: str
    def __init__(self, *, name: str, uri: str, meta: (MetaObject | None) = ..., annotations: Annotations | None = ..., description: str | None = ..., icons: list[Icon] | None = ..., mime_type: (str | None) = ..., size: int | None = ..., title: str | None = ..., **extra: Any) -> None: ...
class ResourceLink(WireModel):
    meta: (MetaObject | None) = None
    annotations: Annotations | None = None
    description: str | None = None
    icons: list[Icon] | None = None
    mime_type: (str | None) = None
    name: str
    size: int | None = None
    title: str | None = None
    type: Literal["resource_link"]
    uri: str
    def __init__(self, *, name: str, type: Literal["resource_link"], uri: str, meta: (MetaObject | None) = ..., annotations: Annotations | None = ..., description: str | None = ..., icons: list[Icon] | None = ..., mime_type: (str | None) = ..., size: int | None = ..., title: str | None = ..., **extra: Any) -> None: ...
class ResourceListChangedNotification(WireModel):
    jsonrpc: Literal["2.0"]
    method: Literal["notifications/resources/list_changed"]
    params: NotificationParams | None = None
    def __init__(self, *, jsonrpc: Literal["2.0"], method: Literal["notifications/resources/list_changed"], params: NotificationParams | None = ..., **extra: Any) -> None: ...
class ResourceTemplate(WireModel):
    meta: (MetaObject | None) = None
    annotations: Annotations | None = None
    description: str | None = None
    icons: list[Icon] | None = None
    mime_type: (str | None) = None
    name: str
    title: str | None = None
    uri_template: str
    def __init__(self, *, name: str, uri_template: str, meta: (MetaObject | None) = ..., annotations: Annotations | None = ..., description: str | None = ..., icons: list[Icon] | None = ..., mime_type: (str | None) = ..., title: str | None = ..., **extra: Any) -> None: ...
class ResourceUpdatedNotificationParams(WireModel):
    meta: (NotificationMetaObject | None) = None
    uri: str
    def __init__(self, *, uri: str, meta: (NotificationMetaObject | None) = ..., **extra: Any) -> None: ...
class Result(WireModel):
    meta: (ResultMetaObject | None) = None
    result_type: str
    def __init__(self, *, result_type: str, meta: (ResultMetaObject | None) = ..., **extra: Any) -> None: ...
class ServerCapabilities(WireModel):
    completions: JSONObject | None = None
    experimental: dict[str, JSONObject] | None = None
    extensions: dict[str, JSONObject] | None = None
    logging: JSONObject | None = None
    prompts: Prompts | None = None
    resources: Resources | None = None
    tools: Tools | None = None
    def __init__(self, *, completions: JSONObject | None = ..., experimental: dict[str, JSONObject] | None = ..., extensions: dict[str, JSONObject] | None = ..., logging: JSONObject | None = ..., prompts: Prompts | None = ..., resources: Resources | None = ..., tools: Tools | None = ..., **extra: Any) -> None: ...
SingleSelectEnumSchema = UntitledSingleSelectEnumSchema | TitledSingleSelectEnumSchema
class SubscriptionsAcknowledgedNotificationParams(WireModel):
    meta: (NotificationMetaObject | None) = None
    notifications: SubscriptionFilter
    def __init__(self, *, notifications: SubscriptionFilter, meta: (NotificationMetaObject | None) = ..., **extra: Any) -> None: ...
class SubscriptionsListenResult(WireModel):
    meta: SubscriptionsListenResultMeta
    result_type: str
    def __init__(self, *, meta: SubscriptionsListenResultMeta, result_type: str, **extra: Any) -> None: ...
class TextContent(WireModel):
    meta: (MetaObject | None) = None
    annotations: Annotations | None = None
    text: str
    type: Literal["text"]
    def __init__(self, *, text: str, type: Literal["text"], meta: (MetaObject | None) = ..., annotations: Annotations | None = ..., **extra: Any) -> None: ...
class Tool(WireModel):
    meta: (MetaObject | None) = None
    annotations: ToolAnnotations | None = None
    description: str | None = None
    icons: list[Icon] | None = None
    input_schema: InputSchema
    name: str
    output_schema: (OutputSchema | None) = None
    title: str | None = None
    def __init__(self, *, input_schema: InputSchema, name: str, meta: (MetaObject | None) = ..., annotations: ToolAnnotations | None = ..., description: str | None = ..., icons: list[Icon] | None = ..., output_schema: (OutputSchema | None) = ..., title: str | None = ..., **extra: Any) -> None: ...
class ToolListChangedNotification(WireModel):
    jsonrpc: Literal["2.0"]
    method: Literal["notifications/tools/list_changed"]
    params: NotificationParams | None = None
    def __init__(self, *, jsonrpc: Literal["2.0"], method: Literal["notifications/tools/list_changed"], params: NotificationParams | None = ..., **extra: Any) -> None: ...
class CancelledNotificationParams(WireModel):
    meta: (NotificationMetaObject | None) = None
    reason: str | None = None
    request_id: RequestId
    def __init__(self, *, request_id: RequestId, meta: (NotificationMetaObject | None) = ..., reason: str | None = ..., **extra: Any) -> None: ...
class Elicitation(WireModel):
    form: JSONObject | None = None
    url: JSONObject | None = None
    def __init__(self, *, form: JSONObject | None = ..., url: JSONObject | None = ..., **extra: Any) -> None: ...
class Sampling(WireModel):
    context: JSONObject | None = None
    tools: JSONObject | None = None
    def __init__(self, *, context: JSONObject | None = ..., tools: JSONObject | None = ..., **extra: Any) -> None: ...
class ClientCapabilities(WireModel):
    elicitation: Elicitation | None = None
    experimental: dict[str, JSONObject] | None = None
    extensions: dict[str, JSONObject] | None = None
    roots: dict[str, Any] | None = None
    sampling: Sampling | None = None
    def __init__(self, *, elicitation: Elicitation | None = ..., experimental: dict[str, JSONObject] | None = ..., extensions: dict[str, JSONObject] | None = ..., roots: dict[str, Any] | None = ..., sampling: Sampling | None = ..., **extra: Any) -> None: ...
class ClientNotification(WireModel):
    jsonrpc: Literal["2.0"]
    method: Literal["notifications/cancelled"]
    params: CancelledNotificationParams
    def __init__(self, *, jsonrpc: Literal["2.0"], method: Literal["notifications/cancelled"], params: CancelledNotificationParams, **extra: Any) -> None: ...
ClientResult = Result
ContentBlock = TextContent | ImageContent | AudioContent | ResourceLink | EmbeddedResource
class DiscoverResult(WireModel):
    meta: (ResultMetaObject | None) = None
    cache_scope: Literal["private", "public"]
    capabilities: ServerCapabilities
    instructions: str | None = None
    result_type: str
    supported_versions: list[str]
    ttl_ms: int
    def __init__(self, *, cache_scope: Literal["private", "public"], capabilities: ServerCapabilities, result_type: str, supported_versions: list[str], ttl_ms: int, meta: (ResultMetaObject | None) = ..., instructions: str | None = ..., **extra: Any) -> None: ...
class DiscoverResultResponse(WireModel):
    id: RequestId
    jsonrpc: Literal["2.0"]
    result: DiscoverResult
    def __init__(self, *, id: RequestId, jsonrpc: Literal["2.0"], result: DiscoverResult, **extra: Any) -> None: ...
class ElicitRequest(WireModel):
    method: Literal["elicitation/create"]
    params: ElicitRequestParams
    def __init__(self, *, method: Literal["elicitation/create"], params: ElicitRequestParams, **extra: Any) -> None: ...
EmptyResult = Result
class JSONRPCResultResponse(WireModel):
    id: RequestId
    jsonrpc: Literal["2.0"]
    result: Result
    def __init__(self, *, id: RequestId, jsonrpc: Literal["2.0"], result: Result, **extra: Any) -> None: ...
class ListPromptsResult(WireModel):
    meta: (ResultMetaObject | None) = None
    cache_scope: Literal["private", "public"]
    next_cursor: (str | None) = None
    prompts: list[Prompt]
    result_type: str
    ttl_ms: int
    def __init__(self, *, cache_scope: Literal["private", "public"], prompts: list[Prompt], result_type: str, ttl_ms: int, meta: (ResultMetaObject | None) = ..., next_cursor: (str | None) = ..., **extra: Any) -> None: ...
class ListPromptsResultResponse(WireModel):
    id: RequestId
    jsonrpc: Literal["2.0"]
    result: ListPromptsResult
    def __init__(self, *, id: RequestId, jsonrpc: Literal["2.0"], result: ListPromptsResult, **extra: Any) -> None: ...
class ListResourceTemplatesResult(WireModel):
    meta: (ResultMetaObject | None) = None
    cache_scope: Literal["private", "public"]
    next_cursor: (str | None) = None
    resource_templates: list[ResourceTemplate]
    result_type: str
    ttl_ms: int
    def __init__(self, *, cache_scope: Literal["private", "public"], resource_templates: list[ResourceTemplate], result_type: str, ttl_ms: int, meta: (ResultMetaObject | None) = ..., next_cursor: (str | None) = ..., **extra: Any) -> None: ...
class ListResourceTemplatesResultResponse(WireModel):
    id: RequestId
    jsonrpc: Literal["2.0"]
    result: ListResourceTemplatesResult
    def __init__(self, *, id: RequestId, jsonrpc: Literal["2.0"], result: ListResourceTemplatesResult, **extra: Any) -> None: ...
class ListResourcesResult(WireModel):
    meta: (ResultMetaObject | None) = None
    cache_scope: Literal["private", "public"]
    next_cursor: (str | None) = None
    resources: list[Resource]
    result_type: str
    ttl_ms: int
    def __init__(self, *, cache_scope: Literal["private", "public"], resources: list[Resource], result_type: str, ttl_ms: int, meta: (ResultMetaObject | None) = ..., next_cursor: (str | None) = ..., **extra: Any) -> None: ...
class ListResourcesResultResponse(WireModel):
    id: RequestId
    jsonrpc: Literal["2.0"]
    result: ListResourcesResult
    def __init__(self, *, id: RequestId, jsonrpc: Literal["2.0"], result: ListResourcesResult, **extra: Any) -> None: ...
class ListToolsResult(WireModel):
    meta: (ResultMetaObject | None) = None
    cache_scope: Literal["private", "public"]
    next_cursor: (str | None) = None
    result_type: str
    tools: list[Tool]
    ttl_ms: int
    def __init__(self, *, cache_scope: Literal["private", "public"], result_type: str, tools: list[Tool], ttl_ms: int, meta: (ResultMetaObject | None) = ..., next_cursor: (str | None) = ..., **extra: Any) -> None: ...
class ListToolsResultResponse(WireModel):
    id: RequestId
    jsonrpc: Literal["2.0"]
    result: ListToolsResult
    def __init__(self, *, id: RequestId, jsonrpc: Literal["2.0"], result: ListToolsResult, **extra: Any) -> None: ...
class LoggingMessageNotificationParams(WireModel):
    meta: (NotificationMetaObject | None) = None
    data: Any
    level: LoggingLevel
    logger: str | None = None
    def __init__(self, *, data: Any, level: LoggingLevel, meta: (NotificationMetaObject | None) = ..., logger: str | None = ..., **extra: Any) -> None: ...
class Data(WireModel):
    required_capabilities: ClientCapabilities
    def __init__(self, *, required_capabilities: ClientCapabilities, **extra: Any) -> None: ...
class Error2(Error):
    code: Literal[-32021]
    data: Data
    def __init__(self, *, code: Literal[-32021], data: Data, message: str, **extra: Any) -> None: ...
class MissingRequiredClientCapabilityError(WireModel):
    error: Error2
    id: RequestId | None = None
    jsonrpc: Literal["2.0"]
    def __init__(self, *, error: Error2, jsonrpc: Literal["2.0"], id: RequestId | None = ..., **extra: Any) -> None: ...
class ProgressNotification(WireModel):
    jsonrpc: Literal["2.0"]
    method: Literal["notifications/progress"]
    params: ProgressNotificationParams
    def __init__(self, *, jsonrpc: Literal["2.0"], method: Literal["notifications/progress"], params: ProgressNotificationParams, **extra: Any) -> None: ...
class PromptMessage(WireModel):
    content: ContentBlock
    role: Role
    def __init__(self, *, content: ContentBlock, role: Role, **extra: Any) -> None: ...
class RequestMetaObject(WireModel):
    io_modelcontextprotocol_client_capabilities: ClientCapabilities
    io_modelcontextprotocol_client_info: (Implementation | None) = None
    io_modelcontextprotocol_log_level: (LoggingLevel | None) = None
    io_modelcontextprotocol_protocol_version: str
    progress_token: (ProgressToken | None) = None
    def __init__(self, *, io_modelcontextprotocol_client_capabilities: ClientCapabilities, io_modelcontextprotocol_protocol_version: str, io_modelcontextprotocol_client_info: (Implementation | None) = ..., io_modelcontextprotocol_log_level: (LoggingLevel | None) = ..., progress_token: (ProgressToken | None) = ..., **extra: Any) -> None: ...
class RequestParams(WireModel):
    meta: RequestMetaObject
    def __init__(self, *, meta: RequestMetaObject, **extra: Any) -> None: ...
class ResourceRequestParams(WireModel):
    meta: RequestMetaObject
    uri: str
    def __init__(self, *, meta: RequestMetaObject, uri: str, **extra: Any) -> None: ...
class ResourceUpdatedNotification(WireModel):
    jsonrpc: Literal["2.0"]
    method: Literal["notifications/resources/updated"]
    params: ResourceUpdatedNotificationParams
    def __init__(self, *, jsonrpc: Literal["2.0"], method: Literal["notifications/resources/updated"], params: ResourceUpdatedNotificationParams, **extra: Any) -> None: ...
class SubscriptionsAcknowledgedNotification(WireModel):
    jsonrpc: Literal["2.0"]
    method: Literal["notifications/subscriptions/acknowledged"]
    params: SubscriptionsAcknowledgedNotificationParams
    def __init__(self, *, jsonrpc: Literal["2.0"], method: Literal["notifications/subscriptions/acknowledged"], params: SubscriptionsAcknowledgedNotificationParams, **extra: Any) -> None: ...
class SubscriptionsListenRequestParams(WireModel):
    meta: RequestMetaObject
    notifications: SubscriptionFilter
    def __init__(self, *, meta: RequestMetaObject, notifications: SubscriptionFilter, **extra: Any) -> None: ...
class ToolResultContent(WireModel):
    meta: (MetaObject | None) = None
    content: list[ContentBlock]
    is_error: (bool | None) = None
    structured_content: (Any | None) = None
    tool_use_id: str
    type: Literal["tool_result"]
    def __init__(self, *, content: list[ContentBlock], tool_use_id: str, type: Literal["tool_result"], meta: (MetaObject | None) = ..., is_error: (bool | None) = ..., structured_content: (Any | None) = ..., **extra: Any) -> None: ...
class CallToolResult(WireModel):
    meta: (ResultMetaObject | None) = None
    content: list[ContentBlock]
    is_error: (bool | None) = None
    result_type: str
    structured_content: (Any | None) = None
    def __init__(self, *, content: list[ContentBlock], result_type: str, meta: (ResultMetaObject | None) = ..., is_error: (bool | None) = ..., structured_content: (Any | None) = ..., **extra: Any) -> None: ...
class CancelledNotification(WireModel):
    jsonrpc: Literal["2.0"]
    method: Literal["notifications/cancelled"]
    params: CancelledNotificationParams
    def __init__(self, *, jsonrpc: Literal["2.0"], method: Literal["notifications/cancelled"], params: CancelledNotificationParams, **extra: Any) -> None: ...
class CompleteRequestParams(WireModel):
    meta: RequestMetaObject
    argument: Argument
    context: Context | None = None
    ref: PromptReference | ResourceTemplateReference
    def __init__(self, *, meta: RequestMetaObject, argument: Argument, ref: PromptReference | ResourceTemplateReference, context: Context | None = ..., **extra: Any) -> None: ...
class DiscoverRequest(WireModel):
    id: RequestId
    jsonrpc: Literal["2.0"]
    method: Literal["server/discover"]
    params: RequestParams
    def __init__(self, *, id: RequestId, jsonrpc: Literal["2.0"], method: Literal["server/discover"], params: RequestParams, **extra: Any) -> None: ...
class GetPromptResult(WireModel):
    meta: (ResultMetaObject | None) = None
    description: str | None = None
    messages: list[PromptMessage]
    result_type: str
    def __init__(self, *, messages: list[PromptMessage], result_type: str, meta: (ResultMetaObject | None) = ..., description: str | None = ..., **extra: Any) -> None: ...
JSONRPCMessage = JSONRPCRequest | JSONRPCNotification | JSONRPCResultResponse | JSONRPCErrorResponse
JSONRPCResponse = JSONRPCResultResponse | JSONRPCErrorResponse
class LoggingMessageNotification(WireModel):
    jsonrpc: Literal["2.0"]
    method: Literal["notifications/message"]
    params: LoggingMessageNotificationParams
    def __init__(self, *, jsonrpc: Literal["2.0"], method: Literal["notifications/message"], params: LoggingMessageNotificationParams, **extra: Any) -> None: ...
class PaginatedRequestParams(WireModel):
    meta: RequestMetaObject
    cursor: str | None = None
    def __init__(self, *, meta: RequestMetaObject, cursor: str | None = ..., **extra: Any) -> None: ...
SamplingMessageContentBlock = TextContent | ImageContent | AudioContent | ToolUseContent | ToolResultContent
ServerNotification = CancelledNotification | ProgressNotification | ResourceListChangedNotification | SubscriptionsAcknowledgedNotification | ResourceUpdatedNotification | PromptListChangedNotification | ToolListChangedNotification | LoggingMessageNotification
class SubscriptionsListenRequest(WireModel):
    id: RequestId
    jsonrpc: Literal["2.0"]
    method: Literal["subscriptions/listen"]
    params: SubscriptionsListenRequestParams
    def __init__(self, *, id: RequestId, jsonrpc: Literal["2.0"], method: Literal["subscriptions/listen"], params: SubscriptionsListenRequestParams, **extra: Any) -> None: ...
class CompleteRequest(WireModel):
    id: RequestId
    jsonrpc: Literal["2.0"]
    method: Literal["completion/complete"]
    params: CompleteRequestParams
    def __init__(self, *, id: RequestId, jsonrpc: Literal["2.0"], method: Literal["completion/complete"], params: CompleteRequestParams, **extra: Any) -> None: ...
class CreateMessageResult(WireModel):
    meta: (MetaObject | None) = None
    content: TextContent | ImageContent | AudioContent | ToolUseContent | ToolResultContent | list[SamplingMessageContentBlock]
    model: str
    role: Role
    stop_reason: (str | None) = None
    def __init__(self, *, content: TextContent | ImageContent | AudioContent | ToolUseContent | ToolResultContent | list[SamplingMessageContentBlock], model: str, role: Role, meta: (MetaObject | None) = ..., stop_reason: (str | None) = ..., **extra: Any) -> None: ...
InputResponse = CreateMessageResult | ListRootsResult | ElicitResult
InputResponses = dict[str, InputResponse]
class ListPromptsRequest(WireModel):
    id: RequestId
    jsonrpc: Literal["2.0"]
    method: Literal["prompts/list"]
    params: PaginatedRequestParams
    def __init__(self, *, id: RequestId, jsonrpc: Literal["2.0"], method: Literal["prompts/list"], params: PaginatedRequestParams, **extra: Any) -> None: ...
class ListResourceTemplatesRequest(WireModel):
    id: RequestId
    jsonrpc: Literal["2.0"]
    method: Literal["resources/templates/list"]
    params: PaginatedRequestParams
    def __init__(self, *, id: RequestId, jsonrpc: Literal["2.0"], method: Literal["resources/templates/list"], params: PaginatedRequestParams, **extra: Any) -> None: ...
class ListResourcesRequest(WireModel):
    id: RequestId
    jsonrpc: Literal["2.0"]
    method: Literal["resources/list"]
    params: PaginatedRequestParams
    def __init__(self, *, id: RequestId, jsonrpc: Literal["2.0"], method: Literal["resources/list"], params: PaginatedRequestParams, **extra: Any) -> None: ...
class ListToolsRequest(WireModel):
    id: RequestId
    jsonrpc: Literal["2.0"]
    method: Literal["tools/list"]
    params: PaginatedRequestParams
    def __init__(self, *, id: RequestId, jsonrpc: Literal["2.0"], method: Literal["tools/list"], params: PaginatedRequestParams, **extra: Any) -> None: ...
class PaginatedRequest(WireModel):
    id: RequestId
    jsonrpc: Literal["2.0"]
    method: str
    params: PaginatedRequestParams
    def __init__(self, *, id: RequestId, jsonrpc: Literal["2.0"], method: str, params: PaginatedRequestParams, **extra: Any) -> None: ...
class ReadResourceRequestParams(WireModel):
    meta: RequestMetaObject
    input_responses: (InputResponses | None) = None
    request_state: (str | None) = None
    uri: str
    def __init__(self, *, meta: RequestMetaObject, uri: str, input_responses: (InputResponses | None) = ..., request_state: (str | None) = ..., **extra: Any) -> None: ...
class SamplingMessage(WireModel):
    meta: (MetaObject | None) = None
    content: TextContent | ImageContent | AudioContent | ToolUseContent | ToolResultContent | list[SamplingMessageContentBlock]
    role: Role
    def __init__(self, *, content: TextContent | ImageContent | AudioContent | ToolUseContent | ToolResultContent | list[SamplingMessageContentBlock], role: Role, meta: (MetaObject | None) = ..., **extra: Any) -> None: ...
class CallToolRequestParams(WireModel):
    meta: RequestMetaObject
    arguments: dict[str, Any] | None = None
    input_responses: (InputResponses | None) = None
    name: str
    request_state: (str | None) = None
    def __init__(self, *, meta: RequestMetaObject, name: str, arguments: dict[str, Any] | None = ..., input_responses: (InputResponses | None) = ..., request_state: (str | None) = ..., **extra: Any) -> None: ...
class CreateMessageRequestParams(WireModel):
    include_context: (Literal["allServers", "none", "thisServer"] | None) = None
    max_tokens: int
    messages: list[SamplingMessage]
    metadata: JSONObject | None = None
    model_preferences: (ModelPreferences | None) = None
    stop_sequences: (list[str] | None) = None
    system_prompt: (str | None) = None
    temperature: float | None = None
    tool_choice: (ToolChoice | None) = None
    tools: list[Tool] | None = None
    def __init__(self, *, max_tokens: int, messages: list[SamplingMessage], include_context: (Literal["allServers", "none", "thisServer"] | None) = ..., metadata: JSONObject | None = ..., model_preferences: (ModelPreferences | None) = ..., stop_sequences: (list[str] | None) = ..., system_prompt: (str | None) = ..., temperature: float | None = ..., tool_choice: (ToolChoice | None) = ..., tools: list[Tool] | None = ..., **extra: Any) -> None: ...
class GetPromptRequestParams(WireModel):
    meta: RequestMetaObject
    arguments: dict[str, str] | None = None
    input_responses: (InputResponses | None) = None
    name: str
    request_state: (str | None) = None
    def __init__(self, *, meta: RequestMetaObject, name: str, arguments: dict[str, str] | None = ..., input_responses: (InputResponses | None) = ..., request_state: (str | None) = ..., **extra: Any) -> None: ...
class InputResponseRequestParams(WireModel):
    meta: RequestMetaObject
    input_responses: (InputResponses | None) = None
    request_state: (str | None) = None
    def __init__(self, *, meta: RequestMetaObject, input_responses: (InputResponses | None) = ..., request_state: (str | None) = ..., **extra: Any) -> None: ...
class ReadResourceRequest(WireModel):
    id: RequestId
    jsonrpc: Literal["2.0"]
    method: Literal["resources/read"]
    params: ReadResourceRequestParams
    def __init__(self, *, id: RequestId, jsonrpc: Literal["2.0"], method: Literal["resources/read"], params: ReadResourceRequestParams, **extra: Any) -> None: ...
class CallToolRequest(WireModel):
    id: RequestId
    jsonrpc: Literal["2.0"]
    method: Literal["tools/call"]
    params: CallToolRequestParams
    def __init__(self, *, id: RequestId, jsonrpc: Literal["2.0"], method: Literal["tools/call"], params: CallToolRequestParams, **extra: Any) -> None: ...
class CreateMessageRequest(WireModel):
    method: Literal["sampling/createMessage"]
    params: CreateMessageRequestParams
    def __init__(self, *, method: Literal["sampling/createMessage"], params: CreateMessageRequestParams, **extra: Any) -> None: ...
class GetPromptRequest(WireModel):
    id: RequestId
    jsonrpc: Literal["2.0"]
    method: Literal["prompts/get"]
    params: GetPromptRequestParams
    def __init__(self, *, id: RequestId, jsonrpc: Literal["2.0"], method: Literal["prompts/get"], params: GetPromptRequestParams, **extra: Any) -> None: ...
InputRequest = CreateMessageRequest | ListRootsRequest | ElicitRequest
InputRequests = dict[str, InputRequest]
class InputRequiredResult(WireModel):
    meta: (ResultMetaObject | None) = None
    input_requests: (InputRequests | None) = None
    request_state: (str | None) = None
    result_type: str
    def __init__(self, *, result_type: str, meta: (ResultMetaObject | None) = ..., input_requests: (InputRequests | None) = ..., request_state: (str | None) = ..., **extra: Any) -> None: ...
class ReadResourceResultResponse(WireModel):
    id: RequestId
    jsonrpc: Literal["2.0"]
    result: InputRequiredResult | ReadResourceResult
    def __init__(self, *, id: RequestId, jsonrpc: Literal["2.0"], result: InputRequiredResult | ReadResourceResult, **extra: Any) -> None: ...
ServerResult = Result | InputRequiredResult | DiscoverResult | ListResourcesResult | ListResourceTemplatesResult | ReadResourceResult | SubscriptionsListenResult | ListPromptsResult | GetPromptResult | ListToolsResult | CallToolResult | CompleteResult
class CallToolResultResponse(WireModel):
    id: RequestId
    jsonrpc: Literal["2.0"]
    result: InputRequiredResult | CallToolResult
    def __init__(self, *, id: RequestId, jsonrpc: Literal["2.0"], result: InputRequiredResult | CallToolResult, **extra: Any) -> None: ...
ClientRequest = DiscoverRequest | ListResourcesRequest | ListResourceTemplatesRequest | ReadResourceRequest | SubscriptionsListenRequest | ListPromptsRequest | GetPromptRequest | ListToolsRequest | CallToolRequest | CompleteRequest
class GetPromptResultResponse(WireModel):
    id: RequestId
    jsonrpc: Literal["2.0"]
    result: InputRequiredResult | GetPromptResult
    def __init__(self, *, id: RequestId, jsonrpc: Literal["2.0"], result: InputRequiredResult | GetPromptResult, **extra: Any) -> None: ...
AnyCallToolResult = CallToolResult | InputRequiredResult
AnyGetPromptResult = GetPromptResult | InputRequiredResult
AnyReadResourceResult = ReadResourceResult | InputRequiredResult
