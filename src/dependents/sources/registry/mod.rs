//! Packages by name.
mod html;
mod index;
mod json;
mod metadata;
mod names;
mod project;
