//! Headers that are allowed one call at a time: `config.addAllowedHeader("Mcp-Session-Id");`, `allowHeader("…")`.

use regex::Regex;

use super::append::{self, is_ours};
use super::list::{self, Entry, List};
use super::reader::Reader;
use super::{Lists, is_served, missing};
use crate::fix::Edit;
use crate::hit::Hit;
use crate::protocol::{MOST, Text};
use crate::rule::text::Region;
use crate::source::{Span, line_end, line_start};

/// Calls further apart than this many bytes are of different lists.
const FARTHEST: usize = 600;

/// One call: all of it, and its argument.
struct Call {
    whole: Span,
    argument: Entry,
}

/// The runs of calls in `text` that leave something out.
pub(super) fn find<'r>(lists: &Lists<'r>, text: &Text<'_>, reader: &Reader<'_>, call: &Regex) -> Vec<Hit<'r>> {
    let mut runs: Vec<Vec<Call>> = Vec::new();
    for found in call.find_iter(text.text).take(MOST) {
        let open = found.end() - 1;
        let is_comment = matches!(reader.regions().part_at(found.start()), Some((_, Region::Comment)));
        if is_comment || text.text.as_bytes()[open] != b'(' {
            continue;
        }
        let Some((List { entries, .. }, end)) = list::bracketed(reader, open) else { continue };
        let [argument] = entries.as_slice() else { continue };
        let call = Call { whole: Span::new(found.start(), end), argument: argument.clone() };
        match runs.last_mut() {
            Some(run) if run.last().is_some_and(|last| last.whole.end + FARTHEST > found.start()) => run.push(call),
            _ => runs.push(vec![call]),
        }
    }
    runs.iter().filter_map(|run| judge(lists, text, run)).collect()
}

fn judge<'r>(lists: &Lists<'r>, text: &Text<'_>, run: &[Call]) -> Option<Hit<'r>> {
    let list = super::list_of(run.iter().map(|call| call.argument.clone()).collect());
    let missing = missing(text.text, &list).filter(|_| is_served(text.text, &list))?;
    let name_of = |call: &Call| call.argument.name.map(|name| &text.text[name.start..name.end]);
    let last = run.iter().rev().find(|call| name_of(call).is_some_and(is_ours))?;
    if !lists.is_meant(text, last.whole) {
        return None;
    }
    let name = &text.text[last.whole.start..last.argument.span.start];
    let ours: Vec<&str> = run.iter().filter_map(name_of).filter(|name| is_ours(name)).collect();
    let edits = repeated(text, &list, last, &missing);
    Some(lists.hit(text, last.whole, name, &ours, &missing, edits))
}

/// The call once more for each name: a line of its own where it has one, else right behind it in the chain.
fn repeated(text: &Text<'_>, list: &List, call: &Call, names: &[&str]) -> Option<Vec<Edit>> {
    let source = text.text;
    let (start, end) = (line_start(source, call.whole.start), line_end(source, call.whole.end));
    let receiver = source[start..call.whole.start].trim_start();
    let after = source[call.whole.end..end].trim_end();
    let is_word = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '$' | '>' | '-');
    let old = call.argument.name?;
    let (unit, lead) = if receiver == "." {
        (Span::new(start, call.whole.end), append::newline(source, start))
    } else if receiver.chars().all(is_word) && matches!(after, "" | ";") {
        (Span::new(start, call.whole.end + after.len()), append::newline(source, start))
    } else if receiver.ends_with('.') {
        (Span::new(call.whole.start - 1, call.whole.end), "")
    } else {
        return None;
    };
    let sample = Entry { span: unit, name: Some(old) };
    let written = append::written(source, list, &sample, names);
    let content = written.iter().map(|one| format!("{lead}{one}")).collect();
    Some(vec![Edit { path: text.path.to_owned(), span: Span::new(unit.end, unit.end), content }])
}
