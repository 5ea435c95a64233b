//! The one integration binary.

mod bad_input;
mod fixtures;
mod properties;
mod readme;
mod rules;
mod truth_table;
