//! The moments of a set that lie near one other, found without a look at the rest. Leaves out only what the exact test
//! would refuse.

use super::finder::Finder;
use super::order::clamp;
use super::relation::Relation;
use crate::plan::Side;
use grille_evidence::moment::{Moment, MomentSet};
use grille_evidence::truth::Truth;

/// Where the moments of a set lie.
pub struct Nearby(Finder);

impl Nearby {
    /// Of a set.
    #[must_use]
    pub fn of(set: &MomentSet) -> Nearby {
        Nearby(Finder::of(set.moments.iter().enumerate(), earliest, |m| (latest(m), i32::MAX)))
    }

    /// Those of the same set that lie so to `b`, and where others could hide that do.
    #[must_use]
    pub fn kept(&self, set: &MomentSet, relation: Relation, b: &Moment) -> MomentSet {
        let (start, end) = (i64::from(earliest(b)), i64::from(latest(b)));
        let (from, to) = match relation {
            Relation::Beside(Side::After, within) => (start, end + reach(within)),
            Relation::Beside(Side::Before, within) => (start - reach(within), end),
            _ => (start, end),
        };
        let (from, to) = (clamp(from - 1), clamp(to));
        let mut places = self.0.find(i32::MIN, to, (from, i32::MIN));
        places.sort_unstable();
        let near = places.into_iter().filter_map(|place| set.moments.get(place));
        let told = near.map(|a| (a, relation.among_few(a, std::slice::from_ref(b))));
        let kept = told.filter(|(_, told)| *told != Truth::No).map(|(a, told)| a.sure_if(told == Truth::Yes));
        let dark = set.dark.get(set.dark.partition_point(|z| z.1 < from)..).unwrap_or_default();
        let dark = dark.get(..dark.partition_point(|z| z.0 <= to)).unwrap_or_default();
        let one = MomentSet { moments: vec![*b], dark: Vec::new() };
        MomentSet { moments: kept.collect(), dark: relation.dark(dark, &one) }
    }
}

/// Where words of one speaker overlap, the bounds of a start can reach past those of an end.
fn earliest(m: &Moment) -> i32 {
    m.start_lo.min(m.end_lo)
}

fn latest(m: &Moment) -> i32 {
    m.end_hi.max(m.start_hi)
}

fn reach(within: Option<i32>) -> i64 {
    within.map_or(i64::from(i32::MAX), i64::from)
}
