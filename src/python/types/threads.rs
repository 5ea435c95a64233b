//! Threads with stack enough for the engine. A question that is asked on one of them is answered in place, and given up
//! when it takes too long; asked anywhere else it costs a thread of its own.

use std::cell::RefCell;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::Builder;
use std::time::{Duration, Instant};

use salsa::CancellationToken;

use super::STACK;

/// How often questions are looked after.
const BEAT: Duration = Duration::from_millis(500);

thread_local! {
    static OWN: RefCell<Option<Arc<Watched>>> = const { RefCell::new(None) };
}

/// The question that a thread is at, and when it is late.
#[derive(Default)]
pub(super) struct Watched(Mutex<Option<(Instant, CancellationToken)>>);

impl Watched {
    /// Runs `work`, which `token` stops after `patience`.
    pub(super) fn during<T>(&self, token: CancellationToken, patience: Duration, work: impl FnOnce() -> T) -> T {
        self.set(Some((Instant::now() + patience, token)));
        let answer = work();
        self.set(None);
        answer
    }

    fn set(&self, question: Option<(Instant, CancellationToken)>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = question;
    }

    fn stop_if_late(&self) {
        let question = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, token)) = question.as_ref().filter(|(end, _)| Instant::now() > *end) {
            token.cancel();
        }
    }
}

/// What watches over the questions of this thread, if it is one of [`on_threads`].
pub(super) fn watched() -> Option<Arc<Watched>> {
    OWN.with_borrow(Clone::clone)
}

/// Runs `work` on each of `count` threads that may ask the engine in place, and waits for all of them.
///
/// # Panics
/// When `work` does.
pub fn on_threads(count: usize, work: impl Fn() + Sync) {
    let watched: Vec<Arc<Watched>> = (0..count).map(|_| Arc::default()).collect();
    let (done, finished) = mpsc::channel::<()>();
    std::thread::scope(|scope| {
        let mut started = 0;
        for one in &watched {
            let (done, work) = (done.clone(), &work);
            let run = move || {
                OWN.set(Some(Arc::clone(one)));
                work();
                drop(done);
            };
            started += usize::from(Builder::new().stack_size(STACK).spawn_scoped(scope, run).is_ok());
        }
        drop(done);
        if started == 0 {
            return work();
        }
        while finished.recv_timeout(BEAT) != Err(RecvTimeoutError::Disconnected) {
            watched.iter().for_each(|one| one.stop_if_late());
        }
    });
}
