//! Turns and back-channels, and the pauses inside them. Must not know roles, hearing, questions or criteria.
//!
//! A *run* is a maximal series of one speaker's words, in their order, without a pause over 500 ms, a pause being
//! measured from the latest end so far. A run under 2 s whose tokens are all on the locale's list, and which holds no
//! word that cannot be read, is a candidate. The other runs make turns: two of one speaker that follow one another are
//! of one turn unless the pause between them (candidates left out) is over 5 s, or over 500 ms and holds the start of a
//! word of another speaker that is in no candidate. A candidate between two runs of one turn of its own speaker belongs
//! to that turn; every other candidate is a *back-channel*. So each word is in exactly one turn or back-channel.

use super::{Said, index, texts};
use grille_evidence::facts::{STRETCH_START, Stretch, Tokens};
use grille_evidence::locale::LocalePack;
use std::ops::Range;

/// A longer pause may end a turn, and ends a run, in milliseconds.
const SHORT_PAUSE: i32 = 500;
/// A longer pause ends a turn, in milliseconds.
const LONG_PAUSE: i32 = 5000;
/// A back-channel is shorter than this, in milliseconds.
const BACK_CHANNEL: i32 = 2000;

/// What a call's words fall into, each list in the order of the words.
#[derive(Default)]
pub(super) struct Stretches {
    pub turns: Vec<Stretch>,
    pub back_channels: Vec<Stretch>,
    /// The runs that turns consist of.
    pub runs: Vec<Stretch>,
}

impl Stretches {
    /// Turns, then back-channels: every word lies in exactly one.
    pub(super) fn all(&self) -> impl Iterator<Item = &Stretch> {
        self.turns.iter().chain(&self.back_channels)
    }
}

/// Finds turns and back-channels.
pub(super) fn find(said: &[Said<'_>], tokens: &Tokens, pack: &LocalePack) -> Stretches {
    let runs = runs(said);
    let judged: Vec<(Stretch, bool)> = runs.into_iter().map(|r| (r, is_candidate(said, tokens, pack, &r))).collect();
    let starts = starts(said, &judged);
    let mut found = Stretches::default();
    let mut waiting: Vec<Stretch> = Vec::new();
    for (run, is_candidate) in judged {
        if is_candidate {
            waiting.push(run);
            continue;
        }
        match found.turns.last_mut() {
            Some(turn) if continues(turn, &run, &starts) => {
                found.runs.append(&mut waiting);
                turn.last = run.last;
                turn.end = turn.end.max(run.end);
            }
            _ => {
                found.back_channels.append(&mut waiting);
                found.turns.push(run);
            }
        }
        found.runs.push(run);
    }
    found.back_channels.append(&mut waiting);
    found
}

/// Orders stretches by (start, end, speaker), then words.
pub(super) fn in_order(mut stretches: Vec<Stretch>) -> Vec<Stretch> {
    stretches.sort_unstable_by_key(|s| (s.start, s.end, s.speaker, s.first, s.last));
    stretches
}

/// The tokens of a stretch.
pub(super) fn tokens_of(said: &[Said<'_>], stretch: &Stretch) -> Range<usize> {
    let from = said.get(stretch.first as usize).map_or(0, |s| s.tokens.start);
    let to = said.get(stretch.last as usize).map_or(from, |s| s.tokens.end);
    from..to
}

/// The pause before each token: [`STRETCH_START`] at the first of a turn or back-channel, 0 inside a word, else from the
/// end of the word before, but 0 at least. Words without tokens lie between as any other; the longest pause counts.
pub(super) fn pauses(said: &[Said<'_>], found: &Stretches) -> Vec<i32> {
    let mut begins = vec![false; said.len()];
    for stretch in found.all() {
        if let Some(begins) = begins.get_mut(stretch.first as usize) {
            *begins = true;
        }
    }
    let mut pauses = Vec::new();
    let (mut pause, mut before) = (0, 0);
    for (word, begins) in said.iter().zip(begins) {
        let own = if begins { STRETCH_START } else { word.placed.facts.start - before };
        pause = if begins { own } else { own.max(pause) };
        before = word.placed.facts.end;
        for _ in word.tokens.clone() {
            pauses.push(pause);
            pause = 0;
        }
    }
    pauses
}

fn runs(said: &[Said<'_>]) -> Vec<Stretch> {
    let mut runs: Vec<Stretch> = Vec::new();
    for (number, word) in said.iter().enumerate() {
        let (word, number) = (&word.placed.facts, index(number));
        match runs.last_mut() {
            Some(run) if run.speaker == word.speaker && word.start - run.end <= SHORT_PAUSE => {
                run.last = number;
                run.end = run.end.max(word.end);
            }
            _ => runs.push(Stretch {
                start: word.start,
                end: word.end,
                speaker: word.speaker,
                first: number,
                last: number,
            }),
        }
    }
    runs
}

fn is_candidate(said: &[Said<'_>], tokens: &Tokens, pack: &LocalePack, run: &Stretch) -> bool {
    run.end - run.start < BACK_CHANNEL && pack.is_back_channel(&texts(tokens, tokens_of(said, run)))
}

/// The starts of all words in runs that are no candidates, ascending.
fn starts(said: &[Said<'_>], judged: &[(Stretch, bool)]) -> Vec<i32> {
    let speaking = judged.iter().filter(|(_, is_candidate)| !is_candidate);
    let words = speaking.flat_map(|(run, _)| said.get(run.first as usize..=run.last as usize).unwrap_or_default());
    let mut starts: Vec<i32> = words.map(|s| s.placed.facts.start).collect();
    starts.sort_unstable();
    starts
}

/// Does the run belong to the turn of the speaker's words before it? No word of the speaker's own, candidates apart,
/// starts in the pause between them.
fn continues(turn: &Stretch, run: &Stretch, starts: &[i32]) -> bool {
    let pause = run.start - turn.end;
    let interrupted = || starts.get(starts.partition_point(|s| *s < turn.end)).is_some_and(|s| *s < run.start);
    turn.speaker == run.speaker && pause <= LONG_PAUSE && (pause <= SHORT_PAUSE || !interrupted())
}
