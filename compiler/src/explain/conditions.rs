//! Derivations of conditions.

use super::{Explainer, cite};
use crate::algebra::relation::Relation;
use crate::algebra::{filter, fold};
use crate::deep::deep;
use crate::interpret::conditions::Leaves;
use crate::plan::{ConditionId, ConditionOp, CountBounds, FilterOp, NodeId, NodeOp};
use grille_evidence::executable::Defect;
use grille_evidence::moment::MomentSet;
use grille_evidence::trace::{Node, Observed, Operation, Reason, ReasonCode};
use grille_evidence::truth::Truth;

impl Explainer<'_> {
    /// A condition and all below it.
    pub(crate) fn condition(&mut self, id: ConditionId) -> Result<Node, Defect> {
        deep(|| self.condition_of(id))
    }

    fn condition_of(&mut self, id: ConditionId) -> Result<Node, Defect> {
        let plan = self.plan;
        let condition = plan.condition(id).ok_or_else(|| Defect(format!("no condition c{}", id.0)))?;
        let value = self.interpreter.condition(id, &mut Leaves::new())?;
        let mut node = self.bare(&condition.site, operation(&condition.op), value);
        for child in condition.op.children() {
            node.children.push(self.condition(child)?);
        }
        match &condition.op {
            ConditionOp::Any(base) | ConditionOp::No(base) => self.presence(*base, &mut node)?,
            ConditionOp::Count { base, bounds } => self.counted(*base, *bounds, &mut node)?,
            ConditionOp::Every { base, filter } => self.every(*base, filter, &mut node)?,
            ConditionOp::OnlyAfter { left, right } => self.only_after(*left, *right, &mut node)?,
            ConditionOp::InOrder(members) => self.in_order(members, &mut node)?,
            ConditionOp::Compare { left, operator, right, .. } => {
                self.compared(*left, *operator, *right, &mut node)?;
            }
            ConditionOp::Attribute(id, test) => self.attribute(*id, test, &mut node)?,
            ConditionOp::And(_) | ConditionOp::Or(_) | ConditionOp::Not(_) => {}
        }
        Ok(node)
    }

    fn presence(&mut self, base: NodeId, node: &mut Node) -> Result<(), Defect> {
        let set = self.interpreter.moments(base)?;
        node.evidence = self.cite(&set);
        node.reasons.extend(self.there(base, &set));
        node.children.push(self.moments(base)?);
        Ok(())
    }

    /// `said` or `happened`, where a moment is surely there.
    fn there(&self, base: NodeId, set: &MomentSet) -> Option<Reason> {
        let first = set.sure().next()?;
        let code = if self.is_words(base) { ReasonCode::Said } else { ReasonCode::Happened };
        Some(self.reason(code, base, None, Some(self.evidence(first))))
    }

    fn counted(&mut self, base: NodeId, bounds: CountBounds, node: &mut Node) -> Result<(), Defect> {
        let set = self.interpreter.moments(base)?;
        let (least, most) = fold::count_range(&set);
        node.observed = Some(Observed::Count { least, most });
        node.evidence = self.cite(&set);
        if node.value == Truth::No && !bounds.outside {
            let few = most.filter(|m| *m < bounds.least).map(|m| (ReasonCode::TooFew, bounds.least - m));
            let many = bounds.most.filter(|b| least > *b).map(|b| (ReasonCode::TooMany, least - b));
            for (code, by) in few.into_iter().chain(many) {
                node.reasons.push(self.reason(code, base, Some(cite::moments(i64::from(by))), None));
            }
        }
        if node.value == Truth::CannotTell {
            node.reasons.extend(self.doubt(base, &set));
        }
        node.children.push(self.moments(base)?);
        Ok(())
    }

    fn every(&mut self, base: NodeId, op: &FilterOp, node: &mut Node) -> Result<(), Defect> {
        let set = self.interpreter.moments(base)?;
        let right = op.right().map(|r| self.interpreter.moments(r)).transpose()?;
        let values = filter::each_passes(op, &set, right.as_ref(), self.facts);
        let settled = fold::every_values(&set, &values);
        let failing = |least: Truth| {
            let those = set.moments.iter().zip(&settled).filter(move |(_, v)| **v <= least);
            MomentSet { moments: those.map(|(m, _)| *m).collect(), dark: Vec::new() }
        };
        node.evidence = failing(Truth::CannotTell).moments.iter().map(|m| self.evidence(m)).collect();
        let reasons = match node.value {
            Truth::No => self.greatest_shortfall(op, base, &failing(Truth::No), right.as_ref()),
            _ => self.why_not_passed(op, base, &failing(Truth::CannotTell), right.as_ref()),
        };
        node.reasons.extend(reasons);
        if node.value == Truth::CannotTell && node.reasons.is_empty() {
            node.reasons.extend(self.doubt(base, &set));
        }
        node.children.push(self.moments(base)?);
        if let Some(right) = op.right() {
            node.children.push(self.right_side(op, right)?);
        }
        Ok(())
    }

    fn only_after(&mut self, left: NodeId, right: NodeId, node: &mut Node) -> Result<(), Defect> {
        let (set, others) = (self.interpreter.moments(left)?, self.interpreter.moments(right)?);
        let failing = set.moments.iter().find(|m| fold::preceded_by_one_ended(m, &others) != Truth::Yes);
        node.evidence = failing.map(|m| self.evidence(m)).into_iter().collect();
        if let (Some(failing), Truth::No) = (failing, node.value) {
            let first_end = others.moments.iter().map(|b| b.end).min();
            let by = first_end.map(|end| cite::millis(i64::from(end) - i64::from(failing.start)));
            node.reasons.push(self.reason(ReasonCode::Early, left, by, Some(self.evidence(failing))));
        }
        if node.value == Truth::CannotTell {
            let surely = set.sure().find(|m| fold::preceded_by_one_ended(m, &others) != Truth::Yes);
            let doubt = match surely {
                Some(m) => self.doubt_beside(left, m, right, &others, Relation::Ended),
                None => self.doubt(left, &set),
            };
            node.reasons.extend(doubt);
        }
        node.children.push(self.moments(left)?);
        node.children.push(self.moments(right)?);
        Ok(())
    }

    /// Does it stand on words, rather than on events and the like?
    pub(crate) fn is_words(&self, id: NodeId) -> bool {
        match self.plan.node(id).map(|n| &n.op) {
            Some(NodeOp::Says { .. }) => true,
            Some(
                NodeOp::Filter { base, .. }
                | NodeOp::Ordinal { base, .. }
                | NodeOp::Except(base, _)
                | NodeOp::Minus(base, _),
            ) => self.is_words(*base),
            Some(NodeOp::Union(parts)) => parts.iter().all(|p| self.is_words(*p)),
            Some(NodeOp::Phase { from, to, .. }) => self.is_words(*from) && self.is_words(*to),
            Some(NodeOp::Then { left, right, .. }) => self.is_words(*left) && self.is_words(*right),
            _ => false,
        }
    }
}

fn operation(op: &ConditionOp) -> Operation {
    match op {
        ConditionOp::Any(_) => Operation::Any,
        ConditionOp::No(_) => Operation::No,
        ConditionOp::Every { .. } => Operation::Every,
        ConditionOp::Count { .. } => Operation::Count,
        ConditionOp::OnlyAfter { .. } => Operation::OnlyAfter,
        ConditionOp::InOrder(_) => Operation::InOrder,
        ConditionOp::Compare { .. } => Operation::Compare,
        ConditionOp::Attribute(..) => Operation::Attribute,
        ConditionOp::And(_) => Operation::And,
        ConditionOp::Or(_) => Operation::Or,
        ConditionOp::Not(_) => Operation::Not,
    }
}
