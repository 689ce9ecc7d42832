//! How many moments of a set come before each and after each, surely or maybe, where their times may be known only
//! within bounds. Counts by halving, whatever the times.

use super::order::is_exact;
use super::work;
use grille_evidence::moment::{Moment, MomentSet};
use std::collections::BTreeMap;

/// The order of a set: of two words of one speaker, and of two whose times are exact, their place in the set tells; of
/// others their times alone.
pub struct Ranks {
    /// All, and all that are surely there.
    all: [Times; 2],
    /// Those with exact times, by place.
    exact: [Places; 2],
    /// Those without.
    inexact: [Times; 2],
    /// Of each speaker, the words.
    own: BTreeMap<u32, [Own; 2]>,
    count: usize,
}

/// Latest starts and earliest starts, each in order.
#[derive(Default)]
struct Times {
    latest: Vec<i32>,
    earliest: Vec<i32>,
}

/// Places in the set, in order.
type Places = Vec<usize>;

/// A speaker's words: all by place and by time, those without exact times by place and by time.
#[derive(Default)]
struct Own {
    places: Places,
    times: Times,
    inexact_places: Places,
    inexact_times: Times,
}

/// How many come before, and how many after.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Around {
    before: usize,
    after: usize,
}

impl Ranks {
    /// Of a set.
    #[must_use]
    pub fn of(set: &MomentSet) -> Ranks {
        let mut ranks = Ranks {
            all: Default::default(),
            exact: Default::default(),
            inexact: Default::default(),
            own: BTreeMap::new(),
            count: set.moments.len(),
        };
        for (place, m) in set.moments.iter().enumerate() {
            ranks.add(0, place, m);
            if m.is_sure() {
                ranks.add(1, place, m);
            }
        }
        let own = ranks.own.values_mut().flatten();
        let own = own.flat_map(|own| [&mut own.times, &mut own.inexact_times]);
        own.chain(&mut ranks.all).chain(&mut ranks.inexact).for_each(Times::sort);
        ranks
    }

    fn add(&mut self, level: usize, place: usize, m: &Moment) {
        let exact = is_exact(m);
        let [all, inexact] = [&mut self.all, &mut self.inexact].map(|levels| levels.get_mut(level));
        all.into_iter().chain(inexact.filter(|_| !exact)).for_each(|times| times.add(m));
        self.exact.get_mut(level).into_iter().filter(|_| exact).for_each(|places| places.push(place));
        if m.words().is_some()
            && !m.is_open()
            && let Some(own) = self.own.entry(m.origin.0).or_default().get_mut(level)
        {
            own.places.push(place);
            own.times.add(m);
            if !exact {
                own.inexact_places.push(place);
                own.inexact_times.add(m);
            }
        }
    }

    /// Surely there and surely before; maybe before.
    #[must_use]
    pub fn ahead(&self, place: usize, m: &Moment) -> (usize, usize) {
        let others = self.count.saturating_sub(1);
        (self.around(1, place, m).before, others.saturating_sub(self.around(0, place, m).after))
    }

    /// Surely there and surely after; maybe after.
    #[must_use]
    pub fn behind(&self, place: usize, m: &Moment) -> (usize, usize) {
        let others = self.count.saturating_sub(1);
        (self.around(1, place, m).after, others.saturating_sub(self.around(0, place, m).before))
    }

    /// How many are surely before and surely after.
    fn around(&self, level: usize, place: usize, m: &Moment) -> Around {
        let own = self
            .own
            .get(&m.origin.0)
            .filter(|_| m.words().is_some() && !m.is_open())
            .and_then(|levels| levels.get(level));
        let none = Around::default();
        let times = |times: Option<&Times>| times.map_or(none, |times| times.around(m));
        let placed = |places: Option<&Places>| places.map_or(none, |places| by_place(places, place));
        if is_exact(m) {
            let strangers = times(self.inexact.get(level)).less(times(own.map(|own| &own.inexact_times)));
            let others = placed(self.exact.get(level)).plus(placed(own.map(|own| &own.inexact_places)));
            strangers.plus(others)
        } else {
            let strangers = times(self.all.get(level)).less(times(own.map(|own| &own.times)));
            strangers.plus(placed(own.map(|own| &own.places)))
        }
    }
}

impl Times {
    fn add(&mut self, m: &Moment) {
        self.latest.push(m.start_hi);
        self.earliest.push(m.start_lo);
    }

    fn sort(&mut self) {
        self.latest.sort_unstable();
        self.earliest.sort_unstable();
    }

    fn around(&self, m: &Moment) -> Around {
        work::step();
        let not_after = self.earliest.partition_point(|start| *start <= m.start_hi);
        Around {
            before: self.latest.partition_point(|start| *start < m.start_lo),
            after: self.earliest.len().saturating_sub(not_after),
        }
    }
}

fn by_place(places: &Places, place: usize) -> Around {
    work::step();
    let not_after = places.partition_point(|p| *p <= place);
    Around { before: places.partition_point(|p| *p < place), after: places.len().saturating_sub(not_after) }
}

impl Around {
    fn plus(self, other: Around) -> Around {
        Around { before: self.before + other.before, after: self.after + other.after }
    }

    fn less(self, other: Around) -> Around {
        Around { before: self.before.saturating_sub(other.before), after: self.after.saturating_sub(other.after) }
    }
}
