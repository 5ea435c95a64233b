//! The one integration binary.

mod rules;
mod truth_table;
