//! The shape of a rule file. Unknown keys are errors, so that a misspelt condition cannot silently match everything.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::finding::{Confidence, Fails, Severity};
use crate::fix::Applicability;
use crate::requirement::Ecosystem;
use crate::rule::python::{
    ArgumentMatch, CheckMatch, DecoratorMatch, HandlerMatch, LiteralMatch, MemberMatch, OverrideMatch, SymbolMatch,
};
use crate::rule::rust::{RustCheck, RustLiteral, RustMember, RustName};
use crate::rule::text::{HeaderList, TextCheck, TextMatch};

/// One rule, as its file says it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Rule {
    /// The identifier, `DEP001`: family and number. Stable for ever.
    pub id: String,
    /// A short name in kebab-case.
    pub name: String,
    /// One line for lists.
    pub summary: String,
    /// How much a finding matters.
    pub severity: Severity,
    /// How sure a finding is.
    #[serde(default = "high")]
    pub confidence: Confidence,
    /// When it breaks.
    pub fails: Fails,
    /// The finding's message, with placeholders in braces.
    pub message: String,
    /// What to do now, a sentence each, with placeholders. A sentence whose placeholder is empty is left out.
    #[serde(default)]
    pub help: Vec<String>,
    /// What is good to know and need not be said twice: added to the first finding of the rule.
    #[serde(default)]
    pub once: Vec<String>,
    /// What `explain` prints: what happens, why, what the fix does, what to check by hand.
    pub explanation: String,
    /// What is matched among declarations. A rule has this or matchers of Python code, never both.
    #[serde(default, rename = "match")]
    pub matches: Condition,
    /// The rows of the catalogue of breaking changes that the rule covers; see `rules/python/catalogue.toml`.
    #[serde(default)]
    pub rows: Vec<String>,
    /// The section of the SDK's own migration guide, if it has one.
    pub guide: Option<String>,
    /// Whether code that is already written for the newer SDK is checked as well. Rules about names and calls that the
    /// newer SDK refuses are; those about a changed meaning are not, because such code means the new one.
    pub on_newer: Option<bool>,
    /// Whether code that was rewritten shows what it finds as plainly as before, so that what is not found again is mended.
    /// Not so for what only the types of v1's classes tell, of which the rewritten code has none.
    #[serde(default)]
    pub seen_again: bool,
    /// Whether what it finds works on and only warns: not told where a comment for type checkers accepts deprecations.
    #[serde(default)]
    pub deprecation: bool,
    /// Names in Python code.
    #[serde(default, rename = "symbol")]
    pub symbols: Vec<SymbolMatch>,
    /// Attributes of values in Python code.
    #[serde(default, rename = "member")]
    pub members: Vec<MemberMatch>,
    /// Arguments of calls in Python code.
    #[serde(default, rename = "argument")]
    pub arguments: Vec<ArgumentMatch>,
    /// Decorated functions in Python code.
    #[serde(default, rename = "decorator")]
    pub decorators: Vec<DecoratorMatch>,
    /// What subclasses define in Python code.
    #[serde(default, rename = "override")]
    pub overrides: Vec<OverrideMatch>,
    /// Constants in Python code.
    #[serde(default, rename = "literal")]
    pub literals: Vec<LiteralMatch>,
    /// Exception handlers in Python code.
    #[serde(default, rename = "handler")]
    pub handlers: Vec<HandlerMatch>,
    /// Checks in code.
    #[serde(default, rename = "check")]
    pub checks: Vec<CheckMatch>,
    /// Text in files of any language.
    #[serde(default, rename = "text")]
    pub texts: Vec<TextMatch>,
    /// Checks of text in code.
    #[serde(default, rename = "text-check")]
    pub text_checks: Vec<TextCheck>,
    /// Lists of headers in files of any language.
    #[serde(default, rename = "header-list")]
    pub header_lists: Vec<HeaderList>,
    /// Names in Rust code.
    #[serde(default, rename = "rust-name")]
    pub rust_names: Vec<RustName>,
    /// Methods and fields in Rust code.
    #[serde(default, rename = "rust-member")]
    pub rust_members: Vec<RustMember>,
    /// Checks of Rust code in code.
    #[serde(default, rename = "rust-check")]
    pub rust_checks: Vec<RustCheck>,
    /// Literals of structs in Rust code.
    #[serde(default, rename = "rust-literal")]
    pub rust_literals: Vec<RustLiteral>,
    /// The release of the crate from which a rule about Rust code holds: `2.0.0`.
    pub breaks: Option<String>,
    /// The release that has what serves instead: nothing is said where a requirement admits an older one.
    pub since: Option<String>,
    /// The rewrite, if there is one.
    pub fix: Option<FixPlan>,
    /// The rule's own test.
    #[serde(default, rename = "example")]
    pub examples: Vec<Example>,
}

fn high() -> Confidence {
    Confidence::High
}

/// The kind of thing a rule looks at.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Subject {
    /// Places in Python code; the rule's matchers say which.
    #[default]
    Python,
    /// Each requirement of an audited package.
    Requirement,
    /// Each package pinned by a lock.
    Lock,
    /// Each project as a whole.
    Project,
    /// Each server started through a tool runner in a client's configuration.
    Launch,
    /// Each list that code computes.
    Computed,
    /// Each place that could not be read.
    Problem,
    /// Each project into which other packages bring the next major, where that was traced (`--transitive`).
    Transitive,
}

