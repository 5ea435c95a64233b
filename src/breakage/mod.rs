//! Finds the places in a tree's code that the newer SDKs and the newer protocol break: project by project, because a name
//! means what the project around it imports. Nothing is judged here.

mod checking;
mod code;
mod engine;
mod net;
mod parallel;
mod portraits;
mod texts;

use std::collections::{BTreeMap, BTreeSet, HashSet};

use aho_corasick::AhoCorasick;

use self::checking::Checking;
use self::code::Code;
use self::engine::Group;
pub use self::net::fails_for_sure;
pub use self::portraits::portraits;
use crate::fix::Applicability;
use crate::inventory::{FileFacts, Inventory, parent};
use crate::project::{Project, Projects};
use crate::python::check::{Compiled, Hit};
use crate::python::surface::Surface;
use crate::python::types::{Diagnostic, GivenUp};
use crate::rule::Rules;
use crate::source::{self, CodeFile, Limits, Note, Position, SourceFile};

/// A rule at a place of a file.
#[derive(Debug, Clone)]
pub struct Breakage<'r> {
    /// The file, as shown.
    pub path: String,
    /// Where it begins.
    pub start: Position,
    /// Where it ends.
    pub end: Position,
    /// Whether the file is written for the newer SDK already.
    pub is_newer: bool,
    /// Whether it holds in code for the newer SDK too: what the net caught in code that was rewritten, and what of it
    /// fails for sure in code of which a part has moved.
    pub always_holds: bool,
    /// The rule and the place.
    pub hit: Hit<'r>,
}

/// What the code of a tree shows.
#[derive(Debug, Clone, Default)]
pub struct Breakages<'r> {
    /// By the folder of the project: its breakages, by file and place.
    pub by_project: BTreeMap<String, Vec<Breakage<'r>>>,
    /// What could not be checked.
    pub notes: Vec<Note>,
    /// What a checker says of each module, by its path, as far as that was asked for.
    pub told: BTreeMap<String, Told>,
    /// The names that other modules take from a file, with its path, as far as what a checker says was asked for.
    pub taken: HashSet<(String, String)>,
}

/// What a checker says of a module on either SDK.
#[derive(Debug, Clone, Default)]
pub struct Told {
    /// With the older SDK.
    pub old: Vec<Diagnostic>,
    /// With the newer one.
    pub new: Vec<Diagnostic>,
    /// Whether the module is written for the newer SDK.
    pub is_newer: bool,
}

/// What of a tree is looked at, and what is kept of it.
#[derive(Debug, Clone, Copy, Default)]
pub struct Asked<'q> {
    /// The folders of the projects; all of them, when not said.
    pub folders: Option<&'q BTreeSet<String>>,
    /// What a checker is asked, and what of it is kept in [`Breakages::told`].
    pub keep: Keep<'q>,
}

/// What a checker is asked.
#[derive(Debug, Clone, Copy, Default)]
pub enum Keep<'q> {
    /// What rules leave open; none of it is kept.
    #[default]
    Nothing,
    /// What it says of every module near the SDK, with both.
    Both,
    /// The same with the newer SDK alone, of code that was rewritten: what was told of the code before, at the places of
    /// the new text, by the modules' paths.
    Against(&'q BTreeMap<String, Told>),
}

impl<'r> Breakages<'r> {
    /// The breakages of one project, by file and place.
    pub fn of(&self, project: &Project<'_>) -> &[Breakage<'r>] {
        self.by_project.get(&project.folder).map_or(&[], Vec::as_slice)
    }
}

/// The APIs between which code is checked.
#[derive(Debug, Clone, Copy)]
pub struct Surfaces<'s> {
    /// What the code was written for.
    pub old: &'s Surface,
    /// What it is checked against.
    pub new: &'s Surface,
}

/// The member names by which a module that does not mention MCP is known to be worth a look: those that no other
/// library is likely to share in this spelling.
pub fn names(rules: &Rules) -> Option<AhoCorasick> {
    let names = rules.iter().flat_map(|rule| &rule.members).flat_map(|member| member.name.as_slice());
    let distinctive = |name: &&String| name.contains(|character: char| character.is_ascii_uppercase());
    let names: BTreeSet<&String> = names.filter(distinctive).collect();
    if names.is_empty() { None } else { AhoCorasick::new(names).ok() }
}

