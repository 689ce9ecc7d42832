//! Which tokens stand in a question. Must not know who asks, nor what is asked for.
//!
//! Where the source has punctuation, a question is the stretch of a turn from after the last sentence end before it
//! (`.`, `!`, `?`, `…` or `;` after a word) or the turn's start, to a word with a `?` after it. Where it has none, each
//! turn falls into its runs (pauses over 500 ms): a run that holds a question form of the locale, every token of the
//! form heard, is a question; every other run may be one. Back-channels are no questions.

use super::stretches::{Stretches, tokens_of};
use super::{Said, texts};
use grille_evidence::facts::{Stretch, Tokens, flag};
use grille_evidence::locale::LocalePack;
use std::ops::Range;

/// Sets the flags of questions.
pub(super) fn mark(said: &[Said<'_>], tokens: &mut Tokens, found: &Stretches, punctuation: bool, pack: &LocalePack) {
    if punctuation {
        found.turns.iter().for_each(|turn| mark_closed(said, tokens, turn));
    } else {
        found.runs.iter().for_each(|run| mark_by_form(tokens, tokens_of(said, run), pack));
    }
}

/// Marks the questions that punctuation closes.
fn mark_closed(said: &[Said<'_>], tokens: &mut Tokens, turn: &Stretch) {
    let mut sentence: Option<usize> = None;
    for word in said.get(turn.first as usize..=turn.last as usize).unwrap_or_default() {
        let from = *sentence.get_or_insert(word.tokens.start);
        let after = &word.placed.word.after;
        if after.contains('?') {
            set(tokens, from..word.tokens.end, flag::QUESTION);
        }
        if after.contains(['.', '!', '?', '…', ';']) {
            sentence = None;
        }
    }
}

/// Marks a run by the question forms it holds.
fn mark_by_form(tokens: &mut Tokens, run: Range<usize>, pack: &LocalePack) {
    let flags = tokens.flags.get(run.clone()).unwrap_or_default();
    let heard =
        |form: &Range<usize>| flags.get(form.clone()).unwrap_or_default().iter().all(|flags| flags & flag::HEARD != 0);
    let asks = pack.question_forms_in(&texts(tokens, run.clone())).iter().any(heard);
    set(tokens, run, if asks { flag::QUESTION } else { flag::MAYBE_QUESTION });
}

fn set(tokens: &mut Tokens, range: Range<usize>, kind: u8) {
    let mut first = flag::QUESTION_START;
    for flags in tokens.flags.get_mut(range).unwrap_or_default() {
        *flags |= kind | first;
        first = 0;
    }
}
