//! The examples that the older SDK's authors ship with it, migrated and run: every file is imported and every server is
//! started on both SDKs. The tables below say which are left and why; they may only become shorter.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::thread;

use serde_json::{Map, Value, json};

use super::super::sdk::driver::{Answer, Job, run_all};
use super::super::sdk::environment::Environments;
use super::super::sdk::sdist::unpacked;
use super::super::sdk::{ready, say};
use super::exchange::{Outcome, SDKS, Step, Talk, converse};
use super::{migrate, script};

/// Seconds that the import of a file may take.
const TIMEOUT: f64 = 20.0;

/// Files that do not end on the newer SDK as they end on the older one when they are imported, and why.
const NOT_IMPORTED: &[(&str, &str)] = &[
    ("servers/simple-task-interactive/mcp_simple_task_interactive/__main__.py", TASKS),
    ("servers/simple-task-interactive/mcp_simple_task_interactive/server.py", TASKS),
    ("servers/simple-task/mcp_simple_task/__main__.py", TASKS),
    ("servers/simple-task/mcp_simple_task/server.py", TASKS),
];

const TASKS: &str = "the experimental tasks are gone, and nothing takes their place";

/// Servers that do not start on the older SDK as they are, and why.
const NOT_STARTED: &[(&str, &str)] = &[
    ("fastmcp/memory.py", "needs a database and five packages"),
    ("snippets/servers/images.py", "needs pillow"),
    ("snippets/servers/json_schema_example.py", "defines no server"),
];

/// Servers that offer or answer something else on the newer SDK, and why.
const NOT_ALIKE: &[(&str, &str)] = &[
    ("servers/simple-task-interactive/mcp_simple_task_interactive/__main__.py", TASKS),
    ("servers/simple-task/mcp_simple_task/__main__.py", TASKS),
];

/// Servers that listen: the folder below `servers/`, and whether a path of its own comes after `/mcp`.
const LISTENING: &[(&str, &str)] = &[
    ("everything-server", "/mcp"),
    ("simple-auth", "/mcp"),
    ("simple-streamablehttp", "/mcp/"),
    ("simple-streamablehttp-stateless", "/mcp/"),
    ("simple-task", "/mcp/"),
    ("simple-task-interactive", "/mcp/"),
    ("sse-polling-demo", "/mcp/"),
];

/// The first port that they are given.
const PORT: usize = 8951;

/// What `text_me.py` wants to be told, none of which is used before its tool is called.
const ENVIRONMENT: [&str; 5] =
    ["SURGE_API_KEY", "SURGE_ACCOUNT_ID", "SURGE_MY_PHONE_NUMBER", "SURGE_MY_FIRST_NAME", "SURGE_MY_LAST_NAME"];

fn told() -> Value {
    ENVIRONMENT.map(|name| (name.to_owned(), json!("+15550100"))).into_iter().collect::<Map<_, _>>().into()
}

/// The Python files below `folder`, relative to it.
fn files(folder: &Path) -> Vec<String> {
    let (mut open, mut found) = (vec![folder.to_owned()], Vec::new());
    while let Some(path) = open.pop() {
        if path.is_dir() {
            open.extend(fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path()));
        } else if path.extension().is_some_and(|ending| ending == "py") {
            found.push(path.strip_prefix(folder).unwrap().to_str().unwrap().replace('\\', "/"));
        }
    }
    found.sort();
    found
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let to = to.join(path.file_name().unwrap());
        if path.is_dir() { copy(&path, &to) } else { _ = fs::copy(&path, to).unwrap() }
    }
}

/// What became of every file of both trees when it was imported.
fn imported(environments: &Environments, roots: &[PathBuf; 2], files: &[String]) -> [BTreeMap<String, Answer>; 2] {
    let on = |python: &Path, root: &Path| {
        let job = |file: &String| {
            let more = json!({"args": [root.join(file)], "path": [environments.beside], "env": told()});
            let Value::Object(more) = more else { unreachable!("it is an object") };
            let program = script("migrate/load.py").to_str().unwrap().to_owned();
            Job { id: file.clone(), folder: root.to_owned(), file: program, timeout: TIMEOUT, more }
        };
        run_all(python, &files.iter().map(job).collect::<Vec<_>>()).unwrap()
    };
    thread::scope(|scope| {
        let older = scope.spawn(|| on(&environments.older, &roots[0]));
        let newer = on(&environments.newer, &roots[1]);
        [older.join().unwrap(), newer]
    })
}

/// How an import ended: the class of what it raised, without its module, because modules are what moves.
fn ending(answer: &Answer) -> String {
    let class = answer.raised.first().map_or("", |raised| raised.split(':').next().unwrap_or_default());
    format!("{:?} {}", answer.code, class.rsplit('.').next().unwrap_or_default())
}

