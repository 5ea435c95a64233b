//! Checks written in code, for what the data of a rule cannot say. A new one is one file and one line in [`CHECKS`].

mod call_tool_result;
mod elicit_schema;
mod handler_exceptions;
mod mcp_error_constructor;
mod override_context;
mod raises;
mod registered;
mod resources;
mod sync_handler;
mod tool_returns;
mod extra_attribute;
mod extra_keyword;
mod meta_member;
mod models;
mod uri_compared;
mod callback_order;
mod client_ping;
mod deadline_around_call;
mod initialize_again;
mod log_opt_in;
mod memory_stream_methods;
mod message_handler_requests;
mod new_headers;
mod progress_token_gate;
mod session;
mod stdin_while_serving;
mod three_streams;
mod within;

use super::context::{Context, Hit};
use crate::rule::Rule;
use crate::rule::python::CheckMatch;

/// A check: the hits of `rule` in a module.
type Check = for<'a> fn(&Context<'a, '_>, &'a Rule, &'a CheckMatch) -> Vec<Hit<'a>>;

/// Every check, by the name rule files call it.
const CHECKS: &[(&str, Check)] = &[
    ("call-tool-result", call_tool_result::hits),
    ("elicit-schema", elicit_schema::hits),
    ("error-result-with-schema", tool_returns::error_result),
    ("file-resource-is-text", resources::is_text),
    ("handler-exception-text", handler_exceptions::handler_exception_text),
    ("mcp-error-constructor", mcp_error_constructor::hits),
    ("mcp-error-in-tool", handler_exceptions::mcp_error_in_tool),
    ("override-without-context", override_context::hits),
    ("resource-extra-keyword", resources::extra_keyword),
    ("sync-handler-in-thread", sync_handler::hits),
    ("tool-exception-text", handler_exceptions::tool_exception_text),
    ("typed-dict-output", tool_returns::typed_dict),
    ("extra-attribute", extra_attribute::hits),
    ("extra-keyword", extra_keyword::hits),
    ("meta-attribute", meta_member::attributes),
    ("meta-by-string", meta_member::strings),
    ("uri-compared", uri_compared::hits),
    ("callback-order", callback_order::run),
    ("client-ping", client_ping::run),
    ("deadline-around-call", deadline_around_call::run),
    ("incompatible", elsewhere),
    ("initialize-again", initialize_again::run),
    ("log-opt-in", log_opt_in::run),
    ("memory-stream-methods", memory_stream_methods::run),
    ("message-handler-requests", message_handler_requests::run),
    ("new-headers", new_headers::run),
    ("progress-token-gate", progress_token_gate::run),
    ("stdin-while-serving", stdin_while_serving::run),
    ("three-streams", three_streams::run),
];

/// The names of the checks.
pub fn names() -> impl Iterator<Item = &'static str> {
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
