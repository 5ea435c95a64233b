//! The shell of every HTML page that a report makes: one file that asks for nothing from anywhere, runs no script, and
//! reads as well on a phone, on paper and in the dark as on a large screen. A printer puts its page together of these:
//!
//! ```text
//! let mut page = Page::new("Title of the page", "What it is about, in a sentence.");
//! page.tiles(&[Tile { label: "to do", value: 3, tone: Tone::Alarm }]);
//! page.section("by-file", "By file", "What the section says, in a sentence.");
//! page.bars(&Bars { caption: "…", of: "file", columns: &[("breaks now", Tone::Alarm)], rows: &rows });
//! page.raw("<p>…</p>");              // what goes in raw was escaped by `text` or made here
//! let html: String = page.finish();
//! ```
//!
//! Every value that is shown stands in the text of one element that names it (`data-key`), so that a program can read the
//! page back and hold it against the JSON.

use std::fmt::Write;

use super::escaped;

const STYLE: &str = include_str!("page.css");

/// What a colour stands for; never the only thing that says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tone {
    /// It breaks today.
    Alarm,
    /// Nobody notices.
    Hidden,
    /// It needs a person.
    Work,
    /// It is done, or a program does it.
    Good,
    /// Worth knowing.
    Quiet,
}

impl Tone {
    /// The class of the style sheet.
    pub(super) fn class(self) -> &'static str {
        match self {
            Self::Alarm => "alarm",
            Self::Hidden => "hidden-one",
            Self::Work => "work",
            Self::Good => "good",
            Self::Quiet => "quiet",
        }
    }
}

/// One large number with what it counts.
#[derive(Debug, Clone, Copy)]
pub(super) struct Tile<'a> {
    /// The name by which a program finds it.
    pub(super) key: &'a str,
    /// What is counted.
    pub(super) label: &'a str,
    /// How many.
    pub(super) value: usize,
    /// Its colour.
    pub(super) tone: Tone,
}

/// A picture: a bar for each row, divided into what the columns count. It is drawn in a table that holds the same as
/// numbers, so that who does not see the one reads the other.
#[derive(Debug)]
pub(super) struct Bars<'a> {
    /// The name by which a program finds it.
    pub(super) key: &'a str,
    /// What is drawn, in a clause.
    pub(super) caption: &'a str,
    /// What a row is: `file`.
    pub(super) of: &'a str,
    /// What is counted, from left to right.
    pub(super) columns: &'a [(&'a str, Tone)],
    /// The rows, in their order.
    pub(super) rows: &'a [Row],
}

/// A row of a picture.
#[derive(Debug, Clone)]
pub(super) struct Row {
    /// Its name, as plain text.
    pub(super) label: String,
    /// What else is to be said of it, as plain text.
    pub(super) remark: String,
    /// As many numbers as there are columns.
    pub(super) counts: Vec<usize>,
}

/// A page on its way.
#[derive(Debug)]
pub(super) struct Page {
    title: String,
    lead: String,
    sections: Vec<(String, String)>,
    body: String,
    is_open: bool,
}

/// `text` from anywhere, as text of the page: nothing in it is markup, and nothing in it reorders what is read.
pub(super) fn text(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in escaped(text).chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            other => out.push(other),
        }
    }
    out
}

/// The same with what stands between backticks as code.
pub(super) fn prose(sentence: &str) -> String {
    let mut out = String::new();
    let pieces: Vec<&str> = sentence.split('`').collect();
    for (at, piece) in pieces.iter().enumerate() {
        // The last of an even number of pieces stands behind a backtick that nothing closes.
        match (at % 2 == 1, at + 1 == pieces.len()) {
            (true, false) => {
                let _ = write!(out, "<code>{}</code>", text(piece));
            }
            (true, true) => out.push_str(&format!("`{}", text(piece))),
            (false, _) => out.push_str(&text(piece)),
        }
    }
    out
}

impl Page {
    /// An empty page; both in plain text.
    pub(super) fn new(title: &str, lead: &str) -> Self {
        Self {
            title: title.to_owned(),
            lead: lead.to_owned(),
            sections: Vec::new(),
            body: String::new(),
            is_open: false,
        }
    }

    /// Adds markup whose every text went through [`text`] or [`prose`].
    pub(super) fn raw(&mut self, markup: &str) {
        self.body.push_str(markup);
    }

