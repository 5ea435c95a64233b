//! Answers from locks of every kind, and from a resolver and a registry that are made up.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::time::{Duration, Instant};

use pep440_rs::Version;

use super::*;
use crate::dependents::Name;
use crate::manifest::lock::compiled_text;
use crate::source::SourceFile;
use crate::{inventory, rule};

fn traced(files: &[(&str, &str)], means: &Means<'_>) -> Vec<Answer> {
    let packages = rule::embedded().unwrap().packages;
    let files = files.iter().map(|(path, text)| SourceFile::in_memory(path, text)).collect();
    let inventory = inventory::of_files(files, &packages);
    trace(&Projects::group(&inventory), &packages, means)
}

/// The only answer, as text: outcome and basis, ways, holders.
fn said(files: &[(&str, &str)], means: &Means<'_>) -> (String, Vec<String>, Vec<String>) {
    let answers = traced(files, means);
    assert_eq!(answers.len(), 1, "{answers:?}");
    let answer = &answers[0];
    let shown = |step: &Step| match (&step.version, &step.asks) {
        (Some(version), Some(asks)) => format!("{} {version}({asks})", step.name),
        (Some(version), None) => format!("{} {version}", step.name),
        (None, Some(asks)) => format!("{}({asks})", step.name),
        (None, None) => step.name.clone(),
    };
    let way = |way: &Vec<Step>| way.iter().map(shown).collect::<Vec<_>>().join(" > ");
    (
        format!("{:?} by {:?}", answer.outcome, answer.basis),
        answer.ways.iter().map(way).collect(),
        answer.holders.iter().map(shown).collect(),
    )
}

fn offline(files: &[(&str, &str)]) -> (String, Vec<String>, Vec<String>) {
    said(files, &Means::default())
}

const APP: &str = "[project]\nname = \"app\"\ndependencies = [\"midlib\"]\n";
const BOTH: &str = "[project]\nname = \"app\"\ndependencies = [\"midlib\", \"caplib\"]\n";

const POETRY: &str = "[[package]]\nname = \"midlib\"\nversion = \"1.0\"\n[package.dependencies]\nopenlib = \"*\"\n\n[[package]]\nname = \"openlib\"\nversion = \"1.1\"\n[package.dependencies]\nmcp = \">=1\"\n\n[[package]]\nname = \"mcp\"\nversion = \"1.30.0\"\n";
const CAPPED: &str =
    "\n[[package]]\nname = \"caplib\"\nversion = \"1.0\"\n[package.dependencies]\nmcp = [{version = \"^1.2\"}]\n";

#[test]
fn a_lock_with_specifiers_answers_alone() {
    let manifest = ("pyproject.toml", APP);
    assert_eq!(
        offline(&[manifest, ("poetry.lock", POETRY)]),
        ("TakesNext by Lock".into(), vec!["app() > midlib 1.0(*) > openlib 1.1(>=1) > mcp 1.30.0".into()], vec![])
    );
    let (outcome, ways, holders) = offline(&[("pyproject.toml", BOTH), ("poetry.lock", &format!("{POETRY}{CAPPED}"))]);
    assert_eq!((outcome.as_str(), ways.len(), holders), ("StaysBelow by Lock", 2, vec!["caplib 1.0(^1.2)".to_owned()]));
    let pdm = "[[package]]\nname = \"midlib\"\nversion = \"1\"\ndependencies = [\"mcp<3,>=1; python_version > '3'\"]\n\n[[package]]\nname = \"mcp\"\nversion = \"1.30.0\"\n";
    assert_eq!(
        offline(&[manifest, ("pdm.lock", pdm)]),
        ("TakesNext by Lock".into(), vec!["app() > midlib 1(<3,>=1) > mcp 1.30.0".into()], vec![])
    );
    let today = pdm.replace("1.30.0", "2.3.0");
    assert_eq!(offline(&[manifest, ("pdm.lock", &today)]).0, "TakesNext by Lock");
}

