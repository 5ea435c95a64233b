//! Finds the configuration of what is scanned: from its folder upward to that of the repository, the nearest first. No link
//! is followed, and nothing above the repository is opened.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use toml_edit::TableLike;

use super::Config;
use super::schema::Reader;
use crate::rule::line_at;
use crate::source::below;
use crate::syntax::toml;

/// The file that holds nothing else.
const OWN: &str = ".mcp-audit.toml";

/// What every table for this program is called.
const NAME: &str = "mcp-audit";

/// Bytes of a file; a manifest of a monorepo may be long, and a longer one is not read.
const MAX_BYTES: u64 = 4 << 20;

/// Where the table stands in each file that may hold one, in the order in which they count.
const FILES: [(&str, &[&[&str]]); 3] = [
    (OWN, &[&[]]),
    ("pyproject.toml", &[&["tool", NAME]]),
    ("Cargo.toml", &[&["workspace", "metadata", NAME], &["package", "metadata", NAME]]),
];

/// The configuration for a scan of `paths`: looked for in the folder that holds them all and in those above it, up to the
/// one with `.git`. Without such a folder only the first is looked at. `within`, if it is given, counts as such a folder, and
/// nothing outside of it is opened.
///
/// # Errors
/// A configuration that cannot be read or says something it cannot, with file and line.
pub fn discover(paths: &[PathBuf], within: Option<&Path>) -> Result<Option<Config>, String> {
    // A path that is not there is told of by the scan.
    let Some(start) = common(paths) else { return Ok(None) };
    let root = match within {
        Some(bound) if !start.starts_with(bound) => return Ok(None),
        Some(bound) => {
            let below = start.ancestors().take_while(|folder| folder.starts_with(bound));
            has_git(below).unwrap_or(bound).to_owned()
        }
        None => repository(&start),
    };
    for folder in start.ancestors() {
        for (name, tables) in FILES {
            if let Some(config) = inside(&folder.join(name), tables, &root)? {
                return Ok(Some(config));
            }
        }
        if folder == root {
            break;
        }
    }
    Ok(None)
}

/// The configuration in `path`, which somebody named.
///
/// # Errors
/// As [`discover`], and where there is none in it.
pub fn read(path: &Path) -> Result<Config, String> {
    let cannot = |error| format!("cannot read `{}`: {error}", path.display());
    let location = path.canonicalize().map_err(cannot)?;
    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    let tables = FILES.iter().find(|(file, _)| *file == name).map_or(FILES[0].1, |(_, tables)| tables);
    let root = repository(location.parent().unwrap_or(&location));
    if location.is_dir() {
        return Err(format!("`{}` is a folder; --config names a file", path.display()));
    }
    let table = || format!("`{}` has no table `{}`", path.display(), tables[0].join("."));
    inside(&location, tables, &root)?.ok_or_else(table)
}

/// The folder that holds all of `paths`.
fn common(paths: &[PathBuf]) -> Option<PathBuf> {
    let folders = paths.iter().filter_map(|path| {
        let path = path.canonicalize().ok()?;
        if path.is_dir() { Some(path) } else { path.parent().map(Path::to_owned) }
    });
    folders.reduce(|one, other| {
        let shared = one.ancestors().find(|folder| other.starts_with(folder));
        shared.map(Path::to_owned).unwrap_or_default()
    })
}

fn repository(start: &Path) -> PathBuf {
    has_git(start.ancestors()).unwrap_or(start).to_owned()
}

fn has_git<'p>(mut folders: impl Iterator<Item = &'p Path>) -> Option<&'p Path> {
    folders.find(|folder| folder.join(".git").exists())
}

/// Whether a file of this name may hold a configuration.
pub fn may_be_one(name: &str) -> bool {
    FILES.iter().any(|(file, _)| *file == name)
}

/// The configuration in the file at `location`, if there is one.
fn inside(location: &Path, tables: &[&[&str]], root: &Path) -> Result<Option<Config>, String> {
    let Ok(metadata) = std::fs::symlink_metadata(location) else { return Ok(None) };
    let is_own = tables[0].is_empty();
    let shown = shown(location);
    if !metadata.is_file() {
        // A manifest that is a link is the business of the scan; this file is nobody else's.
        let refused =
            format!("{shown}: is no regular file, so it is not followed; name the one that is meant with --config");
        return if is_own { Err(refused) } else { Ok(None) };
    }
    let mut bytes = Vec::new();
    let read = File::open(location).and_then(|file| file.take(MAX_BYTES + 1).read_to_end(&mut bytes));
    read.map_err(|error| format!("{shown}: cannot be read: {error}"))?;
    if bytes.len() as u64 > MAX_BYTES {
        let may_speak = is_own || memchr::memmem::find(&bytes, NAME.as_bytes()).is_some();
        let large = format!("{shown}: is larger than {} MiB", MAX_BYTES >> 20);
        return if may_speak { Err(large) } else { Ok(None) };
    }
    let text = match String::from_utf8(bytes) {
        Ok(text) => text,
        Err(_) if !is_own => return Ok(None),
        Err(_) => return Err(format!("{shown}: is not UTF-8")),
    };
    if !is_own && !text.contains(NAME) {
        return Ok(None);
    }
    let document = toml::parse(&text).map_err(|error| {
        let line = line_at(&text, error.offset);
        format!("{shown}:{line}: cannot be read: {}", error.message)
    })?;
    let Some((item, path)) = tables.iter().find_map(|path| Some((toml::at(document.as_item(), path)?, path))) else {
        return Ok(None);
    };
    let Some(table): Option<&dyn TableLike> = item.as_table_like() else {
        let line = item.span().map_or(1, |span| line_at(&text, span.start));
        return Err(format!("{shown}:{line}: `{}` must be a table", path.join(".")));
    };
    let folder = location.parent().unwrap_or(location).to_owned();
    let mut config = Config { path: shown.clone(), folder, root: root.to_owned(), ..Config::default() };
    Reader { path: &shown, text: &text }.read(table, &mut config)?;
    Ok(Some(config))
}

/// A path as people write it from where they are.
fn shown(location: &Path) -> String {
    let here = std::env::current_dir().and_then(|folder| folder.canonicalize()).ok();
    let below = here.and_then(|here| below(&here, location));
    below.unwrap_or_else(|| location.to_owned()).to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/")
}
