//! How code that is written anew is laid out: on one line where the file's own lines are as long, one argument a line
//! otherwise.

use crate::source::line_start;

/// What lines are broken at that know no better.
const WIDTHS: [usize; 3] = [88, 100, 120];

/// The length that lines of the file keep to: the least of the usual ones that fits the lines it has.
pub(crate) fn width(text: &str) -> usize {
    let longest = text.lines().take(5_000).map(|line| line.chars().count()).filter(|length| *length <= 120).max();
    WIDTHS.into_iter().find(|width| longest.unwrap_or_default() <= *width).unwrap_or(120)
}

/// `head(a, b)`.
pub(crate) fn line(head: &str, arguments: &[String]) -> String {
    format!("{head}({})", arguments.join(", "))
}

/// `head(a, b)tail`, of which the first line begins at `column` and stands in a line indented by `indent`.
pub(crate) fn call(
    text: &str,
    (indent, column): (&str, usize),
    head: &str,
    arguments: &[String],
    tail: &str,
) -> String {
    let line = format!("{}{tail}", line(head, arguments));
    if !line.contains('\n') && column + line.chars().count() <= width(text) {
        return line;
    }
    if let [only] = arguments
        && only.contains('\n')
    {
        return line;
    }
    let newline = newline(text);
    let lines: String = arguments.iter().map(|argument| format!("{newline}{indent}    {argument},")).collect();
    format!("{head}({lines}{newline}{indent}){tail}")
}

/// The white space in front of the line of `at`.
pub(crate) fn indentation(text: &str, at: usize) -> &str {
    let start = line_start(text, at);
    let line = &text[start..];
    &line[..line.len() - line.trim_start_matches([' ', '\t']).len()]
}

/// How the lines of a text end.
pub(crate) fn newline(text: &str) -> &'static str {
    // Not looked for beyond what any line of a person takes: it is asked for at every place of a file that is one line.
    let start = &text.as_bytes()[..text.len().min(1 << 16)];
    let end = memchr::memchr(b'\n', start);
    if end.and_then(|at| at.checked_sub(1)).is_some_and(|at| start[at] == b'\r') { "\r\n" } else { "\n" }
}

/// `source`, whose lines were indented by `from`, for a place that is indented by `to`. What a string of several lines
/// holds is not indentation.
pub(crate) fn indented(source: &str, from: &str, to: &str) -> String {
    if from == to || !source.contains('\n') || source.contains("\"\"\"") || source.contains("'''") {
        return source.to_owned();
    }
    let mut lines = source.split('\n');
    let mut out = lines.next().unwrap_or_default().to_owned();
    for line in lines {
        out.push('\n');
        match line.strip_prefix(from) {
            Some(rest) => out.extend([to, rest]),
            None => out.push_str(line),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_files_own_lines_tell_how_long_lines_are() {
        assert_eq!(width("short\n"), 88);
        assert_eq!(width(&"x".repeat(95)), 100);
        assert_eq!(width(&format!("{}\n{}", "x".repeat(110), "y".repeat(500))), 120);
    }

    #[test]
    fn further_lines_move_with_the_first() {
        assert_eq!(indented("{\n        'a': 1,\n    }", "    ", ""), "{\n    'a': 1,\n}");
        assert_eq!(indented("f('''\n    a''')", "    ", ""), "f('''\n    a''')");
    }
}
