//! Checks written in code, for what the data of a rule cannot say. A new one is one file and one line in [`CHECKS`].

mod callback_pair;
mod context_type_arguments;
mod fields;
mod oauth_urls;
mod registered_client;
mod servers;

use super::context::{Context, Hit};
use crate::rule::Rule;
use crate::rule::python::CheckMatch;

/// A check: the hits of `rule` in a module.
type Check = for<'a> fn(&Context<'a, '_>, &'a Rule, &'a CheckMatch) -> Vec<Hit<'a>>;

/// Every check, by the name rule files call it.
const CHECKS: &[(&str, Check)] = &[
    ("callback-returns-pair", callback_pair::hits),
    ("client-information-base", registered_client::base),
    ("context-type-arguments", context_type_arguments::hits),
    ("host-decides-protection", servers::host_protection),
    ("http-app-twice", servers::app_twice),
    ("issuer-not-local", oauth_urls::issuer_not_local),
    ("lifespan-over-http", servers::lifespan_over_http),
    ("metadata-validators", registered_client::validators),
    ("redirect-uri-not-local", oauth_urls::redirect_not_local),
    ("secretless-client", registered_client::without_secret),
    ("transport-settings-lost", servers::settings_lost),
    ("url-without-path", oauth_urls::without_path),
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
