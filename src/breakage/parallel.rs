//! Work shared out to all threads: a tree has one large project or many small ones, so it is shared module by module.

use std::collections::VecDeque;
use std::convert::Infallible;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use crate::python::types::on_threads;

/// More threads than this share so much of what is inferred that they wait for each other.
const MAX_THREADS: usize = 8;

/// What `work` makes of each of `items`, in their order. The threads may ask the type engines in place; `own` makes what
/// each of them keeps from one item to the next.
pub(super) fn each<I: Sync, S, T: Send>(
    items: &[I],
    own: impl Fn() -> S + Sync,
    work: impl Fn(&mut S, &I) -> T + Sync,
) -> Vec<T> {
    in_two(
        items,
        own,
        |_, _| (),
        |own, item| Stage::Done::<Infallible, T>(work(own, item)),
        |_, _, never| match never {},
    )
}

/// What became of an item at first.
pub(super) enum Stage<M, T> {
    /// It is done.
    Done(T),
    /// The second half of the work is left.
    Half(M),
}

/// The same where the work on an item has two halves: every other thread takes to the second ones as soon as there are any,
/// so that no two threads wait for what only one of them can infer. Until there are, it goes `ahead` with what it can.
pub(super) fn in_two<I: Sync, S, M: Send, T: Send>(
    items: &[I],
    own: impl Fn() -> S + Sync,
    ahead: impl Fn(&mut S, &I) + Sync,
    first: impl Fn(&mut S, &I) -> Stage<M, T> + Sync,
    second: impl Fn(&mut S, &I, M) -> T + Sync,
) -> Vec<T> {
    let threads = std::thread::available_parallelism().map_or(1, |count| count.get().min(MAX_THREADS));
    let (made, halves) = (Mutex::new(Vec::with_capacity(items.len())), Mutex::new(VecDeque::new()));
    let [next, next_ahead, thread] = [const { AtomicUsize::new(0) }; 3];
    on_threads(threads.min(items.len()), || {
        let mut own = own();
        let likes_second = thread.fetch_add(1, Ordering::Relaxed) % 2 == 1;
        let done = |at: usize, one: T| made.lock().unwrap_or_else(PoisonError::into_inner).push((at, one));
        let half = || halves.lock().unwrap_or_else(PoisonError::into_inner).pop_front();
        loop {
            let early = if likes_second { half() } else { None };
            if likes_second
                && early.is_none()
                && let Some(item) = items.get(next_ahead.fetch_add(1, Ordering::Relaxed))
            {
                ahead(&mut own, item);
                continue;
            }
            let begun = if early.is_none() { Some(next.fetch_add(1, Ordering::Relaxed)) } else { None };
            match begun.and_then(|at| Some((at, items.get(at)?))) {
                Some((at, item)) => match first(&mut own, item) {
                    Stage::Done(one) => done(at, one),
                    Stage::Half(left) => {
                        halves.lock().unwrap_or_else(PoisonError::into_inner).push_back((at, left));
                    }
                },
                // Whoever is still at a first half sees to the second one as well.
                None => match early.or_else(half) {
                    Some((at, left)) => done(at, second(&mut own, &items[at], left)),
                    None => return,
                },
            }
        }
    });
    let mut made = made.into_inner().unwrap_or_else(PoisonError::into_inner);
    made.sort_unstable_by_key(|(at, _)| *at);
    made.into_iter().map(|(_, one)| one).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_item_is_finished_once_and_in_its_place() {
        let items: Vec<usize> = (0..500).collect();
        let went_ahead = AtomicUsize::new(0);
        let made = in_two(
            &items,
            || 0,
            |_, _| {
                went_ahead.fetch_add(1, Ordering::Relaxed);
            },
            |own, item| {
                *own += 1;
                if item % 3 == 0 { Stage::Done((*item, "at once")) } else { Stage::Half(item * 2) }
            },
            |_, item, half| {
                assert_eq!(half, item * 2);
                (*item, "in two")
            },
        );
        assert_eq!(made.len(), items.len());
        assert!(made.iter().enumerate().all(|(at, (item, how))| at == *item && (*how == "at once") == (at % 3 == 0)));
        assert!(went_ahead.into_inner() <= items.len());
        assert_eq!(each(&items, || (), |(), item| item + 1), (1..=500).collect::<Vec<_>>());
    }
}
