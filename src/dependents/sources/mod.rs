//! The places that releases are had from, each behind [`Source`](super::Source): the only ones of this folder that use
//! the network.

pub mod bigquery;
pub mod clickhouse;
mod ecosystems;
mod kept;
mod registry;
mod snapshot;

pub use ecosystems::Ecosystems;
pub use registry::{Names, Registry};
pub use snapshot::{Snapshot, lines};
