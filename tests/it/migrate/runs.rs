//! Every fixture that can be run is run: before on the older SDK, and on the newer what `migrate` made of it. Servers are
//! asked for all they offer, clients speak to one server on the newer SDK, programs print, and tests are run by pytest.

use std::fs;
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Map, Value, json};
use tempfile::TempDir;

use super::super::fixtures::copied;
use super::super::sdk::driver::{Answer, Job, run_all};
use super::super::sdk::environment::{Environments, plain};
use super::super::sdk::{ready, tail};
use super::differences::unexplained;
use super::exchange::{Difference, SDKS, Talk, converse, differences, program};
use super::{MIGRATED, Migrated, fixtures, script};

/// Seconds that a program may take.
const TIMEOUT: f64 = 60.0;

/// A fixture that can be run, as it was and as it was made.
struct Fixture {
    name: String,
    run: Value,
    /// In the order of [`SDKS`].
    folders: [TempDir; 2],
}

impl Fixture {
    fn laid_out(name: &str, migrated: &Migrated) -> Option<Self> {
        let run = fs::read_to_string(fixtures().join(name).join("run.json")).ok()?;
        let folders = [copied(&migrated.before), copied(&migrated.after)];
        Some(Self { name: name.to_owned(), run: serde_json::from_str(&run).unwrap(), folders })
    }

    fn declared(&self, kind: &str) -> impl Iterator<Item = (usize, &Value)> {
        self.run[kind].as_array().into_iter().flatten().enumerate()
    }

    fn talks(&self, environments: &Environments) -> Vec<Talk> {
        let plan = json!({"auto": true, "calls": self.run["calls"], "requests": self.run["requests"]});
        let of = |(at, server): (usize, &Value)| {
            let id = format!("{} {at}", self.name);
            let url = server["url"].as_str().map(str::to_owned);
            let talk = |sdk: usize| Talk {
                id: id.clone(),
                sdk: SDKS[sdk],
                program: program(server, self.folders[sdk].path(), &environments.beside),
                url: url.clone(),
                plan: plan.clone(),
            };
            [talk(0), talk(1)]
        };
        self.declared("servers").flat_map(of).collect()
    }

    /// Its programs that print, for the SDK of that number.
    fn jobs(&self, sdk: usize, environments: &Environments) -> Vec<Job> {
        let folder = self.folders[sdk].path();
        let job = |id: String, declared: &Value| {
            let mut more = program(declared, folder, &environments.beside);
            fill(&mut more, environments);
            let file = declared["file"].as_str().unwrap_or_default().to_owned();
            Job { id, folder: folder.to_owned(), file, timeout: TIMEOUT, more }
        };
        let mut jobs = Vec::new();
        for kind in ["clients", "programs"] {
            jobs.extend(self.declared(kind).map(|(at, declared)| job(format!("{} {kind} {at}", self.name), declared)));
        }
        for (at, tests) in self.declared("tests") {
            let arguments = json!(["-rA", "-q", "--no-header", "--tb=line", "-p", "no:cacheprovider", tests]);
            jobs.push(job(format!("{} tests {at}", self.name), &json!({"module": "pytest", "args": arguments})));
        }
        jobs
    }
}

/// Puts what is only known now into a program's arguments.
fn fill(program: &mut Map<String, Value>, environments: &Environments) {
    for argument in program.get_mut("args").and_then(Value::as_array_mut).into_iter().flatten() {
        match argument.as_str() {
            Some("{python}") => *argument = json!(environments.newer),
            Some("{peer}") => *argument = json!(script("migrate/peer.py")),
            _ => {}
        }
    }
}

/// The server that clients speak to over HTTP; it ends with this value.
struct Peer(Child);

impl Peer {
    fn start(python: &Path, port: &str) -> Self {
        let mut command = plain(python);
        command.arg(script("migrate/peer.py")).args(["http", port]);
        let child = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        let until = Instant::now() + Duration::from_secs(30);
        while TcpStream::connect(format!("127.0.0.1:{port}")).is_err() {
            assert!(Instant::now() < until, "the server for clients does not start");
            thread::sleep(Duration::from_millis(20));
        }
        Self(child)
    }
}

