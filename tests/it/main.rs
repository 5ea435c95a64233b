//! The one integration binary.

mod bad_input;
mod fixtures;
mod output;
mod properties;
mod readme;
mod rules;
mod tidy;
mod truth_table;
