//! What does not count between the words of a phrase: fillers, cut words and immediate repeats. Must not know phrases,
//! roles or who listens.
//!
//! - A *filler* is a token of the locale's list.
//! - A *cut word* ends in a hyphen right after a letter (`bonj-`). Its last token is that word's alone: it is written with
//!   the hyphen in the vocabulary, so that no phrase finds it. A word that ends in an ellipsis or a dash (`bonj…`,
//!   `bonj—`) is cut only if the speaker's next word begins with its letters and goes on (`bonj… bonjour`); most often
//!   such a mark is a hesitation after a whole word. It can still be found. Both words must be heard.
//! - A *repeat* is a run of one to three tokens that says the run right before it again, fillers and cut words passed
//!   over, in one turn or back-channel. A token that cannot be read repeats nothing.

use super::runs::words_of;
use super::stretches::{Stretches, tokens_of};
use super::{Said, index};
use grille_evidence::facts::skip::{LONGEST_REPEAT, Repeat, Skip};
use grille_evidence::facts::{Tokens, UNKNOWN_TOKEN, flag};
use grille_evidence::locale::LocalePack;
use std::ops::Range;

/// Does the word end in the middle, by its own spelling?
pub(super) fn is_cut(text: &str) -> bool {
    let bare = text.trim_end_matches(['.', ',', ';', ':', '!', '?', '…']);
    let Some(letters) = bare.strip_suffix(['-', '\u{2010}', '\u{2011}']) else { return false };
    letters.ends_with(char::is_alphabetic)
}

/// The token of a cut word, as it stands in the vocabulary.
pub(super) fn cut_token(token: &str) -> String {
    format!("{token}-")
}

/// Fills the column of what does not count. Flags must stand already.
pub(super) fn mark(said: &[Said<'_>], tokens: &mut Tokens, found: &Stretches, pack: &LocalePack) {
    let fillers: Vec<bool> = tokens.vocabulary.iter().map(|text| pack.is_filler(text) || text.ends_with('-')).collect();
    let is_filler = |id: &u32| fillers.get(*id as usize) == Some(&true);
    let mut skips = vec![Skip::default(); tokens.text.len()];
    for (skip, _) in skips.iter_mut().zip(&tokens.text).filter(|(_, id)| is_filler(id)) {
        skip.mark_filler();
    }
    for (first, last) in found.surely_together() {
        restarted(words_of(said, first, last), tokens, &mut skips);
        repeats(tokens, tokens_of(said, first, last), &mut skips);
    }
    tokens.skips = skips;
}

/// Words that a mark leaves open, and of which the next word begins anew.
fn restarted(words: &[Said<'_>], tokens: &Tokens, skips: &mut [Skip]) {
    for (at, word) in words.iter().enumerate().filter(|(_, w)| is_open(w)) {
        let Some(last) = word.tokens.clone().next_back() else { continue };
        let Some(skip) = skips.get_mut(last) else { continue };
        skip.mark_doubtful();
        let next = words.iter().skip(at + 1).find(|w| !w.tokens.is_empty());
        if next.is_some_and(|next| word.heard && next.heard && begins_with(tokens, next.tokens.start, last)) {
            skip.mark_filler();
        }
    }
}

/// Does a mark after the word leave it open?
fn is_open(word: &Said<'_>) -> bool {
    let (text, after) = (word.placed.word.text.as_str(), word.placed.word.after.as_str());
    let bare = text.trim_end_matches(['.', '…', '-', '–', '—']);
    let mark = text.get(bare.len()..).unwrap_or_default();
    let opens = |mark: &str| ["…", "..", "--", "–", "—"].iter().any(|open| mark.starts_with(open));
    bare.ends_with(char::is_alphabetic) && (opens(mark) || (mark.is_empty() && opens(after)))
}

fn begins_with(tokens: &Tokens, whole: usize, part: usize) -> bool {
    let text = |at: usize| tokens.text.get(at).and_then(|id| tokens.vocabulary.get(*id as usize));
    match (text(whole), text(part)) {
        (Some(whole), Some(part)) => whole.len() > part.len() && whole.starts_with(&**part),
        _ => false,
    }
}

/// Notes every repeat of a stretch.
fn repeats(tokens: &Tokens, stretch: Range<usize>, skips: &mut [Skip]) {
    let counts = |at: &usize| skips.get(*at).is_some_and(|skip| !skip.is_filler());
    let counted: Vec<usize> = stretch.filter(counts).collect();
    let text = |place: usize| counted.get(place).and_then(|at| tokens.text.get(*at)).filter(|id| **id != UNKNOWN_TOKEN);
    for size in 1..=LONGEST_REPEAT {
        let mut same = 0;
        for place in size..counted.len() {
            let again = text(place).is_some() && text(place) == text(place - size);
            same = if again { same + 1 } else { 0 };
            if same >= size
                && let (Some(original), Some(from), Some(to)) =
                    (counted.get(place + 1 - 2 * size), counted.get(place + 1 - size), counted.get(place))
            {
                note(tokens, size, *original..*from, *from..*to + 1, skips);
            }
        }
    }
}

/// Notes one repeat: the tokens from the start of what it repeats, and its own.
fn note(tokens: &Tokens, size: usize, original: Range<usize>, own: Range<usize>, skips: &mut [Skip]) {
    let flags = |range: Range<usize>| tokens.flags.get(range).unwrap_or_default().iter();
    let heard = flags(original.start..own.end).all(|flags| flags & flag::HEARD != 0);
    let unbroken = flags(original.start + 1..own.end).all(|flags| flags & flag::DARK_BEFORE == 0);
    let repeat =
        Repeat { length: index(own.len()), reach: index(own.end - 1 - original.start), sure: heard && unbroken };
    if let Some((last, before)) = skips.get_mut(own).unwrap_or_default().split_last_mut() {
        before.iter_mut().for_each(Skip::mark_goes_on);
        last.mark_doubtful();
        last.note(size, repeat);
    }
}
