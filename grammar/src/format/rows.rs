//! What stands on a line of its own: whatever pest's tree has between braces. Knows no rule by name but the braces, the
//! comma, and expressions, which hold no braces.

use super::atoms::Atom;
use crate::parse::grammar::{Rule, is_keyword};
use pest::iterators::Pair;

/// A line, or a block of lines: the atoms `low..high`.
#[derive(Debug)]
pub(super) struct Row {
    /// The rule of the line; none of the first lines of a file.
    pub rule: Option<Rule>,
    /// First atom.
    pub low: usize,
    /// One past the last.
    pub high: usize,
    /// What stands in its braces, if it has some.
    pub block: Option<Block>,
}

/// What stands in braces.
#[derive(Debug)]
pub(super) struct Block {
    /// The rule of what the braces belong to.
    pub rule: Rule,
    /// The atom `{`.
    pub open: usize,
    /// The atom `}`.
    pub close: usize,
    /// The lines.
    pub rows: Vec<Row>,
}

impl Row {
    /// A row without braces.
    pub(super) fn flat(rule: Option<Rule>, low: usize, high: usize) -> Row {
        Row { rule, low, high, block: None }
    }
}

/// The row of a pair whose atoms are `low..high`; pest's text begins at byte `base` of the file.
pub(super) fn row(pair: &Pair<'_, Rule>, atoms: &[Atom], (low, high): (usize, usize), base: usize) -> Row {
    let mut row = Row::flat(Some(pair.as_rule()), low, high);
    let Some(holder) = holder(pair) else { return row };
    let at = |byte: usize| atoms.partition_point(|atom| atom.start < base + byte);
    let inner: Vec<Pair<'_, Rule>> = holder.clone().into_inner().collect();
    let brace = |rule: Rule| inner.iter().position(|pair| pair.as_rule() == rule);
    let (Some(first), Some(last)) = (brace(Rule::open_brace), inner.iter().rposition(is_close)) else { return row };
    let byte = |index: usize| inner.get(index).map_or(0, |pair| pair.as_span().start());
    let (open, close) = (at(byte(first)), at(byte(last)));
    let starts: Vec<usize> = (first + 1..last).filter(|index| begins(&inner, *index, first)).collect();
    let mut rows = Vec::new();
    for (nth, index) in starts.iter().enumerate() {
        let Some(pair) = inner.get(*index) else { continue };
        let from = if nth == 0 { open + 1 } else { at(byte(*index)) };
        let to = starts.get(nth + 1).map_or(close, |next| at(byte(*next)));
        rows.push(self::row(pair, atoms, (from, to), base));
    }
    if rows.is_empty() && open + 1 < close {
        rows.push(Row::flat(None, open + 1, close));
    }
    row.block = Some(Block { rule: holder.as_rule(), open, close, rows });
    row
}

fn is_close(pair: &Pair<'_, Rule>) -> bool {
    pair.as_rule() == Rule::close_brace
}

/// Does a row begin with this pair? Commas end one, and a keyword by itself begins one that goes on.
fn begins(inner: &[Pair<'_, Rule>], index: usize, open: usize) -> bool {
    let rule = |index: usize| inner.get(index).map(Pair::as_rule);
    let is_word = |rule: Rule| is_keyword(rule) && rule != Rule::comma;
    if rule(index) == Some(Rule::comma) {
        return false;
    }
    index == open + 1 || !index.checked_sub(1).and_then(rule).is_some_and(is_word)
}

/// The pair that has braces directly inside, this one or one in it.
fn holder<'i>(pair: &Pair<'i, Rule>) -> Option<Pair<'i, Rule>> {
    let inner = || pair.clone().into_inner().filter(|inner| inner.as_rule() != Rule::expr);
    if inner().any(|inner| inner.as_rule() == Rule::open_brace) {
        return Some(pair.clone());
    }
    inner().find_map(|inner| holder(&inner))
}
