//! Shell text as commands of words, each with its bytes in the file. One scanner serves POSIX shells, PowerShell and
//! `cmd`, because install lines look alike in all three: where they differ (continuations, backslashes in paths) the
//! reading is the one that a person writing an install line means. Time is linear in the text, whatever it holds.

mod placeholder;
mod redirection;
mod word;

use std::ops::Range;

pub use word::{Quoting, Word};

use crate::source::Fragment;
use word::Building;

/// One simple command: its words, redirections left out.
pub type Command<'f> = Vec<Word<'f>>;

/// Deeper nesting of `(` and `$(` is read as one level, so that hostile text stays cheap.
const MAX_DEPTH: usize = 64;

/// The commands of `source`, those inside `( )` and `$( )` before the one they stand in. Comments are left out, and
/// so are heredocs that are data; one that is fed to a shell is read as part of the script.
pub fn commands<'f>(source: &'f Fragment<'_>) -> Vec<Command<'f>> {
    let mut scanner = Scanner {
        source,
        text: source.text(),
        at: 0,
        level: Level::default(),
        stack: Vec::new(),
        heredocs: Vec::new(),
        unclosed: 0,
        commands: Vec::new(),
    };
    scanner.run();
    scanner.commands
}

struct Scanner<'f, 's> {
    source: &'f Fragment<'s>,
    text: &'f str,
    at: usize,
    level: Level<'f>,
    stack: Vec<(Level<'f>, Opening)>,
    /// The delimiters of heredocs that begin at the next line.
    heredocs: Vec<String>,
    unclosed: usize,
    commands: Vec<Command<'f>>,
}

/// What is being read between one pair of parentheses.
#[derive(Default)]
struct Level<'f> {
    words: Vec<Word<'f>>,
    word: Option<Building>,
    in_quotes: bool,
    /// The next word is the target of a redirection.
    redirected: bool,
}

/// What opened a level, and where.
enum Opening {
    Subshell,
    Substitution(usize),
}

