//! `test each`: one test a row of a table. A row's cells are put in the place of the braces that name their columns, as in
//! a form letter, and what comes out is read as any test. Knows where each piece came from, so that a finding points
//! into the cell.

use super::Reading;
use super::findings::Findings;
use super::nearest::nearest;
use super::split::{Slice, Slices};
use super::table::{self, Cell, Row, Table};
use super::token::{Kind, Token};
use crate::ast::{Hole, Ident, Item, Module, Test, TestEach, Text};
use crate::decode::span;
use crate::diagnostic::{Diagnostic, syntax};
use crate::source::{FileId, SourceFile, Span};

/// The file of what comes out; its places are always told in the files that went in.
const COMPOSED: FileId = FileId(u32::MAX);
/// After so many findings, rows are read no further.
const MOST_FINDINGS: usize = 20;

impl Reading<'_> {
    /// Reads `test each`; true if it is one. Rows written in the file become tests at once, those of another file later.
    pub(super) fn test_each(&mut self, slice: &Slice) -> bool {
        let parts = EachParts { file: self.file, tokens: &slice.tokens };
        if parts.word(1) != "each" {
            return false;
        }
        let Some(each) = read(self.file, slice) else {
            let place = parts.tokens.get(1).map_or((slice.start, slice.end), |each| (each.start, each.end));
            let message = "`test each` does not say where its rows are";
            let place = span(self.file.id, place.0, place.1);
            let help = "begin with `with { … }`, a heading and one row a line, or `with from \"cases.csv\"`";
            self.tell(syntax::bad_table(message, place, "each of what?").help(help));
            return true;
        };
        if !each.table.text.is_empty() {
            self.module.tables.push(each);
            return true;
        }
        let (start, end) = (each.table.span.start as usize + 1, (each.table.span.end as usize).saturating_sub(1));
        let found = table::written(self.file, start, end);
        let (tests, findings) = rows(self.file, &each, found);
        self.module.items.extend(tests.into_iter().map(Item::Test));
        findings.into_iter().for_each(|finding| self.tell(finding));
        true
    }
}

/// The `test each` that a slice is; none where it is none, or does not say where its rows are.
pub(crate) fn read(file: &SourceFile, slice: &Slice) -> Option<TestEach> {
    let parts = EachParts { file, tokens: &slice.tokens };
    let word = parts.tokens.get(1).filter(|_| parts.word(1) == "each")?;
    let (table, with) = parts.table()?;
    let blanks = [(word.start, word.end), with];
    Some(TestEach {
        table,
        span: span(file.id, slice.start, slice.end),
        blanks: blanks.map(|(start, end)| span(file.id, start, end)).to_vec(),
        holes: parts.holes(with),
    })
}

/// The tests of a `test each` whose table is in a file of its own, and what was found; `file` is that of the test.
#[must_use]
pub fn tests_from(file: &SourceFile, each: &TestEach, saved: &SourceFile) -> (Vec<Test>, Vec<Diagnostic>) {
    rows(file, each, table::saved(saved))
}

fn rows(file: &SourceFile, each: &TestEach, table: Result<Table, Vec<Diagnostic>>) -> (Vec<Test>, Vec<Diagnostic>) {
    let table = match table {
        Ok(table) => table,
        Err(findings) => return (Vec::new(), findings),
    };
    let unknown: Vec<Diagnostic> = each.holes.iter().filter_map(|hole| unknown(hole, &table)).collect();
    if !unknown.is_empty() {
        return (Vec::new(), unknown);
    }
    let (mut tests, mut findings): (Vec<Test>, Vec<Diagnostic>) = (Vec::new(), Vec::new());
    for row in &table.rows {
        let (test, found) = one(file, each, &table, row);
        tests.extend(test);
        for finding in found {
            if !findings.contains(&finding) {
                findings.push(finding);
            }
        }
        if findings.len() >= MOST_FINDINGS {
            break;
        }
    }
    (tests, findings)
}

fn unknown(hole: &Hole, table: &Table) -> Option<Diagnostic> {
    if table.column(&hole.column.text).is_some() {
        return None;
    }
    let names = table.columns.iter().map(|column| column.text.as_str());
    let near = nearest(&hole.column.text, names.clone());
    let listed = names.map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
    let help = near.map_or(format!("its columns are {listed}"), |near| format!("did you mean `{{{near}}}`?"));
    Some(syntax::no_column(&hole.column.text, hole.column.span).help(help))
}

