//! The one spelling of what the crate exports under several paths.

use std::borrow::Cow;

/// Paths below the crate, and what they are called here: what stands at the root of the crate, or of its `transport`.
const SPELLINGS: &[(&str, &str)] = &[
    ("::handler::server::ServerHandler", "::ServerHandler"),
    ("::handler::client::ClientHandler", "::ClientHandler"),
    ("::handler::server::wrapper::Json", "::Json"),
    ("::model::ErrorData", "::ErrorData"),
    ("::service::Peer", "::Peer"),
    ("::service::Service", "::Service"),
    ("::service::ServiceError", "::ServiceError"),
    ("::service::ServiceExt", "::ServiceExt"),
    ("::service::RoleClient", "::RoleClient"),
    ("::service::RoleServer", "::RoleServer"),
    ("::service::serve_client", "::serve_client"),
    ("::service::serve_server", "::serve_server"),
    ("::transport::child_process::TokioChildProcess", "::transport::TokioChildProcess"),
    ("::transport::io::stdio", "::transport::stdio"),
    (
        "::transport::streamable_http_client::StreamableHttpClientTransport",
        "::transport::StreamableHttpClientTransport",
    ),
    (
        "::transport::streamable_http_server::tower::StreamableHttpServerConfig",
        "::transport::StreamableHttpServerConfig",
    ),
    ("::transport::streamable_http_server::StreamableHttpServerConfig", "::transport::StreamableHttpServerConfig"),
    ("::transport::streamable_http_server::tower::StreamableHttpService", "::transport::StreamableHttpService"),
    ("::transport::streamable_http_server::StreamableHttpService", "::transport::StreamableHttpService"),
    ("::transport::sse_server::SseServer", "::transport::SseServer"),
    ("::transport::sse_client::SseClientTransport", "::transport::SseClientTransport"),
    ("::transport::auth::AuthClient", "::transport::AuthClient"),
    ("::transport::auth::AuthError", "::transport::AuthError"),
    ("::transport::auth::AuthorizationManager", "::transport::AuthorizationManager"),
    ("::transport::auth::AuthorizationSession", "::transport::AuthorizationSession"),
    ("::transport::auth::OAuthState", "::transport::OAuthState"),
];

/// The one spelling of `below`, a path below the crate with the colons in front.
pub(super) fn one(below: &str) -> Cow<'_, str> {
    for (other, one) in SPELLINGS {
        if let Some(rest) = below.strip_prefix(other).filter(|rest| rest.is_empty() || rest.starts_with("::")) {
            return Cow::Owned(format!("{one}{rest}"));
        }
    }
    Cow::Borrowed(below)
}
