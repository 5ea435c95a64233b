//! How long questions may take, and what came of those that took longer.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// A question that takes longer is given up at the next step of inference. Thousands of lines take seconds at most.
pub(super) const PATIENCE: Duration = Duration::from_secs(20);

/// The same once several files have taken that long: whoever wrote them may have written a thousand.
const LITTLE: Duration = Duration::from_secs(2);

/// How many files may take long.
const SEVERAL: usize = 3;

/// The files that have no types, or not all, with the reasons: shared by every engine of a run, so that none is asked
/// again what another took too long for.
#[derive(Debug, Clone, Default)]
pub struct GivenUp(Arc<Mutex<BTreeMap<String, Reason>>>);

#[derive(Debug)]
struct Reason {
    message: String,
    took_too_long: bool,
}

impl GivenUp {
    /// Why the file shown as `path` has no types, or not all; `None` when it has them.
    pub fn reason(&self, path: &str) -> Option<String> {
        self.with(|files| files.get(path).map(|reason| reason.message.clone()))
    }

    /// Keeps the file shown as `path` from every engine, for the reason `message`.
    pub fn give_up(&self, path: &str, message: &str) {
        self.add(path, message, true);
    }

    pub(super) fn add(&self, path: &str, message: &str, took_too_long: bool) {
        self.with(|files| {
            let reason = files.entry(path.to_owned());
            let reason = reason.or_insert_with(|| Reason { message: message.to_owned(), took_too_long });
            reason.took_too_long |= took_too_long;
        });
    }

    /// Why `path` is not to be asked about again.
    pub(super) fn refusal(&self, path: &str) -> Option<String> {
        self.with(|files| files.get(path).filter(|reason| reason.took_too_long).map(|reason| reason.message.clone()))
    }

    /// How long the next question may take.
    pub(super) fn left(&self) -> Duration {
        let late = self.with(|files| files.values().filter(|reason| reason.took_too_long).count());
        if late < SEVERAL { PATIENCE } else { LITTLE }
    }

    fn with<T>(&self, work: impl FnOnce(&mut BTreeMap<String, Reason>) -> T) -> T {
        work(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patience_is_lost_with_files_that_take_long() {
        let given_up = GivenUp::default();
        given_up.add("a.py", "nested", false);
        assert_eq!((given_up.reason("a.py").as_deref(), given_up.refusal("a.py")), (Some("nested"), None));
        for path in ["b.py", "c.py", "d.py"] {
            assert_eq!(given_up.left(), PATIENCE);
            given_up.add(path, "too long", true);
            assert_eq!(given_up.refusal(path).as_deref(), Some("too long"));
        }
        assert_eq!(given_up.left(), LITTLE);
    }
}
