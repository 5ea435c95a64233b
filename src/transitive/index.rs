//! The user's own package index, for the walk: asked when the first question comes, because a lock may answer them all.

use std::str::FromStr;
use std::sync::OnceLock;

use pep440_rs::Version;

use super::means::{Metadata, Published};
use crate::dependents::sources::{Names, Registry};
use crate::dependents::{Coverage, Error, Name};

/// The index that the user's installers are configured for.
#[derive(Default)]
pub struct Index(OnceLock<Result<Registry, Error>>);

impl Metadata for Index {
    fn newest(&self, name: &Name, admits: &dyn Fn(&Version) -> bool) -> Result<Option<Published>, String> {
        let registry = self.0.get_or_init(|| Registry::configured(Names::default(), Coverage::Sample));
        let registry = registry.as_ref().map_err(ToString::to_string)?;
        let release = registry.admitted(name, admits).map_err(|error| error.to_string())?;
        Ok(release.and_then(|release| {
            let version = Version::from_str(&release.version).ok()?;
            Some(Published { version, requires_dist: release.requires_dist })
        }))
    }
}
