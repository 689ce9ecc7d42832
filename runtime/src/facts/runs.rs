//! Runs: a speaker's words without a pause over 500 ms, and whether each takes the floor or only listens.
//! Must not know turns, roles or questions.
//!
//! A *run* is a maximal series of one speaker's words, in their order, without a pause over 500 ms, a pause being
//! measured from the latest end so far. A run under 2 s whose tokens are all on the locale's list of back-channels only
//! listens; every other one speaks. Where words are doubtful it may be either: unless what was heard of the run stands
//! in no back-channel, or the run is too long for one. Where somebody speaks, and when, is taken as it is given; only
//! what is said is in doubt. What was taken out of a transcript tells something about somebody, and is no back-channel.

use super::steps::step;
use super::{Said, index, texts};
use grille_evidence::facts::Tokens;
use grille_evidence::locale::LocalePack;
use grille_evidence::truth::Truth;

/// A longer pause ends a run, in milliseconds.
const SHORT_PAUSE: i32 = 500;
/// A back-channel is shorter than this, in milliseconds.
const BACK_CHANNEL: i32 = 2000;

/// A run, with the bounds of its times.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Run {
    pub start: i32,
    pub end: i32,
    pub start_lo: i32,
    pub start_hi: i32,
    pub end_lo: i32,
    pub end_hi: i32,
    pub speaker: u32,
    /// First word.
    pub first: u32,
    /// Last word.
    pub last: u32,
    /// Does it take the floor?
    pub speaks: Truth,
}

/// All runs, in the order of the words.
pub(super) fn find(said: &[Said<'_>], tokens: &Tokens, pack: &LocalePack) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for (number, word) in said.iter().enumerate() {
        step();
        let (word, number) = (&word.placed.facts, index(number));
        match runs.last_mut() {
            Some(run) if run.speaker == word.speaker && word.start - run.end <= SHORT_PAUSE => {
                run.last = number;
                run.end = run.end.max(word.end);
                run.end_lo = run.end_lo.max(word.end_lo);
                run.end_hi = run.end_hi.max(word.end_hi);
            }
            _ => runs.push(Run {
                start: word.start,
                end: word.end,
                start_lo: word.start_lo,
                start_hi: word.start_hi,
                end_lo: word.end_lo,
                end_hi: word.end_hi,
                speaker: word.speaker,
                first: number,
                last: number,
                speaks: Truth::Yes,
            }),
        }
    }
    for run in &mut runs {
        run.speaks = speaks(words_of(said, run.first, run.last), tokens, pack, run.end - run.start);
    }
    runs
}

/// The words from one to another.
pub(super) fn words_of<'s, 'a>(said: &'s [Said<'a>], first: u32, last: u32) -> &'s [Said<'a>] {
    said.get(first as usize..=last as usize).unwrap_or_default()
}

fn speaks(words: &[Said<'_>], tokens: &Tokens, pack: &LocalePack, length: i32) -> Truth {
    if length >= BACK_CHANNEL {
        return Truth::Yes;
    }
    let (Some(first), Some(last)) = (words.first(), words.last()) else { return Truth::Yes };
    if words.iter().any(|word| word.doubtful) {
        let heard = words.iter().filter(|word| !word.doubtful).flat_map(|word| texts(tokens, word.tokens.clone()));
        let may_listen = heard.into_iter().all(|text| pack.is_in_back_channels(text));
        return if may_listen { Truth::CannotTell } else { Truth::Yes };
    }
    Truth::of(!pack.is_back_channel(&texts(tokens, first.tokens.start..last.tokens.end)))
}
