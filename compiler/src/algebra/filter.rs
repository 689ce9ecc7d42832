//! Filters: which moments of a set pass a test, and where hidden ones could that would.

use super::answers::Answers;
use super::boundary::boundary;
use super::event;
use super::floor::Floor;
use super::order::{at_most, clamp};
use super::relation::Relation;
use super::words::Near;
use super::zones::last_before;
use crate::plan::{Edge, FilterOp, LengthBound, NodeId, NodeOp, Plan};
use grille_evidence::facts::CallFacts;
use grille_evidence::moment::{Moment, MomentSet, Zone, merge_zones};
use grille_evidence::truth::Truth;

/// What a filter needs of the call and of its right side, found once for all moments.
pub struct Ground<'a> {
    /// The call.
    facts: &'a CallFacts,
    /// The right side of a relation.
    others: Option<&'a MomentSet>,
    /// Between which times the boundary of a window lies.
    boundary: (i64, i64),
    /// The right side of `within n words of`.
    near: Option<Near<'a>>,
    /// Who answers.
    answers: Option<Answers<'a>>,
    /// Who speaks next.
    floor: Option<Floor<'a>>,
}

impl<'a> Ground<'a> {
    /// Of a filter with its right side.
    #[must_use]
    pub fn of(filter: &FilterOp, right: Option<&'a MomentSet>, facts: &'a CallFacts) -> Ground<'a> {
        let boundary = match filter {
            FilterOp::Window { edge, extent } => boundary(*edge, *extent, facts),
            _ => (0, 0),
        };
        let near = match (filter, right) {
            (FilterOp::Words { most, .. }, Some(others)) => Some(Near::new(facts, *most, others)),
            _ => None,
        };
        let answers = match filter {
            FilterOp::Answered { within, .. } => Some(Answers::new(facts, *within, right)),
            _ => None,
        };
        let floor = match filter {
            FilterOp::LeftOpen { millis } => Some(Floor::new(facts, *millis)),
            _ => None,
        };
        Ground { facts, others: right, boundary, near, answers, floor }
    }
}

/// Does one moment pass?
#[must_use]
pub fn passes(filter: &FilterOp, moment: &Moment, ground: &Ground<'_>) -> Truth {
    match filter {
        FilterOp::Window { edge, .. } => in_window(*edge, moment, ground.boundary),
        FilterOp::Answered { negated, .. } => {
            let answered = ground.answers.as_ref().map_or(Truth::CannotTell, |answers| answers.answered(moment));
            if *negated { answered.negate() } else { answered }
        }
        FilterOp::LeftOpen { .. } => ground.floor.as_ref().map_or(Truth::CannotTell, |floor| floor.left_open(moment)),
        FilterOp::Words { .. } => ground.near.as_ref().map_or(Truth::No, |near| near.exists(moment)),
        FilterOp::Length { bound } => long_enough(*bound, moment),
        FilterOp::Field(test) => event::passes(test, moment, ground.facts),
        FilterOp::Relation { .. } | FilterOp::Placed { .. } => match (Relation::of(filter), ground.others) {
            (Some((relation, negated)), Some(others)) => turned(relation.one(moment, others), negated),
            _ => Truth::CannotTell,
        },
    }
}

fn turned(found: Truth, negated: bool) -> Truth {
    if negated { found.negate() } else { found }
}

/// Does each of a set pass?
#[must_use]
pub fn each_passes(filter: &FilterOp, set: &MomentSet, right: Option<&MomentSet>, facts: &CallFacts) -> Vec<Truth> {
    let ground = Ground::of(filter, right, facts);
    each(filter, set, &ground)
}

fn each(filter: &FilterOp, set: &MomentSet, ground: &Ground<'_>) -> Vec<Truth> {
    match (Relation::of(filter), ground.others) {
        (Some((relation, negated)), Some(others)) => {
            relation.all(&set.moments, others).into_iter().map(|found| turned(found, negated)).collect()
        }
        _ => set.moments.iter().map(|m| passes(filter, m, ground)).collect(),
    }
}

