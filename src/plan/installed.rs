//! What is installed in the environments that lie in the tree, read from the metadata that installers leave there. Nothing
//! of an environment is run, imported or followed out of the tree.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};

use super::Installed;
use crate::inventory::Inventory;
use crate::requirement::{Ecosystem, normalized};
use crate::rule::Rules;

/// What people call an environment beside their code.
const NAMES: [&str; 3] = [".venv", "venv", "env"];

/// More entries of a folder are not looked at.
const MAX_ENTRIES: usize = 20_000;

/// The head of a metadata file is shorter than this, in bytes.
const MAX_HEAD: u64 = 64 << 10;

/// The audited packages that environments below `roots` hold, by environment and name.
pub(super) fn installed(inventory: &Inventory, rules: &Rules, roots: &[PathBuf]) -> Vec<Installed> {
    let mut folders: BTreeSet<PathBuf> = roots.iter().cloned().collect();
    let paths = inventory.files.iter().filter(|facts| facts.is_manifest).map(|facts| facts.file.location());
    folders.extend(paths.filter_map(|path| path.parent().map(Path::to_owned)));
    let roots: Vec<PathBuf> = roots.iter().filter_map(|root| root.canonicalize().ok()).collect();
    let is_within = |path: &Path| path.canonicalize().is_ok_and(|path| roots.iter().any(|root| path.starts_with(root)));
    let mut found = BTreeSet::new();
    for environment in folders.iter().flat_map(|folder| NAMES.map(|name| folder.join(name))) {
        if !environment.join("pyvenv.cfg").is_file() || !is_within(&environment) {
            continue;
        }
        for site in sites(&environment) {
            for (package, version) in packages(&site, &is_within) {
                if rules.packages.get(Ecosystem::Python, &package).is_some() {
                    let environment = shown(&environment);
                    found.insert((environment, package, version));
                }
            }
        }
    }
    found.into_iter().map(|(environment, package, version)| Installed { package, version, environment }).collect()
}

/// An environment as its folder is shown.
fn shown(path: &Path) -> String {
    let text = path.display().to_string().replace('\\', "/");
    text.trim_start_matches("./").to_owned()
}

fn entries(folder: &Path) -> impl Iterator<Item = PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().take(MAX_ENTRIES);
    entries.filter_map(|entry| Some(entry.ok()?.path()))
}

/// Where an environment keeps its packages, on each system.
fn sites(environment: &Path) -> Vec<PathBuf> {
    let mut sites: Vec<PathBuf> =
        entries(&environment.join("lib")).map(|python| python.join("site-packages")).collect();
    sites.push(environment.join("Lib").join("site-packages"));
    sites.retain(|site| site.is_dir());
    sites.sort();
    sites
}

/// The packages of a folder, each with its version.
fn packages(site: &Path, is_within: &impl Fn(&Path) -> bool) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for folder in entries(site) {
        let Some(name) = folder.file_name().and_then(|name| name.to_str()) else { continue };
        let Some(package) = name.strip_suffix(".dist-info").and_then(|stem| stem.split('-').next()) else { continue };
        let path = folder.join("METADATA");
        // Most packages are none of ours, and are not opened.
        if !normalized(package).contains("mcp") || !is_within(&path) {
            continue;
        }
        found.extend(head(&path).as_deref().and_then(named));
    }
    found
}

fn head(path: &Path) -> Option<String> {
    let file = File::open(path).ok()?;
    if !file.metadata().ok()?.is_file() {
        return None;
    }
    let mut bytes = Vec::new();
    file.take(MAX_HEAD).read_to_end(&mut bytes).ok()?;
    Some(String::from_utf8_lossy(&bytes).into_owned())
}

/// The name and the version that the head of a metadata file gives.
fn named(text: &str) -> Option<(String, String)> {
    let head = text.lines().take_while(|line| !line.trim().is_empty());
    let field = |name: &str| {
        let mut lines = head.clone().filter_map(|line| line.split_once(':'));
        lines.find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value.trim().to_owned())
    };
    let version = field("Version").filter(|version| !version.is_empty() && version.len() <= 64)?;
    Some((normalized(&field("Name")?), version))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_head_of_metadata_names_and_dates_a_package() {
        let text = "Metadata-Version: 2.4\nName: MCP\nVersion: 1.30.0\n\nVersion: 9\n";
        assert_eq!(named(text), Some(("mcp".to_owned(), "1.30.0".to_owned())));
        assert_eq!(named("Name: mcp\n\nVersion: 1\n"), None);
        assert_eq!(named(""), None);
    }
}
