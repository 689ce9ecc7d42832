//! Which tokens stand in a question, and the questions themselves. Must not know who asks, nor what is asked for.
//!
//! Where the source has punctuation, a question is the stretch of a turn from after the last sentence end before it
//! (`.`, `!`, `?`, `…` or `;` after a word) or the turn's start, to a word with a `?` after it. Where it has none, each
//! turn falls into its runs (pauses over 500 ms): a run that holds a question form of the locale, every token of the
//! form heard and none doubtful so near that the form might be idle, is a question; every other run may be one.
//! Back-channels are no questions; where nobody can tell whether a run is one, it is maybe a question.

use super::runs::words_of;
use super::steps::step;
use super::stretches::{Placed, Stretches, tokens_of};
use super::{Said, texts};
use grille_evidence::facts::{Tokens, flag};
use grille_evidence::locale::LocalePack;
use grille_evidence::moment::{Edges, Moment, MomentSet, Origin};
use grille_evidence::truth::Truth;
use std::ops::Range;

/// Sets the flags of questions, and tells them in order.
pub(super) fn mark(
    said: &[Said<'_>],
    tokens: &mut Tokens,
    found: &Stretches,
    punctuation: bool,
    pack: &LocalePack,
) -> Vec<Moment> {
    let mut questions = Vec::new();
    if punctuation {
        let mut closed = Closed { said, tokens, from: None, found: &mut questions };
        found.runs.iter().for_each(|place| closed.run(place));
    } else {
        let in_turns = found.runs.iter().filter(|place| place.in_turn != Truth::No);
        questions.extend(in_turns.map(|place| by_form(said, tokens, place, pack)));
    }
    MomentSet::new(questions, Vec::new()).moments
}

/// Where a sentence begins: at the earliest, and at the latest (words).
#[derive(Clone, Copy)]
struct From {
    earliest: u32,
    latest: u32,
}

/// Finds the questions that punctuation closes.
struct Closed<'c, 's, 'a> {
    said: &'s [Said<'a>],
    tokens: &'c mut Tokens,
    from: Option<From>,
    found: &'c mut Vec<Moment>,
}

impl Closed<'_, '_, '_> {
    fn run(&mut self, place: &Placed) {
        let first = place.run.first;
        self.from = match place.joined {
            Truth::Yes => self.from,
            Truth::CannotTell => self.from.map(|from| From { latest: first, ..from }),
            Truth::No => None,
        };
        if place.in_turn == Truth::No {
            return;
        }
        for (number, word) in (first..).zip(words_of(self.said, first, place.run.last)) {
            let from = *self.from.get_or_insert(From { earliest: number, latest: number });
            let after = &word.placed.word.after;
            if after.contains('?') {
                self.question(from, number, place.in_turn == Truth::Yes);
            }
            if after.contains(['.', '!', '?', '…', ';']) {
                self.from = None;
            }
        }
    }

    fn question(&mut self, from: From, last: u32, sure: bool) {
        let all = tokens_of(self.said, from.earliest, last);
        let surely = tokens_of(self.said, from.latest, last);
        mark_start(self.tokens, &all);
        set(self.tokens, all.start..surely.start, flag::MAYBE_QUESTION);
        set(self.tokens, surely, if sure { flag::QUESTION } else { flag::MAYBE_QUESTION });
        self.found.extend(moment(self.said, from, last, sure));
    }
}

fn moment(said: &[Said<'_>], from: From, last: u32, sure: bool) -> Option<Moment> {
    let facts = |word: u32| said.get(word as usize).map(|s| s.placed.facts);
    let (low, first, end) = (facts(from.earliest)?, facts(from.latest)?, facts(last)?);
    Some(Moment {
        start: first.start,
        end: end.end,
        origin: Origin(first.speaker),
        first: from.latest,
        last,
        first_lo: from.earliest,
        last_hi: last,
        start_lo: low.start_lo,
        start_hi: first.start_hi,
        end_lo: end.end_lo,
        end_hi: end.end_hi,
        sure: u32::from(sure),
        edges: Edges::default(),
    })
}

/// Marks a run by the question forms it holds, and tells it as a question that is sure or maybe.
fn by_form(said: &[Said<'_>], tokens: &mut Tokens, place: &Placed, pack: &LocalePack) -> Moment {
    let run = &place.run;
    let range = tokens_of(said, run.first, run.last);
    let sure = place.in_turn == Truth::Yes && holds_form(said, tokens, place, pack);
    mark_start(tokens, &range);
    set(tokens, range, if sure { flag::QUESTION } else { flag::MAYBE_QUESTION });
    Moment {
        start: run.start,
        end: run.end,
        origin: Origin(run.speaker),
        first: run.first,
        last: run.last,
        first_lo: run.first,
        last_hi: run.last,
        start_lo: run.start_lo,
        start_hi: run.start_hi,
        end_lo: run.end_lo,
        end_hi: run.end_hi,
        sure: u32::from(sure),
        edges: Edges::default(),
    }
}

/// Does the run surely hold a question form?
fn holds_form(said: &[Said<'_>], tokens: &Tokens, place: &Placed, pack: &LocalePack) -> bool {
    let range = tokens_of(said, place.run.first, place.run.last);
    let flags = tokens.flags.get(range.clone()).unwrap_or_default();
    let heard = |at: Range<usize>| flags.get(at).unwrap_or_default().iter().all(|flags| flags & flag::HEARD != 0);
    let forms = pack.question_forms_in(&texts(tokens, range.clone()));
    if forms.is_empty() {
        return false;
    }
    let words = words_of(said, place.run.first, place.run.last).iter().filter(|word| word.doubtful);
    let doubtful: Vec<usize> = words.flat_map(|w| w.tokens.clone()).map(|t| t.saturating_sub(range.start)).collect();
    let reach = pack.longest_idle_question();
    let settled = |form: &Range<usize>| {
        let from = form.start.saturating_sub(reach);
        let until = doubtful.partition_point(|t| {
            step();
            *t < from
        });
        let near = doubtful.get(until);
        near.is_none_or(|t| *t >= form.end.saturating_add(reach))
    };
    forms.iter().any(|form| heard(form.clone()) && settled(form))
}

fn set(tokens: &mut Tokens, range: Range<usize>, kind: u16) {
    for flags in tokens.flags.get_mut(range).unwrap_or_default() {
        *flags |= kind;
    }
}

fn mark_start(tokens: &mut Tokens, range: &Range<usize>) {
    if let Some(flags) = tokens.flags.get_mut(range.clone()).and_then(<[u16]>::first_mut) {
        *flags |= flag::QUESTION_START;
    }
}
