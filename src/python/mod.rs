//! Python source, read but never run. The only folder that names a `ruff_*` type: its callers see spans, fragments
//! and the few shapes of [`value`], so that another version of the parser touches nothing else.

mod depth;
mod imports;
mod lower;
mod outline;
mod parse;
mod resolve;
mod strings;
mod value;

pub use imports::{Guard, Import, Imports, imports};
pub use outline::{FileName, ListSite, Outline, Statement, StatementKind, Wanted, outline};
pub use resolve::{Leaf, Names};
pub use value::{Call, Kind, Value};
