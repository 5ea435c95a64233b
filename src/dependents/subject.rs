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
pub(super) fn before(as_of: Option<Date>) -> Option<Timestamp> {
    Offset::UTC.to_timestamp(as_of?.to_datetime(jiff::civil::Time::midnight())).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dependents::{Answer, Question, Told};

    /// Knows one version of whatever is asked.
    struct Knows(Option<&'static str>);

    impl Source for Knows {
        fn releases(&self, _question: &Question, _told: &dyn Told) -> Result<Answer, Error> {
            Err(Error(String::new()))
        }

        fn newest(&self, _name: &Name, _before: Option<Timestamp>) -> Result<Option<String>, Error> {
            Ok(self.0.map(str::to_owned))
        }
    }

    const TABLE: &str = "[[package]]\necosystem = \"python\"\nname = \"mcp\"\nbreaks = [\"2\"]\nafter = \"3\"\nreleased = \"2026-07-28\"\n";

    fn subject(package: &str, major: Option<u64>, newest: Option<&'static str>) -> Result<(u64, String, bool), String> {
        let packages = Packages::parse(TABLE).unwrap();
        let wanted = Wanted { package: Name::new(package).unwrap(), major, as_of: None };
        let (subject, series) = wanted.subject(&Knows(newest), &packages).map_err(|error| error.0)?;
        Ok((subject.major, format!("{}<{}", series.newest(), series.after), subject.released.is_some()))
    }

    #[test]
    fn the_table_knows_some_and_the_source_the_others() {
        assert_eq!(subject("mcp", None, None), Ok((2, "2<3".to_owned(), true)));
        assert_eq!(subject("mcp", Some(2), None), Ok((2, "2<3".to_owned(), true)));
        assert_eq!(subject("mcp", Some(3), None), Ok((3, "3<4".to_owned(), false)));
        assert_eq!(subject("other", None, Some("5.1.2")), Ok((5, "5<6".to_owned(), false)));
        assert_eq!(subject("other", None, Some("0.4")), Ok((1, "1<2".to_owned(), false)));
        for newest in [None, Some("1!2.0"), Some("x")] {
            assert!(subject("other", None, newest).unwrap_err().contains("--major"));
        }
    }

    #[test]
    fn a_day_counts_from_its_beginning() {
        let day = "2026-07-28".parse().unwrap();
        assert_eq!(before(Some(day)).unwrap().to_string(), "2026-07-28T00:00:00Z");
        assert_eq!(before(None), None);
    }
}