/// Reads one row.
fn one(file: &SourceFile, each: &TestEach, table: &Table, row: &Row) -> (Option<Test>, Vec<Diagnostic>) {
    let (text, places) = compose(file, each, |_, hole| {
        let cell = table.column(&hole.column.text).and_then(|column| row.cells.get(column));
        (
            cell.map(|cell| filled(cell, hole.quoted)).unwrap_or_default(),
            cell.map_or(hole.column.span, |cell| cell.span),
        )
    });
    let composed = SourceFile { id: COMPOSED, name: file.name.clone(), text };
    let mut reading =
        Reading { file: &composed, module: Module::default(), findings: Findings::default(), places: Some(&places) };
    for slice in Slices::new(&composed) {
        slice.findings.iter().for_each(|finding| reading.tell(finding.clone()));
        if !slice.broken {
            reading.item(&slice, "test");
        }
    }
    let findings = reading.findings.kept.into_iter().map(|finding| places.finding(finding));
    let mut tests = reading.module.items.into_iter().filter_map(|item| match item {
        Item::Test(test) => Some(Test { row: Some(row.number), ..test }),
        _ => None,
    });
    (tests.next_back(), findings.collect())
}

/// The text of a test with something in the place of each hole, by the hole's number, and where its pieces come from.
pub(crate) fn compose(
    file: &SourceFile,
    each: &TestEach,
    filling: impl Fn(usize, &Hole) -> (String, Span),
) -> (String, Places) {
    let (start, end) = (each.span.start as usize, each.span.end as usize);
    let mut places = Places { pieces: Vec::new() };
    let mut text = String::new();
    let mut at = start;
    let template = |from: usize, to: usize, text: &mut String, places: &mut Places| {
        let begun = text.len();
        for (offset, c) in file.text.get(from..to).unwrap_or("").char_indices() {
            let byte = from + offset;
            let blank = each.blanks.iter().any(|b| (b.start as usize..b.end as usize).contains(&byte));
            if blank && c != '\n' { text.extend(std::iter::repeat_n(' ', c.len_utf8())) } else { text.push(c) }
        }
        places.pieces.push(Piece { start: begun, end: text.len(), source: span(file.id, from, to), hole: None });
    };
    for (number, hole) in each.holes.iter().enumerate() {
        template(at, hole.column.span.start as usize, &mut text, &mut places);
        let begun = text.len();
        let (put_in, source) = filling(number, hole);
        text.push_str(&put_in);
        places.pieces.push(Piece { start: begun, end: text.len(), source, hole: Some(hole.column.span) });
        at = hole.column.span.end as usize;
    }
    template(at, end, &mut text, &mut places);
    (text, places)
}

/// A cell as it is put in: on one line, and inside quotes without quotes.
fn filled(cell: &Cell, quoted: bool) -> String {
    let mut text = String::with_capacity(cell.text.len());
    for c in cell.text.chars() {
        let disturbs = matches!(c, '\n' | '\r') || quoted && matches!(c, '"' | '“' | '”' | '«' | '»');
        if disturbs { text.extend(std::iter::repeat_n(' ', c.len_utf8())) } else { text.push(c) }
    }
    text
}

/// Where the pieces of a composed text come from.
pub(crate) struct Places {
    pieces: Vec<Piece>,
}

/// Bytes `start..end` of the composed text.
struct Piece {
    start: usize,
    end: usize,
    source: Span,
    /// Of a cell: the braces that it stands for.
    hole: Option<Span>,
}

impl Places {
    /// A place of the composed text in the files that it was made of: in a cell, if it is wholly in one.
    pub(super) fn place(&self, start: usize, end: usize) -> Span {
        let inside = |piece: &&Piece| piece.start <= start && end <= piece.end && (start < piece.end || start == end);
        let cells = self.pieces.iter().filter(|piece| piece.hole.is_some());
        if let Some(piece) = cells.clone().find(inside) {
            let exact = piece.end - piece.start == (piece.source.end - piece.source.start) as usize;
            let shift = |at: usize| u32::try_from(at - piece.start).unwrap_or(0);
            if exact && end > start {
                let from = piece.source.start;
                return Span { start: from + shift(start), end: from + shift(end), ..piece.source };
            }
            return piece.source;
        }
        let (from, to) = (self.template(start, false), self.template(end, true));
        Span { start: from.start, end: to.end.max(from.start), ..from }
    }

    /// Bytes of the template that bytes of the composed text stand for, holes as a whole; and whether there is a hole in them.
    pub(crate) fn written(&self, start: usize, end: usize) -> (usize, usize, bool) {
        let (from, to) = (self.template(start, false), self.template(end, true));
        let holes = self.pieces.iter().filter(|piece| piece.hole.is_some());
        let holed = holes.clone().any(|hole| hole.start < end && start < hole.end);
        (from.start as usize, to.end as usize, holed)
    }

    /// Where a byte of the template stands in the composed text, if it stands outside holes.
    pub(crate) fn composed(&self, byte: usize) -> Option<usize> {
        let holds = |piece: &&Piece| (piece.source.start as usize..piece.source.end as usize).contains(&byte);
        let piece = self.pieces.iter().filter(|piece| piece.hole.is_none()).find(holds)?;
        Some(piece.start + byte - piece.source.start as usize)
    }

