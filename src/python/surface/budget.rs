//! Bounds the work of one question about names. Base classes and re-exports of a made-up package can branch without end
//! although each chain of them is short.

use std::cell::Cell;

/// Many times what the deepest question about a real package takes.
const STEPS: u32 = 50_000;

thread_local! {
    static LEFT: Cell<u32> = const { Cell::new(STEPS) };
}

/// Begins a question.
pub(super) fn begin() {
    LEFT.set(STEPS);
}

/// Takes a step; false when there are none left.
pub(super) fn step() -> bool {
    let left = LEFT.get();
    LEFT.set(left.saturating_sub(1));
    left > 0
}
