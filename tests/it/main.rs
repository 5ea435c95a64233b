//! The one integration binary.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on should say where")]

mod bad_input;
mod baseline;
mod browser;
mod changed;
mod code;
mod code_forms;
mod code_properties;
mod configuration;
mod coverage;
mod dependents;
mod embedded_code;
mod engines;
mod fixtures;
mod formats;
mod forms;
mod handler_style;
mod hostile;
mod hostile_code;
mod integrations;
mod judgement;
mod lsp;
mod migrate;
mod migration;
mod migration_rust;
mod output;
mod picture;
mod plan;
mod project;
mod properties;
mod ratchet;
mod readme;
mod rules;
mod rust_sdk;
mod sdk;
mod serve;
mod shell;
mod shown;
mod suppression;
mod surface;
mod tidy;
mod transitive;
mod truth_table;
mod untouched;
