//! Times that cannot be in the unit in which they were read: nobody speaks so fast, or so slowly. Knows no format.

use super::Piece;
use crate::fault::Fault;

/// Over a whole call nobody says a word in less: fifty words a second.
const LEAST_MS: i64 = 20;
/// Words do not last longer than this, one with the other.
const LONGEST_WORD_MS: i64 = 60_000;
/// Nor is there one word in so much of a turn, one turn with the other.
const LONGEST_TURN_MS: i64 = 120_000;
/// Of fewer words nothing is said: in a short call anything may happen.
const FEWEST: i64 = 8;

/// What was said, and in which time.
#[derive(Default)]
struct Said {
    words: i64,
    ms: i64,
    first: Option<i32>,
    last: Option<i32>,
}

impl Said {
    fn add(&mut self, words: usize, start: i32, end: i32) {
        self.words += i64::try_from(words).unwrap_or(i64::MAX);
        self.ms += i64::from(end) - i64::from(start);
        self.first = Some(self.first.map_or(start, |first| first.min(start)));
        self.last = self.last.max(Some(end));
    }

    fn is_absurd(&self, longest: i64) -> bool {
        let span = i64::from(self.last.unwrap_or(0)) - i64::from(self.first.unwrap_or(0));
        self.words >= FEWEST && (span < self.words * LEAST_MS || self.ms > self.words * longest)
    }
}

/// Refuses times that are a thousand times too short or too long.
///
/// # Errors
/// A [`Fault`] that says how many words would have been said in which time.
pub(super) fn check(pieces: &[Piece]) -> Result<(), Fault> {
    let (mut words, mut turns) = (Said::default(), Said::default());
    for piece in pieces {
        for word in &piece.words {
            if let (Some(start), Some(end)) = (word.start_ms, word.end_ms) {
                words.add(1, start, end);
            }
        }
        let readable = piece.words.iter().filter(|word| word.kind.is_plain()).count();
        if let (Some(start), Some(end), true) = (piece.start, piece.end, words.words == 0 && readable > 0) {
            turns.add(readable, start, end);
        }
    }
    let absurd = [(&words, LONGEST_WORD_MS), (&turns, LONGEST_TURN_MS)]
        .into_iter()
        .find(|(said, longest)| said.is_absurd(*longest));
    let (Some((said, _)), Some(first)) = (absurd, pieces.first()) else { return Ok(()) };
    let what = if said.ms > said.words * LONGEST_WORD_MS {
        format!("{} words would last {} s together: nobody speaks so slowly", said.words, said.ms / 1000)
    } else {
        let span = i64::from(said.last.unwrap_or(0)) - i64::from(said.first.unwrap_or(0));
        format!("{} words would be said within {span} ms: nobody speaks so fast", said.words)
    };
    Err(Fault::new(format!("{what}, so the times are in another unit than the format asks for"))
        .at(first.place.clone())
        .mend("give the times as the service wrote them, or convert them to the unit of the format"))
}
