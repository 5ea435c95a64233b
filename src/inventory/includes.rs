//! The files that others name by `-r` and `-c`: read where the walk did not choose them by their names, if they lie below
//! what is scanned and no link leads to them.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::Read;
use std::path::{Component, Path, PathBuf};

use super::{FileFacts, Inventory, declared, facts, parent};
use crate::manifest::{self, Declarations, IncludeKind};
use crate::packages::Packages;
use crate::requirement::Ecosystem;
use crate::source::{Interest, Limits, Note, SourceFile};

impl FileFacts {
    /// The paths that `target`, written in this file, may mean, as shown, likeliest first.
    pub(super) fn candidates(&self, target: &str) -> Vec<String> {
        let mut folder = Some(parent(self.file.path()));
        let mut paths = Vec::new();
        while let Some(from) = folder {
            paths.extend(resolve(from, target));
            folder = (!self.is_manifest && !from.is_empty()).then(|| parent(from));
        }
        paths
    }
}

/// Joins a shown folder and a relative target; `None` when it leaves the folder everything is shown relative to.
fn resolve(folder: &str, target: &str) -> Option<String> {
    let target = target.strip_prefix("file://").unwrap_or(target).replace('\\', "/");
    if target.starts_with(['/', '~']) || target.contains("://") || target.contains("${") {
        return None;
    }
    let top = if folder.starts_with('/') { "/" } else { "" };
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in target.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(format!("{top}{}", parts.join("/")))
}

/// Reads the files that `-r` and `-c` name and the walk did not choose by their names. Each file is read once, so a
/// cycle ends by itself.
pub(super) fn follow_includes(inventory: &mut Inventory, roots: &[PathBuf], limits: &Limits, packages: &Packages) {
    let mut known: BTreeSet<String> = inventory.files.iter().map(|facts| facts.file.path().to_owned()).collect();
    let mut at = 0;
    while at < inventory.files.len() {
        let mut found = Vec::new();
        let facts = &inventory.files[at];
        for include in &facts.declarations.includes {
            if matches!(include.kind, IncludeKind::Project { .. }) || include.target.contains("://") {
                continue;
            }
            let note = |message: String| Note::at(&facts.file, include.span.start, message);
            let mut candidates = facts.candidates(&include.target);
            candidates.retain(|path| is_below_roots(path, roots));
            if !facts.is_manifest {
                // Where a command is run is not known, so a file that is not there means nothing.
                for path in candidates {
                    if known.contains(&path) {
                        break;
                    }
                    if let Ok(file) = read_included(&facts.file, &path, limits) {
                        known.insert(path);
                        found.push(file);
                        break;
                    }
                }
                continue;
            }
            let Some(path) = candidates.into_iter().next() else {
                inventory.notes.push(note(format!(
                    "`{}` lies outside of what is scanned, so it was not followed",
                    include.target
                )));
                continue;
            };
            if !known.insert(path.clone()) {
                continue;
            }
            match read_included(&facts.file, &path, limits) {
                Ok(file) => found.push(file),
                Err(problem) => inventory.notes.push(note(format!("`{}` {problem}", include.target))),
            }
        }
        inventory.files.extend(found.into_iter().map(|file| included_facts(file, packages)));
        at += 1;
    }
    inventory.files.sort_by(|one, other| one.file.path().cmp(other.file.path()));
    inventory.notes.sort();
    inventory.notes.dedup();
}

fn is_below_roots(path: &str, roots: &[PathBuf]) -> bool {
    roots.iter().any(|root| {
        let root = root.strip_prefix(".").unwrap_or(root);
        root.as_os_str().is_empty()
            || Path::new(path).starts_with(root)
            || root.parent().is_some_and(|folder| root.is_file() && Path::new(path).starts_with(folder))
    })
}

/// Opens a file that another one names, if it is a regular file that no link leads to: a link may lead anywhere.
fn read_included(from: &SourceFile, path: &str, limits: &Limits) -> Result<SourceFile, String> {
    // A shown path is where the file is, but for a leading `./`; what lies above the file that names it was walked
    // already, so only what lies below can be a link nobody has looked at.
    let mut base = from.location().to_owned();
    for _ in 0..from.path().trim_start_matches('/').split('/').count() {
        base.pop();
    }
    let location = base.join(path);
    let mut walked = base;
    for part in Path::new(path).components().filter(|part| matches!(part, Component::Normal(_))) {
        walked.push(part);
        if from.location().starts_with(&walked) {
            continue;
        }
        let metadata = std::fs::symlink_metadata(&walked).map_err(|_| "does not exist".to_owned())?;
        if metadata.is_symlink() {
            return Err("is reached through a link, so it was not followed".to_owned());
        }
    }
    let metadata = std::fs::metadata(&location).map_err(|_| "does not exist".to_owned())?;
    if !metadata.is_file() {
        return Err("is not a file".to_owned());
    }
    if metadata.len() > limits.max_file_bytes {
        return Err(format!("is larger than {} MiB, so it was not read", limits.max_file_bytes >> 20));
    }
    let mut bytes = Vec::new();
    File::open(&location)
        .and_then(|file| file.take(limits.max_file_bytes).read_to_end(&mut bytes))
        .map_err(|error| format!("could not be read: {error}"))?;
    if bytes.contains(&0) && !matches!(bytes.first_chunk(), Some([0xff, 0xfe] | [0xfe, 0xff])) {
        return Err("holds a NUL byte, so it is not text".to_owned());
    }
    Ok(SourceFile::new(path, location, bytes))
}

/// A file that `-r` names is a requirements file whatever its own name says.
pub(super) fn included_facts(file: SourceFile, packages: &Packages) -> FileFacts {
    if manifest::interest(file.path()) != Interest::None {
        return facts(file, packages);
    }
    let mut declarations = Declarations::default();
    manifest::locate_requirements(&file, &mut declarations);
    let declared = declared(&declarations);
    declarations.requirements.retain(|one| packages.is_of_interest(one.ecosystem, &one.name));
    declarations.keep_problems(|name| packages.is_of_interest(Ecosystem::Python, name));
    let (imports, cells) = (Vec::new(), Vec::new());
    FileFacts { file, declarations, declared, is_manifest: true, has_sdk_extra: false, imports, cells }
}
