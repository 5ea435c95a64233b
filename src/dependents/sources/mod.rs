//! The places that releases are had from, each behind [`Source`](super::Source): the only ones of this folder that use
//! the network.

mod registry;
mod snapshot;

pub use registry::{Names, Registry};
pub use snapshot::{Snapshot, lines};
