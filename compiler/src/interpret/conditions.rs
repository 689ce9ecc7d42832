//! What each condition comes to, and the evidence that a leaf is recorded with.

use super::Interpreter;
use crate::algebra::measure::Measuring;
use crate::algebra::{attribute, filter, fold};
use crate::coverage::Seen;
use crate::deep::deep;
use crate::plan::{ConditionId, ConditionOp, NodeId};
use grille_evidence::executable::Defect;
use grille_evidence::moment::{Moment, MomentSet};
use grille_evidence::outcome::LeafOutcome;
use grille_evidence::truth::Truth;
use std::collections::BTreeMap;

/// No moments at all.
pub static NOTHING: MomentSet = MomentSet { moments: Vec::new(), dark: Vec::new() };

/// Outcomes of leaves, by condition.
#[derive(Debug, Clone, Default)]
pub struct Leaves {
    recorded: BTreeMap<ConditionId, LeafOutcome>,
    seen: BTreeMap<ConditionId, Seen>,
}

impl Leaves {
    /// None yet.
    #[must_use]
    pub fn new() -> Leaves {
        Leaves::default()
    }

    /// What is recorded of a leaf: of several occasions, the least.
    #[must_use]
    pub fn get(&self, id: &ConditionId) -> Option<&LeafOutcome> {
        self.recorded.get(id)
    }

    /// Records what a leaf came to; of several outcomes, `outcome` is the least. Of equal ones the first is kept.
    pub fn record(&mut self, id: ConditionId, outcome: LeafOutcome, seen: Seen) {
        self.seen.entry(id).or_default().join(seen);
        let slot = self.recorded.entry(id).or_insert(outcome);
        if outcome.value < slot.value {
            *slot = outcome;
        }
    }

    /// Every outcome that it had.
    #[must_use]
    pub fn seen(&self, id: ConditionId) -> Seen {
        self.seen.get(&id).copied().unwrap_or_default()
    }
}

impl Interpreter<'_> {
    /// The value of a condition; leaves on the way are recorded.
    ///
    /// # Errors
    /// A [`Defect`] where the plan names what it does not have.
    pub fn condition(&mut self, id: ConditionId, leaves: &mut Leaves) -> Result<Truth, Defect> {
        let condition = self.plan.condition(id).ok_or_else(|| Defect(format!("no condition c{}", id.0)))?;
        let value = match &condition.op {
            ConditionOp::And(parts) => self.fold_parts(parts, leaves, Truth::Yes, Truth::and)?,
            ConditionOp::Or(parts) => self.fold_parts(parts, leaves, Truth::No, Truth::or)?,
            ConditionOp::Not(inner) => deep(|| self.condition(*inner, leaves))?.negate(),
            leaf => {
                let outcome = self.leaf(leaf)?;
                let value = outcome.value.unwrap_or(Truth::CannotTell);
                leaves.record(id, outcome, Seen::of(value));
                value
            }
        };
        Ok(value)
    }

    fn fold_parts(
        &mut self,
        parts: &[ConditionId],
        leaves: &mut Leaves,
        start: Truth,
        combine: fn(Truth, Truth) -> Truth,
    ) -> Result<Truth, Defect> {
        let mut value = start;
        for part in parts {
            value = combine(value, deep(|| self.condition(*part, leaves))?);
        }
        Ok(value)
    }

    pub(super) fn leaf(&mut self, op: &ConditionOp) -> Result<LeafOutcome, Defect> {
        if let ConditionOp::Attribute(id, test) = op {
            let attribute = self.plan.attributes.get(id.0 as usize);
            let attribute = attribute.ok_or_else(|| Defect(format!("no attribute a{}", id.0)))?;
            let value = attribute::holds(attribute, test, self.facts);
            return Ok(LeafOutcome { value: Some(value), evidence: None });
        }
        let (value, base) = match op {
            ConditionOp::Any(node) => self.fold_base(*node, fold::any)?,
            ConditionOp::No(node) => self.fold_base(*node, |set| fold::any(set).negate())?,
            ConditionOp::Count { base, bounds } => {
                self.fold_base(*base, |set| fold::count_within(fold::count_range(set), *bounds))?
            }
            ConditionOp::Every { base, filter } => {
                let right = filter.right().map(|r| self.moments(r)).transpose()?;
                let facts = self.facts;
                self.fold_base(*base, |set| {
                    let values = filter::each_passes(filter, set, right.as_ref(), facts);
                    fold::every(set, &values)
                })?
            }
            ConditionOp::OnlyAfter { left, right } => {
                let right = self.moments(*right)?;
                self.fold_base(*left, |set| fold::only_after(set, &right))?
            }
            ConditionOp::InOrder(members) => {
                let sets = members.iter().map(|m| self.moments(*m)).collect::<Result<Vec<_>, _>>()?;
                let value = fold::in_order(&sets.iter().collect::<Vec<_>>());
                (value, sets.into_iter().next().unwrap_or_default())
            }
            ConditionOp::Compare { left, operator, right, over } => {
                let known = self.sets(over)?;
                let moments = |node: NodeId| known.get(&node).unwrap_or(&NOTHING);
                let measuring = Measuring { plan: self.plan, facts: self.facts, moments: &moments };
                let value = measuring.compare(*left, *operator, *right);
                (value, over.first().and_then(|first| known.get(first)).cloned().unwrap_or_default())
            }
            ConditionOp::Attribute(..) | ConditionOp::And(_) | ConditionOp::Or(_) | ConditionOp::Not(_) => {
                return Err(Defect("a leaf that is none".to_owned()));
            }
        };
        Ok(LeafOutcome { value: Some(value), evidence: handle(&base) })
    }

    /// The moments of some nodes.
    ///
    /// # Errors
    /// A [`Defect`] where the plan names a node that it does not have.
    pub fn sets(&mut self, nodes: &[NodeId]) -> Result<BTreeMap<NodeId, MomentSet>, Defect> {
        nodes.iter().map(|node| Ok((*node, self.moments(*node)?))).collect()
    }

    fn fold_base(
        &mut self,
        node: NodeId,
        fold: impl FnOnce(&MomentSet) -> Truth,
    ) -> Result<(Truth, MomentSet), Defect> {
        let set = self.moments(node)?;
        Ok((fold(&set), set))
    }
}

/// The first sure moment, else the first.
#[must_use]
pub fn handle(set: &MomentSet) -> Option<Moment> {
    set.sure().next().or_else(|| set.moments.first()).copied()
}
