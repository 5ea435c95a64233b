//! Small projects in temporary folders, for the tests that write them out themselves.

use std::fs;

use tempfile::TempDir;

/// A folder that holds `files`, each a path and a text; it is gone with the value.
pub(crate) fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (path, text) in files {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

/// The text of a file in it.
pub(crate) fn read(folder: &TempDir, path: &str) -> String {
    fs::read_to_string(folder.path().join(path)).unwrap()
}
