//! Which major the question is about, and where the series of the package break around it.

use std::str::FromStr;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::Offset;
use pep440_rs::Version;

use super::{Error, Name, Source, Subject};
use crate::packages::Packages;
use crate::requirement::{Ecosystem, Series};

/// What is asked about, as the user says it.
#[derive(Debug, Clone)]
pub struct Wanted {
    /// The package.
    pub package: Name,
    /// The new major; where it is not said, the newest that was released.
    pub major: Option<u64>,
    /// The day before which uploads count.
    pub as_of: Option<Date>,
}

impl Wanted {
    /// The subject of the survey, with its series: those of the table of packages; for other packages the major is the
    /// one said, or that of the newest release that `source` knows.
    ///
    /// # Errors
    /// When nobody knows what the newest major is.
    pub fn subject(&self, source: &dyn Source, packages: &Packages) -> Result<(Subject, Series), Error> {
        let known = packages.get(Ecosystem::Python, self.package.as_str());
        let (major, series, released) = match (self.major, known) {
            (None, Some(known)) => {
                let major = known.series.newest().release().first().copied().unwrap_or(0);
                (major, known.series.clone(), known.released.as_deref())
            }
            (Some(major), known) => {
                let series = around(major);
                // A date is that of the newest series alone.
                let released = known.filter(|known| known.series.newest() == series.newest());
                (major, series, released.and_then(|known| known.released.as_deref()))
            }
            (None, None) => {
                let major = self.newest_major(source)?;
                (major, around(major), None)
            }
        };
        let subject = Subject {
            package: self.package.clone(),
            major,
            released: released.and_then(|date| date.parse().ok()),
            as_of: self.as_of,
        };
        Ok((subject, series))
    }

    fn newest_major(&self, source: &dyn Source) -> Result<u64, Error> {
        let name = &self.package;
        let newest = source.newest(name, before(self.as_of))?;
        let Some(newest) = newest else {
            return Err(Error(format!(
                "the source does not know what the newest release of `{name}` is; say which major is new: --major 2"
            )));
        };
        match Version::from_str(&newest) {
            // Before 1.0 the next major is 1, and everything that was released is older.
            Ok(version) if version.epoch() == 0 => Ok(version.release().first().copied().unwrap_or(0).max(1)),
            _ => Err(Error(format!(
                "the newest release of `{name}` is {newest}, which has no major; say which one is new: --major 2"
            ))),
        }
    }
}

/// The series before `major`, that of `major`, and everything later.
fn around(major: u64) -> Series {
    Series { breaks: vec![Version::new([major])], after: Version::new([major.saturating_add(1)]) }
}

/// The instant before which uploads count: the beginning of the day, UTC.
pub fn before(as_of: Option<Date>) -> Option<Timestamp> {
    Offset::UTC.to_timestamp(as_of?.to_datetime(jiff::civil::Time::midnight())).ok()
}
