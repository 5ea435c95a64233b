//! Releases that this program does not carry: from the cache, or through the user's own installer.

use std::borrow::Cow;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::str::FromStr;
use std::time::Duration;

use pep440_rs::Version;

use super::{Surface, Wheel, stubs};
use crate::cache;
use crate::process::{self, Failure};

/// The installers to try, in order. `-I` keeps the interpreter from importing what lies around.
const INSTALLERS: [&[&str]; 3] = [&["pip"], &["python3", "-I", "-m", "pip"], &["uvx", "pip"]];

/// A cached release is some hundred kilobytes; a larger file is not one.
const MAX_CACHED: u64 = 64 << 20;

/// How long an installer may take; a wheel of the SDK is smaller than a picture.
const TIME_LIMIT: Duration = Duration::from_secs(300);

/// How much it may print, in bytes.
const OUTPUT_LIMIT: u64 = 1 << 20;

/// Downloads the wheels of requirements into a folder, or says what was tried.
type Download<'d> = &'d dyn Fn(&[String], &Path) -> Result<(), String>;

impl Surface {
    /// The surface of a release: embedded, from the cache, or downloaded by the user's own installer.
    ///
    /// # Errors
    /// A text that is no version, or why the release could not be had.
    pub fn at(version: &str) -> Result<Self, String> {
        at(version, cache::folder().as_deref(), &download)
    }

    /// The surface of a release that is embedded or in the cache.
    ///
    /// # Errors
    /// A text that is no version, or a release that is neither.
    pub fn at_hand(version: &str) -> Result<Self, String> {
        let refuse = |_: &[String], _: &Path| {
            Err(format!(
                "the API of mcp {version} is not at hand; `--target {version}` on the command line downloads it once"
            ))
        };
        at(version, cache::folder().as_deref(), &refuse)
    }
}

fn at(version: &str, folder: Option<&Path>, download: Download<'_>) -> Result<Surface, String> {
    // What reaches a command line is the version as the grammar spells it, not what was given.
    let parsed = Version::from_str(version).map_err(|error| format!("`{version}` is no version: {error}"))?;
    let version = parsed.to_string();
    if let Some(surface) = Surface::embedded(&version) {
        let files = surface.own().map(|(path, text)| (Cow::Owned(path.to_owned()), Cow::Owned(text.to_owned())));
        return Ok(Surface::new(version, files.collect()));
    }
    // Another version of this program may write other stubs.
    let name = format!("surfaces/mcp-{version}-by-{}.json", env!("CARGO_PKG_VERSION"));
    if let Some(files) = folder.and_then(|folder| cache::read(folder, &name, MAX_CACHED)) {
        return Ok(surface(version, files));
    }
    let mut requirements = vec![format!("mcp=={version}")];
    if parsed.release().first().is_some_and(|major| *major >= 2) {
        requirements.push(format!("mcp-types=={version}"));
    }
    let files = stubs(&wheels(&requirements, download)?)?;
    if let Some(folder) = folder {
        cache::write(folder, &name, &files);
    }
    Ok(surface(version, files))
}

fn surface(version: String, files: Vec<(String, String)>) -> Surface {
    Surface::new(version, files.into_iter().map(|(path, text)| (Cow::Owned(path), Cow::Owned(text))).collect())
}

fn wheels(requirements: &[String], download: Download<'_>) -> Result<Vec<Wheel>, String> {
    let folder = tempfile::tempdir().map_err(|error| format!("failed to make a temporary folder: {error}"))?;
    download(requirements, folder.path())?;
    let entries = fs::read_dir(folder.path()).map_err(|error| error.to_string())?;
    let mut paths: Vec<_> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    paths.retain(|path| path.extension().is_some_and(|ending| ending == "whl"));
    paths.sort();
    if paths.is_empty() {
        return Err(format!("no wheel of {} was downloaded", requirements.join(" and ")));
    }
    let read = |path: &PathBuf| {
        let file = File::open(path).map_err(|error| error.to_string())?;
        Wheel::read(file)
            .map_err(|error| format!("{}: {error}", path.file_name().unwrap_or_default().to_string_lossy()))
    };
    paths.iter().map(read).collect()
}

/// Runs the first installer that works, in `folder`, where there is nothing it could take for a project or a module.
fn download(requirements: &[String], folder: &Path) -> Result<(), String> {
    let mut tried = Vec::new();
    for installer in INSTALLERS {
        let Some((program, before)) = installer.split_first() else { continue };
        let mut command = Command::new(program);
        command
            .args(before)
            .args([
                "download",
                "--quiet",
                "--no-input",
                "--disable-pip-version-check",
                "--no-deps",
                "--only-binary=:all:",
                "--dest",
                ".",
            ])
            .args(requirements)
            .current_dir(folder);
        let reason = match process::printed(&mut command, TIME_LIMIT, OUTPUT_LIMIT) {
            Ok(_) => return Ok(()),
            // The last line says what became of it all.
            Err(Failure::Refused { complaint, .. }) => complaint.lines().last().unwrap_or("failed").to_owned(),
            Err(Failure::NotRun(why)) => why,
        };
        tried.push(format!("`{} download` ({reason})", installer.join(" ")));
    }
    Err(format!("failed to download {}; tried {}", requirements.join(" and "), tried.join(", ")))
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;
    use std::io::Write;

    use super::*;

    fn wheel(folder: &Path) {
        let mut zip = zip::ZipWriter::new(File::create(folder.join("mcp-9.1-py3-none-any.whl")).unwrap());
        let options = zip::write::SimpleFileOptions::default();
        for (path, text) in [
            ("mcp/__init__.py", "from .a import Thing\n"),
            ("mcp/a.py", "class Thing:\n    def go(self, x: int) -> str:\n        return ''\n"),
            ("mcp-9.1.dist-info/METADATA", "Name: mcp\nVersion: 9.1\n"),
        ] {
            zip.start_file(path, options).unwrap();
            zip.write_all(text.as_bytes()).unwrap();
        }
        zip.finish().unwrap();
    }

    #[test]
    fn a_release_is_downloaded_once() {
        let cache = tempfile::tempdir().unwrap();
        let times = Cell::new(0);
        let download = |requirements: &[String], folder: &Path| {
            assert_eq!(requirements, ["mcp==9.1", "mcp-types==9.1"]);
            assert_eq!(fs::read_dir(folder).unwrap().count(), 0);
            times.set(times.get() + 1);
            wheel(folder);
            Ok(())
        };
        for _ in 0..2 {
            let surface = at("v9.1", Some(cache.path()), &download).unwrap();
            assert_eq!(surface.index().canonical("mcp.Thing.go").as_deref(), Some("mcp.a.Thing.go"));
        }
        assert_eq!(times.get(), 1);
    }

    #[test]
    fn only_versions_reach_an_installer() {
        let never = |_: &[String], _: &Path| -> Result<(), String> { panic!("was run") };
        for text in ["", "--index-url=x", "2.0; rm", "2.0 mcp", "../x", "latest"] {
            assert!(at(text, None, &never).is_err(), "{text}");
        }
        assert_eq!(at("2.3.0", None, &never).unwrap().version, "2.3.0");
        let refuse = |_: &[String], _: &Path| -> Result<(), String> { Err("tried this".to_owned()) };
        assert_eq!(at("9.9", None, &refuse).unwrap_err(), "tried this");
    }
}
