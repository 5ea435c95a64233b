//! What files were at an earlier revision, and which hold changes, asked of git without letting the repository run anything.
//! For the earlier revision only objects are read, by `rev-parse`, `merge-base` and `cat-file`: the working tree is not shown
//! to git, so no filter, hook, diff driver, text conversion or monitor of its configuration has a part in it, and objects that
//! are not there are not fetched.

mod changes;
mod run;

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::path::{Path, PathBuf};

use crate::source::{SourceFile, below};
use run::{line, run};

pub use changes::changes;

/// A file and what it was, if it was.
pub type Before<'f> = (&'f SourceFile, Option<Vec<u8>>);

/// The last revision that a repository has in common with another one, in each repository that is scanned.
#[derive(Debug, Clone)]
pub struct Since {
    /// The repositories by their folders, with the commit.
    repositories: BTreeMap<PathBuf, String>,
}

impl Since {
    /// Finds where the work on the tree around `roots` branched off `revision`.
    ///
    /// # Errors
    /// A text that is no revision, a root outside of any repository, and whatever keeps the commit from being found, with what
    /// to do about it.
    pub fn new(revision: &str, roots: &[PathBuf]) -> Result<Self, String> {
        if revision.is_empty()
            || revision.starts_with('-')
            || revision.len() > 1_000
            || revision.contains(char::is_control)
        {
            return Err(format!("`{}` is no revision", revision.escape_debug()));
        }
        let mut repositories = BTreeMap::new();
        for root in roots {
            let root = root.canonicalize().map_err(|error| format!("cannot open `{}`: {error}", root.display()))?;
            let folder = if root.is_dir() { root.as_path() } else { root.parent().unwrap_or(&root) };
            let top = line(folder, &["rev-parse", "--show-toplevel"])?;
            let outside = |said| format!("`{}` is in no repository that git reads: {said}", folder.display());
            let top = PathBuf::from(top.map_err(outside)?);
            let top = top.canonicalize().map_err(|error| format!("cannot open `{}`: {error}", top.display()))?;
            if let Entry::Vacant(place) = repositories.entry(top) {
                let base = base(place.key(), revision)?;
                place.insert(base);
            }
        }
        Ok(Self { repositories })
    }

    /// What each of `files` was; `None` where it was not. A file under no repository was not.
    ///
    /// # Errors
    /// Whatever keeps git from answering.
    pub fn before<'f>(&self, files: &[&'f SourceFile]) -> Result<Vec<Before<'f>>, String> {
        let mut answers: Vec<Before<'f>> = files.iter().map(|file| (*file, None)).collect();
        for (top, base) in &self.repositories {
            let mut asked = Vec::new();
            let mut input = String::new();
            for (index, file) in files.iter().enumerate() {
                let Some(path) = below(top, file.location()) else { continue };
                // The innermost repository knows the file.
                let is_inner = |other: &&PathBuf| {
                    *other != top && other.starts_with(top) && below(other, file.location()).is_some()
                };
                let Some(path) = path.to_str().filter(|path| !path.contains('\n')) else { continue };
                if !self.repositories.keys().any(|other| is_inner(&other)) {
                    asked.push(index);
                    input.push_str(&format!("{base}:{}\n", path.replace(std::path::MAIN_SEPARATOR, "/")));
                }
            }
            if asked.is_empty() {
                continue;
            }
            let output = run(top, &["cat-file", "--batch"], Some(input.into_bytes()))?.map_err(unreadable)?;
            let mut rest = output.as_slice();
            for index in asked {
                answers[index].1 =
                    next_blob(&mut rest).ok_or_else(|| unreadable("its answer is cut short".to_owned()))?;
            }
        }
        Ok(answers)
    }
}

fn unreadable(said: String) -> String {
    format!("git could not read the earlier files: {said}")
}

/// The next answer of `cat-file --batch`; none at the end, nothing inside where there is no such file.
#[expect(clippy::option_option, reason = "one for the end of the answers, one for a file that is not there")]
fn next_blob(rest: &mut &[u8]) -> Option<Option<Vec<u8>>> {
    let end = memchr::memchr(b'\n', rest)?;
    let header = String::from_utf8_lossy(&rest[..end]).into_owned();
    *rest = &rest[end + 1..];
    let mut words = header.rsplit(' ');
    let (last, kind) = (words.next()?, words.next()?);
    let Ok(size) = last.parse::<usize>() else { return Some(None) };
    let content = rest.get(..size)?.to_vec();
    *rest = rest.get(size + 1..)?;
    Some((kind == "blob").then_some(content))
}

/// The commit at which the work on the repository at `top` branched off `revision`.
fn base(top: &Path, revision: &str) -> Result<String, String> {
    let is_shallow =
        || line(top, &["rev-parse", "--is-shallow-repository"]).is_ok_and(|said| said == Ok("true".to_owned()));
    let deepen = |problem: String| {
        if is_shallow() {
            format!(
                "{problem}, and this clone is shallow: fetch the whole history (`git fetch --unshallow`; `fetch-depth: 0` for \
                 actions/checkout, `GIT_DEPTH: 0` for GitLab)"
            )
        } else {
            problem
        }
    };
    let commit = line(top, &["rev-parse", "--verify", "--quiet", &format!("{revision}^{{commit}}")])?;
    let commit = commit.ok().filter(|said| is_id(said));
    let Some(commit) = commit else {
        let name = revision.strip_prefix("origin/").unwrap_or(revision);
        return Err(deepen(format!(
            "git knows no revision `{}` here; if it is a branch, fetch it first (`git fetch origin {}`)",
            revision.escape_debug(),
            name.escape_debug()
        )));
    };
    let base = line(top, &["merge-base", &commit, "HEAD"])?.ok().filter(|said| is_id(said));
    base.ok_or_else(|| {
        deepen(format!("`{}` and what is checked out have no commit in common", revision.escape_debug()))
    })
}

/// Whether a text is the name of an object, and nothing that git could take for more.
fn is_id(text: &str) -> bool {
    text.len() >= 40 && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_are_read_one_by_one() {
        let mut rest = b"abc blob 3\na\nb\nbase:x y missing\nabc tree 1\nz\n".as_slice();
        assert_eq!(next_blob(&mut rest), Some(Some(b"a\nb".to_vec())));
        assert_eq!(next_blob(&mut rest), Some(None));
        assert_eq!(next_blob(&mut rest), Some(None));
        assert_eq!(next_blob(&mut rest), None);
        assert_eq!(next_blob(&mut b"abc blob 9\na\n".as_slice()), None);
    }

    #[test]
    fn what_git_could_take_for_an_option_never_reaches_it() {
        for revision in ["", "-x", "--upload-pack=touch x", "a\nb", &"x".repeat(2_000)] {
            assert!(Since::new(revision, &[]).is_err());
        }
    }
}
