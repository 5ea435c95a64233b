//! The one folder that the tools see. Paths are resolved, links and all, before anything below them is opened.

use std::io;
use std::path::{Path, PathBuf};

/// Longer paths than this are no paths.
const MAX_LENGTH: usize = 4_096;

/// A folder that nothing is read outside of. It is the process's working folder, so that places are shown from there.
#[derive(Debug)]
pub struct Root {
    /// Absolute, without links.
    folder: PathBuf,
}

impl Root {
    /// Makes `folder` the root and the working folder.
    ///
    /// # Errors
    /// A folder that is none, or that cannot be entered.
    pub fn enter(folder: &Path) -> io::Result<Self> {
        let folder = folder.canonicalize()?;
        std::env::set_current_dir(&folder)?;
        Ok(Self { folder })
    }

    /// The folder itself, absolute and without links.
    pub(super) fn folder(&self) -> &Path {
        &self.folder
    }

    /// What `asked` means, from the root, without links: `.` for the root itself.
    ///
    /// # Errors
    /// A path that is not there or leads outside, for whoever asked. Which of the two is not told: what lies outside is
    /// nobody's business.
    pub(super) fn inside(&self, asked: &str) -> Result<PathBuf, String> {
        let shown = crate::report::cut(asked, 200);
        if asked.len() > MAX_LENGTH || asked.contains('\0') {
            return Err(format!("`{shown}` is no path"));
        }
        let real = self.folder.join(asked).canonicalize().ok();
        let below = real.as_deref().and_then(|real| real.strip_prefix(&self.folder).ok());
        match below {
            Some(below) if below.as_os_str().is_empty() => Ok(PathBuf::from(".")),
            Some(below) => Ok(below.to_owned()),
            None => Err(format!(
                "`{shown}` does not exist or leads outside of the root folder; give paths relative to the root, such as `.` \
                 or `src/server.py`"
            )),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_outside_is_reached() {
        let (outside, folder) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        std::fs::write(outside.path().join("secret"), "").unwrap();
        std::fs::create_dir(folder.path().join("src")).unwrap();
        let root = Root { folder: folder.path().canonicalize().unwrap() };
        assert_eq!(root.inside("."), Ok(PathBuf::from(".")));
        assert_eq!(root.inside("src/../src"), Ok(PathBuf::from("src")));
        assert_eq!(root.inside(folder.path().join("src").to_str().unwrap()), Ok(PathBuf::from("src")));
        let secret = outside.path().join("secret");
        for asked in ["..", "src/../..", "/", "nowhere", secret.to_str().unwrap(), "a\0b", &"a/".repeat(9_000)] {
            assert!(root.inside(asked).is_err(), "{asked}");
        }
        #[cfg(unix)]
        {
            std::os::unix::fs::symlink(outside.path(), folder.path().join("out")).unwrap();
            std::os::unix::fs::symlink(folder.path().join("src"), folder.path().join("in")).unwrap();
            assert!(root.inside("out").is_err() && root.inside("out/secret").is_err());
            assert_eq!(root.inside("in"), Ok(PathBuf::from("src")));
        }
    }
}
