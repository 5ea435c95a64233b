//! The index that pip is configured for: its variable, then its files, the later of which outdo the earlier: of the
//! system, of the user, of the environment, and the one that a variable names
//! (<https://pip.pypa.io/en/stable/topics/configuration/>).

use std::path::PathBuf;

use super::{Surroundings, called, text_of};
use crate::source::Fragment;
use crate::syntax::ini::Ini;

/// What the file is called.
const FILE: &str = if cfg!(windows) { "pip.ini" } else { "pip.conf" };

/// The address and where it was found.
pub(super) fn configured(surroundings: &Surroundings) -> Option<(String, String)> {
    if let Some(value) = surroundings.variable("PIP_INDEX_URL") {
        return Some((value.to_owned(), "PIP_INDEX_URL".to_owned()));
    }
    files(surroundings).into_iter().find_map(|path| {
        let address = index_url(&text_of(&path)?)?;
        Some((address, called(&path)))
    })
}

/// Most important first. The file that `PIP_CONFIG_FILE` names takes the place of the user's; if it names what is no
/// file, as the null device, no file is read at all.
fn files(surroundings: &Surroundings) -> Vec<PathBuf> {
    let named = surroundings.variable("PIP_CONFIG_FILE").map(PathBuf::from);
    if named.as_ref().is_some_and(|path| path.exists() && !path.is_file()) {
        return Vec::new();
    }
    let named = named.filter(|path| path.is_file());
    let environment = surroundings.variable("VIRTUAL_ENV").map(|folder| PathBuf::from(folder).join(FILE));
    let mut user: Vec<_> = surroundings.user().into_iter().map(|folder| folder.join("pip").join(FILE)).collect();
    user.extend(surroundings.home.iter().map(|home| home.join(if cfg!(windows) { "pip" } else { ".pip" }).join(FILE)));
    if named.is_some() {
        user.clear();
    }
    // The system's own folder holds the file itself, the shared ones a folder of pip's.
    let system = surroundings.system.iter().rev().map(|folder| match folder.to_str() {
        Some("/etc") => folder.join(FILE),
        _ => folder.join("pip").join(FILE),
    });
    named.into_iter().chain(environment).chain(user).chain(system).collect()
}

/// The main index of a file: what is said of installing outdoes what is said of everything.
fn index_url(text: &str) -> Option<String> {
    let source = Fragment::verbatim(text, 0);
    let ini = Ini::parse(&source);
    ["install", "global"].into_iter().find_map(|section| {
        let entries = ini.sections.iter().filter(|found| found.name == section).flat_map(|found| &found.entries);
        let entry = entries.filter(|entry| entry.is("index-url") || entry.is("index_url")).last()?;
        Some(entry.joined().text().trim().to_owned()).filter(|value| !value.is_empty())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_word_of_the_nearest_section_counts() {
        let text = "[global]\nindex_url = https://a.example/simple\nindex-url: https://b.example/simple\n";
        assert_eq!(index_url(text).as_deref(), Some("https://b.example/simple"));
        let text = format!("{text}[install]\nIndex-URL = https://c.example/100%/simple\n");
        assert_eq!(index_url(&text).as_deref(), Some("https://c.example/100%/simple"));
        for nothing in ["", "[global]\ncert = x\n", "index-url = https://x.example", "[list]\nindex-url = x"] {
            assert_eq!(index_url(nothing), None, "{nothing}");
        }
    }

    #[test]
    fn the_variable_then_the_files_in_their_order() {
        let folder = tempfile::tempdir().unwrap();
        let write = |path: &str, host: &str| {
            let path = folder.path().join(path);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(&path, format!("[global]\nindex-url = https://{host}.example/simple\n")).unwrap();
            path
        };
        let mut around = Surroundings { system: vec![folder.path().join("system")], ..Surroundings::default() };
        let found = |around: &Surroundings| configured(around).map(|(address, _)| address[8..9].to_owned());
        assert_eq!(found(&around), None);
        write(&format!("system/pip/{FILE}"), "s");
        assert_eq!(found(&around).as_deref(), Some("s"));
        write(&format!("user/pip/{FILE}"), "u");
        let set = |around: &mut Surroundings, name: &str, value: &str| {
            around.variables.insert(name.to_owned(), value.to_owned());
        };
        set(&mut around, "XDG_CONFIG_HOME", folder.path().join("user").to_str().unwrap());
        assert_eq!(found(&around).as_deref(), Some("u"));
        write(&format!("environment/{FILE}"), "e");
        set(&mut around, "VIRTUAL_ENV", folder.path().join("environment").to_str().unwrap());
        assert_eq!(found(&around).as_deref(), Some("e"));
        let named = write("named", "n");
        set(&mut around, "PIP_CONFIG_FILE", named.to_str().unwrap());
        assert_eq!(found(&around).as_deref(), Some("n"));
        // A folder stands for the null device here, which is not at the same place everywhere.
        set(&mut around, "PIP_CONFIG_FILE", folder.path().to_str().unwrap());
        assert_eq!(found(&around), None);
        set(&mut around, "PIP_INDEX_URL", "https://v.example/simple");
        assert_eq!(found(&around).as_deref(), Some("v"));
    }
}
