//! Tells the options of a command, with their values, from its arguments.

use crate::syntax::shell::Word;

/// The arguments of one command, in order.
#[derive(Debug)]
pub(super) struct Arguments<'w, 'f> {
    words: &'w [Word<'f>],
    at: usize,
    /// Options that take a value: `--name` or `-x`, separated by blanks.
    values: &'w [&'w str],
    only_arguments: bool,
}

/// One argument, with the place of its first word among the command's words.
#[derive(Debug)]
pub(super) enum Argument<'w> {
    /// An option, and its value when it takes one.
    Option(&'w str, Option<Word<'w>>, usize),
    /// Anything else.
    Positional(Word<'w>, usize),
}

impl<'w, 'f> Arguments<'w, 'f> {
    /// Reads `words`; `values` are lists of the options that take a value.
    pub(super) fn new(words: &'w [Word<'f>], values: &'w [&'w str]) -> Self {
        Self { words, at: 0, values, only_arguments: false }
    }

    /// The words that were not read yet.
    pub(super) fn rest(&self) -> &'w [Word<'f>] {
        self.words.get(self.at..).unwrap_or_default()
    }

    fn takes_value(&self, option: &str) -> bool {
        self.values.iter().any(|list| list.split(' ').any(|one| one == option))
    }

    fn next_value(&mut self) -> Option<Word<'w>> {
        let word = self.words.get(self.at)?;
        self.at += 1;
        Some(whole(word))
    }
}

fn whole<'w>(word: &'w Word<'_>) -> Word<'w> {
    word.part(0..word.as_str().len())
}

impl<'w> Iterator for Arguments<'w, '_> {
    type Item = Argument<'w>;

    fn next(&mut self) -> Option<Self::Item> {
        let place = self.at;
        let word = self.words.get(place)?;
        self.at += 1;
        let text = word.as_str();
        if text == "--" {
            self.only_arguments = true;
            return self.next();
        }
        if self.only_arguments || !text.starts_with('-') || text.len() < 2 {
            return Some(Argument::Positional(whole(word), place));
        }
        if text.starts_with("--") {
            if let Some(at) = text.find('=') {
                return Some(Argument::Option(&text[..at], Some(word.part(at + 1..text.len())), place));
            }
            let value = if self.takes_value(text) { self.next_value() } else { None };
            return Some(Argument::Option(text, value, place));
        }
        // Short options may be bundled (`-qr file`) and may hold their value (`-rfile`).
        for (at, letter) in text.char_indices().skip(1).take_while(|(_, letter)| letter.is_ascii()) {
            let Some(short) = self.short(letter) else { continue };
            let from = at + 1 + usize::from(text[at + 1..].starts_with('='));
            let value = if from >= text.len() { self.next_value() } else { Some(word.part(from..text.len())) };
            return Some(Argument::Option(short, value, place));
        }
        Some(Argument::Option(text, None, place))
    }
}

impl<'w> Arguments<'w, '_> {
    fn short(&self, letter: char) -> Option<&'w str> {
        let values: &'w [&'w str] = self.values;
        values
            .iter()
            .flat_map(|list| list.split(' '))
            .find(|one| one.len() == 2 && one.starts_with('-') && one.ends_with(letter))
    }
}
