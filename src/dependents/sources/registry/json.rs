//! The two JSON documents that an index may have of a project: PyPI's own (`/pypi/<name>/json`) and that of the simple
//! index (PEP 691, PEP 700).

use std::collections::BTreeMap;

use jiff::Timestamp;
use reqwest::Url;
use serde::Deserialize;
use serde_json::Value;

use super::project::{File, MAX_FILES, Project, Told, file_address};
use crate::dependents::Name;

/// What the simple index calls its JSON.
pub(super) const SIMPLE: &str = "application/vnd.pypi.simple.v1+json";

#[derive(Deserialize)]
struct Document {
    info: Info,
    releases: Option<BTreeMap<String, Vec<Entry>>>,
    #[serde(default)]
    urls: Vec<Entry>,
}

#[derive(Deserialize)]
struct Info {
    version: String,
    requires_dist: Option<Vec<String>>,
}

#[derive(Deserialize)]
struct Listing {
    meta: Meta,
    files: Vec<Entry>,
}

#[derive(Deserialize)]
struct Meta {
    #[serde(rename = "api-version")]
    api_version: String,
}

/// A file, in the words of either document.
#[derive(Deserialize)]
struct Entry {
    filename: String,
    url: String,
    #[serde(alias = "upload_time_iso_8601", rename = "upload-time")]
    uploaded: Option<String>,
    #[serde(default)]
    yanked: Value,
    #[serde(default, rename = "core-metadata")]
    core_metadata: Value,
    #[serde(default, rename = "data-dist-info-metadata")]
    dist_info_metadata: Value,
}

/// Whether a value is `true`, or says more than that: hashes, a reason.
fn is_set(value: &Value) -> bool {
    !matches!(value, Value::Null | Value::Bool(false))
}

/// Reads PyPI's own document, which lies at `page`.
///
/// # Errors
/// What is wrong with it.
pub(super) fn document(name: &Name, page: &Url, text: &[u8]) -> Result<Project, String> {
    let document: Document = serde_json::from_slice(text).map_err(|error| error.to_string())?;
    let whole = document.releases.is_some();
    let entries: Vec<_> = match document.releases {
        Some(releases) => releases.into_values().flatten().collect(),
        None => document.urls,
    };
    let requires_dist = document.info.requires_dist;
    let told = requires_dist.map(|requires_dist| Told { version: document.info.version, requires_dist });
    Ok(Project { files: files(name, page, entries)?, told, whole })
}

/// Reads the document of the simple index, which lies at `page`.
///
/// # Errors
/// What is wrong with it, or that it is of a later major than the one known here.
pub(super) fn listing(name: &Name, page: &Url, text: &[u8]) -> Result<Project, String> {
    let listing: Listing = serde_json::from_slice(text).map_err(|error| error.to_string())?;
    if listing.meta.api_version.split('.').next() != Some("1") {
        return Err("it is of another version of the simple index than 1".to_owned());
    }
    Ok(Project { files: files(name, page, listing.files)?, told: None, whole: true })
}

fn files(name: &Name, page: &Url, entries: Vec<Entry>) -> Result<Vec<File>, String> {
    if entries.len() > MAX_FILES {
        return Err(format!("it lists more than {MAX_FILES} files"));
    }
    let read = |entry: Entry| {
        let address = file_address(page, &entry.url)?;
        Some(File {
            yanked: is_set(&entry.yanked),
            uploaded: entry.uploaded.and_then(|text| text.parse::<Timestamp>().ok()),
            has_metadata: is_set(&entry.core_metadata) || is_set(&entry.dist_info_metadata),
            ..File::new(name, &entry.filename, &address)?
        })
    };
    Ok(entries.into_iter().filter_map(read).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(path: &str) -> (Name, Url) {
        (Name::new("demo").unwrap(), Url::parse("https://index.example/").unwrap().join(path).unwrap())
    }

    #[test]
    fn the_document_of_a_project() {
        let (name, page) = place("pypi/demo/json");
        let text = r#"{"info": {"version": "2.0", "requires_dist": ["mcp>=1"], "yanked": false}, "releases": {
            "1.0": [{"filename": "demo-1.0.tar.gz", "url": "../../f/demo-1.0.tar.gz", "yanked": true,
                "upload_time_iso_8601": "2026-01-02T03:04:05.678901Z", "core-metadata": false}],
            "2.0": [{"filename": "demo-2.0-py3-none-any.whl", "url": "https://files.example/d.whl", "yanked": false,
                "upload_time_iso_8601": null, "core-metadata": {"sha256": "00"}}],
            "3.0": []}, "urls": []}"#;
        let project = document(&name, &page, text.as_bytes()).unwrap();
        assert_eq!(project.told, Some(Told { version: "2.0".into(), requires_dist: vec!["mcp>=1".into()] }));
        let [one, two] = project.files.as_slice() else { panic!("{:?}", project.files) };
        assert_eq!((one.address.as_str(), one.yanked), ("https://index.example/f/demo-1.0.tar.gz", true));
        assert_eq!(one.uploaded.unwrap().to_string(), "2026-01-02T03:04:05.678901Z");
        assert_eq!((two.has_metadata, two.uploaded), (true, None));
        assert!(project.whole);

        let text = r#"{"info": {"version": "2.0", "requires_dist": null},
            "urls": [{"filename": "demo-2.0.tar.gz", "url": "demo-2.0.tar.gz"}]}"#;
        let project = document(&name, &page, text.as_bytes()).unwrap();
        assert_eq!((project.files.len(), project.told, project.whole), (1, None, false));
    }

    #[test]
    fn the_document_of_the_simple_index() {
        let (name, page) = place("simple/demo/");
        let text = r#"{"meta": {"api-version": "1.4", "_last-serial": 1}, "name": "demo", "versions": ["1"], "files": [
            {"filename": "demo-1-py3-none-any.whl", "url": "demo-1-py3-none-any.whl", "hashes": {}, "size": 1,
             "upload-time": "2026-01-02T03:04:05Z", "yanked": "broken", "data-dist-info-metadata": true},
            {"filename": "other-1.tar.gz", "url": "other-1.tar.gz", "hashes": {}},
            {"filename": "demo-1.tar.gz", "url": "http://files.example/demo-1.tar.gz", "hashes": {}}]}"#;
        let project = listing(&name, &page, text.as_bytes()).unwrap();
        let [one] = project.files.as_slice() else { panic!("{:?}", project.files) };
        assert!(one.yanked && one.has_metadata && one.uploaded.is_some() && one.is_wheel());
        assert_eq!(one.address, "https://index.example/simple/demo/demo-1-py3-none-any.whl");
    }

    #[test]
    fn what_is_neither_is_refused() {
        let (name, page) = place("simple/demo/");
        for text in
            ["", "null", "[]", "{}", "<html>", r#"{"meta": {"api-version": "2.0"}, "files": []}"#, &"[".repeat(9999)]
        {
            assert!(listing(&name, &page, text.as_bytes()).is_err(), "{text:.40}");
            assert!(document(&name, &page, text.as_bytes()).is_err(), "{text:.40}");
        }
    }
}