/// The moments that pass, those that may as maybe. `hidden`: how long unlisted moments can be where, if that is known.
#[must_use]
pub fn filter(
    filter: &FilterOp,
    base: &MomentSet,
    hidden: Option<&[(Zone, i32)]>,
    right: Option<&MomentSet>,
    facts: &CallFacts,
) -> MomentSet {
    let ground = Ground::of(filter, right, facts);
    let moments = kept(&base.moments, each(filter, base, &ground));
    let mut dark = dark_after(filter, &base.dark, right, &ground);
    if let (FilterOp::Length { bound }, Some(hidden)) = (filter, hidden) {
        let long = hidden.iter().filter(|(_, longest)| !never_so_long(*bound, *longest));
        let long = merge_zones(long.map(|(zone, _)| *zone).collect());
        dark.retain(|zone| last_before(&long, i64::from(zone.1)).is_some_and(|other| zone.0 < other.1));
    }
    MomentSet { moments, dark }
}

/// How long unlisted moments of a node can be where, in milliseconds; of silences it is known.
#[must_use]
pub fn hidden<'a>(plan: &Plan, node: NodeId, facts: &'a CallFacts) -> Option<&'a [(Zone, i32)]> {
    let mut at = node;
    loop {
        at = match plan.node(at).map(|found| &found.op) {
            Some(NodeOp::Silence) => return Some(&facts.hidden_silences),
            Some(
                NodeOp::Filter { base, .. }
                | NodeOp::Ordinal { base, .. }
                | NodeOp::Except(base, _)
                | NodeOp::Minus(base, _),
            ) => *base,
            _ => return None,
        };
    }
}

fn never_so_long(bound: LengthBound, longest: i32) -> bool {
    match bound {
        LengthBound::AtLeast(least) => longest < least,
        LengthBound::LongerThan(length) => longest <= length,
        LengthBound::ShorterThan(_) => false,
    }
}

/// Those that have one in this relation, or have none.
#[must_use]
pub fn keep(relation: Relation, negated: bool, base: &MomentSet, right: &MomentSet) -> MomentSet {
    let told = relation.all(&base.moments, right).into_iter().map(|found| turned(found, negated));
    let moments = kept(&base.moments, told.collect());
    let dark = if negated { base.dark.clone() } else { relation.dark(&base.dark, right) };
    MomentSet { moments, dark }
}

/// Those of which it is told, maybe where it cannot be.
pub(super) fn kept(moments: &[Moment], told: Vec<Truth>) -> Vec<Moment> {
    let told = moments.iter().zip(told).filter(|(_, told)| *told != Truth::No);
    told.map(|(m, told)| m.sure_if(told == Truth::Yes)).collect()
}

fn in_window(edge: Edge, m: &Moment, (lo, hi): (i64, i64)) -> Truth {
    match edge {
        Edge::First => at_most(i64::from(m.end_lo) - hi, i64::from(m.end_hi) - lo, 0),
        Edge::Last => at_most(lo - i64::from(m.start_hi), hi - i64::from(m.start_lo), 0),
        Edge::StartingFirst => at_most(i64::from(m.start_lo) - hi, i64::from(m.start_hi) - lo, -1),
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

fn dark_after(filter: &FilterOp, dark: &[Zone], right: Option<&MomentSet>, ground: &Ground<'_>) -> Vec<Zone> {
    match filter {
        FilterOp::Window { edge: Edge::First, .. } => {
            let edge = clamp(ground.boundary.1);
            dark.iter().map(|z| (z.0, z.1.min(edge))).filter(|z| z.0 < z.1).collect()
        }
        FilterOp::Window { edge: Edge::Last, .. } => {
            let edge = clamp(ground.boundary.0);
            dark.iter().map(|z| (z.0.max(edge), z.1)).filter(|z| z.0 < z.1).collect()
        }
        FilterOp::Window { edge: Edge::StartingFirst, .. } => {
            let edge = clamp(ground.boundary.1);
            dark.iter().filter(|z| z.0 < edge).copied().collect()
        }
        FilterOp::Length { bound: LengthBound::AtLeast(least) } => {
            dark.iter().filter(|z| z.1 - z.0 >= *least).copied().collect()
        }
        FilterOp::Length { bound: LengthBound::LongerThan(length) } => {
            dark.iter().filter(|z| z.1 - z.0 > *length).copied().collect()
        }
        FilterOp::Length { bound: LengthBound::ShorterThan(_) }
        | FilterOp::Field(_)
        | FilterOp::Answered { .. }
        | FilterOp::LeftOpen { .. } => dark.to_vec(),
        FilterOp::Words { .. } => ground.near.as_ref().map_or_else(Vec::new, |near| near.dark(dark)),
        FilterOp::Relation { .. } | FilterOp::Placed { .. } => match (Relation::of(filter), right) {
            (Some((relation, false)), Some(set)) => relation.dark(dark, set),
            _ => dark.to_vec(),
        },
    }
}
