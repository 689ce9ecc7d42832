//! Tables of `test each`: written between braces, or saved by a spreadsheet (CSV). Knows cells and places, and nothing of
//! what they mean.

use crate::ast::Ident;
use crate::decode::span;
use crate::diagnostic::{Diagnostic, syntax};
use crate::source::{FileId, SourceFile, Span};
use unicode_normalization::UnicodeNormalization;

/// As many rows are read of one table.
pub const MOST_ROWS: usize = 10_000;

/// A cell, without the quotes around it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Cell {
    /// Its text.
    pub text: String,
    /// Its place; as long as the text where they are the same.
    pub span: Span,
}

/// One row of cells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Row {
    /// Its number, the heading being row 1.
    pub number: u32,
    /// Its cells, one a column.
    pub cells: Vec<Cell>,
}

/// A table with its heading.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Table {
    /// The names of the columns.
    pub columns: Vec<Ident>,
    /// The rows below.
    pub rows: Vec<Row>,
}

impl Table {
    /// The column of this name.
    pub(super) fn column(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|column| column.text == named(name))
    }
}

/// A column's name: one blank between words, in NFC.
pub(super) fn named(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ").nfc().collect()
}

/// The table that stands between two bytes of a file: a row a line, `|` between cells.
pub(super) fn written(file: &SourceFile, start: usize, end: usize) -> Result<Table, Vec<Diagnostic>> {
    let mut rows = Vec::new();
    let mut at = start;
    for line in file.text.get(start..end).unwrap_or("").split_inclusive('\n') {
        let (pieces, _) = pieces(line);
        let cells: Vec<Cell> = pieces.iter().map(|(from, piece)| cell(file.id, piece, at + from)).collect();
        if !is_rule(line) && !cells.is_empty() {
            rows.push(cells);
        }
        at += line.len();
    }
    table(rows, span(file.id, start, end))
}

/// Is it only a line drawn under the heading?
pub(crate) fn is_rule(line: &str) -> bool {
    line.contains('-') && line.chars().all(|c| c.is_whitespace() || matches!(c, '|' | '-' | ':'))
}

/// The cells of a line with where they begin, and the comment behind them. A sign at either end of a line is only a frame.
pub(crate) fn pieces(line: &str) -> (Vec<(usize, &str)>, Option<&str>) {
    let mut pieces = Vec::new();
    let (mut from, mut close): (usize, Option<char>) = (0, None);
    let mut end = line.len();
    for (at, c) in line.char_indices() {
        match (close, c) {
            (Some(wanted), c) if c == wanted => close = None,
            (Some(_), _) => {}
            (None, '"') => close = Some('"'),
            (None, '“') => close = Some('”'),
            (None, '«') => close = Some('»'),
            (None, '|') => {
                pieces.push((from, at));
                from = at + 1;
            }
            (None, '#') => {
                end = at;
                break;
            }
            (None, _) => {}
        }
    }
    pieces.push((from, end));
    let text = |piece: &(usize, usize)| line.get(piece.0..piece.1).unwrap_or("");
    let empty = |piece: Option<&(usize, usize)>| piece.is_some_and(|p| text(p).trim().is_empty());
    if empty(pieces.first()) {
        pieces.remove(0);
    }
    if pieces.len() > 1 && empty(pieces.last()) {
        pieces.pop();
    }
    (pieces.iter().map(|piece| (piece.0, text(piece))).collect(), line.get(end..).filter(|rest| !rest.is_empty()))
}

/// A piece of a line without blanks and quotes around it.
fn cell(file: FileId, piece: &str, base: usize) -> Cell {
    let trimmed = piece.trim();
    let mut start = base + piece.len() - piece.trim_start().len();
    let mut text = trimmed;
    for (open, close) in [('"', '"'), ('“', '”'), ('«', '»')] {
        let inner = trimmed.strip_prefix(open).and_then(|rest| rest.strip_suffix(close));
        if let Some(inner) = inner {
            text = inner.trim();
            start += open.len_utf8() + inner.len() - inner.trim_start().len();
            break;
        }
    }
    Cell { text: text.to_owned(), span: span(file, start, start + text.len()) }
}

/// The table in a file that a spreadsheet saved: `,`, `;` or tabs between cells, whichever the heading has most of.
pub(super) fn saved(file: &SourceFile) -> Result<Table, Vec<Diagnostic>> {
    let heading = file.text.lines().next().unwrap_or("");
    let count = |sign: char| heading.matches(sign).count();
    let sign = [',', ';', '\t'].into_iter().rev().max_by_key(|sign| count(*sign)).unwrap_or(',');
    let mut reader = Saved { file, sign, at: 0 };
    let mut rows: Vec<Vec<Cell>> = Vec::new();
    while reader.at < file.text.len() && rows.len() <= MOST_ROWS + 1 {
        rows.push(reader.row()?);
    }
    table(rows, span(file.id, 0, heading.len()))
}

