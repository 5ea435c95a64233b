//! The text output.
