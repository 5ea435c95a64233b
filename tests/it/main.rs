//! The one integration binary.

mod bad_input;
mod forms;
mod properties;
mod readme;
mod rules;
mod truth_table;
