//! Nearest misses of phrases: most words matched, then earliest (language, section 12).

use super::Explainer;
use crate::phrases::{Manner, assemble, begins, continues};
use crate::plan::automaton::{Automaton, LONGEST_MATCH, Position};
use crate::plan::{NodeId, PatternId};
use grille_evidence::call::Role;
use grille_evidence::facts::skip::Skip;
use grille_evidence::moment::Moment;
use grille_evidence::trace::{Reason, ReasonCode};
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// For each position, how many words were matched up to it.
type Matched = BTreeMap<u16, u32>;

/// How far a phrase got: words matched, of how many, from which token to which.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Reach {
    matched: u32,
    of: u32,
    start: u32,
    end: u32,
}

impl Explainer<'_> {
    /// The phrase of which most words were said, if more than half of it was.
    pub(crate) fn partly_said(&self, id: NodeId, role: Role, pattern: PatternId, manner: Manner) -> Option<Reason> {
        let phrases = self.plan.pattern(pattern)?.parts.iter().flat_map(|p| &p.phrases);
        let best = phrases
            .filter_map(|phrase| self.furthest(role, phrase, manner))
            .min_by_key(|r| (Reverse(r.matched), r.of, r.start))
            .filter(|r| r.matched * 2 > r.of)?;
        let word = |token: u32| self.facts.tokens.word.get(token as usize).copied();
        let (first, last) = (word(best.start)?, word(best.end)?);
        let (a, b) = (self.facts.words.get(first as usize)?, self.facts.words.get(last as usize)?);
        let mut moment = Moment::exact(a.start, b.end, grille_evidence::moment::Origin(a.speaker));
        (moment.first, moment.last) = (first, last);
        let mut reason = self.reason(ReasonCode::PartlySaid, id, None, Some(self.evidence(&moment)));
        reason.matched = Some((best.matched, best.of));
        Some(reason)
    }

    fn furthest(&self, role: Role, phrase: &Automaton, manner: Manner) -> Option<Reach> {
        let of = shortest(phrase);
        let speakers = assemble::candidates(self.facts, role);
        let starts = speakers.flat_map(|s| s.tokens.clone().map(move |t| (t, s.tokens.end)));
        starts
            .filter(|(start, _)| begins(self.facts, *start, manner))
            .filter_map(|(start, end)| self.walk(phrase, manner, start, end))
            .map(|(matched, end, start)| Reach { matched: matched.min(of.saturating_sub(1)), of, start, end })
            .min_by_key(|r| (Reverse(r.matched), r.start))
    }

    /// Words matched from `start` on before nothing goes on, and the last token that one of them took.
    fn walk(&self, phrase: &Automaton, manner: Manner, start: u32, end: u32) -> Option<(u32, u32, u32)> {
        let mut reached: Vec<Matched> = Vec::new();
        let mut best = None;
        let mut next: Vec<(u16, u32)> = phrase.first.iter().map(|p| (*p, 0)).collect();
        for token in start..end.min(start.saturating_add(LONGEST_MATCH)) {
            if token > start && !continues(self.facts, token, manner) {
                break;
            }
            let mut states = Matched::new();
            for (position, matched) in next.drain(..) {
                let Some(counts) = self.takes(phrase, position, token) else { continue };
                let slot = states.entry(position).or_insert(0);
                *slot = (*slot).max(matched + counts);
                if counts == 1 && best.is_none_or(|(most, _, _)| matched + 1 > most) {
                    best = Some((matched + 1, token, start));
                }
            }
            for (position, matched) in self.spans(phrase, start, token, &reached) {
                let slot = states.entry(position).or_insert(0);
                *slot = (*slot).max(matched);
                if best.is_none_or(|(most, _, _)| matched > most) {
                    best = Some((matched, token, start));
                }
            }
            let skip = self.skip(phrase, token);
            for back in passed_over(skip, token - start) {
                let kept = (token - start).checked_sub(back).and_then(|at| reached.get(at as usize));
                kept.into_iter().flatten().for_each(|(position, matched)| {
                    let slot = states.entry(*position).or_insert(0);
                    *slot = (*slot).max(*matched);
                });
            }
            let spans_go_on = phrase.has_spans() && self.interpreter.symbols().goes_on(token);
            if states.is_empty() && !skip.goes_on() && !spans_go_on {
                break;
            }
            for (position, matched) in &states {
                let follow = phrase.follow.get(usize::from(*position)).map_or(&[][..], Vec::as_slice);
                next.extend(follow.iter().map(|q| (*q, *matched)));
            }
            reached.push(states);
        }
        best
    }

    /// Does the position take the token, and is it then a word of the phrase?
    fn takes(&self, phrase: &Automaton, position: u16, token: u32) -> Option<u32> {
        match phrase.at(position)? {
            Position::Symbol(symbol) => {
                let text = self.facts.tokens.text.get(token as usize).copied()?;
                self.interpreter.symbols().of(text).contains(&symbol.0).then_some(1)
            }
            Position::AnyWord => (!self.skip(phrase, token).is_filler()).then_some(1),
            Position::Gap => Some(0),
            Position::Span(_) => None,
        }
    }

    /// The positions that take a stretch which ends at the token, with the words matched up to it; the stretch is one.
    fn spans(&self, phrase: &Automaton, start: u32, token: u32, reached: &[Matched]) -> Vec<(u16, u32)> {
        let mut taken = Vec::new();
        for span in self.interpreter.symbols().ending_at(token).iter().filter(|s| s.first >= start) {
            let here = |position: &&u16| phrase.at(**position) == Some(Position::Span(span.symbol));
            let Some(before) = (span.first - start).checked_sub(1) else {
                taken.extend(phrase.first.iter().filter(here).map(|p| (*p, 1)));
                continue;
            };
            for (position, matched) in reached.get(before as usize).into_iter().flatten() {
                let follow = phrase.follow.get(usize::from(*position)).map_or(&[][..], Vec::as_slice);
                taken.extend(follow.iter().filter(here).map(|p| (*p, matched + 1)));
            }
        }
        taken
    }

    fn skip(&self, phrase: &Automaton, token: u32) -> Skip {
        let skip = self.facts.tokens.skips.get(token as usize).copied().unwrap_or_default();
        if phrase.exactly { Skip::default() } else { skip }
    }
}

/// How many tokens back the states lie that stay at a token, as many after the first of the match.
fn passed_over(skip: Skip, passed: u32) -> impl Iterator<Item = u32> {
    let repeats = skip.repeats().filter(move |r| r.reach <= passed).map(|r| r.length);
    skip.is_filler().then_some(1).into_iter().chain(repeats)
}

/// Words of the shortest way through a phrase.
fn shortest(phrase: &Automaton) -> u32 {
    let cost = |p: u16| u32::from(phrase.at(p) != Some(Position::Gap));
    let mut least: BTreeMap<u16, u32> = BTreeMap::new();
    let mut open: Vec<(u16, u32)> = phrase.first.iter().map(|p| (*p, cost(*p))).collect();
    while let Some((position, words)) = open.pop() {
        if least.get(&position).is_some_and(|known| *known <= words) {
            continue;
        }
        least.insert(position, words);
        let follow = phrase.follow.get(usize::from(position)).map_or(&[][..], Vec::as_slice);
        open.extend(follow.iter().map(|q| (*q, words + cost(*q))));
    }
    phrase.last.iter().filter_map(|p| least.get(p)).min().copied().unwrap_or(1)
}
