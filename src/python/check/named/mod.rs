//! Checks written in code, for what the data of a rule cannot say. A new one is one file and one line in [`CHECKS`].

mod call_tool_result;
mod callback_order;
mod callback_pair;
mod client_ping;
mod context_type_arguments;
mod deadline_around_call;
mod dump_expected;
mod elicit_schema;
mod extra_attribute;
mod extra_keyword;
mod fields;
mod get_context;
mod handler_exceptions;
mod httpx_around;
mod httpx_factory;
mod httpx_module;
mod in_memory_session;
mod in_memory_uses;
mod initialize_again;
mod leaked_reexport;
mod log_opt_in;
mod mcp_error_constructor;
mod memory_stream_methods;
mod message_handler_requests;
mod meta_member;
mod models;
mod new_headers;
mod oauth_urls;
mod override_context;
mod patched_server;
mod progress_token_gate;
mod raises;
pub(super) mod registered;
mod registered_client;
mod request_context;
mod resources;
mod servers;
mod session;
mod session_as_key;
mod stdin_while_serving;
mod sync_handler;
pub(super) mod three_streams;
mod tool_returns;
mod undeclared;
mod uri_compared;
mod uri_given_to_mock;

use super::context::{Context, Hit};
use crate::rule::Rule;
use crate::rule::python::CheckMatch;

/// A check: the hits of `rule` in a module.
type Check = for<'a> fn(&Context<'a, '_>, &'a Rule, &'a CheckMatch) -> Vec<Hit<'a>>;

/// Every check, by the name rule files call it.
const CHECKS: &[(&str, Check)] = &[
    ("call-tool-result", call_tool_result::hits),
    ("callback-order", callback_order::run),
    ("callback-returns-pair", callback_pair::hits),
    ("client-information-base", registered_client::base),
    ("client-ping", client_ping::run),
    ("context-type-arguments", context_type_arguments::hits),
    ("deadline-around-call", deadline_around_call::run),
    ("dump-expected", dump_expected::hits),
    ("elicit-schema", elicit_schema::hits),
    ("error-result-with-schema", tool_returns::error_result),
    ("extra-attribute", extra_attribute::hits),
    ("extra-keyword", extra_keyword::hits),
    ("file-resource-is-text", resources::is_text),
    ("get-context", get_context::hits),
    ("handler-exception-text", handler_exceptions::handler_exception_text),
    ("host-decides-protection", servers::host_protection),
    ("http-app-twice", servers::app_twice),
    ("in-memory-session", in_memory_session::hits),
    ("incompatible", elsewhere),
    ("initialize-again", initialize_again::run),
    ("issuer-not-local", oauth_urls::issuer_not_local),
    ("lifespan-over-http", servers::lifespan_over_http),
    ("log-opt-in", log_opt_in::run),
    ("mcp-error-constructor", mcp_error_constructor::hits),
    ("mcp-error-in-tool", handler_exceptions::mcp_error_in_tool),
    ("memory-stream-methods", memory_stream_methods::run),
    ("message-handler-requests", message_handler_requests::run),
    ("meta-attribute", meta_member::attributes),
    ("meta-by-string", meta_member::strings),
    ("metadata-validators", registered_client::validators),
    ("new-headers", new_headers::run),
    ("override-without-context", override_context::hits),
    ("patched-server", patched_server::hits),
    ("progress-token-gate", progress_token_gate::run),
    ("redirect-uri-not-local", oauth_urls::redirect_not_local),
    ("resource-extra-keyword", resources::extra_keyword),
    ("secretless-client", registered_client::without_secret),
    ("stdin-while-serving", stdin_while_serving::run),
    ("sync-handler-in-thread", sync_handler::hits),
    ("three-streams", three_streams::run),
    ("tool-exception-text", handler_exceptions::tool_exception_text),
    ("transport-settings-lost", servers::settings_lost),
    ("typed-dict-output", tool_returns::typed_dict),
    ("uri-compared", uri_compared::hits),
    ("uri-given-to-mock", uri_given_to_mock::hits),
    ("url-without-path", oauth_urls::without_path),
    ("httpx-certificates", httpx_around::certificates),
    ("httpx-client", httpx_factory::client),
    ("httpx-factory", httpx_factory::hits),
    ("httpx-logger-configuration", httpx_around::logger_configuration),
    ("httpx-module", httpx_module::hits),
    ("httpx-test-doubles", httpx_around::test_doubles),
    ("leaked-reexport", leaked_reexport::hits),
    ("request-context", request_context::hits),
    ("session-as-key", session_as_key::hits),
    ("undeclared-httpx", undeclared::hits),
    ("undeclared-httpx-sse", undeclared::hits),
    ("undeclared-pydantic-settings", undeclared::hits),
];

/// The names of the checks.
pub(super) fn names() -> impl Iterator<Item = &'static str> {
    CHECKS.iter().map(|(name, _)| *name)
}

pub(super) fn hits<'a>(context: &Context<'a, '_>) -> Vec<Hit<'a>> {
    let mut hits = Vec::new();
    for (rule, entry) in &context.rules.checks {
        if let Some((_, check)) = CHECKS.iter().find(|(name, _)| *name == entry.name) {
            hits.extend(check(context, rule, entry));
        }
    }
    hits
}

/// The net under the rules is drawn by the driver, which has the diagnostics and every other hit.
fn elsewhere<'a>(_: &Context<'a, '_>, _: &'a Rule, _: &'a CheckMatch) -> Vec<Hit<'a>> {
    Vec::new()
}
