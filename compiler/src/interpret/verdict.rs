//! From clauses to verdicts: what a criterion comes to, taking every way of resolving what cannot be told.

use super::Interpreter;
use super::conditions::Leaves;
use crate::algebra::fold::{self, Held};
use crate::algebra::occasions;
use crate::expect;
use crate::plan::{ConditionId, CriterionPlan, PartlyPlan, WheneverPlan};
use grille_evidence::executable::Defect;
use grille_evidence::moment::MomentSet;
use grille_evidence::outcome::{CriterionOutcome, Evaluation, LeafOutcome};
use grille_evidence::truth::{StepSet, Truth, Verdict, VerdictSet};

/// The values of a criterion's clauses; none where it has no such clause.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
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
    /// `partly met when`, step by step.
    pub partly: Vec<Truth>,
    /// `excused when`.
    pub excused: Option<Truth>,
}

impl ClauseValues {
    /// The verdicts still possible (language, section 6).
    #[must_use]
    pub fn verdicts(&self) -> VerdictSet {
        self.fallen().0
    }

    /// What the criterion comes to, with these leaves.
    #[must_use]
    pub fn outcome(&self, leaves: Vec<LeafOutcome>) -> CriterionOutcome {
        let (verdicts, steps) = self.fallen();
        CriterionOutcome { verdicts, steps, leaves }
    }

    /// Every way of resolving what cannot be told, clause by clause in the order in which they are decided: what can be
    /// so is one way, and only what can be otherwise leaves anything to the next clause.
    fn fallen(&self) -> (VerdictSet, StepSet) {
        let mut ways = Ways { excused: self.excused.unwrap_or(Truth::No), ..Ways::default() };
        let applies = self.applies.unwrap_or(Truth::Yes).and(self.occasions.unwrap_or(Truth::Yes));
        if applies != Truth::Yes {
            ways.verdicts = ways.verdicts.with(Verdict::NotApplicable);
        }
        if applies == Truth::No {
            return (ways.verdicts, ways.steps);
        }
        let met = match (self.met, self.expect) {
            (None, None) => None,
            (met, expect) => Some(met.unwrap_or(Truth::Yes).and(expect.unwrap_or(Truth::Yes))),
        };
        let asked = [(self.not_met, Verdict::NotMet), (met, Verdict::Met)];
        let steps = self.partly.iter().map(|value| (Some(*value), Verdict::PartlyMet));
        for (place, (value, verdict)) in asked.into_iter().chain(steps).enumerate() {
            let value = value.unwrap_or(Truth::No);
            if value != Truth::No {
                ways.take(verdict, place.checked_sub(2));
            }
            if value == Truth::Yes {
                return (ways.verdicts, ways.steps);
            }
        }
        ways.take(if met.is_some() { Verdict::NotMet } else { Verdict::Met }, None);
        (ways.verdicts, ways.steps)
    }
}

/// The ways found so far.
#[derive(Default)]
struct Ways {
    verdicts: VerdictSet,
    steps: StepSet,
    excused: Truth,
}

impl Ways {
    /// One more way, and what an excuse makes of it.
    fn take(&mut self, verdict: Verdict, step: Option<usize>) {
        let blamed = matches!(verdict, Verdict::NotMet | Verdict::PartlyMet);
        if blamed && self.excused != Truth::No {
            self.verdicts = self.verdicts.with(Verdict::NotApplicable);
        }
        if !blamed || self.excused != Truth::Yes {
            self.verdicts = self.verdicts.with(verdict);
            self.steps = step.map_or(self.steps, |step| self.steps.with(step));
        }
    }
}

/// The occasions of a `whenever` and what the expectation comes to on each.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Occasions {
    /// Those that count.
    pub set: MomentSet,
    /// The value on each.
    pub values: Vec<Truth>,
    /// Is there one?
    pub any: Truth,
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
        Ok(values.outcome(leaves))
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
            Some(whenever) => Some(self.occasions(whenever, leaves)?),
            None => None,
        };
        values.occasions = occasions.as_ref().map(|o| o.any);
        values.expect = occasions.as_ref().map(|o| fold::every(&o.set, &o.values));
        for step in &criterion.partly {
            values.partly.push(match (step, &occasions) {
                (PartlyPlan::When(id), _) => self.condition(*id, leaves)?,
                (PartlyPlan::OfThem(share), Some(o)) => fold::share_held(o.held(), *share),
                (PartlyPlan::OfThem(_), None) => return Err(Defect("`of them` without `whenever`".to_owned())),
            });
        }
        Ok(values)
    }

    /// The occasions, and the expectation on each.
    ///
    /// # Errors
    /// A [`Defect`] where the plan names what it does not have.
    pub fn occasions(&mut self, whenever: WheneverPlan, leaves: &mut Leaves) -> Result<Occasions, Defect> {
        let triggers = self.moments(whenever.trigger)?;
        let set = occasions::counted(&triggers, whenever.once_per);
        let values = expect::on_each(self, whenever.expect, &set, leaves)?;
        Ok(Occasions { set, values, any: fold::any(&triggers) })
    }
}
