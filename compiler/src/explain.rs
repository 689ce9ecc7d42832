//! Explanations: the derivation of a criterion, made by the reference interpreter from the plan that machine code
//! was compiled from. Both polarities are complete; every sub-condition shows. Holds no word of the call.

pub mod attribute;
pub mod cite;
pub mod conditions;
pub mod fields;
mod hearing;
mod measures;
pub mod moments;
pub mod near;
mod nearest;
mod ordered;
pub mod windows;

use crate::algebra::fold;
use crate::interpret::Interpreter;
use crate::interpret::conditions::Leaves;
use crate::interpret::verdict::Occasions;
use crate::phrases::index::Symboliser;
use crate::plan::{ConditionId, CriterionPlan, PartlyPlan, Plan, Site, WheneverPlan};
use grille_evidence::executable::{CriterionKind, Defect};
use grille_evidence::facts::CallFacts;
use grille_evidence::moment::Moment;
use grille_evidence::trace::{Asked, ClauseRole, ClauseTrace, CriterionTrace, Node, Observed, Operation, Reason};
use grille_evidence::truth::{StepSet, Truth, Verdict};
use grille_grammar::source::SourceSet;

/// Explains criteria on one call.
pub struct Explainer<'a> {
    pub(crate) interpreter: Interpreter<'a>,
    pub(crate) plan: &'a Plan,
    pub(crate) facts: &'a CallFacts,
    sources: &'a SourceSet,
}

impl<'a> Explainer<'a> {
    /// Ready to explain.
    #[must_use]
    pub fn new(plan: &'a Plan, sources: &'a SourceSet, symboliser: &Symboliser, facts: &'a CallFacts) -> Self {
        Explainer { interpreter: Interpreter::new(plan, symboliser, facts), plan, facts, sources }
    }

    /// The derivation of one criterion.
    ///
    /// # Errors
    /// A [`Defect`] where the plan has no such criterion, or names what it does not have.
    pub fn criterion(mut self, index: usize) -> Result<CriterionTrace, Defect> {
        let plan = self.plan;
        let criterion = plan.criteria.get(index).ok_or_else(|| Defect(format!("no criterion number {index}")))?;
        let outcome = self.interpreter.clauses(criterion, &mut Leaves::new())?.outcome(Vec::new());
        let verdicts = outcome.verdicts;
        let clauses = self.clauses(criterion)?;
        let coaching = match verdicts.told() {
            Some(Verdict::Met | Verdict::NotApplicable) => None,
            _ => criterion.info.coaching.clone(),
        };
        Ok(CriterionTrace {
            criterion: criterion.info.name.clone(),
            title: criterion.info.title.clone(),
            hash: criterion.info.hash.clone(),
            parameters: criterion.info.parameters.clone(),
            section_condition: criterion.info.kind == CriterionKind::SectionCondition,
            steps: if criterion.partly.len() > 1 { numbered(outcome.steps) } else { Vec::new() },
            verdicts,
            clauses,
            coaching,
        })
    }

    fn clauses(&mut self, criterion: &CriterionPlan) -> Result<Vec<ClauseTrace>, Defect> {
        let mut traces = Vec::new();
        self.clause(ClauseRole::AppliesWhen, criterion.applies, &mut traces)?;
        let occasions = match criterion.whenever {
            Some(whenever) => {
                let occasions = self.interpreter.occasions(whenever, &mut Leaves::new())?;
                let node = self.triggers(whenever, &occasions)?;
                traces.push(ClauseTrace { clause: ClauseRole::Whenever, value: node.value, node });
                Some((occasions, whenever))
            }
            None => None,
        };
        self.clause(ClauseRole::NotMetWhen, criterion.not_met, &mut traces)?;
        self.clause(ClauseRole::MetWhen, criterion.met, &mut traces)?;
        if let Some((occasions, whenever)) = &occasions {
            traces.push(self.expectation(occasions, *whenever)?);
        }
        for step in &criterion.partly {
            match (step, &occasions) {
                (PartlyPlan::When(id), _) => self.clause(ClauseRole::PartlyMetWhen, Some(*id), &mut traces)?,
                (PartlyPlan::OfThem(share), Some((occasions, whenever))) => {
                    traces.push(self.share_of_them(occasions, *whenever, *share)?);
                }
                (PartlyPlan::OfThem(_), None) => {}
            }
        }
        self.clause(ClauseRole::ExcusedWhen, criterion.excused, &mut traces)?;
        Ok(traces)
    }

    fn clause(
        &mut self,
        clause: ClauseRole,
        id: Option<ConditionId>,
        traces: &mut Vec<ClauseTrace>,
    ) -> Result<(), Defect> {
        if let Some(id) = id {
            let node = self.condition(id)?;
            traces.push(ClauseTrace { clause, value: node.value, node });
        }
        Ok(())
    }

    /// The occasions of a `whenever`; with `once per`, how many of the moments count.
    fn triggers(&mut self, whenever: WheneverPlan, occasions: &Occasions) -> Result<Node, Defect> {
        let inner = self.moments(whenever.trigger)?;
        let Some(period) = whenever.once_per else { return Ok(inner) };
        let all = self.interpreter.moments(whenever.trigger)?;
        let counted = |length: usize| u32::try_from(length).unwrap_or(u32::MAX);
        let site = self.plan.node(whenever.trigger).map(|n| n.site.clone()).unwrap_or_default();
        let mut node = self.bare(&Site { name: None, ..site }, Operation::OncePer, occasions.any);
        node.asked.text = format!("{} once per {}", node.asked.text, cite::in_words(period));
        node.children.push(inner);
        node.evidence = self.cite(&occasions.set);
        node.observed = Some(Observed::Held {
            held: counted(occasions.set.sure().count()),
            may: counted(occasions.set.moments.len()),
            of: counted(all.moments.len()),
        });
        Ok(node)
    }

