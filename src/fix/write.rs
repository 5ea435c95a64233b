//! The only function that writes a file of the user's.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

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
    let folder = location.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut file = tempfile::Builder::new().prefix(".mcp-audit-").tempfile_in(folder)?;
    file.write_all(bytes)?;
    file.as_file().set_permissions(permissions)?;
    file.as_file().sync_all()?;
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
}
