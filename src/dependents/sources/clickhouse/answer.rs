//! What a server answers: one row of JSON, or an error that need not show in the status.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer};

use crate::dependents::http::{Failure, Kind, Response, excerpt};

/// One answer: how many things there are, and the things.
#[derive(Debug, Deserialize)]
pub(super) struct Page<T> {
    /// How many there are by the server's count.
    pub(super) total: Whole,
    /// The things.
    pub(super) items: Vec<T>,
    /// Rows that were read for it, where asked for.
    #[serde(default)]
    pub(super) files: Whole,
    /// Seconds since 1970 of the last upload among them, where asked for.
    #[serde(default)]
    pub(super) newest: Whole,
}

/// A number that old servers write as text when it has 64 bits.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Whole(pub(super) u64);

impl<'de> Deserialize<'de> for Whole {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum Either {
            Number(u64),
            Text(String),
        }
        match Either::deserialize(deserializer)? {
            Either::Number(number) => Ok(Self(number)),
            Either::Text(text) => text.parse().map(Self).map_err(serde::de::Error::custom),
        }
    }
}

/// Why there is no answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Trouble {
    /// The server says why, with one of its error codes.
    Server { code: u32, sentence: String },
    /// It did not come to that.
    Transport(Failure),
    /// What came is not an answer.
    Malformed(String),
}

impl Trouble {
    /// Whether a smaller question might be answered.
    pub(super) fn is_of_size(&self) -> bool {
        match self {
            // Memory, time, and the rows or bytes of a result.
            Self::Server { code, .. } => matches!(code, 158 | 159 | 160 | 241 | 307 | 396),
            Self::Transport(failure) => matches!(failure.kind, Kind::TooLarge | Kind::TimedOut),
            Self::Malformed(_) => false,
        }
    }

    /// Whether the table is not there, or not for this user.
    pub(super) fn is_of_table(&self) -> bool {
        matches!(self, Self::Server { code: 47 | 60 | 81 | 497, .. })
    }

    /// What happened and what to do now.
    pub(super) fn sentence(self) -> String {
        match self {
            Self::Server { sentence, .. } | Self::Malformed(sentence) => sentence,
            Self::Transport(failure) => failure.sentence,
        }
    }
}

/// The text of an answer, when it is one. A status of 200 is no proof: what fails midway ends in the error's text.
pub(super) fn text(response: &Response) -> Result<String, Trouble> {
    let text = String::from_utf8_lossy(&response.body);
    let said = text.rfind("DB::Exception").filter(|_| !is_row(&text));
    if response.is_success() && said.is_none() {
        return Ok(text.into_owned());
    }
    let from = text.rfind("Code: ").unwrap_or_default();
    let digits = text[from..].trim_start_matches("Code: ").split(|c: char| !c.is_ascii_digit()).next();
    let header = response.header("x-clickhouse-exception-code");
    let code = header.or(digits).and_then(|code| code.trim().parse().ok());
    match code {
        None => Err(Trouble::Transport(response.refusal())),
        Some(code) => {
            let said = excerpt(&text.as_bytes()[from..]);
            let sentence = format!("the ClickHouse server refused the question: {said}; {}", advice(code));
            Err(Trouble::Server { code, sentence })
        }
    }
}

/// Whether a text is one row of JSON and nothing after it.
fn is_row(text: &str) -> bool {
    serde_json::from_str::<serde::de::IgnoredAny>(text).is_ok()
}

/// Reads an answer.
pub(super) fn page<T: DeserializeOwned>(text: &str) -> Result<Page<T>, Trouble> {
    serde_json::from_str(text).map_err(|error| {
        let (begin, reason) = (excerpt(&text.as_bytes()[..text.len().min(80)]), excerpt(error.to_string().as_bytes()));
        let sentence = format!(
            "the address answered something that is no answer of a ClickHouse server ({reason}): `{begin}`; check the \
             endpoint"
        );
        Trouble::Malformed(sentence)
    })
}

/// What to do about an error of the server.
fn advice(code: u32) -> &'static str {
    match code {
        60 | 81 | 47 => "this server has no copy of the data: check the endpoint",
        158 | 159 | 160 | 201 | 202 | 241 => "try again later, or ask another source",
        192..=194 | 497 | 516 => "check the user and the password in the endpoint",
        _ => "try again later, or ask another source",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn response(status: u16, body: &str) -> Response {
        let address = "http://127.0.0.1/".parse().unwrap();
        Response { status, headers: Default::default(), address, body: body.as_bytes().to_vec() }
    }

    #[test]
    fn both_encodings_of_numbers_are_read() {
        for row in [
            r#"{"total":"1","items":[["a",["A"]]],"files":"37","newest":7}"#,
            r#"{"total":1,"items":[["a",["A"]]],"files":37,"newest":7}"#,
        ] {
            let page: Page<(String, Vec<String>)> = page(row).unwrap();
            assert_eq!((page.total.0, page.files.0, page.newest.0, page.items.len()), (1, 37, 7, 1));
        }
        assert!(page::<String>(r#"{"total":"-1","items":[]}"#).is_err());
    }

    #[test]
    fn errors_are_seen_whatever_the_status() {
        let old = "Code: 81, e.displayText() = DB::Exception: Database pypi doesn't exist, e.what() = DB::Exception\n";
        let new = "{\"total\":1,\"ite\nCode: 159. DB::Exception: Timeout exceeded: elapsed 60 s. (TIMEOUT_EXCEEDED)";
        for (status, body, code, size, table) in [
            (404, old, 81, false, true),
            (200, old, 81, false, true),
            (200, new, 159, true, false),
            (500, new, 159, true, false),
        ] {
            let trouble = text(&response(status, body)).unwrap_err();
            assert!(matches!(&trouble, Trouble::Server { code: found, .. } if *found == code), "{trouble:?}");
            assert_eq!((trouble.is_of_size(), trouble.is_of_table()), (size, table));
            assert!(!trouble.sentence().contains('\n'));
        }
        let trouble = text(&response(502, "<html>Bad gateway</html>")).unwrap_err();
        assert!(trouble.sentence().contains("answered 502"));
    }

    #[test]
    fn what_looks_like_an_error_inside_an_answer_is_none() {
        let row = r#"{"total":1,"items":["Code: 1. DB::Exception: x"]}"#;
        assert_eq!(text(&response(200, row)).unwrap(), row);
    }

    #[test]
    fn other_pages_are_not_answers() {
        for body in ["", "Ok.\n", "<html><title>Log in\u{1b}[2J</title>", "[]", "{}", r#"{"total":1}"#] {
            let sentence = page::<String>(&text(&response(200, body)).unwrap()).unwrap_err().sentence();
            assert!(sentence.contains("check the endpoint") && !sentence.contains('\u{1b}'), "{sentence}");
        }
    }
}
