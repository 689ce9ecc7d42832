//! The words of a call that nobody can be sure of, as every phrase meets them. Found once a call; knows no phrase.
//!
//! A word in a dark stretch that was not heard stands for what may have been said there. One that cannot be read, or was
//! taken out, stands for as many words as can be said in its time, ten a second, of two tokens each. One that was written down stands for as many tokens as are written, one
//! more (“accord” for “d'accord”), fewer, or none at all (a filler, a noise). What was heard beside it stands as it is;
//! but it need not count, if it may be a repeat of what was said there.

use grille_evidence::facts::{CallFacts, SpeakerFacts, flag};
use std::ops::Range;

/// Nobody says more than ten words a second: the least time of one, in milliseconds.
const SHORTEST_WORD: i32 = 100;
/// As many tokens has a word, as a rule, at most (“d'accord”).
const MOST_TOKENS: i32 = 2;
/// Past so many heard tokens that count, an unheard word makes no repeat.
const REPEAT_REACH: usize = 5;
/// The most tokens between two that a repeat joins.
const INSIDE_REPEAT: usize = 2;

/// Unheard words of dark stretches, token by token.
#[derive(Debug, Clone, Default)]
pub struct Doubt {
    /// A token: how many tokens it may stand for at most; 0 where it stands as it is. Empty if all do.
    stands_for: Vec<u8>,
    /// A token: may what was heard there not count? Empty likewise.
    passable: Vec<bool>,
    /// Unheard tokens that follow one another, with the number of their speaker, in order.
    runs: Vec<(usize, Range<u32>)>,
}

impl Doubt {
    /// Of a call.
    #[must_use]
    pub fn of(facts: &CallFacts) -> Doubt {
        let mut doubt = Doubt::default();
        for (number, speaker) in facts.speakers.iter().enumerate() {
            if speaker.dark.iter().any(|d| !d.unrated && d.from_token < d.to_token) {
                doubt.add(facts, number, speaker);
            }
        }
        doubt
    }

    /// How many tokens may stand at most where this one is written; 0 if it was heard, or is taken on trust.
    #[must_use]
    pub fn stands_for(&self, token: u32) -> u8 {
        self.stands_for.get(token as usize).copied().unwrap_or(0)
    }

    /// May a token that was heard not count between the words of a phrase?
    #[must_use]
    pub fn is_passable(&self, token: u32) -> bool {
        self.passable.get(token as usize).copied().unwrap_or(false)
    }

    /// The runs of a speaker.
    pub fn runs_of(&self, speaker: usize) -> impl Iterator<Item = &Range<u32>> {
        self.runs.iter().filter(move |(own, _)| *own == speaker).map(|(_, run)| run)
    }

    fn add(&mut self, facts: &CallFacts, number: usize, speaker: &SpeakerFacts) {
        self.stands_for.resize(facts.tokens.text.len(), 0);
        self.passable.resize(facts.tokens.text.len(), false);
        for dark in speaker.dark.iter().filter(|d| !d.unrated) {
            for token in dark.from_token..dark.to_token {
                let stands_for = stands_for(facts, token);
                if let Some(slot) = self.stands_for.get_mut(token as usize) {
                    *slot = stands_for;
                }
                match self.runs.last_mut() {
                    _ if stands_for == 0 => {}
                    Some((own, run)) if *own == number && run.end == token => run.end += 1,
                    _ => self.runs.push((number, token..token + 1)),
                }
            }
        }
        self.mark_passable(facts, speaker);
    }

    /// Marks what was heard and need not count: fillers, what may be cut, what is inside a repeat, or may be.
    fn mark_passable(&mut self, facts: &CallFacts, speaker: &SpeakerFacts) {
        let skip = |token: u32| facts.tokens.skips.get(token as usize).copied().unwrap_or_default();
        let counts = |token: &u32| self.stands_for(*token) > 0 || !skip(*token).is_filler();
        let line = Line::of(speaker.tokens.clone().filter(counts), |token| self.stands_for(token) > 0);
        let repeats: Vec<u32> = (0..line.heard.len()).filter_map(|place| line.may_repeat(facts, place)).collect();
        let others = speaker.tokens.clone().filter(|token| !skip(*token).surely_counts());
        for token in others.chain(repeats) {
            if let Some(slot) = self.passable.get_mut(token as usize) {
                *slot = true;
            }
        }
    }
}

fn stands_for(facts: &CallFacts, token: u32) -> u8 {
    let flags = facts.tokens.flags.get(token as usize).copied().unwrap_or(flag::HEARD);
    let word = |token: u32| facts.tokens.word.get(token as usize);
    match flags {
        heard if heard & flag::HEARD != 0 => 0,
        unreadable if unreadable & flag::UNKNOWN != 0 => in_its_time(facts, token),
        _ if token.checked_sub(1).and_then(word) == word(token) => 1,
        _ => 2,
    }
}

/// How many tokens can be said, at most, in the time of the word of a token.
fn in_its_time(facts: &CallFacts, token: u32) -> u8 {
    let word = facts.tokens.word.get(token as usize).and_then(|word| facts.words.get(*word as usize));
    let millis = word.map_or(i32::MAX, |word| word.end_hi.saturating_sub(word.start_lo).max(1));
    let words = millis.saturating_sub(1) / SHORTEST_WORD + 1;
    u8::try_from(words.saturating_mul(MOST_TOKENS)).unwrap_or(u8::MAX)
}

/// The heard tokens of a speaker that count, each with how many of them lie between it and the next unheard one.
struct Line {
    heard: Vec<u32>,
    before: Vec<usize>,
    after: Vec<usize>,
}

impl Line {
    fn of(tokens: impl Iterator<Item = u32>, unheard: impl Fn(u32) -> bool) -> Line {
        let (mut heard, mut before, mut since) = (Vec::new(), Vec::new(), usize::MAX);
        let mut unheard_at: Vec<usize> = Vec::new();
        for token in tokens {
            if unheard(token) {
                unheard_at.push(heard.len());
                since = 0;
            } else {
                heard.push(token);
                before.push(since);
                since = since.saturating_add(1);
            }
        }
        let next = |place: usize| unheard_at.get(unheard_at.partition_point(|at| *at <= place));
        let after = (0..heard.len()).map(|place| next(place).map_or(usize::MAX, |at| at - place - 1)).collect();
        Line { heard, before, after }
    }

    /// The token at this place, if it may be inside a repeat of which an unheard word is a part: it is near one, and says
    /// again what was said just before, or a token beside it does; or it stands between two.
    fn may_repeat(&self, facts: &CallFacts, place: usize) -> Option<u32> {
        let token = self.heard.get(place)?;
        let (before, after) = (*self.before.get(place)?, *self.after.get(place)?);
        let near = before.min(after) <= REPEAT_REACH;
        let between = before <= INSIDE_REPEAT && after <= INSIDE_REPEAT;
        let beside = place.saturating_sub(INSIDE_REPEAT)..=place.saturating_add(INSIDE_REPEAT);
        (near && (between || beside.into_iter().any(|at| self.says_again(facts, at)))).then_some(*token)
    }

    fn says_again(&self, facts: &CallFacts, place: usize) -> bool {
        let text = |at: usize| self.heard.get(at).and_then(|token| facts.tokens.text.get(*token as usize));
        let own = text(place);
        own.is_some() && (place.saturating_sub(INSIDE_REPEAT + 1)..place).any(|at| text(at) == own)
    }
}
