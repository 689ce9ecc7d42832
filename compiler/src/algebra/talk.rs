//! How long and how fast somebody talks, by the times of words. A run is words of one speaker with pauses of at most
//! 500 ms between them; somebody talks from the start of a run to its end. Where words are spread inside a segment,
//! speech is taken to be continuous there, as it is when turns are formed.

use super::cover::{self, Cover, Stretches};
use grille_evidence::call::Role;
use grille_evidence::facts::{CallFacts, DarkStretch, SpeakerFacts};
use grille_evidence::moment::Zone;
use grille_evidence::rational::Rational;
use grille_evidence::trace::ReasonCode;
use grille_evidence::value::{Range, Value};

/// The longest pause inside a run, in milliseconds.
const SHORT_PAUSE: i32 = 500;
/// Nobody says more than ten words a second for long: 100 milliseconds for each word that may hide. (The fastest
/// speakers on record reach 10.6, reciting.)
const SHORTEST_WORD: i64 = 100;

/// How long one speaker talks, and where.
#[must_use]
pub fn of_speaker(facts: &CallFacts, speaker: &SpeakerFacts) -> Cover {
    let words = facts.words.get(speaker.words.start as usize..speaker.words.end as usize).unwrap_or_default();
    let (mut surely, mut perhaps): (Stretches, Stretches) = (Vec::new(), Vec::new());
    let mut reached: Option<i32> = None;
    for word in words {
        let goes_on = reached.is_some_and(|end| word.start - end <= SHORT_PAUSE);
        match (surely.last_mut(), perhaps.last_mut()) {
            (Some(sure), Some(outer)) if goes_on => {
                sure.1 = sure.1.max(word.end_lo);
                *outer = (outer.0.min(word.start_lo), outer.1.max(word.end_hi));
            }
            _ => {
                surely.push((word.start_hi, word.end_lo));
                perhaps.push((word.start_lo, word.end_hi));
            }
        }
        reached = Some(if goes_on { reached.map_or(word.end, |end| end.max(word.end)) } else { word.end });
    }
    perhaps.extend(speaker.dark.iter().filter(|d| d.from_token == d.to_token).map(|d| (d.start, d.end)));
    Cover { surely: cover::joined(surely), perhaps: cover::joined(perhaps) }
}

/// Least and greatest talking time of some speakers together, each counted for itself.
fn together<'a>(facts: &CallFacts, speakers: impl Iterator<Item = &'a SpeakerFacts>) -> (i64, i64) {
    speakers.map(|s| of_speaker(facts, s).length()).fold((0, 0), |all, own| (all.0 + own.0, all.1 + own.1))
}

/// How long a role talks, and how long all talk: least and greatest of each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Talking {
    /// Of the role.
    pub own: (i64, i64),
    /// Of everybody else.
    pub others: (i64, i64),
}

/// How long a role talks beside the others; who has no role may be of it, or not.
#[must_use]
pub fn talking(facts: &CallFacts, role: Role) -> Talking {
    let own = together(facts, facts.speakers.iter().filter(|s| s.role == Some(role)));
    let others = together(facts, facts.speakers.iter().filter(|s| s.role.is_some_and(|r| r != role)));
    let nobodys = together(facts, facts.speakers.iter().filter(|s| s.role.is_none())).1;
    Talking { own: (own.0, own.1 + nobodys), others: (others.0, others.1 + nobodys) }
}

/// What part of all talking is the role's.
#[must_use]
pub fn share(facts: &CallFacts, role: Role) -> Value {
    let Talking { own, others } = talking(facts, role);
    part_of(own, others, facts)
}

/// `x / (x + y)` for what `x` and `y` can be.
#[must_use]
pub fn part_of(x: (i64, i64), y: (i64, i64), facts: &CallFacts) -> Value {
    if x.1 + y.1 == 0 {
        return Value::Untold(ReasonCode::NothingToMeasure);
    }
    if x.0 + y.0 == 0 {
        return Value::Untold(doubt(facts));
    }
    let ratio = |part: i64, rest: i64| match part {
        0 => Some(Rational::ZERO),
        part => Rational::of(i128::from(part), i128::from(part) + i128::from(rest)),
    };
    Value::Number(Range { least: ratio(x.0, y.1), greatest: ratio(x.1, y.0) })
}

