//! Work shared out to all threads: a tree has one large project or many small ones, so it is shared module by module.

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
    let threads = std::thread::available_parallelism().map_or(1, |count| count.get().min(MAX_THREADS));
    let (made, next) = (Mutex::new(Vec::with_capacity(items.len())), AtomicUsize::new(0));
    on_threads(threads.min(items.len()), || {
        let mut own = own();
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            let Some(item) = items.get(at) else { return };
            let one = work(&mut own, item);
            made.lock().unwrap_or_else(PoisonError::into_inner).push((at, one));
        }
    });
    let mut made = made.into_inner().unwrap_or_else(PoisonError::into_inner);
    made.sort_unstable_by_key(|(at, _)| *at);
    made.into_iter().map(|(_, one)| one).collect()
}
