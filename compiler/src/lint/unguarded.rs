//! W0110: measures without their guard. A value over nothing cannot be told, so what it is measured over must be asked for
//! first. Two patterns are the same if they mean the same. Knows no calls.

use super::{Source, View};
use crate::plan::meaning::of_moments;
use crate::plan::measure::{MeasureOp, Sample};
use crate::plan::{ConditionId, ConditionOp, CriterionPlan, MeasureId, NodeId, NodeOp, Plan};
use grille_grammar::diagnostic::{Code, Diagnostic};
use std::collections::BTreeSet;

/// The findings on a criterion.
#[must_use]
pub fn findings(view: &View<'_>, criterion: &CriterionPlan, source: &Source<'_>) -> Vec<Diagnostic> {
    let mut guards = Guards { plan: view.plan, present: BTreeSet::new() };
    criterion.applies.iter().for_each(|id| guards.present(*id));
    if let Some(whenever) = criterion.whenever {
        guards.add(whenever.trigger);
    }
    let expect = criterion.whenever.map(|whenever| whenever.expect);
    let clauses = [criterion.not_met, criterion.met, criterion.excused, expect].into_iter().flatten();
    let mut look = Look { plan: view.plan, source, found: Vec::new() };
    clauses.chain(criterion.steps_when()).for_each(|clause| look.condition(clause, &guards));
    look.found
}

/// What is surely there, by its meaning.
#[derive(Clone)]
struct Guards<'a> {
    plan: &'a Plan,
    present: BTreeSet<String>,
}

impl Guards<'_> {
    /// Some of these moments are there, and so are some of those that they were picked from.
    fn add(&mut self, id: NodeId) {
        self.present.insert(of_moments(self.plan, id));
        let op = self.plan.node(id).map(|node| &node.op);
        if let Some(NodeOp::Filter { base, .. } | NodeOp::Ordinal { base, .. } | NodeOp::Except(base, _)) = op {
            self.add(*base);
        }
    }

    /// What is there where the condition holds.
    fn present(&mut self, id: ConditionId) {
        match self.plan.condition(id).map(|condition| &condition.op) {
            Some(ConditionOp::Any(node)) => self.add(*node),
            Some(ConditionOp::Count { base, bounds }) if bounds.least > 0 && !bounds.outside => self.add(*base),
            Some(ConditionOp::And(parts)) => parts.iter().for_each(|part| self.present(*part)),
            Some(ConditionOp::Not(inner)) => self.absent(*inner),
            _ => {}
        }
    }

    /// What is there where the condition does not hold.
    fn absent(&mut self, id: ConditionId) {
        match self.plan.condition(id).map(|condition| &condition.op) {
            Some(ConditionOp::No(node)) => self.add(*node),
            Some(ConditionOp::Or(parts)) => parts.iter().for_each(|part| self.absent(*part)),
            Some(ConditionOp::Not(inner)) => self.present(*inner),
            _ => {}
        }
    }
}

struct Look<'a> {
    plan: &'a Plan,
    source: &'a Source<'a>,
    found: Vec<Diagnostic>,
}

impl Look<'_> {
    fn condition(&mut self, id: ConditionId, guards: &Guards<'_>) {
        let Some(condition) = self.plan.condition(id) else { return };
        let mut inner = guards.clone();
        match &condition.op {
            ConditionOp::Compare { left, right, .. } => {
                self.measure(*left, guards);
                self.measure(*right, guards);
            }
            ConditionOp::And(parts) => {
                parts.iter().for_each(|part| inner.present(*part));
                parts.iter().for_each(|part| self.condition(*part, &inner));
            }
            ConditionOp::Or(parts) => {
                parts.iter().for_each(|part| inner.absent(*part));
                parts.iter().for_each(|part| self.condition(*part, &inner));
            }
            ConditionOp::Not(part) => self.condition(*part, guards),
            _ => {}
        }
    }

    fn measure(&mut self, id: MeasureId, guards: &Guards<'_>) {
        let Some(measure) = self.plan.measure(id) else { return };
        match &measure.op {
            MeasureOp::Aggregate { of: Sample::Lengths(over), .. }
            | MeasureOp::Aggregate { of: Sample::Levels(_, Some(over)) | Sample::Pitches(_, Some(over)), .. }
            | MeasureOp::Share { whole: over, .. }
            | MeasureOp::SpeechRate { within: Some(over), .. } => self.must_be_there(id, *over, guards),
            MeasureOp::PerMinute(of) | MeasureOp::PercentOf { of, .. } | MeasureOp::Relative { value: of, .. } => {
                self.measure(*of, guards);
            }
            _ => {}
        }
    }

    fn must_be_there(&mut self, measure: MeasureId, over: NodeId, guards: &Guards<'_>) {
        let (Some(node), Some(measure)) = (self.plan.node(over), self.plan.measure(measure)) else { return };
        let always = matches!(node.op, NodeOp::Conversation | NodeOp::It);
        if always || guards.present.contains(&of_moments(self.plan, over)) {
            return;
        }
        let words = (self.source.words)(measure.site.span);
        let over = match (&node.op, &node.site.name) {
            (NodeOp::ResponseGap(role), _) => format!("response gap of {}", role.words()),
            (_, Some(name)) => name.clone(),
            (_, None) => (self.source.words)(node.site.span),
        };
        let message = format!("nothing is measured by `{words}` where there is no `{over}`");
        let finding = Diagnostic::new(Code::W0110, message, measure.site.span, "then it cannot be told");
        let help = format!("add `applies when any {over}`, so that the criterion does not apply there");
        self.found.push(finding.help(help));
    }
}
