//! Operations that make one set of two or more: union, `except`, `then`, and picking by order.

use super::MOST_MOMENTS;
use super::order::{precedes, share, surely_before, touches};
use super::window::Others;
use crate::plan::{Pick, Side};
use grille_evidence::moment::{Moment, MomentSet, NO_WORD, Origin, Zone, merge_zones};
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
    let others = Others::of(right);
    let moments = left
        .moments
        .iter()
        .filter_map(|m| match excluded(m, &others) {
            Truth::Yes => None,
            told => Some(m.sure_if(told == Truth::No)),
        })
        .collect();
    MomentSet { moments, dark: left.dark.clone() }
}

/// Does it share something with one of `right`?
#[must_use]
pub fn excluded(m: &Moment, others: &Others<'_>) -> Truth {
    let mut found = Truth::No;
    for b in others.near(m) {
        found = found.or(share(m, b).and(if b.is_sure() { Truth::Yes } else { Truth::CannotTell }));
    }
    if others.set.dark.iter().any(|zone| touches(m, *zone)) { found.or(Truth::CannotTell) } else { found }
}

/// `[a.start, b.end)` for every pair in which `a` precedes `b` with a gap of at most `within`.
#[must_use]
pub fn then(left: &MomentSet, right: &MomentSet, within: Option<i32>) -> MomentSet {
    let mut moments = Vec::new();
    let others = Others::of(right);
    for a in &left.moments {
        for b in others.on_side(Side::Before, a, within) {
            let told = precedes(a, b, within);
            if told != Truth::No {
                moments.push(joined(a, b).sure_if(told == Truth::Yes));
            }
        }
        // Past the limit nothing of it counts any more, so the rest need not be listed. Some pairs may be the same moment.
        if moments.len() > 2 * MOST_MOMENTS {
            moments.sort_by_key(|m| (m.key(), std::cmp::Reverse(m.sure)));
            moments.dedup_by_key(|m| m.key());
            if moments.len() > MOST_MOMENTS {
                break;
            }
        }
    }
    let reach = within.map_or(i64::from(i32::MAX), i64::from);
    let mut dark: Vec<Zone> = left.dark.iter().map(|z| (z.0, last_reachable(*z, right, reach))).collect();
    dark.extend(right.dark.iter().map(|z| (first_reaching(*z, left, reach), z.1)));
    MomentSet::new(moments, dark)
}

fn joined(a: &Moment, b: &Moment) -> Moment {
    Moment {
        start: a.start,
        end: b.end,
        origin: Origin::SEQUENCE,
        first: NO_WORD,
        last: NO_WORD,
        start_lo: a.start_lo,
        start_hi: a.start_hi,
        end_lo: b.end_lo,
        end_hi: b.end_hi,
        sure: a.sure & b.sure,
    }
}

fn last_reachable(zone: Zone, right: &MomentSet, within: i64) -> i32 {
    let listed = right.moments.iter().map(|b| (b.start_lo, b.end_hi));
    listed
        .chain(right.dark.iter().copied())
        .filter(|(start, end)| *end > zone.0 && i64::from(*start) <= i64::from(zone.1) + within)
        .map(|(_, end)| end)
        .max()
        .unwrap_or(zone.0)
}

fn first_reaching(zone: Zone, left: &MomentSet, within: i64) -> i32 {
    left.moments
        .iter()
        .filter(|a| a.end_lo < zone.1 && i64::from(a.end_hi) + within >= i64::from(zone.0))
        .map(|a| a.start_lo)
        .min()
        .map_or(zone.1, |start| start.min(zone.1))
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
        let hidden = set.dark.iter().any(|z| z.0 <= m.start_hi);
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
        let behind = maybe_behind >= to || set.dark.iter().any(|z| z.1 > m.start_lo);
        moments.push(m.sure_if(!behind));
    }
    let mut starts: Vec<i32> = set.sure().map(|m| m.start_lo).collect();
    starts.sort_unstable_by(|a, b| b.cmp(a));
    let limit = starts.get(to.saturating_sub(1)).copied();
    let dark = set.dark.iter().filter(|z| limit.is_none_or(|l| z.1 > l)).copied().collect();
    MomentSet { moments, dark }
}

/// How many come before and after each. Where all times are exact, the order of the set tells.
struct Ranks<'a> {
    moments: &'a [Moment],
    /// Sure ones before each place, one more at the end; none where some times are not exact.
    sure_before: Option<Vec<usize>>,
}

impl<'a> Ranks<'a> {
    fn of(set: &'a MomentSet) -> Ranks<'a> {
        let exact = set.moments.iter().all(|m| m.start_lo == m.start_hi && m.end_lo == m.end_hi);
        let sure_before = exact.then(|| {
            let counted = set.moments.iter().scan(0, |sum, m| {
                *sum += usize::from(m.is_sure());
                Some(*sum)
            });
            std::iter::once(0).chain(counted).collect()
        });
        Ranks { moments: &set.moments, sure_before }
    }

    fn others(&self, place: usize) -> impl Iterator<Item = &'a Moment> {
        self.moments.iter().enumerate().filter(move |(other, _)| *other != place).map(|(_, m)| m)
    }

    /// Surely there and surely before; maybe before.
    fn ahead(&self, place: usize, m: &Moment) -> (usize, usize) {
        match &self.sure_before {
            Some(sure) => (sure.get(place).copied().unwrap_or(0), place),
            None => (
                self.others(place).filter(|x| x.is_sure() && surely_before(x, m)).count(),
                self.others(place).filter(|x| !surely_before(m, x)).count(),
            ),
        }
    }

    /// Surely there and surely after; maybe after.
    fn behind(&self, place: usize, m: &Moment) -> (usize, usize) {
        match &self.sure_before {
            Some(sure) => {
                let all = sure.last().copied().unwrap_or(0);
                let after = all.saturating_sub(sure.get(place + 1).copied().unwrap_or(all));
                (after, self.moments.len().saturating_sub(place + 1))
            }
            None => (
                self.others(place).filter(|x| x.is_sure() && surely_before(m, x)).count(),
                self.others(place).filter(|x| !surely_before(x, m)).count(),
            ),
        }
    }
}
