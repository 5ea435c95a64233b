//! What an expression is, and what a checker says of a file: ty as a library, over texts in memory.
//!
//! An [`Engine`] holds a project and one SDK's stubs. It promises to read nothing else, to survive every text (a file that
//! it cannot stand is a [`Problem`], never a crash), and to answer the same whatever was asked before. No type of ty
//! leaves this folder.

mod answer;
mod classes;
mod database;
mod describe;
mod hints;
mod memory;
mod net;
mod nodes;
mod patience;
mod shift;
#[cfg(test)]
mod tests;
mod threads;

use std::borrow::Cow;
use std::collections::HashMap;
use std::panic::AssertUnwindSafe;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::sync::{Arc, Mutex, PoisonError};

use ruff_db::files::{File, system_path_to_file};
use ruff_db::parsed::parsed_module;
use ruff_db::system::{SystemPath, SystemPathBuf};
use ty_python_semantic::{Db as _, SemanticModel};

pub use self::answer::{ClassRef, Part, Type};
use self::classes::Classes;
use self::database::Database;
use self::describe::Describe;
pub use self::hints::{Hint, Hints};
use self::memory::{Memory, PROJECT, STUBS};
pub use self::net::broken_by;
use self::nodes::{Nodes, inferred};
pub use self::patience::GivenUp;
use self::shift::Shift;
pub use self::threads::on_threads;
use crate::python::parse::from_range;
use crate::source::Span;

/// A tree deeper than this is kept from ty, whose inference takes many times the stack that walking takes, and time that
/// grows with the cube of the depth for some expressions.
const MAX_DEPTH: usize = 500;

/// So does what may hold after an `if` with more clauses than this, in one step that cannot be interrupted.
const MAX_CLAUSES: usize = 200;

/// Stack for the deepest tree and the longest chain of modules. It is address space, not memory, until it is used.
const STACK: usize = 512 << 20;

/// Something that a checker says about code.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Diagnostic {
    /// Where.
    pub span: Span,
    /// ty's name of the lint, as `unresolved-attribute`.
    pub rule: String,
    /// One sentence or two.
    pub message: String,
}

/// Why a file has no types.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// One line.
    pub message: String,
}

/// Project files and one SDK surface, ready to be asked. A clone shares what was inferred so far and can be sent to
/// another thread.
pub struct Engine {
    database: Database,
    classes: Arc<Classes>,
    recent: Recent,
    shifts: Arc<HashMap<String, Shift>>,
    given_up: GivenUp,
}

/// The nodes of the file that this handle was asked about last: files are asked about one after the other, and those of
/// all would take more memory than the texts.
type Recent = Mutex<Option<(File, Arc<Nodes>)>>;

impl Clone for Engine {
    fn clone(&self) -> Self {
        Self {
            database: self.database.clone(),
            classes: Arc::clone(&self.classes),
            recent: Recent::default(),
            shifts: Arc::clone(&self.shifts),
            given_up: self.given_up.clone(),
        }
    }
}

