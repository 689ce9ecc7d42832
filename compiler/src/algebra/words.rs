//! Nearness in words: how many words of one speaker lie between two moments, and which others lie near enough.
//!
//! Words are counted as gaps of phrases count them: tokens of the locale, so that *d'un* is two. One that nobody can
//! read is one word at least.

use grille_evidence::facts::{CallFacts, flag};
use grille_evidence::moment::{Moment, MomentSet, Origin, Zone, merge_zones};
use grille_evidence::truth::Truth;

/// Whose, and a word.
type OfSpeaker = (Origin, u32);

/// How many words lie between words of a call.
pub struct Distances<'a> {
    facts: &'a CallFacts,
    /// For each token, how many before it cannot be read; one more at the end.
    unread: Vec<u32>,
}

/// A number of words between, and whether there may be more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Between {
    /// At least so many.
    pub least: u32,
    /// Nobody can read some of them: there may be more.
    pub perhaps_more: bool,
}

impl Between {
    /// Are there at most so many?
    #[must_use]
    pub fn at_most(self, most: u32) -> Truth {
        match (self.least <= most, self.perhaps_more) {
            (false, _) => Truth::No,
            (true, true) => Truth::CannotTell,
            (true, false) => Truth::Yes,
        }
    }
}

impl<'a> Distances<'a> {
    /// Of a call.
    #[must_use]
    pub fn of(facts: &'a CallFacts) -> Distances<'a> {
        let unknown = facts.tokens.flags.iter().scan(0, |sum, flags| {
            *sum += u32::from(flags & flag::UNKNOWN != 0);
            Some(*sum)
        });
        Distances { facts, unread: std::iter::once(0).chain(unknown).collect() }
    }

    /// The first token of a word, or of the next that has one.
    fn token(&self, word: u32) -> usize {
        self.facts.tokens.word.partition_point(|w| *w < word)
    }

    /// Between a word and a later one of the same speaker.
    fn between(&self, last: u32, first: u32) -> Between {
        let (from, to) = (self.token(last.saturating_add(1)), self.token(first));
        let unread = |at: usize| self.unread.get(at).copied().unwrap_or(0);
        Between {
            least: u32::try_from(to.saturating_sub(from)).unwrap_or(u32::MAX),
            perhaps_more: unread(to) > unread(from),
        }
    }

    /// Between two moments of one speaker that share no word; none otherwise.
    #[must_use]
    pub fn apart(&self, a: &Moment, b: &Moment) -> Option<Between> {
        let ((a_first, a_last), (b_first, b_last)) = (a.words()?, b.words()?);
        match () {
            () if a.origin != b.origin => None,
            () if a_last < b_first => Some(self.between(a_last, b_first)),
            () if b_last < a_first => Some(self.between(b_last, a_first)),
            () => None,
        }
    }

    /// Where another must lie, in part at least, to have at most so many words between.
    fn around(&self, m: &Moment, most: u32) -> Zone {
        let whole = self.facts.whole();
        let Some((first, last)) = m.words() else { return whole };
        let speaker = m.origin.as_speaker().and_then(|s| self.facts.speakers.get(s));
        let own = speaker.map_or(0..0, |s| s.tokens.start as usize..s.tokens.end as usize);
        let reach = (most as usize).saturating_add(1);
        let from = self.token(first).checked_sub(reach).filter(|t| own.contains(t));
        let to = self.token(last.saturating_add(1)).saturating_add(most as usize);
        let to = Some(to).filter(|t| own.contains(t));
        let word = |token: usize| self.facts.words.get(*self.facts.tokens.word.get(token)? as usize);
        let start = from.and_then(word).map_or(whole.0, |w| w.start_lo);
        let end = to.and_then(word).map_or(whole.1, |w| w.end_hi);
        (start, end)
    }
}

/// The right side of `within n words of`, ready to be asked.
pub struct Near<'a> {
    distances: Distances<'a>,
    most: u32,
    set: &'a MomentSet,
    /// Is it unknown how far some of them reach?
    open: bool,
    firsts: Vec<OfSpeaker>,
    lasts: Vec<OfSpeaker>,
    sure_firsts: Vec<OfSpeaker>,
    sure_lasts: Vec<OfSpeaker>,
}

