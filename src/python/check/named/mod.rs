//! Checks written in code, for what the data of a rule cannot say. A new one is one file and one line in [`CHECKS`].

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
    ("callback-order", callback_order::run),
    ("client-ping", client_ping::run),
    ("deadline-around-call", deadline_around_call::run),
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
