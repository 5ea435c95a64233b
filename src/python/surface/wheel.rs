//! Wheels, read and never installed: the Python modules in the archive, and whose they are.

use std::io::{Read, Seek};

use zip::ZipArchive;

/// A wheel of an API has some hundred modules; this leaves room for the largest and refuses what is made to hurt.
const MAX_ENTRIES: usize = 20_000;

/// The longest module, in bytes once unpacked.
const MAX_MODULE: u64 = 8 << 20;

/// All modules together, in bytes once unpacked.
const MAX_TOTAL: u64 = 256 << 20;

/// What a wheel holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wheel {
    /// As its metadata has it: `mcp-types`.
    pub name: String,
    /// As its metadata has it: `2.3.0`.
    pub version: String,
    /// Path in the wheel and text of every `.py` and `.pyi` file, by path.
    pub modules: Vec<(String, String)>,
}

impl Wheel {
    /// Reads a wheel.
    ///
    /// # Errors
    /// Why it is none, or is larger than any API.
    pub fn read(from: impl Read + Seek) -> Result<Self, String> {
        let mut archive = ZipArchive::new(from).map_err(|error| format!("not a wheel: {error}"))?;
        if archive.len() > MAX_ENTRIES {
            return Err(format!("holds more than {MAX_ENTRIES} files"));
        }
        let (mut total, mut metadata, mut modules) = (0, None, Vec::new());
        for index in 0..archive.len() {
            let entry = archive.by_index(index).map_err(|error| format!("cannot be unpacked: {error}"))?;
            let path = entry.name().map_err(|error| error.to_string())?.replace('\\', "/");
            let is_metadata = path.ends_with(".dist-info/METADATA") && path.matches('/').count() == 1;
            if !entry.is_file() || !(is_metadata || is_module(&path)) {
                continue;
            }
            // The size that an archive states is a claim; what is read is counted.
            let mut bytes = Vec::new();
            let read =
                entry.take(MAX_MODULE + 1).read_to_end(&mut bytes).map_err(|error| format!("`{path}`: {error}"))?;
            total += read as u64;
            if read as u64 > MAX_MODULE || total > MAX_TOTAL {
                return Err(format!("`{path}` makes it larger than {} MiB", MAX_TOTAL >> 20));
            }
            let text = String::from_utf8_lossy(&bytes).into_owned();
            if is_metadata { metadata = Some(text) } else { modules.push((path, text)) }
        }
        let metadata = metadata.ok_or("has no METADATA, so it is no wheel")?;
        let header = |name: &str| {
            let lines = metadata.lines().take_while(|line| !line.is_empty());
            let mut values =
                lines.filter_map(|line| line.split_once(':').filter(|(key, _)| key.eq_ignore_ascii_case(name)));
            values.next().map(|(_, value)| value.trim().to_owned()).ok_or_else(|| format!("METADATA has no {name}"))
        };
        modules.sort();
        modules.dedup_by(|one, other| one.0 == other.0);
        Ok(Self { name: header("Name")?, version: header("Version")?, modules })
    }
}

/// Whether a path can be imported.
fn is_module(path: &str) -> bool {
    let Some(stem) = path.strip_suffix(".py").or_else(|| path.strip_suffix(".pyi")) else { return false };
    let is_name = |part: &str| {
        !part.is_empty()
            && part.chars().all(|c| c.is_alphanumeric() || c == '_')
            && !part.starts_with(|c: char| c.is_ascii_digit())
    };
    stem.split('/').all(is_name)
}
