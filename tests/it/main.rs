//! The one integration binary.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on should say where")]

mod bad_input;
mod coverage;
mod fixtures;
mod forms;
mod hostile;
mod judgement;
mod output;
mod properties;
mod ratchet;
mod readme;
mod rules;
mod sdk;
mod shown;
mod surface;
mod tidy;
mod truth_table;
mod untouched;
