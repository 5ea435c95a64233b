//! The workspace folders and the files that are open in the editor, by the names that both sides have for them.

use std::collections::BTreeMap;
use std::path::{Component, Path, PathBuf};

use url::Url;

use crate::finding::Finding;
use crate::inventory::Unsaved;

/// A file that is open.
#[derive(Debug)]
pub(super) struct Document {
    /// The workspace folder it is in; none for files outside, which are left alone.
    pub(super) home: Option<Home>,
    /// As the editor counts.
    pub(super) version: i32,
    pub(super) text: String,
    /// What was found in this very text; nothing is known while it is newer than the last check.
    pub(super) findings: Option<Vec<Finding>>,
}

/// Where a file is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Home {
    pub(super) folder: PathBuf,
    /// From the folder, as findings show it.
    pub(super) path: String,
}

/// The folders and the open files, by their URIs as the editor writes them.
#[derive(Debug, Default)]
pub(super) struct Workspace {
    folders: Vec<PathBuf>,
    pub(super) documents: BTreeMap<String, Document>,
}

impl Workspace {
    /// Adds and takes away folders; what is open is looked for in those there are then.
    pub(super) fn change_folders<'u>(
        &mut self,
        added: impl IntoIterator<Item = &'u str>,
        removed: impl IntoIterator<Item = &'u str>,
    ) {
        let removed: Vec<PathBuf> = removed.into_iter().filter_map(file_of).collect();
        self.folders.retain(|folder| !removed.contains(folder));
        self.folders.extend(added.into_iter().filter_map(file_of));
        self.folders.sort();
        self.folders.dedup();
        let homes: Vec<Option<Home>> = self.documents.keys().map(|uri| self.home(uri)).collect();
        for (document, home) in self.documents.values_mut().zip(homes) {
            if document.home != home {
                (document.home, document.findings) = (home, None);
            }
        }
    }

    /// Opens a file, or gives one that is open another text. The folder to check now.
    pub(super) fn open(&mut self, uri: &str, version: i32, text: String) -> Option<PathBuf> {
        let home = self.home(uri);
        let folder = home.as_ref().map(|home| home.folder.clone());
        self.documents.insert(uri.to_owned(), Document { home, version, text, findings: None });
        folder
    }

    /// The innermost folder that holds the file.
    fn home(&self, uri: &str) -> Option<Home> {
        let file = file_of(uri)?;
        let folder =
            self.folders.iter().filter(|folder| file.starts_with(folder)).max_by_key(|one| one.as_os_str().len())?;
        let below = file.strip_prefix(folder).ok()?;
        let parts: Option<Vec<&str>> = below
            .components()
            .map(|part| match part {
                Component::Normal(part) => part.to_str(),
                _ => None,
            })
            .collect();
        let path = parts.filter(|parts| !parts.is_empty())?.join("/");
        Some(Home { folder: folder.clone(), path })
    }

    /// The files that are open in `folder`, with their URIs.
    pub(super) fn open_in<'w>(&'w self, folder: &Path) -> impl Iterator<Item = (&'w str, &'w str, &'w Document)> {
        self.documents.iter().filter_map(move |(uri, document)| {
            let home = document.home.as_ref().filter(|home| home.folder == folder)?;
            Some((uri.as_str(), home.path.as_str(), document))
        })
    }

    /// The texts that are open in `folder`.
    pub(super) fn unsaved(&self, folder: &Path, longest: u64) -> Unsaved {
        let fits = |text: &str| text.len() as u64 <= longest && !text.contains('\0');
        let open = self.open_in(folder).filter(|(_, _, document)| fits(&document.text));
        open.map(|(_, path, document)| (path.to_owned(), document.text.clone())).collect()
    }

    pub(super) fn folders(&self) -> &[PathBuf] {
        &self.folders
    }
}

/// The file of a URI, if it is one on this machine.
fn file_of(uri: &str) -> Option<PathBuf> {
    let url = Url::parse(uri).ok().filter(|url| url.scheme() == "file")?;
    url.to_file_path().ok().filter(|path| path.is_absolute())
}

/// The URI of a file of a folder that is not open.
pub(super) fn uri_of(folder: &Path, path: &str) -> Option<String> {
    Url::from_file_path(folder.join(path)).ok().map(String::from)
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn files_belong_to_the_innermost_folder() {
        let mut workspace = Workspace::default();
        workspace.change_folders(["file:///w", "file:///w/in%20ner", "http://x/w"], []);
        let home = |workspace: &Workspace, uri| workspace.home(uri).map(|home| (home.folder, home.path));
        let of = |folder: &str, path: &str| Some((PathBuf::from(folder), path.to_owned()));
        assert_eq!(home(&workspace, "file:///w/a/b.py"), of("/w", "a/b.py"));
        assert_eq!(home(&workspace, "file:///w/in%20ner/b.py"), of("/w/in ner", "b.py"));
        for outside in ["file:///x/b.py", "file:///wide/b.py", "file:///w", "untitled:Untitled-1", "file:///w/../b.py"]
        {
            assert_eq!(home(&workspace, outside), None, "{outside}");
        }
        workspace.open("file:///w/in%20ner/b.py", 1, String::new());
        workspace.change_folders([], ["file:///w/in%20ner"]);
        assert_eq!(workspace.documents["file:///w/in%20ner/b.py"].home.as_ref().unwrap().path, "in ner/b.py");
    }
}
