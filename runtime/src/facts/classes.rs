//! Classes of what is said, found once a call in every turn and back-channel. Must not know phrases, roles or who asks.
//!
//! What is found is sure if each of its tokens is heard, and nothing dark lies inside it or among the two tokens on either
//! side that count: more words there could make it longer, or another thing. A mask that says what it stands for is one of
//! its class.

use super::runs::words_of;
use super::stretches::{Stretches, tokens_of};
use super::{Said, index};
use grille_evidence::call::Source;
use grille_evidence::facts::{SpeakerFacts, Tokens, flag};
use grille_evidence::locale::LocalePack;
use grille_evidence::locale::classes::{ClassSpan, Lexeme, Stop, Written, is_money};
use std::ops::Range;

/// How many tokens beside a stretch may change what it is.
const BESIDE: usize = 2;

/// Every stretch of every class, by last token. Flags and what does not count must stand already.
pub(super) fn find(
    said: &[Said<'_>],
    tokens: &Tokens,
    found: &Stretches,
    speakers: &[SpeakerFacts],
    source: &Source,
    pack: &LocalePack,
) -> Vec<ClassSpan> {
    let mut spans = Vec::new();
    for (first, last) in found.surely_together() {
        let words = words_of(said, first, last);
        let lexemes = lexemes(words, tokens, pack);
        let speaker = words.first().map_or(0, |word| word.placed.facts.speaker);
        let dark = speakers.get(speaker as usize).map_or(&[][..], |s| &s.dark);
        let range = tokens_of(said, first, last);
        for mut span in pack.classes_in(&lexemes, source.punctuation) {
            let around = around(tokens, span, &range);
            let lit = dark.iter().all(|d| {
                let (from, to) = (d.from_token as usize, (d.to_token as usize).max(d.from_token as usize + 1));
                to <= around.start || around.end <= from
            });
            span.sure &= lit && heard(tokens, span);
            spans.push(span);
        }
        spans.extend(masked(words, pack));
    }
    spans.sort_unstable();
    spans
}

/// The tokens of a stretch that count, with what their writing says.
fn lexemes<'t>(words: &[Said<'_>], tokens: &'t Tokens, pack: &LocalePack) -> Vec<Lexeme<'t>> {
    let mut lexemes: Vec<Lexeme<'t>> = Vec::new();
    let mut money_first = false;
    for word in words {
        let source = word.placed.word;
        let written = Written::of(&source.text, &source.after);
        if word.tokens.is_empty() && is_money(&source.text) {
            match lexemes.last_mut().filter(|l| l.text.starts_with(|c: char| c.is_ascii_digit())) {
                Some(last) => last.written.money = true,
                None => money_first = true,
            }
        }
        for at in word.tokens.clone() {
            let text = tokens.text.get(at).and_then(|id| tokens.vocabulary.get(*id as usize)).map_or("", |t| &**t);
            let filler = tokens.skips.get(at).is_some_and(|skip| skip.is_filler());
            if filler && !pack.is_number_word(text) {
                continue;
            }
            let last = at + 1 == word.tokens.end;
            let stop = if last { written.stop } else { Stop::None };
            let money = written.money || std::mem::take(&mut money_first);
            let written = Written { stop, money, ..written };
            lexemes.push(Lexeme { text, token: index(at), glued: at > word.tokens.start, written });
        }
    }
    lexemes
}

/// Every token of it is heard, and no speech without words lies in it.
fn heard(tokens: &Tokens, span: ClassSpan) -> bool {
    let (first, last) = (span.first as usize, span.last as usize);
    let flags = tokens.flags.get(first..=last).unwrap_or_default();
    flags.iter().all(|f| f & flag::HEARD != 0) && flags.iter().skip(1).all(|f| f & flag::DARK_BEFORE == 0)
}

/// The tokens of it and beside it that decide what it is.
fn around(tokens: &Tokens, span: ClassSpan, stretch: &Range<usize>) -> Range<usize> {
    let counts = |at: &usize| tokens.skips.get(*at).is_none_or(|skip| !skip.is_filler());
    let (first, last) = (span.first as usize, span.last as usize);
    let from = (stretch.start..first).rev().filter(counts).nth(BESIDE - 1).unwrap_or(stretch.start);
    let to = (last + 1..stretch.end).filter(counts).nth(BESIDE - 1).map_or(stretch.end, |at| at + 1);
    from..to
}

/// The masks of a stretch that say what they stand for.
fn masked(words: &[Said<'_>], pack: &LocalePack) -> Vec<ClassSpan> {
    let masks = words.iter().filter(|w| w.placed.word.kind == grille_evidence::call::WordKind::Redacted);
    let span = |word: &Said<'_>| {
        let (class, digits) = pack.class_of_mask(&word.placed.word.text)?;
        let token = index(word.tokens.start);
        Some(ClassSpan { last: token, first: token, class, digits, sure: true })
    };
    masks.filter_map(span).collect()
}
