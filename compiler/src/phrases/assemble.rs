//! From matches to moments: what `says` and `asks` denote, with sure, maybe, and where more could hide.

use super::index::TokenSymbols;
use super::widening::{self, Widest};
use super::{Manner, Match, hidden, negation};
use crate::algebra::combine;
use crate::plan::automaton::Automaton;
use grille_evidence::call::Role;
use grille_evidence::facts::{CallFacts, SpeakerFacts, flag};
use grille_evidence::moment::{Edges, Moment, MomentSet, Zone, merge_zones};
use grille_evidence::truth::Truth;

/// Speakers whose words may be the role's: those that have it, and those of whom it is not known.
pub fn candidates(facts: &CallFacts, role: Role) -> impl Iterator<Item = &SpeakerFacts> {
    facts.speakers.iter().filter(move |s| s.role.is_none_or(|own| own == role))
}

/// One match as a moment; none if it is negated.
#[must_use]
pub fn moment(facts: &CallFacts, found: Match, manner: Manner) -> Option<Moment> {
    let value = settle(facts, found, manner);
    let word_of = |token: u32| facts.tokens.word.get(token as usize).copied();
    let (first, last) = (word_of(found.start)?, word_of(found.end)?);
    let (a, b) = (facts.words.get(first as usize)?, facts.words.get(last as usize)?);
    let known = facts.speakers.get(a.speaker as usize).is_some_and(|s| s.role.is_some());
    (value != Truth::No).then_some(Moment {
        start: a.start,
        end: b.end,
        origin: grille_evidence::moment::Origin(a.speaker),
        first,
        last,
        first_lo: first,
        last_hi: last,
        start_lo: a.start_lo,
        start_hi: a.start_hi,
        end_lo: b.end_lo,
        end_hi: b.end_hi,
        sure: u32::from(value == Truth::Yes && known),
        edges: Edges::default(),
    })
}

/// How sure a match is once what stands around it is looked at.
#[must_use]
pub fn settle(facts: &CallFacts, found: Match, manner: Manner) -> Truth {
    let mut value = found.value;
    if manner.unless_negated && value != Truth::No {
        value = value.and(negation::negated_around(facts, found.start, found.end).negate());
    }
    let flags = facts.tokens.flags.get(found.start as usize).copied().unwrap_or(0);
    let surely_asked = !manner.asks || flags & flag::QUESTION != 0;
    if surely_asked { value } else { value.and(Truth::CannotTell) }
}

/// The moments of some matches, in order, with where more could hide.
#[must_use]
pub fn set(facts: &CallFacts, matches: &[Match], manner: Manner, dark: Vec<Zone>) -> MomentSet {
    let moments: Vec<Moment> = matches.iter().filter_map(|m| moment(facts, *m, manner)).collect();
    MomentSet::new(moments, dark)
}

/// A part of a pattern: its phrases' moments, less what `but not` matches.
#[must_use]
pub fn part(phrases: MomentSet, but_not: Option<&MomentSet>) -> MomentSet {
    match but_not {
        Some(excluded) if !phrases.moments.is_empty() => combine::except(&phrases, excluded),
        _ => phrases,
    }
}

/// Where an unlisted match could lie: around unheard words of the role, as far as what was heard beside them fits; everything
/// where nobody knows who has the role, or words are not rated.
#[must_use]
pub fn dark_zones(
    facts: &CallFacts,
    symbols: &TokenSymbols,
    role: Role,
    phrases: &[Automaton],
    manner: Manner,
) -> Vec<Zone> {
    if facts.speakers_without_role().next().is_some() {
        return vec![facts.whole()];
    }
    let (plain, classes): (Vec<&Automaton>, Vec<&Automaton>) = phrases.iter().partition(|phrase| !phrase.has_spans());
    let mut zones = Vec::new();
    for (number, speaker) in facts.speakers_of(role).filter_map(|i| Some((i, facts.speakers.get(i)?))) {
        for dark in &speaker.dark {
            let wordless = dark.from_token == dark.to_token;
            if dark.unrated {
                zones.push((dark.start, dark.end));
            } else if wordless && !phrases.is_empty() {
                let widest = Widest::of(phrases.iter(), manner.max_pause);
                zones.push(widening::widened(facts, speaker, dark, widest));
            } else if !classes.is_empty() {
                let widest = Widest::of(classes.iter().copied(), manner.max_pause);
                zones.push(widening::widened(facts, speaker, dark, widest));
            }
        }
        for run in symbols.doubt.runs_of(number) {
            let at = (speaker, run);
            zones.extend(plain.iter().filter_map(|phrase| hidden::zone(facts, symbols, phrase, manner, at)));
        }
    }
    let (start, end) = facts.whole();
    merge_zones(zones.into_iter().map(|z| (z.0.max(start), z.1.min(end))).collect())
}
