//! The surfaces that this program carries, and those it can be given.

use std::borrow::Cow;
use std::sync::{LazyLock, OnceLock};

use super::index::Index;

/// Every stub under `rules/api/`, as `(path, text)`, written by the build script.
static STUBS: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/stubs.rs"));

/// Where the stubs of packages stand that every release refers to.
const SHARED: &str = "rules/api/shared/";

static EMBEDDED: LazyLock<Vec<Surface>> = LazyLock::new(embedded);

/// A release without anything, which a build whose tests passed never hands out.
static NOTHING: LazyLock<Surface> = LazyLock::new(|| Surface::new(String::new(), Vec::new()));

type Text = Cow<'static, str>;

/// One release's API: stubs by path relative to the import root (`mcp/types.pyi`).
#[derive(Debug)]
pub struct Surface {
    /// The release of the SDK: `2.3.0`.
    pub version: String,
    pub(super) files: Vec<(Text, Text)>,
    index: OnceLock<Index>,
}

impl Surface {
    /// A release made of `files`: path and text of its own stubs. Those of other packages are shared.
    pub(super) fn new(version: String, files: Vec<(Text, Text)>) -> Self {
        Self { version, files, index: OnceLock::new() }
    }

    /// A release given as path and text of its stubs: `mcp/types.pyi`.
    pub fn of_stubs(version: &str, stubs: impl IntoIterator<Item = (String, String)>) -> Self {
        let files = stubs.into_iter().map(|(path, text)| (Cow::Owned(path), Cow::Owned(text)));
        Self::new(version.to_owned(), files.collect())
    }

    /// A release that this program carries, by its exact version.
    pub fn embedded(version: &str) -> Option<&'static Self> {
        EMBEDDED.iter().find(|surface| surface.version == version)
    }

    /// The newest embedded release of the older major.
    pub fn v1() -> &'static Self {
        Self::of_major("1.")
    }

    /// The newest embedded release of the newer major.
    pub fn v2() -> &'static Self {
        Self::of_major("2.")
    }

    fn of_major(prefix: &str) -> &'static Self {
        EMBEDDED.iter().rev().find(|surface| surface.version.starts_with(prefix)).unwrap_or(&NOTHING)
    }

    /// Path and text of every stub, those of the packages that it refers to included.
    pub fn files(&self) -> impl Iterator<Item = (&str, &str)> {
        self.own().chain(shared())
    }

    /// Path and text of the stubs of the release itself.
    pub fn own(&self) -> impl Iterator<Item = (&str, &str)> {
        self.files.iter().map(|(path, text)| (&**path, &**text))
    }

    /// What dotted paths mean in this release; modules are read when they are asked about.
    pub fn index(&self) -> &Index {
        self.index.get_or_init(|| {
            let own = self.files.iter().map(|(path, text)| (&**path, text.clone(), true));
            Index::new(own.chain(shared().map(|(path, text)| (path, Cow::Borrowed(text), false))))
        })
    }
}

fn shared<'s>() -> impl Iterator<Item = (&'s str, &'s str)> {
    STUBS.iter().filter_map(|(path, text)| Some((path.strip_prefix(SHARED)?, *text)))
}

fn embedded() -> Vec<Surface> {
    let mut surfaces: Vec<Surface> = Vec::new();
    for (path, text) in STUBS {
        let Some((version, path)) = path.strip_prefix("rules/api/mcp-").and_then(|path| path.split_once('/')) else {
            continue;
        };
        let file = (Cow::Borrowed(path), Cow::Borrowed(*text));
        match surfaces.last_mut() {
            Some(surface) if surface.version == version => surface.files.push(file),
            _ => surfaces.push(Surface::new(version.to_owned(), vec![file])),
        }
    }
    surfaces
}
