//! A Rust file, parsed, with every place in bytes of the file.

use proc_macro2::{LexError, TokenStream};
use syn::spanned::Spanned;

use crate::source::Span;

/// Deeper nesting than this is not parsed: the parser calls itself for each level.
const DEEPEST: usize = 500;
/// Longer files are not parsed, in bytes.
const LONGEST: usize = 4 << 20;

/// A parsed file.
pub(crate) struct Source<'t> {
    pub(crate) path: &'t str,
    pub(crate) text: &'t str,
    pub(crate) file: syn::File,
    /// The same, before it is given a meaning: what stands in macros reads no differently there.
    pub(crate) tokens: TokenStream,
    /// How many bytes stand in front of what was parsed: a byte-order mark, a `#!` line.
    skipped: usize,
}

impl<'t> Source<'t> {
    /// Parses `text`.
    ///
    /// # Errors
    /// Where it is no Rust, in bytes, and what is wrong; or that it is more than is read.
    pub(crate) fn parse(path: &'t str, text: &'t str) -> Result<Self, (usize, String)> {
        if text.len() > LONGEST {
            return Err((0, format!("it is longer than {} MiB", LONGEST >> 20)));
        }
        if let Some(at) = too_deep(text) {
            return Err((at, format!("it nests more than {DEEPEST} levels")));
        }
        let rest = text.strip_prefix('\u{feff}').unwrap_or(text);
        // An inner attribute begins with the same two characters.
        let is_script = rest.starts_with("#!") && !rest[2..].trim_start().starts_with('[');
        let rest = if is_script { rest.find('\n').map_or("", |end| &rest[end..]) } else { rest };
        let skipped = text.len() - rest.len();
        let place = |error: &syn::Error| error.span().byte_range().start + skipped;
        let told = |error: syn::Error| (place(&error), error.to_string());
        let tokens: TokenStream = rest.parse().map_err(|error: LexError| told(error.into()))?;
        let file = syn::parse2::<syn::File>(tokens.clone()).map_err(told)?;
        Ok(Self { path, text, file, tokens, skipped })
    }

    /// The bytes of something parsed.
    pub(crate) fn span(&self, of: &impl Spanned) -> Span {
        self.span_of(of.span())
    }

    /// The bytes of a span of the parser's.
    pub(crate) fn span_of(&self, span: proc_macro2::Span) -> Span {
        let range = span.byte_range();
        Span::new(range.start + self.skipped, range.end + self.skipped)
    }

    /// What stands there.
    pub(crate) fn at(&self, span: Span) -> &'t str {
        self.text.get(span.start..span.end).unwrap_or_default()
    }
}

/// Forgets the places of what was parsed on this thread. They are kept for as long as it lives otherwise.
pub(crate) fn forget() {
    proc_macro2::extra::invalidate_current_thread_spans();
}

/// Whether `text` parses.
pub(crate) fn is_sound(text: &str) -> bool {
    let sound = Source::parse("", text).is_ok();
    forget();
    sound
}

/// Where the brackets, or signs without anything between them, go deeper than is parsed.
fn too_deep(text: &str) -> Option<usize> {
    let (mut depth, mut run) = (0_usize, 0_usize);
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'(' | b'[' | b'{' => depth += 1,
            b')' | b']' | b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        run = if matches!(byte, b'!' | b'-' | b'*' | b'&' | b'<' | b'|') { run + 1 } else { 0 };
        if depth > DEEPEST || run > DEEPEST {
            return Some(at);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_bytes_of_the_file() {
        for text in ["\u{feff}use a::é;\n", "#!/bin/x\nuse a::é;\n", "#![allow(x)]\nuse a::é;\n"] {
            let source = Source::parse("a.rs", text).unwrap();
            assert_eq!(source.at(source.span(&source.file.items[0])), "use a::é;", "{text}");
        }
        assert_eq!(Source::parse("a.rs", "fn f( {}").err().unwrap().0, 4);
    }

    #[test]
    fn hostile_text_is_refused_and_not_followed() {
        assert!(Source::parse("a.rs", &format!("const A: u8 = {}1;", "(".repeat(5_000))).is_err());
        assert!(Source::parse("a.rs", &format!("const A: bool = {}true;", "!".repeat(100_000))).is_err());
    }
}
