//! Who speaks next: whether a moment's speaker goes on within some time, before anybody else speaks.

use super::order::at_most;
use grille_evidence::facts::{CallFacts, WordFacts};
use grille_evidence::moment::Moment;
use grille_evidence::truth::Truth;

/// The words of a call as `left open` asks for them.
pub struct Floor<'a> {
    facts: &'a CallFacts,
    millis: i64,
    /// By the start that they have at the latest: that start, and the latest sure end up to there, of two speakers.
    surely: Vec<(i32, Ends)>,
    /// By the start that they have at the earliest: that start, and the latest possible end up to there, of two.
    perhaps: Vec<(i32, Ends)>,
}

/// The latest end of all, and the latest of the speakers other than its own.
#[derive(Debug, Clone, Copy, Default)]
struct Ends {
    latest: Option<(i32, u32)>,
    of_others: Option<(i32, u32)>,
}

impl Ends {
    fn with(mut self, end: i32, speaker: u32) -> Ends {
        match self.latest {
            Some((latest, own)) if own == speaker => self.latest = Some((latest.max(end), own)),
            Some((latest, own)) if end > latest => {
                self.of_others = Some((latest, own));
                self.latest = Some((end, speaker));
            }
            Some(_) => {
                let of_others = self.of_others.filter(|(other, _)| *other >= end);
                self.of_others = of_others.or(Some((end, speaker)));
            }
            None => self.latest = Some((end, speaker)),
        }
        self
    }

    fn but_of(self, speaker: u32) -> Option<i32> {
        let latest = self.latest.filter(|(_, own)| *own != speaker);
        latest.or(self.of_others).map(|(end, _)| end)
    }
}

impl<'a> Floor<'a> {
    /// Left open for at least so many milliseconds.
    #[must_use]
    pub fn new(facts: &'a CallFacts, millis: i32) -> Floor<'a> {
        let surely = accumulated(facts, |w| (w.start_hi, w.end_lo));
        let perhaps = accumulated(facts, |w| (w.start_lo, w.end_hi));
        Floor { facts, millis: i64::from(millis), surely, perhaps }
    }

    /// Does no word of the speaker's own come in that time, unless another speaks first?
    #[must_use]
    pub fn left_open(&self, a: &Moment) -> Truth {
        if a.is_open() {
            return Truth::CannotTell;
        }
        match self.next_word(a) {
            Some(next) => self.in_time(a, next).negate().or(self.other_first(a, next)),
            None => Truth::Yes,
        }
    }

    /// The speaker's next word after the moment.
    #[must_use]
    pub fn next_word(&self, a: &Moment) -> Option<&'a WordFacts> {
        let speaker = self.facts.speakers.get(a.origin.as_speaker()?)?;
        let next = a.last_hi.checked_add(1).filter(|next| speaker.words.contains(next))?;
        self.facts.words.get(next as usize)
    }

    /// Does the word begin before the time is over?
    fn in_time(&self, a: &Moment, next: &WordFacts) -> Truth {
        let lo = i64::from(next.start_lo) - i64::from(a.end_hi);
        let hi = i64::from(next.start_hi) - i64::from(a.end_lo);
        at_most(lo, hi, self.millis - 1)
    }

    /// Does a word of another lie, in part, between the moment's end and the word?
    fn other_first(&self, a: &Moment, next: &WordFacts) -> Truth {
        let ends_after = |list: &[(i32, Ends)], before: i32| {
            let at = list.partition_point(|(start, _)| *start < before).checked_sub(1)?;
            list.get(at)?.1.but_of(next.speaker)
        };
        if ends_after(&self.surely, next.start_lo).is_some_and(|end| end > a.end_hi) {
            return Truth::Yes;
        }
        match ends_after(&self.perhaps, next.start_hi) {
            Some(end) if end > a.end_lo => Truth::CannotTell,
            _ => Truth::No,
        }
    }
}

fn accumulated(facts: &CallFacts, bounds: fn(&WordFacts) -> (i32, i32)) -> Vec<(i32, Ends)> {
    let mut words: Vec<(i32, i32, u32)> = facts
        .words
        .iter()
        .map(|w| {
            let (start, end) = bounds(w);
            (start, end, w.speaker)
        })
        .collect();
    words.sort_unstable();
    let ends = words.iter().scan(Ends::default(), |ends, (start, end, speaker)| {
        *ends = ends.with(*end, *speaker);
        Some((*start, *ends))
    });
    ends.collect()
}