/// Reads a file of separated cells.
struct Saved<'t> {
    file: &'t SourceFile,
    sign: char,
    at: usize,
}

impl Saved<'_> {
    fn rest(&self) -> &str {
        self.file.text.get(self.at..).unwrap_or("")
    }

    fn row(&mut self) -> Result<Vec<Cell>, Vec<Diagnostic>> {
        let mut cells = Vec::new();
        loop {
            cells.push(if self.rest().starts_with('"') { self.quoted()? } else { self.plain() });
            match self.rest().chars().next() {
                Some(c) if c == self.sign => self.at += c.len_utf8(),
                Some('\r') => self.at += if self.rest().starts_with("\r\n") { 2 } else { 1 },
                Some(c) => self.at += c.len_utf8(),
                None => return Ok(cells),
            }
            let passed = self.file.text.get(..self.at).unwrap_or("");
            if !passed.ends_with(self.sign) || passed.ends_with(['\n', '\r']) {
                return Ok(cells);
            }
        }
    }

    fn plain(&mut self) -> Cell {
        let sign = self.sign;
        let length = self.rest().find([sign, '\n', '\r']).unwrap_or(self.rest().len());
        let piece = self.rest().get(..length).unwrap_or("");
        let trimmed = piece.trim();
        let start = self.at + piece.len() - piece.trim_start().len();
        let cell = Cell { text: trimmed.to_owned(), span: span(self.file.id, start, start + trimmed.len()) };
        self.at += length;
        cell
    }

    /// `"a ""quoted"" cell"`; blanks up to the next sign are passed over.
    fn quoted(&mut self) -> Result<Cell, Vec<Diagnostic>> {
        let start = self.at + 1;
        let mut end = start;
        loop {
            let after = self.file.text.get(end..).unwrap_or("");
            let Some(quote) = after.find('"') else {
                let place = span(self.file.id, self.at, start);
                return Err(vec![syntax::bad_table("a cell in quotes is not closed", place, "opened here")]);
            };
            end += quote;
            if !self.file.text.get(end + 1..).unwrap_or("").starts_with('"') {
                break;
            }
            end += 2;
        }
        let text = self.file.text.get(start..end).unwrap_or("").replace("\"\"", "\"");
        self.at = end + 1;
        let sign = self.sign;
        self.at += self.rest().find([sign, '\n', '\r']).unwrap_or(self.rest().len());
        Ok(Cell { text, span: span(self.file.id, start, end) })
    }
}

/// Rows with the first as heading; what does not fit is told.
fn table(rows: Vec<Vec<Cell>>, place: Span) -> Result<Table, Vec<Diagnostic>> {
    let mut rows = (1u32..).zip(rows).filter(|(_, cells)| cells.iter().any(|cell| !cell.text.is_empty()));
    let Some((_, heading)) = rows.next() else {
        return Err(vec![syntax::bad_table("the table is empty", place, "no heading and no row")]);
    };
    let mut findings = Vec::new();
    let mut columns: Vec<Ident> = Vec::new();
    for cell in heading {
        let column = Ident { text: named(&cell.text), span: cell.span };
        if let Some(first) = columns.iter().find(|c| c.text == column.text && !c.text.is_empty()) {
            let message = format!("two columns are called `{}`", column.text);
            findings.push(syntax::bad_table(message, column.span, "the second").and_label(first.span, "the first"));
        }
        columns.push(column);
    }
    let mut kept = Vec::new();
    for (number, mut cells) in rows {
        while cells.len() > columns.len() && cells.last().is_some_and(|cell| cell.text.is_empty()) {
            cells.pop();
        }
        if cells.len() != columns.len() {
            let message = format!("row {number} has {} of {} cells", cells.len(), columns.len());
            let place = cells.iter().map(|cell| cell.span).reduce(Span::to).unwrap_or(place);
            findings.push(syntax::bad_table(message, place, "this row"));
        }
        kept.push(Row { number, cells });
    }
    if kept.is_empty() {
        findings.push(syntax::bad_table("the table has a heading and no row", place, "nothing to test"));
    }
    if kept.len() > MOST_ROWS {
        findings.push(syntax::bad_table(format!("the table has more than {MOST_ROWS} rows"), place, "too many"));
    }
    if findings.is_empty() { Ok(Table { columns, rows: kept }) } else { Err(findings) }
}
