//! Lock files: one file per format, each telling which versions are installed today and what brings them in. Locks
//! are never edited; each names the command that its user runs to renew it.
//!
//! What a lock repeats of its manifest (`requires-dist` in `uv.lock`) is no requirement: it is fixed in the manifest
//! and follows from there.

mod cargo_lock;
mod compiled;
pub mod graph;
mod pdm;
mod pipfile;
mod pixi;
mod poetry;
mod pylock;
mod tree;
mod uv;

pub(super) use cargo_lock::CargoLock;
pub(super) use compiled::Compiled;
pub(super) use pdm::PdmLock;
pub(super) use pipfile::PipfileLock;
pub(super) use pixi::PixiLock;
pub(super) use poetry::PoetryLock;
pub(super) use pylock::Pylock;
pub(super) use uv::UvLock;

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use super::{Ask, Lock, LockedPackage};
use crate::requirement::{Dialect, Ecosystem, normalized, split};

/// A lock of what uv compiled, from the text it printed without a header.
pub fn compiled_text(text: &str) -> Lock {
    Lock { tool: "uv", relock: String::new(), ecosystem: Ecosystem::Python, packages: compiled::packages(text) }
}

/// A marker longer than this, in bytes, is not told.
const MAX_MARKER: usize = 4 << 10;

/// Makes one package of the entries that lock the same release of one name: pdm writes one for each set of extras,
/// pixi one for each platform, Pipenv one for each category. The first keeps its place.
fn merged(packages: Vec<LockedPackage>) -> Vec<LockedPackage> {
    let mut out: Vec<LockedPackage> = Vec::with_capacity(packages.len());
    let mut places: HashMap<(String, String), usize> = HashMap::with_capacity(packages.len());
    for mut package in packages {
        match places.entry((package.name.clone(), package.version.clone())) {
            Entry::Occupied(place) => {
                let first = &mut out[*place.get()];
                first.dependencies.append(&mut package.dependencies);
                first.asks.append(&mut package.asks);
                first.is_member |= package.is_member;
                if first.marker != package.marker {
                    // Installed under either, so neither alone says when. The bound keeps a file of nothing but
                    // such entries from growing one marker out of all of them, again and again.
                    first.marker = match (first.marker.take(), package.marker) {
                        (Some(one), Some(other)) if one.len() + other.len() < MAX_MARKER => {
                            Some(format!("({one}) or ({other})"))
                        }
                        _ => None,
                    };
                }
            }
            Entry::Vacant(place) => {
                place.insert(out.len());
                out.push(package);
            }
        }
    }
    for package in &mut out {
        // The entry with extras asks for the one without.
        let own = std::mem::take(&mut package.name);
        package.dependencies.retain(|dependency| *dependency != own);
        package.asks.retain(|ask| ask.name != own);
        package.dependencies.sort_unstable();
        package.dependencies.dedup();
        package.name = own;
    }
    out
}

/// The name at the start of a requirement, normalised; `None` for one that only an extra asks for, because a lock
/// does not say here which extras were chosen.
fn required_name(requirement: &str) -> Option<String> {
    let requirement = requirement.trim_start();
    let length = split::name_length(requirement);
    let name = requirement.get(..length).filter(|name| !name.is_empty())?;
    let marker = requirement.split_once(';').map_or("", |(_, marker)| marker);
    (!split::asks_for_extra(marker)).then(|| normalized(name))
}

/// The package and versions that a requirement asks for; `None` for what only an extra asks for, and where it names no
/// versions but a place.
fn asked(requirement: &str) -> Option<Ask> {
    let name = required_name(requirement)?;
    let parts = split::split(requirement).ok()?;
    let split::Version::Specifier(range) = parts.version else { return None };
    Some(Ask { name, specifier: requirement.get(range)?.to_owned(), dialect: Dialect::Pep508 })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::manifest::{Declarations, Format};
    use crate::source::SourceFile;

    /// Each package as `name version [marker] (member): dependencies`, after a check that its span holds its name.
    pub(super) fn shown(format: &dyn Format, name: &str, text: &str) -> Vec<String> {
        let file = SourceFile::in_memory(name, text);
        let mut found = Declarations::default();
        format.locate(&file, &mut found);
        assert!(found.requirements.is_empty(), "a lock asks for nothing");
        assert_eq!(found.problems, [], "{name}");
        let lock = found.lock.expect("a lock");
        let all = lock.packages.iter().map(|package| {
            let there = crate::requirement::normalized(file.slice(package.span));
            assert!(there.contains(&package.name.replace('.', "-")) || package.is_member, "{there} {}", package.name);
            let marker = package.marker.as_ref().map_or(String::new(), |marker| format!(" [{marker}]"));
            let member = if package.is_member { " (member)" } else { "" };
            format!("{} {}{marker}{member}: {}", package.name, package.version, package.dependencies.join(" "))
        });
        all.collect()
    }

    /// Cut and mangled locks are read as far as they go, or are a problem; none is trouble.
    #[test]
    fn mangled_files_are_no_trouble() {
        let formats: [(&dyn Format, &str, &str); 8] = [
            (
                &UvLock,
                "uv.lock",
                "[[package]]\nname = 'é'\nsource = { editable = '.' }\ndependencies = [{ name = 3 }, 'x']\n",
            ),
            (
                &PoetryLock,
                "poetry.lock",
                "[[package]]\nname = ''\nmarkers = {}\n[package.dependencies]\na = [{optional = 3}]\n",
            ),
            (&PdmLock, "pdm.lock", "package = [{name = \"x\\u00e9\", dependencies = ['é; extra', ';', '']}]\n"),
            (&PipfileLock, "Pipfile.lock", "\u{feff}{\"default\": {\"\": {}, \"é\": {\"version\": \"==\"}, x: 1}}"),
            (&Pylock, "pylock.toml", "packages = [{name = '''x'''}, 3]\n"),
            (
                &PixiLock,
                "pixi.lock",
                "packages:\n- conda: /é-é-é.conda\n  depends:\n  - é ; extra ==\n- pypi: '\n  name:\n",
            ),
            (&CargoLock, "Cargo.lock", "[[package]]\nname = \"\"\"\nx\"\"\"\ndependencies = ['']\n"),
            (
                &Compiled,
                "r.txt",
                "# autogenerated by é\né\nx==1 # via é,, (,-r ,-r\n\t#é\n    # via\n    #\n    #  -r \u{a0}\n",
            ),
        ];
        for (format, name, text) in formats {
            for end in (0..=text.len()).filter(|end| text.is_char_boundary(*end)) {
                let file = SourceFile::in_memory(name, &text[..end]);
                let mut found = Declarations::default();
                format.locate(&file, &mut found);
                for package in found.lock.iter().flat_map(|lock| &lock.packages) {
                    assert!(file.text().get(package.span.start..package.span.end).is_some(), "{name} {end}");
                }
            }
        }
    }

    #[test]
    fn extras_are_not_followed() {
        assert_eq!(required_name("Any_IO [trio]>=4 ; python_version > '3'").as_deref(), Some("any-io"));
        assert_eq!(required_name("rich>=13 ; extra == 'cli'"), None);
        assert_eq!(required_name("rich ; python_version < '3' and extra=='cli'"), None);
        assert_eq!(required_name("rich ; sys_extra == 'cli'").as_deref(), Some("rich"));
        assert_eq!(required_name(">=1"), None);
    }
}
