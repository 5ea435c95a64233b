//! The list of packages that the user wants looked at: one name a line, `#` begins a comment.

use std::collections::BTreeMap;
use std::io::Read;

use crate::dependents::{Error, Name};

/// The largest list, in bytes: every package of the largest registry fits in.
const MAX_LIST: u64 = 64 << 20;

/// How many lines that are no names are told one by one.
const TOLD: usize = 5;

/// A list of packages.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Names {
    /// The packages, each once, in order of name.
    pub names: Vec<Name>,
    /// What of the list was passed over, each a sentence.
    pub notes: Vec<String>,
}

impl Names {
    /// Reads a list; `called` is what it is called in messages.
    ///
    /// # Errors
    /// It cannot be read, is no text, is too large, or holds no name at all.
    pub fn read(from: impl Read, called: &str) -> Result<Self, Error> {
        let mut bytes = Vec::new();
        from.take(MAX_LIST + 1)
            .read_to_end(&mut bytes)
            .map_err(|error| Error(format!("failed to read the names of {called}: {error}")))?;
        if bytes.len() as u64 > MAX_LIST {
            return Err(Error(format!("{called} is larger than {} MiB; give a shorter list of names", MAX_LIST >> 20)));
        }
        let text = String::from_utf8(bytes)
            .map_err(|_| Error(format!("{called} is not UTF-8; give it one package name a line")))?;
        let mut first_at: BTreeMap<Name, usize> = BTreeMap::new();
        let (mut wrong, mut again) = (Vec::new(), Vec::new());
        for (at, line) in text.trim_start_matches('\u{feff}').lines().enumerate() {
            let written = line.split('#').next().unwrap_or_default().trim();
            if written.is_empty() {
                continue;
            }
            match Name::new(written) {
                None => wrong.push((at + 1, written)),
                Some(name) => match first_at.get(&name) {
                    Some(first) => again.push(format!("line {} ({name}, as line {first})", at + 1)),
                    None => {
                        first_at.insert(name, at + 1);
                    }
                },
            }
        }
        if first_at.is_empty() {
            return Err(Error(format!("{called} holds no package name; give it one name a line")));
        }
        let mut notes = Vec::new();
        let wrong: Vec<_> = wrong.iter().map(|(at, written)| format!("line {at} (`{}`)", shortened(written))).collect();
        notes.extend(listed("no package name", &wrong, called));
        notes.extend(listed("a name that stood there before", &again, called));
        Ok(Self { names: first_at.into_keys().collect(), notes })
    }
}

/// One sentence about the lines that are passed over for one reason.
fn listed(what: &str, lines: &[String], called: &str) -> Option<String> {
    let (count, named) = (lines.len(), lines.iter().take(TOLD).cloned().collect::<Vec<_>>().join(", "));
    let more = if count > TOLD { format!(" and {} more", count - TOLD) } else { String::new() };
    (count > 0).then(|| format!("{called}: passed over {named}{more}: {what}"))
}

/// Enough of a line to recognise it by.
fn shortened(text: &str) -> String {
    let mut short: String = text.chars().take(60).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Names, Error> {
        Names::read(text.as_bytes(), "names.txt")
    }

    #[test]
    fn one_name_a_line_with_comments() {
        let names = read("\u{feff}# mine\r\nB_two # why\n\n  a.one\n").unwrap();
        assert_eq!(names.names.iter().map(Name::as_str).collect::<Vec<_>>(), ["a-one", "b-two"]);
        assert_eq!(names.notes, [""; 0]);
    }

    #[test]
    fn what_is_passed_over_is_told_with_its_line() {
        let names = read("a\nb c\nA\n../x\n\u{1b}[31mred\n").unwrap();
        assert_eq!(names.names.len(), 1);
        assert_eq!(
            names.notes,
            [
                "names.txt: passed over line 2 (`b c`), line 4 (`../x`), line 5 (`\u{1b}[31mred`): no package name",
                "names.txt: passed over line 3 (a, as line 1): a name that stood there before",
            ]
        );
        let many = read(&format!("a\n{}", "?\n".repeat(9))).unwrap();
        assert!(many.notes[0].contains("line 6 (`?`) and 4 more"), "{:?}", many.notes);
    }

    #[test]
    fn what_is_no_list_is_an_error() {
        for text in ["", "# nothing\n", "?\n"] {
            assert!(read(text).unwrap_err().0.contains("holds no package name"), "{text:?}");
        }
        assert!(Names::read(&b"a\n\xff"[..], "x").unwrap_err().0.contains("UTF-8"));
        assert!(Names::read(std::io::repeat(b'a'), "x").unwrap_err().0.contains("larger"));
    }
}
