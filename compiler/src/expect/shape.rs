//! How leaves look at the occasion, by plan alone: which can be told of all occasions at once, which look only at what lies
//! near each, and which moments they rest on that are the same on every occasion. Knows no call.

use crate::algebra::relation::Relation;
use crate::plan::measure::MeasureOp;
use crate::plan::{ConditionOp, Extent, FilterOp, MeasureId, NodeId, NodeOp, Plan};

/// What a node is, seen over all occasions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// The same moments on each.
    Same,
    /// The occasion itself, or nothing.
    Own,
    /// Other moments on each, of which can be told at once whether there are any.
    Some,
}

/// The shape of a node; none where its moments must be found anew for each occasion.
#[must_use]
pub fn of_node(plan: &Plan, id: NodeId) -> Option<Shape> {
    let node = plan.node(id)?;
    if !node.uses_it {
        return Some(Shape::Same);
    }
    match &node.op {
        NodeOp::It => Some(Shape::Own),
        NodeOp::Filter { base, filter } => filtered(plan, *base, filter),
        NodeOp::Except(left, right) => match (of_node(plan, *left)?, of_node(plan, *right)?) {
            (Shape::Own, Shape::Same) => Some(Shape::Own),
            _ => None,
        },
        NodeOp::Then { left, right, .. } => match (of_node(plan, *left)?, of_node(plan, *right)?) {
            (Shape::Own, Shape::Same) | (Shape::Same, Shape::Own) => Some(Shape::Some),
            _ => None,
        },
        NodeOp::Union(parts) => parts.iter().all(|part| of_node(plan, *part).is_some()).then_some(Shape::Some),
        _ => None,
    }
}

fn filtered(plan: &Plan, base: NodeId, filter: &FilterOp) -> Option<Shape> {
    let right = filter.right().map(|right| of_node(plan, right));
    match (of_node(plan, base)?, right) {
        (Shape::Own, None | Some(Some(Shape::Same))) => Some(Shape::Own),
        (Shape::Same, Some(Some(Shape::Own))) => match Relation::of(filter) {
            Some((relation, false)) if relation.reversed().is_some() => Some(Shape::Some),
            _ => None,
        },
        _ => None,
    }
}

/// Can this leaf be told of all occasions at once?
#[must_use]
pub fn is_told_at_once(plan: &Plan, leaf: &ConditionOp) -> bool {
    match leaf {
        ConditionOp::Any(node) | ConditionOp::No(node) => of_node(plan, *node).is_some(),
        ConditionOp::Count { base, .. } => of_node(plan, *base) == Some(Shape::Own),
        ConditionOp::Every { base, filter } => filtered(plan, *base, filter) == Some(Shape::Own),
        ConditionOp::OnlyAfter { left, right } => {
            (of_node(plan, *left), of_node(plan, *right)) == (Some(Shape::Own), Some(Shape::Same))
        }
        ConditionOp::InOrder(members) => {
            let shapes: Option<Vec<Shape>> = members.iter().map(|member| of_node(plan, *member)).collect();
            shapes.is_some_and(|shapes| is_one_order(&shapes))
        }
        _ => false,
    }
}

/// Told of one occasion after the other, does this leaf look at nothing but what lies near each?
#[must_use]
pub fn looks_near(plan: &Plan, leaf: &ConditionOp) -> bool {
    match leaf {
        ConditionOp::Any(node) | ConditionOp::No(node) | ConditionOp::Count { base: node, .. } => {
            lies_near(plan, *node)
        }
        ConditionOp::Every { base, filter } => passed_near(plan, *base, filter),
        ConditionOp::OnlyAfter { left, right } => lies_near(plan, *left) && lies_near(plan, *right),
        ConditionOp::InOrder(members) => members.iter().all(|member| lies_near(plan, *member)),
        ConditionOp::Compare { left, right, .. } => measures_near(plan, *left) && measures_near(plan, *right),
        ConditionOp::Attribute(..) | ConditionOp::And(_) | ConditionOp::Or(_) | ConditionOp::Not(_) => false,
    }
}

/// Are these moments found among those near the occasion?
fn lies_near(plan: &Plan, id: NodeId) -> bool {
    let Some(node) = plan.node(id).filter(|node| node.uses_it) else { return false };
    match &node.op {
        NodeOp::It => true,
        NodeOp::Filter { base, filter } => passed_near(plan, *base, filter),
        NodeOp::Ordinal { base, .. } => lies_near(plan, *base),
        other => !other.children().is_empty() && other.children().iter().all(|child| lies_near(plan, *child)),
    }
}

fn passed_near(plan: &Plan, base: NodeId, filter: &FilterOp) -> bool {
    let bounded = match Relation::of(filter) {
        Some((Relation::Beside(_, within), false)) => within.is_some(),
        Some((_, negated)) => !negated,
        None => false,
    };
    let beside_it = || filter.right().is_some_and(|right| of_node(plan, right) == Some(Shape::Own));
    if plan.node(base).is_some_and(|node| !node.uses_it) {
        return bounded && beside_it();
    }
    lies_near(plan, base)
        && match filter {
            FilterOp::Window { extent, .. } => !matches!(extent, Extent::Turns { .. }),
            FilterOp::Length { .. } | FilterOp::Field(_) => true,
            FilterOp::Relation { right, .. } | FilterOp::Placed { right, .. } => lies_near(plan, *right),
            FilterOp::Answered { .. } | FilterOp::LeftOpen { .. } | FilterOp::Words { .. } => false,
        }
}

fn measures_near(plan: &Plan, id: MeasureId) -> bool {
    let Some(measure) = plan.measure(id) else { return false };
    match &measure.op {
        MeasureOp::Constant(_) => true,
        MeasureOp::TalkShare(_) | MeasureOp::SpeechRate { .. } => false,
        op => {
            let below = op.children().into_iter().filter(|child| child.0 < id.0);
            op.nodes().into_iter().all(|node| lies_near(plan, node))
                && below.into_iter().all(|m| measures_near(plan, m))
        }
    }
}

/// Sets that are the same on each occasion, then the occasion, then one such set at most.
fn is_one_order(members: &[Shape]) -> bool {
    let before = members.iter().take_while(|shape| **shape == Shape::Same).count();
    matches!(members.get(before..), Some([Shape::Own] | [Shape::Own, Shape::Same]))
}

/// The nodes below a leaf that are the same on every occasion, and stand below none such.
#[must_use]
pub fn fixed_below(plan: &Plan, leaf: &ConditionOp) -> Vec<NodeId> {
    below(plan, leaf).0
}

/// The nodes below a leaf that use the occasion, those that they are made of among them.
#[must_use]
pub fn changing_below(plan: &Plan, leaf: &ConditionOp) -> Vec<NodeId> {
    below(plan, leaf).1
}

fn below(plan: &Plan, leaf: &ConditionOp) -> (Vec<NodeId>, Vec<NodeId>) {
    let (mut fixed, mut changing, mut waiting) = (Vec::new(), Vec::new(), leaf.nodes());
    while let Some(id) = waiting.pop() {
        match plan.node(id) {
            Some(node) if node.uses_it => {
                changing.push(id);
                waiting.extend(node.op.children());
            }
            Some(_) => fixed.push(id),
            None => {}
        }
    }
    (fixed, changing)
}
