//! Relations of a moment to others: of two moments, of a moment and a zone in which another may hide, of two zones.
//! Whoever adds a relation says these things of it, and in `many` how it is looked for among many.

use super::order::{ended_before, inside, interrupts, meets, precedes, share};
use super::work;
use super::zones::{Reaches, last_before};
use crate::plan::{FilterOp, Place, Side};
use grille_evidence::moment::{Moment, MomentSet, Zone, merge_zones};
use grille_evidence::truth::Truth;

/// How another moment `b` must lie to `a`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Relation {
    /// On a side, with at most so many milliseconds between; none: however many.
    Beside(Side, Option<i32>),
    /// `a` lies inside `b`.
    Around,
    /// `b` lies inside `a`.
    Holding,
    /// They share a millisecond.
    Meeting,
    /// They share a word, or where one has none, a millisecond.
    Sharing,
    /// `b` ended before `a` starts.
    Ended,
    /// `a` begins inside `b`, who is another, and they share at least so many milliseconds.
    Interrupted(i32),
}

impl Relation {
    /// The relation that a filter asks for, and whether there must be none.
    #[must_use]
    pub fn of(filter: &FilterOp) -> Option<(Relation, bool)> {
        match filter {
            FilterOp::Relation { side, within, negated, .. } => Some((Relation::Beside(*side, *within), *negated)),
            FilterOp::Placed { place: Place::During, .. } => Some((Relation::Around, false)),
            FilterOp::Placed { place: Place::Overlapping, .. } => Some((Relation::Meeting, false)),
            FilterOp::Placed { place: Place::Outside, .. } => Some((Relation::Meeting, true)),
            FilterOp::Window { .. }
            | FilterOp::Length { .. }
            | FilterOp::Words { .. }
            | FilterOp::Field(_)
            | FilterOp::Answered { .. }
            | FilterOp::LeftOpen { .. } => None,
        }
    }

    /// Does `b` lie so to `a`?
    #[must_use]
    pub fn told(self, a: &Moment, b: &Moment) -> Truth {
        work::step();
        match self {
            Relation::Beside(Side::After, within) => precedes(b, a, within),
            Relation::Beside(Side::Before, within) => precedes(a, b, within),
            Relation::Around => inside(a, b),
            Relation::Holding => inside(b, a),
            Relation::Meeting => meets(a, b),
            Relation::Sharing => share(a, b),
            Relation::Ended => ended_before(b, a),
            Relation::Interrupted(least) => interrupts(a, b, least),
        }
    }

    /// How `a` lies to `b` where `b` lies so to `a`; none where nobody asks for it that way round.
    #[must_use]
    pub fn reversed(self) -> Option<Relation> {
        match self {
            Relation::Beside(Side::After, within) => Some(Relation::Beside(Side::Before, within)),
            Relation::Beside(Side::Before, within) => Some(Relation::Beside(Side::After, within)),
            Relation::Around => Some(Relation::Holding),
            Relation::Holding => Some(Relation::Around),
            Relation::Meeting | Relation::Sharing => Some(self),
            Relation::Ended | Relation::Interrupted(_) => None,
        }
    }

    /// Could one that lies so to `a` hide in one of these ordered, disjoint zones?
    #[must_use]
    pub fn may_hide(self, a: &Moment, dark: &[Zone]) -> bool {
        let (lo, hi) = (i64::from(a.start_lo), i64::from(a.start_hi));
        let (end_lo, end_hi) = (i64::from(a.end_lo), i64::from(a.end_hi));
        let (before, least) = match self {
            Relation::Beside(Side::After, within) => (hi, lo - reach(within)),
            Relation::Beside(Side::Before, within) => (end_hi + reach(within) + 1, end_lo + 1),
            Relation::Around => (hi + 1, end_lo),
            Relation::Holding | Relation::Meeting | Relation::Sharing => (end_hi, lo + 1),
            Relation::Ended => (hi, i64::MIN),
            Relation::Interrupted(_) => return false,
        };
        last_before(dark, before).is_some_and(|zone| i64::from(zone.1) >= least)
    }

    /// Is there one that lies so, of each?
    #[must_use]
    pub fn all(self, asked: &[Moment], others: &MomentSet) -> Vec<Truth> {
        let found = self.among(asked, &others.moments);
        let pairs = asked.iter().zip(found);
        pairs
            .map(|(a, found)| if self.may_hide(a, &others.dark) { found.or(Truth::CannotTell) } else { found })
            .collect()
    }

    /// Is there one that lies so to `a`?
    #[must_use]
    pub fn one(self, a: &Moment, others: &MomentSet) -> Truth {
        let found = self.among_few(a, &others.moments);
        if self.may_hide(a, &others.dark) { found.or(Truth::CannotTell) } else { found }
    }

    /// Where one may hide to which another lies so.
    #[must_use]
    pub fn dark(self, dark: &[Zone], others: &MomentSet) -> Vec<Zone> {
        if dark.is_empty() {
            return Vec::new();
        }
        let listed = others.moments.iter().map(|b| (b.start_lo, b.end_hi));
        let places = listed.chain(others.dark.iter().copied());
        if self == Relation::Around {
            return common(dark, &merge_zones(places.collect()));
        }
        let reaches = Reaches::of(places);
        let kept = |hidden: &&Zone| {
            let (start, end) = (i64::from(hidden.0), i64::from(hidden.1));
            let (before, least) = match self {
                Relation::Beside(Side::After, within) => (end, start - reach(within)),
                Relation::Beside(Side::Before, within) => (end + reach(within) + 1, start + 1),
                _ => (end, start + 1),
            };
            reaches.latest_end(before).is_some_and(|latest| i64::from(latest) >= least)
        };
        dark.iter().filter(kept).copied().collect()
    }
}

impl Relation {
    /// Could one to which `b` lies so hide in one of these ordered, disjoint zones?
    #[must_use]
    pub fn may_reach(self, dark: &[Zone], b: &Moment) -> bool {
        let (start, end) = (i64::from(b.start_lo), i64::from(b.end_hi));
        let (before, least) = match self {
            Relation::Beside(Side::After, within) => (end + reach(within) + 1, start + 1),
            Relation::Beside(Side::Before, within) => (end, start - reach(within)),
            _ => (end, start + 1),
        };
        last_before(dark, before).is_some_and(|zone| i64::from(zone.1) >= least)
    }
}

fn reach(within: Option<i32>) -> i64 {
    within.map_or(i64::from(i32::MAX), i64::from)
}

/// What both lists of ordered zones cover.
fn common(left: &[Zone], right: &[Zone]) -> Vec<Zone> {
    let mut shared = Vec::new();
    let (mut lefts, mut rights) = (left.iter().peekable(), right.iter().peekable());
    while let (Some(a), Some(b)) = (lefts.peek(), rights.peek()) {
        let (start, end) = (a.0.max(b.0), a.1.min(b.1));
        if start < end {
            shared.push((start, end));
        }
        if a.1 <= b.1 {
            lefts.next();
        } else {
            rights.next();
        }
    }
    shared
}
