//! What operations of a plan are made of: the nodes and conditions that they name. Knows nothing of what these mean.

use super::{ConditionId, ConditionOp, FilterOp, NodeId, NodeOp};

impl NodeOp {
    /// The nodes it is made of.
    #[must_use]
    pub fn children(&self) -> Vec<NodeId> {
        match self {
            NodeOp::Filter { base, filter } => std::iter::once(*base).chain(filter.right()).collect(),
            NodeOp::Union(parts) => parts.clone(),
            NodeOp::Except(left, right) | NodeOp::Minus(left, right) | NodeOp::Then { left, right, .. } => {
                vec![*left, *right]
            }
            NodeOp::Phase { from, to, .. } => vec![*from, *to],
            NodeOp::Ordinal { base, .. } => vec![*base],
            NodeOp::Says { .. }
            | NodeOp::Event(_)
            | NodeOp::Turn(_)
            | NodeOp::Question(_)
            | NodeOp::Silence
            | NodeOp::Overlap
            | NodeOp::Conversation
            | NodeOp::SpeechActivity(_)
            | NodeOp::ResponseGap(_)
            | NodeOp::Interrupts { .. }
            | NodeOp::It => Vec::new(),
        }
    }
}

impl NodeOp {
    /// Changes the nodes it is made of.
    pub fn for_each_child(&mut self, mut change: impl FnMut(&mut NodeId)) {
        match self {
            NodeOp::Filter { base, filter } => {
                change(base);
                filter.right_mut().into_iter().for_each(change);
            }
            NodeOp::Union(parts) => parts.iter_mut().for_each(change),
            NodeOp::Phase { from, to, .. } => {
                change(from);
                change(to);
            }
            NodeOp::Except(left, right) | NodeOp::Minus(left, right) | NodeOp::Then { left, right, .. } => {
                change(left);
                change(right);
            }
            NodeOp::Ordinal { base, .. } => change(base),
            _ => {}
        }
    }
}

impl FilterOp {
    /// The same, to be changed.
    pub fn right_mut(&mut self) -> Option<&mut NodeId> {
        match self {
            FilterOp::Relation { right, .. } | FilterOp::Placed { right, .. } | FilterOp::Words { right, .. } => {
                Some(right)
            }
            FilterOp::Answered { with, .. } => with.as_mut(),
            FilterOp::Window { .. } | FilterOp::Length { .. } | FilterOp::Field(_) | FilterOp::LeftOpen { .. } => None,
        }
    }

    /// The node on its right side, if it is a relation.
    #[must_use]
    pub fn right(&self) -> Option<NodeId> {
        match self {
            FilterOp::Relation { right, .. } | FilterOp::Placed { right, .. } | FilterOp::Words { right, .. } => {
                Some(*right)
            }
            FilterOp::Answered { with, .. } => *with,
            FilterOp::Window { .. } | FilterOp::Length { .. } | FilterOp::Field(_) | FilterOp::LeftOpen { .. } => None,
        }
    }
}

impl ConditionOp {
    /// The nodes it looks at.
    #[must_use]
    pub fn nodes(&self) -> Vec<NodeId> {
        match self {
            ConditionOp::Any(node) | ConditionOp::No(node) => vec![*node],
            ConditionOp::Every { base, filter } => std::iter::once(*base).chain(filter.right()).collect(),
            ConditionOp::Count { base, .. } => vec![*base],
            ConditionOp::OnlyAfter { left, right } => vec![*left, *right],
            ConditionOp::InOrder(members) => members.clone(),
            ConditionOp::Compare { over, .. } => over.clone(),
            ConditionOp::Attribute(..) | ConditionOp::And(_) | ConditionOp::Or(_) | ConditionOp::Not(_) => Vec::new(),
        }
    }

    /// Changes the nodes it looks at.
    pub fn for_each_node(&mut self, mut change: impl FnMut(&mut NodeId)) {
        match self {
            ConditionOp::Any(node) | ConditionOp::No(node) | ConditionOp::Count { base: node, .. } => change(node),
            ConditionOp::Every { base, filter } => {
                change(base);
                filter.right_mut().into_iter().for_each(change);
            }
            ConditionOp::OnlyAfter { left, right } => {
                change(left);
                change(right);
            }
            ConditionOp::InOrder(nodes) | ConditionOp::Compare { over: nodes, .. } => nodes.iter_mut().for_each(change),
            ConditionOp::Attribute(..) | ConditionOp::And(_) | ConditionOp::Or(_) | ConditionOp::Not(_) => {}
        }
    }

    /// The conditions it is made of.
    #[must_use]
    pub fn children(&self) -> Vec<ConditionId> {
        match self {
            ConditionOp::And(parts) | ConditionOp::Or(parts) => parts.clone(),
            ConditionOp::Not(inner) => vec![*inner],
            _ => Vec::new(),
        }
    }
}
