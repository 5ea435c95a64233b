//! The places that releases are had from: one file each, and the only ones of this folder that use the network.

pub mod bigquery;
pub mod clickhouse;
mod kept;
mod snapshot;

pub use snapshot::{Snapshot, lines};