/// Opens the modules that may use what code around them takes from the SDK.
pub fn follow(inventory: &mut Inventory, limits: &Limits) {
    let wanted: Vec<CodeFile> = {
        let mut using = inventory.files.iter().filter(|facts| facts.imports_sdk()).peekable();
        if using.peek().is_none() {
            return;
        }
        let projects = Projects::group(inventory);
        let folders: BTreeSet<String> = using.map(|facts| projects.folder_of(facts.file.path())).collect();
        let unread = inventory.unread.iter().filter(|code| code.has_names);
        unread.filter(|code| folders.contains(&projects.folder_of(&code.path))).cloned().collect()
    };
    for code in wanted {
        match source::read_code(&code, limits) {
            Ok(file) => inventory.modules.push(file),
            Err(note) => inventory.notes.push(note),
        }
    }
    inventory.modules.sort_by(|one, other| one.path().cmp(other.path()));
}

/// Checks the code of every project: Python that imports the SDK, Rust that depends on the crate, and text in any language
/// that speaks the protocol.
///
/// # Errors
/// A rule that cannot be used, with its identifier.
pub fn find<'r>(
    inventory: &Inventory,
    projects: &Projects<'_>,
    rules: &'r Rules,
    surfaces: Surfaces<'_>,
    asked: Asked<'_>,
) -> Result<Breakages<'r>, String> {
    let mut found = Breakages::default();
    if inventory.files.iter().any(FileFacts::imports_sdk) {
        python(inventory, projects, rules, surfaces, asked, &mut found)?;
    }
    texts::find(inventory, projects, rules, asked.folders, &mut found)?;
    for breakages in found.by_project.values_mut() {
        breakages.sort_by(|one, other| {
            (&one.path, one.hit.span, &one.hit.rule.id).cmp(&(&other.path, other.hit.span, &other.hit.rule.id))
        });
    }
    found.notes.sort();
    Ok(found)
}

/// Checks Python code.
fn python<'r>(
    inventory: &Inventory,
    projects: &Projects<'_>,
    rules: &'r Rules,
    surfaces: Surfaces<'_>,
    asked: Asked<'_>,
    found: &mut Breakages<'r>,
) -> Result<(), String> {
    let compiled = Compiled::new(rules, (surfaces.old.index(), surfaces.new.index()))?;
    let mut loose: BTreeMap<String, Vec<&SourceFile>> = BTreeMap::new();
    for file in &inventory.modules {
        loose.entry(projects.folder_of(file.path())).or_default().push(file);
    }
    let packages = packages(inventory);
    let mut codes: Vec<Code<'_>> = projects
        .iter()
        .filter(|project| asked.folders.is_none_or(|folders| folders.contains(&project.folder)))
        .filter_map(|project| {
            let more = loose.get(&project.folder).map_or(&[][..], Vec::as_slice);
            Code::of(project, more, projects, &packages)
        })
        .collect();
    code::link(&mut codes);
    let groups = engine::groups(&codes);
    if matches!(asked.keep, Keep::Against(_)) {
        // The older SDK knows hardly a type of what was written for the newer one.
        groups.iter().for_each(Group::without_hints);
    }
    let (net, given_up) = (net::rule(rules), GivenUp::default());
    let bridge = surfaces.old.bridged(surfaces.new, moves(rules));
    let checking = Checking { codes: &codes, rules: &compiled, net, surfaces, bridge, given_up, keep: asked.keep };
    for one in checking.run(&groups) {
        found.by_project.entry(codes[one.code].folder.clone()).or_default().extend(one.breakages);
        found.notes.extend(one.note);
        found.told.extend(one.told);
    }
    if !matches!(asked.keep, Keep::Nothing) {
        found.taken.extend(codes.iter().flat_map(Code::taken));
    }
    Ok(())
}

/// The folders that are packages. Most `__init__.py` say nothing of the SDK, and many are empty; what they make of their
/// folder counts all the same.
fn packages(inventory: &Inventory) -> HashSet<&str> {
    let read = inventory.files.iter().map(|facts| &facts.file).chain(&inventory.modules).map(SourceFile::path);
    let all = read.chain(inventory.unread.iter().map(|code| code.path.as_str()));
    let of = |path: &'_ str| path.rsplit('/').next().is_some_and(|name| matches!(name, "__init__.py" | "__init__.pyi"));
    all.filter(|path| of(path)).map(parent).collect()
}

/// What the newer SDK merely calls otherwise, by the older one's paths.
fn moves(rules: &Rules) -> impl Iterator<Item = (&str, &str)> {
    let symbols = rules.iter().flat_map(|rule| &rule.symbols);
    let sure = symbols.filter(|one| one.applicability == Applicability::Safe && one.role.as_slice().is_empty());
    sure.flat_map(|one| one.path.as_slice().iter().zip(std::iter::repeat(&one.becomes)))
        .filter_map(|(path, becomes)| Some((path.as_str(), becomes.as_deref()?)))
}
