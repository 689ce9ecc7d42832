//! From clauses to verdicts: what a criterion comes to, taking every way of resolving what cannot be told.

use super::Interpreter;
use super::conditions::Leaves;
use crate::algebra::fold::{self, Held};
use crate::plan::{ConditionId, CriterionPlan, NodeId, PartlyPlan};
use grille_evidence::executable::Defect;
use grille_evidence::moment::MomentSet;
use grille_evidence::outcome::{CriterionOutcome, Evaluation, LeafOutcome};
use grille_evidence::truth::{Truth, Verdict, VerdictSet};

/// The values of a criterion's clauses; none where it has no such clause.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ClauseValues {
    /// `applies when`.
    pub applies: Option<Truth>,
    /// Is there an occasion?
    pub occasions: Option<Truth>,
    /// `not met when`.
    pub not_met: Option<Truth>,
    /// `met when`.
    pub met: Option<Truth>,
    /// `expect`, of every occasion.
    pub expect: Option<Truth>,
    /// `partly met when`.
    pub partly: Option<Truth>,
    /// `excused when`.
    pub excused: Option<Truth>,
}

impl ClauseValues {
    /// The verdicts still possible (language, section 6).
    #[must_use]
    pub fn verdicts(&self) -> VerdictSet {
        let applies = self.applies.unwrap_or(Truth::Yes).and(self.occasions.unwrap_or(Truth::Yes));
        let met = match (self.met, self.expect) {
            (None, None) => None,
            (met, expect) => Some(met.unwrap_or(Truth::Yes).and(expect.unwrap_or(Truth::Yes))),
        };
        let mut possible = VerdictSet::EMPTY;
        for applies in ways(applies) {
            for not_met in ways(self.not_met.unwrap_or(Truth::No)) {
                for met_way in ways(met.unwrap_or(Truth::No)) {
                    for partly in ways(self.partly.unwrap_or(Truth::No)) {
                        for excused in ways(self.excused.unwrap_or(Truth::No)) {
                            possible = possible.with(decide(applies, not_met, met_way, partly, excused, met.is_some()));
                        }
                    }
                }
            }
        }
        possible
    }
}

fn ways(value: Truth) -> Vec<bool> {
    match value {
        Truth::No => vec![false],
        Truth::Yes => vec![true],
        Truth::CannotTell => vec![false, true],
    }
}

fn decide(applies: bool, not_met: bool, met: bool, partly: bool, excused: bool, asks_for_something: bool) -> Verdict {
    let verdict = if !applies {
        Verdict::NotApplicable
    } else if not_met {
        Verdict::NotMet
    } else if met {
        Verdict::Met
    } else if partly {
        Verdict::PartlyMet
    } else if asks_for_something {
        Verdict::NotMet
    } else {
        Verdict::Met
    };
    match verdict {
        Verdict::NotMet | Verdict::PartlyMet if excused => Verdict::NotApplicable,
        other => other,
    }
}

/// The occasions of a `whenever` and what the expectation comes to on each.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Occasions {
    /// The occasions.
    pub set: MomentSet,
    /// The value on each.
    pub values: Vec<Truth>,
}

impl Occasions {
    /// On how many the expectation holds.
    #[must_use]
    pub fn held(&self) -> Held {
        fold::held(&self.set, &self.values)
    }
}

impl Interpreter<'_> {
    /// Every criterion of the plan.
    ///
    /// # Errors
    /// A [`Defect`] where the plan names what it does not have.
    pub fn evaluate(&mut self) -> Result<Evaluation, Defect> {
        let plan = self.plan;
        let criteria = plan.criteria.iter().map(|c| self.criterion(c)).collect::<Result<Vec<_>, _>>()?;
        Ok(Evaluation { criteria })
    }

    /// One criterion.
    ///
    /// # Errors
    /// A [`Defect`] where the plan names what it does not have.
    pub fn criterion(&mut self, criterion: &CriterionPlan) -> Result<CriterionOutcome, Defect> {
        let mut leaves = Leaves::new();
        let values = self.clauses(criterion, &mut leaves)?;
        let none = LeafOutcome { value: None, evidence: None };
        let leaves = criterion.leaves.iter().map(|id| leaves.get(id).copied().unwrap_or(none)).collect();
        Ok(CriterionOutcome { verdicts: values.verdicts(), leaves })
    }

    /// The values of its clauses. Every clause is looked at: a trace shows them all.
    ///
    /// # Errors
    /// A [`Defect`] where the plan names what it does not have.
    pub fn clauses(&mut self, criterion: &CriterionPlan, leaves: &mut Leaves) -> Result<ClauseValues, Defect> {
        let mut clause = |id: Option<ConditionId>| id.map(|id| self.condition(id, leaves)).transpose();
        let mut values = ClauseValues {
            applies: clause(criterion.applies)?,
            not_met: clause(criterion.not_met)?,
            met: clause(criterion.met)?,
            excused: clause(criterion.excused)?,
            ..ClauseValues::default()
        };
        let occasions = match criterion.whenever {
            Some((trigger, expect)) => Some(self.occasions(trigger, expect, leaves)?),
            None => None,
        };
        values.occasions = occasions.as_ref().map(|o| fold::any(&o.set));
        values.expect = occasions.as_ref().map(|o| fold::every(&o.set, &o.values));
        values.partly = match (&criterion.partly, &occasions) {
            (Some(PartlyPlan::When(id)), _) => Some(self.condition(*id, leaves)?),
            (Some(PartlyPlan::OfThem(share)), Some(o)) => Some(fold::share_held(o.held(), *share)),
            (Some(PartlyPlan::OfThem(_)), None) => return Err(Defect("`of them` without `whenever`".to_owned())),
            (None, _) => None,
        };
        Ok(values)
    }

    /// The occasions, and the expectation on each.
    ///
    /// # Errors
    /// A [`Defect`] where the plan names what it does not have.
    pub fn occasions(
        &mut self,
        trigger: NodeId,
        expect: ConditionId,
        leaves: &mut Leaves,
    ) -> Result<Occasions, Defect> {
        let set = self.moments(trigger)?;
        let mut values = Vec::with_capacity(set.moments.len());
        for occasion in &set.moments {
            values.push(self.with_occasion(*occasion, |me| me.condition(expect, leaves))?);
        }
        Ok(Occasions { set, values })
    }
}
