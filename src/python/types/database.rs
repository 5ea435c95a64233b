//! The database in which ty keeps what it has inferred: one set of files, one SDK, one Python version.

use std::sync::Arc;

use ruff_db::Db as SourceDb;
use ruff_db::diagnostic::{Diagnostic, Severity};
use ruff_db::files::{File, Files};
use ruff_db::system::{System, SystemPathBuf};
use ruff_db::vendored::VendoredFileSystem;
use ruff_python_ast::PythonVersion;
use ty_module_resolver::{Db as ModuleResolverDb, ModuleGlobSet, SearchPathSettings};
use ty_python_core::platform::PythonPlatform;
use ty_python_core::program::{FallibleStrategy, ProgramSettings};
use ty_python_core::{Program, ProgramFile};
use ty_python_semantic::lint::{LintRegistry, LintSource, RuleSelection};
use ty_python_semantic::{AnalysisSettings, PythonVersionSource, PythonVersionWithSource, default_lint_registry};

use super::memory::{Memory, PROJECT, STUBS};

/// The lints that tell of code which fails, or means something else, when it runs. Left out are those about annotations
/// alone, about style, and about declarations that contradict each other: no SDK changes these.
pub(super) const LINTS: [&str; 48] = [
    "abstract-method-in-final-class",
    "call-abstract-method",
    "call-non-callable",
    "call-top-callable",
    "conflicting-metaclass",
    "deprecated",
    "inconsistent-mro",
    "index-out-of-bounds",
    "instance-layout-conflict",
    "invalid-argument-type",
    "invalid-assignment",
    "invalid-attribute-access",
    "invalid-attribute-override",
    "invalid-await",
    "invalid-base",
    "invalid-context-manager",
    "invalid-exception-caught",
    "invalid-key",
    "invalid-match-pattern",
    "invalid-method-override",
    "invalid-raise",
    "invalid-return-type",
    "invalid-super-argument",
    "invalid-type-arguments",
    "invalid-type-form",
    "isinstance-against-protocol",
    "isinstance-against-typed-dict",
    "missing-argument",
    "missing-typed-dict-key",
    "no-matching-overload",
    "not-iterable",
    "not-subscriptable",
    "override-of-final-method",
    "parameter-already-assigned",
    "positional-only-parameter-as-kwarg",
    "possibly-missing-attribute",
    "possibly-missing-implicit-call",
    "possibly-missing-import",
    "possibly-missing-submodule",
    "pydantic-discarded-extra-argument",
    "subclass-of-final-class",
    "too-many-positional-arguments",
    "unknown-argument",
    "unresolved-attribute",
    "unresolved-import",
    "unresolved-reference",
    "unsupported-operator",
    "unused-awaitable",
];

#[salsa::db]
#[derive(Clone)]
pub(super) struct Database {
    storage: salsa::Storage<Self>,
    files: Files,
    memory: Memory,
    vendored: VendoredFileSystem,
    rules: Arc<RuleSelection>,
    analysis: Arc<AnalysisSettings>,
    settings: Arc<ProgramSettings>,
}

impl Database {
    /// A database over `memory`. `roots` are the folders from which the project imports, `packages` the top-level names
    /// of the stubs: of the other modules it is unknown whether they are installed.
    pub(super) fn new(
        memory: Memory,
        roots: Vec<SystemPathBuf>,
        packages: &[String],
        python: Option<(u8, u8)>,
    ) -> Result<Self, String> {
        let vendored = ty_vendored::file_system().clone();
        let mut paths = SearchPathSettings::new(roots);
        paths.site_packages_paths = vec![SystemPathBuf::from(STUBS)];
        let search_paths = paths
            .to_search_paths(&memory, &vendored, &FallibleStrategy)
            .map_err(|error| format!("failed to lay out the import paths: {error}"))?;
        let version = python.map_or_else(PythonVersion::latest_ty, |(major, minor)| PythonVersion { major, minor });
        let settings = ProgramSettings {
            python_version: PythonVersionWithSource { version, source: PythonVersionSource::Cli },
            // A project runs on more than the machine that audits it.
            python_platform: PythonPlatform::All,
            search_paths,
        };
        let database = Self {
            storage: salsa::Storage::new(None),
            files: Files::default(),
            memory,
            vendored,
            rules: Arc::new(rules()),
            analysis: Arc::new(analysis(packages)?),
            settings: Arc::new(settings),
        };
        // Nothing changes under way, so nothing need be remembered for the case that it did.
        database.files.freeze();
        Ok(database)
    }

    pub(super) fn memory(&self) -> &Memory {
        &self.memory
    }
}

fn rules() -> RuleSelection {
    let registry = default_lint_registry();
    let mut rules = RuleSelection::from_registry(registry);
    for lint in registry.lints() {
        if LINTS.contains(&lint.name().as_str()) {
            rules.enable(*lint, Severity::Error, LintSource::Default);
        } else {
            rules.disable(*lint);
        }
    }
    rules
}

fn analysis(packages: &[String]) -> Result<AnalysisSettings, String> {
    let known = packages.iter().map(|package| format!("!{package}.**"));
    let patterns = std::iter::once("**".to_owned()).chain(known);
    let allowed = ModuleGlobSet::from_patterns(patterns)
        .map_err(|error| format!("failed to name the packages of the stubs: {error}"))?;
    Ok(AnalysisSettings {
        // A comment silences a checker, not the failure.
        respect_type_ignore_comments: false,
        allowed_unresolved_imports: allowed,
        ..AnalysisSettings::default()
    })
}

#[salsa::db]
impl salsa::Database for Database {}

#[salsa::db]
impl SourceDb for Database {
    fn vendored(&self) -> &VendoredFileSystem {
        &self.vendored
    }

    fn system(&self) -> &dyn System {
        &self.memory
    }

    fn files(&self) -> &Files {
        &self.files
    }
}

#[salsa::db]
impl ModuleResolverDb for Database {}

#[salsa::db]
impl ty_python_core::Db for Database {
    fn should_check_file(&self, file: File) -> bool {
        file.path(self).as_system_path().is_some_and(|path| path.starts_with(PROJECT))
    }
}

#[salsa::db]
impl ty_python_semantic::Db for Database {
    fn check_file(&self, file: File) -> Vec<Diagnostic> {
        ty_python_semantic::types::check_types(self, self.program_file(file))
    }

    fn program_file(&self, file: File) -> ProgramFile<'_> {
        Program::from_settings(self, &self.settings).program_file(self, file)
    }

    fn python_version_with_source(&self, _: File) -> &PythonVersionWithSource {
        &self.settings.python_version
    }

    fn rule_selection(&self, _: File) -> &RuleSelection {
        &self.rules
    }

    fn lint_registry(&self) -> &LintRegistry {
        default_lint_registry()
    }

    fn analysis_settings(&self, _: File) -> &AnalysisSettings {
        &self.analysis
    }

    fn verbose(&self) -> bool {
        false
    }

    fn is_open_file(&self, _: File) -> bool {
        false
    }

    fn dyn_clone(&self) -> Box<dyn ty_python_semantic::Db> {
        Box::new(self.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_lint_exists_and_is_named_once() {
        for (at, name) in LINTS.iter().enumerate() {
            assert!(default_lint_registry().get(name).is_ok(), "{name}");
            assert!(!LINTS[..at].contains(name), "{name}");
        }
    }
}
