//! Starts the engines, each in a temporary folder and on loopback ports of its own, and ends them with the test.

use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use std::{env, fs, thread};

use reqwest::blocking::Client;
use tempfile::TempDir;

use crate::sdk::environment::{apart, plain};
use crate::sdk::say;

/// How long an engine may take to answer for the first time.
const PATIENCE: Duration = Duration::from_secs(60);

/// An engine that answers.
pub(super) struct Engine {
    /// Where, ending in `/`.
    pub(super) address: String,
    pub(super) client: Client,
    child: Child,
    _folder: TempDir,
}

impl Drop for Engine {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Engine {
    /// What the engine answers to a query.
    pub(super) fn query(&self, text: impl Into<String>) -> Result<String, String> {
        let response = self.client.post(&self.address).body(text.into()).send().map_err(|error| error.to_string())?;
        let (good, text) = (response.status().is_success(), response.text().map_err(|error| error.to_string())?);
        if good { Ok(text) } else { Err(text) }
    }

    /// Ends the engine, as if its machine were gone.
    pub(super) fn stop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Whether every engine must be there: then one that is missing is made, or is a failure.
pub(super) fn required() -> bool {
    env::var_os("MCP_AUDIT_ENGINES").is_some_and(|value| value == "required")
}

/// The engine, or none with a word about it where it need not be there.
pub(super) fn or_not_run(started: Result<Option<Engine>, String>, what: &str, how: &str) -> Option<Engine> {
    match started {
        Ok(Some(engine)) => Some(engine),
        Ok(None) if !required() => {
            say(&format!("NOT RUN: {what} is not here; {how}"));
            None
        }
        Ok(None) => panic!("MCP_AUDIT_ENGINES=required, but {what} is not here; {how}"),
        Err(problem) => panic!("{what} is here and does not run: {problem}"),
    }
}

/// Debian's server, where its package is installed.
pub(super) fn server() -> Result<Option<Engine>, String> {
    let folders = env::var_os("PATH").unwrap_or_default();
    let places = env::split_paths(&folders).chain(["/usr/sbin", "/usr/bin"].map(PathBuf::from));
    let Some(program) = places.map(|folder| folder.join("clickhouse-server")).find(|path| path.is_file()) else {
        return Ok(None);
    };
    let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
    let [http, tcp] = ports();
    let config = include_str!("config.xml").replace("FOLDER", &folder.path().display().to_string());
    let config = config.replace("HTTP_PORT", &http.to_string()).replace("TCP_PORT", &tcp.to_string());
    fs::write(folder.path().join("config.xml"), config).map_err(|error| error.to_string())?;
    fs::write(folder.path().join("users.xml"), include_str!("users.xml")).map_err(|error| error.to_string())?;
    for name in ["data", "tmp"] {
        fs::create_dir(folder.path().join(name)).map_err(|error| error.to_string())?;
    }
    let mut command = Command::new(program);
    command.arg("--config-file=config.xml");
    started(command, folder, Some(http), "ping").map(Some)
}

/// A present-day engine, from the package index.
pub(super) fn bridge() -> Result<Option<Engine>, String> {
    let proof = "import chdb.session";
    let Some(python) = apart("chdb", include_str!("chdb.txt"), proof, required())? else { return Ok(None) };
    let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
    let mut command = plain(python);
    command.arg(script("bridge.py")).arg("data");
    started(command, folder, None, "").map(Some)
}

/// The BigQuery emulator, from the package index.
pub(super) fn emulator() -> Result<Option<Engine>, String> {
    let proof = "import bqemulator, duckdb_extensions";
    let Some(python) = apart("emulator", include_str!("emulator.txt"), proof, required())? else { return Ok(None) };
    let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
    let [rest, grpc] = ports();
    let mut command = plain(python);
    command.arg(script("emulator.py")).env("HOME", folder.path());
    command.args(["--rest-port", &rest.to_string(), "--grpc-port", &grpc.to_string(), "--log-level", "error"]);
    started(command, folder, Some(rest), "bigquery/v2/projects/x/datasets").map(Some)
}

fn script(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/engines").join(name)
}

/// Ports that nobody listens on.
fn ports() -> [u16; 2] {
    let listeners = [(); 2].map(|()| TcpListener::bind("127.0.0.1:0").unwrap());
    listeners.map(|listener| listener.local_addr().unwrap().port())
}

/// Runs an engine in its folder until it answers at `probe`. Without a port, its first line says which. What it writes
/// beyond that goes to a file, for when it does not answer; its input stays open for as long as it is wanted.
fn started(mut command: Command, folder: TempDir, port: Option<u16>, probe: &str) -> Result<Engine, String> {
    let log = folder.path().join("log");
    let said = fs::File::create(&log).map_err(|error| error.to_string())?;
    command.current_dir(folder.path()).stdin(Stdio::piped());
    command.stderr(said.try_clone().map_err(|error| error.to_string())?);
    command.stdout(if port.is_none() { Stdio::piped() } else { said.into() });
    // It looks at the engine that this folder holds and nothing else.
    let mut child = command.spawn().map_err(|error| format!("failed to start {command:?}: {error}"))?;
    let port = port.or_else(|| {
        let mut line = String::new();
        BufReader::new(child.stdout.take()?).read_line(&mut line).ok()?;
        line.trim().parse().ok()
    });
    // A client is not made without a provider of ciphers, whatever it is to ask. Another test may have set the same one.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let client = Client::builder().no_proxy().timeout(Duration::from_secs(300)).build().unwrap();
    let address = format!("http://127.0.0.1:{}/", port.unwrap_or_default());
    let mut engine = Engine { address, client, child, _folder: folder };
    let began = Instant::now();
    while engine.client.get(format!("{}{probe}", engine.address)).send().is_err() {
        let ended = engine.child.try_wait().is_ok_and(|status| status.is_some());
        if port.is_none() || ended || began.elapsed() > PATIENCE {
            let said = fs::read_to_string(&log).unwrap_or_default();
            return Err(format!("no answer:\n{}", crate::sdk::tail(&said, 15)));
        }
        thread::sleep(Duration::from_millis(100));
    }
    Ok(engine)
}
