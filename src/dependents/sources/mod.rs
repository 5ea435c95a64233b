//! The places that releases are had from: one file each, and the only ones of this folder that use the network.

mod clickhouse;
mod kept;
mod snapshot;

pub use clickhouse::ClickHouse;
pub use snapshot::{Snapshot, lines};
