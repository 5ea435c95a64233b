//! One file of the scanned tree: its bytes, its text, and the promise that text offsets are byte offsets.

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use super::span::{LineIndex, Position, Span, line_end, line_start};

/// How the bytes of a file became text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8, with or without a byte-order mark.
    Utf8,
    /// Some single-byte encoding. Every byte that is not UTF-8 became one `?` in the text, so that offsets still
    /// are byte offsets and an edit of the ASCII parts leaves the other bytes alone.
    SingleByte,
    /// UTF-16 with a byte-order mark (what an old PowerShell `>` writes). Offsets are those of the decoded text, so
    /// such a file is read and reported, never edited.
    Utf16,
}

/// A file that was read. Its text never changes; new text is made by [`crate::fix`] alone.
#[derive(Debug)]
pub struct SourceFile {
    path: String,
    location: PathBuf,
    text: String,
    /// The bytes as read, where they are not the text's own.
    raw: Option<Vec<u8>>,
    encoding: Encoding,
    lines: OnceLock<LineIndex>,
}

impl SourceFile {
    /// Makes a file of what was read at `location`. `path` is how it is shown: relative to the root, with `/`.
    pub fn new(path: impl Into<String>, location: impl Into<PathBuf>, bytes: Vec<u8>) -> Self {
        let (text, raw, encoding) = decode(bytes);
        Self { path: path.into(), location: location.into(), text, raw, encoding, lines: OnceLock::new() }
    }

    /// A file that exists only in memory, for tests and rule examples.
    pub fn in_memory(path: &str, text: &str) -> Self {
        Self::new(path, path, text.as_bytes().to_vec())
    }

    /// The path as shown and matched: relative to the scanned root, separated by `/`.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The last component of [`Self::path`].
    pub fn name(&self) -> &str {
        self.path.rsplit('/').next().unwrap_or(&self.path)
    }

    /// Where the file is on disk.
    pub fn location(&self) -> &Path {
        &self.location
    }

    /// The bytes as read.
    pub fn bytes(&self) -> &[u8] {
        self.raw.as_deref().unwrap_or(self.text.as_bytes())
    }

    /// How the text was made.
    pub fn encoding(&self) -> Encoding {
        self.encoding
    }

    /// The whole text, a byte-order mark included.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The text below `span`.
    pub fn slice(&self, span: Span) -> &str {
        self.text().get(span.start..span.end).unwrap_or_default()
    }

    /// The whole lines that `span` stands in, without a byte-order mark.
    pub fn lines(&self, span: Span) -> &str {
        let end = span.end.min(self.text.len());
        let start = line_start(&self.text, span.start.min(end));
        self.text[start..line_end(&self.text, end)].trim_start_matches('\u{feff}')
    }

    /// Line and column of a byte offset.
    pub fn position(&self, offset: usize) -> Position {
        self.lines.get_or_init(|| LineIndex::new(self.text())).position(self.text(), offset)
    }
}

/// Decodes without ever failing; see [`Encoding`] for what each answer promises.
fn decode(bytes: Vec<u8>) -> (String, Option<Vec<u8>>, Encoding) {
    if let Some(order) = utf16_order(&bytes) {
        let units = bytes[2..].as_chunks::<2>().0.iter().map(|pair| match order {
            ByteOrder::Little => u16::from_le_bytes(*pair),
            ByteOrder::Big => u16::from_be_bytes(*pair),
        });
        let text = char::decode_utf16(units).map(|unit| unit.unwrap_or(char::REPLACEMENT_CHARACTER)).collect();
        return (text, Some(bytes), Encoding::Utf16);
    }
    let bytes = match String::from_utf8(bytes) {
        Ok(text) => return (text, None, Encoding::Utf8),
        Err(error) => error.into_bytes(),
    };
    let mut text = String::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        text.extend(std::iter::repeat_n('?', chunk.invalid().len()));
    }
    (text, Some(bytes), Encoding::SingleByte)
}

enum ByteOrder {
    Little,
    Big,
}

fn utf16_order(bytes: &[u8]) -> Option<ByteOrder> {
    match bytes {
        // The same two bytes begin a UTF-32 mark, which nobody writes manifests in.
        [0xff, 0xfe, ..] => Some(ByteOrder::Little),
        [0xfe, 0xff, ..] => Some(ByteOrder::Big),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn latin_1_keeps_byte_offsets() {
        let file = SourceFile::new("a", "a", b"# caf\xe9\nmcp\n".to_vec());
        assert_eq!(file.encoding(), Encoding::SingleByte);
        assert_eq!(file.text(), "# caf?\nmcp\n");
        assert_eq!(file.text().len(), file.bytes().len());
    }

    #[test]
    fn utf_16_is_read() {
        let bytes: Vec<u8> =
            std::iter::once(0xfeff_u16).chain("mcp\r\n".encode_utf16()).flat_map(u16::to_le_bytes).collect();
        let file = SourceFile::new("a", "a", bytes);
        assert_eq!((file.text(), file.encoding()), ("mcp\r\n", Encoding::Utf16));
    }
}
