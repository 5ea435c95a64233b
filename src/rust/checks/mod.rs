//! Checks of Rust code that are written in code: one file each, and one line here.

mod all_versions;
mod allowed_hosts;
mod annotated;
mod attributes;
mod code_comparison;
mod exhaustive;
mod meta;
mod peer_info;
mod prompt_content;
mod raw_field;
mod response;
mod returns;
mod service_state;
mod tool_handler;

use super::context::Context;
use crate::hit::Hit;
use crate::rule::Rule;
use crate::rule::rust::RustCheck;

/// What a check finds in a file.
pub(super) type Check = for<'r> fn(&Context<'_, '_>, &'r Rule, &'r RustCheck) -> Vec<Hit<'r>>;

/// The checks by name.
const CHECKS: &[(&str, Check)] = &[
    ("all-versions", all_versions::hits),
    ("allowed-hosts", allowed_hosts::hits),
    ("annotated", annotated::hits),
    ("attributes", attributes::hits),
    ("code-comparison", code_comparison::hits),
    ("exhaustive-match", exhaustive::hits),
    ("handler-response", response::hits),
    ("meta", meta::hits),
    ("peer-info", peer_info::hits),
    ("prompt-content", prompt_content::hits),
    ("raw-field", raw_field::hits),
    ("service-state", service_state::hits),
    ("tool-handler", tool_handler::hits),
];

/// The check of this name.
pub(super) fn named(name: &str) -> Option<Check> {
    CHECKS.iter().find(|(known, _)| *known == name).map(|(_, check)| *check)
}