/// What a project's code shows about the major it was written for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Deserialize, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Code {
    /// No import of the package was seen.
    #[default]
    NoImports,
    /// Only what both majors have.
    Either,
    /// Something only the older major has, without a fallback.
    OlderOnly,
    /// Something only the newer major has, without a fallback.
    NewerOnly,
    /// Both, each behind a guard that serves the other.
    Both,
}

/// Conditions that must all hold. A list holds when one of its values does; what is not named is not asked.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Condition {
    /// The kind of thing looked at.
    pub subject: Subject,
    /// The registry of the package.
    pub ecosystem: Option<Ecosystem>,
    /// The package, by its normalised name.
    #[serde(default)]
    pub package: Vec<String>,
    /// What the package must not be.
    #[serde(default)]
    pub except_package: Vec<String>,
    /// The verdict on what is declared.
    #[serde(default)]
    pub bound: Vec<String>,
    /// The verdict after constraints and overrides.
    #[serde(default)]
    pub effective: Vec<String>,
    /// What the list is for, by the names of [`crate::requirement::Scope`].
    #[serde(default)]
    pub scope: Vec<String>,
    /// What the list must not be for.
    #[serde(default)]
    pub except_scope: Vec<String>,
    /// Whether the declaration leaves with a published package.
    pub published: Option<bool>,
    /// What the project's code shows.
    #[serde(default)]
    pub code: Vec<Code>,
    /// A named check for what data cannot say; see `src/judge/checks.rs`.
    pub check: Option<String>,
}

/// A rewrite a rule offers.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct FixPlan {
    /// Which rewrite.
    pub kind: FixKind,
    /// How far it may be trusted.
    pub applicability: Applicability,
}

/// The rewrites there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FixKind {
    /// Cuts the specifier off below the next major; a Cargo wildcard becomes the series that the lock holds.
    UpperBound,
    /// Names an upper bound for a package that a tool runner installs along with a server.
    LaunchWith,
}

/// The name of the check that makes a rule the net under the others.
const NET: &str = "incompatible";

/// What a rule is about, which decides who asks it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Family {
    /// Declarations of packages.
    Dependency,
    /// Python code.
    Python,
    /// Rust code.
    Rust,
    /// The protocol, in files of any language.
    Protocol,
}

impl Rule {
    /// What it is about.
    pub fn family(&self) -> Family {
        if !(self.texts.is_empty() && self.text_checks.is_empty() && self.header_lists.is_empty()) {
            Family::Protocol
        } else if !(self.rust_names.is_empty()
            && self.rust_members.is_empty()
            && self.rust_checks.is_empty()
            && self.rust_literals.is_empty())
        {
            Family::Rust
        } else if self.matches.subject == Subject::Python {
            Family::Python
        } else {
            Family::Dependency
        }
    }

    /// Whether it speaks for what no other rule explains.
    pub fn is_net(&self) -> bool {
        self.checks.iter().any(|check| check.name == NET)
    }
}

/// A file before and after, or one that must not be touched.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Example {
    /// The file's path, which decides its format.
    pub path: String,
    /// Text in which the rule finds something.
    pub before: Option<String>,
    /// The text after the rule's fix; absent when the rule only reports.
    pub after: Option<String>,
    /// Text in which the rule finds nothing.
    pub untouched: Option<String>,
    /// Other files of the example's project, by path.
    #[serde(default)]
    pub beside: BTreeMap<String, String>,
    /// Those of them that the fixes change, with their text afterwards.
    #[serde(default)]
    pub beside_after: BTreeMap<String, String>,
    /// Why `after` on the newer major prints something else than `before` on the older one or, in Rust, why `before` compiles
    /// on the newest release. Of code only, as are the next two: such an example is a whole program, which the tests run on
    /// both majors of the SDK, or compile on two releases of the crate.
    pub differs: Option<String>,
    /// Why the example is checked but not run.
    pub not_run: Option<String>,
    /// The exception that ends `before` on the newer major, by its class name, with or without its module, and as much
    /// of its message as matters: `AttributeError`, `ImportError: cannot import name`. The compiler's error in Rust: `E0432`.
    pub fails_with: Option<String>,
}

impl Example {
    /// What its keys say that cannot be meant.
    ///
    /// # Errors
    /// The first such contradiction, in a sentence that names the example.
    pub fn check(&self) -> Result<(), String> {
        let refuse = |problem: &str| Err(format!("the example `{}` {problem}", self.path));
        if self.before.is_some() == self.untouched.is_some() {
            return refuse("needs exactly one of `before` and `untouched`");
        }
        let reasons = [("differs", &self.differs), ("not-run", &self.not_run), ("fails-with", &self.fails_with)];
        if let Some((key, _)) =
            reasons.iter().find(|(_, given)| given.as_ref().is_some_and(|text| text.trim().is_empty()))
        {
            return refuse(&format!("says nothing under `{key}`"));
        }
        if self.differs.is_some() && self.after.is_none() {
            return refuse("has no `after` that could differ");
        }
        if let Some(path) = self.beside_after.keys().find(|path| !self.beside.contains_key(*path)) {
            return refuse(&format!("has no `{path}` under `beside` that could change"));
        }
        if self.fails_with.is_some() && self.before.is_none() {
            return refuse("has no `before` that could fail");
        }
        Ok(())
    }
}
