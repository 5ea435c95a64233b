//! Groups what was read into projects: a folder with a manifest and the files below it, up to the next manifest.

use std::collections::{BTreeMap, BTreeSet};

use crate::inventory::{FileFacts, Inventory, parent};
use crate::manifest::IncludeKind;
use crate::requirement::Ecosystem;

/// A folder with a manifest, and the files it speaks for.
#[derive(Debug)]
pub struct Project<'a> {
    /// The folder, as shown; empty at the root.
    pub folder: String,
    /// The project's own name, normalised.
    pub name: Option<String>,
    /// Whether others can install it.
    pub publishes: bool,
    /// The registry it would be published to.
    pub ecosystem: Option<Ecosystem>,
    /// Its files, by path.
    pub files: Vec<&'a FileFacts>,
}

/// The projects of a tree, by folder.
#[derive(Debug)]
pub struct Projects<'a> {
    by_folder: BTreeMap<String, Project<'a>>,
    by_path: BTreeMap<&'a str, &'a FileFacts>,
    /// By the path of a requirements file, the files that bring it in with `-r`.
    brought_in_by: BTreeMap<String, Vec<&'a FileFacts>>,
    local_modules: &'a BTreeSet<String>,
}

impl<'a> Projects<'a> {
    /// Groups the files of `inventory`. Files above every manifest belong to a project at the root without a name.
    pub fn group(inventory: &'a Inventory) -> Self {
        let mut by_folder: BTreeMap<String, Project<'a>> = BTreeMap::new();
        for facts in inventory.files.iter().filter(|facts| facts.is_manifest) {
            let folder = facts.folder();
            let project = by_folder.entry(folder.to_owned()).or_insert_with(|| Project::new(folder));
            if let Some(table) = facts.project() {
                project.publishes |= table.publishes;
                project.name = project.name.take().or_else(|| table.name.clone());
                project.ecosystem = project.ecosystem.or(Some(table.ecosystem));
            }
        }
        for facts in &inventory.files {
            let folder = nearest(&by_folder, facts.folder()).unwrap_or_default();
            by_folder.entry(folder.clone()).or_insert_with(|| Project::new(&folder)).files.push(facts);
        }
        let mut brought_in_by: BTreeMap<String, Vec<&'a FileFacts>> = BTreeMap::new();
        let by_path: BTreeMap<&str, &FileFacts> =
            inventory.files.iter().map(|facts| (facts.file.path(), facts)).collect();
        for facts in &inventory.files {
            for path in facts.included(&IncludeKind::Requirements).filter_map(|paths| existing(&by_path, paths)) {
                brought_in_by.entry(path).or_default().push(facts);
            }
        }
        Self { by_folder, by_path, brought_in_by, local_modules: &inventory.local_modules }
    }

    /// The folders from which `import mcp` would find a module of the repository's own.
    pub fn local_modules(&self) -> &BTreeSet<String> {
        self.local_modules
    }

    /// The files that `facts` brings in the way `kind` says, as far as they were read.
    pub fn included(&self, facts: &FileFacts, kind: &IncludeKind) -> Vec<&'a FileFacts> {
        facts.included(kind).filter_map(|paths| self.file(&existing(&self.by_path, paths)?)).collect()
    }

    /// The file shown as `path`.
    pub fn file(&self, path: &str) -> Option<&'a FileFacts> {
        self.by_path.get(path).copied()
    }

    /// The files that bring in `facts` with `-r`, however indirectly, and `facts` itself.
    pub fn bringing_in(&self, facts: &'a FileFacts) -> Vec<&'a FileFacts> {
        let mut found = vec![facts];
        let mut known = BTreeSet::from([facts.file.path()]);
        let mut at = 0;
        while let Some(current) = found.get(at) {
            for other in self.brought_in_by.get(current.file.path()).into_iter().flatten() {
                if known.insert(other.file.path()) {
                    found.push(other);
                }
            }
            at += 1;
        }
        found
    }

    /// The folder of the project that the file shown as `path` belongs to.
    pub fn folder_of(&self, path: &str) -> String {
        nearest(&self.by_folder, parent(path)).unwrap_or_default()
    }

    /// Whether `import mcp` means a module of the repository in the file at `path` of `project`: one that lies beside it
    /// or above it, or at the root of its project, where installs and test runners look.
    pub fn shadows_sdk(&self, path: &str, project: &Project<'_>) -> bool {
        if project.name.as_deref() == Some("mcp") {
            return true;
        }
        let modules = self.local_modules;
        let mut around =
            std::iter::successors(Some(parent(path)), |folder| (!folder.is_empty()).then(|| parent(folder)));
        // A package `mcp` deep in a project imports the SDK in its own files: nobody runs them from the folder above.
        let is_own = |folder: &str| {
            let rest = path.strip_prefix(folder).map(|rest| rest.trim_start_matches('/'));
            rest.is_some_and(|rest| rest.starts_with("mcp/"))
        };
        around.any(|folder| modules.contains(folder) && !is_own(folder))
            || modules.contains(&project.folder)
            || modules.contains(format!("{}/src", project.folder).trim_start_matches('/'))
    }

    /// Every project, by folder.
    pub fn iter(&self) -> impl Iterator<Item = &Project<'a>> {
        self.by_folder.values()
    }

    /// Whether one of the projects is the package of this name.
    pub fn holds(&self, ecosystem: Ecosystem, name: &str) -> bool {
        self.iter().any(|project| project.ecosystem == Some(ecosystem) && project.name.as_deref() == Some(name))
    }

    /// The project a file belongs to.
    pub fn of(&self, facts: &FileFacts) -> Option<&Project<'a>> {
        self.by_folder.get(&nearest(&self.by_folder, facts.folder()).unwrap_or_default())
    }

    /// The project and those around it, innermost first.
    pub fn around(&self, project: &Project<'a>) -> impl Iterator<Item = &Project<'a>> {
        let mut folder = Some(project.folder.clone());
        std::iter::from_fn(move || {
            while let Some(current) = folder.take() {
                folder = (!current.is_empty()).then(|| parent(&current).to_owned());
                if let Some(found) = self.by_folder.get(&current) {
                    return Some(found);
                }
            }
            None
        })
    }
}

impl<'a> Project<'a> {
    fn new(folder: &str) -> Self {
        Self { folder: folder.to_owned(), name: None, publishes: false, ecosystem: None, files: Vec::new() }
    }

    /// Whether `folder` lies below the project's own.
    pub fn is_above(&self, folder: &str) -> bool {
        let rest = folder.strip_prefix(self.folder.as_str());
        rest.is_some_and(|rest| !rest.is_empty() && (self.folder.is_empty() || rest.starts_with('/')))
    }

    /// How people call it: its name, or its folder.
    pub fn shown(&self) -> &str {
        match (&self.name, self.folder.as_str()) {
            (Some(name), _) => name,
            (None, "") => ".",
            (None, folder) => folder,
        }
    }
}

fn existing(by_path: &BTreeMap<&str, &FileFacts>, paths: Vec<String>) -> Option<String> {
    paths.into_iter().find(|path| by_path.contains_key(path.as_str()))
}

fn nearest(projects: &BTreeMap<String, Project<'_>>, folder: &str) -> Option<String> {
    let mut folder = folder;
    loop {
        if projects.contains_key(folder) {
            return Some(folder.to_owned());
        }
        if folder.is_empty() {
            return None;
        }
        folder = parent(folder);
    }
}
