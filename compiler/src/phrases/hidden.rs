//! Where matches could hide that hold a word which nobody can be sure of: the phrase's automaton is run with what may stand
//! there, and with what was heard around it. Knows nothing of roles, negation or how listed matches are found.

use super::doubt::Doubt;
use super::index::TokenSymbols;
use super::widening::parted;
use super::{IN_QUESTION, Manner};
use crate::plan::automaton::{Automaton, LONGEST_MATCH, Position};
use grille_evidence::facts::{CallFacts, SpeakerFacts};
use grille_evidence::moment::Zone;
use std::mem;
use std::ops::Range;

/// The least zone that holds every match of a phrase which holds a token of the run, if there can be one. Of matches that
/// hold an earlier unheard token, too, only what lies behind that one need be inside.
#[must_use]
pub fn zone(
    facts: &CallFacts,
    symbols: &TokenSymbols,
    automaton: &Automaton,
    manner: Manner,
    (speaker, run): (&SpeakerFacts, &Range<u32>),
) -> Option<Zone> {
    let (states, taken, rounds, found) = (Vec::new(), Vec::new(), (Vec::new(), Vec::new()), None);
    let mut walk = Walk { facts, symbols, automaton, manner, states, taken, rounds, found };
    walk.through(speaker, run);
    let (first, last) = walk.found?;
    let word = |token: u32| facts.tokens.word.get(token as usize).and_then(|w| facts.words.get(*w as usize));
    Some((word(first)?.start_lo, word(last)?.end_hi))
}

/// The earliest token at which a match can begin that reached a position; [`NOWHERE`] where none did.
type States = Vec<u32>;
const NOWHERE: u32 = u32::MAX;

struct Walk<'a> {
    facts: &'a CallFacts,
    symbols: &'a TokenSymbols,
    automaton: &'a Automaton,
    manner: Manner,
    states: States,
    /// The states in which the last token was taken.
    taken: States,
    /// Room for what an unheard token may stand for: the states before and after one more.
    rounds: (States, States),
    /// The first and the last token of the matches so far.
    found: Option<(u32, u32)>,
}

impl Walk<'_> {
    fn through(&mut self, speaker: &SpeakerFacts, run: &Range<u32>) {
        self.states = vec![NOWHERE; self.automaton.positions.len()];
        let start = self.reach_back(speaker, run.start);
        let end = speaker.tokens.end.min(run.end.saturating_add(LONGEST_MATCH));
        for token in start..end {
            let in_run = run.contains(&token);
            if token > start && self.parted(token) {
                self.states.fill(NOWHERE);
            }
            if self.may_be_asked(token) {
                self.step(token, token < run.end);
                if token >= run.start {
                    self.note(token);
                }
            } else {
                self.states.fill(NOWHERE);
            }
            if !in_run && token >= run.end && self.states.iter().all(|s| *s == NOWHERE) {
                break;
            }
        }
    }

    /// How far before the run a match can begin that reaches into it, and holds no unheard token before.
    fn reach_back(&self, speaker: &SpeakerFacts, from: u32) -> u32 {
        let mut left = self.automaton.longest.saturating_sub(1);
        let mut start = from;
        while start > speaker.tokens.start && from - start < LONGEST_MATCH && !self.parted(start) {
            let before = start - 1;
            if self.doubt().stands_for(before) > 0 || (left == 0 && !self.is_passable(before)) {
                break;
            }
            left -= u32::from(!self.is_passable(before));
            start = before;
        }
        start
    }

    /// Goes on over one token, and keeps the states in which it was taken.
    fn step(&mut self, token: u32, may_begin: bool) {
        let stands_for = self.doubt().stands_for(token);
        let mut taken = mem::take(&mut self.taken);
        if stands_for == 0 {
            self.next(&self.states, token, false, may_begin, &mut taken);
            if self.is_passable(token) {
                lower(&mut self.states, &taken);
            } else {
                self.states.clone_from(&taken);
            }
        } else {
            self.unheard(token, stands_for, may_begin, &mut taken);
            lower(&mut self.states, &taken);
        }
        self.taken = taken;
    }

    /// The states after any number of tokens up to what an unheard one may stand for; the automaton has no loops, so that
    /// more than its length make no difference.
    fn unheard(&mut self, token: u32, stands_for: u8, may_begin: bool, taken: &mut States) {
        let (mut last, mut next) = mem::take(&mut self.rounds);
        last.clone_from(&self.states);
        taken.clear();
        taken.resize(last.len(), NOWHERE);
        for _ in 0..stands_for {
            self.next(&last, token, true, may_begin, &mut next);
            if !lower(taken, &next) {
                break;
            }
            mem::swap(&mut last, &mut next);
        }
        self.rounds = (last, next);
    }

    /// The states after one more token.
    fn next(&self, states: &[u32], token: u32, unheard: bool, may_begin: bool, next: &mut States) {
        next.clear();
        next.resize(states.len(), NOWHERE);
        let mut raise = |position: u16, start: u32| {
            if let Some(slot) = next.get_mut(usize::from(position)).filter(|slot| **slot > start)
                && (unheard || self.accepts(position, token))
            {
                *slot = start;
            }
        };
        for (start, follow) in states.iter().zip(&self.automaton.follow).filter(|(start, _)| **start != NOWHERE) {
            follow.iter().for_each(|position| raise(*position, *start));
        }
        if may_begin {
            self.automaton.first.iter().for_each(|position| raise(*position, token));
        }
    }

    /// Does the position accept a token that stands as it is written?
    fn accepts(&self, position: u16, token: u32) -> bool {
        match self.automaton.at(position) {
            Some(Position::Symbol(symbol)) => {
                let text = self.facts.tokens.text.get(token as usize);
                text.is_some_and(|text| self.symbols.of(*text).contains(&symbol.0))
            }
            Some(Position::AnyWord | Position::Gap | Position::Span(_)) => true,
            None => false,
        }
    }

    fn note(&mut self, token: u32) {
        let starts =
            self.automaton.last.iter().filter_map(|p| self.taken.get(usize::from(*p))).filter(|s| **s != NOWHERE);
        if let Some(start) = starts.min() {
            let first = self.found.map_or(*start, |(first, _)| first.min(*start));
            self.found = Some((first, token));
        }
    }

    fn doubt(&self) -> &Doubt {
        &self.symbols.doubt
    }

    fn is_passable(&self, token: u32) -> bool {
        !self.automaton.exactly && self.doubt().is_passable(token)
    }

    fn parted(&self, token: u32) -> bool {
        parted(self.facts, token, self.manner.max_pause)
    }

    fn may_be_asked(&self, token: u32) -> bool {
        !self.manner.asks || self.facts.tokens.flags.get(token as usize).is_none_or(|flags| flags & IN_QUESTION != 0)
    }
}

/// Takes what is lower of both; does it change anything?
fn lower(states: &mut States, others: &[u32]) -> bool {
    let mut changed = false;
    for (state, other) in states.iter_mut().zip(others).filter(|(state, other)| *other < *state) {
        *state = *other;
        changed = true;
    }
    changed
}
