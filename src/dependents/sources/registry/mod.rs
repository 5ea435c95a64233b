//! Packages by name.
mod index;
