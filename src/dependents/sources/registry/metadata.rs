//! The metadata of a distribution: headers as in mail (RFC 822), as the core metadata specification has them.

use crate::dependents::Name;

/// The longest metadata that is read, in bytes; most of it is the description.
pub(super) const MAX_METADATA: u64 = 4 << 20;

/// More requirements than any distribution declares.
const MAX_REQUIREMENTS: usize = 4096;

/// The longest requirement, in bytes: one with a marker for each of many platforms is some hundred long.
const MAX_REQUIREMENT: usize = 8 << 10;

/// What a distribution says of itself, as far as it is of account here.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Metadata {
    /// `Metadata-Version`, in two numbers.
    pub(super) format: (u32, u32),
    /// `Name`, as written.
    pub(super) name: String,
    /// `Version`, as written.
    pub(super) version: String,
    /// Every `Requires-Dist`, in order.
    pub(super) requires_dist: Vec<String>,
    /// Fields that an sdist leaves to the build, in lower case.
    pub(super) dynamic: Vec<String>,
}

impl Metadata {
    /// Reads the headers; the body is not looked at.
    ///
    /// # Errors
    /// What is missing, or beyond what any distribution needs.
    pub(super) fn parse(bytes: &[u8]) -> Result<Self, String> {
        if bytes.len() as u64 > MAX_METADATA {
            return Err(format!("its metadata is longer than {} MiB", MAX_METADATA >> 20));
        }
        let text = String::from_utf8_lossy(bytes);
        let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
        let mut found = Self::default();
        for (key, value) in headers(text) {
            match key.as_str() {
                "metadata-version" if found.format == (0, 0) => found.format = numbers(&value),
                "name" if found.name.is_empty() => found.name = value,
                "version" if found.version.is_empty() => found.version = value,
                "requires-dist" => {
                    if value.len() > MAX_REQUIREMENT || found.requires_dist.len() >= MAX_REQUIREMENTS {
                        return Err("it declares more requirements than any distribution has".to_owned());
                    }
                    found.requires_dist.push(value);
                }
                "dynamic" => found.dynamic.push(value.to_ascii_lowercase()),
                _ => {}
            }
        }
        if found.name.is_empty() || found.version.is_empty() {
            return Err("its metadata has no name or no version".to_owned());
        }
        Ok(found)
    }

    /// Whether this is the metadata of `name`; a file may say that it is another package's.
    pub(super) fn is_of(&self, name: &Name) -> bool {
        Name::new(&self.name).as_ref() == Some(name)
    }

    /// Whether what an sdist declares is what a wheel built of it would (PEP 643).
    pub(super) fn is_final(&self) -> bool {
        self.format >= (2, 2) && !self.dynamic.iter().any(|field| field == "requires-dist")
    }
}

/// The headers with their keys in lower case and their values on one line. A line that is no header ends them, as a
/// blank one does.
fn headers(text: &str) -> Vec<(String, String)> {
    let mut found: Vec<(String, String)> = Vec::new();
    for line in text.lines() {
        if line.is_empty() {
            break;
        }
        if line.starts_with([' ', '\t']) {
            // Descriptions of old go on so for thousands of lines; nobody asks for them.
            if let Some((_, value)) = found.last_mut().filter(|(key, _)| key != "description") {
                value.push(' ');
                value.push_str(line.trim());
            }
            continue;
        }
        let Some((key, value)) = line.split_once(':') else { break };
        found.push((key.trim_end().to_ascii_lowercase(), value.trim().to_owned()));
    }
    found
}

fn numbers(text: &str) -> (u32, u32) {
    let (major, minor) = text.split_once('.').unwrap_or((text, "0"));
    (major.parse().unwrap_or(0), minor.parse().unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_end_where_the_body_begins() {
        let text = "Metadata-Version: 2.4\r\nName: Demo.Pkg\r\nVersion: 1.0\r\nrequires-dist: mcp[cli]>=1 ;\r\n  extra == 'x'\r\nRequires-Dist:httpx\r\nDynamic: Requires-Dist\r\n\r\nRequires-Dist: not-one\r\n";
        let metadata = Metadata::parse(text.as_bytes()).unwrap();
        assert_eq!(metadata.requires_dist, ["mcp[cli]>=1 ; extra == 'x'", "httpx"]);
        assert_eq!((metadata.format, metadata.version.as_str()), ((2, 4), "1.0"));
        assert!(metadata.is_of(&Name::new("demo-pkg").unwrap()));
        assert!(!metadata.is_final());
        let old =
            Metadata::parse(b"Metadata-Version: 2.1\nName: a\nVersion: 1\nDescription: x\n        |y: z\n\n").unwrap();
        assert!(!old.is_final());
        assert!(Metadata::parse(b"Metadata-Version: 2.2\nName: a\nVersion: 1").unwrap().is_final());
    }

    #[test]
    fn hostile_metadata_is_refused_or_read_as_far_as_it_goes() {
        for text in ["", "\n", "Name: a\n", "Name: a\n\nVersion: 1", "\u{0}\u{1}", "no header\nName: a\nVersion: 1"] {
            assert!(Metadata::parse(text.as_bytes()).is_err(), "{text:?}");
        }
        let head = "Name: a\nVersion: 1\n";
        let many = format!("{head}{}", "Requires-Dist: x\n".repeat(MAX_REQUIREMENTS + 1));
        assert!(Metadata::parse(many.as_bytes()).is_err());
        let long = format!("{head}Requires-Dist: {}\n", "x".repeat(MAX_REQUIREMENT + 1));
        assert!(Metadata::parse(long.as_bytes()).is_err());
        assert!(Metadata::parse(&vec![b'a'; (MAX_METADATA + 1) as usize]).is_err());
        let odd = Metadata::parse(b"Name: a\xff\x1b[31m\nVersion: 1\nName: b\nRequires-Dist: \x1b]0;x\x07\n").unwrap();
        assert!(!odd.is_of(&Name::new("a").unwrap()) && !odd.is_of(&Name::new("b").unwrap()));
        assert_eq!(odd.requires_dist.len(), 1);
    }
}
