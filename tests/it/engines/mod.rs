//! The sources that speak SQL, against engines that do: Debian's ClickHouse server of 2018, a present-day ClickHouse and
//! the BigQuery emulator. All hold one table of files, with every trap that such tables are known for, and the program has
//! to say of each what it says of the same table as a file.
//!
//! With `MCP_AUDIT_ENGINES=required`, as in CI, the engines are made where they are missing; otherwise those that are not
//! there are not run, and the tests say so.

mod measure;
mod running;

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use mcp_audit::dependents::Name;
use serde_json::{Value, json};
use tempfile::TempDir;

use self::running::{Engine, bridge, emulator, or_not_run, server};

/// A row for each uploaded file, as a snapshot, with what tables of files hold beside.
const FILES: &str = include_str!("files.ndjson");

/// The files that stand in two spellings of a name, several files or several releases, and what comes of them.
const DEPENDENTS: &str = "\
alder-added 1.1 unbounded
birch-backport 2.0 unbounded
cedar-prerelease 1.0 below
elm-optional 0.3 unbounded, optional
fir-spelled 1.2 unbounded
ivy-old-form 1.0 unbounded
juniper-url 1.0 not-a-range
kapok-exact 1.0 exact
larch-sdist 1.0 unbounded
linden-unparsable 1.0 unparsable
myrtle-markers 1.0 unbounded
nutmeg-upper 1.0 unbounded
oak-bare 2.0 below
pine-capped 1.0 below
quince-spans 1.0 spans
rowan-sham 1.0 spans
spruce-next-open 1.0 requires-next-open
teak-next 1.0 requires-next
ulmus-exact-next 1.0 exact-next
viburnum-hole 1.0 unbounded
willow-empty 1.0 empty
yew-both 1.0 below
zelkova-foreign 2004-final unbounded
";

/// The program, with a cache of its own.
struct Program {
    cache: TempDir,
    source: Vec<String>,
}

impl Program {
    fn new(source: &[&str]) -> Self {
        Self { cache: tempfile::tempdir().unwrap(), source: source.iter().map(|&one| one.to_owned()).collect() }
    }

    fn run(&self, arguments: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_mcp-audit"))
            .arg("dependents")
            .args(arguments)
            .args(&self.source)
            .env("MCP_AUDIT_CACHE", self.cache.path())
            .env("MCP_AUDIT_BIGQUERY_TOKEN", "a token")
            .env("MCP_AUDIT_BIGQUERY_PROJECT", "a-project")
            .env("NO_PROXY", "127.0.0.1")
            .output()
            .unwrap()
    }

    fn json(&self, arguments: &[&str]) -> Value {
        let output = self.run(&[arguments, &["--format", "json"]].concat());
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{arguments:?}: {said}");
        serde_json::from_slice(&output.stdout).unwrap()
    }

    /// What it says when it cannot answer.
    fn failure(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        assert_eq!(output.status.code(), Some(2), "{}", String::from_utf8_lossy(&output.stdout));
        String::from_utf8(output.stderr).unwrap()
    }

    /// The releases that an answer rests on, each with what it asks of the package.
    fn releases(&self, arguments: &[&str]) -> Vec<Value> {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("releases.ndjson");
        self.json(&[arguments, &["--save", file.to_str().unwrap()]].concat());
        let package = Name::new(arguments[0]);
        let mut rows: Vec<Value> =
            fs::read_to_string(file).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        for row in &mut rows {
            let all = row["requires_dist"].as_array_mut().unwrap();
            all.retain(|line| Name::of_requirement(line.as_str().unwrap()) == package);
        }
        rows
    }
}

