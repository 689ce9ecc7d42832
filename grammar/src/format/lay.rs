//! Breaks what is too long for its line: at the loosest operator outside parentheses, else inside the widest parentheses,
//! else between words. Knows the operators by their keywords and nothing of what is around an expression.

use super::atoms::Atom;
use super::{STEP, WIDTH};
use crate::parse::grammar::{Rule, is_keyword};

/// A line of an expression.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Piece {
    /// Its first column.
    pub column: usize,
    /// What stands there.
    pub text: String,
    /// The comment behind it.
    pub comment: Option<String>,
}

/// Lays out stretches of atoms.
#[derive(Debug)]
pub(super) struct Lay<'a> {
    atoms: &'a [Atom],
    /// Characters from the first atom up to each.
    widths: Vec<usize>,
    /// Atoms with comments on lines of their own before them, up to each; and with comments behind them.
    leads: Vec<usize>,
    afters: Vec<usize>,
}

/// Operators from the loosest on. A comma ends what is before it; the others begin what is after them.
fn level(atom: &Atom) -> Option<u8> {
    match atom.rule {
        Some(Rule::k_or) => Some(0),
        Some(Rule::k_and) => Some(1),
        Some(Rule::k_only | Rule::k_then | Rule::k_except | Rule::k_minus) => Some(2),
        None if atom.text == "," => Some(3),
        _ => None,
    }
}

const COMMA: u8 = 3;

fn sums(atoms: &[Atom], of: impl Fn(&Atom) -> usize) -> Vec<usize> {
    let mut sum = 0;
    let ends = atoms.iter().map(|atom| {
        sum += of(atom);
        sum
    });
    std::iter::once(0).chain(ends).collect()
}

