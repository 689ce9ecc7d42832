//! Zones in which moments may hide, many of them: which one reaches furthest of those that begin early enough. Knows
//! intervals only.

use super::work;
use grille_evidence::moment::Zone;

/// Of ordered, disjoint zones, the last that begins before a time: none that begins before it ends later.
#[must_use]
pub fn last_before(zones: &[Zone], before: i64) -> Option<Zone> {
    work::step();
    let count = zones.partition_point(|zone| i64::from(zone.0) < before);
    zones.get(count.checked_sub(1)?).copied()
}

/// Any intervals, by where they begin, with the latest end so far.
pub struct Reaches {
    reached: Vec<(i32, i32)>,
}

impl Reaches {
    /// Of intervals in any order.
    #[must_use]
    pub fn of(intervals: impl Iterator<Item = Zone>) -> Reaches {
        let mut reached: Vec<Zone> = intervals.collect();
        reached.sort_unstable();
        let mut latest = i32::MIN;
        for zone in &mut reached {
            latest = latest.max(zone.1);
            zone.1 = latest;
        }
        Reaches { reached }
    }

    /// The latest end of those that begin before a time.
    #[must_use]
    pub fn latest_end(&self, before: i64) -> Option<i32> {
        last_before(&self.reached, before).map(|zone| zone.1)
    }
}
