//! The files that the type engine may read: the texts it was given, and nothing on any disk. Every question of the engine
//! about a path is answered from one table, so a scanned tree is never touched and no import leads out of the table.

use std::any::Any;
use std::collections::BTreeMap;
use std::io::{Error, ErrorKind, Result};
use std::sync::{Arc, OnceLock};

use ruff_db::file_revision::FileRevision;
use ruff_db::system::walk_directory::WalkDirectoryBuilder;
use ruff_db::system::{
    DirectoryEntry, FileType, MemoryFileSystem, Metadata, System, SystemPath, SystemPathBuf, SystemVirtualPath,
    WhichError, WhichResult, WritableSystem,
};
use ruff_notebook::{Notebook, NotebookError};

use super::{MAX_CLAUSES, MAX_DEPTH};
use crate::python::parse::{depth_of, has_longer_if};

/// The folder of the project's files.
pub(super) const PROJECT: &str = "/project";

/// The folder of the stubs, which stands where installed packages would.
pub(super) const STUBS: &str = "/stubs";

/// A tree of texts. Clones share it.
#[derive(Debug, Clone)]
pub(super) struct Memory(Arc<BTreeMap<SystemPathBuf, Entry>>);

#[derive(Debug)]
enum Entry {
    Folder,
    File { text: Box<str>, refused: OnceLock<Option<String>> },
}

impl Memory {
    /// A tree of `files`, each with its path below the root, and of `folders` even where they are empty.
    pub(super) fn new(files: impl Iterator<Item = (SystemPathBuf, Box<str>)>, folders: &[SystemPathBuf]) -> Self {
        let mut entries = BTreeMap::new();
        for (path, text) in files {
            entries.insert(path, Entry::File { text, refused: OnceLock::new() });
        }
        let paths: Vec<SystemPathBuf> = entries.keys().cloned().chain(folders.iter().cloned()).collect();
        for path in paths {
            for folder in path.ancestors() {
                entries.entry(folder.to_path_buf()).or_insert(Entry::Folder);
            }
        }
        Self(Arc::new(entries))
    }

    fn entry(&self, path: &SystemPath) -> Result<&Entry> {
        let missing = || Error::from(ErrorKind::NotFound);
        // Paths come normalised, but for the `..` of a relative lookup.
        self.0.get(path).or_else(|| self.0.get(&SystemPath::absolute(path, "/"))).ok_or_else(missing)
    }

    /// Why the engine may not see the file at `path`, told at the first question about it: a tree that nests without end
    /// would take more stack than there is.
    pub(super) fn refusal(&self, path: &SystemPath) -> Option<&str> {
        let Ok(Entry::File { text, refused }) = self.entry(path) else { return None };
        let judge = || match depth_of(text) {
            Err(error) => Some(error.message),
            Ok(depth) if depth > MAX_DEPTH => Some("nested too deeply for types".to_owned()),
            Ok(_) => has_longer_if(text, MAX_CLAUSES).then(|| format!("an `if` of more than {MAX_CLAUSES} clauses")),
        };
        refused.get_or_init(judge).as_deref()
    }
}

impl System for Memory {
    fn path_metadata(&self, path: &SystemPath) -> Result<Metadata> {
        let kind = match self.entry(path)? {
            Entry::Folder => FileType::Directory,
            Entry::File { .. } => FileType::File,
        };
        Ok(Metadata::new(FileRevision::new(0), None, kind))
    }

    fn canonicalize_path(&self, path: &SystemPath) -> Result<SystemPathBuf> {
        self.entry(path)?;
        Ok(SystemPath::absolute(path, "/"))
    }

    fn is_same_file(&self, first: &SystemPath, second: &SystemPath) -> Result<bool> {
        Ok(self.canonicalize_path(first)? == self.canonicalize_path(second)?)
    }

    fn which(&self, _: &str) -> WhichResult {
        Err(WhichError::CannotFindBinaryPath)
    }

    fn read_to_string(&self, path: &SystemPath) -> Result<String> {
        match (self.entry(path)?, self.refusal(path)) {
            (Entry::File { text, .. }, None) => Ok(text.to_string()),
            (Entry::File { .. }, Some(reason)) => Err(Error::new(ErrorKind::InvalidData, reason)),
            (Entry::Folder, _) => Err(Error::from(ErrorKind::IsADirectory)),
        }
    }

    fn read_to_notebook(&self, path: &SystemPath) -> std::result::Result<Notebook, NotebookError> {
        Notebook::from_source_code(&self.read_to_string(path)?)
    }

    fn read_virtual_path_to_string(&self, _: &SystemVirtualPath) -> Result<String> {
        Err(Error::from(ErrorKind::NotFound))
    }

    fn read_virtual_path_to_notebook(&self, _: &SystemVirtualPath) -> std::result::Result<Notebook, NotebookError> {
        Err(NotebookError::from(Error::from(ErrorKind::NotFound)))
    }

    fn current_directory(&self) -> &SystemPath {
        SystemPath::new("/")
    }

    fn user_config_directory(&self) -> Option<SystemPathBuf> {
        None
    }

    fn cache_dir(&self) -> Option<SystemPathBuf> {
        None
    }

    fn read_directory<'a>(
        &'a self,
        path: &SystemPath,
    ) -> Result<Box<dyn Iterator<Item = Result<DirectoryEntry>> + 'a>> {
        let folder = self.canonicalize_path(path)?;
        let below = self.0.range(folder.clone()..).take_while({
            let folder = folder.clone();
            move |(path, _)| path.starts_with(&folder)
        });
        let children = below.filter(move |(path, _)| path.parent() == Some(folder.as_path()));
        Ok(Box::new(children.map(|(path, entry)| {
            let kind = if matches!(entry, Entry::Folder) { FileType::Directory } else { FileType::File };
            Ok(DirectoryEntry::new(path.clone(), kind))
        })))
    }

    fn walk_directory(&self, path: &SystemPath) -> WalkDirectoryBuilder {
        // Only an editor walks folders; a checker is told its files.
        MemoryFileSystem::new().walk_directory(path)
    }

    fn as_writable(&self) -> Option<&dyn WritableSystem> {
        None
    }

    fn as_any(&self) -> &dyn Any {
        self
    }

    fn as_any_mut(&mut self) -> &mut dyn Any {
        self
    }

    fn dyn_clone(&self) -> Box<dyn System> {
        Box::new(self.clone())
    }
}
