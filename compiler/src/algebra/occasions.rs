//! Which of the moments that a `whenever` names are occasions of their own: all of them, or with `once per` those that
//! start no sooner than that after the start of the one that counted before. Knows no conditions.

use super::zones::last_before;
use grille_evidence::moment::{Moment, MomentSet};

/// Those that count. Without a period, all.
///
/// A moment that surely counts stays as it is. One that counts or not, depending on moments that nobody can be sure of,
/// or on times that are not exact, is a maybe. What surely does not count is dropped. A hidden one may count, so what is
/// dark stays dark.
#[must_use]
pub fn counted(triggers: &MomentSet, once_per: Option<i32>) -> MomentSet {
    let Some(period) = once_per else { return triggers.clone() };
    let mut walk = Walk { period: i64::from(period), dark: &triggers.dark, latest: None, last: None };
    let moments = triggers.moments.iter().filter_map(|m| walk.step(m)).collect();
    MomentSet { moments, dark: triggers.dark.clone() }
}

struct Walk<'a> {
    period: i64,
    dark: &'a [(i32, i32)],
    /// The latest possible start of any moment so far.
    latest: Option<i64>,
    /// The one that surely counted last, if that is known.
    last: Option<Moment>,
}

impl Walk<'_> {
    fn step(&mut self, m: &Moment) -> Option<Moment> {
        let (low, high) = (i64::from(m.start_lo), i64::from(m.start_hi));
        let hidden = last_before(self.dark, high + 1).is_some_and(|z| i64::from(z.1) - 1 + self.period > low);
        let alone = !hidden && self.latest.is_none_or(|latest| low - latest >= self.period);
        self.latest = Some(self.latest.map_or(high, |latest| latest.max(high)));
        let counts = match self.last {
            _ if alone => Some(true),
            None => None,
            Some(last) => {
                let (last_low, last_high) = (i64::from(last.start_lo), i64::from(last.start_hi));
                let follows = low >= last_high;
                if follows && high - last_low < self.period {
                    return None;
                }
                (follows && !hidden && low - last_high >= self.period).then_some(true)
            }
        };
        let sure = counts.is_some() && m.is_sure();
        self.last = sure.then_some(*m);
        Some(Moment { sure: u32::from(sure), ..*m })
    }
}

#[cfg(test)]
mod tests {
    use super::counted;
    use grille_evidence::moment::{Moment, MomentSet, Origin};
    use proptest::prelude::*;

    fn at(start: i32, sure: bool) -> Moment {
        Moment::exact(start, start + 1, Origin(0)).sure_if(sure)
    }

    fn starts(moments: &[Moment], dark: &[(i32, i32)], period: i32) -> Vec<(i32, bool)> {
        let set = MomentSet { moments: moments.to_vec(), dark: dark.to_vec() };
        counted(&set, Some(period)).moments.iter().map(|m| (m.start, m.is_sure())).collect()
    }

    #[test]
    fn exactly_the_period_later_counts_anew() {
        assert_eq!(starts(&[at(0, true), at(9, true), at(10, true), at(19, true)], &[], 10), [(0, true), (10, true)]);
    }

    #[test]
    fn the_period_runs_from_the_one_that_counts() {
        assert_eq!(starts(&[at(0, true), at(6, true), at(12, true)], &[], 10), [(0, true), (12, true)]);
    }

    #[test]
    fn after_one_in_doubt_the_next_is_in_doubt_until_there_is_a_gap() {
        let moments = [at(0, false), at(6, true), at(12, true), at(40, true)];
        assert_eq!(starts(&moments, &[], 10), [(0, false), (6, false), (12, false), (40, true)]);
    }

    #[test]
    fn one_may_hide_before_it() {
        assert_eq!(starts(&[at(20, true)], &[(5, 12)], 10), [(20, false)]);
        assert_eq!(starts(&[at(20, true)], &[(5, 11)], 10), [(20, true)]);
        assert_eq!(starts(&[at(20, true), at(25, true)], &[(21, 24)], 10), [(20, true)]);
    }

    /// Plain counting, where everything is known.
    fn plainly(starts: &[i32], period: i32) -> Vec<i32> {
        let mut kept: Vec<i32> = Vec::new();
        for start in starts {
            if kept.last().is_none_or(|last| start - last >= period) {
                kept.push(*start);
            }
        }
        kept
    }

    proptest! {
        /// Whatever of the maybes is there and whatever hides: what surely counts does, and what counts is listed or dark.
        #[test]
        fn every_reading_agrees(
            listed in prop::collection::btree_map(0i32..60, any::<bool>(), 0..8),
            there in prop::collection::vec(any::<bool>(), 8),
            zone in prop::option::of((0i32..60, 1i32..8)),
            hidden in prop::collection::vec(0i32..8, 0..3),
            period in 1i32..20,
        ) {
            let moments: Vec<Moment> = listed.iter().map(|(start, sure)| at(*start, *sure)).collect();
            let dark: Vec<(i32, i32)> = zone.iter().map(|(from, length)| (*from, from + length)).collect();
            let set = MomentSet { moments, dark };
            let kept = counted(&set, Some(period));
            let mut reading: Vec<i32> =
                listed.iter().zip(&there).filter(|((_, sure), there)| **sure || **there).map(|((s, _), _)| *s).collect();
            reading.extend(zone.iter().flat_map(|(from, length)| hidden.iter().map(move |h| from + h % length)));
            reading.sort_unstable();
            reading.dedup();
            let truly = plainly(&reading, period);
            for m in kept.sure() {
                prop_assert!(truly.contains(&m.start), "{m:?} of {reading:?}: {truly:?}");
            }
            for start in truly {
                let dark = zone.is_some_and(|(from, length)| from <= start && start < from + length);
                prop_assert!(dark || kept.moments.iter().any(|m| m.start == start), "{start} of {reading:?}");
            }
        }
    }
}
