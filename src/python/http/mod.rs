//! What the modules of a project do with httpx: which serve the SDK alone, and so move to httpx2 as a whole, and which
//! fetch for themselves. It is read from names only, so that every module of a project gives the same answer.

mod collect;

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

pub(crate) use collect::http;

use super::names::Modules;
use crate::packages::is_sdk_path;

const CLIENT: &str = "httpx.AsyncClient";

/// The classes whose instances authenticate requests.
const AUTHENTICATION: [&str; 5] =
    ["httpx.Auth", "httpx.BasicAuth", "httpx.DigestAuth", "httpx.FunctionAuth", "httpx.NetRCAuth"];

/// Packages whose interface takes or gives what is of httpx.
const FOREIGN: [&str; 16] = [
    "a2a",
    "anthropic",
    "authlib",
    "fastmcp",
    "groq",
    "httpcore",
    "httpx_aiohttp",
    "httpx_auth",
    "httpx_oauth",
    "httpx_sse",
    "httpx_ws",
    "mistralai",
    "ollama",
    "openai",
    "pytest_httpx",
    "respx",
];

/// What a module says of HTTP. Paths are as the module says them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Http {
    /// It imports httpx.
    pub(crate) uses_httpx: bool,
    /// It uses httpx for more than to catch errors.
    pub(crate) gives: bool,
    /// It imports a package whose own interface is made of httpx's classes.
    pub(crate) has_foreign: bool,
    /// The functions that make a client and return it.
    pub(crate) makers: BTreeSet<String>,
    /// The classes whose instances another is handed to authenticate with, by their own path.
    pub(crate) signers: BTreeSet<String>,
    /// What the SDK is handed: factories, and functions that make a client for it.
    pub(crate) handed: BTreeSet<String>,
    /// It names a factory by the keyword that only the SDK's transports have.
    pub(crate) names_factory: bool,
    /// What makes a value that is used for something else than to be handed to the SDK.
    pub(crate) consumed: BTreeSet<String>,
    /// What is called with authentication, a client or a factory.
    pub(crate) takers: BTreeSet<String>,
}

/// What becomes of httpx in the modules of a project.
#[derive(Debug, Default)]
pub(crate) struct Moves {
    modules: HashSet<String>,
    serving: HashSet<String>,
}

impl Moves {
    /// Whether all that `module` uses httpx for is for the SDK.
    pub(crate) fn is_moved(&self, module: &str) -> bool {
        self.modules.contains(module)
    }

    /// Whether `module` hands the SDK authentication, a client or a factory, or is moved for one that does.
    pub(crate) fn serves(&self, module: &str) -> bool {
        self.serving.contains(module)
    }
}

/// What is handed a client, a factory or authentication and sends requests with it.
fn is_transport(path: &str) -> bool {
    let name = path.rsplit('.').next().unwrap_or(path);
    is_sdk_path(path)
        && matches!(
            name,
            "sse_client"
                | "streamablehttp_client"
                | "streamable_http_client"
                | "StreamableHTTPTransport"
                | "create_mcp_http_client"
        )
}

/// Tells what becomes of httpx in `modules`.
pub(crate) fn moves(modules: &Modules) -> Moves {
    let all: BTreeMap<&str, &Http> = modules.http().collect();
    let led = |paths: &BTreeSet<String>, from: &str| -> Vec<String> {
        let of = |path: &String| if path.contains('#') { vec![path.clone()] } else { modules.canonical(path, from) };
        paths.iter().flat_map(of).collect()
    };
    let mut serving: HashSet<String> = HashSet::new();
    let (mut handed, mut consumed) = (HashSet::new(), HashSet::new());
    for (path, http) in &all {
        if led(&http.takers, path).iter().any(|taker| is_transport(taker)) {
            serving.insert((*path).to_owned());
        }
        handed.extend(led(&http.handed, path));
        consumed.extend(led(&http.consumed, path));
    }
    if serving.is_empty() {
        return Moves::default();
    }
    // How the factory gets from there to the transport need not be seen.
    serving.extend(all.iter().filter(|(_, http)| http.names_factory).map(|(path, _)| (*path).to_owned()));
    let fetches = |path: &str, http: &Http| {
        let is_own = |maker: &String| consumed.contains(maker) || !handed.contains(maker);
        http.has_foreign || http.makers.iter().any(is_own) || led(&http.consumed, path).iter().any(|used| sends(used))
    };
    let movable: HashSet<&str> =
        all.iter().filter(|(path, http)| http.uses_httpx && !fetches(path, http)).map(|(path, _)| *path).collect();
    let beside = neighbours(modules);
    let is_fetching = |path: &str| all.get(path).is_some_and(|http| http.uses_httpx) && !movable.contains(path);
    let mut moved: HashSet<String> = HashSet::new();
    let mut front: Vec<String> = serving.iter().cloned().collect();
    while let Some(from) = front.pop() {
        if movable.contains(from.as_str()) && !moved.insert(from.clone()) {
            continue;
        }
        let near = beside.get(from.as_str()).into_iter().flatten().copied();
        // Who brings a signer and the client together need not use httpx itself.
        let between = near.clone().filter(|one| all.get(one).is_some_and(|http| !http.uses_httpx));
        let signers = between.flat_map(|one| beside.get(one).into_iter().flatten().copied());
        let signers = signers.filter(|one| all.get(one).is_some_and(|http| !http.signers.is_empty()));
        for one in near.chain(signers) {
            let Some(http) = all.get(one).filter(|_| movable.contains(one) && !moved.contains(one)) else { continue };
            let is_shared = beside.get(one).into_iter().flatten().any(|other| is_fetching(other));
            if http.gives && !is_shared {
                serving.insert(one.to_owned());
                front.push(one.to_owned());
            }
        }
    }
    Moves { modules: moved, serving }
}