impl<'f> Scanner<'f, '_> {
    fn run(&mut self) {
        while self.at < self.text.len() {
            if self.level.in_quotes { self.quoted() } else { self.bare() }
        }
        self.end_command();
        while let Some((level, _)) = self.stack.pop() {
            self.level = level;
            self.end_command();
        }
    }

    fn rest(&self) -> &'f str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn word(&mut self) -> &mut Building {
        self.level.word.get_or_insert_with(|| Building::new(self.at))
    }

    /// Takes the next `length` bytes into the word as they stand.
    fn take(&mut self, length: usize) {
        let range = self.at..(self.at + length).min(self.text.len());
        let in_quotes = self.level.in_quotes;
        self.word().push_range(range.clone(), in_quotes);
        self.at = range.end;
    }

    fn take_placeholder(&mut self, length: usize) {
        self.take(length);
        self.word().computed = true;
    }

    fn escaped(&mut self, c: char, length: usize) {
        let (range, in_quotes) = (self.at..self.at + length, self.level.in_quotes);
        self.word().push_char(c, range, in_quotes);
        self.at += length;
    }

    fn quoted(&mut self) {
        let rest = self.rest();
        let Some(c) = rest.chars().next() else { return };
        match c {
            '"' => {
                self.level.in_quotes = false;
                self.at += 1;
                let end = self.at;
                self.word().close(end);
            }
            '\\' => match rest[1..].chars().next() {
                Some(next @ ('"' | '\\' | '$' | '`')) => self.escaped(next, 2),
                _ => match newline(&rest[1..]) {
                    0 => self.take(1),
                    width => self.at += 1 + width,
                },
            },
            '$' if rest[1..].starts_with('(') => self.open_substitution(),
            '$' | '{' | '%' => self.placeholder(c, rest),
            _ => self.take(rest.find(['"', '\\', '$', '{', '%']).unwrap_or(rest.len())),
        }
    }

    fn bare(&mut self) {
        let rest = self.rest();
        let Some(c) = rest.chars().next() else { return };
        match c {
            '\n' => self.newline(),
            _ if c.is_whitespace() => {
                self.end_word();
                self.at += c.len_utf8();
            }
            '\\' | '`' | '^' if newline(&rest[1..]) > 0 => self.at += 1 + newline(&rest[1..]),
            '\\' => match rest[1..].chars().next() {
                // A path of Windows'. No shell user escapes a letter.
                Some(next) if next.is_alphanumeric() || next == '.' => self.take(1),
                Some(next) => self.escaped(next, 1 + next.len_utf8()),
                None => self.take(1),
            },
            '\'' => self.single_quoted(rest, 0),
            '"' => {
                let at = self.at;
                self.word().open('"', at);
                self.level.in_quotes = true;
                self.at += 1;
            }
            '$' if rest[1..].starts_with('\'') => self.single_quoted(rest, 1),
            '$' if rest[1..].starts_with('(') => self.open_substitution(),
            '$' | '{' | '%' => self.placeholder(c, rest),
            '#' if self.level.word.is_none() => self.at += rest.find('\n').unwrap_or(rest.len()),
            '&' if rest[1..].starts_with('>') => {
                self.at += 1;
                self.redirection(&rest[1..]);
            }
            '`' | ';' | '|' | '&' => {
                self.end_command();
                self.at += 1;
            }
            '(' => {
                self.end_command();
                self.push(Opening::Subshell);
                self.at += 1;
            }
            ')' => self.close_parenthesis(),
            '<' | '>' => self.redirection(rest),
            _ => self.take(rest.find(is_special).filter(|length| *length > 0).unwrap_or(match rest.find(is_special) {
                Some(_) => c.len_utf8(),
                None => rest.len(),
            })),
        }
    }

    /// `'…'`, or `$'…'` with its escapes; a quote that nothing closes is an apostrophe.
    fn single_quoted(&mut self, rest: &'f str, skip: usize) {
        let (dollar, body) = (skip == 1, rest.get(skip + 1..).unwrap_or_default());
        let mut end = None;
        let mut escaping = false;
        for (at, byte) in body.bytes().enumerate() {
            match byte {
                _ if escaping => escaping = false,
                b'\\' if dollar => escaping = true,
                b'\'' => {
                    end = Some(at);
                    break;
                }
                _ => {}
            }
        }
        let Some(end) = end else {
            // Nothing below closes it either, so every later apostrophe would look as far in vain.
            let upto = rest.find('\n').unwrap_or(rest.len());
            self.take(if skip == 1 { 2 } else { 1 }.min(upto.max(1)));
            return;
        };
        let at = self.at;
        self.word().open('\'', at);
        self.at += skip + 1;
        self.level.in_quotes = true;
        let close = self.at + end;
        while self.at < close {
            let left = &self.text[self.at..close];
            match left.find('\\').filter(|_| dollar) {
                Some(0) => {
                    let next = left[1..].chars().next().unwrap_or('\\');
                    let decoded = match next {
                        'n' => '\n',
                        't' => '\t',
                        'r' => '\r',
                        other => other,
                    };
                    self.escaped(decoded, (1 + next.len_utf8()).min(left.len()));
                }
                Some(length) => self.take(length),
                None => self.take(left.len()),
            }
        }
        self.level.in_quotes = false;
        self.at = close + 1;
        self.word().close(close + 1);
    }

    fn open_substitution(&mut self) {
        self.word();
        self.push(Opening::Substitution(self.at));
        self.at += 2;
    }

    fn push(&mut self, opening: Opening) {
        if self.stack.len() < MAX_DEPTH {
            self.stack.push((std::mem::take(&mut self.level), opening));
        }
    }

    fn close_parenthesis(&mut self) {
        self.end_command();
        self.at += 1;
        let Some((level, opening)) = self.stack.pop() else { return };
        self.level = level;
        if let Opening::Substitution(start) = opening {
            let (range, in_quotes) = (start..self.at, self.level.in_quotes);
            let word = self.level.word.get_or_insert_with(|| Building::new(start));
            word.push_range(range, in_quotes);
            word.computed = true;
        }
    }

    fn end_word(&mut self) {
        let Some(word) = self.level.word.take() else { return };
        if !std::mem::take(&mut self.level.redirected) {
            self.level.words.push(word.finish(self.source));
        }
    }

    fn end_command(&mut self) {
        self.end_word();
        self.level.in_quotes = false;
        self.level.redirected = false;
        let words = std::mem::take(&mut self.level.words);
        if !words.is_empty() {
            self.commands.push(words);
        }
    }
}

fn is_special(c: char) -> bool {
    c.is_whitespace() || "\\`^'\"$%{;|&()<>".contains(c)
}

/// The width of the line break `text` begins with; 0 when it begins with none.
fn newline(text: &str) -> usize {
    if text.starts_with('\n') {
        1
    } else if text.starts_with("\r\n") {
        2
    } else {
        0
    }
}

/// A range of the scanned text.
type Piece = Range<usize>;

#[cfg(test)]
mod tests;
