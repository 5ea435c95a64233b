//! The one integration binary.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on should say where")]

mod bad_input;
mod forms;
mod hostile;
mod properties;
mod readme;
mod rules;
mod truth_table;
