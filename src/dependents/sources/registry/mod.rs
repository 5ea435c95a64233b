//! Packages by name.
mod archive;
mod html;
mod index;
mod json;
mod metadata;
mod names;
mod project;
mod remote;
