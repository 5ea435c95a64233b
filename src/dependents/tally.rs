//! Counts over dependents and the shares that are quoted, with their intervals where only a sample was looked at.

use super::classify::State;
use super::{Coverage, Share, Tally};
use crate::requirement::Bound;

/// The 97.5 % point of the normal distribution: a two-sided interval of 95 %.
const Z: f64 = 1.959_963_984_540_054;

/// How many dependents are of each class; those that ask only in extras apart.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Counts {
    active: [usize; Bound::ALL.len()],
    optional: [usize; Bound::ALL.len()],
}

impl Counts {
    /// One more.
    pub(super) fn add(&mut self, state: State) {
        *self.of(state) += 1;
    }

    /// One less of what was added.
    pub(super) fn remove(&mut self, state: State) {
        let count = self.of(state);
        *count = count.saturating_sub(1);
    }

    fn of(&mut self, state: State) -> &mut usize {
        let side = if state.optional { &mut self.optional } else { &mut self.active };
        &mut side[state.class as usize]
    }

    /// The numbers as they are printed.
    pub(super) fn tally(&self, coverage: Coverage) -> Tally {
        let sum = |side: &[usize], is_counted: fn(Bound) -> bool| -> usize {
            Bound::ALL.iter().zip(side).filter(|(class, _)| is_counted(**class)).map(|(_, count)| count).sum()
        };
        let named = |side: &[usize]| {
            Bound::ALL.into_iter().zip(side.iter().copied()).filter(|(_, count)| *count > 0).collect::<Vec<_>>()
        };
        let (active, optional_only) = (self.active.iter().sum(), self.optional.iter().sum());
        let share = |is_counted| Share::new(sum(&self.active, is_counted), active, coverage);
        let with_optional = |is_counted| {
            let count = sum(&self.active, is_counted) + sum(&self.optional, is_counted);
            Share::new(count, active + optional_only, coverage)
        };
        Tally {
            active,
            optional_only,
            classes: named(&self.active),
            optional_classes: named(&self.optional),
            no_upper_bound: share(Bound::is_open),
            exposed: share(Bound::is_exposed),
            no_upper_bound_with_optional: with_optional(Bound::is_open),
            exposed_with_optional: with_optional(Bound::is_exposed),
        }
    }
}

impl Share {
    /// `count` of `of`; what was counted in a sample has an interval.
    pub fn new(count: usize, of: usize, coverage: Coverage) -> Self {
        let share = if of == 0 { 0.0 } else { as_float(count) / as_float(of) };
        let interval = (coverage == Coverage::Sample && of > 0).then(|| wilson(count, of));
        Self { count, of, share, interval }
    }
}

/// Wilson's score interval (Wilson 1927), which stays within 0 and 1 and holds for small samples.
fn wilson(count: usize, of: usize) -> (f64, f64) {
    let (n, p) = (as_float(of), as_float(count) / as_float(of));
    let spread = Z * (p * (1.0 - p) / n + Z * Z / (4.0 * n * n)).sqrt();
    let (middle, scale) = (p + Z * Z / (2.0 * n), 1.0 + Z * Z / n);
    // At the ends the bound is exactly 0 or 1; rounding leaves a hair.
    let low = if count == 0 { 0.0 } else { (middle - spread) / scale };
    let high = if count == of { 1.0 } else { (middle + spread) / scale };
    (low, high)
}

#[expect(clippy::cast_precision_loss, reason = "counts of packages are far below 2^52")]
fn as_float(count: usize) -> f64 {
    count as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn percent(count: usize, of: usize) -> (f64, f64) {
        let (low, high) = Share::new(count, of, Coverage::Sample).interval.unwrap();
        ((low * 100.0).round(), (high * 100.0).round())
    }

    #[test]
    fn intervals_are_wilsons() {
        assert_eq!(percent(11, 18), (39.0, 80.0));
        assert_eq!(percent(10, 18), (34.0, 75.0));
        assert_eq!(percent(8, 10), (49.0, 94.0));
        assert_eq!(percent(2, 8), (7.0, 59.0));
        assert_eq!((percent(0, 5).0, percent(5, 5).1), (0.0, 100.0));
        assert_eq!(Share::new(1, 2, Coverage::All).interval, None);
        assert_eq!(Share::new(0, 0, Coverage::Sample), Share { count: 0, of: 0, share: 0.0, interval: None });
    }

    #[test]
    fn both_metrics_are_counted_with_and_without_extras() {
        let mut counts = Counts::default();
        let states = [
            (Bound::Unbounded, false),
            (Bound::Unbounded, false),
            (Bound::Spans, false),
            (Bound::RequiresNextOpen, false),
            (Bound::Below, false),
            (Bound::Unparsable, false),
            (Bound::Unbounded, true),
            (Bound::Exact, true),
        ];
        for (class, optional) in states {
            counts.add(State { class, optional });
        }
        let tally = counts.tally(Coverage::All);
        assert_eq!((tally.active, tally.optional_only), (6, 2));
        let shares =
            [tally.no_upper_bound, tally.exposed, tally.no_upper_bound_with_optional, tally.exposed_with_optional];
        assert_eq!(shares.map(|share| (share.count, share.of)), [(3, 6), (3, 6), (4, 8), (4, 8)]);
        assert_eq!(tally.classes.iter().map(|(_, count)| count).sum::<usize>(), 6);
        assert_eq!(tally.optional_classes, [(Bound::Unbounded, 1), (Bound::Exact, 1)]);
        for (class, optional) in states {
            counts.remove(State { class, optional });
        }
        assert_eq!(counts, Counts::default());
    }
}
