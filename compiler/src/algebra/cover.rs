//! How much of the clock moments take up: stretches that they surely cover, and stretches that they may. Each
//! millisecond counts once.

use grille_evidence::moment::{MomentSet, Zone};

/// Disjoint stretches in order.
pub type Stretches = Vec<Zone>;

/// What is surely covered, and what may be: the first lies inside the second.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Cover {
    /// Surely covered.
    pub surely: Stretches,
    /// Covered, or perhaps.
    pub perhaps: Stretches,
}

impl Cover {
    /// Of a set.
    #[must_use]
    pub fn of(set: &MomentSet) -> Cover {
        let surely = set.sure().map(|m| (m.start_hi, m.end_lo)).collect();
        let listed = set.moments.iter().map(|m| (m.start_lo, m.end_hi));
        Cover { surely: joined(surely), perhaps: joined(listed.chain(set.dark.iter().copied()).collect()) }
    }

    /// All of one stretch.
    #[must_use]
    pub fn whole(zone: Zone) -> Cover {
        Cover { surely: vec![zone], perhaps: vec![zone] }
    }

    /// What both cover.
    #[must_use]
    pub fn and(&self, other: &Cover) -> Cover {
        Cover { surely: both(&self.surely, &other.surely), perhaps: both(&self.perhaps, &other.perhaps) }
    }

    /// The least and the greatest length, in milliseconds.
    #[must_use]
    pub fn length(&self) -> (i64, i64) {
        (length(&self.surely), length(&self.perhaps))
    }
}

/// In order, those that overlap or touch joined, empty ones dropped.
#[must_use]
pub fn joined(mut zones: Vec<Zone>) -> Stretches {
    zones.retain(|z| z.0 < z.1);
    zones.sort_unstable();
    let mut joined: Stretches = Vec::with_capacity(zones.len());
    for zone in zones {
        match joined.last_mut() {
            Some(last) if zone.0 <= last.1 => last.1 = last.1.max(zone.1),
            _ => joined.push(zone),
        }
    }
    joined
}

/// What lies in both.
#[must_use]
pub fn both(one: &[Zone], other: &[Zone]) -> Stretches {
    let (mut left, mut right) = (one.iter().peekable(), other.iter().peekable());
    let mut shared = Vec::new();
    while let (Some(a), Some(b)) = (left.peek(), right.peek()) {
        let zone = (a.0.max(b.0), a.1.min(b.1));
        if zone.0 < zone.1 {
            shared.push(zone);
        }
        if a.1 <= b.1 {
            left.next()
        } else {
            right.next()
        };
    }
    shared
}

/// What of the first lies in none of the second.
#[must_use]
pub fn without(one: &[Zone], other: &[Zone]) -> i64 {
    length(one) - length(&both(one, other))
}

/// Milliseconds of disjoint stretches.
#[must_use]
pub fn length(zones: &[Zone]) -> i64 {
    zones.iter().map(|z| i64::from(z.1) - i64::from(z.0)).sum()
}

/// Does one of the stretches hold the whole of this, both ends included?
#[must_use]
pub fn holds(zones: &[Zone], from: i32, to: i32) -> bool {
    let after = zones.partition_point(|z| z.0 <= from);
    after.checked_sub(1).and_then(|at| zones.get(at)).is_some_and(|z| to < z.1)
}

/// Does one of the stretches hold a part of this, both ends included?
#[must_use]
pub fn meets(zones: &[Zone], from: i32, to: i32) -> bool {
    let after = zones.partition_point(|z| z.1 <= from);
    zones.get(after).is_some_and(|z| z.0 <= to)
}
