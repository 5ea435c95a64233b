//! Text that an editor holds in the place of what is on disk.

use std::collections::BTreeMap;
use std::path::Path;

use super::{FileFacts, Inventory, Piece, follow_includes, interest_in, piece};
use crate::packages::Packages;
use crate::source::{self, Interest, Limits, SourceFile};

/// Texts by the paths that a walk would show their files as.
pub type Unsaved = BTreeMap<String, String>;

impl Inventory {
    /// Reads `unsaved` in the place of what the files hold. A file that the walk left out stays out; one that is not on disk
    /// yet is added.
    pub fn put(&mut self, unsaved: &Unsaved, limits: &Limits, packages: &Packages) {
        let is_excluded = |path: &str| limits.exclude.as_ref().is_some_and(|globs| globs.covers(Path::new(path)));
        for (path, text) in unsaved {
            if self.file(path).is_some() {
                self.replace(path, text.clone().into_bytes(), packages);
            } else if !is_excluded(path) && self.is_wanted(path, text) {
                self.unread.retain(|code| code.path != *path);
                self.add(SourceFile::new(path.as_str(), Path::new(path), text.clone().into_bytes()), packages);
            }
        }
        follow_includes(self, &[".".into()], limits, packages);
    }

    /// The same for files that were opened since, because code that uses the SDK leads to them.
    pub fn put_again(&mut self, unsaved: &Unsaved, packages: &Packages) {
        for (path, text) in unsaved {
            if self.file(path).is_some_and(|file| file.text() != text) {
                self.replace(path, text.clone().into_bytes(), packages);
            }
        }
    }

    /// Whether a walk would have read a file with this text, of which it brought nothing back.
    fn is_wanted(&self, path: &str, text: &str) -> bool {
        if source::is_in_skipped_folder(path) {
            return false;
        }
        let is_closed = self.unread.iter().any(|code| code.path == path);
        let is_new = || !Path::new(path).exists();
        match interest_in(path) {
            Interest::None => false,
            // Such a file would have been read or told of, unless it was left out on purpose.
            Interest::Always => is_new(),
            Interest::Code => source::mentions(text.as_bytes()) && (is_closed || is_new()),
            Interest::IfMentioned => source::mentions(text.as_bytes()),
        }
    }

    fn add(&mut self, file: SourceFile, packages: &Packages) {
        let insert = |files: &mut Vec<SourceFile>, file: SourceFile| {
            let at = files.partition_point(|other| other.path() < file.path());
            files.insert(at, file);
        };
        match piece(file, packages) {
            Piece::Facts(facts) => {
                let path = facts.file.path().to_owned();
                let at = self.files.partition_point(|other: &FileFacts| other.file.path() < path.as_str());
                self.files.insert(at, *facts);
            }
            Piece::Module(file) => insert(&mut self.modules, file),
            Piece::Text(file) => insert(&mut self.texts, file),
            Piece::Unread(code) => self.unread.push(code),
        }
    }
}
