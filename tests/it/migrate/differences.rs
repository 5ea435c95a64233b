//! What is not the same on the newer SDK and cannot be, because the SDK itself answers otherwise. Each difference stands
//! here once, by name and with its reason; one that is seen no more fails the test, as does one that is not here.

use std::collections::BTreeSet;

use super::exchange::Difference;

/// A difference that is the newer SDK's doing.
pub(super) struct Known {
    /// The fixture, or `*` for all.
    fixture: &'static str,
    /// How the request begins.
    step: &'static str,
    /// The field and all below it, as a JSON pointer.
    at: &'static str,
    /// The older and the newer answer as JSON, or [`ANY`].
    was: &'static str,
    is: &'static str,
    /// Why it is so.
    #[expect(dead_code, reason = "for those who read the table")]
    reason: &'static str,
}

/// Stands for any value.
const ANY: &str = "…";

const METHOD: &str = "the error for a method that a server does not have names the method";
const MASKED: &str = "texts of exceptions other than ToolError are kept from clients (told by PY158)";
const BLOCKS: &str = "content blocks are sent as content alone (told by PY179)";
const UNKNOWN_RESOURCE: &str = "resources/read {\"uri\": \"nothing://is/here\"}";

const fn known(
    fixture: &'static str,
    step: &'static str,
    at: &'static str,
    [was, is]: [&'static str; 2],
    reason: &'static str,
) -> Known {
    Known { fixture, step, at, was, is, reason }
}

/// All of them.
pub(super) const KNOWN: &[Known] = &[
    known(
        "*",
        "initialize",
        "/answer/result/capabilities/experimental",
        ["{}", ""],
        "a capability that a server does not have is left out rather than empty",
    ),
    known(
        "*",
        "initialize",
        "/answer/result/serverInfo/version",
        ["\"1.30.0\"", "\"\""],
        "a server without a version of its own had the SDK's, and now has none",
    ),
    known(
        "lowlevel-kitchen",
        "initialize",
        "/answer/result/capabilities/resources/subscribe",
        ["false", "true"],
        "a server that handles subscriptions now says so",
    ),
    // What a server does not handle at all.
    known("*", "resources/list", "/answer/error/data", ["", "\"resources/list\""], METHOD),
    known("*", "resources/templates/list", "/answer/error/data", ["", "\"resources/templates/list\""], METHOD),
    known("*", "resources/read", "/answer/error/data", ["", "\"resources/read\""], METHOD),
    known("*", "prompts/list", "/answer/error/data", ["", "\"prompts/list\""], METHOD),
    known("*", "prompts/get", "/answer/error/data", ["", "\"prompts/get\""], METHOD),
    known("*", "logging/setLevel", "/answer/error/data", ["", "\"logging/setLevel\""], METHOD),
    // Resources.
    known(
        "*",
        UNKNOWN_RESOURCE,
        "/answer/error/code",
        ["0", "-32602"],
        "a resource that is not there has a code (SEP-2164)",
    ),
    known(
        "*",
        UNKNOWN_RESOURCE,
        "/answer/error/data",
        ["", "{\"uri\":\"nothing://is/here\"}"],
        "and the error names it (SEP-2164)",
    ),
    known(
        "fastmcp-bookshop",
        "resources/read {\"uri\": \"shop://books/404\"}",
        "/answer/error/code",
        ["0", "-32603"],
        "a resource function that raises has a code",
    ),
    known(
        "fastmcp-bookshop",
        "resources/read {\"uri\": \"shop://books/404\"}",
        "/answer/error/data",
        ["", "{\"uri\":\"shop://books/404\"}"],
        "and the error names the resource",
    ),
    known(
        "fastmcp-bookshop",
        "resources/read {\"uri\": \"shop://books/404\"}",
        "/answer/error/message",
        [ANY, "\"Error creating resource from template shop://books/404\""],
        "texts of exceptions are kept from clients (told by PY710)",
    ),
    // Tools.
    known(
        "fastmcp-http",
        "tools/call",
        "/answer/result/content/0/text",
        ["\"Error executing tool shout: cannot shout less than not at all\"", "\"Error executing tool shout\""],
        MASKED,
    ),
    known(
        "fastmcp-split",
        "tools/call",
        "/answer/result/content/0/text",
        ["\"Error executing tool tide: there is no hour 30\"", "\"Error executing tool tide\""],
        MASKED,
    ),
    known("fastmcp-split", "tools/list", "/answer/result/tools/1/outputSchema", [ANY, ""], BLOCKS),
    known("fastmcp-split", "tools/call", "/answer/result/structuredContent", [ANY, ""], BLOCKS),
    known(
        "fastmcp-bookshop",
        "tools/call {\"arguments\": {\"number\": \"0\"}, \"name\": \"order\"}",
        "/answer/result/content/0/text",
        ["\"Error executing tool order: number zero was never printed\"", "\"Error executing tool order\""],
        MASKED,
    ),
    known(
        "fastmcp-bookshop",
        "tools/call {\"name\": \"lend\"",
        "/answer/result",
        [ANY, ""],
        "an MCP error in a tool fails the request (told by PY157)",
    ),
    known(
        "fastmcp-bookshop",
        "tools/call {\"name\": \"lend\"",
        "/answer/error",
        ["", "{\"code\":-32602,\"data\":{\"number\":\"word\"},\"message\":\"this is a shop, not a library\"}"],
        "an MCP error in a tool fails the request (told by PY157)",
    ),
    // Programs.
    known(
        "tests-in-memory",
        "tests-in-memory tests 0",
        "/4",
        ["tests/test_ledger.py::test_direct_calls PASSED", "tests/test_ledger.py::test_direct_calls FAILED"],
        "a result that is taken apart is left to a person (told by PY153)",
    ),
    known(
        "tests-in-memory",
        "tests-in-memory tests 0",
        "/9",
        ["exit Some(0)", "exit Some(1)"],
        "one test fails, see above",
    ),
    known(
        "tests-with-mocks",
        "tests-with-mocks tests 0",
        "/7",
        ["tests/test_server.py::test_port PASSED", "tests/test_server.py::test_port FAILED"],
        "what a mock of a server has for settings is the test's to say anew (told by PY121)",
    ),
    known(
        "tests-with-mocks",
        "tests-with-mocks tests 0",
        "/9",
        ["tests/test_server.py::test_transport PASSED", "tests/test_server.py::test_transport FAILED"],
        "a start is given more than it was (told by PY121)",
    ),
    known(
        "tests-with-mocks",
        "tests-with-mocks tests 0",
        "/10",
        ["exit Some(0)", "exit Some(1)"],
        "two tests fail, see above",
    ),
];

impl Known {
    fn admits(&self, fixture: &str, difference: &Difference) -> bool {
        let same = |wanted: &str, value: &str| wanted == ANY || wanted == value;
        (self.fixture == "*" || self.fixture == fixture)
            && difference.step.starts_with(self.step)
            && difference.at.strip_prefix(self.at).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
            && same(self.was, &difference.before)
            && same(self.is, &difference.after)
    }

    fn shown(&self) -> String {
        format!("{}: {} {}: {} => {}", self.fixture, self.step, self.at, self.was, self.is)
    }
}

/// The differences of `seen`, each with its fixture, that [`KNOWN`] does not name, and what it names that was not seen.
pub(super) fn unexplained(seen: &[(String, Difference)]) -> Vec<String> {
    let mut used = BTreeSet::new();
    let mut found = Vec::new();
    for (fixture, difference) in seen {
        match KNOWN.iter().position(|known| known.admits(fixture, difference)) {
            Some(at) => _ = used.insert(at),
            None => found.push(format!(
                "{fixture}: {} {}\n    was {}\n    is  {}",
                difference.step, difference.at, difference.before, difference.after
            )),
        }
    }
    let gone = KNOWN.iter().enumerate().filter(|(at, _)| !used.contains(at));
    found.extend(gone.map(|(_, known)| format!("no longer seen: {}", known.shown())));
    found
}