    /// A byte of the template; of a cell, the braces that it stands for.
    fn template(&self, at: usize, is_end: bool) -> Span {
        let holds = |piece: &&Piece| {
            if is_end { piece.start < at && at <= piece.end } else { piece.start <= at && at < piece.end }
        };
        let Some(piece) = self.pieces.iter().find(holds).or(self.pieces.last()) else { return Span::default() };
        if let Some(hole) = piece.hole {
            return hole;
        }
        let byte = piece.source.start + u32::try_from(at.saturating_sub(piece.start)).unwrap_or(0);
        Span { start: byte, end: byte, ..piece.source }
    }

    /// A finding with its places where the author can see them.
    fn finding(&self, mut finding: Diagnostic) -> Diagnostic {
        let told = |place: Span| {
            if place.file == COMPOSED { self.place(place.start as usize, place.end as usize) } else { place }
        };
        for label in &mut finding.labels {
            label.span = told(label.span);
        }
        if finding.message.starts_with("expected a text in quotes") {
            finding.help = Some("where a text is wanted, the braces stand in quotes: `\"{column}\"`".to_owned());
        }
        finding.fix = finding.fix.map(|fix| crate::diagnostic::Fix { span: told(fix.span), ..fix });
        finding
    }
}

/// The parts of `test each`, by its tokens.
struct EachParts<'t> {
    file: &'t SourceFile,
    tokens: &'t [Token],
}

impl EachParts<'_> {
    fn word(&self, at: usize) -> &str {
        self.tokens.get(at).and_then(|token| self.file.text.get(token.start..token.end)).unwrap_or("")
    }

    /// The table's file, or the braces around it (then without text), and the bytes of `with` and all of it.
    fn table(&self) -> Option<(Text, (usize, usize))> {
        let with = (2..self.tokens.len().min(8)).find(|at| self.word(*at) == "with")?;
        let start = self.tokens.get(with)?.start;
        let next = self.tokens.get(with + 1)?;
        if next.kind == Kind::Open('{') {
            let mut depth = 0usize;
            let close = self.tokens.get(with + 1..)?.iter().find(|token| {
                match token.kind {
                    Kind::Open('{') => depth += 1,
                    Kind::Close('}') => depth = depth.saturating_sub(1),
                    _ => {}
                }
                depth == 0
            })?;
            let braces = Text { text: String::new(), span: span(self.file.id, next.start, close.end) };
            return Some((braces, (start, close.end)));
        }
        let path = self.tokens.get(with + 2).filter(|t| self.word(with + 1) == "from" && t.kind == Kind::Quote)?;
        let mut letters = self.file.text.get(path.start..path.end)?.chars();
        letters.next();
        letters.next_back();
        let text = letters.as_str().trim().to_owned();
        (!text.is_empty()).then(|| (Text { text, span: span(self.file.id, path.start, path.end) }, (start, path.end)))
    }

    /// The braces that name columns: in texts, and elsewhere those with nothing but words on one line in them.
    fn holes(&self, with: (usize, usize)) -> Vec<Hole> {
        let mut holes = Vec::new();
        for (at, token) in self.tokens.iter().enumerate().filter(|(_, t)| t.start < with.0 || t.start >= with.1) {
            match token.kind {
                Kind::Quote => self.quoted_holes(*token, &mut holes),
                Kind::Open('{') if self.word(at.saturating_sub(1)) != "call" && at > 3 => {
                    let words = self.tokens.get(at + 1..).unwrap_or(&[]).iter().take_while(|t| t.kind == Kind::Word);
                    let count = words.clone().count();
                    let one_line = words.clone().chain(self.tokens.get(at + 1 + count)).all(|t| !t.first_on_line);
                    let close = self.tokens.get(at + 1 + count).filter(|t| t.kind == Kind::Close('}'));
                    if let Some(close) = close.filter(|_| count > 0 && one_line) {
                        holes.push(self.hole(token.start, close.end, false));
                    }
                }
                _ => {}
            }
        }
        holes.sort_by_key(|hole: &Hole| hole.column.span.start);
        holes
    }

    fn quoted_holes(&self, token: Token, holes: &mut Vec<Hole>) {
        let mut from = token.start;
        let text = |from: usize| self.file.text.get(from..token.end).unwrap_or("");
        while let Some(open) = text(from).find('{') {
            let Some(close) = text(from + open).find('}') else { return };
            let (start, end) = (from + open, from + open + close + 1);
            holes.push(self.hole(start, end, true));
            from = end;
        }
    }

    fn hole(&self, start: usize, end: usize, quoted: bool) -> Hole {
        let name = self.file.text.get(start + 1..end.saturating_sub(1)).unwrap_or("");
        Hole { column: Ident { text: table::named(name), span: span(self.file.id, start, end) }, quoted }
    }
}