/// The rows of the table.
fn files() -> Vec<Value> {
    FILES.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// The same table as a file.
fn replayed() -> (Program, TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("files.ndjson");
    fs::write(&path, FILES).unwrap();
    (Program::new(&["--from", path.to_str().unwrap()]), folder)
}

/// Whether the program says of an engine what it says of the file.
fn answers_alike(program: &Program) {
    let (file, _folder) = replayed();
    for arguments in [
        &["mcp"][..],
        &["mcp", "--as-of", "2026-07-28"],
        &["mcp", "--as-of", "2026-02-02"],
        &["MCP", "--transitive", "4"],
        &["Fir.Spelled", "--major", "2"],
        &["unheard-of", "--major", "2"],
        // The newest final release decides which major is asked about.
        &["mcp-types", "--major", "3"],
        &["larch.sdist"],
    ] {
        let (expected, found) = (file.json(arguments), program.json(arguments));
        for part in ["subject", "tally", "dependents", "months", "levels"] {
            assert_eq!(found[part], expected[part], "{arguments:?}: {part}");
        }
        let source = &found["origins"][0];
        assert_eq!(source["coverage"], "all");
        assert_ne!(source["source"], "snapshot");
    }
    assert_eq!(program.json(&["mcp"])["origins"][0]["rows"], files().len());
    for arguments in [&["mcp"][..], &["mcp", "--as-of", "2026-07-28"], &["fir-spelled", "--major", "1"]] {
        let (expected, found) = (file.releases(arguments), program.releases(arguments));
        assert_eq!(found, expected, "{arguments:?}");
    }
    let listed = program.json(&["mcp"])["dependents"].as_array().unwrap().iter().map(line).collect::<String>();
    assert_eq!(listed, DEPENDENTS);
}

fn line(dependent: &Value) -> String {
    let text = |field: &str| dependent[field].as_str().unwrap().to_owned();
    let optional = if dependent["optional"] == true { ", optional" } else { "" };
    format!("{} {} {}{optional}\n", text("name"), text("version"), text("class"))
}

/// Makes the table of files in a ClickHouse engine.
fn load(engine: &Engine, time: &str) {
    engine.query("CREATE DATABASE pypi").unwrap();
    let columns = "name String, version String, requires_dist Array(String), filename String, packagetype String";
    let table = format!("CREATE TABLE pypi.projects ({columns}, upload_time {time}) ENGINE = MergeTree ORDER BY name");
    // The old server knows only the long form of ORDER BY's companion.
    engine.query(table).unwrap();
    let rows = files().into_iter().map(|mut row| {
        let uploaded = row["uploaded"].as_str().unwrap().replace('T', " ").replace('Z', "");
        row.as_object_mut().unwrap().remove("uploaded");
        row["upload_time"] = json!(uploaded);
        format!("{row}\n")
    });
    engine.query(format!("INSERT INTO pypi.projects FORMAT JSONEachRow\n{}", rows.collect::<String>())).unwrap();
}

/// Everything that is promised of a ClickHouse engine, old or new.
fn speaks_clickhouse(mut engine: Engine, time: &str) {
    let endpoint = format!("{}?user=demo", engine.address);
    let program = Program::new(&["--endpoint", &endpoint]);
    let said = program.failure(&["mcp"]);
    assert!(said.contains("this server has no copy of the data") && said.lines().count() == 1, "{said}");

    load(&engine, time);
    answers_alike(&program);
    published_sql_agrees(&engine, &program);

    // Nobody has counted downloads yet; then somebody has.
    let notes = |survey: &Value| survey["notes"].to_string();
    assert!(notes(&program.json(&["mcp"])).contains("has no table pypi.pypi_downloads_per_day"));
    let table = "CREATE TABLE pypi.pypi_downloads_per_day (date Date, project String, count Int64) \
                 ENGINE = SummingMergeTree ORDER BY (project, date)";
    engine.query(table).unwrap();
    let rows = "INSERT INTO pypi.pypi_downloads_per_day (date, project, count) \
                SELECT today() - 40 + number AS date, 'oak-bare' AS project, 1000 AS count FROM system.numbers LIMIT 41";
    engine.query(rows).unwrap();
    let survey = program.json(&["mcp"]);
    let counted: Vec<_> =
        survey["dependents"].as_array().unwrap().iter().filter(|one| !one["downloads"].is_null()).collect();
    assert_eq!((counted.len(), &counted[0]["name"]), (1, &"oak-bare".into()));
    assert_eq!(counted[0]["downloads"], 30_000, "thirty whole days, and today is none yet");

    // What was answered today is there when the server is not.
    engine.stop();
    assert_eq!(program.json(&["mcp"])["dependents"], survey["dependents"]);
    let said = program.failure(&["mcp", "--refresh"]);
    assert!(said.contains("failed to ask http://127.0.0.1:") && said.lines().count() == 1, "{said}");
}

/// Whether the query that the README publishes finds what the program finds. It takes the upload that came last for the
/// newest release, which backports and pre-releases are not, and knows nothing of names that are no dependents' any more.
fn published_sql_agrees(engine: &Engine, program: &Program) {
    let readme = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")).unwrap();
    let query = readme.split("```sql\n").nth(1).and_then(|rest| rest.split("```").next()).expect("the README's query");
    let answer = engine.query(query).unwrap();
    let found: Vec<Value> = answer.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let survey = program.json(&["mcp"]);
    let dependents = survey["dependents"].as_array().unwrap();
    assert_eq!(found.len(), dependents.len());
    for (row, dependent) in found.iter().zip(dependents) {
        let name = dependent["name"].as_str().unwrap();
        assert_eq!(row["pkg"], name);
        let by_time = match name {
            "birch-backport" => ("1.9.9", json!(["mcp>=1,<2"])),
            "cedar-prerelease" => ("2.0rc1", json!(["mcp>=2"])),
            _ => (dependent["version"].as_str().unwrap(), dependent["requirements"].clone()),
        };
        assert_eq!((row["version"].as_str().unwrap(), row["reqs"].clone()), by_time, "{name}");
    }
}

#[test]
fn the_oldest_server_that_is_packaged_is_understood() {
    let how = "Debian and Ubuntu package it as `clickhouse-server`";
    let Some(engine) = or_not_run(server(), "Debian's ClickHouse server", how) else { return };
    speaks_clickhouse(engine, "DateTime");
}

#[test]
fn a_present_day_engine_is_understood() {
    let how = "MCP_AUDIT_ENGINES=required installs it below target/";
    let Some(engine) = or_not_run(bridge(), "a present-day ClickHouse engine", how) else { return };
    speaks_clickhouse(engine, "DateTime64(6, 'UTC')");
}

#[test]
fn credentials_reach_a_server_and_nobody_else() {
    let how = "Debian and Ubuntu package it as `clickhouse-server`";
    let Some(engine) = or_not_run(server(), "Debian's ClickHouse server", how) else { return };
    load(&engine, "DateTime");
    let at = |user: &str| engine.address.replace("://", &format!("://{user}@"));
    let program = Program::new(&["--endpoint", &at("guarded:open%20sesame")]);
    let survey = program.json(&["mcp"]);
    assert_eq!(survey["dependents"].as_array().unwrap().len(), 23);
    assert!(!survey.to_string().contains("sesame"));
    let said = Program::new(&["--endpoint", &at("guarded:wrong-sesame")]).failure(&["mcp"]);
    assert!(said.contains("check the user and the password") && !said.contains("sesame"), "{said}");
}

#[test]
fn the_emulator_of_bigquery_is_understood() {
    let how = "MCP_AUDIT_ENGINES=required installs it below target/";
    let Some(mut engine) = or_not_run(emulator(), "the BigQuery emulator", how) else { return };
    let data = format!("{}bigquery/v2/projects/bigquery-public-data/datasets", engine.address);
    let post = |address: &str, body: Value| {
        let answer = engine.client.post(address).json(&body).send().unwrap();
        let (good, text) = (answer.status().is_success(), answer.text().unwrap());
        assert!(good && !text.contains("\"errors\""), "{text}");
    };
    post(&data, json!({"datasetReference": {"projectId": "bigquery-public-data", "datasetId": "pypi"}}));
    let field = |name: &str, kind: &str, mode: &str| json!({"name": name, "type": kind, "mode": mode});
    let texts = ["name", "version", "filename", "packagetype"].map(|name| field(name, "STRING", "NULLABLE"));
    let others = [field("requires_dist", "STRING", "REPEATED"), field("upload_time", "TIMESTAMP", "NULLABLE")];
    let table = json!({"projectId": "bigquery-public-data", "datasetId": "pypi", "tableId": "distribution_metadata"});
    let schema = json!({ "fields": ([&texts[..], &others[..]].concat()) });
    post(&format!("{data}/pypi/tables"), json!({"tableReference": table, "schema": schema}));
    let rows = files().into_iter().map(|mut row| {
        row["upload_time"] = row.as_object_mut().unwrap().remove("uploaded").unwrap();
        json!({ "json": row })
    });
    let rows: Vec<_> = rows.collect();
    post(&format!("{data}/pypi/tables/distribution_metadata/insertAll"), json!({ "rows": rows }));

    let program = Program::new(&["--source", "bigquery", "--endpoint", &engine.address]);
    answers_alike(&program);
    let output = program.run(&["mcp", "--refresh"]);
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(said.contains("BigQuery will read 0 bytes for this question"), "{said}");
    engine.stop();
    assert_eq!(program.json(&["mcp"])["dependents"].as_array().unwrap().len(), 23, "what was paid for is kept");
}
