//! Operations that make one set of two or more: union, `except`, and picking by order.

use super::filter;
use super::ranks::Ranks;
use super::relation::Relation;
use super::zones::last_before;
use crate::plan::Pick;
use grille_evidence::moment::{Moment, MomentSet, merge_zones};
use grille_evidence::truth::Truth;

/// All moments of all sets.
#[must_use]
pub fn union(sets: &[&MomentSet]) -> MomentSet {
    let moments = sets.iter().flat_map(|s| s.moments.iter().copied()).collect();
    let dark = sets.iter().flat_map(|s| s.dark.iter().copied()).collect();
    MomentSet::new(moments, dark)
}

/// Those of `left` that share no word, else no millisecond, with one of `right`.
#[must_use]
pub fn except(left: &MomentSet, right: &MomentSet) -> MomentSet {
    let told = Relation::Sharing.all(&left.moments, right).into_iter().map(Truth::negate);
    MomentSet { moments: filter::kept(&left.moments, told.collect()), dark: left.dark.clone() }
}

/// Does it share something with one of `right`?
#[must_use]
pub fn excluded(m: &Moment, right: &MomentSet) -> Truth {
    Relation::Sharing.one(m, right)
}

/// Picks by the order of moments. Where something may come before it unseen, a pick is maybe.
#[must_use]
pub fn pick(which: Pick, set: &MomentSet) -> MomentSet {
    match which {
        Pick::First(n) => leading(set, n as usize, 0),
        Pick::Nth(n) => leading(set, n as usize, (n as usize).saturating_sub(1)),
        Pick::Last(n) => trailing(set, n as usize),
    }
}

/// Those with at least `from` and fewer than `to` others before them.
fn leading(set: &MomentSet, to: usize, from: usize) -> MomentSet {
    let ranks = Ranks::of(set);
    let mut moments = Vec::new();
    for (place, m) in set.moments.iter().enumerate() {
        let (surely_ahead, maybe_ahead) = ranks.ahead(place, m);
        if surely_ahead >= to {
            continue;
        }
        let hidden = last_before(&set.dark, i64::from(m.start_hi) + 1).is_some();
        if maybe_ahead < from && !hidden {
            continue;
        }
        let told = maybe_ahead < to && surely_ahead >= from && !hidden;
        moments.push(m.sure_if(told));
    }
    let mut starts: Vec<i32> = set.sure().map(|m| m.start_hi).collect();
    starts.sort_unstable();
    let limit = starts.get(to.saturating_sub(1)).copied();
    let dark = set.dark.iter().filter(|z| limit.is_none_or(|l| z.0 <= l)).copied().collect();
    MomentSet { moments, dark: merge_zones(dark) }
}

/// Those with fewer than `to` others behind them.
fn trailing(set: &MomentSet, to: usize) -> MomentSet {
    let ranks = Ranks::of(set);
    let mut moments = Vec::new();
    for (place, m) in set.moments.iter().enumerate() {
        let (surely_behind, maybe_behind) = ranks.behind(place, m);
        if surely_behind >= to {
            continue;
        }
        let behind = maybe_behind >= to || set.dark.last().is_some_and(|z| z.1 > m.start_lo);
        moments.push(m.sure_if(!behind));
    }
    let mut starts: Vec<i32> = set.sure().map(|m| m.start_lo).collect();
    starts.sort_unstable_by(|a, b| b.cmp(a));
    let limit = starts.get(to.saturating_sub(1)).copied();
    let dark = set.dark.iter().filter(|z| limit.is_none_or(|l| z.1 > l)).copied().collect();
    MomentSet { moments, dark }
}
