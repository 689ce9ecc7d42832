//! Matching one phrase at one token by walking its automaton position by position.

use crate::phrases::index::TokenSymbols;
use crate::phrases::{Manner, Match, begins, continues};
use crate::plan::automaton::{Automaton, Position};
use grille_evidence::facts::{CallFacts, flag};
use grille_evidence::truth::Truth;

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
    let mut states: Vec<Option<Truth>> = vec![None; automaton.positions.len()];
    for position in &automaton.first {
        let value = accepts(facts, symbols, automaton, *position, start, manner);
        if let Some(state) = states.get_mut(usize::from(*position)) {
            *state = value;
        }
    }
    let mut token = start;
    while states.iter().any(Option::is_some) {
        found.extend(ending(automaton, &states).map(|value| Match { start, end: token, value }));
        token += 1;
        if token >= end || !continues(facts, token, manner) {
            break;
        }
        states = step(facts, symbols, automaton, &states, token, manner);
    }
    found
}

fn ending(automaton: &Automaton, states: &[Option<Truth>]) -> Option<Truth> {
    automaton.last.iter().filter_map(|p| states.get(usize::from(*p)).copied().flatten()).max()
}

fn step(
    facts: &CallFacts,
    symbols: &TokenSymbols,
    automaton: &Automaton,
    states: &[Option<Truth>],
    token: u32,
    manner: Manner,
) -> Vec<Option<Truth>> {
    let mut next: Vec<Option<Truth>> = vec![None; states.len()];
    for (state, follow) in states.iter().zip(&automaton.follow) {
        let Some(so_far) = state else { continue };
        for position in follow {
            let Some(value) = accepts(facts, symbols, automaton, *position, token, manner) else { continue };
            let across =
                if token_flags(facts, token) & flag::DARK_BEFORE != 0 { Truth::CannotTell } else { Truth::Yes };
            let reached = Some(so_far.and(value).and(across));
            if let Some(slot) = next.get_mut(usize::from(*position)) {
                *slot = (*slot).max(reached);
            }
        }
    }
    next
}

/// Does the position accept the token, and how surely? `No` is a negator in a gap.
fn accepts(
    facts: &CallFacts,
    symbols: &TokenSymbols,
    automaton: &Automaton,
    position: u16,
    token: u32,
    manner: Manner,
) -> Option<Truth> {
    let flags = token_flags(facts, token);
    let heard = if flags & flag::HEARD != 0 { Truth::Yes } else { Truth::CannotTell };
    let unknown = flags & flag::UNKNOWN != 0;
    match automaton.at(position)? {
        Position::Symbol(symbol) => {
            let text = facts.tokens.text.get(token as usize).copied()?;
            symbols.of(text).contains(&symbol.0).then_some(heard)
        }
        Position::AnyWord => Some(if unknown { Truth::CannotTell } else { heard }),
        Position::Gap if unknown => Some(Truth::CannotTell),
        Position::Gap if manner.unless_negated && flags & flag::NEGATOR != 0 => Some(heard.negate()),
        Position::Gap => Some(Truth::Yes),
    }
}

fn token_flags(facts: &CallFacts, token: u32) -> u8 {
    facts.tokens.flags.get(token as usize).copied().unwrap_or(0)
}
