//! The places that releases are had from: one file each, and the only ones of this folder that use the network.

mod snapshot;

pub use snapshot::{Snapshot, lines};
