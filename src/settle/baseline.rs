//! A baseline: the findings that a repository knows and lives with for now. Each is known by its rule, its file and the text
//! of its lines, so that lines may move; a line that changes brings its finding back.

use std::collections::BTreeMap;
use std::fs::File;
use std::hash::Hasher;
use std::io::Read;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use siphasher::sip::SipHasher13;

use crate::finding::Finding;
use crate::source::{SourceFile, below, folder_of};

/// The number of the format.
const VERSION: u64 = 1;

/// More than a baseline of a hundred thousand findings takes.
const MAX_BYTES: u64 = 64 << 20;

/// Of longer text a sum stands for the rest.
const TEXT: usize = 160;

/// Known findings, with how often each is known.
pub type Known = BTreeMap<Key, usize>;

/// What a finding is known by. The order is that of the file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Key {
    /// The file, from the folder of the baseline.
    pub path: String,
    /// The rule.
    pub rule: String,
    /// Its lines, with blanks run together.
    pub text: String,
}

/// A baseline as its file holds it.
#[derive(Debug, Clone)]
pub struct Baseline {
    /// The folder of the file, which paths are meant from.
    pub folder: PathBuf,
    /// The name of the file.
    pub name: String,
    /// What it knows.
    pub known: Known,
    /// What was scanned: of other files nothing can be said.
    roots: Vec<PathBuf>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    path: String,
    rule: String,
    text: String,
    #[serde(default = "one", skip_serializing_if = "is_one")]
    count: usize,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Document {
    #[serde(rename = "version")]
    _version: u64,
    findings: Vec<Entry>,
}

/// What is looked at first: another version may have another shape.
#[derive(Deserialize)]
struct Versioned {
    version: u64,
}

fn one() -> usize {
    1
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "the serialiser passes references")]
fn is_one(count: &usize) -> bool {
    *count == 1
}

impl Baseline {
    /// The baseline in the file at `path`, for a scan of `roots`; an empty one where `may_be_new` and there is no file.
    ///
    /// # Errors
    /// A file that cannot be read or is no baseline, with its line.
    pub fn open(path: &Path, roots: &[PathBuf], may_be_new: bool) -> Result<Self, String> {
        let shown = path.display();
        let folder =
            folder_of(path).canonicalize().map_err(|error| format!("cannot open the folder of `{shown}`: {error}"))?;
        let name = path.file_name().and_then(|name| name.to_str()).ok_or(format!("`{shown}` names no file"))?;
        let roots = roots.iter().filter_map(|root| root.canonicalize().ok()).collect();
        let mut baseline = Self { folder, name: name.to_owned(), known: Known::new(), roots };
        let mut bytes = Vec::new();
        match File::open(path) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound && may_be_new => return Ok(baseline),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                return Err(format!("there is no baseline `{shown}`; `--write-baseline` makes it"));
            }
            Err(error) => return Err(format!("cannot read `{shown}`: {error}")),
            Ok(file) => {
                let read = file.take(MAX_BYTES + 1).read_to_end(&mut bytes);
                read.map_err(|error| format!("cannot read `{shown}`: {error}"))?;
            }
        }
        if bytes.len() as u64 > MAX_BYTES {
            return Err(format!("`{shown}` is larger than {} MiB", MAX_BYTES >> 20));
        }
        let text = String::from_utf8(bytes).map_err(|_| format!("cannot read `{shown}`: it is not UTF-8"))?;
        baseline.known = parse(&text).map_err(|(line, problem)| format!("{shown}:{line}: {problem}"))?;
        Ok(baseline)
    }

    /// Whether `file` is the baseline itself, which quotes the lines it knows.
    pub(super) fn is_own(&self, file: &SourceFile) -> bool {
        below(&self.folder, file.location()).is_some_and(|path| path == Path::new(&self.name))
    }

    /// What `finding` in `file` is known by.
    pub(super) fn key(&self, finding: &Finding, file: &SourceFile) -> Key {
        let path = self.seen_from(file.location()).unwrap_or_else(|| finding.path.clone());
        Key { path, rule: finding.rule.clone(), text: normal(file.lines(finding.span)) }
    }

    /// A path from the folder of the baseline, by way of the folders above where it lies outside.
    fn seen_from(&self, path: &Path) -> Option<String> {
        let mut above = self.folder.ancestors().enumerate();
        let (up, below) = above.find_map(|(up, folder)| Some((up, below(folder, path)?)))?;
        Some("../".repeat(up) + &below.to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/"))
    }

    /// Whether a scan of the roots would have met the file of `key`.
    pub(super) fn is_scanned(&self, key: &Key) -> bool {
        let (mut folder, mut path) = (self.folder.as_path(), key.path.as_str());
        while let (Some(rest), Some(above)) = (path.strip_prefix("../"), folder.parent()) {
            (folder, path) = (above, rest);
        }
        let path = folder.join(path);
        self.roots.iter().any(|root| path.starts_with(root))
    }
}

