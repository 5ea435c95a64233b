//! The only functions that write a file of the user's, or one that the user asked for.

use std::fs;
use std::io::{self, Write};
use std::path::{Component, Path};

use crate::source::folder_of;

/// Replaces the file at `location` by `bytes`, or leaves it as it was: the new text is written beside it and moved
/// over it, with its permissions. `expected` is what was read; a file that changed since then is not touched.
///
/// # Errors
/// Whatever kept the file from being written; nothing is left half done.
pub fn write(location: &Path, expected: &[u8], bytes: &[u8]) -> io::Result<()> {
    // A link would be replaced by a file, and its target may lie anywhere.
    let metadata = fs::symlink_metadata(location)?;
    let location = if metadata.is_symlink() { fs::canonicalize(location)? } else { location.to_owned() };
    if fs::read(&location)? != expected {
        return Err(io::Error::other("the file changed while it was being scanned; run again"));
    }
    let permissions = fs::metadata(&location)?.permissions();
    if permissions.readonly() {
        return Err(io::Error::new(io::ErrorKind::PermissionDenied, "the file is read-only"));
    }
    let mut file = tempfile::Builder::new().prefix(".mcp-audit-").tempfile_in(folder_of(&location))?;
    file.write_all(bytes)?;
    file.as_file().set_permissions(permissions)?;
    file.as_file().sync_all()?;
    file.persist(&location).map_err(|error| error.error)?;
    Ok(())
}

/// Writes a new file at `path` below `folder`, or replaces the one that is there, with the folders between them.
///
/// # Errors
/// A path that leads out of the folder, or whatever kept the file from being written.
pub fn create(folder: &Path, path: &str, bytes: &[u8]) -> io::Result<()> {
    if !Path::new(path).components().all(|part| matches!(part, Component::Normal(_))) {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, "the path leads out of the folder"));
    }
    let location = folder.join(path);
    let parent = location.parent().unwrap_or(folder);
    fs::create_dir_all(parent)?;
    if fs::symlink_metadata(&location).is_ok_and(|found| !found.is_file()) {
        return Err(io::Error::new(io::ErrorKind::AlreadyExists, "something stands there that is no file"));
    }
    let mut file = tempfile::Builder::new().prefix(".mcp-audit-").tempfile_in(parent)?;
    file.write_all(bytes)?;
    // A temporary file is its owner's alone; what is made here is as readable as any file of the folder's owner.
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        file.as_file().set_permissions(fs::Permissions::from_mode(0o644))?;
    }
    file.persist(&location).map_err(|error| error.error)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_changed_meanwhile_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("r.txt");
        fs::write(&path, "mcp>=1").unwrap();
        assert!(write(&path, b"mcp", b"mcp<2").is_err());
        write(&path, b"mcp>=1", b"mcp>=1,<2").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"mcp>=1,<2");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[cfg(unix)]
    #[test]
    fn permissions_stay() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("r.sh");
        fs::write(&path, "a").unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
        write(&path, b"a", b"b").unwrap();
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o755);
    }

    #[test]
    fn a_new_file_stays_in_its_folder() {
        let folder = tempfile::tempdir().unwrap();
        create(folder.path(), "a/b.pyi", b"x: int").unwrap();
        create(folder.path(), "a/b.pyi", b"y: int").unwrap();
        assert_eq!(fs::read(folder.path().join("a/b.pyi")).unwrap(), b"y: int");
        for path in ["../b.pyi", "/b.pyi", "a/../../b.pyi", "a"] {
            assert!(create(folder.path(), path, b"").is_err(), "{path}");
        }
    }
}
