//! How near a moment came to a relation that it does not have: the least that it lacks, over all others (language,
//! section 12). Knows only times as the source gives them.

use crate::algebra::order::related;
use crate::plan::{FilterOp, Place, Side};
use grille_evidence::moment::{Moment, MomentSet};
use grille_evidence::trace::ReasonCode;
use grille_evidence::truth::Truth;

/// What is wrong, and by how many milliseconds.
pub(super) type Miss = (ReasonCode, Option<i64>);

/// What a moment lacks of a relation; none where there is nothing to compare it with.
pub(super) fn miss(filter: &FilterOp, m: &Moment, right: &MomentSet) -> Option<Miss> {
    match filter {
        FilterOp::Relation { negated: true, .. } => Some((ReasonCode::Excluded, None)),
        FilterOp::Relation { side, within, .. } => beside(*side, *within, m, right),
        FilterOp::Placed { place: Place::During, .. } => least(right, |b| Some(beyond(m, b))),
        FilterOp::Placed { place: Place::Overlapping, .. } => least(right, |b| Some(apart(m, b))),
        FilterOp::Placed { place: Place::Outside, .. } => {
            let shared = right.moments.iter().map(|b| i64::from(m.end.min(b.end)) - i64::from(m.start.max(b.start)));
            Some((ReasonCode::Excluded, shared.max().filter(|most| *most > 0)))
        }
        FilterOp::Window { .. }
        | FilterOp::Length { .. }
        | FilterOp::Words { .. }
        | FilterOp::Field(_)
        | FilterOp::Answered { .. }
        | FilterOp::LeftOpen { .. } => None,
    }
}

/// The least that a relation lacks; where one amount is lacking to several, the first.
fn least(right: &MomentSet, lacks: impl Fn(&Moment) -> Option<(ReasonCode, i64)>) -> Option<Miss> {
    let nearest = right.moments.iter().filter_map(lacks).min_by_key(|(_, by)| *by)?;
    Some((nearest.0, Some(nearest.1)))
}

/// One on the right side is too far; where none is, one on the wrong side is passed by so much.
pub(super) fn beside(side: Side, within: Option<i32>, m: &Moment, right: &MomentSet) -> Option<Miss> {
    let too_far = |b: &Moment| {
        let gap = match side {
            Side::After => i64::from(m.start) - i64::from(b.end),
            Side::Before => i64::from(b.start) - i64::from(m.end),
        };
        let code = if side == Side::After { ReasonCode::Late } else { ReasonCode::Early };
        let is_there = related(side, m, b, None) != Truth::No;
        Some((code, gap - i64::from(within?))).filter(|_| is_there)
    };
    let passed = |b: &Moment| {
        let (starts, ends) = (i64::from(m.start) - i64::from(b.start), i64::from(m.end) - i64::from(b.end));
        let miss = match side {
            Side::After => (ReasonCode::Early, 1 - starts.min(ends)),
            Side::Before => (ReasonCode::Late, 1 + starts.max(ends)),
        };
        Some(miss).filter(|(_, by)| *by > 0)
    };
    least(right, too_far).or_else(|| least(right, passed))
}

/// How far a moment reaches beyond another.
fn beyond(m: &Moment, b: &Moment) -> (ReasonCode, i64) {
    let (before, after) = (i64::from(b.start) - i64::from(m.start), i64::from(m.end) - i64::from(b.end));
    if before >= after { (ReasonCode::Early, before) } else { (ReasonCode::Late, after) }
}

/// How far a moment is from sharing a millisecond with another.
fn apart(m: &Moment, b: &Moment) -> (ReasonCode, i64) {
    let (early, late) = (i64::from(b.start) - i64::from(m.end) + 1, i64::from(m.start) - i64::from(b.end) + 1);
    if early >= late { (ReasonCode::Early, early) } else { (ReasonCode::Late, late) }
}
