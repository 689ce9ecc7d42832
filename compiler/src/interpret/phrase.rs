//! Matching one phrase at one token by walking its automaton position by position.
//!
//! What does not count may be passed over between the first and the last word of a match, unless the phrase is meant
//! exactly: a filler or cut word leaves the states as they were before it; a repeat, of which the original stands inside
//! the match, as they were before the repeat.

use crate::phrases::index::{Span, TokenSymbols};
use crate::phrases::{Manner, Match, begins, continues};
use crate::plan::automaton::{Automaton, LONGEST_MATCH, Position};
use grille_evidence::facts::skip::Skip;
use grille_evidence::facts::{CallFacts, flag};
use grille_evidence::truth::Truth;

/// For each position, how surely it was reached.
type States = Vec<Option<Truth>>;

/// Every match that begins at `start`, in order of its end; each as sure as its surest derivation.
#[must_use]
pub fn matches_at(
    facts: &CallFacts,
    symbols: &TokenSymbols,
    automaton: &Automaton,
    manner: Manner,
    start: u32,
    end: u32,
) -> Vec<Match> {
    let mut found = Vec::new();
    if !begins(facts, start, manner) {
        return found;
    }
    let mut walk = Walk { facts, symbols, automaton, manner, start, reached: Vec::new() };
    for token in start..end.min(start.saturating_add(LONGEST_MATCH)) {
        if token > start && !continues(facts, token, manner) {
            break;
        }
        let mut states = walk.taken(token);
        found.extend(ending(automaton, &states).map(|value| Match { start, end: token, value }));
        walk.pass_over(token, &mut states);
        let goes_on = walk.goes_on(token);
        if states.iter().all(Option::is_none) && !goes_on {
            break;
        }
        walk.reached.push(states);
    }
    found
}

fn ending(automaton: &Automaton, states: &[Option<Truth>]) -> Option<Truth> {
    automaton.last.iter().filter_map(|p| states.get(usize::from(*p)).copied().flatten()).max()
}

struct Walk<'a> {
    facts: &'a CallFacts,
    symbols: &'a TokenSymbols,
    automaton: &'a Automaton,
    manner: Manner,
    start: u32,
    /// The states after each token from `start` on.
    reached: Vec<States>,
}

impl Walk<'_> {
    /// The states that take this token.
    fn taken(&self, token: u32) -> States {
        let mut next: States = vec![None; self.automaton.positions.len()];
        if token == self.start {
            for position in &self.automaton.first {
                raise(&mut next, *position, self.accepts(*position, token));
            }
            self.take_spans(token, &mut next);
            return next;
        }
        for (state, follow) in self.after(token - 1).iter().zip(&self.automaton.follow) {
            let Some(so_far) = state else { continue };
            for position in follow {
                let value = self.accepts(*position, token).map(|v| so_far.and(v).and(self.unbroken(token)));
                raise(&mut next, *position, value);
            }
        }
        self.take_spans(token, &mut next);
        next
    }

    /// Adds the states that take a stretch which ends at this token.
    fn take_spans(&self, token: u32, next: &mut States) {
        for span in self.symbols.ending_at(token).iter().filter(|s| s.first >= self.start && !self.hesitates(s)) {
            let here = |position: &u16| self.automaton.at(*position) == Some(Position::Span(span.symbol));
            if span.first == self.start {
                let first = self.automaton.first.iter().filter(|p| here(p));
                first.for_each(|position| raise(next, *position, Some(span.value)));
                continue;
            }
            for (state, follow) in self.after(span.first - 1).iter().zip(&self.automaton.follow) {
                let value = state.map(|so_far| so_far.and(span.value).and(self.unbroken(span.first)));
                follow.iter().filter(|p| here(p)).for_each(|position| raise(next, *position, value));
            }
        }
    }

    /// Does a filler or cut word stand in it, though the phrase is meant exactly?
    fn hesitates(&self, span: &Span) -> bool {
        let skips = self.facts.tokens.skips.get(span.first as usize..=span.last as usize).unwrap_or_default();
        self.automaton.exactly && skips.iter().any(|skip| skip.is_filler())
    }

    /// Adds the states that stay because this token, or what ends with it, does not count.
    fn pass_over(&self, token: u32, states: &mut States) {
        if self.automaton.exactly || token == self.start {
            return;
        }
        let skip = self.skip(token);
        if skip.is_filler() {
            keep(states, self.after(token - 1), self.heard(token).and(self.unbroken(token)));
        }
        for repeat in skip.repeats().filter(|r| r.reach <= token - self.start) {
            let sure = if repeat.sure { Truth::Yes } else { Truth::CannotTell };
            keep(states, self.after(token - repeat.length), sure);
        }
    }

    /// Could states come back after this token that are not there now?
    fn goes_on(&self, token: u32) -> bool {
        (token > self.start && self.skip(token).goes_on())
            || (self.automaton.has_spans() && self.symbols.goes_on(token))
    }

    fn after(&self, token: u32) -> &[Option<Truth>] {
        self.reached.get((token - self.start) as usize).map_or(&[], Vec::as_slice)
    }

    fn skip(&self, token: u32) -> Skip {
        let skip = self.facts.tokens.skips.get(token as usize).copied().unwrap_or_default();
        if self.automaton.exactly { Skip::default() } else { skip }
    }

    fn flags(&self, token: u32) -> u16 {
        self.facts.tokens.flags.get(token as usize).copied().unwrap_or(0)
    }

    fn heard(&self, token: u32) -> Truth {
        if self.flags(token) & flag::HEARD != 0 { Truth::Yes } else { Truth::CannotTell }
    }

    /// Does no speech without words lie before the token?
    fn unbroken(&self, token: u32) -> Truth {
        if self.flags(token) & flag::DARK_BEFORE != 0 { Truth::CannotTell } else { Truth::Yes }
    }

    /// Does the position accept the token, and how surely? `No` is a negator in a gap.
    fn accepts(&self, position: u16, token: u32) -> Option<Truth> {
        let (flags, heard) = (self.flags(token), self.heard(token));
        let unknown = flags & flag::UNKNOWN != 0;
        match self.automaton.at(position)? {
            Position::Symbol(symbol) => {
                let text = self.facts.tokens.text.get(token as usize).copied()?;
                self.symbols.of(text).contains(&symbol.0).then_some(heard)
            }
            Position::AnyWord if self.skip(token).is_filler() && heard == Truth::Yes => None,
            Position::AnyWord => Some(if unknown { Truth::CannotTell } else { heard }),
            Position::Span(_) => None,
            Position::Gap if unknown => Some(Truth::CannotTell),
            Position::Gap if self.manner.unless_negated && flags & flag::NEGATOR != 0 => {
                Some(if flags & flag::MAYBE_NEGATOR != 0 { Truth::CannotTell } else { heard.negate() })
            }
            Position::Gap => Some(Truth::Yes),
        }
    }
}

fn raise(states: &mut States, position: u16, value: Option<Truth>) {
    if let Some(slot) = states.get_mut(usize::from(position)) {
        *slot = (*slot).max(value);
    }
}

/// Keeps states that were reached before, no surer than this.
fn keep(states: &mut States, before: &[Option<Truth>], sure: Truth) {
    for (slot, value) in states.iter_mut().zip(before) {
        *slot = (*slot).max(value.map(|v| v.and(sure)));
    }
}
