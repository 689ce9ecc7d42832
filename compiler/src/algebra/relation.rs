//! Relations of a moment to others: of two moments, of a moment and a zone in which another may hide, of two zones.
//! Whoever adds a relation says these three things of it, and how it is looked for in many; the rest follows.

use super::order::{inside, meets, related, touches, zone_in_reach, zones_in_reach};
use super::window::Others;
use crate::plan::{FilterOp, Place, Side};
use grille_evidence::moment::{Moment, MomentSet, Zone, merge_zones};
use grille_evidence::truth::Truth;

/// How another moment must lie.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Relation {
    /// On a side, with at most so many milliseconds between; none: however many.
    Beside(Side, Option<i32>),
    /// Around it: the moment lies inside the other.
    Around,
    /// Sharing a millisecond with it.
    Meeting,
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
            FilterOp::Window { .. } | FilterOp::Length { .. } | FilterOp::Words { .. } | FilterOp::Field(_) => None,
        }
    }

    /// Does `b` lie so to `a`?
    #[must_use]
    pub fn told(self, a: &Moment, b: &Moment) -> Truth {
        match self {
            Relation::Beside(side, within) => related(side, a, b, within),
            Relation::Around => inside(a, b),
            Relation::Meeting => meets(a, b),
        }
    }

    /// Could one hidden in the zone lie so to `a`?
    #[must_use]
    pub fn may_hide(self, a: &Moment, zone: Zone) -> bool {
        match self {
            Relation::Beside(side, within) => zone_in_reach(side, a, zone, within),
            Relation::Around => zone.0 <= a.start_hi && a.end_lo <= zone.1,
            Relation::Meeting => touches(a, zone),
        }
    }

    /// Is there one that lies so to `a`?
    #[must_use]
    pub fn exists(self, a: &Moment, others: &Others<'_>) -> Truth {
        let candidates = match self {
            Relation::Beside(side, within) => others.on_side(side, a, within),
            Relation::Around | Relation::Meeting => others.near(a),
        };
        let mut found = Truth::No;
        for b in candidates {
            found = found.or(self.told(a, b).and(if b.is_sure() { Truth::Yes } else { Truth::CannotTell }));
            if found == Truth::Yes {
                return found;
            }
        }
        let hidden = others.set.dark.iter().any(|zone| self.may_hide(a, *zone));
        if hidden { found.or(Truth::CannotTell) } else { found }
    }

    /// Where one may hide to which another lies so.
    #[must_use]
    pub fn dark(self, dark: &[Zone], others: &MomentSet) -> Vec<Zone> {
        let listed = others.moments.iter().map(|b| (b.start_lo, b.end_hi));
        let places = || listed.clone().chain(others.dark.iter().copied());
        match self {
            Relation::Beside(side, within) => {
                let reached = |hidden: &Zone| places().any(|other| zones_in_reach(side, *hidden, other, within));
                dark.iter().filter(|zone| reached(zone)).copied().collect()
            }
            Relation::Meeting => {
                let reached = |hidden: &Zone| places().any(|other| other.0 < hidden.1 && hidden.0 < other.1);
                dark.iter().filter(|zone| reached(zone)).copied().collect()
            }
            Relation::Around => common(dark, &merge_zones(places().collect())),
        }
    }
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
