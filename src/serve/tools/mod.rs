//! The tools, a file each.

mod explain;
mod migrate;
mod plan;
mod scan;

use super::offer::Offer;

/// Every tool, in the order of their use.
pub(super) const OFFERS: [Offer; 4] = [scan::OFFER, explain::OFFER, plan::OFFER, migrate::OFFER];
