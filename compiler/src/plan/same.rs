//! Which nodes compute the same: work and reasoning may be shared between them, sites never are.

use super::{NodeId, NodeOp, Plan};
use std::collections::HashMap;

/// For each node, the first that computes the same.
#[must_use]
pub fn canonical(plan: &Plan) -> Vec<NodeId> {
    let mut known: HashMap<NodeOp, NodeId> = HashMap::new();
    let mut same: Vec<NodeId> = Vec::with_capacity(plan.nodes.len());
    for (id, node) in (0..).map(NodeId).zip(&plan.nodes) {
        let of = |n: &NodeId| same.get(n.0 as usize).copied().unwrap_or(*n);
        let mut op = node.op.clone();
        op.for_each_child(|child| *child = of(child));
        let first = if node.uses_it { id } else { *known.entry(op).or_insert(id) };
        same.push(first);
    }
    same
}
