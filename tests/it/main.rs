//! The one integration binary.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on should say where")]

mod bad_input;
mod fixtures;
mod forms;
mod hostile;
mod output;
mod properties;
mod readme;
mod rules;
mod sdk;
mod surface;
mod tidy;
mod truth_table;
