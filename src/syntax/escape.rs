//! Undoes backslash escapes, which the quoted strings of TOML, JSON and YAML share but for the letters they take.

use crate::source::{Fragment, Span};

/// Decodes `body`, which stands at `offset` in its file. `read` is given the text from each backslash on, and says
/// what it stands for, if anything, and how many bytes it takes.
pub(super) fn unescaped(body: &str, offset: usize, read: impl Fn(&str) -> (Option<char>, usize)) -> Fragment<'static> {
    let mut decoding = Fragment::decoding(offset);
    let mut at = 0;
    while let Some(found) = body[at..].find('\\') {
        decoding.push_verbatim(&body[at..at + found], offset + at);
        at += found;
        let (decoded, width) = read(&body[at..]);
        let mut end = (at + width.max(1)).min(body.len());
        while !body.is_char_boundary(end) {
            end += 1;
        }
        if let Some(decoded) = decoded {
            decoding.push(decoded, Span::new(offset + at, offset + end));
        }
        at = end;
    }
    decoding.push_verbatim(&body[at..], offset + at);
    decoding.finish()
}

/// The character that the `digits` hexadecimal digits behind a backslash and a letter stand for.
pub(super) fn hexadecimal(escape: &str, digits: usize) -> Option<char> {
    let code = escape.get(2..2 + digits)?;
    u32::from_str_radix(code, 16).ok().and_then(char::from_u32)
}
