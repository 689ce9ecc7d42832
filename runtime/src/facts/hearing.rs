//! What was heard of each speaker, and where more or other may have been said. Must not know turns, patterns or roles.
//!
//! A word that cannot be read is not heard. Checked words are heard. Recognised ones are if their confidence reaches
//! the word threshold. Of a source that rates its words, one without a confidence is not heard, unless these are trusted.
//! Of a source that rates none all are heard; unless these are trusted, each speaker is then dark over the whole
//! conversation, since nothing tells what they did not say.
//! Dark stretches: in any ten consecutive words of a speaker (all, if fewer) of which less than the stretch threshold is
//! heard, from the first to the last unheard one; and each word that cannot be read. Those that share or
//! touch tokens are one. Times are the earliest possible start and the latest possible end of what a stretch covers.

use super::steps::step;
use super::{Said, index};
use grille_evidence::call::{Source, Word, WordKind, WordOrigin};
use grille_evidence::facts::{Conversation, DarkStretch, Hearing, SpeakerFacts};

/// How many consecutive words are looked at together.
const WINDOW: usize = 10;
/// Confidence of checked words, in thousandths.
const CERTAIN: u32 = 1000;

/// The confidence of a word in thousandths (at most 1000), or `u32::MAX` if there is none.
pub(super) fn confidence(word: &Word, origin: WordOrigin) -> u32 {
    match (word.confidence_thousandths, origin) {
        (Some(given), _) => u32::from(given).min(CERTAIN),
        (None, WordOrigin::Checked) if word.kind.is_plain() => CERTAIN,
        (None, _) => u32::MAX,
    }
}

/// Is the word heard?
pub(super) fn heard(word: &Word, source: &Source, hearing: Hearing) -> bool {
    let unrated = hearing.trust_unrated_words || !source.confidences;
    let reaches = || word.confidence_thousandths.map_or(unrated, |c| c >= hearing.word_threshold);
    word.kind.is_plain() && (source.words == WordOrigin::Checked || reaches())
}

/// Marks the words of which nobody can tell what was said: not heard, and in a dark stretch. What was taken out of a
/// transcript is not among them: it tells something, and only what exactly is not known.
pub(super) fn mark_doubtful(said: &mut [Said<'_>], speakers: &[SpeakerFacts]) {
    for speaker in speakers {
        let mut dark = speaker.dark.iter().peekable();
        let own = said.get_mut(speaker.words.start as usize..speaker.words.end as usize).unwrap_or_default();
        for word in own.iter_mut().filter(|word| !word.heard && word.placed.word.kind != WordKind::Redacted) {
            let token = index(word.tokens.start);
            while dark.next_if(|d| d.to_token <= token).is_some() {}
            word.doubtful = !word.tokens.is_empty() && dark.peek().is_some_and(|d| d.from_token <= token);
        }
    }
}

/// The dark stretches of one speaker, whose words these are, by tokens.
pub(super) fn dark_stretches(
    words: &[Said<'_>],
    hearing: Hearing,
    source: &Source,
    conversation: Conversation,
) -> Vec<DarkStretch> {
    let unrated = source.words == WordOrigin::Recognised && !source.confidences && !hearing.trust_unrated_words;
    if unrated && words.iter().any(|s| s.placed.word.kind.is_plain()) {
        let everything = cover(words.iter());
        let whole = DarkStretch { start: conversation.start_ms, end: conversation.end_ms, unrated: true, ..everything };
        return vec![whole];
    }
    let unreadable = words.iter().filter(|s| !s.placed.word.kind.is_plain());
    let mut stretches: Vec<DarkStretch> = unreadable.map(|s| cover([s].into_iter())).collect();
    let windows = words.windows(WINDOW.min(words.len()).max(1));
    stretches.extend(windows.filter_map(|window| unheard(window, hearing.stretch_threshold)));
    merge(stretches)
}

/// What of a window is dark, if less of it than the threshold (in thousandths) is heard.
fn unheard(window: &[Said<'_>], threshold: u16) -> Option<DarkStretch> {
    step();
    let heard = window.iter().filter(|s| s.heard).count();
    if heard * 1000 >= usize::from(threshold) * window.len() {
        return None;
    }
    let first = window.iter().position(|s| !s.heard)?;
    let last = window.iter().rposition(|s| !s.heard)?;
    window.get(first..=last).map(|dark| cover(dark.iter()))
}

/// The least stretch over some words of one speaker.
fn cover<'s, 'a: 's>(words: impl Iterator<Item = &'s Said<'a>> + Clone) -> DarkStretch {
    DarkStretch {
        start: words.clone().map(|s| s.placed.facts.start_lo).min().unwrap_or_default(),
        end: words.clone().map(|s| s.placed.facts.end_hi).max().unwrap_or_default(),
        from_token: index(words.clone().map(|s| s.tokens.start).min().unwrap_or_default()),
        to_token: index(words.map(|s| s.tokens.end).max().unwrap_or_default()),
        unrated: false,
    }
}

fn merge(mut stretches: Vec<DarkStretch>) -> Vec<DarkStretch> {
    stretches.sort_unstable_by_key(|d| (d.from_token, d.to_token, d.start, d.end));
    let mut merged: Vec<DarkStretch> = Vec::new();
    for next in stretches {
        match merged.last_mut() {
            Some(last) if next.from_token <= last.to_token => {
                last.to_token = last.to_token.max(next.to_token);
                last.start = last.start.min(next.start);
                last.end = last.end.max(next.end);
            }
            _ => merged.push(next),
        }
    }
    merged
}
