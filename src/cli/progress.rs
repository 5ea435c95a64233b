//! The count of files looked at, for a terminal.

use std::io::IsTerminal;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

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
