//! Tables of `name = value`, where the key is the package and the value its specifier or a table of details: Poetry,
//! Pipenv, pixi, PDM's overrides and uv's sources, which differ in their dialect and in little else.

use toml_edit::{Item, Key, TableLike, Value};

use super::pip;
use super::tables::Reader;
use crate::requirement::split::{self, normalized};
use crate::requirement::{Dialect, Ecosystem, GitReference, Hold, Place, Requirement, Specifier, VersionPart};
use crate::source::{Fragment, Span};
use crate::syntax::toml;

/// How one table of `name = value` is to be read.
#[derive(Debug, Clone)]
pub(super) struct Entries {
    /// The grammar of the specifiers.
    pub(super) dialect: Dialect,
    /// Where the requirements stand.
    pub(super) place: Place,
    /// What an entry means that gives neither a version nor another source.
    pub(super) unversioned: Unversioned,
    /// Whether a version without operator is an exact pin although the dialect has no such form.
    pub(super) bare_is_exact: bool,
}

/// What an entry means that gives neither a version nor another source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unversioned {
    /// Every version is asked for.
    Any,
    /// Nothing is asked for: the entry only adds details to a requirement elsewhere.
    Nothing,
}

impl Entries {
    /// Entries that ask for packages in `dialect`.
    pub(super) fn new(dialect: Dialect, place: Place) -> Self {
        Self { dialect, place, unversioned: Unversioned::Any, bare_is_exact: false }
    }
}

const NO_VERSION: &str = "the entry names no version; add a `version` key by hand";
const ESCAPED: &str = "the specifier is written with escapes; edit it by hand";
const BARE: &str = "the override is a bare version, which is an exact pin; change it by hand";

/// Details that are PEP 508 marker names; Pipenv takes each as a key of its own.
const MARKER_KEYS: [&str; 6] =
    ["python_version", "python_full_version", "sys_platform", "platform_machine", "platform_system", "os_name"];

/// One entry on its way to a requirement.
struct Entry<'r> {
    rule: &'r Entries,
    /// The name as written, without extras or channel.
    written: String,
    extras: Vec<String>,
    /// The key, while nothing but the value follows it.
    key: Option<Span>,
}

impl Reader<'_> {
    /// Reads every entry of a table.
    pub(super) fn entries(&mut self, item: &Item, rule: &Entries) {
        let Some(table) = item.as_table_like() else {
            let message = format!("`{}` is not a table of packages", rule.place.table);
            return self.found.problem(toml::span(item).unwrap_or_default(), message);
        };
        for (name, item) in table.iter() {
            if let Some((key, _)) = table.get_key_value(name) {
                self.entry(key, item, rule);
            }
        }
    }

    /// Reads one entry; a list gives one requirement for each of its elements.
    pub(super) fn entry(&mut self, key: &Key, item: &Item, rule: &Entries) {
        // Conda's names may carry their channel: `conda-forge::mcp`.
        let name = key.get().rsplit("::").next().unwrap_or_default();
        let Ok(parts) = split::split(name) else { return };
        let mut entry = Entry {
            rule,
            written: name.get(parts.name).unwrap_or_default().to_owned(),
            extras: parts.extras.into_iter().filter_map(|range| name.get(range)).map(str::to_owned).collect(),
            key: key.span().map(Span::from),
        };
        match item {
            Item::Value(Value::Array(array)) => {
                entry.key = None;
                array.iter().for_each(|value| self.entry_value(&entry, value));
            }
            Item::Value(value) => self.entry_value(&entry, value),
            Item::Table(table) => self.entry_table(&entry, table, None),
            Item::ArrayOfTables(tables) => tables.iter().for_each(|table| self.entry_table(&entry, table, None)),
            Item::None => {}
        }
    }

    fn entry_value(&mut self, entry: &Entry<'_>, value: &Value) {
        let whole = value.span().map(Span::from).unwrap_or_default();
        match value {
            Value::String(_) => {
                let Some(fragment) = toml::string_value(self.text, value) else { return };
                let (version, hold) = entry.version(&fragment);
                let text = format!("{} = {}", entry.written, shown(self.text, value));
                self.push_entry(entry, (version, hold), text, from_key(entry.key, whole), None);
            }
            Value::InlineTable(table) => self.entry_table(entry, table, Some(whole)),
            _ => {
                let message = format!("`{}` is neither a version nor a table", entry.written);
                self.found.problem(whole, message);
            }
        }
    }

    /// `whole` is the span of an inline table; other tables have their parts on lines of their own.
    fn entry_table(&mut self, entry: &Entry<'_>, table: &dyn TableLike, whole: Option<Span>) {
        let Some((version, hold, stands)) = self.source(entry, table, whole) else { return };
        let parts: Vec<_> = table
            .iter()
            .filter_map(|(key, item)| Some(format!("{key} = {}", shown(self.text, item.as_value()?))))
            .collect();
        let text = format!("{} = {{ {} }}", entry.written, parts.join(", "));
        let span = match (whole, entry.key, &version) {
            (Some(whole), key, _) => from_key(key, whole),
            (None, Some(key), _) if self.is_one_line(key, stands) => Span::new(key.start, stands.end),
            // The key stands in a header lines above: the version alone is what can be shown as one piece.
            (None, _, VersionPart::Specifier(one)) if !one.span.is_empty() => one.span,
            (None, ..) => stands,
        };
        if let VersionPart::Path(path) = &version
            && table.get("workspace").is_none()
        {
            pip::folder(path, entry.all_extras(table), span, self.found);
        }
        self.push_entry(entry, (version, hold), text, span, Some(table));
    }

    /// Where the package comes from, why that must not be edited, and where it is said.
    fn source(
        &self,
        entry: &Entry<'_>,
        table: &dyn TableLike,
        whole: Option<Span>,
    ) -> Option<(VersionPart, Option<Hold>, Span)> {
        let text = |key: &str| table.get(key).and_then(|item| self.string(item));
        let owned = |key: &str| text(key).map(|fragment| fragment.text().to_owned());
        let stands = |key: &str| table.get(key).and_then(toml::span).unwrap_or_default();
        if let Some(url) = owned("git") {
            let revision = owned("rev").or_else(|| owned("tag")).or_else(|| owned("ref"));
            let git = GitReference { url, revision, branch: owned("branch") };
            return Some((VersionPart::Git(git), None, stands("git")));
        }
        for key in ["path", "file"] {
            if let Some(path) = owned(key) {
                let version = if path.contains("://") { VersionPart::from_url(&path) } else { VersionPart::Path(path) };
                return Some((version, None, stands(key)));
            }
        }
        if let Some(url) = owned("url") {
            return Some((VersionPart::from_url(&url), None, stands("url")));
        }
        if let Some(fragment) = text("version") {
            let (version, hold) = entry.version(&fragment);
            return Some((version, hold, stands("version")));
        }
        // The folder of a workspace's member is wherever a member of that name stands.
        if table.get("workspace").and_then(Item::as_bool) == Some(true) {
            return Some((VersionPart::Path("workspace".to_owned()), None, stands("workspace")));
        }
        if entry.rule.unversioned == Unversioned::Nothing {
            return None;
        }
        let stands = whole.or(entry.key)?;
        let specifier = Specifier { text: String::new(), span: Span::empty(stands.end) };
        Some((VersionPart::Specifier(specifier), Some(Hold::Form(NO_VERSION)), stands))
    }

    fn push_entry(
        &mut self,
        entry: &Entry<'_>,
        (version, hold): (VersionPart, Option<Hold>),
        text: String,
        span: Span,
        table: Option<&dyn TableLike>,
    ) {
        self.found.requirements.push(Requirement {
            ecosystem: Ecosystem::Python,
            dialect: entry.rule.dialect,
            name: normalized(&entry.written),
            text,
            span,
            extras: table.map_or_else(|| entry.extras.clone(), |table| entry.all_extras(table)),
            version,
            marker: table.and_then(marker),
            place: entry.rule.place.clone(),
            hold,
            import_name: None,
            bare_word: None,
        });
    }

    fn is_one_line(&self, from: Span, to: Span) -> bool {
        self.text.get(from.start..to.end).is_some_and(|between| !between.contains(['\n', '\r']))
    }
}