/// Words a minute of talking, of a role, inside a cover.
#[must_use]
pub fn rate(facts: &CallFacts, role: Role, within: &Cover) -> Value {
    if facts.speakers_without_role().next().is_some() {
        return Value::Untold(ReasonCode::RolesUnknown);
    }
    let (words, time) = spoken(facts, role, within);
    if time.1 == 0 {
        return Value::Untold(ReasonCode::NothingToMeasure);
    }
    if time.0 == 0 {
        return Value::Untold(doubt(facts));
    }
    let a_minute = |words: i64, time: i64| Rational::of(i128::from(words) * 60_000, i128::from(time));
    Value::Number(Range { least: a_minute(words.0, time.1), greatest: a_minute(words.1, time.0) })
}

/// Words that begin there, and the time talked there: least and greatest of each.
#[must_use]
pub fn spoken(facts: &CallFacts, role: Role, within: &Cover) -> ((i64, i64), (i64, i64)) {
    let (mut words, mut time) = ((0, 0), (0, 0));
    for speaker in facts.speakers_of(role).filter_map(|index| facts.speakers.get(index)) {
        let talked = of_speaker(facts, speaker).and(within);
        let (own, length) = (words_in(facts, speaker, within, &talked), talked.length());
        words = (words.0 + own.0, words.1 + own.1);
        time = (time.0 + length.0, time.1 + length.1);
    }
    (words, time)
}

/// Words outside dark stretches, and at most so many more inside them.
fn words_in(facts: &CallFacts, speaker: &SpeakerFacts, within: &Cover, talked: &Cover) -> (i64, i64) {
    let dark: i64 = speaker.dark.iter().map(|d| hidden(facts, d, talked)).sum();
    let (mut least, mut greatest, mut before) = (0, dark, None);
    for token in speaker.tokens.clone().filter(|token| !in_dark(speaker, *token)) {
        let Some(index) = facts.tokens.word.get(token as usize) else { continue };
        if before.replace(*index) == Some(*index) {
            continue;
        }
        let Some(word) = facts.words.get(*index as usize) else { continue };
        least += i64::from(cover::holds(&within.surely, word.start_lo, word.start_hi));
        greatest += i64::from(cover::meets(&within.perhaps, word.start_lo, word.start_hi));
    }
    (least, greatest)
}

/// As many words as a dark stretch may hold where there is talk: those listed, or as many as anybody can say in the time.
fn hidden(facts: &CallFacts, dark: &DarkStretch, talked: &Cover) -> i64 {
    let there = cover::both(&talked.perhaps, &[(dark.start, dark.end)]);
    let Ok(pieces) = i64::try_from(there.len()) else { return i64::MAX };
    if pieces == 0 {
        return 0;
    }
    let words = facts.tokens.word.get(dark.from_token as usize..dark.to_token as usize).unwrap_or_default();
    let listed = words.chunk_by(|a, b| a == b).count();
    (pieces + cover::length(&there) / SHORTEST_WORD).max(i64::try_from(listed).unwrap_or(i64::MAX))
}

/// Dark stretches are in order and share no token.
fn in_dark(speaker: &SpeakerFacts, token: u32) -> bool {
    let after = speaker.dark.partition_point(|d| d.from_token <= token);
    let before = speaker.dark.get(..after).unwrap_or_default();
    before.iter().rev().find(|d| d.from_token < d.to_token).is_some_and(|d| token < d.to_token)
}

/// Why it cannot be told whether there is anything at all.
#[must_use]
pub fn doubt(facts: &CallFacts) -> ReasonCode {
    if facts.speakers_without_role().next().is_some() { ReasonCode::RolesUnknown } else { ReasonCode::NotHeard }
}

/// The conversation as a cover.
#[must_use]
pub fn everywhere(facts: &CallFacts) -> Cover {
    let whole: Zone = facts.whole();
    Cover::whole(whole)
}
