//! What ecosyste.ms says in its documents, and what it means.

use std::collections::BTreeSet;

use jiff::Timestamp;
use serde::Deserialize;

use crate::dependents::{Name, Release};

/// Extras that packages are asked for with, in the order that people write them. Those of packages that are not named
/// here are not known; their users are found by their plain name alone.
const EXTRAS: [(&str, &[&str]); 1] = [("mcp", &["cli", "ws", "rich"])];

/// One registry of its list.
#[derive(Debug, Deserialize)]
pub(super) struct Registry {
    pub(super) name: String,
    pub(super) ecosystem: String,
    #[serde(default)]
    pub(super) default: bool,
}

/// One dependency of one version of one package.
#[derive(Debug, Deserialize)]
pub(super) struct Row {
    pub(super) id: u64,
    #[serde(flatten)]
    dependency: Dependency,
    package: Package,
    version: Version,
}

#[derive(Debug, Deserialize)]
struct Dependency {
    package_name: String,
    requirements: Option<String>,
    /// `runtime`, or the marker.
    kind: Option<String>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Package {
    #[serde(default)]
    name: String,
    pub(super) latest_release_number: Option<String>,
    downloads: Option<u64>,
    downloads_period: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Version {
    number: String,
    published_at: Option<String>,
    latest: Option<bool>,
    #[serde(default)]
    dependencies: Vec<Dependency>,
}

impl Row {
    /// Whether it is of the newest version of its package, as ecosyste.ms sees it.
    pub(super) fn is_newest(&self) -> bool {
        self.version.latest == Some(true)
    }

    /// The release that it is of, with what that asks for of `targets`; `None` where names or version are none.
    pub(super) fn release(self, targets: &BTreeSet<Name>) -> Option<Release> {
        let name = Name::new(&self.package.name)?;
        let version = self.version.number;
        if !Release::is_version(&version) {
            return None;
        }
        // The version's own list holds all spellings; the row is in it, unless the list was left out.
        let all = self.version.dependencies.iter().chain([&self.dependency]);
        let on_target =
            all.filter(|one| Name::of_requirement(&one.package_name).is_some_and(|of| targets.contains(&of)));
        let lines: BTreeSet<String> = on_target.map(Dependency::requirement).collect();
        let monthly = self.package.downloads_period.as_deref() == Some("last-month");
        Some(Release {
            name,
            version,
            uploaded: self.version.published_at.and_then(|at| at.parse::<Timestamp>().ok()),
            requires_dist: lines.into_iter().collect(),
            downloads: self.package.downloads.filter(|_| monthly),
        })
    }
}

impl Dependency {
    /// The requirement as it was published, but for blanks and parentheses.
    fn requirement(&self) -> String {
        let specifier = match self.requirements.as_deref().map(str::trim) {
            None | Some("*") => String::new(),
            Some(address) if address.starts_with('@') => format!(" {address}"),
            Some(specifier) => specifier.to_owned(),
        };
        // A marker compares; a kind is a word.
        let compares = |kind: &&str| kind.contains(['=', '<', '>']) || kind.contains(" in ");
        let marker = self.kind.as_deref().map(str::trim).filter(compares);
        let marker = marker.map(|marker| format!("; {marker}")).unwrap_or_default();
        format!("{}{specifier}{marker}", self.package_name.trim())
    }
}

/// The spellings under which dependents of `name` are filed, the likely ones: in lower case, in upper case, with a
/// capital, with `_` for `-`, and the lower case one with each extra and each two of them in either order.
pub(super) fn spellings(name: &Name) -> Vec<String> {
    let plain = name.as_str();
    let capital = plain[..1].to_ascii_uppercase() + &plain[1..];
    let mut all = vec![plain.to_owned()];
    for other in [plain.to_ascii_uppercase(), capital, plain.replace('-', "_")] {
        if !all.contains(&other) {
            all.push(other);
        }
    }
    let extras = EXTRAS.iter().find(|(of, _)| *of == plain).map_or(&[][..], |(_, extras)| extras);
    all.extend(extras.iter().map(|extra| format!("{plain}[{extra}]")));
    for one in extras {
        for other in extras.iter().filter(|other| *other != one) {
            all.push(format!("{plain}[{one},{other}]"));
        }
    }
    if let Some(first) = extras.first() {
        all.push(format!("{}[{first}]", plain.to_ascii_uppercase()));
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn requirements_are_put_together_again() {
        let of = |name: &str, requirements: Option<&str>, kind: &str| {
            let (package_name, requirements) = (name.to_owned(), requirements.map(str::to_owned));
            Dependency { package_name, requirements, kind: Some(kind.to_owned()) }.requirement()
        };
        assert_eq!(of("mcp[cli]", Some(">=1.2,<2"), "runtime"), "mcp[cli]>=1.2,<2");
        assert_eq!(of("MCP", Some("*"), "extra == 'x'"), "MCP; extra == 'x'");
        assert_eq!(of("mcp", None, "python_version >= \"3.10\""), "mcp; python_version >= \"3.10\"");
        assert_eq!(of("mcp", Some("@ https://files.example/mcp.whl"), ""), "mcp @ https://files.example/mcp.whl");
    }

    #[test]
    fn spellings_are_those_that_people_use() {
        let of = |name: &str| spellings(&Name::new(name).unwrap());
        assert_eq!(of("my-pkg"), ["my-pkg", "MY-PKG", "My-pkg", "my_pkg"]);
        let mcp = of("mcp");
        for spelling in
            ["mcp", "MCP", "Mcp", "mcp[cli]", "mcp[ws]", "mcp[rich]", "mcp[cli,ws]", "mcp[ws,cli]", "MCP[cli]"]
        {
            assert!(mcp.iter().any(|one| one == spelling), "{spelling}: {mcp:?}");
        }
        assert_eq!(mcp.iter().collect::<BTreeSet<_>>().len(), mcp.len());
    }
}
