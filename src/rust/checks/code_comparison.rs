//! A client that asks whether an error is `RESOURCE_NOT_FOUND`: a server of 2026-07-28 sends another code.

use super::super::context::Context;
use crate::hit::Hit;
use crate::rule::Rule;
use crate::rule::rust::RustCheck;

/// What only a client names. A server's own errors are rewritten on their way out.
const CLIENTS: &[&str] = &[
    "rmcp::RoleClient",
    "rmcp::ClientHandler",
    "rmcp::ServiceError",
    "rmcp::service::RunningService",
    "rmcp::transport::StreamableHttpClientTransport",
    "rmcp::transport::TokioChildProcess",
];

pub(super) fn hits<'r>(context: &Context<'_, '_>, rule: &'r Rule, entry: &'r RustCheck) -> Vec<Hit<'r>> {
    if !CLIENTS.iter().any(|path| context.names(path)) {
        return Vec::new();
    }
    let text = context.source.text;
    let mut hits = Vec::new();
    for written in &context.paths {
        let Some((name, last)) = written.parts.last() else { continue };
        let is_one = |path: &String| written.leads_to.iter().any(|full| context.is(full, path));
        if !entry.of.as_slice().iter().any(is_one) {
            continue;
        }
        let start = written.parts[0].1.start;
        let before = text[..start].trim_end_matches([' ', '\n', '\t', '\r', '&', '*', '(']);
        let behind = text[last.end..].trim_start_matches([' ', '\n', '\t', '\r', ')', '.', '0']);
        let is_compared = before.ends_with("==") || before.ends_with("!=");
        if is_compared || ["==", "!=", "=>", "if ", "|"].iter().any(|sign| behind.starts_with(sign)) {
            hits.push(Hit::new(rule, *last).with("name", name));
        }
    }
    hits
}
