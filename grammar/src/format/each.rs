//! `test each`: what stands in for the braces that name columns, so that the rest can be read as any test, and the layout of
//! the table. Must not know what cells mean.

use super::STEP;
use super::rows::Row;
use super::spelling::spelled;
use crate::ast::TestEach;
use crate::parse::each::{Places, compose, read};
use crate::parse::grammar::{Grammar, Rule};
use crate::parse::split::Slice;
use crate::parse::table::{is_rule, pieces};
use crate::source::SourceFile;
use pest::Parser;
use pest::error::InputLocation;

/// What a hole can stand for, the likeliest first: a verdict, a role, a time, numbers, an event, words, a text.
const STAND_INS: [&str; 12] =
    ["met", "agent", "0:02", "2", "2 s", "2 %", "hold", "late", "never said", "s", "x", "\"x\""];

/// A `test each` as the text of one test, with stand-ins in its holes.
pub(super) struct Filled {
    /// The text.
    pub text: String,
    /// Where its pieces come from.
    pub places: Places,
    /// What was filled.
    pub each: TestEach,
}

/// Fills each hole with the first that lets the test be read furthest; none where it cannot be read to its end.
pub(super) fn filled(file: &SourceFile, slice: &Slice) -> Option<Filled> {
    let each = read(file, slice)?;
    let opens =
        slice.tokens.get(4).is_some_and(|with| each.blanks.get(1).is_some_and(|b| b.start as usize == with.start));
    if !opens {
        return None;
    }
    let mut chosen: Vec<&str> = vec!["met"; each.holes.len()];
    for number in (0..each.holes.len()).filter(|number| each.holes.get(*number).is_some_and(|hole| !hole.quoted)) {
        let mut best: Option<(usize, &str)> = None;
        for stand_in in STAND_INS {
            chosen.splice(number..=number, [stand_in]);
            let reached = reached(file, &each, &chosen);
            if best.is_none_or(|(furthest, _)| furthest < reached) {
                best = Some((reached, stand_in));
            }
            if reached == usize::MAX {
                break;
            }
        }
        chosen.splice(number..=number, best.map(|(_, stand_in)| stand_in));
    }
    let (text, places) = with(file, &each, &chosen);
    Grammar::parse(Rule::item_test, &text).is_ok().then_some(Filled { text, places, each })
}

fn with(file: &SourceFile, each: &TestEach, chosen: &[&str]) -> (String, Places) {
    compose(file, each, |number, hole| {
        let kept = file.text.get(hole.column.span.start as usize..hole.column.span.end as usize).unwrap_or("");
        let text = if hole.quoted { kept } else { chosen.get(number).copied().unwrap_or("met") };
        (text.to_owned(), hole.column.span)
    })
}

/// Up to where in the file the test can be read.
fn reached(file: &SourceFile, each: &TestEach, chosen: &[&str]) -> usize {
    let (text, places) = with(file, each, chosen);
    match Grammar::parse(Rule::item_test, &text).map_err(|error| error.location) {
        Ok(_) => usize::MAX,
        Err(InputLocation::Pos(at) | InputLocation::Span((at, _))) => places.written(at, at + 1).0,
    }
}

/// The table gets a row of its own, the first in the braces.
pub(super) fn with_table(mut row: Row, table: usize) -> Row {
    if let Some(block) = &mut row.block {
        if let Some(first) = block.rows.first_mut() {
            first.low = table + 1;
        }
        block.rows.insert(0, Row::flat(None, table, table + 1));
    }
    row
}

/// `with` and the table, its cells in columns, as it stands in a test at the margin.
pub(super) fn table(file: &SourceFile, each: &TestEach) -> String {
    let place = each.table.span;
    let inside = file.text.get(place.start as usize..place.end as usize).unwrap_or("");
    if !each.table.text.is_empty() {
        return format!("with from {}", spelled(inside, Some(Rule::quoted), "", false));
    }
    let inside = inside.get(1..inside.len().saturating_sub(1)).unwrap_or("");
    let lines: Vec<Line> = inside.lines().filter(|line| !is_rule(line)).map(Line::of).collect();
    let margin = " ".repeat(2 * STEP);
    let mut text = "with {\n".to_owned();
    for line in laid(&lines) {
        text.push_str(&if line.is_empty() { "\n".to_owned() } else { format!("{margin}{line}\n") });
    }
    format!("{text}{}}}", " ".repeat(STEP))
}

/// A line of a table.
struct Line<'t> {
    cells: Vec<&'t str>,
    comment: Option<&'t str>,
}

impl<'t> Line<'t> {
    fn of(line: &'t str) -> Line<'t> {
        let (cells, comment) = pieces(line);
        Line { cells: cells.into_iter().map(|(_, cell)| cell.trim()).collect(), comment: comment.map(str::trim_end) }
    }

    /// A row that begins or ends with an empty cell needs a frame, or the cell would not be seen.
    fn needs_frame(&self) -> bool {
        [self.cells.first(), self.cells.last()].into_iter().flatten().any(|cell| cell.is_empty())
    }

    fn is_empty(&self) -> bool {
        self.cells.is_empty() && self.comment.is_none()
    }
}

/// The lines, cells and comments in columns; of empty ones, one between two others.
fn laid(lines: &[Line<'_>]) -> Vec<String> {
    let frame = lines.iter().any(Line::needs_frame);
    let columns = lines.iter().map(|line| line.cells.len()).max().unwrap_or(0);
    let width = |column: usize| lines.iter().filter_map(|l| l.cells.get(column)).map(|c| c.chars().count()).max();
    let widths: Vec<usize> = (0..columns).map(|column| width(column).unwrap_or(0)).collect();
    let rows: Vec<String> = lines.iter().map(|line| row(&line.cells, &widths, frame)).collect();
    let commented = lines.iter().zip(&rows).filter(|(line, _)| line.comment.is_some());
    let behind = commented.map(|(_, row)| row.chars().count()).max().unwrap_or(0) + 2;
    let mut laid: Vec<String> = Vec::with_capacity(lines.len());
    for (line, row) in lines.iter().zip(rows) {
        let text = match line.comment {
            Some(comment) if row.is_empty() => comment.to_owned(),
            Some(comment) => format!("{row}{}{comment}", " ".repeat(behind.saturating_sub(row.chars().count()))),
            None => row,
        };
        if !line.is_empty() || laid.last().is_some_and(|last| !last.is_empty()) {
            laid.push(text);
        }
    }
    if laid.last().is_some_and(String::is_empty) {
        laid.pop();
    }
    laid
}

fn row(cells: &[&str], widths: &[usize], frame: bool) -> String {
    if cells.is_empty() {
        return String::new();
    }
    let padded = cells.iter().zip(widths).map(|(cell, width)| {
        let missing = width.saturating_sub(cell.chars().count());
        format!("{cell}{}", " ".repeat(missing))
    });
    let row = padded.collect::<Vec<_>>().join(" | ");
    if frame { format!("| {row} |") } else { row.trim_end().to_owned() }
}
