//! How long the moments of a pattern can be, by what is written. Knows no calls.

use super::View;
use crate::plan::{Edge, Extent, FilterOp, LengthBound, NodeId, NodeOp, Place};

/// Silences and overlaps are at least so long, in milliseconds.
const SHORTEST_STRETCH: i64 = 200;

/// The least and the greatest length, in milliseconds; no greatest where nothing is said of it.
#[must_use]
pub fn of(view: &View<'_>, id: NodeId) -> (i64, Option<i64>) {
    let Some(node) = view.plan.node(id) else { return (1, None) };
    match &node.op {
        NodeOp::Silence | NodeOp::Overlap => (SHORTEST_STRETCH, None),
        NodeOp::Interrupts { least, .. } => (i64::from(*least).max(1), None),
        NodeOp::Filter { base, filter } => filtered(view, of(view, *base), filter),
        NodeOp::Union(parts) => {
            let all: Vec<_> = parts.iter().map(|p| of(view, *p)).collect();
            let least = all.iter().map(|l| l.0).min().unwrap_or(1);
            let most = all.iter().map(|l| l.1).collect::<Option<Vec<_>>>().and_then(|m| m.into_iter().max());
            (least, most)
        }
        NodeOp::Except(base, _) | NodeOp::Ordinal { base, .. } => of(view, *base),
        NodeOp::Then { left, right, .. } => (of(view, *left).0.max(of(view, *right).0), None),
        _ => (1, None),
    }
}

/// What a filter leaves of a pattern with such lengths.
#[must_use]
pub fn filtered(view: &View<'_>, (least, most): (i64, Option<i64>), filter: &FilterOp) -> (i64, Option<i64>) {
    let at_most = |bound: i64| (least, Some(most.map_or(bound, |most| most.min(bound))));
    match filter {
        FilterOp::Length { bound: LengthBound::AtLeast(d) } => (least.max(i64::from(*d)), most),
        FilterOp::Length { bound: LengthBound::LongerThan(d) } => (least.max(i64::from(*d) + 1), most),
        FilterOp::Length { bound: LengthBound::ShorterThan(d) } => at_most(i64::from(*d) - 1),
        FilterOp::Window { edge: Edge::First | Edge::Last, extent: Extent::Millis(d) } => at_most(i64::from(*d)),
        FilterOp::Placed { place: Place::During, right } => match of(view, *right).1 {
            Some(longest) => at_most(longest),
            None => (least, most),
        },
        _ => (least, most),
    }
}
