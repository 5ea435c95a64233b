//! A server that listens to the world and does not say under which names it is reached: from rmcp 1.4 on, only those of
//! the machine itself are served.

use super::super::context::Context;
use crate::hit::Hit;
use crate::rule::Rule;
use crate::rule::rust::RustCheck;

const CONFIG: &str = "rmcp::transport::StreamableHttpServerConfig";
/// Addresses that are not the machine's own.
const PUBLIC: &[&str] = &["0.0.0.0", "[::]:", "UNSPECIFIED"];
/// What says which names are served.
const SAID: &[&str] = &["allowed_hosts", "with_allowed_hosts", "disable_allowed_hosts"];

pub(super) fn hits<'r>(context: &Context<'_, '_>, rule: &'r Rule, _: &'r RustCheck) -> Vec<Hit<'r>> {
    let text = context.source.text;
    if !PUBLIC.iter().any(|address| text.contains(address)) || SAID.iter().any(|name| text.contains(name)) {
        return Vec::new();
    }
    let made = |written: &&super::super::paths::Written| {
        let is_made = |full: &String| {
            full.rsplit_once("::").is_some_and(|(of, how)| matches!(how, "default" | "new") && context.is(of, CONFIG))
        };
        written.leads_to.iter().any(is_made)
    };
    let hit = |written: &super::super::paths::Written| {
        let (name, span) = written.parts.iter().rev().nth(1)?;
        Some(Hit::new(rule, *span).with("name", name))
    };
    context.paths.iter().filter(made).filter_map(hit).collect()
}
