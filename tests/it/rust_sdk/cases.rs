//! An example as the programs that are compiled: which files, as which crate, on which release.

use std::collections::BTreeMap;

use mcp_audit::rule::{Example, Rule};
use semver::{Version, VersionReq};

use super::crates::{NEWEST, Program, RELEASES};

/// An example and where it stands.
pub(super) struct Case {
    pub(super) rule: Rule,
    /// Among the rule's examples, from 1.
    number: usize,
    pub(super) example: Example,
    /// The release that its own manifest asks for.
    pub(super) own: usize,
    /// What its manifest calls the crate, where that is another name.
    alias: Option<String>,
}

/// What a program is to its example.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// `before` on its own release.
    Before,
    /// `before` on the newest one.
    Broken,
    /// `after` on the newest one.
    After,
    /// `untouched` on its own release.
    Untouched,
}

impl Case {
    /// The example as a case, or why it is none.
    pub(super) fn of(rule: &Rule, number: usize, example: &Example) -> Result<Self, String> {
        let left_out = |why: &str| Err(format!("{}: {why}", shown(rule, number, example)));
        if let Some(why) = &example.not_run {
            return left_out(why);
        }
        if !example.path.ends_with(".rs") {
            return left_out("not a Rust file");
        }
        let Some((requirement, alias)) = requirement(example) else {
            return left_out("its manifest asks for no release of rmcp");
        };
        let asked = VersionReq::parse(&requirement).unwrap();
        let admits = |at: &usize| asked.matches(&Version::parse(RELEASES[*at].version).unwrap());
        let Some(own) = (0..RELEASES.len()).rev().find(admits) else {
            return left_out(&format!("none of the releases at hand is `{requirement}`"));
        };
        Ok(Self { rule: rule.clone(), number, example: example.clone(), own, alias })
    }

    pub(super) fn shown(&self) -> String {
        shown(&self.rule, self.number, &self.example)
    }

    /// The programs of the example, each by what it is.
    pub(super) fn programs(&self) -> impl Iterator<Item = (Role, Program)> {
        let one = &self.example;
        [
            (Role::Before, &one.before, self.own),
            (Role::Broken, &one.before, NEWEST),
            (Role::After, &one.after, NEWEST),
            (Role::Untouched, &one.untouched, self.own),
        ]
        .into_iter()
        .filter_map(|(role, text, release)| Some((role, self.program(text.as_deref()?, role == Role::After, release))))
    }

    fn program(&self, text: &str, is_after: bool, release: usize) -> Program {
        let example = &self.example;
        let changed = example.beside_after.iter().filter(|_| is_after);
        let beside = example.beside.iter().chain(changed).map(|(path, text)| (path.as_str(), text.as_str()));
        let all = beside.chain([(example.path.as_str(), text)]);
        let mut files: BTreeMap<String, String> = all
            .filter(|(path, _)| path.ends_with(".rs"))
            .map(|(path, text)| (path.to_owned(), text.to_owned()))
            .collect();
        // The module that the example shows is part of the crate around it, if its files are there.
        let folder = example.path.split_once("src/").map_or("", |(folder, _)| folder);
        let roots = ["src/main.rs", "src/lib.rs"].map(|path| format!("{folder}{path}"));
        let is_module = !roots.contains(&example.path);
        let root = roots.into_iter().find(|path| is_module && files.contains_key(path)).unwrap_or(example.path.clone());
        if let (Some(alias), Some(text)) = (&self.alias, files.get_mut(&root)) {
            text.push_str(&format!("\nextern crate rmcp as {alias};\n"));
        }
        Program { release, files, root }
    }
}

fn shown(rule: &Rule, number: usize, example: &Example) -> String {
    format!("{} example {number} ({})", rule.id, example.path)
}

/// What the manifests of an example ask of the crate, and under which other name.
fn requirement(example: &Example) -> Option<(String, Option<String>)> {
    let manifests = example.beside.iter().filter(|(path, _)| path.ends_with("Cargo.toml"));
    manifests.filter_map(|(_, text)| within(&toml::from_str(text).ok()?)).next()
}

fn within(table: &toml::Table) -> Option<(String, Option<String>)> {
    table.iter().find_map(|(key, value)| {
        let package = value.get("package").and_then(toml::Value::as_str).unwrap_or(key);
        let version = value.as_str().or_else(|| value.get("version").and_then(toml::Value::as_str));
        match version.filter(|_| package == "rmcp") {
            Some(version) => Some((version.to_owned(), (key != "rmcp").then(|| key.replace('-', "_")))),
            None => value.as_table().and_then(within),
        }
    })
}
