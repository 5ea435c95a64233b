//! Redirections and heredocs: neither is a word of its command.

use super::Scanner;

/// A script opens no more heredocs that it never closes before `<<` is no longer taken for one.
const MAX_UNCLOSED: usize = 8;

impl<'f> Scanner<'f, '_> {
    /// `>`, `2>&1`, `<<EOF`; or the comparator that somebody forgot to quote.
    pub(super) fn redirection(&mut self, rest: &'f str) {
        let version = rest[1..].starts_with(|c: char| c == '=' || c.is_ascii_digit());
        let text = self.text;
        if let Some(word) = &mut self.level.word
            && (word.comparator || (version && word.may_be_compared(text)))
        {
            word.comparator = true;
            self.take(1);
            return;
        }
        // The number before it is that of a file descriptor.
        if self.level.word.as_ref().is_some_and(|word| word.is_number(text)) {
            self.level.word = None;
        }
        self.end_word();
        if rest.starts_with("<<") && !rest.starts_with("<<<") && self.heredoc(rest) {
            return;
        }
        if rest[1..].starts_with('(') {
            self.at += 1;
            return;
        }
        self.at += rest.len() - rest.trim_start_matches(['<', '>', '&', '|']).len();
        self.level.redirected = true;
    }

    fn heredoc(&mut self, rest: &'f str) -> bool {
        let body = rest[2..].trim_start_matches('-');
        let body = body.trim_start_matches([' ', '\t']);
        let word = &body[..body.find(|c: char| c.is_whitespace() || ";|&<>()".contains(c)).unwrap_or(body.len())];
        let delimiter = word.trim_matches(['\'', '"', '\\']);
        if delimiter.is_empty() {
            return false;
        }
        self.at += rest.len() - body.len() + word.len();
        let fed = self.level.words.first().is_none_or(|first| {
            let name = first.text.text();
            matches!(name.rsplit('/').next(), Some("bash" | "sh" | "zsh" | "dash" | "ssh" | "sudo"))
        });
        if !fed && self.unclosed < MAX_UNCLOSED {
            self.heredocs.push(delimiter.to_owned());
        }
        true
    }

    pub(super) fn newline(&mut self) {
        self.end_command();
        self.at += 1;
        for delimiter in std::mem::take(&mut self.heredocs) {
            let mut at = self.at;
            let closed = self.rest().split_inclusive('\n').any(|line| {
                at += line.len();
                line.trim() == delimiter
            });
            if closed {
                self.at = at;
            } else {
                self.unclosed += 1;
            }
        }
    }
}
