//! The one integration binary.

mod bad_input;
mod hostile;
mod properties;
mod rules;
mod truth_table;
