//! Which rule covers which breaking change, and what no source can show: for people, for programs, and for the two places
//! in the documentation that tests hold against it. Pure functions of the rules.

use std::fmt::Write;

use comfy_table::{ContentArrangement, Table, presets};

use crate::rule::{Row, Rules};

/// What a folder of rules is about, where its name alone would be too short.
pub fn area_title(area: &str) -> &str {
    match area {
        "dependencies" => "Declarations",
        "mcpserver" => "`FastMCP`, now `MCPServer`",
        "tools" => "Tools, resources and prompts",
        "errors" => "Errors and their codes",
        "types" => "Protocol types",
        "lowlevel" => "The lowlevel server and its sessions",
        "packages" => "Packages around the SDK",
        "auth" => "Authorization",
        "client" => "Clients",
        "transport" => "Transports",
        "python" => "The net under the rules about Python",
        "protocol" => "The protocol of 2026-07-28, in any language",
        "rust" => "Rust code on `rmcp`",
        "era" => "What the 2026-07-28 protocol deprecates",
        "suppression" => "Comments that leave findings alone",
        other => other,
    }
}

/// How many rows there are, and how many of them rules cover.
fn counts(rules: &Rules) -> (usize, usize) {
    (rules.catalogue.rows().count(), rules.catalogue.rows().filter(|row| row.undetectable.is_none()).count())
}

/// The rules that cover a row, or why none can.
fn by(rules: &Rules, row: &Row) -> String {
    match &row.undetectable {
        Some(reason) => format!("not in source: {reason}"),
        None => rules.covering(row).iter().map(|rule| rule.id.as_str()).collect::<Vec<_>>().join(", "),
    }
}

fn sentence(rules: &Rules) -> String {
    let (all, covered) = counts(rules);
    format!(
        "{all} breaking changes of mcp 2.3.0 against 1.30.0: {covered} covered by rules, {} that no source shows.",
        all - covered
    )
}

/// A table of `width` columns and a line that sums it up.
pub fn text(rules: &Rules, width: usize) -> String {
    let mut table = Table::new();
    table.load_preset(presets::NOTHING).set_content_arrangement(ContentArrangement::Dynamic);
    table.set_width(u16::try_from(width).unwrap_or(u16::MAX)).force_no_tty();
    table.set_header(["change", "what", "covered by"]);
    for row in rules.catalogue.rows() {
        table.add_row([row.id.as_str(), &row.what, &by(rules, row)]);
    }
    let lines: String = table.to_string().lines().map(|line| line.trim_end().to_owned() + "\n").collect();
    format!("{lines}\n{}\n", sentence(rules))
}

/// One array, a row each.
///
/// # Errors
/// Never; the signature is the serialiser's.
pub fn json(rules: &Rules) -> Result<String, serde_json::Error> {
    let rows = rules.catalogue.rows().map(|row| {
        let by: Vec<_> = rules.covering(row).iter().map(|rule| rule.id.clone()).collect();
        serde_json::json!({"id": row.id, "area": row.area, "what": row.what, "rules": by, "undetectable": row.undetectable})
    });
    Ok(serde_json::to_string_pretty(&rows.collect::<Vec<_>>())? + "\n")
}

/// The page `rules/python/COVERAGE.md`.
pub fn markdown(rules: &Rules) -> String {
    let mut out =
        format!("# Coverage\n\n{}\nWritten by `mcp-audit rules --coverage --format markdown`.\n", sentence(rules));
    let mut area = None;
    for row in rules.catalogue.rows() {
        if area != Some(&row.area) {
            area = Some(&row.area);
            let _ = write!(out, "\n## {}\n\n| change | what | covered by |\n|---|---|---|\n", area_title(&row.area));
        }
        let _ = writeln!(out, "| {} | {} | {} |", row.id, cell(&row.what), cell(&by(rules, row)));
    }
    out
}

/// The list in the README of what no source can show.
pub fn limits(rules: &Rules) -> String {
    let rows = rules.catalogue.rows().filter_map(|row| Some((row, row.undetectable.as_ref()?)));
    rows.map(|(row, reason)| format!("- {}: {reason}.\n", row.what)).collect()
}

fn cell(text: &str) -> String {
    text.replace('|', "\\|")
}
