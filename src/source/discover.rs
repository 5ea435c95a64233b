//! Walks a tree in parallel and reads the files somebody is interested in, within bounds and never out of the root.

use std::fs::{File, Metadata};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use aho_corasick::AhoCorasick;
use ignore::{DirEntry, WalkBuilder, WalkState};
use memchr::memmem::Finder;

use super::{Globs, Note, SourceFile};

/// Folders that hold other people's code or a tool's own state, wherever they stand.
const SKIPPED_FOLDERS: [&str; 16] = [
    ".git",
    ".hg",
    ".svn",
    ".jj",
    "node_modules",
    "site-packages",
    "__pycache__",
    ".tox",
    ".nox",
    ".pixi",
    ".eggs",
    ".mypy_cache",
    ".ruff_cache",
    ".pytest_cache",
    ".ipynb_checkpoints",
    ".direnv",
];

/// How a tree is walked.
#[derive(Debug, Clone)]
pub struct Limits {
    /// Larger files are noted and not read, in bytes.
    pub max_file_bytes: u64,
    /// Whether `.gitignore` and `.ignore` files are obeyed.
    pub respect_ignore_files: bool,
    /// Files and folders that are left out wherever the walk meets them.
    pub exclude: Option<Globs>,
}

impl Default for Limits {
    fn default() -> Self {
        Self { max_file_bytes: 16 << 20, respect_ignore_files: true, exclude: None }
    }
}

/// Whether a file is worth opening, decided from its path alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Interest {
    /// Leave it closed.
    None,
    /// Only if its text mentions MCP.
    IfMentioned,
    /// Source code: read if its text mentions MCP, and otherwise only told of, because it may use what code that does
    /// hands on.
    Code,
    /// In any case.
    Always,
}

/// What a walk came upon.
#[derive(Debug)]
pub enum Found {
    /// A file that was read.
    Read(SourceFile),
    /// Source code that does not mention MCP.
    Unmentioned(CodeFile),
}

/// Source code that was looked at and closed again.
#[derive(Debug, Clone)]
pub struct CodeFile {
    /// The path as shown.
    pub path: String,
    /// Where it is on disk.
    pub location: PathBuf,
    /// Whether one of the names that were asked for stands in it.
    pub has_names: bool,
}

/// What a walk brought back.
#[derive(Debug)]
pub struct Tree<T> {
    /// What was made of each file that was read, sorted by its path.
    pub files: Vec<T>,
    /// What could not be read, sorted.
    pub notes: Vec<Note>,
    /// How many files were looked at, read or not.
    pub seen: usize,
}

/// A place to start from, and how the paths below it are shown.
#[derive(Debug, Clone)]
struct Root {
    location: PathBuf,
    shown: String,
}

/// Walks `roots`. `interest` chooses by path, `names` are looked for in source code that is not read, `read` makes a value of each file that was chosen, `seen` is told of
/// every file for the sake of a progress bar. Calls come from several threads; the answer does not depend on them.
///
/// # Errors
/// A root that does not exist or cannot be opened, named.
pub fn discover<T: Send>(
    roots: &[PathBuf],
    limits: &Limits,
    names: Option<&AhoCorasick>,
    interest: &(dyn Fn(&str) -> Interest + Sync),
    read: &(dyn Fn(Found) -> Option<T> + Sync),
    seen: &(dyn Fn() + Sync),
) -> io::Result<Tree<T>> {
    let mut tree = Tree { files: Vec::new(), notes: Vec::new(), seen: 0 };
    for path in roots {
        let root = Root { location: path.clone(), shown: shown(path) };
        let metadata = std::fs::metadata(path).map_err(|error| with_path(&error, path))?;
        if metadata.is_dir() {
            walk(&root, limits, names, interest, read, seen, &mut tree);
        } else {
            // Named by the user: read whatever its name says, even through a link.
            tree.seen += 1;
            match read_bounded(path, &metadata, limits) {
                Ok(bytes) => tree.files.extend(
                    checked(&root.shown, path, bytes, &mut tree.notes)
                        .and_then(|file| read(Found::Read(file)))
                        .map(|value| (root.shown.clone(), value)),
                ),
                Err(problem) => tree.notes.push(Note::file(&root.shown, problem)),
            }
        }
    }
    tree.files.sort_by(|(one, _), (other, _)| one.cmp(other));
    tree.files.dedup_by(|(one, _), (other, _)| one == other);
    tree.notes.sort();
    tree.notes.dedup();
    Ok(Tree { files: tree.files.into_iter().map(|(_, value)| value).collect(), notes: tree.notes, seen: tree.seen })
}