/// The file that holds `known`: a line for each, in order, so that a difference between two reads well.
pub fn render(known: &Known) -> String {
    let mut out = format!("{{\n  \"version\": {VERSION},\n  \"findings\": [");
    let lines = known.iter().filter(|(_, count)| **count > 0).filter_map(|(key, count)| {
        let Key { path, rule, text } = key.clone();
        serde_json::to_string(&Entry { path, rule, text, count: *count }).ok()
    });
    let lines: Vec<String> = lines.map(|line| format!("\n    {line}")).collect();
    out.push_str(&lines.join(","));
    out.push_str(if lines.is_empty() { "]\n}\n" } else { "\n  ]\n}\n" });
    out
}

/// What the text of a file says, or its line and what is wrong there.
fn parse(text: &str) -> Result<Known, (usize, String)> {
    let refuse = |error: serde_json::Error| {
        let said = error.to_string();
        let what = said.split(" at line ").next().unwrap_or(&said);
        (error.line().max(1), format!("is no baseline: {what}"))
    };
    let versioned: Versioned = serde_json::from_str(text).map_err(refuse)?;
    if versioned.version != VERSION {
        let line = text.lines().position(|line| line.contains("\"version\"")).map_or(1, |at| at + 1);
        return Err((line, format!("is of version {}, and this program knows {VERSION}", versioned.version)));
    }
    let document: Document = serde_json::from_str(text).map_err(refuse)?;
    let mut known = Known::new();
    for Entry { path, rule, text, count } in document.findings {
        let all = known.entry(Key { path, rule, text }).or_insert(0_usize);
        *all = all.saturating_add(count);
    }
    Ok(known)
}

/// Text with its blanks run together; of long text the beginning and a sum over all of it.
fn normal(text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match text.char_indices().nth(TEXT) {
        None => text,
        Some((at, _)) => format!("{}… #{:016x}", &text[..at], sum(&text)),
    }
}

/// The same on every machine and in every version.
fn sum(text: &str) -> u64 {
    let mut hasher = SipHasher13::new();
    hasher.write(text.as_bytes());
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(path: &str, rule: &str, text: &str) -> Key {
        Key { path: path.to_owned(), rule: rule.to_owned(), text: text.to_owned() }
    }

    #[test]
    fn what_is_written_is_read() {
        let known = Known::from([(key("b.py", "PY1", "x \"é\""), 2), (key("a.py", "PY2", "y"), 1)]);
        let text = render(&known);
        let lines = "\n    {\"path\":\"a.py\",\"rule\":\"PY2\",\"text\":\"y\"},\n    {\"path\":\"b.py\",\"rule\":\"PY1\",\"text\":\"x \\\"é\\\"\",\"count\":2}\n";
        assert_eq!(text, format!("{{\n  \"version\": 1,\n  \"findings\": [{lines}  ]\n}}\n"));
        assert_eq!(parse(&text).unwrap(), known);
        assert_eq!(parse(&render(&Known::new())).unwrap(), Known::new());
    }

    #[test]
    fn a_bad_file_is_told_with_its_line() {
        for (text, line, what) in [
            ("", 1, "EOF"),
            ("{\n \"version\": 2,\n \"findings\": []}", 2, "is of version 2"),
            ("{\"version\": 1,\n \"finding\": []}", 2, "unknown field `finding`"),
            ("{\"version\": 1,\n \"findings\": [\n {\"rule\": \"PY101\"}]}", 3, "missing field `path`"),
            ("{\"version\": 1,\n \"findings\": [\n {\"rule\": 3}]}", 3, "invalid type"),
        ] {
            let (at, problem) = parse(text).unwrap_err();
            assert!(at == line && problem.contains(what), "{at} {problem} for {text}");
        }
    }

    #[test]
    fn blanks_do_not_matter_and_long_text_is_summed() {
        assert_eq!(normal("  a\t b \n  c"), "a b c");
        let (one, other) = (normal(&"x".repeat(1_000)), normal(&"x".repeat(1_001)));
        assert!(one != other && one.chars().count() == TEXT + 19);
    }
}