impl Engine {
    /// Takes the stubs of an SDK and its neighbours as (path below the import root, text), and a project's Python files as
    /// (path shown, text). `roots` are the folders from which the project imports, in the same terms as the paths of the
    /// files: `""`, `"src"`. `python` is the version to check for, the newest when it is not known.
    /// `hints` are what functions return that do not say so, as other engines over the same files found it.
    ///
    /// # Errors
    /// When the paths cannot be laid out as an import path.
    pub fn new<'a>(
        stubs: impl Iterator<Item = (&'a str, &'a str)>,
        files: impl Iterator<Item = (&'a str, &'a str)>,
        roots: &[String],
        python: Option<(u8, u8)>,
        hints: &Hints,
    ) -> Result<Self, String> {
        let mut packages: Vec<String> = Vec::new();
        let mut texts: Vec<(SystemPathBuf, Box<str>)> = Vec::new();
        for (path, text) in stubs {
            let top = path.split('/').next().unwrap_or(path);
            let package =
                top.strip_suffix(".pyi").or(top.strip_suffix(".py")).unwrap_or(top).trim_end_matches("-stubs");
            if !packages.iter().any(|known| known == package) {
                packages.push(package.to_owned());
            }
            texts.push((mounted(STUBS, path), text.into()));
        }
        let mut shifts = HashMap::new();
        texts.extend(files.map(|(path, text)| {
            let mut text = unsilenced(text);
            if let Some(hints) = hints.get(path) {
                let (copy, shift) = Shift::of(&text, hints);
                shifts.insert(path.to_owned(), shift);
                text = Cow::Owned(copy);
            }
            (mounted(PROJECT, path), text.into())
        }));
        let mut roots: Vec<SystemPathBuf> = roots.iter().map(|root| mounted(PROJECT, root)).collect();
        // A file below `src` is a module of `src`, although the folder above is a root as well.
        roots.sort_by_key(|root| std::cmp::Reverse(root.components().count()));
        let folders: Vec<SystemPathBuf> = roots.iter().cloned().chain([SystemPathBuf::from(STUBS)]).collect();
        let memory = Memory::new(texts.into_iter(), &folders);
        let database = Database::new(memory, roots, &packages, python)?;
        Ok(Self {
            database,
            classes: Arc::default(),
            recent: Recent::default(),
            shifts: Arc::new(shifts),
            given_up: GivenUp::default(),
        })
    }

    /// The same engine, which shares what it gives up with others.
    #[must_use]
    pub fn sharing(self, given_up: &GivenUp) -> Self {
        Self { given_up: given_up.clone(), ..self }
    }

    /// The type of the expression whose range in the file at `path` is exactly `span`, or of the function, class, parameter
    /// or import whose name that is. `Unknown` when there is none, when it stands in a quoted annotation, or when the
    /// file has a [`Problem`].
    pub fn type_at(&self, path: &str, span: Span) -> Type {
        self.types_at(path, &[span]).pop().unwrap_or_else(Type::unknown)
    }

    /// [`Engine::type_at`] for each of `spans`, at the cost of one.
    pub fn types_at(&self, path: &str, spans: &[Span]) -> Vec<Type> {
        let described = self.each(path, spans, |describe| match inferred(describe.node, describe.model) {
            Some(inferred) => describe.describe(inferred),
            None => Type::unknown(),
        });
        let described = described.unwrap_or_else(|_| vec![None; spans.len()]);
        described.into_iter().map(|described| described.unwrap_or_else(Type::unknown)).collect()
    }

    /// The dotted paths of what a name or an attribute refers to, through imports: `mcp.types.CallToolResult.isError` for
    /// the field, whatever type it has. Sorted; several where several definitions reach the place.
    pub fn definitions_at(&self, path: &str, span: Span) -> Vec<String> {
        let found = self.each(path, &[span], |describe| describe.definitions());
        found.ok().and_then(|mut found| found.pop().flatten()).unwrap_or_default()
    }

    /// What ty says of a file, in the order of the text, about code that fails or changes its meaning when it runs. Imports
    /// of packages that the stubs do not have are not complained of, and comments that silence checkers do not count.
    ///
    /// # Errors
    /// When the file is not one of the project's, nests too deeply, or makes ty fail.
    pub fn diagnostics(&self, path: &str) -> Result<Vec<Diagnostic>, Problem> {
        let mut found = self.ask(path, |database, file| {
            let found = database.check_file(file);
            let told = found.iter().filter_map(|diagnostic| {
                let range = diagnostic.primary_span()?.range()?;
                Some(Diagnostic {
                    rule: diagnostic.id().as_str().to_owned(),
                    span: from_range(range),
                    message: diagnostic.concise_message().to_string(),
                })
            });
            told.collect::<Vec<_>>()
        })?;
        found.retain(|diagnostic| database::LINTS.contains(&diagnostic.rule.as_str()));
        if let Some(shift) = self.shifts.get(path) {
            found.retain_mut(|diagnostic| {
                let span = shift.outward(diagnostic.span);
                diagnostic.span = span.unwrap_or(diagnostic.span);
                span.is_some()
            });
        }
        found.sort();
        Ok(found)
    }

    /// The return annotations that the functions of a file lack although it can be told what they return, in the order of
    /// the file; those alone that name a class of the SDK, or of a module that uses it. None where the file has a [`Problem`].
    pub fn hints(&self, path: &str) -> Vec<Hint> {
        let none = Shift::none();
        let shift = self.shifts.get(path).unwrap_or(&none);
        let found = self.ask(path, |database, file| hints::missing(database, file, shift));
        found.unwrap_or_default()
    }

    fn each<T: Send>(
        &self,
        path: &str,
        spans: &[Span],
        work: impl Fn(&Describe<'_, '_>) -> T + Send + Sync,
    ) -> Result<Vec<Option<T>>, Problem> {
        let (shift, recent, classes) = (self.shifts.get(path), &self.recent, &*self.classes);
        self.ask(path, |database, file| {
            let file_in_program = database.program_file(file);
            let module = parsed_module(database, file_in_program.python_file(database)).load(database);
            let mut recent = recent.lock().unwrap_or_else(PoisonError::into_inner);
            let nodes = match &*recent {
                Some((of, nodes)) if *of == file => Arc::clone(nodes),
                _ => {
                    let nodes = Arc::new(Nodes::of(&module.syntax().body));
                    *recent = Some((file, Arc::clone(&nodes)));
                    nodes
                }
            };
            drop(recent);
            let model = SemanticModel::new(database, file_in_program);
            let answers = spans.iter().map(|span| {
                let span = shift.map_or(*span, |shift| shift.inward(*span));
                let node = module.get_by_index(nodes.at(span)?);
                Some(work(&Describe { model: &model, classes, node }))
            });
            answers.collect()
        })
    }

    /// Runs `work` where there is stack enough for it, and where its panics end.
    fn ask<T: Send>(&self, path: &str, work: impl FnOnce(&Database, File) -> T + Send) -> Result<T, Problem> {
        let problem = |message: &str, took_too_long: bool| {
            self.given_up.add(path, message, took_too_long);
            Problem { message: message.to_owned() }
        };
        if let Some(message) = self.given_up.refusal(path) {
            return Err(Problem { message });
        }
        let mounted = mounted(PROJECT, path);
        if let Some(reason) = self.database.memory().refusal(&mounted) {
            return Err(problem(reason, false));
        }
        let answer = match threads::watched() {
            Some(watched) => {
                let token = salsa::Database::cancellation_token(&self.database);
                Some(watched.during(token, self.given_up.left(), || answered(&self.database, &mounted, work)))
            }
            None => self.ask_apart(&mounted, work),
        };
        match answer {
            Some(Some(Ok(answer))) => Ok(answer),
            Some(Some(Err(error))) if error.payload.downcast_ref::<salsa::Cancelled>().is_some() => {
                Err(problem("took too long to infer types", true))
            }
            Some(Some(Err(error))) => {
                Err(problem(&format!("the type engine failed: {}", first_line(&error.payload)), false))
            }
            Some(None) => Err(Problem { message: "not a file of the project".to_owned() }),
            None => Err(problem("no thread to infer types on", false)),
        }
    }

    /// Runs `work` on a thread of its own; `None` when there is none.
    fn ask_apart<T: Send>(
        &self,
        path: &SystemPath,
        work: impl FnOnce(&Database, File) -> T + Send,
    ) -> Option<Option<Answer<T>>> {
        let database = self.database.clone();
        let token = salsa::Database::cancellation_token(&database);
        let (done, finished) = mpsc::channel::<()>();
        let work = move || {
            let answer = answered(&database, path, work);
            drop(done);
            answer
        };
        std::thread::scope(|scope| {
            let thread = std::thread::Builder::new().stack_size(STACK).spawn_scoped(scope, work);
            if finished.recv_timeout(self.given_up.left()) == Err(RecvTimeoutError::Timeout) {
                token.cancel();
            }
            thread.ok().and_then(|thread| thread.join().ok())
        })
    }
}

