//! INI as Python's `configparser` reads it: sections, `key = value` or `key: value`, values that go on in deeper lines.
//! Nothing is interpolated, no escape exists, and every line of a value knows the bytes it came from.

use crate::source::{Fragment, Span};

/// A file, as far as it is INI.
#[derive(Debug, Default)]
pub struct Ini<'a> {
    /// The sections in the order of the file; the same name may come twice.
    pub sections: Vec<Section<'a>>,
    /// Lines that are neither header, entry, comment nor part of a value.
    pub problems: Vec<(Span, &'static str)>,
}

/// A section.
#[derive(Debug)]
pub struct Section<'a> {
    /// What stands between the brackets.
    pub name: &'a str,
    /// Where that stands.
    pub span: Span,
    /// The entries in the order of the file.
    pub entries: Vec<Entry<'a>>,
}

/// An entry of a section.
#[derive(Debug)]
pub struct Entry<'a> {
    /// The key as written; readers differ in whether its case matters.
    pub key: &'a str,
    /// Where the key stands.
    pub span: Span,
    /// The lines of the value without the blanks around them; blank lines and whole-line comments are left out.
    pub lines: Vec<Fragment<'a>>,
    /// Whether the value goes on below the line of its key, even if nothing stands on that line.
    pub multiline: bool,
}

impl<'a> Ini<'a> {
    /// Reads `source`; a byte-order mark is no part of the first line.
    pub fn parse(source: &'a Fragment<'_>) -> Self {
        let mut ini = Self::default();
        let text = source.text();
        let mut at = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
        // How deep the last key stands; only deeper lines belong to its value.
        let mut key_indent = None;
        for raw in text[at..].split_inclusive(['\n', '\r']) {
            let content = raw.trim();
            let indent = raw.len() - raw.trim_start().len();
            let offset = at + indent;
            at += raw.len();
            if content.is_empty() || content.starts_with(['#', ';']) {
                continue;
            }
            if key_indent.is_some_and(|key| indent > key)
                && let Some(entry) = ini.sections.last_mut().and_then(|section| section.entries.last_mut())
            {
                entry.multiline = true;
                entry.lines.push(source.part(offset..offset + content.len()));
                continue;
            }
            key_indent = None;
            if let Some(name) = header(content) {
                let span = source.span(offset + 1..offset + 1 + name.len());
                ini.sections.push(Section { name, span, entries: Vec::new() });
            } else if let Some(section) = ini.sections.last_mut() {
                match entry(source, offset..offset + content.len()) {
                    Some(entry) => {
                        section.entries.push(entry);
                        key_indent = Some(indent);
                    }
                    None => ini.problems.push((
                        source.span(offset..offset + content.len()),
                        "neither a section, a `key = value` nor the indented part of a value",
                    )),
                }
            } else {
                let span = source.span(offset..offset + content.len());
                ini.problems.push((span, "before the first section"));
            }
        }
        ini
    }

    /// Every entry of `key` in every section of this name.
    pub fn get(&self, section: &str, key: &str) -> impl Iterator<Item = &Entry<'a>> {
        let sections = self.sections.iter().filter(move |candidate| candidate.name == section);
        sections.flat_map(|section| &section.entries).filter(move |entry| entry.is(key))
    }
}

impl<'a> Entry<'a> {
    /// Whether the key is `name`, in either of the spellings that readers take for one.
    pub fn is(&self, name: &str) -> bool {
        self.key.len() == name.len()
            && self.key.bytes().zip(name.bytes()).all(|(a, b)| a.eq_ignore_ascii_case(&b) || (a == b'-' && b == b'_'))
    }

    /// The whole value as one text of several lines, each with its way back to the file.
    pub fn joined(&self) -> Fragment<'a> {
        if let [line] = self.lines.as_slice() {
            return line.clone();
        }
        let start = self.lines.first().map_or(self.span.end, |line| line.span(0..0).start);
        let mut decoding = Fragment::decoding(start);
        for (number, line) in self.lines.iter().enumerate() {
            if number > 0 {
                decoding.push('\n', Span::empty(line.span(0..0).start));
            }
            decoding.push_part(line, 0..line.text().len());
        }
        decoding.finish()
    }
}

fn header(content: &str) -> Option<&str> {
    let rest = content.strip_prefix('[')?;
    let name = &rest[..rest.rfind(']')?];
    (!name.is_empty()).then_some(name)
}

