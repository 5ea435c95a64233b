//! mcp-audit: finds, explains and fixes what the next major of a Model Context Protocol SDK breaks.

pub mod command;
pub mod manifest;
pub mod python;
pub mod requirement;
pub mod source;
pub mod syntax;
