//! What names of the SDK mean for an inventory: by the last name of a path that begins in the SDK, so that both majors and
//! every re-export are one entry.

use crate::packages::is_sdk_path;
use crate::portrait::{Kind, Transport};

/// What an object is asked through.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// A server that takes tools by a decorator.
    Server,
    /// The lowlevel server, which takes handlers.
    Lowlevel,
    /// A session of either side, or a client.
    Session,
    /// What a tool is handed.
    Context,
    /// Something of another package.
    Foreign,
}

/// What making or calling something of the SDK is.
#[derive(Debug, Clone, Copy)]
pub(super) struct Known {
    pub(super) kind: Kind,
    pub(super) transport: Option<Transport>,
}

fn last(path: &str) -> &str {
    path.rsplit('.').next().unwrap_or(path)
}

/// Whether a path leads into the SDK, or into the package that grew out of it.
pub(super) fn is_ours(path: &str) -> bool {
    is_sdk_path(path) || path.starts_with("fastmcp.")
}

/// What a call of `path` is.
pub(super) fn called(path: &str) -> Option<Known> {
    if !is_ours(path) {
        return None;
    }
    let made = |kind| Some(Known { kind, transport: None });
    let server = |transport| Some(Known { kind: Kind::ServerTransport, transport: Some(transport) });
    let client = |transport| Some(Known { kind: Kind::ClientTransport, transport: Some(transport) });
    match last(path) {
        "FastMCP" | "MCPServer" => made(Kind::Server),
        "Server" if path.starts_with("mcp.server") => made(Kind::Server),
        "ClientSession" | "ClientSessionGroup" => made(Kind::Client),
        "Client" if matches!(path, "mcp.Client" | "fastmcp.Client") || path.contains(".client.") => made(Kind::Client),
        "stdio_server" => server(Transport::Stdio),
        "SseServerTransport" => server(Transport::Sse),
        "StreamableHTTPSessionManager" | "StreamableHTTPServerTransport" => server(Transport::Http),
        "websocket_server" => server(Transport::Websocket),
        "stdio_client" | "StdioTransport" => client(Transport::Stdio),
        "sse_client" | "SseServerParameters" => client(Transport::Sse),
        "streamablehttp_client" | "streamable_http_client" | "StreamableHttpParameters" | "StreamableHttpTransport" => {
            client(Transport::Http)
        }
        "websocket_client" => client(Transport::Websocket),
        "create_connected_server_and_client_session" | "create_client_server_memory_streams" => {
            client(Transport::Memory)
        }
        "AuthSettings"
        | "ClientRegistrationOptions"
        | "RevocationOptions"
        | "OAuthClientProvider"
        | "OAuthClientMetadata"
        | "ClientCredentialsOAuthProvider"
        | "PrivateKeyJWTOAuthProvider"
        | "RFC7523OAuthClientProvider"
        | "ProviderTokenVerifier"
        | "BearerAuthBackend"
        | "RequireAuthMiddleware"
        | "create_auth_routes"
        | "create_protected_resource_routes" => made(Kind::AuthConfiguration),
        _ => None,
    }
}

/// What deriving from `path` makes of a class, apart from what the class is called for.
pub(super) fn derived(path: &str) -> Option<Kind> {
    if !is_sdk_path(path) {
        return None;
    }
    match last(path) {
        "OAuthAuthorizationServerProvider" | "TokenVerifier" | "TokenStorage" | "OAuthClientProvider" => {
            Some(Kind::AuthConfiguration)
        }
        "EventStore" => Some(Kind::SessionState),
        _ => None,
    }
}

/// What an instance of `path` is asked through; `Foreign` for what is of no SDK.
pub(super) fn role(path: &str) -> Option<Role> {
    if !is_ours(path) {
        return Some(Role::Foreign);
    }
    match last(path) {
        "FastMCP" | "MCPServer" => Some(Role::Server),
        "Server" => Some(Role::Lowlevel),
        "ClientSession" | "ServerSession" | "ClientSessionGroup" | "Client" => Some(Role::Session),
        "Context" | "RequestContext" | "ServerRequestContext" | "ClientRequestContext" => Some(Role::Context),
        _ => None,
    }
}

/// What a decorator of this name declares, on a server.
pub(super) fn declared(name: &str) -> Option<Kind> {
    match name {
        "tool" => Some(Kind::Tool),
        "resource" | "resource_template" => Some(Kind::Resource),
        "prompt" => Some(Kind::Prompt),
        _ => None,
    }
}

/// The handlers that a lowlevel server takes.
pub(super) const HANDLERS: [&str; 12] = [
    "list_tools",
    "call_tool",
    "list_resources",
    "list_resource_templates",
    "read_resource",
    "subscribe_resource",
    "unsubscribe_resource",
    "list_prompts",
    "get_prompt",
    "completion",
    "set_logging_level",
    "progress_notification",
];

/// What a method of this name uses, and whether no other library is likely to have a method called so.
pub(super) fn used(name: &str) -> Option<(Kind, bool)> {
    Some(match name {
        "list_roots" | "send_roots_list_changed" => (Kind::Roots, true),
        "create_message" => (Kind::Sampling, false),
        "sample" => (Kind::Sampling, false),
        "elicit" => (Kind::Elicitation, false),
        "elicit_url" | "elicit_form" | "send_elicit_complete" => (Kind::Elicitation, true),
        "send_log_message" => (Kind::Logging, true),
        "set_logging_level" | "debug" | "info" | "warning" | "error" | "log" => (Kind::Logging, false),
        "report_progress" | "send_progress_notification" => (Kind::Progress, true),
        "send_resource_updated"
        | "send_resource_list_changed"
        | "send_tool_list_changed"
        | "send_prompt_list_changed" => (Kind::Subscriptions, true),
        "subscribe_resource" | "unsubscribe_resource" => (Kind::Subscriptions, false),
        "call_tool_as_task" | "get_task" | "poll_task" | "get_task_result" | "cancel_task" | "list_tasks"
        | "enable_tasks" | "run_task" => (Kind::Tasks, false),
        _ => return None,
    })
}

/// What passing something by this keyword to a session, a client or a server uses.
pub(super) fn passed(keyword: &str) -> Option<Kind> {
    Some(match keyword {
        "list_roots_callback" | "roots" => Kind::Roots,
        "sampling_callback" | "sampling_handler" | "sampling_capabilities" => Kind::Sampling,
        "logging_callback" | "log_handler" => Kind::Logging,
        "elicitation_callback" | "elicitation_handler" => Kind::Elicitation,
        "progress_callback" | "progress_handler" => Kind::Progress,
        "event_store" | "stateless_http" | "stateless" | "session_idle_timeout" | "lifespan" => Kind::SessionState,
        "auth" | "token_verifier" | "auth_server_provider" => Kind::AuthConfiguration,
        _ => return None,
    })
}

/// The keywords whose values tell how a server, a client, a transport or authorization is set up.
pub(super) const TELLING: [&str; 24] = [
    "name",
    "transport",
    "stateless_http",
    "stateless",
    "json_response",
    "event_store",
    "host",
    "port",
    "auth",
    "token_verifier",
    "auth_server_provider",
    "issuer_url",
    "issuer",
    "resource_server_url",
    "validate_token_resource",
    "required_scopes",
    "client_registration_options",
    "enabled",
    "client_metadata_url",
    "callback_handler",
    "server_url",
    "application_type",
    "scope",
    "session_idle_timeout",
];
