//! Variables and template placeholders, which stay in their word as they are written: what they stand for is not
//! known here.

use super::Scanner;

/// No variable or template placeholder is longer, in bytes.
const MAX_PLACEHOLDER: usize = 256;

impl<'f> Scanner<'f, '_> {
    /// `$NAME`, `${…}`, `${{ … }}`, `{{ … }}`, `%NAME%`: kept as written, blanks included.
    pub(super) fn placeholder(&mut self, c: char, rest: &'f str) {
        let window = rest.char_indices().map(|(at, _)| at).find(|at| *at >= MAX_PLACEHOLDER).unwrap_or(rest.len());
        let window = &rest[..window];
        let name = |from: usize| {
            let tail = window.get(from..).unwrap_or_default();
            tail.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).unwrap_or(tail.len())
        };
        let closed = |by: &str| window.find(by).map(|at| at + by.len()).filter(|end| !window[..*end].contains('\n'));
        let length = match c {
            '$' if window.starts_with("${{") => closed("}}"),
            '$' if window.starts_with("${") => closed("}"),
            '$' => Some(1 + name(1)).filter(|length| *length > 1),
            '{' if window.starts_with("{{") => closed("}}"),
            '%' => Some(name(1)).filter(|n| *n > 0 && window[1 + n..].starts_with('%')).map(|n| n + 2),
            _ => None,
        };
        match length {
            Some(length) => self.take_placeholder(length),
            None => self.take(1),
        }
    }
}
