//! Who answers whom: whether another speaker's turn or back-channel begins near the end of a moment, before its speaker
//! takes the next turn, and what is said in the first that does.

use super::order::surely_before;
use grille_evidence::facts::CallFacts;
use grille_evidence::moment::{Moment, MomentSet, Origin};
use grille_evidence::truth::Truth;
use std::collections::BTreeMap;

/// An answer may begin so many milliseconds before what it answers has ended.
pub const BEFORE_THE_END: i64 = 500;

/// What `answered` needs of a call, found once for all moments.
pub struct Answers<'a> {
    within: i64,
    stretches: &'a [Moment],
    /// For each stretch, where the next of another speaker stands; the number of stretches where none does.
    next_other: Vec<usize>,
    /// The longest that a start can be off what is given, in milliseconds.
    slack: i64,
    /// The turns of each speaker in order, by what they begin with.
    turns: BTreeMap<Origin, Vec<&'a Moment>>,
    /// What the first answer must hold, by speaker and first word.
    wanted: Option<Wanted<'a>>,
}

/// Occurrences of a phrase, and where more may hide.
struct Wanted<'a> {
    set: &'a MomentSet,
    by_word: Vec<&'a Moment>,
}

impl<'a> Answers<'a> {
    /// Answers at most `within` milliseconds after the end; `wanted` is what the first must hold, if anything.
    #[must_use]
    pub fn new(facts: &'a CallFacts, within: i32, wanted: Option<&'a MomentSet>) -> Answers<'a> {
        let stretches = facts.stretches.as_slice();
        let mut next_other = vec![stretches.len(); stretches.len()];
        for at in (0..stretches.len().saturating_sub(1)).rev() {
            let (own, next) = (stretches.get(at).map(|s| s.origin), stretches.get(at + 1).map(|s| s.origin));
            let beyond = if own == next { next_other.get(at + 1).copied() } else { Some(at + 1) };
            if let (Some(slot), Some(beyond)) = (next_other.get_mut(at), beyond) {
                *slot = beyond;
            }
        }
        let mut turns: BTreeMap<Origin, Vec<&Moment>> = BTreeMap::new();
        facts.turns.iter().for_each(|turn| turns.entry(turn.origin).or_default().push(turn));
        let off = |s: &Moment| i64::from(s.start_hi.max(s.start)) - i64::from(s.start_lo.min(s.start));
        let wanted = wanted.map(|set| {
            let mut by_word: Vec<&Moment> = set.moments.iter().collect();
            by_word.sort_by_key(|m| (m.origin, m.first, m.last));
            Wanted { set, by_word }
        });
        let slack = stretches.iter().map(off).max().unwrap_or(0);
        Answers { within: i64::from(within), stretches, next_other, slack, turns, wanted }
    }

    /// Is it answered, and as wanted?
    #[must_use]
    pub fn answered(&self, a: &Moment) -> Truth {
        let candidates: Vec<(&Moment, Truth)> = self.candidates(a).collect();
        let Some(wanted) = &self.wanted else {
            return candidates.iter().map(|(_, told)| *told).max().unwrap_or(Truth::No);
        };
        let may_be_first =
            |r: &Moment| !candidates.iter().any(|(other, told)| *told == Truth::Yes && surely_before(other, r));
        let holding = candidates.iter().filter(|(r, _)| may_be_first(r)).map(|(r, _)| wanted.held_by(r));
        let (least, most) = holding.fold((Truth::Yes, Truth::No), |(least, most), h| (least.and(h), most.or(h)));
        let surely_one = candidates.iter().any(|(_, told)| *told == Truth::Yes);
        match (least, most) {
            (_, Truth::No) => Truth::No,
            (Truth::Yes, _) if surely_one => Truth::Yes,
            _ => Truth::CannotTell,
        }
    }

    /// The first that may answer it; of use to explanations.
    #[must_use]
    pub fn first(&self, a: &Moment) -> Option<&'a Moment> {
        self.candidates(a).next().map(|(stretch, _)| stretch)
    }

    /// The first stretch of another that begins after the window, if its speaker has not gone on before.
    #[must_use]
    pub fn late(&self, a: &Moment) -> Option<&'a Moment> {
        let late = self.others_from(a, i64::from(a.end) + self.within + 1).next()?;
        (self.before_next_turn(a, late) != Truth::No).then_some(late)
    }

    /// The next turn of the moment's speaker.
    #[must_use]
    pub fn next_turn(&self, a: &Moment) -> Option<&'a Moment> {
        let turns = self.turns.get(&a.origin)?;
        turns.get(turns.partition_point(|t| t.first <= a.last)).copied()
    }

    /// Stretches of others that may answer, by their start, up to the first that surely does and all that may come
    /// before it.
    fn candidates<'s>(&'s self, a: &'s Moment) -> impl Iterator<Item = (&'a Moment, Truth)> + 's {
        let latest = i64::from(a.end_hi) + self.within + self.slack;
        let mut sure_until: Option<i32> = None;
        self.others_from(a, i64::from(a.end_lo) - BEFORE_THE_END - self.slack)
            .take_while(move |r| i64::from(r.start) <= latest)
            .map(|r| (r, self.in_time(a, r)))
            .filter(|(_, told)| *told != Truth::No)
            .take_while(move |(r, told)| {
                let wanted = sure_until.is_none_or(|until| r.start_lo <= until);
                if *told == Truth::Yes {
                    sure_until = Some(sure_until.map_or(r.start_hi, |until| until.min(r.start_hi)));
                }
                wanted
            })
    }

    /// Stretches of speakers other than the moment's, from the first that is given to start then.
    fn others_from<'s>(&'s self, a: &'s Moment, time: i64) -> impl Iterator<Item = &'a Moment> + 's {
        let mut at = self.stretches.partition_point(|s| i64::from(s.start) < time);
        std::iter::from_fn(move || {
            if self.stretches.get(at)?.origin == a.origin {
                at = self.next_other.get(at).copied()?;
            }
            let found = self.stretches.get(at)?;
            at += 1;
            Some(found)
        })
    }

    /// Does the stretch begin near enough to the end, and before the next turn of the moment's speaker?
    fn in_time(&self, a: &Moment, r: &Moment) -> Truth {
        let lo = i64::from(r.start_lo) - i64::from(a.end_hi);
        let hi = i64::from(r.start_hi) - i64::from(a.end_lo);
        let near = between(lo, hi, -BEFORE_THE_END, self.within);
        near.and(self.before_next_turn(a, r)).and(if r.is_sure() { Truth::Yes } else { Truth::CannotTell })
    }

    fn before_next_turn(&self, a: &Moment, r: &Moment) -> Truth {
        let Some(turns) = self.turns.get(&a.origin) else { return Truth::Yes };
        let after = turns.get(turns.partition_point(|t| t.first <= a.last)..).unwrap_or_default();
        let near = after.iter().take_while(|t| t.start_lo <= r.start_hi);
        let mut told = Truth::Yes;
        for turn in near {
            if turn.is_sure() && turn.first_lo > a.last && turn.start_hi <= r.start_lo {
                return Truth::No;
            }
            told = Truth::CannotTell;
        }
        told
    }
}

impl Wanted<'_> {
    /// Is an occurrence inside the stretch?
    fn held_by(&self, r: &Moment) -> Truth {
        let Some((first, last)) = r.words() else { return Truth::CannotTell };
        let from = self.by_word.partition_point(|m| (m.origin, m.first) < (r.origin, r.first_lo));
        let near = self.by_word.get(from..).unwrap_or_default().iter();
        let mut found = Truth::No;
        for m in near.take_while(|m| m.origin == r.origin && m.first <= r.last_hi).filter(|m| m.last <= r.last_hi) {
            if m.is_sure() && first <= m.first && m.last <= last {
                return Truth::Yes;
            }
            found = Truth::CannotTell;
        }
        let dark = &self.set.dark;
        let hidden = dark.get(dark.partition_point(|z| z.1 <= r.start_lo)).is_some_and(|z| z.0 < r.end_hi);
        if hidden { Truth::CannotTell } else { found }
    }
}

/// Does a value in `[lo, hi]` lie in `[from, to]`?
fn between(lo: i64, hi: i64, from: i64, to: i64) -> Truth {
    if from <= lo && hi <= to {
        Truth::Yes
    } else if hi < from || to < lo {
        Truth::No
    } else {
        Truth::CannotTell
    }
}
