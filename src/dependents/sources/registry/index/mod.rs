//! Which package index is asked: the one that the user's own installers are configured for. No address is written
//! here; where nothing is configured, the installed installer is asked for its default.
//!
//! uv's variables and files come before pip's, and each tool's own order of precedence is kept. Only the main index is
//! asked, none of the additional ones, and only over HTTP. Files of the folder that the program is run in are not
//! read: they are a project's, and a project must not send its auditor elsewhere.

mod installed;
mod pip;
mod uv;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use reqwest::Url;

use crate::dependents::Error;

/// The largest configuration file that is read, in bytes.
const MAX_FILE: u64 = 1 << 20;

/// A package index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Index {
    /// The folder of the projects' pages, without credentials and with a slash at its end.
    simple: Url,
    /// What its server is told to be let in: user and password, percent-encoded as they stood in the address.
    login: Option<(String, String)>,
    /// Whether PyPI's own documents lie beside the simple index, as they do where the latter is called so.
    pub(super) has_documents: bool,
    /// Where the address was found, for people.
    pub(super) from: String,
}

/// What the discovery looks at, so that tests need no machine of their own.
#[derive(Debug, Default)]
struct Surroundings {
    variables: BTreeMap<String, String>,
    home: Option<PathBuf>,
    /// The folders that a system's files lie in, most important first.
    system: Vec<PathBuf>,
}

impl Index {
    /// The user's index.
    ///
    /// # Errors
    /// Nothing is configured and no installer could be asked, or what is configured is no HTTP address.
    pub(super) fn discover() -> Result<Self, Error> {
        let surroundings = Surroundings::of_this_process();
        let configured = uv::configured(&surroundings).or_else(|| pip::configured(&surroundings));
        let (address, from) = match configured {
            Some(found) => found,
            None => installed::default_index().map_err(|tried| {
                Error(format!(
                    "no package index is configured and no installer could be asked for its default ({tried}); set \
                     UV_DEFAULT_INDEX or PIP_INDEX_URL to the address of an index"
                ))
            })?,
        };
        Self::at(&address, from)
    }

    /// The index at `address`, which may hold credentials.
    ///
    /// # Errors
    /// The address is not one of HTTP. It is not repeated, for a secret may stand in it.
    pub(super) fn at(address: &str, from: String) -> Result<Self, Error> {
        let parsed = Url::parse(address.trim()).ok();
        let parsed = parsed.filter(|url| matches!(url.scheme(), "http" | "https") && url.has_host());
        let Some(mut simple) = parsed else {
            return Err(Error(format!(
                "the index that {from} names is no http or https address; set UV_DEFAULT_INDEX or PIP_INDEX_URL to one"
            )));
        };
        let login = (simple.username().to_owned(), simple.password().unwrap_or_default().to_owned());
        let login = Some(login).filter(|login| *login != Default::default());
        // An address without a host to log in to was refused above, so neither of these can fail.
        let _ = simple.set_username("");
        let _ = simple.set_password(None);
        simple.set_query(None);
        simple.set_fragment(None);
        if !simple.path().ends_with('/') {
            let path = format!("{}/", simple.path());
            simple.set_path(&path);
        }
        let has_documents = simple.path().ends_with("/simple/");
        Ok(Self { simple, login, has_documents, from })
    }

    /// The index's address as people may see it.
    pub(super) fn place(&self) -> &str {
        self.simple.as_str()
    }

    /// The page of a project (PEP 503).
    pub(super) fn project(&self, name: &crate::dependents::Name) -> Option<Url> {
        self.simple.join(&format!("{name}/")).ok()
    }

    /// The document of a project in PyPI's own interface.
    pub(super) fn document(&self, name: &crate::dependents::Name) -> Option<Url> {
        self.has_documents.then_some(())?;
        self.simple.join(&format!("../pypi/{name}/json")).ok()
    }

    /// The address to ask for what is at `url`: with the credentials where it is on the index's own host, for no other
    /// may see them.
    pub(super) fn asked(&self, url: &Url) -> Url {
        let mut url = url.clone();
        let login = self.login.as_ref().filter(|_| url.origin() == self.simple.origin());
        if let Some((user, password)) = login {
            // An address of HTTP has a host, so neither of these can fail.
            let _ = url.set_username(user);
            let _ = url.set_password(Some(password).filter(|password| !password.is_empty()).map(String::as_str));
        }
        url
    }
}

