//! What names mean in Python code: which scope binds them, to what import, and where that import leads through the
//! project's own modules. No types: a name that holds an instance leads nowhere here.

mod project;
mod resolve;
mod scopes;
mod summary;

pub use project::{Modules, ProjectModule};
pub(crate) use resolve::{Chain, chain_of};
pub(crate) use scopes::{Binding, Scopes, absolute};
pub(crate) use summary::base_name;
pub use summary::{ClassSummary, Summary, summary};
