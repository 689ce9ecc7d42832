//! What is lined up with what, and which clauses come first. The only part of the formatter that knows rules by name.

use super::atoms::Atom;
use super::lay::Lay;
use super::rows::{Block, Row};
use crate::parse::grammar::Rule;
use std::collections::BTreeMap;

/// Rows of one kind in one block have their cells in the same columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    /// `met when` and its condition.
    Clause,
    /// Times, who, words.
    Turn,
    /// Name, points, the rest.
    Entry,
    /// `version`, `used for`, and what they say.
    Head,
}

/// One line of a row in cells: the first atom of each.
#[derive(Debug)]
pub(super) struct Cells {
    /// First atoms; never empty.
    pub starts: Vec<usize>,
    /// One past the last atom.
    pub high: usize,
}

/// Widths of the cells of a block, but for the last of each line.
#[derive(Debug, Default)]
pub(super) struct Columns {
    widths: BTreeMap<(Kind, usize), usize>,
}

impl Columns {
    /// Of the rows of a block.
    pub(super) fn of(block: &Block, atoms: &[Atom], lay: &Lay<'_>) -> Columns {
        let mut columns = Columns::default();
        for (kind, lines) in block.rows.iter().filter_map(|row| cells(row, atoms)) {
            for line in &lines {
                for (nth, pair) in line.starts.windows(2).enumerate() {
                    let [low, high] = pair else { continue };
                    let width = columns.widths.entry((kind, nth)).or_default();
                    *width = (*width).max(lay.width(*low, *high));
                }
            }
        }
        columns
    }

    /// The width of a cell.
    pub(super) fn width(&self, kind: Kind, nth: usize) -> usize {
        self.widths.get(&(kind, nth)).copied().unwrap_or(0)
    }
}

impl Kind {
    /// Does the cell stand at the right of its column?
    pub(super) fn is_right(self, nth: usize) -> bool {
        self == Kind::Entry && nth == 1
    }

    /// Do operators of a broken line stand before its column?
    pub(super) fn hangs(self) -> bool {
        self == Kind::Clause
    }
}

/// The lines of a row in cells; none where nothing of it is lined up.
pub(super) fn cells(row: &Row, atoms: &[Atom]) -> Option<(Kind, Vec<Cells>)> {
    if row.block.is_some() {
        return None;
    }
    let cut = |starts: Vec<usize>| vec![Cells { starts, high: row.high }];
    Some(match row.rule? {
        Rule::applies | Rule::excused | Rule::not_met | Rule::met | Rule::partly => {
            let when = find(row, atoms, |atom| atom.rule == Some(Rule::k_when))?;
            (Kind::Clause, cut(vec![row.low, when + 1]))
        }
        Rule::whenever => {
            let expect = find(row, atoms, |atom| atom.rule == Some(Rule::k_expect))?;
            let trigger = Cells { starts: vec![row.low, row.low + 1], high: expect };
            (Kind::Clause, vec![trigger, Cells { starts: vec![expect, expect + 1], high: row.high }])
        }
        Rule::turn_line => {
            let who = find(row, atoms, |atom| matches!(atom.parent, Some(Rule::role | Rule::speaker)))?;
            let words = find(row, atoms, |atom| atom.rule == Some(Rule::quoted))?;
            (Kind::Turn, cut(vec![row.low, who, words]))
        }
        Rule::entry => {
            let points = find(row, atoms, |atom| atom.rule == Some(Rule::unit))?.checked_sub(1)?;
            (Kind::Entry, cut(vec![row.low, points, points + 1]))
        }
        Rule::version | Rule::used_for => (Kind::Head, cut(vec![row.low, row.high.checked_sub(1)?])),
        _ => return None,
    })
}

/// The first atom outside parentheses that is wanted.
fn find(row: &Row, atoms: &[Atom], wanted: impl Fn(&Atom) -> bool) -> Option<usize> {
    let mut depth = 0usize;
    for (index, atom) in atoms.iter().enumerate().take(row.high).skip(row.low) {
        match atom.text.as_str() {
            "(" if atom.rule.is_none() => depth += 1,
            ")" if atom.rule.is_none() => depth = depth.saturating_sub(1),
            _ if depth == 0 && wanted(atom) => return Some(index),
            _ => {}
        }
    }
    None
}

/// The rows of a block in the order in which they are written: clauses as they are decided, everything else as it was.
/// A clause that is not known here stays behind the one before it.
pub(super) fn ordered(block: &Block) -> Vec<&Row> {
    let mut last = 0;
    let mut rows: Vec<(u8, &Row)> = Vec::with_capacity(block.rows.len());
    for row in &block.rows {
        last = row.rule.and_then(rank).unwrap_or(last);
        rows.push((last, row));
    }
    if block.rule == Rule::item_criterion {
        rows.sort_by_key(|(rank, _)| *rank);
    }
    rows.into_iter().map(|(_, row)| row).collect()
}

/// In the order in which clauses are decided: what does not apply, the verdicts, then what an excuse makes of them; advice
/// comes last.
fn rank(rule: Rule) -> Option<u8> {
    Some(match rule {
        Rule::applies => 0,
        Rule::not_met => 1,
        Rule::met | Rule::whenever => 2,
        Rule::partly => 3,
        Rule::excused => 4,
        Rule::coaching => 5,
        _ => return None,
    })
}

/// May the rows of such a block stand on one line, with commas between them?
pub(super) fn is_list(rule: Rule) -> bool {
    rule == Rule::grades
}