fn entry<'a>(source: &'a Fragment<'_>, at: std::ops::Range<usize>) -> Option<Entry<'a>> {
    let content = &source.text()[at.clone()];
    let offset = at.start;
    let delimiter = content.find(['=', ':'])?;
    let key = content[..delimiter].trim_end();
    if key.is_empty() {
        return None;
    }
    let rest = &content[delimiter + 1..];
    let value = rest.trim();
    let start = offset + content.len() - rest.trim_start().len();
    let lines = if value.is_empty() { Vec::new() } else { vec![source.part(start..start + value.len())] };
    Some(Entry { key, span: source.span(offset..offset + key.len()), lines, multiline: false })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> Vec<(String, String, Vec<&str>)> {
        let source = Fragment::verbatim(text, 0);
        let ini = Ini::parse(&source);
        let slice = |span: Span| &text[span.start..span.end];
        let mut all = Vec::new();
        for section in &ini.sections {
            assert_eq!(slice(section.span), section.name);
            for entry in &section.entries {
                assert_eq!(slice(entry.span), entry.key);
                let lines = entry.lines.iter().map(|line| {
                    let shown = slice(line.span(0..line.text().len()));
                    assert_eq!(shown, line.text());
                    shown
                });
                all.push((section.name.to_owned(), entry.key.to_owned(), lines.collect()));
            }
        }
        all
    }

    fn row(section: &str, key: &str, lines: Vec<&'static str>) -> (String, String, Vec<&'static str>) {
        (section.to_owned(), key.to_owned(), lines)
    }

    #[test]
    fn values_go_on_in_deeper_lines() {
        let text = "\u{feff}; head\r\n[options]\r\ninstall_requires =\r\n    mcp[cli]>=1.2 ; x == 'y'\r\n  # comment\r\n\r\n# flush\r\n\thttpx: 1\r\n    [not.a.section]\r\nname: a=b\r\n";
        assert_eq!(
            shown(text),
            [
                row("options", "install_requires", vec!["mcp[cli]>=1.2 ; x == 'y'", "httpx: 1", "[not.a.section]"]),
                row("options", "name", vec!["a=b"]),
            ]
        );
        assert!(Ini::parse(&Fragment::verbatim(text, 0)).problems.is_empty());
    }

    #[test]
    fn nothing_is_interpolated() {
        let text = "[testenv:py{310,311}]\ndeps = {[base]deps}\n  %(x)s\n  py310: mcp%%\n[base]\n  Indented-Key = 1\n  other = 2\n";
        assert_eq!(
            shown(text),
            [
                row("testenv:py{310,311}", "deps", vec!["{[base]deps}", "%(x)s", "py310: mcp%%"]),
                row("base", "Indented-Key", vec!["1"]),
                row("base", "other", vec!["2"]),
            ]
        );
        assert_eq!(Ini::parse(&Fragment::verbatim(text, 0)).get("base", "indented_key").count(), 1);
    }

    #[test]
    fn what_is_no_ini_is_told_and_passed_over() {
        let text = "early = 1\n[a]\nword\n= x\nk =\n[]\nl = 2\rm = 3\r";
        let source = Fragment::verbatim(text, 0);
        let ini = Ini::parse(&source);
        let problems: Vec<_> = ini.problems.iter().map(|(span, _)| &text[span.start..span.end]).collect();
        assert_eq!(problems, ["early = 1", "word", "= x", "[]"]);
        assert_eq!(shown(text), [row("a", "k", vec![]), row("a", "l", vec!["2"]), row("a", "m", vec!["3"])]);
        assert!(Ini::parse(&Fragment::verbatim("", 0)).sections.is_empty());
    }

    proptest::proptest! {
        #[test]
        fn every_text_has_an_answer(text in "(\\PC|[\\[\\]=: \\n\\r\\t#;]){0,60}") {
            shown(&text);
        }
    }

    #[test]
    fn values_join_with_their_places() {
        let text = "[a]\nx =\n  one\n\n  two\n";
        let source = Fragment::verbatim(text, 0);
        let ini = Ini::parse(&source);
        let joined = ini.sections[0].entries[0].joined();
        assert_eq!(joined.text(), "one\ntwo");
        let span = joined.span(4..7);
        assert_eq!(&text[span.start..span.end], "two");
    }
}
