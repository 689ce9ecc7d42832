//! The reference interpreter: what a plan means. Written to be read, not to be fast; every other engine must agree
//! with it byte for byte. Knows nothing of syntax.

pub mod conditions;
pub mod moments;
pub mod phrase;
pub mod verdict;

use crate::algebra::{bounded, is_too_many};
use crate::deep::deep;
use crate::expect::Evaluator;
use crate::expect::near::Near;
use crate::phrases::index::{Symboliser, TokenSymbols};
use crate::plan::{ConditionId, NodeId, Plan};
use conditions::NOTHING;
use grille_evidence::executable::Defect;
use grille_evidence::facts::CallFacts;
use grille_evidence::moment::{Moment, MomentSet};
use grille_evidence::outcome::LeafOutcome;
use std::collections::{BTreeMap, BTreeSet};

/// One call, looked at through one plan.
pub struct Interpreter<'a> {
    /// The plan.
    pub plan: &'a Plan,
    /// The call.
    pub facts: &'a CallFacts,
    symbols: TokenSymbols,
    known: BTreeMap<NodeId, MomentSet>,
    too_many: BTreeSet<NodeId>,
    occasion: Option<Moment>,
    near: Near,
}

impl<'a> Interpreter<'a> {
    /// Ready to evaluate.
    #[must_use]
    pub fn new(plan: &'a Plan, symboliser: &Symboliser, facts: &'a CallFacts) -> Self {
        Interpreter {
            plan,
            facts,
            symbols: symboliser.index(facts),
            known: BTreeMap::new(),
            too_many: BTreeSet::new(),
            occasion: None,
            near: Near::default(),
        }
    }

    /// The moments of a node, remembered unless they depend on the occasion.
    ///
    /// # Errors
    /// A [`Defect`] where the plan names a node that it does not have.
    pub fn moments(&mut self, id: NodeId) -> Result<MomentSet, Defect> {
        if let Some(known) = self.known.get(&id) {
            return Ok(known.clone());
        }
        let node = self.plan.node(id).ok_or_else(|| Defect(format!("no node m{}", id.0)))?;
        let listed = deep(|| self.compute(&node.op))?;
        if is_too_many(&listed) {
            self.too_many.insert(id);
        }
        let set = bounded(listed, self.facts.whole());
        if !node.uses_it {
            self.known.insert(id, set.clone());
        }
        Ok(set)
    }

    /// Did this node list more moments than the limit?
    #[must_use]
    pub fn had_too_many(&self, id: NodeId) -> bool {
        self.too_many.contains(&id)
    }

    /// Lets `it` stand for another occasion, taken as given, and tells what it stood for.
    pub fn set_occasion(&mut self, occasion: Option<Moment>) -> Option<Moment> {
        std::mem::replace(&mut self.occasion, occasion.map(|o| Moment { sure: 1, ..o }))
    }

    /// Which tokens carry which symbols.
    #[must_use]
    pub fn symbols(&self) -> &TokenSymbols {
        &self.symbols
    }
}

impl Evaluator for Interpreter<'_> {
    fn plan(&self) -> &Plan {
        self.plan
    }

    fn facts(&self) -> &CallFacts {
        self.facts
    }

    fn prepare(&mut self, id: NodeId) -> Result<(), Defect> {
        if self.known.contains_key(&id) { Ok(()) } else { self.moments(id).map(|_| ()) }
    }

    fn known(&self, id: NodeId) -> &MomentSet {
        self.known.get(&id).unwrap_or(&NOTHING)
    }

    fn leaf_on(&mut self, id: ConditionId, occasion: Option<Moment>) -> Result<LeafOutcome, Defect> {
        let condition = self.plan.condition(id).ok_or_else(|| Defect(format!("no condition c{}", id.0)))?;
        let before = self.set_occasion(occasion);
        let outcome = self.leaf(&condition.op);
        self.set_occasion(before);
        outcome
    }
}
