//! Rule files: what is looked for, why it matters, what to do, and the examples that prove it. One idea a file.

mod braces;
mod catalogue;
mod load;
mod offers;
pub mod python;
pub mod rust;
mod schema;
mod style;
pub mod text;

pub use catalogue::{Catalogue, Row};
pub(crate) use load::line_at;
pub use load::{Rules, embedded};
pub use schema::{Code, Condition, Example, Family, FixKind, FixPlan, Rule, Subject};
pub use style::HandlerStyle;
