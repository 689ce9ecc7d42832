//! Where each word lies on the clock, and how surely. Must not know roles, the conversation, tokens or hearing.
//!
//! A word with a start and an end of its own lies exactly there. Words without (with one of the two only: without)
//! are spread evenly, to the millisecond, over the stretch in which they lie: from the end of the word with times
//! before them in their segment, else the segment's start, to the start of the one after them, else the segment's end.
//! The segment's own bounds are exact; of the `k`-th of `n` words in such a stretch `[a, b)` nothing is known but order
//! and that each word takes a millisecond: it starts in `[a+k, b-(n-k)]` and ends in `[a+k+1, b-(n-1-k)]`.
//! In a stretch shorter than `n` ms words share milliseconds and lie anywhere in it, in their order; in one that is
//! empty, because the words around it touch or overlap, they lie in its last millisecond. No word is shorter than 1 ms.

use grille_evidence::call::{Call, Event, Segment, Word};
use grille_evidence::event::OwnEvent;
use grille_evidence::facts::WordFacts;
use std::collections::HashMap;

/// The latest time, in milliseconds (twelve days): sums and differences of two times never overflow.
const LATEST: i32 = i32::MAX / 2;

/// A word and where it lies.
#[derive(Clone, Copy)]
pub(super) struct Placed<'a> {
    pub word: &'a Word,
    pub facts: WordFacts,
}

/// A stretch that a speaker's words take up: one word, or several words without times of their own.
#[derive(Clone, Copy)]
pub(super) struct Speech {
    pub start: i32,
    pub end: i32,
    pub speaker: u32,
    /// How many words lie in it.
    pub words: i32,
    /// Is it spoken from its first to its last millisecond? Else words lie somewhere inside, touching its bounds where
    /// these are the segment's.
    pub filled: bool,
}

/// All words of a call in the order of the file, and the stretches that they take up.
#[derive(Default)]
pub(super) struct Placement<'a> {
    pub words: Vec<Placed<'a>>,
    pub speech: Vec<Speech>,
}

/// Places every word of a speaker whom the call lists. Of two speakers with one id the first is meant.
pub(super) fn place(call: &Call) -> Placement<'_> {
    let mut speakers: HashMap<&str, u32> = HashMap::new();
    for (speaker, number) in call.speakers.iter().zip(0..) {
        speakers.entry(&speaker.id).or_insert(number);
    }
    let mut placement = Placement::default();
    let mut number = 0;
    for segment in &call.segments {
        if let Some(speaker) = speakers.get(segment.speaker.as_str()) {
            Placer { placement: &mut placement, speaker: *speaker, number }.segment(segment);
        }
        number += super::index(segment.words.len());
    }
    placement
}

/// When an event is: a point `[t, t+1)` if it has no end, or an end that is not after its start.
pub(super) fn event_span(event: &Event) -> (i32, i32) {
    span(event.start_ms, event.end_ms.unwrap_or(event.start_ms))
}

/// The same, of an event of a declared kind.
pub(super) fn own_event_span(event: &OwnEvent) -> (i32, i32) {
    span(event.start_ms, event.end_ms.unwrap_or(event.start_ms))
}

/// A time inside what the clock holds.
pub(super) fn on_clock(time: i32) -> i32 {
    time.clamp(0, LATEST)
}

/// An interval of at least 1 ms inside what the clock holds.
fn span(start: i32, end: i32) -> (i32, i32) {
    let start = start.clamp(0, LATEST - 1);
    (start, end.clamp(start + 1, LATEST))
}

/// The times that a word has of its own.
fn own_times(word: &Word) -> Option<(i32, i32)> {
    Some(span(word.start_ms?, word.end_ms?))
}

/// A stretch `[start, end)` in which words lie without times of their own.
struct Gap {
    start: i32,
    end: i32,
    /// Does the first word begin exactly where it begins?
    from_start: bool,
    /// Does the last word end exactly where it ends?
    to_end: bool,
}

impl Gap {
    fn between(before: Option<(i32, i32)>, after: Option<(i32, i32)>, segment: (i32, i32)) -> Gap {
        let earliest = before.map_or(segment.0, |b| b.0);
        let end = after.map_or(segment.1, |a| a.0).max(earliest + 1);
        let start = before.map_or(segment.0, |b| b.1).min(end - 1);
        Gap { start, end, from_start: before.is_none(), to_end: after.is_none() }
    }

    /// The `k`-th of `n` words: (start, end), and the bounds of both.
    fn word(&self, k: i64, n: i64) -> [i32; 6] {
        let (a, b) = (i64::from(self.start), i64::from(self.end));
        let length = b - a;
        let start = a + k * length / n;
        let end = (a + (k + 1) * length / n).max(start + 1);
        let (mut starts, mut ends) =
            if length >= n { ((a + k, b - (n - k)), (a + k + 1, b - (n - 1 - k))) } else { ((a, b - 1), (a + 1, b)) };
        if k == 0 && self.from_start {
            starts = (a, a);
        }
        if k == n - 1 && self.to_end {
            ends = (b, b);
        }
        let bounds = [start, end, starts.0.min(start), starts.1.max(start), ends.0.min(end), ends.1.max(end)];
        bounds.map(|time| i32::try_from(time).unwrap_or(LATEST))
    }
}

/// Places the words of one segment.
struct Placer<'p, 'a> {
    placement: &'p mut Placement<'a>,
    speaker: u32,
    number: u32,
}

impl<'a> Placer<'_, 'a> {
    fn segment(&mut self, segment: &'a Segment) {
        let bounds = span(segment.start_ms, segment.end_ms);
        let untimed = |word: &Word| own_times(word).is_none();
        let mut pieces = segment.words.chunk_by(|a, b| untimed(a) && untimed(b)).peekable();
        let first_times = |piece: &&[Word]| piece.first().and_then(own_times);
        let mut before = None;
        while let Some(piece) = pieces.next() {
            match (piece, first_times(&piece)) {
                ([word, ..], Some((start, end))) => {
                    self.push(word, [start, end, start, start, end, end]);
                    self.speech(start, end, 1, true);
                    before = Some((start, end));
                }
                _ => self.spread(piece, &Gap::between(before, pieces.peek().and_then(first_times), bounds)),
            }
        }
    }

    fn spread(&mut self, words: &'a [Word], gap: &Gap) {
        let n = i64::try_from(words.len()).unwrap_or(i64::MAX);
        for (word, k) in words.iter().zip(0..) {
            self.push(word, gap.word(k, n));
        }
        self.speech(gap.start, gap.end, n, n == 1 && gap.from_start && gap.to_end);
    }

    fn speech(&mut self, start: i32, end: i32, words: i64, filled: bool) {
        let words = i32::try_from(words).unwrap_or(i32::MAX);
        self.placement.speech.push(Speech { start, end, speaker: self.speaker, words, filled });
    }

    fn push(&mut self, word: &'a Word, [start, end, start_lo, start_hi, end_lo, end_hi]: [i32; 6]) {
        let (speaker, number) = (self.speaker, self.number);
        self.number += 1;
        let confidence = u32::MAX;
        let kind = word.kind;
        let facts = WordFacts { start, end, start_lo, start_hi, end_lo, end_hi, speaker, number, confidence, kind };
        self.placement.words.push(Placed { word, facts });
    }
}