/// The project's own bound, constraint or override decides over whatever others admit.
#[test]
fn the_projects_own_limits_count() {
    for (more, outcome, holders) in [
        ("dependencies = [\"midlib\", \"mcp>=1,<2\"]\n", "StaysBelow by Lock", vec!["app(>=1,<2)"]),
        (
            "dependencies = [\"midlib\"]\n[tool.uv]\nconstraint-dependencies = [\"mcp<2\"]\n",
            "StaysBelow by Lock",
            vec!["a constraint(<2)"],
        ),
        (
            "dependencies = [\"midlib\", \"mcp<2\"]\n[tool.uv]\noverride-dependencies = [\"mcp>=2\"]\n",
            "TakesNext by Lock",
            vec![],
        ),
    ] {
        let text = format!("[project]\nname = \"app\"\n{more}");
        let (said, _, held) = offline(&[("pyproject.toml", &text), ("poetry.lock", POETRY)]);
        assert_eq!((said.as_str(), held), (outcome, holders.into_iter().map(str::to_owned).collect()), "{more}");
    }
}

const UV: &str = "version = 1\n\n[[package]]\nname = \"app\"\nversion = \"1\"\nsource = { editable = \".\" }\ndependencies = [{ name = \"core\" }, { name = \"midlib\" }]\n[package.metadata]\nrequires-dist = [{ name = \"core\", editable = \"core\" }, { name = \"midlib\", specifier = \">=1\" }]\n\n[[package]]\nname = \"core\"\nversion = \"1\"\nsource = { editable = \"core\" }\ndependencies = [{ name = \"mcp\" }]\n[package.metadata]\nrequires-dist = [{ name = \"mcp\", specifier = \">=1.2,<2\" }]\n\n[[package]]\nname = \"midlib\"\nversion = \"1.0\"\nsource = { registry = \"https://index.example/simple\" }\ndependencies = [{ name = \"mcp\" }]\n\n[[package]]\nname = \"mcp\"\nversion = \"1.30.0\"\nsource = { registry = \"https://index.example/simple\" }\n";

#[test]
fn each_member_of_a_workspace_has_its_own_answer() {
    let files = [
        ("pyproject.toml", "[project]\nname = \"app\"\ndependencies = [\"core\", \"midlib>=1\"]\n"),
        ("core/pyproject.toml", "[project]\nname = \"core\"\ndependencies = [\"mcp>=1.2,<2\"]\n"),
        ("lone/pyproject.toml", "[project]\nname = \"lone\"\ndependencies = [\"midlib\"]\n"),
        ("uv.lock", UV),
    ];
    let answers = traced(&files, &Means::default());
    let shown: Vec<String> = answers
        .iter()
        .map(|one| {
            let ways = one.ways.iter().map(|way| way.iter().map(|it| it.name.as_str()).collect::<Vec<_>>().join(">"));
            let lock = one.lock.as_ref().map_or("-", |lock| &lock.path);
            format!("{} {:?} {lock} {}", one.project, one.outcome, ways.collect::<Vec<_>>().join(" "))
        })
        .collect();
    assert_eq!(
        shown,
        ["app StaysBelow uv.lock app>core>mcp app>midlib>mcp", "core StaysBelow uv.lock core>mcp", "lone Unknown - ",]
    );
    assert_eq!(answers[0].holders[0].asks.as_deref(), Some(">=1.2,<2"));
}

#[test]
fn locks_that_do_not_say_it_leave_it_open() {
    let without_core = UV.replace("{ name = \"core\" }, ", "");
    let (outcome, ways, _) = offline(&[("pyproject.toml", APP), ("uv.lock", &without_core)]);
    assert_eq!((outcome.as_str(), ways), ("Unknown by Nothing", vec!["app(>=1) > midlib 1.0 > mcp 1.30.0".to_owned()]));
    let pylock = "lock-version = \"1.0\"\ncreated-by = \"pip\"\n[[packages]]\nname = \"midlib\"\nversion = \"1\"\n[[packages]]\nname = \"mcp\"\nversion = \"1.30.0\"\n";
    let pipfile = "{\"default\": {\"midlib\": {\"version\": \"==1\"}, \"mcp\": {\"version\": \"==1.30.0\"}}}";
    for (name, text) in [("pylock.toml", pylock), ("Pipfile.lock", pipfile)] {
        let answers = traced(&[("pyproject.toml", APP), (name, text)], &Means::default());
        let [answer] = answers.as_slice() else { panic!("{answers:?}") };
        assert_eq!((answer.outcome, answer.ways.len()), (Outcome::Unknown, 0), "{name}");
        assert!(!answer.lock.as_ref().unwrap().has_edges);
        assert!(answer.notes[0].contains("does not say which package asks for which"), "{:?}", answer.notes);
    }
    let compiled = "# This file was autogenerated by uv via the following command:\n#    uv pip compile r.in\nmidlib==1\n    # via -r r.in\nmcp==1.30.0\n    # via midlib\n";
    let (outcome, ways, _) = offline(&[("requirements.txt", compiled)]);
    assert_eq!((outcome.as_str(), ways), ("Unknown by Nothing", vec!["r.in > midlib 1 > mcp 1.30.0".to_owned()]));
}

