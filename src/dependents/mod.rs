//! Who depends on a package, and how many of them would take its next major: from live data, reproducible.
//!
//! One direction, as everywhere: a [`Source`] answers a [`Question`] with [`Release`]s, which are all the facts there
//! are; what is newest, how a requirement is classed and what share that makes is worked out here, the same for every
//! source; the [`Survey`] that comes of it is what printers see. Nothing below this folder knows where data is from
//! but `sources/`, and only `sources/` uses the network.

mod classify;
mod compare;
pub mod http;
mod levels;
mod months;
mod name;
mod newest;
mod release;
mod source;
pub mod sources;
mod subject;
mod survey;
mod take;
mod tally;

pub use compare::compared;
pub use levels::DEEPEST;
pub use name::Name;
pub use release::Release;
pub use source::{Answer, Coverage, Error, Origin, Question, Silent, Source, Told};
pub use subject::Wanted;
pub use survey::{Dependent, Exposed, Level, Month, Share, Subject, Survey, Tally};
pub use take::{Extent, Taken, take};
