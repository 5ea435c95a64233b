//! Every example of a Python rule is a program, and is run on the real SDKs: `before` works on the older major and breaks
//! on the newer, `after` does on the newer what `before` did on the older, `untouched` works as it stands.
//!
//! `MCP_AUDIT_RULES=PY101,PY102` limits it to some rules. `PYTHON` names the interpreter. Without a package index it fails,
//! unless `MCP_AUDIT_OFFLINE=1` says, outside of CI, that there is none.

pub(crate) mod driver;
pub(crate) mod environment;
pub(crate) mod sdist;
mod target;
mod verdict;

use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::Path;
use std::{env, fs, thread};

use mcp_audit::rule::{self, Example};
use serde_json::Map;

use self::driver::{Job, run_all};
use self::environment::{Environments, environments};
use self::verdict::{Program, Runs, complaints};

/// Seconds that a program may take.
const TIMEOUT: f64 = 20.0;

/// An example and where it stands.
struct Case {
    rule: String,
    /// Among the rule's examples, from 1.
    number: usize,
    example: Example,
}

impl Case {
    fn shown(&self) -> String {
        format!("{} example {} ({})", self.rule, self.number, self.example.path)
    }

    /// Why it is not run, if it is not.
    fn left_out(&self) -> Option<&str> {
        let program = Path::new(&self.example.path).extension().is_some_and(|ending| ending == "py");
        self.example.not_run.as_deref().or((!program).then_some("not a Python file"))
    }
}

/// The last lines of a text.
pub(crate) fn tail(text: &str, lines: usize) -> String {
    let all: Vec<_> = text.trim_end().lines().collect();
    all[all.len().saturating_sub(lines)..].join("\n")
}

/// Says something that is seen although the test passes: the harness holds back only what macros print.
pub(crate) fn say(text: &str) {
    let _ = writeln!(std::io::stderr(), "{text}");
}

/// The environments, or none where it was said that there can be none.
pub(crate) fn ready() -> Option<Environments> {
    excused(environments(), "the examples need virtual environments with both SDKs")
}

/// What was made, or none where it was said that nothing can be fetched.
pub(crate) fn excused<T>(made: Result<T, String>, need: &str) -> Option<T> {
    match made {
        Ok(made) => Some(made),
        Err(problem) => {
            let excused = env::var_os("CI").is_none() && env::var_os("MCP_AUDIT_OFFLINE").is_some_and(|it| it == "1");
            assert!(
                excused,
                "{need}: {problem}\n(without a registry, and outside of CI, MCP_AUDIT_OFFLINE=1 leaves them out)"
            );
            say(&format!("NOT RUN: {need}, but MCP_AUDIT_OFFLINE=1 and {problem}"));
            None
        }
    }
}

/// Writes a program and the files beside it, after the fixes where that is what runs, into a folder.
fn lay_out(folder: &Path, example: &Example, program: Program, text: &str) {
    let changed = example.beside_after.iter().filter(|_| program == Program::After);
    let beside = example.beside.iter().chain(changed).map(|(path, text)| (path, text.as_str()));
    for (path, text) in beside.chain([(&example.path, text)]) {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
}

/// Runs every program of the cases, each in a folder of its own, and returns what they did, by the case's position.
fn run(cases: &[Case], environments: &Environments, timeout: f64) -> Vec<Runs> {
    let root = tempfile::tempdir().unwrap();
    let mut jobs: [Vec<Job>; 2] = [Vec::new(), Vec::new()];
    let mut asked = BTreeMap::new();
    for (at, case) in cases.iter().enumerate() {
        for program in Program::ALL {
            let Some(text) = program.text(&case.example) else { continue };
            let id = format!("{} {program:?}", case.shown());
            let folder = root.path().join(asked.len().to_string());
            lay_out(&folder, &case.example, program, text);
            let job = Job { id: id.clone(), folder, file: case.example.path.clone(), timeout, more: Map::new() };
            jobs[usize::from(program.on_newer())].push(job);
            asked.insert(id, (at, program));
        }
    }
    let answers = thread::scope(|scope| {
        let older = scope.spawn(|| run_all(&environments.older, &jobs[0]));
        let newer = run_all(&environments.newer, &jobs[1]).unwrap();
        older.join().unwrap().unwrap().into_iter().chain(newer)
    });
    let mut runs = vec![Runs::new(); cases.len()];
    for (id, answer) in answers {
        let (at, program) = asked[&id];
        runs[at].insert(program, answer);
    }
    runs
}

/// The examples of Python rules, limited to those whose rules are named in `MCP_AUDIT_RULES`.
fn cases() -> Vec<Case> {
    let rules = rule::embedded().unwrap();
    let asked = env::var("MCP_AUDIT_RULES").unwrap_or_default();
    let asked: Vec<_> = asked.split([',', ' ']).filter(|id| !id.is_empty()).collect();
    for id in &asked {
        assert!(rules.get(id).is_some(), "no rule is called `{id}`");
    }
    let wanted = |rule: &&rule::Rule| {
        let named = |id: &&str| rules.get(id).is_some_and(|one| one.id == rule.id);
        rule.id.starts_with("PY") && (asked.is_empty() || asked.iter().any(named))
    };
    let of = |rule: &rule::Rule| {
        let (id, examples) = (rule.id.clone(), rule.examples.clone());
        examples.into_iter().enumerate().map(move |(at, example)| Case { rule: id.clone(), number: at + 1, example })
    };
    rules.iter().filter(wanted).flat_map(of).collect()
}

#[test]
fn every_example_runs_on_the_real_sdks() {
    let (left_out, run_cases): (Vec<_>, Vec<_>) = cases().into_iter().partition(|case| case.left_out().is_some());
    let some = !run_cases.is_empty() || !left_out.is_empty();
    let failures: Vec<_> = match ready() {
        None => return,
        Some(environments) => {
            let runs = run(&run_cases, &environments, TIMEOUT);
            let judged = run_cases.iter().zip(&runs).map(|(case, runs)| (case, complaints(&case.example, runs)));
            judged
                .filter(|(_, found)| !found.is_empty())
                .map(|(case, found)| format!("{}\n{}", case.shown(), found.concat()))
                .collect()
        }
    };
    let reasons: Vec<_> =
        left_out.iter().map(|case| format!("\n  {}: {}", case.shown(), case.left_out().unwrap())).collect();
    say(&format!("{} examples executed, {} not run{}", run_cases.len(), left_out.len(), reasons.concat()));
    assert!(left_out.iter().all(|case| !case.left_out().unwrap().trim().is_empty()), "a reason must say something");
    assert!(!some || !run_cases.is_empty() || env::var_os("MCP_AUDIT_RULES").is_some(), "no example was run");
    assert!(failures.is_empty(), "{} of {} examples:\n\n{}", failures.len(), run_cases.len(), failures.join("\n"));
}

mod tests;