fn walk<T: Send>(
    root: &Root,
    limits: &Limits,
    names: Option<&AhoCorasick>,
    interest: &(dyn Fn(&str) -> Interest + Sync),
    read: &(dyn Fn(Found) -> Option<T> + Sync),
    seen: &(dyn Fn() + Sync),
    tree: &mut Tree<(String, T)>,
) {
    let threads = std::thread::available_parallelism().map_or(1, |count| count.get().min(8));
    let found = Mutex::new(tree);
    let exclude = limits.exclude.clone();
    let is_excluded = move |entry: &DirEntry| {
        let is_folder = entry.file_type().is_some_and(|kind| kind.is_dir());
        exclude.as_ref().is_some_and(|exclude| exclude.matches(entry.path(), is_folder))
    };
    WalkBuilder::new(&root.location)
        .hidden(false)
        .follow_links(false)
        .git_global(false)
        .git_ignore(limits.respect_ignore_files)
        .git_exclude(limits.respect_ignore_files)
        .ignore(limits.respect_ignore_files)
        .parents(limits.respect_ignore_files)
        .threads(threads)
        .filter_entry(move |entry| entry.depth() == 0 || !(is_skipped_folder(entry) || is_excluded(entry)))
        .build_parallel()
        .run(|| {
            let mut worker = Worker {
                root,
                limits,
                names,
                interest,
                read,
                seen,
                found: &found,
                batch: Batch::default(),
                buffer: Vec::new(),
                needles: needles(),
            };
            Box::new(move |entry| {
                worker.visit(entry);
                WalkState::Continue
            })
        });
}

/// npm's scope for the SDK does not hold the short name; headers begin with a capital.
fn needles() -> [Finder<'static>; 4] {
    ["mcp", "MCP", "Mcp", "modelcontextprotocol"].map(Finder::new)
}

/// One thread's share of a walk; its findings are handed over when it is dropped.
struct Worker<'w, 't, T: Send> {
    root: &'w Root,
    limits: &'w Limits,
    names: Option<&'w AhoCorasick>,
    interest: &'w (dyn Fn(&str) -> Interest + Sync),
    read: &'w (dyn Fn(Found) -> Option<T> + Sync),
    seen: &'w (dyn Fn() + Sync),
    found: &'w Mutex<&'t mut Tree<(String, T)>>,
    batch: Batch<T>,
    buffer: Vec<u8>,
    needles: [Finder<'static>; 4],
}

struct Batch<T> {
    files: Vec<(String, T)>,
    notes: Vec<Note>,
    seen: usize,
}

impl<T> Default for Batch<T> {
    fn default() -> Self {
        Self { files: Vec::new(), notes: Vec::new(), seen: 0 }
    }
}

impl<T: Send> Worker<'_, '_, T> {
    fn visit(&mut self, entry: Result<DirEntry, ignore::Error>) {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                let path = error_path(&error).map_or_else(|| self.root.shown.clone(), |path| shown(&path));
                self.batch.notes.push(Note::file(path, format!("not read: {}", innermost(&error))));
                return;
            }
        };
        let Some(kind) = entry.file_type() else { return };
        let path = self.shown_below(entry.path());
        if kind.is_dir() {
            if entry.depth() > 0 && (self.interest)(&path) == Interest::Always {
                self.batch.notes.push(Note::file(path, "is a folder, so it was not read as the file its name says"));
            }
            return;
        }
        self.batch.seen += 1;
        (self.seen)();
        let interest = (self.interest)(&path);
        if interest == Interest::None || kind.is_symlink() {
            // A link's target is met on its own if it lies inside the root, and is none of our business if not.
            return;
        }
        if !kind.is_file() {
            self.batch.notes.push(Note::file(path, "is not a regular file, so it was not read"));
            return;
        }
        if let Err(problem) = read_into(entry.path(), self.limits, &mut self.buffer) {
            self.batch.notes.push(Note::file(path, problem));
            return;
        }
        if interest != Interest::Always && self.needles.iter().all(|needle| needle.find(&self.buffer).is_none()) {
            if interest == Interest::Code {
                let has_names = self.names.is_some_and(|names| names.is_match(&self.buffer));
                let code = CodeFile { path: path.clone(), location: entry.path().to_owned(), has_names };
                self.batch.files.extend((self.read)(Found::Unmentioned(code)).map(|value| (path, value)));
            }
            return;
        }
        let bytes = std::mem::take(&mut self.buffer);
        if let Some(value) =
            checked(&path, entry.path(), bytes, &mut self.batch.notes).and_then(|file| (self.read)(Found::Read(file)))
        {
            self.batch.files.push((path, value));
        }
    }

    fn shown_below(&self, path: &Path) -> String {
        let below = path.strip_prefix(&self.root.location).unwrap_or(path);
        let below = shown(below);
        match (self.root.shown.as_str(), below.as_str()) {
            (".", _) => below,
            (root, "." | "") => root.to_owned(),
            (root, _) => format!("{}/{below}", root.trim_end_matches('/')),
        }
    }
}