/// Solutions by the text of the task: a bound or a wish picks another one.
struct Made(fn(&Task) -> Result<&'static str, &'static str>);

impl Resolve for Made {
    fn resolve(&self, task: &Task) -> Resolution {
        match (self.0)(task) {
            Ok("") => Resolution::Failed("no network".to_owned()),
            Ok(text) => Resolution::Found(compiled_text(text).packages),
            Err(why) => Resolution::Impossible(why.to_owned()),
        }
    }
}

fn resolved(solutions: fn(&Task) -> Result<&'static str, &'static str>) -> Answer {
    let made = Made(solutions);
    let means = Means { resolver: Some(&made), metadata: None };
    traced(&[("pyproject.toml", BOTH)], &means).remove(0)
}

#[test]
fn a_resolver_is_asked_on_both_sides() {
    let taken = resolved(|task| match task.constraints.as_str() {
        "" => Ok("midlib==1 # via -r requirements.in\nmcp==2.3.0 # via midlib\n"),
        "mcp<2\n" => Err("midlib depends on mcp>=2"),
        other => panic!("{other}"),
    });
    assert_eq!((taken.outcome, taken.basis), (Outcome::TakesNext, Basis::Uv));
    assert_eq!((taken.takes.as_deref(), taken.can_be_held), (Some("2.3.0"), Some(false)));
    assert_eq!(taken.first_step(), Some("midlib"));
    let stays = resolved(|task| match task.requirements.as_str() {
        "midlib\ncaplib\n" => Ok("caplib==1.0 # via -r requirements.in\nmcp==1.30.0 # via caplib\n"),
        "midlib\ncaplib\nmcp>=2\n" => Ok("caplib==0.9 # via -r requirements.in\nmcp==2.3.0 # via caplib\n"),
        "caplib==1.0\nmcp>=2\n" => Err("caplib depends on mcp<2"),
        other => panic!("{other}"),
    });
    assert_eq!(stays.outcome, Outcome::StaysBelow);
    assert_eq!(stays.moved, [Moved { name: "caplib".into(), from: "1.0".into(), to: Some("0.9".into()) }]);
    assert_eq!(stays.holders, [Step { name: "caplib".into(), version: Some("1.0".into()), asks: None }]);
    let never = resolved(|task| match task.requirements.contains("mcp>=2") {
        false => Ok("caplib==1.0 # via -r requirements.in\nmcp==1.30.0 # via caplib\n"),
        true => Err("caplib depends on mcp<2"),
    });
    assert_eq!(never.outcome, Outcome::NextImpossible);
    assert_eq!(never.notes, ["caplib depends on mcp<2"]);
    let away = resolved(|_| Ok("midlib==1 # via -r requirements.in\n"));
    assert_eq!(away.outcome, Outcome::NotReached);
    let failed = resolved(|_| Ok(""));
    assert_eq!((failed.outcome, failed.notes), (Outcome::Unknown, vec!["uv could not tell: no network".to_owned()]));
    let broken = resolved(|_| Err("midlib and caplib disagree"));
    assert_eq!((broken.outcome, broken.basis), (Outcome::Unknown, Basis::Uv));
}

