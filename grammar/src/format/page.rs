//! From rows to lines, and from lines to text: how far each is moved in, empty lines, comments behind lines. Knows no rule
//! by name but the `use` of the first lines.

use super::STEP;
use super::WIDTH;
use super::atoms::{Atoms, Lead};
use super::columns::{self, Cells, Columns, Kind};
use super::lay::{Lay, Piece};
use super::rows::{Block, Row};
use crate::parse::grammar::Rule;

/// A line of the page.
#[derive(Debug)]
struct Line {
    /// An empty line stands before it.
    blank: bool,
    /// Its first column.
    column: usize,
    /// What stands there.
    text: String,
    /// The comment behind it.
    comment: Option<String>,
    /// It is a comment itself.
    is_comment: bool,
    /// How many characters stand before the `{` of a block on one line.
    brace: Option<usize>,
}

/// The lines of a file.
pub(super) struct Page<'a> {
    read: &'a Atoms,
    lay: Lay<'a>,
    lines: Vec<Line>,
    /// The next line has an empty one before it.
    blank: bool,
}

impl<'a> Page<'a> {
    /// Lays out a file.
    pub(super) fn of(read: &'a Atoms) -> Page<'a> {
        let mut page = Page { read, lay: Lay::new(&read.atoms), lines: Vec::new(), blank: false };
        let mut before: Option<(bool, bool)> = None;
        for row in &read.rows {
            let start = page.lines.len();
            page.row(row, 0, &Columns::default());
            let opens = matches!(row.rule, None | Some(Rule::item_use));
            let is_tall = page.lines.get(start..).unwrap_or(&[]).iter().filter(|line| !line.is_comment).count() > 1;
            let apart = before.is_some_and(|(opened, was_tall)| is_tall || was_tall || opened != opens);
            page.set_blank(start, |blank| apart || blank);
            before = Some((opens, is_tall));
        }
        page.comments(&read.tail, 0);
        page.set_blank(0, |_| false);
        page.line_up_braces();
        page
    }

    /// Blocks on one line that follow each other have their braces in one column, if all of them still fit.
    fn line_up_braces(&mut self) {
        for run in self.lines.chunk_by_mut(|one, two| one.is_beside(two)) {
            let column = run.iter().filter_map(|line| line.brace).max().unwrap_or(0);
            let missing = |line: &Line| column.saturating_sub(line.brace.unwrap_or(column));
            if run.iter().all(|line| line.width() + missing(line) <= WIDTH) {
                for line in run {
                    let (missing, brace) = (missing(line), line.brace.unwrap_or(0));
                    let at = line.text.char_indices().nth(brace).map_or(line.text.len(), |(at, _)| at);
                    line.text.insert_str(at, &" ".repeat(missing));
                }
            }
        }
    }

    fn set_blank(&mut self, line: usize, blank: impl Fn(bool) -> bool) {
        if let Some(line) = self.lines.get_mut(line) {
            line.blank = blank(line.blank);
        }
    }

    fn push(&mut self, column: usize, text: String, comment: Option<String>) {
        let is_comment = text.starts_with('#');
        let text = text.trim_end().to_owned();
        self.lines.push(Line {
            blank: std::mem::take(&mut self.blank),
            column,
            text,
            comment,
            is_comment,
            brace: None,
        });
    }

    fn comments(&mut self, leads: &[Lead], column: usize) {
        for lead in leads {
            self.blank = lead.blank;
            self.push(column, lead.text.clone(), None);
        }
    }

    fn pieces(&mut self, pieces: Vec<Piece>) {
        for piece in pieces {
            self.push(piece.column, piece.text, piece.comment);
        }
    }

    /// Comments before a row, and those inside it, up to the atom `last`, for which there is no place there.
    fn before(&mut self, low: usize, last: usize, column: usize) {
        let read = self.read;
        let Some(first) = read.atoms.get(low) else { return };
        self.comments(&first.lead, column);
        self.blank = first.blank;
        self.inside(low, last, column);
    }

    fn inside(&mut self, low: usize, last: usize, column: usize) {
        let read = self.read;
        for index in low + 1..=last {
            let behind = read.atoms.get(index - 1).and_then(|atom| atom.after.clone());
            behind.into_iter().for_each(|comment| self.push(column, comment, None));
            let leads = read.atoms.get(index).map_or(&[][..], |atom| &atom.lead);
            leads.iter().for_each(|lead| self.push(column, lead.text.clone(), None));
        }
    }

    fn after(&self, high: usize) -> Option<String> {
        high.checked_sub(1).and_then(|last| self.read.atoms.get(last)).and_then(|atom| atom.after.clone())
    }

    fn row(&mut self, row: &Row, column: usize, columns: &Columns) {
        if let Some(block) = &row.block {
            return self.block(row, block, column);
        }
        match columns::cells(row, &self.read.atoms) {
            Some((kind, lines)) => lines.iter().for_each(|line| self.cells(line, kind, column, columns)),
            None => self.plain(row, column),
        }
    }

    fn plain(&mut self, row: &Row, column: usize) {
        let (low, high) = (row.low, row.high);
        let is_wide = column + self.lay.width(low, high) > WIDTH;
        let equals = (low..high).find(|at| self.read.atoms.get(*at).is_some_and(|a| a.rule == Some(Rule::equals)));
        match equals.filter(|at| at + 1 < high) {
            Some(at) if !is_wide && !self.lay.has_comments_inside(at, high) => {
                self.before(low, at, column);
                self.push(column, self.lay.flat(low, high), self.after(high));
            }
            Some(at) => {
                self.before(low, at, column);
                self.push(column, self.lay.flat(low, at + 1), self.after(at + 1));
                let leads = self.read.atoms.get(at + 1).map_or(&[][..], |atom| &atom.lead);
                leads.iter().for_each(|lead| self.push(column + STEP, lead.text.clone(), None));
                self.pieces(self.lay.lines(at + 1, high, column + STEP, false));
            }
            None => {
                self.before(low, low, column);
                self.pieces(self.lay.lines(low, high, column, false));
            }
        }
    }

    /// A line in columns; comments stand before it, or behind it, or in its last cell.
    fn cells(&mut self, line: &Cells, kind: Kind, column: usize, columns: &Columns) {
        let (Some(low), Some(last)) = (line.starts.first(), line.starts.last()) else { return };
        self.before(*low, *last, column);
        let mut head = String::new();
        for (nth, pair) in line.starts.windows(2).enumerate() {
            let [from, to] = pair else { continue };
            let (text, width) = (self.lay.flat(*from, *to), columns.width(kind, nth));
            let missing = " ".repeat(width.saturating_sub(text.chars().count()));
            head.push_str(&if kind.is_right(nth) { format!("{missing}{text} ") } else { format!("{text}{missing} ") });
        }
        let start = column + head.chars().count();
        let mut pieces = self.lay.lines(*last, line.high, start, kind.hangs());
        if let Some(first) = pieces.first_mut() {
            (first.column, first.text) = (column, format!("{head}{}", first.text));
        }
        self.pieces(pieces);
    }

    fn block(&mut self, row: &Row, block: &Block, column: usize) {
        if let Some(line) = self.one_line(row, block, column) {
            self.before(row.low, block.open, column);
            self.push(column, line, self.after(row.high));
            let brace = self.lay.width(row.low, block.open) + 1;
            return self.lines.last_mut().into_iter().for_each(|line| line.brace = Some(brace));
        }
        self.before(row.low, block.open, column);
        self.push(column, self.lay.flat(row.low, block.open + 1), self.after(block.open + 1));
        let columns = Columns::of(block, &self.read.atoms, &self.lay);
        let start = self.lines.len();
        for inner in columns::ordered(block) {
            match self.without_comma(inner, block) {
                Some(shorter) => self.row(&shorter, column + STEP, &columns),
                None => self.row(inner, column + STEP, &columns),
            }
        }
        let read = self.read;
        let tail = read.atoms.get(block.close).map_or(&[][..], |atom| &atom.lead);
        self.comments(tail, column + STEP);
        self.set_blank(start, |_| false);
        self.inside(block.close, row.high.saturating_sub(1), column);
        self.push(column, self.lay.flat(block.close, row.high), self.after(row.high));
    }

    /// In a list with a row a line there are no commas at the ends of lines.
    fn without_comma(&self, row: &Row, block: &Block) -> Option<Row> {
        let last = row.high.checked_sub(1)?;
        let atom = self.read.atoms.get(last)?;
        let needless = columns::is_list(block.rule) && atom.text == "," && atom.after.is_none() && row.low < last;
        needless.then(|| Row::flat(row.rule, row.low, last))
    }

    /// The block on one line: a list, or a single row in something without a title, where it fits and no comment forbids.
    fn one_line(&self, row: &Row, block: &Block, column: usize) -> Option<String> {
        let atoms = &self.read.atoms;
        let is_list = columns::is_list(block.rule);
        let titled = (row.low..block.open).any(|at| atoms.get(at).is_some_and(|a| a.rule == Some(Rule::quoted)));
        let rows = &block.rows;
        let simple = rows.iter().all(|inner| inner.block.is_none() && inner.rule != Some(Rule::whenever));
        if !simple || self.lay.has_comments_inside(block.open, row.high) || !(is_list || rows.len() < 2 && !titled) {
            return None;
        }
        let parts: Vec<String> = rows
            .iter()
            .map(|inner| self.without_comma(inner, block).map_or(inner.high, |shorter| shorter.high))
            .zip(rows)
            .map(|(high, inner)| self.lay.flat(inner.low, high))
            .collect();
        let head = self.lay.flat(row.low, block.open + 1);
        let inside = if parts.is_empty() { String::new() } else { format!(" {} ", parts.join(", ")) };
        let line = format!("{head}{inside}{}", self.lay.flat(block.close, row.high));
        (column + line.chars().count() <= WIDTH).then_some(line)
    }

    /// The page as text; comments behind lines that follow each other stand in one column.
    pub(super) fn text(&self) -> String {
        let mut text = String::new();
        let mut column = 0;
        for (nth, line) in self.lines.iter().enumerate() {
            let follows = nth
                .checked_sub(1)
                .and_then(|before| self.lines.get(before))
                .is_some_and(|before| before.goes_with(line));
            if !follows {
                column = self.comment_column(nth);
            }
            if line.blank {
                text.push('\n');
            }
            text.push_str(&" ".repeat(line.column));
            text.push_str(&line.text);
            if let Some(comment) = &line.comment {
                text.push_str(&" ".repeat(column.saturating_sub(line.width())));
                text.push_str(comment);
            }
            text.push('\n');
        }
        text
    }

    /// Where the comments behind this line and those that go with it begin.
    fn comment_column(&self, first: usize) -> usize {
        let rest = self.lines.get(first..).unwrap_or(&[]);
        let together = rest.windows(2).take_while(|pair| matches!(pair, [one, two] if one.goes_with(two))).count() + 1;
        rest.iter().take(together).map(Line::width).max().unwrap_or(0) + 2
    }
}

impl Line {
    /// Characters on it; of a table, on its last line.
    fn width(&self) -> usize {
        match self.text.rsplit_once('\n') {
            Some((_, last)) => last.chars().count(),
            None => self.column + self.text.chars().count(),
        }
    }

    /// Are both blocks on one line, one below the other?
    fn is_beside(&self, next: &Line) -> bool {
        self.brace.is_some() && next.brace.is_some() && !next.blank && self.column == next.column
    }

    /// Do both have comments behind them, one below the other?
    fn goes_with(&self, next: &Line) -> bool {
        self.comment.is_some() && next.comment.is_some() && !next.blank && self.column == next.column
    }
}
