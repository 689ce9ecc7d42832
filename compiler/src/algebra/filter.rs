//! Filters: which moments of a set pass a test, and where hidden ones could that would.

use super::order::{at_most, clamp, extent_millis};
use super::relation::Relation;
use super::window::Others;
use crate::plan::{Edge, Extent, FilterOp, LengthBound};
use grille_evidence::facts::{CallFacts, Conversation};
use grille_evidence::moment::{Moment, MomentSet, Zone};
use grille_evidence::truth::Truth;

/// Does one moment pass? `right` is the right side of a relation.
#[must_use]
pub fn passes(filter: &FilterOp, moment: &Moment, right: Option<&Others<'_>>, facts: &CallFacts) -> Truth {
    match filter {
        FilterOp::Window { edge, extent } => in_window(*edge, *extent, moment, &facts.conversation),
        FilterOp::Length { bound } => long_enough(*bound, moment),
        FilterOp::Relation { .. } | FilterOp::Placed { .. } => in_relation(filter, moment, right),
    }
}

fn in_relation(filter: &FilterOp, moment: &Moment, right: Option<&Others<'_>>) -> Truth {
    let (Some((relation, negated)), Some(others)) = (Relation::of(filter), right) else { return Truth::CannotTell };
    let found = relation.exists(moment, others);
    if negated { found.negate() } else { found }
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
        FilterOp::Length { bound: LengthBound::ShorterThan(_) } => dark.to_vec(),
        FilterOp::Relation { .. } | FilterOp::Placed { .. } => match (Relation::of(filter), right) {
            (Some((relation, false)), Some(set)) => relation.dark(dark, set),
            _ => dark.to_vec(),
        },
    }
}