/// Releases by name: version and requirements, newest first.
struct Registry(BTreeMap<&'static str, Vec<(&'static str, Vec<&'static str>)>>);

impl Metadata for Registry {
    fn newest(&self, name: &Name, admits: &dyn Fn(&Version) -> bool) -> Result<Option<Published>, String> {
        let Some(releases) = self.0.get(name.as_str()) else { return Err("is not in the index".to_owned()) };
        let mut admitted = releases.iter().filter(|(version, _)| admits(&version.parse().unwrap()));
        Ok(admitted.next().map(|(version, requires)| Published {
            version: version.parse().unwrap(),
            requires_dist: requires.iter().map(|text| (*text).to_owned()).collect(),
        }))
    }
}

fn registry() -> Registry {
    Registry(BTreeMap::from([
        ("midlib", vec![("2.0", vec!["openlib[x]>=1", "loop; python_version > '3'"]), ("1.0", vec![])]),
        (
            "openlib",
            vec![(
                "1.1",
                vec![
                    "mcp>=1 ; extra == 'X'",
                    "mcp<1 ; extra == 'other'",
                    "mcp<1 ; 'agents' == extra",
                    "mcp<1 ; platform_machine == 'extra' and extra == 'agents'",
                ],
            )],
        ),
        ("caplib", vec![("1.0", vec!["mcp (<2)", "not a requirement !!"])]),
        ("loop", vec![("1", vec!["midlib", "loop"])]),
        ("mcp", vec![("2.3.0", vec!["midlib"]), ("1.30.0", vec![])]),
    ]))
}

#[test]
fn the_lock_of_a_script_does_not_speak_for_its_project() {
    let registry = registry();
    let means = Means { resolver: None, metadata: Some(&registry) };
    let script = "version = 1\n\n[[package]]\nname = \"httpx\"\nversion = \"1.0\"\n";
    let (outcome, ..) = said(&[("pyproject.toml", APP), ("tool.py.lock", script)], &means);
    assert_eq!(outcome, "TakesNext by Estimate");
}

#[test]
fn a_walk_estimates() {
    let registry = registry();
    let means = Means { resolver: None, metadata: Some(&registry) };
    assert_eq!(
        said(&[("pyproject.toml", APP)], &means),
        ("TakesNext by Estimate".into(), vec!["app() > midlib 2.0(>=1) > openlib 1.1(>=1) > mcp 2.3.0".into()], vec![])
    );
    let (outcome, ways, holders) = said(&[("pyproject.toml", BOTH)], &means);
    assert_eq!(
        (outcome.as_str(), ways.len(), holders),
        ("StaysBelow by Estimate", 2, vec!["caplib 1.0(<2)".to_owned()])
    );
    let old = "[project]\nname = \"app\"\ndependencies = [\"midlib<2\"]\n";
    assert_eq!(said(&[("pyproject.toml", old)], &means).0, "NotReached by Estimate");
    let gone = "[project]\nname = \"app\"\ndependencies = [\"midlib<2\", \"gone\"]\n";
    let answers = traced(&[("pyproject.toml", gone)], &means);
    assert_eq!(answers[0].outcome, Outcome::Unknown);
    assert!(answers[0].notes.iter().any(|note| note == "gone: is not in the index"), "{:?}", answers[0].notes);
}

/// A registry that answers every name with the next one.
struct Endless;

impl Metadata for Endless {
    fn newest(&self, name: &Name, _: &dyn Fn(&Version) -> bool) -> Result<Option<Published>, String> {
        let requires_dist = (0..50).map(|at| format!("{name}-{at}")).collect();
        Ok(Some(Published { version: Version::new([1]), requires_dist }))
    }
}

#[test]
fn a_walk_ends() {
    let answers = traced(&[("pyproject.toml", APP)], &Means { resolver: None, metadata: Some(&Endless) });
    assert_eq!(answers[0].outcome, Outcome::Unknown);
    assert!(answers[0].notes.iter().any(|note| note.contains("were looked at")), "{:?}", answers[0].notes);
}

/// A lock of a hundred thousand packages in a chain with edges back, and one package that all of them ask for.
#[test]
fn a_hostile_lock_is_read_in_time() {
    let mut text = String::from("version = 1\n");
    for at in 0..100_000 {
        let _ = write!(
            text,
            "[[package]]\nname = \"p{at}\"\nversion = \"1\"\ndependencies = [{{name = \"p{}\"}}, {{name = \"p{}\"}}, {{name = \"mcp\"}}]\n",
            at + 1,
            at / 2
        );
    }
    text.push_str("[[package]]\nname = \"mcp\"\nversion = \"1.30.0\"\n");
    let start = Instant::now();
    let app = "[project]\nname = \"app\"\ndependencies = [\"p0\"]\n";
    let answers = traced(&[("pyproject.toml", app), ("uv.lock", &text)], &Means::default());
    assert_eq!(answers.len(), 1);
    assert!(answers[0].ways.len() <= WAYS && answers[0].ways.iter().all(|way| way.len() <= 17));
    assert!(start.elapsed() < Duration::from_secs(60), "{:?}", start.elapsed());
}
