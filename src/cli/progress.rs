//! How far the work is, for a terminal: files looked at, or what a source of dependents tells of.

use std::io::IsTerminal;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::dependents::Told;
use crate::report::escaped;

/// How long a walk may take before its progress is shown.
const PATIENCE: Duration = Duration::from_millis(400);

/// Does `work`, which tells of every file it has looked at; shows how many, where somebody looks and it takes a while.
pub(super) fn counted<T>(is_wanted: bool, work: impl FnOnce(&(dyn Fn() + Sync)) -> T) -> T {
    let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden());
    if let Ok(style) = ProgressStyle::with_template("{spinner} {human_pos} files looked at, {elapsed}") {
        bar.set_style(style);
    }
    let is_wanted = is_wanted && std::io::stderr().is_terminal();
    let (start, is_shown) = (Instant::now(), AtomicBool::new(false));
    let made = work(&|| {
        bar.inc(1);
        // A walk that is over in a blink needs no bar.
        if is_wanted && start.elapsed() > PATIENCE && !is_shown.swap(true, Ordering::Relaxed) {
            bar.set_draw_target(ProgressDrawTarget::stderr());
        }
    });
    bar.finish_and_clear();
    made
}

/// Shows what a source tells of its work: the count, the rate, and the time left where the end is known.
#[derive(Debug)]
pub(super) struct Bar {
    /// Whether sentences are passed on, be anybody there or a log.
    is_told: bool,
    is_wanted: bool,
    bar: Mutex<Option<ProgressBar>>,
}

impl Bar {
    /// A bar that is only shown where it `is_wanted` and somebody looks.
    pub(super) fn new(is_wanted: bool) -> Self {
        Self { is_told: is_wanted, is_wanted: is_wanted && std::io::stderr().is_terminal(), bar: Mutex::new(None) }
    }

    /// Takes the bar away.
    pub(super) fn clear(&self) {
        let bar = self.bar.lock().ok().and_then(|mut bar| bar.take());
        bar.inspect(ProgressBar::finish_and_clear);
    }
}

impl Told for Bar {
    fn begin(&self, what: &str, total: Option<u64>) {
        if !self.is_wanted {
            return;
        }
        self.clear();
        let template = match total {
            Some(_) => "{wide_bar} {human_pos} of {human_len} {msg}, {per_sec}, {eta} left",
            None => "{spinner} {human_pos} {msg}, {per_sec}, {elapsed}",
        };
        let bar = ProgressBar::with_draw_target(total, ProgressDrawTarget::stderr()).with_message(what.to_owned());
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style);
        }
        // A distant source may be silent for long.
        bar.enable_steady_tick(Duration::from_millis(100));
        if let Ok(mut shown) = self.bar.lock() {
            *shown = Some(bar);
        }
    }

    fn advance(&self, count: u64) {
        if self.is_wanted
            && let Ok(bar) = self.bar.lock()
            && let Some(bar) = bar.as_ref()
        {
            bar.inc(count);
        }
    }

    fn note(&self, sentence: &str) {
        if self.is_told {
            self.clear();
            super::output::remark(&escaped(sentence));
        }
    }
}
