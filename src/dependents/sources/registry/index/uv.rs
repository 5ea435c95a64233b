//! The index that uv is configured for: its variables, then `uv.toml` of the user, then of the system
//! (<https://docs.astral.sh/uv/concepts/configuration-files/>).

use std::path::PathBuf;

use serde::Deserialize;

use super::{Surroundings, called, text_of};

/// The part of `uv.toml` that speaks of the main index.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
struct Settings {
    #[serde(default)]
    index: Vec<Entry>,
    index_url: Option<String>,
    #[serde(default)]
    pip: Pip,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
struct Pip {
    index_url: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Entry {
    url: String,
    #[serde(default)]
    default: bool,
}

/// The address and where it was found.
pub(super) fn configured(surroundings: &Surroundings) -> Option<(String, String)> {
    for variable in ["UV_DEFAULT_INDEX", "UV_INDEX_URL"] {
        if let Some(value) = surroundings.variable(variable) {
            return Some((unnamed(value).to_owned(), variable.to_owned()));
        }
    }
    files(surroundings).into_iter().find_map(|path| {
        // What is no TOML, or has other types, configures nothing here; uv itself will complain of it.
        let settings: Settings = toml::from_str(&text_of(&path)?).ok()?;
        let chosen = settings.index.into_iter().find(|entry| entry.default).map(|entry| entry.url);
        let address = chosen.or(settings.index_url).or(settings.pip.index_url)?;
        Some((address, called(&path)))
    })
}

fn files(surroundings: &Surroundings) -> Vec<PathBuf> {
    if let Some(file) = surroundings.variable("UV_CONFIG_FILE") {
        return vec![PathBuf::from(file)];
    }
    if surroundings.variable("UV_NO_CONFIG").is_some_and(|value| !matches!(value, "0" | "false")) {
        return Vec::new();
    }
    let folders = surroundings.user().into_iter().chain(surroundings.system.iter().cloned());
    folders.map(|folder| folder.join("uv/uv.toml")).collect()
}

/// The address of `name=https://…`, which is how uv's variable may name an index.
fn unnamed(value: &str) -> &str {
    match value.split_once('=') {
        Some((name, address)) if !name.contains([':', '/']) => address,
        _ => value,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(variables: &[(&str, &str)]) -> Surroundings {
        let variables = variables.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        Surroundings { variables, ..Surroundings::default() }
    }

    #[test]
    fn variables_come_first() {
        let found = configured(&with(&[
            ("UV_INDEX_URL", "https://b.example/simple"),
            ("UV_DEFAULT_INDEX", "mine=https://a.example/simple?x=1"),
        ]));
        assert_eq!(found, Some(("https://a.example/simple?x=1".to_owned(), "UV_DEFAULT_INDEX".to_owned())));
        let found = configured(&with(&[("UV_DEFAULT_INDEX", " "), ("UV_INDEX_URL", "https://b.example/simple?x=1")]));
        assert_eq!(found.unwrap().0, "https://b.example/simple?x=1");
    }

    #[test]
    fn the_default_among_the_indexes_of_a_file_is_taken() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("uv/uv.toml");
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        let found = |text: &str| {
            std::fs::write(&path, text).unwrap();
            let system = vec![folder.path().to_owned()];
            configured(&Surroundings { system, ..Surroundings::default() }).map(|(address, _)| address)
        };
        let index =
            "[[index]]\nname = 'x'\nurl = 'https://x.example'\n[[index]]\nurl = 'https://y.example'\ndefault = true\n";
        assert_eq!(found(index).as_deref(), Some("https://y.example"));
        assert_eq!(found("offline = true\nindex-url = 'https://z.example'").as_deref(), Some("https://z.example"));
        assert_eq!(found("[pip]\nindex-url = 'https://p.example'").as_deref(), Some("https://p.example"));
        for nothing in ["", "[[index]]\nurl = 'https://x.example'", "index-url = 1", "]"] {
            assert_eq!(found(nothing), None, "{nothing}");
        }
        let file = path.to_str().unwrap().to_owned();
        std::fs::write(&path, index).unwrap();
        assert_eq!(configured(&with(&[("UV_CONFIG_FILE", &file)])).unwrap().1, "uv.toml");
    }
}
