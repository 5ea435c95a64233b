//! The tools, a file each.

mod explain;
mod migrate;
mod scan;

use super::offer::Offer;

/// Every tool, in the order of their use.
pub(super) const OFFERS: [Offer; 3] = [scan::OFFER, explain::OFFER, migrate::OFFER];
