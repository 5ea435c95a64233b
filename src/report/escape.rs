//! Text from a scanned tree must not drive the terminal it is printed on, nor reorder what is read.

/// `text` with control and direction characters written out.
pub fn escaped(text: &str) -> String {
    if !text.chars().any(is_unsafe) {
        return text.to_owned();
    }
    text.chars().flat_map(|c| if is_unsafe(c) { c.escape_default().collect::<Vec<_>>() } else { vec![c] }).collect()
}

/// The same, cut to what people read: wrapping a word of many thousands of characters takes a table very long.
pub(super) fn clipped(text: &str) -> String {
    const LENGTH: usize = 200;
    cut(text, LENGTH)
}

/// The same, cut to `length` characters.
pub(crate) fn cut(text: &str, length: usize) -> String {
    match text.char_indices().nth(length) {
        Some((at, _)) => escaped(&text[..at]) + "…",
        None => escaped(text),
    }
}

/// The same without changing a byte offset: each unsafe character becomes a harmless one of the same length.
pub(super) fn masked(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '\t' => ' ',
            '\n' => '\n',
            c if !is_unsafe(c) => c,
            c => match c.len_utf8() {
                1 => '?',
                2 => '\u{bf}',
                _ => '\u{fffd}',
            },
        })
        .collect()
}

fn is_unsafe(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_are_spelled_out_and_masks_keep_their_length() {
        let hostile = "mcp\u{1b}[31m\u{9b}\u{202e}é";
        assert_eq!(escaped(hostile), "mcp\\u{1b}[31m\\u{9b}\\u{202e}é");
        assert_eq!(masked(hostile).len(), hostile.len());
        assert!(!masked(hostile).contains('\u{1b}'));
    }
}