impl<T: Send> Drop for Worker<'_, '_, T> {
    fn drop(&mut self) {
        let batch = std::mem::take(&mut self.batch);
        let mut found = self.found.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        found.files.extend(batch.files);
        found.notes.extend(batch.notes);
        found.seen += batch.seen;
    }
}

/// A path with `/` between its parts and without a leading `./`; what is not Unicode is shown as U+FFFD.
fn shown(path: &Path) -> String {
    let text = path.to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/");
    let text = text.strip_prefix("./").unwrap_or(&text).trim_end_matches('/');
    match text {
        "" if path.has_root() => "/".to_owned(),
        "" => ".".to_owned(),
        _ => text.to_owned(),
    }
}

/// Whether a text speaks of MCP, so that a file with it is worth reading.
pub fn mentions(text: &[u8]) -> bool {
    needles().iter().any(|needle| needle.find(text).is_some())
}

/// Whether a folder on the way to `path`, as shown, is one that is never walked.
pub fn is_in_skipped_folder(path: &str) -> bool {
    path.split('/').any(|part| SKIPPED_FOLDERS.contains(&part))
}

fn is_skipped_folder(entry: &DirEntry) -> bool {
    if !entry.file_type().is_some_and(|kind| kind.is_dir()) {
        return false;
    }
    let name = entry.file_name();
    SKIPPED_FOLDERS.iter().any(|skipped| name == *skipped)
        || Path::new(name).extension().is_some_and(|ending| ending == "egg-info" || ending == "dist-info")
        // A virtual environment by any name, and a build folder that says it is one.
        || (name.to_str().is_some_and(|name| name.contains("env")) && entry.path().join("pyvenv.cfg").exists())
        || (name == "target" && entry.path().join("CACHEDIR.TAG").exists())
}

/// Text, or `None` and a note for a file that is none.
fn checked(shown: &str, location: &Path, bytes: Vec<u8>, notes: &mut Vec<Note>) -> Option<SourceFile> {
    let file = SourceFile::new(shown, location, bytes);
    if let Some(at) = file.text().find('\0') {
        notes.push(Note::at(&file, at, "holds a NUL byte, so it is not the text its name says; not read"));
        return None;
    }
    Some(file)
}

/// Reads source code that a walk looked at and closed; the note says why it could not be.
pub fn read_code(code: &CodeFile, limits: &Limits) -> Result<SourceFile, Note> {
    let mut buffer = Vec::new();
    read_into(&code.location, limits, &mut buffer).map_err(|problem| Note::file(&code.path, problem))?;
    let mut notes = Vec::new();
    checked(&code.path, &code.location, buffer, &mut notes)
        .ok_or_else(|| notes.pop().unwrap_or_else(|| Note::file(&code.path, "could not be read")))
}

