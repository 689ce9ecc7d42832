//! What an `expect` comes to on every occasion of a `whenever`. Leaf by leaf, over all occasions at once where the shape of
//! the leaf allows it; else one occasion after the other. Both engines go this way; neither is known here.

pub mod each;
pub mod near;
pub mod shape;

use crate::coverage::Seen;
use crate::deep::deep;
use crate::interpret::conditions::Leaves;
use crate::plan::{ConditionId, ConditionOp, Plan};
use each::Each;
use grille_evidence::executable::Defect;
use grille_evidence::facts::CallFacts;
use grille_evidence::moment::{Moment, MomentSet};
use grille_evidence::outcome::LeafOutcome;
use grille_evidence::truth::Truth;

/// Who knows the moments of a call, and what a leaf comes to.
pub trait Evaluator {
    /// The plan.
    fn plan(&self) -> &Plan;

    /// The call.
    fn facts(&self) -> &CallFacts;

    /// Sees to it that the moments of a node that does not use the occasion are known.
    ///
    /// # Errors
    /// A [`Defect`] where the plan names what it does not have.
    fn prepare(&mut self, id: crate::plan::NodeId) -> Result<(), Defect>;

    /// The moments of a node that was prepared.
    fn known(&self, id: crate::plan::NodeId) -> &MomentSet;

    /// What one leaf comes to, with `it` standing for this occasion, if for any.
    ///
    /// # Errors
    /// A [`Defect`] where the plan names what it does not have.
    fn leaf_on(&mut self, id: ConditionId, occasion: Option<Moment>) -> Result<LeafOutcome, Defect>;
}

/// The value of a condition on each of the occasions; leaves on the way are recorded. Occasions are taken as given.
///
/// # Errors
/// A [`Defect`] where the plan names what it does not have.
pub fn on_each(
    engine: &mut impl Evaluator,
    id: ConditionId,
    occasions: &MomentSet,
    leaves: &mut Leaves,
) -> Result<Vec<Truth>, Defect> {
    let given = occasions.moments.iter().map(|occasion| Moment { sure: 1, ..*occasion }).collect();
    let occasions = MomentSet { moments: given, dark: Vec::new() };
    values(engine, id, &occasions, leaves)
}

fn values(
    engine: &mut impl Evaluator,
    id: ConditionId,
    occasions: &MomentSet,
    leaves: &mut Leaves,
) -> Result<Vec<Truth>, Defect> {
    let condition = engine.plan().condition(id).ok_or_else(|| Defect(format!("no condition c{}", id.0)))?;
    let (op, uses_it) = (condition.op.clone(), condition.uses_it);
    let (parts, start, combine): (_, _, fn(Truth, Truth) -> Truth) = match op {
        ConditionOp::And(parts) => (parts, Truth::Yes, Truth::and),
        ConditionOp::Or(parts) => (parts, Truth::No, Truth::or),
        ConditionOp::Not(inner) => {
            let inner = deep(|| values(engine, inner, occasions, leaves))?;
            return Ok(inner.into_iter().map(Truth::negate).collect());
        }
        leaf => return leaf_values(engine, id, &leaf, uses_it, occasions, leaves),
    };
    let mut all = vec![start; occasions.moments.len()];
    for part in parts {
        let own = deep(|| values(engine, part, occasions, leaves))?;
        all.iter_mut().zip(own).for_each(|(value, own)| *value = combine(*value, own));
    }
    Ok(all)
}

fn leaf_values(
    engine: &mut impl Evaluator,
    id: ConditionId,
    leaf: &ConditionOp,
    uses_it: bool,
    occasions: &MomentSet,
    leaves: &mut Leaves,
) -> Result<Vec<Truth>, Defect> {
    let Some(first) = occasions.moments.first() else { return Ok(Vec::new()) };
    let mut seen = Seen::default();
    if !uses_it {
        let outcome = engine.leaf_on(id, None)?;
        let told = vec![outcome.value.unwrap_or(Truth::CannotTell); occasions.moments.len()];
        told.iter().for_each(|value| seen.add(*value));
        leaves.record(id, outcome, seen);
        return Ok(told);
    }
    for node in shape::fixed_below(engine.plan(), leaf) {
        engine.prepare(node)?;
    }
    let together = Each { engine: &*engine, occasions }.leaf(leaf);
    let told = match together {
        Some(told) => told,
        None => {
            let mut one = |m: &Moment| Ok(engine.leaf_on(id, Some(*m))?.value.unwrap_or(Truth::CannotTell));
            occasions.moments.iter().map(&mut one).collect::<Result<Vec<_>, Defect>>()?
        }
    };
    told.iter().for_each(|value| seen.add(*value));
    // What is shown of the leaf is what it came to on the first of the occasions on which it came to least.
    let least = told.iter().zip(&occasions.moments).min_by_key(|(value, _)| **value).map_or(first, |(_, m)| m);
    let outcome = engine.leaf_on(id, Some(*least))?;
    leaves.record(id, outcome, seen);
    Ok(told)
}

#[cfg(test)]
mod tests;