impl Surroundings {
    fn of_this_process() -> Self {
        // A variable that is no text names no address.
        let variables: BTreeMap<_, _> = std::env::vars_os()
            .filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)))
            .collect();
        let listed = variables.get("XDG_CONFIG_DIRS").filter(|value| !value.is_empty());
        let mut system: Vec<PathBuf> = match listed {
            _ if cfg!(windows) => variables.get("PROGRAMDATA").map(PathBuf::from).into_iter().collect(),
            Some(folders) => std::env::split_paths(folders).collect(),
            None if cfg!(target_os = "macos") => vec![PathBuf::from("/Library/Application Support")],
            None => vec![PathBuf::from("/etc/xdg")],
        };
        if !cfg!(windows) {
            system.push(PathBuf::from("/etc"));
        }
        Self { variables, home: std::env::home_dir(), system }
    }

    /// A variable that is set to something.
    fn variable(&self, name: &str) -> Option<&str> {
        self.variables.get(name).map(|value| value.trim()).filter(|value| !value.is_empty())
    }

    /// The folders in which this user's configuration may lie, most important first.
    fn user(&self) -> Vec<PathBuf> {
        let mut folders: Vec<_> = self.variable("XDG_CONFIG_HOME").map(PathBuf::from).into_iter().collect();
        if let Some(roaming) = self.variable("APPDATA").filter(|_| cfg!(windows)) {
            folders.push(PathBuf::from(roaming));
        }
        if let Some(home) = &self.home {
            if cfg!(target_os = "macos") {
                folders.push(home.join("Library/Application Support"));
            }
            if folders.is_empty() || cfg!(target_os = "macos") {
                folders.push(home.join(".config"));
            }
        }
        folders
    }
}

/// What a file is called in an answer, which others may read: where a user's files lie is nobody's business.
fn called(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

/// A small configuration file; a missing or unreadable one configures nothing.
fn text_of(path: &Path) -> Option<String> {
    let found = std::fs::metadata(path).ok()?;
    if !found.is_file() || found.len() > MAX_FILE {
        return None;
    }
    std::fs::read_to_string(path).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dependents::Name;

    #[test]
    fn addresses_of_pages_and_documents() {
        let name = Name::new("Mcp_X").unwrap();
        for address in ["https://index.example/simple", " https://index.example/simple/ "] {
            let index = Index::at(address, String::new()).unwrap();
            assert_eq!(index.place(), "https://index.example/simple/");
            assert_eq!(index.project(&name).unwrap().as_str(), "https://index.example/simple/mcp-x/");
            assert_eq!(index.document(&name).unwrap().as_str(), "https://index.example/pypi/mcp-x/json");
        }
        let nested = Index::at("https://index.example/api/pypi/all/simple/", String::new()).unwrap();
        assert_eq!(nested.document(&name).unwrap().as_str(), "https://index.example/api/pypi/all/pypi/mcp-x/json");
        let other = Index::at("https://index.example/root/+simple/", String::new()).unwrap();
        assert_eq!(other.document(&name), None);
    }

    #[test]
    fn credentials_are_kept_apart_and_never_shown() {
        let index = Index::at("https://me%40x:s%2Fecret@index.example/simple/?token=1#x", "a file".to_owned()).unwrap();
        assert_eq!(index.place(), "https://index.example/simple/");
        let asked = |url: &str| index.asked(&Url::parse(url).unwrap()).to_string();
        assert_eq!(asked("https://index.example/files/x.whl"), "https://me%40x:s%2Fecret@index.example/files/x.whl");
        for elsewhere in ["https://files.example/x.whl", "http://index.example/x.whl", "https://index.example:444/x"] {
            assert_eq!(asked(elsewhere), elsewhere);
        }
        let by_token = Index::at("https://token@index.example/simple", String::new()).unwrap();
        assert_eq!(by_token.asked(&by_token.simple).as_str(), "https://token@index.example/simple/");
        for address in ["file:///secret/simple", "secret", "ftp://u:secret@index.example", "https:secret@", ""] {
            let error = Index::at(address, "PIP_INDEX_URL".to_owned()).unwrap_err().0;
            assert!(error.contains("PIP_INDEX_URL") && !error.contains("secret"), "{error}");
        }
    }
}