fn read_bounded(path: &Path, metadata: &Metadata, limits: &Limits) -> Result<Vec<u8>, String> {
    if !metadata.is_file() {
        return Err("is not a regular file, so it was not read".to_owned());
    }
    let mut buffer = Vec::new();
    read_into(path, limits, &mut buffer).map(|()| buffer)
}

/// Reads at most the limit, whatever the file's length claims.
fn read_into(path: &Path, limits: &Limits, buffer: &mut Vec<u8>) -> Result<(), String> {
    buffer.clear();
    let file = File::open(path).map_err(|error| format!("not read: {}", plain(&error)))?;
    let length = file.metadata().map_err(|error| format!("not read: {}", plain(&error)))?.len();
    let too_large = || format!("is larger than {} MiB, so it was not read", limits.max_file_bytes >> 20);
    if length > limits.max_file_bytes {
        return Err(too_large());
    }
    buffer.reserve(usize::try_from(length).unwrap_or(0).saturating_add(1));
    file.take(limits.max_file_bytes + 1).read_to_end(buffer).map_err(|error| format!("not read: {}", plain(&error)))?;
    if buffer.len() as u64 > limits.max_file_bytes { Err(too_large()) } else { Ok(()) }
}

fn plain(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
        io::ErrorKind::NotFound => "no such file".to_owned(),
        _ => error.to_string(),
    }
}

fn with_path(error: &io::Error, path: &Path) -> io::Error {
    io::Error::new(error.kind(), format!("cannot read `{}`: {}", path.display(), plain(error)))
}

fn error_path(error: &ignore::Error) -> Option<PathBuf> {
    match error {
        ignore::Error::WithPath { path, .. } => Some(path.clone()),
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => error_path(err),
        _ => None,
    }
}

fn innermost(error: &ignore::Error) -> String {
    match error {
        ignore::Error::WithPath { err, .. }
        | ignore::Error::WithDepth { err, .. }
        | ignore::Error::WithLineNumber { err, .. } => innermost(err),
        ignore::Error::Io(error) => plain(error),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(root: &Path, limits: &Limits) -> (Vec<String>, Vec<String>) {
        let interest = |path: &str| if path.ends_with(".txt") { Interest::Always } else { Interest::IfMentioned };
        let name = |found| match found {
            Found::Read(file) => Some(file.name().to_owned()),
            Found::Unmentioned(_) => None,
        };
        let tree = discover(&[root.to_owned()], limits, None, &interest, &name, &|| ()).unwrap();
        (tree.files, tree.notes.into_iter().map(|note| note.message).collect())
    }

    #[test]
    fn odd_files_are_notes_and_the_rest_goes_on() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        std::fs::write(at("a.txt"), "x").unwrap();
        std::fs::write(at("b.py"), "import mcp").unwrap();
        std::fs::write(at("c.py"), "import os").unwrap();
        std::fs::write(at("nul.txt"), "a\0b").unwrap();
        std::fs::write(at("big.txt"), "x".repeat(100)).unwrap();
        std::fs::create_dir_all(at("d.txt/node_modules")).unwrap();
        std::fs::write(at("d.txt/node_modules/e.txt"), "x").unwrap();
        #[cfg(unix)]
        std::os::unix::fs::symlink(folder.path(), at("loop.txt")).unwrap();
        let (files, notes) = names(folder.path(), &Limits { max_file_bytes: 50, ..Limits::default() });
        assert_eq!(files, ["a.txt", "b.py"]);
        assert_eq!(notes.len(), 3, "{notes:?}");
    }

    #[test]
    fn a_missing_root_is_an_error_with_its_name() {
        let error =
            discover(&["/no/such/root".into()], &Limits::default(), None, &|_| Interest::None, &|_| None::<()>, &|| ())
                .unwrap_err();
        assert!(error.to_string().contains("/no/such/root"), "{error}");
    }
}
