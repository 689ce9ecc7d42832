//! Filters: which moments of a set pass a test, and where hidden ones could that would.

use super::order::{at_most, clamp, extent_millis, related, zone_in_reach, zones_in_reach};
use super::window::Others;
use crate::plan::{Edge, Extent, FilterOp, LengthBound, Side};
use grille_evidence::facts::{CallFacts, Conversation};
use grille_evidence::moment::{Moment, MomentSet, Zone};
use grille_evidence::truth::Truth;

/// Does one moment pass? `right` is the right side of a relation.
#[must_use]
pub fn passes(filter: &FilterOp, moment: &Moment, right: Option<&Others<'_>>, facts: &CallFacts) -> Truth {
    match filter {
        FilterOp::Window { edge, extent } => in_window(*edge, *extent, moment, &facts.conversation),
        FilterOp::Length { bound } => long_enough(*bound, moment),
        FilterOp::Relation { side, within, negated, .. } => {
            let found = right.map_or(Truth::No, |others| exists(*side, moment, others, *within));
            if *negated { found.negate() } else { found }
        }
    }
}

/// The moments that pass, those that may as maybe.
#[must_use]
pub fn filter(filter: &FilterOp, base: &MomentSet, right: Option<&MomentSet>, facts: &CallFacts) -> MomentSet {
    let others = right.map(Others::of);
    let moments = base
        .moments
        .iter()
        .filter_map(|m| match passes(filter, m, others.as_ref(), facts) {
            Truth::No => None,
            told => Some(m.sure_if(told == Truth::Yes)),
        })
        .collect();
    MomentSet { moments, dark: dark_after(filter, &base.dark, right, &facts.conversation) }
}

fn in_window(edge: Edge, extent: Extent, m: &Moment, conversation: &Conversation) -> Truth {
    let (start, end) = (i64::from(conversation.start_ms), i64::from(conversation.end_ms));
    match edge {
        Edge::First => {
            at_most(i64::from(m.end_lo), i64::from(m.end_hi), start + extent_millis(extent, conversation, false))
        }
        Edge::Last => {
            let from = end - extent_millis(extent, conversation, false);
            at_most(-i64::from(m.start_hi), -i64::from(m.start_lo), -from)
        }
        Edge::StartingFirst => {
            let before = start + extent_millis(extent, conversation, true);
            at_most(i64::from(m.start_lo), i64::from(m.start_hi), before - 1)
        }
    }
}

fn long_enough(bound: LengthBound, m: &Moment) -> Truth {
    let lo = (i64::from(m.end_lo) - i64::from(m.start_hi)).max(1);
    let hi = i64::from(m.end_hi) - i64::from(m.start_lo);
    match bound {
        LengthBound::AtLeast(least) => at_most(-hi, -lo, -i64::from(least)),
        LengthBound::LongerThan(length) => at_most(-hi, -lo, -i64::from(length) - 1),
        LengthBound::ShorterThan(length) => at_most(lo, hi, i64::from(length) - 1),
    }
}

/// Is there one on the given side?
#[must_use]
pub fn exists(side: Side, a: &Moment, others: &Others<'_>, within: Option<i32>) -> Truth {
    let mut found = Truth::No;
    for b in others.on_side(side, a, within) {
        let told = related(side, a, b, within).and(if b.is_sure() { Truth::Yes } else { Truth::CannotTell });
        found = found.or(told);
        if found == Truth::Yes {
            return found;
        }
    }
    let hidden = others.set.dark.iter().any(|zone| zone_in_reach(side, a, *zone, within));
    if hidden { found.or(Truth::CannotTell) } else { found }
}

fn dark_after(filter: &FilterOp, dark: &[Zone], right: Option<&MomentSet>, conversation: &Conversation) -> Vec<Zone> {
    let (start, end) = (i64::from(conversation.start_ms), i64::from(conversation.end_ms));
    match filter {
        FilterOp::Window { edge: Edge::First, extent } => {
            let edge = clamp(start + extent_millis(*extent, conversation, false));
            dark.iter().map(|z| (z.0, z.1.min(edge))).filter(|z| z.0 < z.1).collect()
        }
        FilterOp::Window { edge: Edge::Last, extent } => {
            let edge = clamp(end - extent_millis(*extent, conversation, false));
            dark.iter().map(|z| (z.0.max(edge), z.1)).filter(|z| z.0 < z.1).collect()
        }
        FilterOp::Window { edge: Edge::StartingFirst, extent } => {
            let edge = clamp(start + extent_millis(*extent, conversation, true));
            dark.iter().filter(|z| z.0 < edge).copied().collect()
        }
        FilterOp::Length { bound: LengthBound::AtLeast(least) } => {
            dark.iter().filter(|z| z.1 - z.0 >= *least).copied().collect()
        }
        FilterOp::Length { bound: LengthBound::LongerThan(length) } => {
            dark.iter().filter(|z| z.1 - z.0 > *length).copied().collect()
        }
        FilterOp::Length { bound: LengthBound::ShorterThan(_) } | FilterOp::Relation { negated: true, .. } => {
            dark.to_vec()
        }
        FilterOp::Relation { side, within, .. } => right
            .map_or_else(Vec::new, |set| dark.iter().filter(|z| reaches(*side, **z, set, *within)).copied().collect()),
    }
}

fn reaches(side: Side, hidden: Zone, set: &MomentSet, within: Option<i32>) -> bool {
    set.moments.iter().any(|b| zones_in_reach(side, hidden, (b.start_lo, b.end_hi), within))
        || set.dark.iter().any(|zone| zones_in_reach(side, hidden, *zone, within))
}
