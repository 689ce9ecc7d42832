//! Phrases as bit masks (the bit-parallel simulation of Glushkov automata, Navarro and Raffinot 2002): several
//! automata side by side in one word of 64 bits. Knows nothing of Cranelift.

use crate::plan::SymbolId;
use crate::plan::automaton::{Automaton, Position};
use std::collections::BTreeMap;

/// Some automata with at most 64 positions together.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Group {
    /// Positions in use.
    pub width: u32,
    /// Where a match may begin.
    pub first: u64,
    /// Where it may end.
    pub last: u64,
    /// Positions that any one word takes.
    pub any_word: u64,
    /// Slots of gaps.
    pub gaps: u64,
    /// Positions of phrases that are not meant exactly: they stay over what does not count.
    pub lenient: u64,
    /// Positions that each symbol takes.
    pub symbols: BTreeMap<SymbolId, u64>,
    /// Positions whose next one in number may follow.
    pub chain: u64,
    /// Other moves: from any of these positions to all of those.
    pub jumps: Vec<(u64, u64)>,
}

/// Puts automata into groups in their order; those too wide for one, or with classes, are returned by index.
#[must_use]
pub fn groups(automata: &[Automaton]) -> (Vec<Group>, Vec<usize>) {
    let mut groups: Vec<Group> = Vec::new();
    let mut walked = Vec::new();
    for (index, automaton) in automata.iter().enumerate() {
        let width = u32::try_from(automaton.positions.len()).unwrap_or(u32::MAX);
        if width > 64 || automaton.has_spans() {
            walked.push(index);
            continue;
        }
        if groups.last().is_none_or(|g| g.width + width > 64) {
            groups.push(Group::default());
        }
        if let Some(group) = groups.last_mut() {
            group.add(automaton, width);
        }
    }
    groups.iter_mut().for_each(Group::join_jumps);
    (groups, walked)
}

impl Group {
    fn add(&mut self, automaton: &Automaton, width: u32) {
        let base = self.width;
        let bit = |position: u16| 1u64 << (base + u32::from(position));
        let set = |positions: &[u16]| positions.iter().fold(0u64, |all, p| all | bit(*p));
        self.first |= set(&automaton.first);
        self.last |= set(&automaton.last);
        if !automaton.exactly {
            self.lenient |= (0..automaton.positions.len()).fold(0, |all, at| all | 1u64 << (base as usize + at));
        }
        for (index, (position, follow)) in (0u16..).zip(automaton.positions.iter().zip(&automaton.follow)) {
            match position {
                Position::Symbol(symbol) => *self.symbols.entry(*symbol).or_default() |= bit(index),
                Position::AnyWord => self.any_word |= bit(index),
                Position::Gap => self.gaps |= bit(index),
                Position::Span(_) => {}
            }
            let mut targets = set(follow);
            if index + 1 < u16::try_from(width).unwrap_or(u16::MAX) && targets & bit(index + 1) != 0 {
                self.chain |= bit(index);
                targets &= !bit(index + 1);
            }
            if targets != 0 {
                self.jumps.push((bit(index), targets));
            }
        }
        self.width += width;
    }

    /// Positions with the same other moves are one test.
    fn join_jumps(&mut self) {
        let mut joined: BTreeMap<u64, u64> = BTreeMap::new();
        for (from, to) in &self.jumps {
            *joined.entry(*to).or_default() |= from;
        }
        self.jumps = joined.into_iter().map(|(to, from)| (from, to)).collect();
    }

    /// Symbols that a match may begin with, and whether any word may.
    #[must_use]
    pub fn beginnings(&self) -> (Vec<SymbolId>, bool) {
        let symbols = self.symbols.iter().filter(|(_, mask)| **mask & self.first != 0).map(|(s, _)| *s).collect();
        (symbols, self.any_word & self.first != 0)
    }
}