    fn expectation(&mut self, occasions: &Occasions, whenever: WheneverPlan) -> Result<ClauseTrace, Defect> {
        let (value, expect) = (fold::every(&occasions.set, &occasions.values), whenever.expect);
        let mut node = self.node(expect, Operation::Occasions, value)?;
        node.observed = Some(held(occasions));
        if value == Truth::CannotTell {
            node.reasons.extend(self.doubtful_occasion(occasions, whenever)?);
        }
        for (occasion, value) in occasions.set.moments.iter().zip(&occasions.values) {
            node.children.push(self.occasion(*occasion, *value, expect)?);
        }
        Ok(ClauseTrace { clause: ClauseRole::Expect, value, node })
    }

    fn occasion(&mut self, occasion: Moment, value: Truth, expect: ConditionId) -> Result<Node, Defect> {
        let mut node = self.node(expect, Operation::Occasion, value)?;
        node.evidence = vec![self.evidence(&occasion)];
        let inner = self.within(occasion, |me| me.condition(expect))?;
        node.children.push(inner);
        Ok(node)
    }

    /// Runs `then` with `it` standing for one occasion.
    fn within<T>(&mut self, occasion: Moment, then: impl FnOnce(&mut Self) -> Result<T, Defect>) -> Result<T, Defect> {
        let before = self.interpreter.set_occasion(Some(occasion));
        let result = then(self);
        self.interpreter.set_occasion(before);
        result
    }

    /// Why it cannot be told how many occasions there are, if it cannot.
    fn doubtful_occasion(&mut self, occasions: &Occasions, whenever: WheneverPlan) -> Result<Option<Reason>, Defect> {
        let moments = self.interpreter.moments(whenever.trigger)?;
        let Some(unsure) = occasions.set.moments.iter().find(|m| !m.is_sure()) else {
            return Ok(self.doubt(whenever.trigger, &occasions.set).filter(|_| !occasions.set.dark.is_empty()));
        };
        // A moment that is surely there need not be an occasion of its own.
        let there = moments.sure().any(|m| m.key() == unsure.key());
        if there && moments.dark.is_empty() {
            let code = self.by_times();
            return Ok(Some(self.reason(code, whenever.trigger, None, Some(self.evidence(unsure)))));
        }
        Ok(self.doubt(whenever.trigger, &occasions.set))
    }

    fn share_of_them(
        &mut self,
        occasions: &Occasions,
        whenever: WheneverPlan,
        share: i64,
    ) -> Result<ClauseTrace, Defect> {
        let value = fold::share_held(occasions.held(), share);
        let mut node = self.node(whenever.expect, Operation::ShareOfThem, value)?;
        if value == Truth::CannotTell {
            node.reasons.extend(self.doubtful_occasion(occasions, whenever)?);
        }
        node.asked.text = format!("at least {} % of them", Thousandths(share));
        node.observed = Some(held(occasions));
        Ok(ClauseTrace { clause: ClauseRole::PartlyMetWhen, value, node })
    }

    fn node(&self, id: ConditionId, operation: Operation, value: Truth) -> Result<Node, Defect> {
        let condition = self.plan.condition(id).ok_or_else(|| Defect(format!("no condition c{}", id.0)))?;
        Ok(self.bare(&condition.site, operation, value))
    }

    /// A node with nothing but what was asked and what came of it.
    pub(crate) fn bare(&self, site: &Site, operation: Operation, value: Truth) -> Node {
        Node {
            asked: self.asked(site),
            operation,
            value,
            observed: None,
            margin: None,
            evidence: Vec::new(),
            searched: None,
            reasons: Vec::new(),
            children: Vec::new(),
        }
    }

    fn asked(&self, site: &Site) -> Asked {
        let file = self.sources.get(site.span.file).map_or("", |f| f.name.as_str());
        Asked {
            module: file.rsplit('/').next().unwrap_or(file).to_owned(),
            start: site.span.start,
            end: site.span.end,
            text: self.sources.slice(site.span).split_whitespace().collect::<Vec<_>>().join(" "),
            name: site.name.clone(),
        }
    }
}

/// Steps as people count them, from 1.
fn numbered(steps: StepSet) -> Vec<u8> {
    steps.iter().filter_map(|step| u8::try_from(step + 1).ok()).collect()
}

fn held(occasions: &Occasions) -> Observed {
    let held = occasions.held();
    Observed::Held { held: held.held, may: held.may, of: held.most.unwrap_or(held.least).max(held.may) }
}

/// A number in thousandths, as short as it can be written.
struct Thousandths(i64);

impl std::fmt::Display for Thousandths {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (whole, rest) = (self.0 / 1000, self.0 % 1000);
        if rest == 0 {
            return write!(f, "{whole}");
        }
        let digits = format!("{rest:03}");
        write!(f, "{whole}.{}", digits.trim_end_matches('0'))
    }
}