/// What came of a question, or how it failed.
type Answer<T> = Result<T, ruff_db::panic::PanicError>;

/// Runs `work` over the file at `path`; `None` when there is no such file.
fn answered<T>(database: &Database, path: &SystemPath, work: impl FnOnce(&Database, File) -> T) -> Option<Answer<T>> {
    let file = system_path_to_file(database, path).ok()?;
    // ty promises no more than other programs that it never panics, and this keeps the message off the screen. Attached as
    // a whole: a request to stop would be forgotten at the end of each query otherwise.
    let attached = || salsa::attach(database, || work(database, file));
    Some(ruff_db::panic::catch_unwind(AssertUnwindSafe(attached)))
}

fn first_line(payload: &impl std::fmt::Display) -> String {
    payload.to_string().lines().next().unwrap_or_default().chars().take(200).collect()
}

/// The place in memory of a path as it is shown. Nothing that a path can hold leads out of `folder`.
fn mounted(folder: &str, path: &str) -> SystemPathBuf {
    let mut place = folder.to_owned();
    for name in path.split(['/', '\\']).filter(|name| !name.is_empty() && *name != ".") {
        place.push('/');
        place.push_str(if name == ".." { "__up__" } else { name });
    }
    SystemPathBuf::from(place)
}

/// The text without ty's own silencing comments, which no setting turns off. Every byte keeps its place.
fn unsilenced(text: &str) -> Cow<'_, str> {
    let silencing = ["ty: ignore", "ty:ignore"];
    if !silencing.iter().any(|comment| memchr::memmem::find(text.as_bytes(), comment.as_bytes()).is_some()) {
        return Cow::Borrowed(text);
    }
    let line = |line: &str| match line.split_once('#') {
        Some((code, comment)) => {
            format!("{code}#{}", comment.replace("ty: ignore", "ty_ ignore").replace("ty:ignore", "ty_ignore"))
        }
        None => line.to_owned(),
    };
    Cow::Owned(text.split_inclusive('\n').map(line).collect())
}