impl Drop for Peer {
    fn drop(&mut self) {
        // It may have ended by itself, which the clients' answers show.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// What a program printed, line by line; of pytest what became of each test, because it also prints how long it took.
fn printed(id: &str, answer: &Answer) -> Vec<String> {
    let is_test = id.contains(" tests ");
    // Its reason is cut off where the terminal ends.
    let result = |line: &str| {
        let (became, rest) = line.split_once(' ').filter(|(_, rest)| rest.starts_with("tests"))?;
        let kept = ["PASSED", "FAILED", "ERROR"].contains(&became);
        kept.then(|| format!("{} {became}", rest.split(" - ").next().unwrap_or_default()))
    };
    let told = |line: &str| if is_test { result(line) } else { Some(line.to_owned()) };
    let mut lines: Vec<_> = answer.stdout.lines().filter_map(told).collect();
    if is_test {
        lines.sort();
    }
    lines.push(format!("exit {:?}", answer.code));
    lines
}

/// The lines in which the answers of a program differ, or how it ended when it ended otherwise.
fn in_print(id: &str, before: &Answer, after: &Answer) -> Vec<Difference> {
    let (old, new) = (printed(id, before), printed(id, after));
    let line = |lines: &[String], at: usize| lines.get(at).cloned().unwrap_or_default();
    let mut found = Vec::new();
    if after.code != before.code && !id.contains(" tests ") {
        // What it printed until then says less than how it ended.
        let ended = format!("exit {:?}: {}\n{}", after.code, tail(&after.stdout, 12), tail(&after.stderr, 12));
        return vec![Difference {
            step: id.to_owned(),
            at: "/end".to_owned(),
            before: format!("exit {:?}", before.code),
            after: ended,
        }];
    }
    for at in (0..old.len().max(new.len())).filter(|at| old.get(*at) != new.get(*at)) {
        let place = format!("/{}", at + 1);
        found.push(Difference { step: id.to_owned(), at: place, before: line(&old, at), after: line(&new, at) });
    }
    found
}

#[test]
fn every_project_does_on_the_newer_sdk_what_it_did_on_the_older() {
    let Some(environments) = ready() else { return };
    let fixtures: Vec<Fixture> =
        MIGRATED.iter().filter_map(|(name, migrated)| Fixture::laid_out(name, migrated)).collect();

    let mut seen: Vec<(String, Difference)> = Vec::new();
    let fixture_of = |id: &str| id.split(' ').next().unwrap_or_default().to_owned();
    let talks: Vec<Talk> = fixtures.iter().flat_map(|fixture| fixture.talks(&environments)).collect();
    let servers = talks.len() / 2;
    let mut broken = Vec::new();
    for (id, [before, after]) in converse(&environments, &talks) {
        if !before.is_up() || before.steps.len() < 8 {
            broken.push(format!("{id} does not run on the older SDK: {}", before.why_not()));
        }
        seen.extend(differences(&before, &after).into_iter().map(|difference| (fixture_of(&id), difference)));
    }

    let peers = fixtures.iter().flat_map(|fixture| fixture.declared("clients").map(|(_, client)| &client["peer"]));
    let ports = peers.filter_map(|peer| peer.get(1).and_then(Value::as_str));
    let peers: Vec<_> = ports.map(|port| Peer::start(&environments.newer, port)).collect();
    let answers = [&environments.older, &environments.newer].into_iter().enumerate().map(|(sdk, python)| {
        let jobs: Vec<Job> = fixtures.iter().flat_map(|fixture| fixture.jobs(sdk, &environments)).collect();
        run_all(python, &jobs).unwrap()
    });
    let [before, after] = answers.collect::<Vec<_>>().try_into().unwrap();
    drop(peers);
    for (id, old) in &before {
        if old.code != Some(0) || printed(id, old).len() < 2 {
            broken.push(format!("{id} does not run on the older SDK: {}\n{}", old.stdout, old.stderr));
        }
        seen.extend(in_print(id, old, &after[id]).into_iter().map(|difference| (fixture_of(id), difference)));
    }
    broken.extend(unexplained(&seen));
    assert!(servers >= 9 && before.len() >= 4, "too little was run: {servers} servers, {} programs", before.len());
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}
