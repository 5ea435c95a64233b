//! `--cargo`: holds what was read from `Cargo.toml` files against what cargo itself makes of them.
//!
//! How cargo is kept from being configured by the scanned repository is told in
//! [`crate::manifest::cargo_metadata`]. Cargo knows no places in files, so it only confirms; it never adds a finding.

use std::collections::BTreeSet;

use semver::VersionReq;

use crate::inventory::Inventory;
use crate::manifest::cargo_metadata::{self, MetadataDependency};
use crate::packages::Packages;
use crate::requirement::Ecosystem;
use crate::source::Note;

/// What the comparison came to.
#[derive(Debug, Default)]
pub struct Agreement {
    /// How many requirements on audited crates cargo reads as they were read here.
    pub agreed: usize,
    /// How many manifests cargo was asked about.
    pub asked: usize,
    /// What cargo sees and was not read, and manifests it could not be asked about.
    pub notes: Vec<Note>,
}

/// Asks cargo about every manifest that says something of an audited crate.
pub fn cross_check(inventory: &Inventory, packages: &Packages) -> Agreement {
    let mut agreement = Agreement::default();
    let read: BTreeSet<(String, String)> = inventory
        .files
        .iter()
        .flat_map(|facts| &facts.declarations.requirements)
        .filter(|one| one.ecosystem == Ecosystem::Rust)
        .filter_map(|one| Some((one.name.clone(), VersionReq::parse(one.specifier()?.text.trim()).ok()?.to_string())))
        .collect();
    let mut covered: BTreeSet<String> = BTreeSet::new();
    for facts in inventory.files.iter().filter(|facts| facts.file.name() == "Cargo.toml") {
        let name = facts.project().and_then(|project| project.name.clone());
        let speaks = facts.declarations.requirements.iter().any(|one| packages.get(one.ecosystem, &one.name).is_some());
        // A root answers for all its members, so most of them were asked about already.
        if !speaks || name.is_some_and(|name| covered.contains(&name)) {
            continue;
        }
        agreement.asked += 1;
        match cargo_metadata::cross_check(facts.file.location()) {
            Ok(found) => {
                for one in found
                    .iter()
                    .filter(|one| one.is_from_registry() && packages.get(Ecosystem::Rust, &one.name).is_some())
                {
                    compare(one, &read, facts.file.path(), &mut agreement);
                }
                covered.extend(found.into_iter().map(|one| one.package));
            }
            Err(problem) => {
                agreement.notes.push(Note::file(facts.file.path(), format!("cargo could not be asked: {problem}")))
            }
        }
    }
    agreement
}

fn compare(one: &MetadataDependency, read: &BTreeSet<(String, String)>, path: &str, agreement: &mut Agreement) {
    if read.contains(&(one.name.clone(), one.req.clone())) {
        agreement.agreed += 1;
    } else {
        let message = format!(
            "cargo sees `{} = \"{}\"` of the package {}, which was not read here; please report it",
            one.name, one.req, one.package
        );
        agreement.notes.push(Note::file(path, message));
    }
}
