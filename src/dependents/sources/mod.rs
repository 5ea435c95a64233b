//! The places that know who depends on whom, each behind [`Source`](super::Source). Only here is the network used.

pub mod registry;
