//! Asks every rule about the places of a module. One file for each kind of matcher; each is a function from the module
//! to its hits, and none knows of another.

mod accepted;
mod argument;
mod by_string;
mod by_version;
mod callee;
mod compiled;
mod context;
mod decorator;
mod guards;
mod handler;
mod literal;
mod member;
mod named;
mod overriding;
mod patched;
mod program;
mod quoted;
mod rewrite;
mod stand_ins;
mod statements;
mod symbol;
mod unexplained;
mod uses;
mod value;
mod walk;
mod within;

pub(crate) use by_version::is_within as is_by_version;
pub use compiled::Compiled;
pub use context::{Checked, Handed, Hit, Module, Typing, check};
pub(super) use rewrite::imports::without;
pub use unexplained::unexplained;
pub(super) use value::string;
