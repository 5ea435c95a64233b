//! What is not the same on the newer SDK and cannot be, because the SDK itself answers otherwise. Each difference stands
//! here once, by name and with its reason; one that is seen no more fails the test, as does one that is not here.

use std::collections::BTreeSet;

use super::exchange::Difference;

/// A difference that is the newer SDK's doing.
pub(super) struct Known {
    /// The fixture, or `*` for all.
    fixture: &'static str,
    /// How the request begins.
    step: &'static str,
    /// The field and all below it, as a JSON pointer.
    at: &'static str,
    /// The older and the newer answer as JSON, or [`ANY`].
    was: &'static str,
    is: &'static str,
    /// Why it is so.
    #[expect(dead_code, reason = "for those who read the table")]
    reason: &'static str,
}

/// Stands for any value.
const ANY: &str = "…";

const fn known(
    fixture: &'static str,
    step: &'static str,
    at: &'static str,
    [was, is]: [&'static str; 2],
    reason: &'static str,
) -> Known {
    Known { fixture, step, at, was, is, reason }
}

/// All of them.
pub(super) const KNOWN: &[Known] = &[
    known(
        "*",
        "initialize",
        "/answer/result/capabilities/experimental",
        ["{}", ""],
        "a capability that a server does not have is left out rather than empty",
    ),
    known(
        "*",
        "initialize",
        "/answer/result/serverInfo/version",
        ["\"1.30.0\"", "\"\""],
        "a server without a version of its own had the SDK's, and now has none",
    ),
];

impl Known {
    fn admits(&self, fixture: &str, difference: &Difference) -> bool {
        let same = |wanted: &str, value: &str| wanted == ANY || wanted == value;
        (self.fixture == "*" || self.fixture == fixture)
            && difference.step.starts_with(self.step)
            && difference.at.strip_prefix(self.at).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
            && same(self.was, &difference.before)
            && same(self.is, &difference.after)
    }

    fn shown(&self) -> String {
        format!("{}: {} {}: {} => {}", self.fixture, self.step, self.at, self.was, self.is)
    }
}

/// The differences of `seen`, each with its fixture, that [`KNOWN`] does not name, and what it names that was not seen.
pub(super) fn unexplained(seen: &[(String, Difference)]) -> Vec<String> {
    let mut used = BTreeSet::new();
    let mut found = Vec::new();
    for (fixture, difference) in seen {
        match KNOWN.iter().position(|known| known.admits(fixture, difference)) {
            Some(at) => _ = used.insert(at),
            None => found.push(format!(
                "{fixture}: {} {}\n    was {}\n    is  {}",
                difference.step, difference.at, difference.before, difference.after
            )),
        }
    }
    let gone = KNOWN.iter().enumerate().filter(|(at, _)| !used.contains(at));
    found.extend(gone.map(|(_, known)| format!("no longer seen: {}", known.shown())));
    found
}
