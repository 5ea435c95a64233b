//! The closing table: package, where, admits, verdict, fix.

use comfy_table::{Attribute, Cell, CellAlignment, Color, ContentArrangement, Table, TableComponent, presets};

use super::bounded::Bounded;
use super::escape::clipped;
use super::text::Style;
use super::{Report, escaped, state};
use crate::judge::{ProjectState, Row};
use crate::requirement::Bound;

/// More rows than this are reduced to those that a finding speaks of.
const ROWS: usize = 40;

/// More projects than this are reduced to those that are exposed.
const PROJECTS: usize = 10;

/// The table of declarations, and one line per project when there are several.
pub(super) fn render(report: &Report, bounded: &Bounded<'_>, style: Style) -> String {
    let rows: Vec<&Row> =
        bounded.declarations.iter().copied().filter(|row| style.verbose || row.scope != "documentation").collect();
    let spoken_of: Vec<&Row> = rows.iter().copied().filter(|row| row.rule.is_some()).collect();
    let shown = if style.verbose || rows.len() <= ROWS { &rows } else { &spoken_of };
    let mut out = String::new();
    if !shown.is_empty() {
        let mut table = empty(style);
        table.set_header(["package", "where", "admits", "verdict", "fix"].map(|title| heading(title, style)));
        for row in shown {
            table.add_row(cells(row, style));
        }
        out.push_str(&trimmed(&table));
    }
    if shown.len() < rows.len() {
        out.push_str(&format!("{} more declarations without a finding (-v shows them)\n", rows.len() - shown.len()));
    }
    let projects: Vec<_> = state::speaking(report).collect();
    if projects.len() > 1 {
        let exposed = projects.iter().filter(|project| project.exposed > 0).count();
        out.push_str(&format!("\n{exposed} of {} projects exposed\n", projects.len()));
    }
    let many = !style.verbose && projects.len() > PROJECTS;
    let matters = |project: &&ProjectState| !many || project.exposed > 0 || project.breakages > 0;
    let projects: Vec<_> = projects.into_iter().filter(matters).collect();
    if projects.len() > 1 {
        let mut table = empty(style);
        table.set_header(
            ["project", "folder", "declarations", "exposed", "breaks", "code"].map(|title| heading(title, style)),
        );
        for project in projects {
            let exposed = Cell::new(project.exposed).set_alignment(CellAlignment::Right);
            table.add_row([
                Cell::new(escaped(&project.project)),
                Cell::new(if project.folder.is_empty() { ".".to_owned() } else { escaped(&project.folder) }),
                Cell::new(project.declarations).set_alignment(CellAlignment::Right),
                if project.exposed > 0 { colored(exposed, Color::Red, style) } else { exposed },
                Cell::new(breaks(project)).set_alignment(CellAlignment::Right),
                Cell::new(project.code.map_or("–", state::words)),
            ]);
        }
        out.push_str(&trimmed(&table));
    }
    out
}

/// A table that fills the width, with a line below its heading.
pub(super) fn empty(style: Style) -> Table {
    let mut table = Table::new();
    table.load_preset(presets::NOTHING).set_content_arrangement(ContentArrangement::Dynamic);
    table.set_style(TableComponent::HeaderLines, '─').set_style(TableComponent::MiddleHeaderIntersections, '─');
    table.set_width(u16::try_from(style.width).unwrap_or(u16::MAX));
    if style.color {
        table.enforce_styling()
    } else {
        table.force_no_tty()
    };
    table
}

/// The table without the blanks that fill its lines up.
pub(super) fn trimmed(table: &Table) -> String {
    table.to_string().lines().map(|line| line.trim_end().to_owned() + "\n").collect()
}

pub(super) fn heading(title: &str, style: Style) -> Cell {
    let cell = Cell::new(title);
    if style.color { cell.add_attribute(Attribute::Bold) } else { cell }
}

pub(super) fn colored(cell: Cell, color: Color, style: Style) -> Cell {
    if style.color { cell.fg(color) } else { cell }
}

fn cells(row: &Row, style: Style) -> Vec<Cell> {
    let place = if row.table.is_empty() { String::new() } else { format!(" {}", clipped(&row.table)) };
    let verdict = verdict(row);
    let bad = row.effective.is_exposed() && row.rule.is_some();
    vec![
        Cell::new(clipped(&row.package)),
        Cell::new(format!("{}:{}{place}", clipped(&row.path), row.line)),
        Cell::new(match (&row.admits, row.bound) {
            (Some(version), Bound::Exact | Bound::ExactNext) => version.clone(),
            (Some(version), _) => format!("up to {version}"),
            (None, _) => "–".to_owned(),
        }),
        if bad { colored(Cell::new(verdict), Color::Red, style) } else { Cell::new(verdict) },
        Cell::new(row.fixed.as_deref().map(clipped).unwrap_or_else(|| "–".to_owned())),
    ]
}

/// The verdict in words; what holds here beside what is declared, when the two differ.
fn verdict(row: &Row) -> String {
    let declared = words(row.bound);
    if row.effective == row.bound || row.limited_by.is_empty() {
        return match &row.locked {
            Some(locked) if row.bound.is_exposed() => format!("{declared}; locked {}", clipped(locked)),
            _ => declared.to_owned(),
        };
    }
    if row.bound == Bound::NotARange {
        return format!("{} by {}", words(row.effective), clipped(&row.limited_by.join(", ")));
    }
    format!("{declared}; here {} by {}", words(row.effective), clipped(&row.limited_by.join(", ")))
}

fn words(bound: Bound) -> &'static str {
    match bound {
        Bound::Unbounded => "no upper bound",
        Bound::Spans => "spans majors",
        Bound::Below => "bounded",
        Bound::RequiresNext => "newest major, bounded",
        Bound::RequiresNextOpen => "newest major, no upper bound",
        Bound::Exact | Bound::ExactNext => "exact pin",
        Bound::Empty => "admits nothing",
        Bound::NotARange => "no version range",
        Bound::Unparsable => "not a specifier",
    }
}

/// `12, 3 silent`.
fn breaks(project: &ProjectState) -> String {
    match project.silent {
        0 => project.breakages.to_string(),
        silent => format!("{}, {silent} silent", project.breakages),
    }
}