impl<'a> Lay<'a> {
    /// Over all atoms of a file.
    pub(super) fn new(atoms: &'a [Atom]) -> Lay<'a> {
        Lay {
            atoms,
            widths: sums(atoms, |atom| atom.text.chars().count() + usize::from(!atom.glued)),
            leads: sums(atoms, |atom| usize::from(!atom.lead.is_empty())),
            afters: sums(atoms, |atom| usize::from(atom.after.is_some())),
        }
    }

    fn between(sums: &[usize], low: usize, high: usize) -> usize {
        let at = |index: usize| sums.get(index).copied().unwrap_or(0);
        if low < high { at(high) - at(low) } else { 0 }
    }

    /// Characters of the atoms on one line.
    pub(super) fn width(&self, low: usize, high: usize) -> usize {
        let glued = self.atoms.get(low).is_none_or(|atom| atom.glued);
        Self::between(&self.widths, low, high).saturating_sub(usize::from(!glued))
    }

    /// Do comments inside forbid one line? (Those before the first and behind the last do not.)
    pub(super) fn has_comments_inside(&self, low: usize, high: usize) -> bool {
        Self::between(&self.leads, low + 1, high) > 0 || Self::between(&self.afters, low, high.saturating_sub(1)) > 0
    }

    /// The atoms on one line, comments left out.
    pub(super) fn flat(&self, low: usize, high: usize) -> String {
        let mut text = String::with_capacity(self.width(low, high) + 8);
        for (nth, atom) in self.atoms.get(low..high).unwrap_or(&[]).iter().enumerate() {
            if nth > 0 && !atom.glued {
                text.push(' ');
            }
            text.push_str(&atom.text);
        }
        text
    }

    fn after(&self, high: usize) -> Option<String> {
        high.checked_sub(1).and_then(|last| self.atoms.get(last)).and_then(|atom| atom.after.clone())
    }

    /// The lines of `low..high`, the first one at `column`; `hang`: operators stand before the column, not on it. Comments
    /// before the first atom are left to the caller.
    pub(super) fn lines(&self, low: usize, high: usize, column: usize, hang: bool) -> Vec<Piece> {
        if low >= high {
            return Vec::new();
        }
        if !self.has_comments_inside(low, high) && column + self.width(low, high) <= WIDTH {
            return vec![Piece { column, text: self.flat(low, high), comment: self.after(high) }];
        }
        if let Some(cuts) = self.cuts(low, high) {
            return self.split(low, high, &cuts, column, hang);
        }
        match self.parentheses(low, high) {
            Some((open, close)) => self.inside(low, (open, close), high, column),
            None => self.filled(low, high, column),
        }
    }

    /// Where the loosest operators outside parentheses begin, and how many atoms each has; none where there is none.
    fn cuts(&self, low: usize, high: usize) -> Option<Vec<(usize, usize)>> {
        let mut depth = 0usize;
        let mut loosest = u8::MAX;
        let mut cuts = Vec::new();
        for index in low..high {
            let Some(atom) = self.atoms.get(index) else { break };
            match atom.text.as_str() {
                "(" if atom.rule.is_none() => depth += 1,
                ")" if atom.rule.is_none() => depth = depth.saturating_sub(1),
                _ => {}
            }
            let Some(found) = level(atom).filter(|_| depth == 0) else { continue };
            let (at, length) = if found == COMMA { (index + 1, 0) } else { (index, 1) };
            if at <= low || at + length >= high || found > loosest {
                continue;
            }
            if found < loosest {
                (loosest, cuts) = (found, Vec::new());
            }
            cuts.push((at, length));
        }
        (!cuts.is_empty()).then_some(cuts)
    }

    fn split(&self, low: usize, high: usize, cuts: &[(usize, usize)], column: usize, hang: bool) -> Vec<Piece> {
        let end = |nth: usize| cuts.get(nth).map_or(high, |(at, _)| *at);
        let mut pieces = self.lines(low, end(0), column, false);
        for (nth, (at, length)) in cuts.iter().enumerate() {
            let word = self.flat(*at, at + length);
            let indent = if word.is_empty() { 0 } else { word.chars().count() + 1 };
            let start = if hang { column.saturating_sub(indent) } else { column };
            self.leads_of(*at, start, &mut pieces);
            let mut operand = self.lines(at + length, end(nth + 1), start + indent, false);
            let clean = !self.has_comments_inside(*at, at + length + 1);
            match operand.first_mut().filter(|_| clean && *length > 0) {
                Some(first) => (first.column, first.text) = (start, format!("{word} {}", first.text)),
                None if *length > 0 => {
                    pieces.push(Piece { column: start, text: word, comment: self.after(at + length) });
                    self.leads_of(at + length, start + indent, &mut pieces);
                }
                None => {}
            }
            pieces.append(&mut operand);
        }
        pieces
    }

    /// Comments on lines of their own before an atom.
    fn leads_of(&self, index: usize, column: usize, pieces: &mut Vec<Piece>) {
        let leads = self.atoms.get(index).map_or(&[][..], |atom| &atom.lead);
        pieces.extend(leads.iter().map(|lead| Piece { column, text: lead.text.clone(), comment: None }));
    }

    /// The widest parentheses that hold more than one atom, or a comment.
    fn parentheses(&self, low: usize, high: usize) -> Option<(usize, usize)> {
        let mut open = Vec::new();
        let mut widest: Option<(usize, usize)> = None;
        for index in low..high {
            let Some(atom) = self.atoms.get(index).filter(|atom| atom.rule.is_none()) else { continue };
            if atom.text == "(" {
                open.push(index);
            } else if atom.text == ")" {
                let Some(start) = open.pop().filter(|_| open.is_empty()) else { continue };
                if start + 2 >= index && !self.has_comments_inside(start, index + 1) {
                    continue;
                }
                if widest.is_none_or(|(from, to)| self.width(from, to) < self.width(start, index)) {
                    widest = Some((start, index));
                }
            }
        }
        widest
    }

    fn inside(&self, low: usize, (open, close): (usize, usize), high: usize, column: usize) -> Vec<Piece> {
        let mut pieces = self.filled(low, open + 1, column);
        self.leads_of(open + 1, column + STEP, &mut pieces);
        pieces.append(&mut self.lines(open + 1, close, column + STEP, false));
        self.leads_of(close, column + STEP, &mut pieces);
        pieces.append(&mut self.filled(close, high, column));
        pieces
    }

    /// A text in quotes stays behind the keywords that it follows, however long it is.
    fn belongs_before(&self, start: usize, index: usize) -> bool {
        let before = self.atoms.get(start..index).unwrap_or(&[]);
        self.atoms.get(index).is_some_and(|atom| atom.rule == Some(Rule::quoted))
            && before.iter().all(|atom| atom.rule.is_some_and(is_keyword))
    }

    /// As many atoms a line as fit; a comment ends its line.
    fn filled(&self, low: usize, high: usize, column: usize) -> Vec<Piece> {
        let mut pieces: Vec<Piece> = Vec::new();
        let (mut start, mut from) = (low, column);
        for index in low..high {
            let Some(atom) = self.atoms.get(index) else { break };
            let commented = !atom.lead.is_empty() || self.after(index).is_some();
            let full = !atom.glued && from + self.width(start, index + 1) > WIDTH;
            let ended = index > start && (commented || full && !self.belongs_before(start, index));
            if ended {
                pieces.push(Piece { column: from, text: self.flat(start, index), comment: self.after(index) });
                (start, from) = (index, column + STEP);
                self.leads_of(index, from, &mut pieces);
            }
        }
        pieces.push(Piece { column: from, text: self.flat(start, high), comment: self.after(high) });
        pieces
    }
}