impl Entry<'_> {
    fn version(&self, fragment: &Fragment<'_>) -> (VersionPart, Option<Hold>) {
        let text = fragment.text();
        if text.contains("://") {
            return (VersionPart::from_url(text), None);
        }
        let span = fragment.span(0..text.len());
        let bare = self.rule.bare_is_exact && text.trim_start().starts_with(|c: char| c.is_ascii_digit());
        let hold = match (bare, fragment.is_verbatim(0..text.len())) {
            (true, _) => Some(Hold::Form(BARE)),
            (false, false) => Some(Hold::Form(ESCAPED)),
            (false, true) => None,
        };
        let text = if bare { format!("=={}", text.trim()) } else { text.to_owned() };
        (VersionPart::Specifier(Specifier { text, span }), hold)
    }

    fn all_extras(&self, table: &dyn TableLike) -> Vec<String> {
        let written = table.get("extras").and_then(Item::as_array).into_iter().flatten();
        self.extras.iter().cloned().chain(written.filter_map(|extra| extra.as_str().map(str::to_owned))).collect()
    }
}

fn from_key(key: Option<Span>, value: Span) -> Span {
    match key {
        Some(key) if key.start <= value.end => Span::new(key.start, value.end),
        _ => value,
    }
}

/// What the details say about when the entry holds. Poetry's `python` is a constraint of its own dialect, so it
/// stands as it is written instead of being put into a PEP 508 marker that it is not.
fn marker(table: &dyn TableLike) -> Option<String> {
    let text = |key: &str| table.get(key).and_then(Item::as_str);
    let mut parts: Vec<String> = ["markers", "marker"].iter().filter_map(|key| text(key)).map(str::to_owned).collect();
    parts.extend(MARKER_KEYS.iter().filter_map(|key| text(key).map(|value| format!("{key} {value}"))));
    parts.extend(text("python").map(|value| format!("python {value}")));
    parts.extend(text("platform").map(|value| format!("sys_platform == '{value}'")));
    (!parts.is_empty()).then(|| parts.join(" and "))
}

/// A value on one line, for people: comments and line breaks of a list are left out.
fn shown(text: &str, value: &Value) -> String {
    let raw = value.span().and_then(|span| text.get(span)).unwrap_or_default();
    if !raw.contains(['\n', '\r']) {
        return raw.to_owned();
    }
    match value {
        Value::Array(array) => {
            format!("[{}]", array.iter().map(|inner| shown(text, inner)).collect::<Vec<_>>().join(", "))
        }
        Value::InlineTable(table) => {
            let parts: Vec<_> = table.iter().map(|(key, inner)| format!("{key} = {}", shown(text, inner))).collect();
            format!("{{ {} }}", parts.join(", "))
        }
        Value::String(string) => format!("\"{}\"", string.value().split_whitespace().collect::<Vec<_>>().join(" ")),
        _ => raw.split_whitespace().collect::<Vec<_>>().join(" "),
    }
}
