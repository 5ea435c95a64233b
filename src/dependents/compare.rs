//! Two surveys of the same question beside each other: what only one source knows, and where they disagree.

use std::collections::BTreeMap;

use super::name::about;
use super::{Dependent, Name, Survey};

/// What `other`, a survey of the same subject by a second source, says beside `survey`: sentences for its notes.
pub fn compared(survey: &Survey, other: &Survey) -> Vec<String> {
    let name_of = |survey: &Survey| survey.origins.first().map_or("another source", |origin| origin.source);
    let (here, there) = (name_of(survey), name_of(other));
    let (ours, theirs) = (by_name(&survey.dependents), by_name(&other.dependents));
    let both: Vec<_> = ours.iter().filter_map(|(name, one)| Some((*one, *theirs.get(name)?))).collect();
    let share = |survey: &Survey| {
        let share = survey.tally.no_upper_bound;
        format!("{} of {} ({:.1} %)", share.count, share.of, share.share * 100.0)
    };
    let mut said = vec![format!(
        "cross-check: {there} knows {} dependents, {here} {}, and {} are known to both; without an upper bound are {} \
         there and {} here",
        theirs.len(),
        ours.len(),
        both.len(),
        share(other),
        share(survey)
    )];
    let missing = |from: &BTreeMap<&Name, _>, of: &BTreeMap<&Name, _>| -> Vec<Name> {
        of.keys().filter(|name| !from.contains_key(*name)).map(|name| (*name).clone()).collect()
    };
    said.extend(about(&format!("cross-check: only {there} knows"), &missing(&ours, &theirs)));
    said.extend(about(&format!("cross-check: only {here} knows"), &missing(&theirs, &ours)));
    // Another version is another state of the package; only the same one can be read in two ways.
    let differs = |(one, other): &&(&Dependent, &Dependent)| {
        one.version == other.version && (one.class, one.optional) != (other.class, other.optional)
    };
    let different: Vec<_> = both.iter().filter(differs).map(|(one, _)| one.name.clone()).collect();
    said.extend(about("cross-check: the same release asks for something else by either source in", &different));
    let stale: Vec<_> = both.iter().filter(|(a, b)| a.version != b.version).map(|(one, _)| one.name.clone()).collect();
    said.extend(about("cross-check: the sources hold another release for the newest one of", &stale));
    said
}

fn by_name(dependents: &[Dependent]) -> BTreeMap<&Name, &Dependent> {
    dependents.iter().map(|one| (&one.name, one)).collect()
}

#[cfg(test)]
mod tests {
    use super::super::{Coverage, Origin, Share, Subject, Tally};
    use super::*;
    use crate::requirement::Bound;

    fn survey(source: &'static str, dependents: &[(&str, &str, Bound)]) -> Survey {
        let dependents: Vec<_> = dependents
            .iter()
            .map(|(name, version, class)| Dependent {
                name: Name::new(name).unwrap(),
                version: (*version).to_owned(),
                uploaded: None,
                class: *class,
                optional: false,
                requirements: Vec::new(),
                downloads: None,
            })
            .collect();
        let open = dependents.iter().filter(|one| one.class == Bound::Unbounded).count();
        let share = Share::new(open, dependents.len(), Coverage::All);
        let origin = Origin {
            source,
            place: String::new(),
            retrieved: jiff::Timestamp::UNIX_EPOCH,
            rows: 0,
            coverage: Coverage::All,
        };
        Survey {
            subject: Subject { package: Name::new("mcp").unwrap(), major: 2, released: None, as_of: None },
            origins: vec![origin],
            tally: Tally {
                active: dependents.len(),
                optional_only: 0,
                classes: Vec::new(),
                optional_classes: Vec::new(),
                no_upper_bound: share,
                exposed: share,
                no_upper_bound_with_optional: share,
                exposed_with_optional: share,
            },
            dependents,
            months: Vec::new(),
            levels: Vec::new(),
            notes: Vec::new(),
        }
    }

    #[test]
    fn what_only_one_knows_is_named() {
        let here = survey("one", &[("a", "1", Bound::Unbounded), ("b", "1", Bound::Below), ("c", "1", Bound::Below)]);
        let there = survey("two", &[("b", "1", Bound::Unbounded), ("c", "2", Bound::Below), ("d", "1", Bound::Exact)]);
        assert_eq!(
            compared(&here, &there),
            [
                "cross-check: two knows 3 dependents, one 3, and 2 are known to both; without an upper bound are 1 of 3 \
                 (33.3 %) there and 1 of 3 (33.3 %) here",
                "cross-check: only two knows: `d`",
                "cross-check: only one knows: `a`",
                "cross-check: the same release asks for something else by either source in: `b`",
                "cross-check: the sources hold another release for the newest one of: `c`",
            ]
        );
        assert_eq!(compared(&here, &here).len(), 1);
    }
}