impl<'a> Near<'a> {
    /// Moments that are to be near.
    #[must_use]
    pub fn new(facts: &'a CallFacts, most: u32, set: &'a MomentSet) -> Near<'a> {
        let sorted = |word: fn(&Moment) -> u32, sure: bool| {
            let those = set.moments.iter().filter(|m| m.words().is_some() && (!sure || m.is_sure()));
            let mut words: Vec<OfSpeaker> = those.map(|m| (m.origin, word(m))).collect();
            words.sort_unstable();
            words
        };
        Near {
            distances: Distances::of(facts),
            most,
            set,
            open: set.moments.iter().any(Moment::is_open),
            firsts: sorted(|m| m.first_lo, false),
            lasts: sorted(|m| m.last_hi, false),
            sure_firsts: sorted(|m| m.first_lo, true),
            sure_lasts: sorted(|m| m.last_hi, true),
        }
    }

    /// Is one near enough?
    #[must_use]
    pub fn exists(&self, a: &Moment) -> Truth {
        if a.is_open() || self.open {
            return self.may_exist(a);
        }
        let sure = self.nearest(a, &self.sure_firsts, &self.sure_lasts);
        if sure == Truth::Yes {
            return sure;
        }
        let maybe = self.nearest(a, &self.firsts, &self.lasts).and(Truth::CannotTell);
        let (start, end) = self.distances.around(a, self.most);
        let dark = &self.set.dark;
        let near = dark.get(dark.partition_point(|z| z.1 <= start)).is_some_and(|z| z.0 < end);
        let hidden = a.words().is_some() && near;
        if hidden { Truth::CannotTell } else { sure.or(maybe) }
    }

    /// The same where it is not known how far some of them reach: no, or it cannot be told.
    fn may_exist(&self, a: &Moment) -> Truth {
        let widest = Moment { first: a.first_lo, last: a.last_hi, ..*a };
        let (start, end) = self.distances.around(&widest, self.most);
        let dark = &self.set.dark;
        let hidden = dark.get(dark.partition_point(|z| z.1 <= start)).is_some_and(|z| z.0 < end);
        let begun = self.firsts.partition_point(|f| *f <= (a.origin, a.last_hi));
        let ended = self.lasts.partition_point(|l| *l < (a.origin, a.first_lo));
        let shares = begun > ended;
        let near = self.nearest(&widest, &self.firsts, &self.lasts) != Truth::No;
        if a.words().is_some() && (hidden || shares || near) { Truth::CannotTell } else { Truth::No }
    }

    /// Is the nearest of these, before or after, near enough?
    fn nearest(&self, a: &Moment, firsts: &[OfSpeaker], lasts: &[OfSpeaker]) -> Truth {
        let Some((first, last)) = a.words() else { return Truth::No };
        let same = |found: Option<&OfSpeaker>| found.filter(|f| f.0 == a.origin).map(|f| f.1);
        let after = same(firsts.get(firsts.partition_point(|f| *f <= (a.origin, last))));
        let before = lasts.partition_point(|l| *l < (a.origin, first)).checked_sub(1);
        let before = same(before.and_then(|at| lasts.get(at)));
        let after = after.map(|b| self.distances.between(last, b));
        let before = before.map(|b| self.distances.between(b, first));
        let told = [after, before].into_iter().flatten().map(|b| b.at_most(self.most));
        told.max().unwrap_or(Truth::No)
    }

    /// Those of the dark stretches of the left side from which one may be near enough.
    #[must_use]
    pub fn dark(&self, dark: &[Zone]) -> Vec<Zone> {
        if !self.set.dark.is_empty() {
            return dark.to_vec();
        }
        let reached = self.set.moments.iter().filter(|m| m.words().is_some());
        let widest = |m: &Moment| Moment { first: m.first_lo, last: m.last_hi, ..*m };
        let reached = merge_zones(reached.map(|m| self.distances.around(&widest(m), self.most)).collect());
        let meets = |z: &&Zone| reached.get(reached.partition_point(|r| r.1 <= z.0)).is_some_and(|r| r.0 < z.1);
        dark.iter().filter(meets).copied().collect()
    }
}

/// How many words too far the nearest of these is, if it is known how many lie between.
#[must_use]
pub fn excess(facts: &CallFacts, a: &Moment, right: &MomentSet, most: u32) -> Option<i64> {
    let distances = Distances::of(facts);
    let nearest = right.moments.iter().filter_map(|b| distances.apart(a, b)).map(|b| b.least).min()?;
    Some(i64::from(nearest) - i64::from(most))
}