/// The modules that import something of each other.
fn neighbours(modules: &Modules) -> HashMap<&str, BTreeSet<&str>> {
    let mut beside: HashMap<&str, BTreeSet<&str>> = HashMap::new();
    for (from, imports) in modules.imports() {
        let targets = imports.iter().flat_map(|path| modules.canonical(path, from));
        for target in targets.collect::<BTreeSet<_>>() {
            if let Some(to) = modules.loaded_by(&target, from) {
                beside.entry(from).or_default().insert(to);
                beside.entry(to).or_default().insert(from);
            }
        }
    }
    beside
}

/// Whether requests are sent by what `path` is, or by what it makes.
fn sends(path: &str) -> bool {
    let name = path.strip_prefix("httpx.");
    let verbs = ["delete", "get", "head", "options", "patch", "post", "put", "request", "stream"];
    path == CLIENT || name.is_some_and(|name| name == "Client" || verbs.contains(&name))
}

/// Whether `path` is a class of httpx whose instances authenticate requests.
pub(crate) fn is_authentication(path: &str) -> bool {
    AUTHENTICATION.contains(&path)
}

#[cfg(test)]
mod tests {
    use crate::python::names::{Modules, ProjectModule, summary};

    /// Which of the files move.
    fn moved(files: &[(&str, &str)]) -> Vec<String> {
        let mut modules = Modules::default();
        for (path, text) in files {
            let module = ProjectModule::of_file(path);
            modules.add(&module, summary(text, &module.path, &module.package));
        }
        let paths = files.iter().map(|(path, _)| (*path).to_owned());
        paths.filter(|path| modules.moves().is_moved(&ProjectModule::of_file(path).path)).collect()
    }

    const SEED: &str = "from mcp.client.sse import sse_client\nfrom .made import make\n\
        def connect(url, auth):\n    return sse_client(url, auth=auth, httpx_client_factory=make)\n";
    const MADE: &str = "import httpx\ndef make(**kw) -> httpx.AsyncClient:\n    return httpx.AsyncClient(**kw)\n";

    #[test]
    fn what_makes_clients_for_the_sdk_moves() {
        assert_eq!(moved(&[("app/seed.py", SEED), ("app/made.py", MADE)]), ["app/made.py"]);
        // By itself it may be for anything.
        assert!(moved(&[("app/made.py", MADE)]).is_empty());
    }

    #[test]
    fn what_fetches_for_itself_stays() {
        let more = |text: &str| format!("{MADE}{text}");
        for text in [
            "def get(url):\n    return httpx.get(url)\n",
            "async def get(url):\n    async with httpx.AsyncClient() as http:\n        return await http.get(url)\n",
            "async def get(url):\n    async with make() as http:\n        return await http.get(url)\n",
            "class Api:\n    def __init__(self):\n        self.http = httpx.AsyncClient()\n    async def get(self, url):\n        return await self.http.get(url)\n",
            "async def get(http: httpx.AsyncClient, url):\n    return await http.get(url)\n",
            "import openai\nai = openai.AsyncOpenAI(http_client=httpx.AsyncClient())\n",
            "class Own(httpx.AsyncClient): ...\n",
            "client = [httpx.AsyncClient()]\n",
        ] {
            assert!(moved(&[("app/seed.py", SEED), ("app/made.py", &more(text))]).is_empty(), "{text}");
        }
        for text in [
            "class Token(httpx.Auth): ...\n",
            "from mcp.client.streamable_http import streamable_http_client\nasync def go(url):\n    async with httpx.AsyncClient() as http, streamable_http_client(url, http_client=http) as s:\n        print(s)\n",
            "def later(url, http: httpx.AsyncClient | None = None):\n    print(url)\n",
        ] {
            assert_eq!(moved(&[("app/seed.py", SEED), ("app/made.py", &more(text))]), ["app/made.py"], "{text}");
        }
    }

    #[test]
    fn a_signer_moves_with_the_client_that_somebody_hands_it_to() {
        let token = "import httpx\nclass Token(httpx.Auth): ...\n";
        let main = "from .seed import connect\nfrom .token import Token\nconnect('', Token())\n";
        let fetch = "import httpx\nfrom .token import Token\nhttpx.get('', auth=Token())\n";
        let files = [("app/seed.py", SEED), ("app/made.py", MADE), ("app/token.py", token), ("app/main.py", main)];
        assert_eq!(moved(&files), ["app/made.py", "app/token.py"]);
        let shared = [files.as_slice(), &[("app/fetch.py", fetch)]].concat();
        assert_eq!(moved(&shared), ["app/made.py"]);
    }
}
