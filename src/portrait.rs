//! What code shows of how it uses the protocol, right or wrong, broken or not: what every reader of code answers when an
//! inventory is asked for. Nothing is judged here.

use serde::Serialize;

use crate::source::{Position, Span};

/// What a place of the code is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// A server is made.
    Server,
    /// A server is started, or a transport for one is made.
    ServerTransport,
    /// A client or a session of one is made.
    Client,
    /// A transport for a client is opened.
    ClientTransport,
    /// Something of the SDK's authorization is imported.
    AuthImport,
    /// Authorization is configured or implemented.
    AuthConfiguration,
    /// An environment variable is read.
    Environment,
    /// Something is kept for the length of a session, or it is said that nothing is.
    SessionState,
    /// A tool is declared.
    Tool,
    /// A resource or a template of resources is declared.
    Resource,
    /// A prompt is declared.
    Prompt,
    /// A handler of requests is registered that answers for many: `list_tools`, `call_tool`.
    Handler,
    /// The client's roots are asked for, or told.
    Roots,
    /// The client's model is asked, or lent.
    Sampling,
    /// Log messages are sent over the protocol, or heard.
    Logging,
    /// The user is asked, or answers.
    Elicitation,
    /// Tasks are used.
    Tasks,
    /// Progress is sent, or heard.
    Progress,
    /// Changes are announced, or subscribed to.
    Subscriptions,
}

/// How messages travel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Transport {
    /// Standard input and output of a process.
    Stdio,
    /// Streamable HTTP.
    Http,
    /// HTTP with server-sent events, which is deprecated.
    Sse,
    /// A WebSocket.
    Websocket,
    /// Within one process.
    Memory,
    /// What a value tells when the program runs.
    Unknown,
}

impl Transport {
    /// The name for people.
    pub fn name(self) -> &'static str {
        match self {
            Self::Stdio => "stdio",
            Self::Http => "streamable HTTP",
            Self::Sse => "HTTP+SSE",
            Self::Websocket => "WebSocket",
            Self::Memory => "in memory",
            Self::Unknown => "told at run time",
        }
    }

    /// Whether messages go over HTTP, or may.
    pub fn may_be_http(self) -> bool {
        matches!(self, Self::Http | Self::Sse | Self::Unknown)
    }
}

/// One place of the code and what it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact {
    /// What it is.
    pub kind: Kind,
    /// What it is called: the tool's name, the resource's address, the variable. `None` where only running would tell.
    pub name: Option<String>,
    /// What of the SDK is used: `mcp.server.fastmcp.FastMCP`, `@server.tool`.
    pub by: String,
    /// How messages travel, for transports.
    pub transport: Option<Transport>,
    /// The arguments that say how, as written and in their order, each no longer than a line.
    pub settings: Vec<(String, String)>,
    /// Where it stands.
    pub span: Span,
}

impl Fact {
    /// A fact without settings.
    pub(crate) fn new(kind: Kind, by: impl Into<String>, span: Span) -> Self {
        Self { kind, name: None, by: by.into(), transport: None, settings: Vec::new(), span }
    }

    /// The setting of this name, as written.
    pub fn setting(&self, name: &str) -> Option<&str> {
        self.settings.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

/// A fact with the file it stands in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placed {
    /// The file, as shown.
    pub path: String,
    /// Where in it.
    pub start: Position,
    /// What stands there.
    pub fact: Fact,
}

/// The longest text of an argument that is kept, in characters.
const LONGEST: usize = 60;

/// An argument as written, on one line and cut.
pub(crate) fn shortened(text: &str) -> String {
    let mut line = String::new();
    for word in text.split_whitespace() {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
        if let Some((at, _)) = line.char_indices().nth(LONGEST) {
            line.truncate(at);
            line.push('…');
            break;
        }
    }
    line
}
