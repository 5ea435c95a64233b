//! Small projects in temporary folders, for the tests that write them out themselves.

use std::fs;
use std::path::Path;
use std::process::Command;

use tempfile::TempDir;

/// A folder that holds `files`, each a path and what is in it; it is gone with the value.
pub(crate) fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    lay_out(folder.path(), files);
    folder
}

/// Writes `files` below `folder`.
pub(crate) fn lay_out(folder: &Path, files: &[(&str, impl AsRef<[u8]>)]) {
    for (path, bytes) in files {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
}

/// The text of a file in it.
pub(crate) fn read(folder: &TempDir, path: &str) -> String {
    fs::read_to_string(folder.path().join(path)).unwrap()
}

/// Has git do something in `folder`, which must succeed. No settings of the user's reach it, nor those of a hook that these
/// tests may run in.
pub(crate) fn git(folder: &Path, arguments: &[&str]) {
    let mut command = Command::new("git");
    command.current_dir(folder).env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_NOSYSTEM", "1");
    for name in ["GIT_DIR", "GIT_INDEX_FILE", "GIT_WORK_TREE"] {
        command.env_remove(name);
    }
    for setting in
        ["user.name=a", "user.email=a@index.example", "init.defaultBranch=main", "protocol.file.allow=always"]
    {
        command.args(["-c", setting]);
    }
    let output = command.args(arguments).output().unwrap();
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
}