    /// Begins a section, which the contents name.
    pub(super) fn section(&mut self, id: &str, title: &str, lead: &str) {
        self.close();
        let (id, title) = (text(id), text(title));
        let _ = writeln!(self.body, "<section aria-labelledby=\"{id}\">\n<h2 id=\"{id}\">{title}</h2>");
        if !lead.is_empty() {
            let _ = writeln!(self.body, "<p class=\"lead\">{}</p>", prose(lead));
        }
        self.sections.push((id, title));
        self.is_open = true;
    }

    fn close(&mut self) {
        if self.is_open {
            self.body.push_str("</section>\n");
        }
        self.is_open = false;
    }

    /// A row of large numbers.
    pub(super) fn tiles(&mut self, tiles: &[Tile<'_>]) {
        self.body.push_str("<dl class=\"tiles\">\n");
        for tile in tiles {
            let class = if tile.value == 0 { "none" } else { tile.tone.class() };
            let (label, key) = (text(tile.label), text(tile.key));
            let _ = writeln!(
                self.body,
                "<div class=\"{class}\"><dt>{label}</dt><dd data-key=\"{key}\">{}</dd></div>",
                tile.value
            );
        }
        self.body.push_str("</dl>\n");
    }

    /// One bar over the whole width, divided into parts, with a legend that says what each is and how many.
    pub(super) fn whole(&mut self, caption: &str, parts: &[(&str, Tone, usize)]) {
        let total: usize = parts.iter().map(|(.., count)| count).sum();
        let told: Vec<String> = parts.iter().map(|(label, _, count)| format!("{count} {label}")).collect();
        let counts: Vec<(Tone, usize)> = parts.iter().map(|(_, tone, count)| (*tone, *count)).collect();
        let drawn = svg(&counts, total, &format!("{caption}: {}", told.join(", ")));
        let _ =
            writeln!(self.body, "<figure class=\"whole\">{drawn}<figcaption>{}</figcaption></figure>", legend(parts));
    }

    /// A table with a bar in each row.
    pub(super) fn bars(&mut self, bars: &Bars<'_>) {
        let longest = bars.rows.iter().map(|row| row.counts.iter().sum::<usize>()).max().unwrap_or(0);
        let key = text(bars.key);
        let heads: String = bars.columns.iter().fold(String::new(), |mut heads, (label, tone)| {
            let _ = write!(
                heads,
                "<th scope=\"col\" class=\"number\"><i class=\"{}\"></i>{}</th>",
                tone.class(),
                text(label)
            );
            heads
        });
        let _ = writeln!(
            self.body,
            "<table class=\"bars\" data-key=\"{key}\">\n<caption>{}</caption>\n<thead><tr><th scope=\"col\">{}</th>\
             <td class=\"bar\"></td>{heads}</tr></thead>\n<tbody>",
            prose(bars.caption),
            text(bars.of)
        );
        for row in bars.rows {
            let of = |at: usize| bars.columns.get(at).map_or(Tone::Quiet, |(_, tone)| *tone);
            let counts: Vec<(Tone, usize)> =
                row.counts.iter().enumerate().map(|(at, count)| (of(at), *count)).collect();
            let remark = if row.remark.is_empty() {
                String::new()
            } else {
                format!("<span class=\"remark\">{}</span>", text(&row.remark))
            };
            let _ = write!(
                self.body,
                "<tr data-name=\"{0}\"><th scope=\"row\"><span class=\"name\">{0}</span>{remark}</th><td class=\"bar\">{1}</td>",
                text(&row.label),
                svg(&counts, longest, "")
            );
            for (at, count) in row.counts.iter().enumerate() {
                let class = if *count == 0 { "number none" } else { "number" };
                let label = bars.columns.get(at).map_or("", |(label, _)| label);
                let _ = write!(self.body, "<td class=\"{class}\" data-label=\"{}\">{count}</td>", text(label));
            }
            self.body.push_str("</tr>\n");
        }
        self.body.push_str("</tbody></table>\n");
    }

    /// A plain table; `cells` are markup.
    pub(super) fn table(&mut self, key: &str, heads: &[&str], rows: &[Vec<String>]) {
        let _ = writeln!(self.body, "<table class=\"plain\" data-key=\"{}\">\n<thead><tr>", text(key));
        for head in heads {
            let _ = write!(self.body, "<th scope=\"col\">{}</th>", text(head));
        }
        self.body.push_str("</tr></thead>\n<tbody>\n");
        for row in rows {
            self.body.push_str("<tr>");
            for (cell, head) in row.iter().zip(heads) {
                let _ = write!(self.body, "<td data-label=\"{}\">{cell}</td>", text(head));
            }
            self.body.push_str("</tr>\n");
        }
        self.body.push_str("</tbody></table>\n");
    }

    /// The whole document, with a line end.
    pub(super) fn finish(mut self) -> String {
        self.close();
        let contents: String = self.sections.iter().fold(String::new(), |mut contents, (id, title)| {
            let _ = write!(contents, "<li><a href=\"#{id}\">{title}</a></li>");
            contents
        });
        let nav = if self.sections.len() > 2 {
            format!("<nav aria-label=\"Contents\"><ul>{contents}</ul></nav>\n")
        } else {
            String::new()
        };
        format!(
            "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
             <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
             <meta name=\"color-scheme\" content=\"light dark\">\n\
             <meta name=\"generator\" content=\"mcp-audit {version}\">\n<title>{title}</title>\n<style>\n{STYLE}</style>\n\
             </head>\n<body>\n<header>\n<h1>{title}</h1>\n<p class=\"lead\">{lead}</p>\n</header>\n{nav}<main>\n{body}</main>\n\
             <footer><p>Made by mcp-audit {version}. Nothing on this page asks for anything from anywhere.</p></footer>\n\
             </body>\n</html>\n",
            version = env!("CARGO_PKG_VERSION"),
            title = text(&self.title),
            lead = prose(&self.lead),
            body = self.body,
        )
    }
}

/// What each part of a bar is, with its number.
fn legend(parts: &[(&str, Tone, usize)]) -> String {
    parts.iter().fold(String::new(), |mut out, (label, tone, count)| {
        let _ = write!(out, "<span><i class=\"{}\"></i>{count} {}</span> ", tone.class(), text(label));
        out
    })
}

/// A bar whose full width stands for `longest`. With a `title` it is a picture of its own; without one the numbers beside
/// it say the same, and it is left out of what is read aloud.
fn svg(counts: &[(Tone, usize)], longest: usize, title: &str) -> String {
    let told = if title.is_empty() {
        "aria-hidden=\"true\">".to_owned()
    } else {
        format!("role=\"img\"><title>{}</title>", text(title))
    };
    let mut out = format!("<svg viewBox=\"0 0 1000 10\" preserveAspectRatio=\"none\" focusable=\"false\" {told}");
    let mut before = 0;
    for (tone, count) in counts.iter().filter(|(_, count)| *count > 0) {
        let at = |count: usize| count.saturating_mul(1000).checked_div(longest).unwrap_or(0);
        let (x, end) = (at(before), at(before + count));
        // What there is can be seen, however little it is beside the rest.
        let width = (end - x).max(4);
        let _ = write!(out, "<rect class=\"{}\" x=\"{x}\" y=\"0\" width=\"{width}\" height=\"10\"/>", tone.class());
        before += count;
    }
    out.push_str("</svg>");
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_is_shown_is_markup() {
        let mut page = Page::new("<b>\u{202e}", "`<i>` & `open");
        page.section("a\"b", "<h2>", "");
        let row = Row { label: "<x y='z'>".to_owned(), remark: "</td>".to_owned(), counts: vec![1, 0] };
        let columns = [("<now>", Tone::Alarm), ("later", Tone::Work)];
        page.bars(&Bars { key: "k", caption: "c", of: "file", columns: &columns, rows: &[row] });
        let html = page.finish();
        assert!(!html.contains("<b>") && !html.contains("<i>") && !html.contains("<x ") && !html.contains('\u{202e}'));
        assert!(html.contains("<code>&lt;i&gt;</code> &amp; `open"), "{html}");
        assert!(html.contains("id=\"a&quot;b\""));
    }

    #[test]
    fn bars_share_the_width_of_the_longest() {
        let drawn = svg(&[(Tone::Alarm, 1), (Tone::Work, 0), (Tone::Good, 3)], 8, "");
        assert!(drawn.contains("x=\"0\" y=\"0\" width=\"125\"") && drawn.contains("x=\"125\" y=\"0\" width=\"375\""));
        assert_eq!(drawn.matches("<rect").count(), 2);
        assert!(svg(&[], 0, "none").contains("<title>none</title>"));
    }
}