/// The servers among the files, for both SDKs.
fn talks(environments: &Environments, roots: &[PathBuf; 2], files: &[String]) -> Vec<Talk> {
    let mut found = Vec::new();
    for file in files {
        let parts: Vec<_> = file.split('/').collect();
        let (mut program, mut url, mut plan, mut folder) = (json!({"env": told()}), None, json!({}), String::new());
        match parts[..] {
            ["servers", name, package, "__main__.py"] => {
                folder = format!("servers/{name}");
                program["module"] = json!(package);
                if let Some(at) = LISTENING.iter().position(|(listening, _)| *listening == name) {
                    let port = (PORT + at).to_string();
                    url = Some(format!("http://127.0.0.1:{port}{}", LISTENING[at].1));
                    program["args"] = json!(["--port", port]);
                    // What it says to those who have not signed in is all that can be asked of one of them.
                    plan = json!({"requests": [["POST", LISTENING[at].1, {}], ["GET", "/.well-known/oauth-protected-resource/mcp", {}]]});
                }
            }
            ["fastmcp", ..] | ["snippets", "servers", ..] if !file.ends_with("/__init__.py") => {
                program["file"] = json!(script("migrate/serve.py"));
            }
            _ => continue,
        }
        for (sdk, root) in roots.iter().enumerate() {
            let Value::Object(mut program) = program.clone() else { unreachable!("it is an object") };
            if url.is_none() && !program.contains_key("module") {
                program.insert("args".to_owned(), json!([root.join(file)]));
            }
            program.insert("dir".to_owned(), json!(root.join(&folder)));
            program.insert("path".to_owned(), json!([environments.beside]));
            found.push(Talk { id: file.clone(), sdk: SDKS[sdk], program, url: url.clone(), plan: plan.clone() });
        }
    }
    found
}

/// What must be the same of a step: whether there was an answer and of which kind, and what is listed.
fn shape(step: &Step) -> Value {
    let answer = &step.answer;
    let result = &answer["result"];
    let listed =
        ["tools", "resources", "prompts", "resourceTemplates"].iter().find_map(|kind| result[*kind].as_array());
    let kind = match listed {
        Some(listed) => {
            json!(listed.iter().map(|one| json!([one["name"], one["uri"], one["uriTemplate"]])).collect::<Vec<_>>())
        }
        None if result.is_object() => json!(if result["isError"] == true { "failed" } else { "ok" }),
        None if answer["error"].is_object() => json!("error"),
        None => answer.clone(),
    };
    json!([step.step, answer["http"], kind])
}

/// Whether a server said anything at all.
fn speaks(outcome: &Outcome) -> bool {
    outcome.is_up() || outcome.steps.iter().any(|step| step.answer["http"].is_object())
}

/// What the tables say and what was seen, where they differ.
fn compare(name: &str, table: &[(&str, &str)], seen: &BTreeMap<String, String>) -> Vec<String> {
    let known: BTreeSet<_> = table.iter().map(|(file, _)| *file).collect();
    let new = seen
        .iter()
        .filter(|(file, _)| !known.contains(file.as_str()))
        .map(|(file, why)| format!("{name}: {file}: {why}"));
    let gone = known.iter().filter(|file| !seen.contains_key(**file)).map(|file| format!("{name}: {file} is no more"));
    new.chain(gone).collect()
}

#[test]
fn the_older_sdks_examples_do_on_the_newer_what_they_did() {
    let Some(environments) = ready() else { return };
    let before = unpacked(&environments, "1.30.0").join("examples");
    let home = tempfile::tempdir().unwrap();
    let after = home.path().join("examples");
    copy(&before, &after);
    let told = migrate(&after);
    let found: BTreeSet<_> =
        told["left"].as_array().unwrap().iter().map(|left| left["path"].as_str().unwrap().to_owned()).collect();
    let files = files(&before);
    assert!(files.len() > 120, "the examples are not where they are looked for");
    let roots = [before, after];

    let [old, new] = imported(&environments, &roots, &files);
    let other = |file: &&String| ending(&old[*file]) != ending(&new[*file]);
    let why = |file: &String| new[file].raised.first().cloned().unwrap_or_else(|| ending(&new[file]));
    let not_imported: BTreeMap<_, _> = files.iter().filter(other).map(|file| (file.clone(), why(file))).collect();

    let (mut not_started, mut not_alike, mut alike) = (BTreeMap::new(), BTreeMap::new(), 0);
    for (file, [old, new]) in converse(&environments, &talks(&environments, &roots, &files)) {
        let differing = old.steps.iter().zip(&new.steps).find(|(old, new)| shape(old) != shape(new));
        if !speaks(&old) {
            not_started.insert(file, old.why_not());
        } else if !speaks(&new) {
            not_alike.insert(file, new.why_not());
        } else if let Some((old, new)) = differing {
            not_alike.insert(file, format!("{} was {}", shape(new), shape(old)));
        } else if old.steps.len() != new.steps.len() {
            not_alike.insert(file, "other things can be asked of it".to_owned());
        } else {
            alike += 1;
        }
    }
    say(&format!(
        "the older SDK's examples, migrated: {} of {} files import, {alike} of {} servers offer and answer the same",
        files.len() - not_imported.len(),
        files.len(),
        alike + not_alike.len()
    ));

    let mut broken = compare("NOT_IMPORTED", NOT_IMPORTED, &not_imported);
    broken.extend(compare("NOT_STARTED", NOT_STARTED, &not_started));
    broken.extend(compare("NOT_ALIKE", NOT_ALIKE, &not_alike));
    for file in not_imported.keys().chain(not_alike.keys()) {
        // A package is left as a whole when one of its modules is.
        let package = file.rsplit_once('/').map_or("", |(package, _)| package);
        let told =
            found.contains(file) || file.ends_with("/__main__.py") && found.iter().any(|one| one.starts_with(package));
        if !told {
            broken.push(format!("{file} is left, and nothing is found in it"));
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}
