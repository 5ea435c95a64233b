//! The page that the simple index has of a project where it has no JSON (PEP 503, with PEP 592, 629, 658 and 714).

use std::collections::BTreeMap;

use html5gum::{Token, Tokenizer};
use jiff::Timestamp;
use percent_encoding::percent_decode_str;
use reqwest::Url;

use super::project::{File, MAX_FILES, Project, file_address};
use crate::dependents::Name;

/// What the page may be called.
pub(super) const TYPES: [&str; 2] = ["text/html", "application/vnd.pypi.simple.v1+html"];

/// The attributes of an element, as text.
type Attributes = BTreeMap<String, String>;

/// Reads the page, which lies at `page`.
///
/// # Errors
/// What is wrong with it, or that it is of a later major than the one known here.
pub(super) fn listing(name: &Name, page: &Url, text: &[u8]) -> Result<Project, String> {
    let mut base = page.clone();
    let mut has_base = false;
    let mut files = Vec::new();
    for token in Tokenizer::new(text) {
        let Ok(Token::StartTag(tag)) = token else { continue };
        let attributes = || -> Attributes {
            let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
            tag.attributes.iter().map(|(key, value)| (text(key), text(value))).collect()
        };
        match tag.name.as_slice() {
            // Only the first one counts, and only for addresses behind it.
            b"base" if !has_base => {
                if let Some(address) = attributes().get("href").and_then(|written| file_address(page, written)) {
                    (base, has_base) = (address, true);
                }
            }
            b"meta" => refuse_other_version(&attributes())?,
            b"a" => {
                if files.len() >= MAX_FILES {
                    return Err(format!("it lists more than {MAX_FILES} files"));
                }
                files.extend(file(name, &base, &attributes()));
            }
            _ => {}
        }
    }
    Ok(Project { files, told: None, whole: true })
}

fn refuse_other_version(attributes: &Attributes) -> Result<(), String> {
    let is = |key: &str, value: &str| attributes.get(key).is_some_and(|found| found == value);
    let major = attributes.get("content").and_then(|content| content.trim().split('.').next());
    if is("name", "pypi:repository-version") && major != Some("1") {
        return Err("it is of another version of the simple index than 1".to_owned());
    }
    Ok(())
}

/// The file that a link leads to. The link's text repeats the last part of its address, which is what installers read.
fn file(name: &Name, base: &Url, attributes: &Attributes) -> Option<File> {
    let mut address = file_address(base, attributes.get("href")?.trim())?;
    address.set_fragment(None);
    let written = percent_decode_str(address.path_segments()?.next_back()?).decode_utf8().ok()?;
    // `false` is not in the specification, but it cannot mean the opposite either.
    let has = |key: &str| attributes.get(key).is_some_and(|value| value != "false");
    Some(File {
        yanked: attributes.contains_key("data-yanked"),
        uploaded: attributes.get("data-upload-time").and_then(|text| text.trim().parse::<Timestamp>().ok()),
        has_metadata: has("data-core-metadata") || has("data-dist-info-metadata"),
        ..File::new(name, &written, &address)?
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Vec<File>, String> {
        let page = Url::parse("https://index.example/simple/demo/").unwrap();
        listing(&Name::new("demo").unwrap(), &page, text.as_bytes()).map(|project| project.files)
    }

    #[test]
    fn links_with_what_is_said_of_them() {
        let files = read(
            "<!DOCTYPE html><html><head><meta name='pypi:repository-version' content='1.3'><title><a href='x'></title>
             </head><body><!-- <a href='demo-0.tar.gz'>no</a> -->
             <A HREF='../../f/demo-1%2E0-py3-none-any.whl#sha256=00' data-requires-python='&gt;=3.10'
                data-core-metadata='sha256=00' data-upload-time='2026-01-02T03:04:05Z'>demo</A>
             <a data-yanked href=\"demo-1.1.tar.gz?x=1&amp;y=2\" data-dist-info-metadata=false>demo-1.1</a>
             <a data-yanked='why' data-dist-info-metadata='true' href=demo-1.2-py3-none-any.whl>x</a>
             <a name='top'>no link</a><a href='other-1.tar.gz'>other</a><a href='../'>up</a>",
        )
        .unwrap();
        let shown: Vec<_> =
            files.iter().map(|file| (&*file.address, &*file.version, file.yanked, file.has_metadata)).collect();
        assert_eq!(
            shown,
            [
                ("https://index.example/f/demo-1%2E0-py3-none-any.whl", "1.0", false, true),
                ("https://index.example/simple/demo/demo-1.1.tar.gz?x=1&y=2", "1.1", true, false),
                ("https://index.example/simple/demo/demo-1.2-py3-none-any.whl", "1.2", true, true),
            ]
        );
        assert!(files[0].uploaded.is_some() && files[1].uploaded.is_none());
    }

    #[test]
    fn a_base_counts_for_what_follows() {
        let text =
            "<a href='demo-1.zip'></a><base href='https://files.example/a/'><base href='/b/'><a href='demo-2.zip'>";
        let files = read(text).unwrap();
        assert_eq!(files[0].address, "https://index.example/simple/demo/demo-1.zip");
        assert_eq!(files[1].address, "https://files.example/a/demo-2.zip");
        assert_eq!(
            read("<base href='http://x.example/'><a href='demo-1.zip'>").unwrap()[0].address[..21],
            *"https://index.example"
        );
    }

    #[test]
    fn hostile_pages_end() {
        assert!(read("<meta name='pypi:repository-version' content='2.0'>").is_err());
        for text in
            ["", "\u{0}", "<a", "<a href='", "<a href='demo-1.zip", "\u{1b}[31m<a href=\u{1b}>", "<![CDATA[<a href=x>"]
        {
            assert_eq!(read(text), Ok(Vec::new()), "{text:?}");
        }
        let nested = "<a href='demo-1.zip'><div>".repeat(10_000);
        assert_eq!(read(&nested).unwrap().len(), 10_000);
        assert!(
            listing(&Name::new("demo").unwrap(), &Url::parse("https://a.example").unwrap(), b"\xff<a href='\xfe.zip'>")
                .is_ok()
        );
    }
}
