//! What a criterion can come to at all. Each set of moments that its conditions look at has some number of moments; each
//! condition that is no matter of numbers is so or not. Every combination that can be is tried, by what follows from
//! the form alone: a part of a set has no more moments than the set. Says nothing where there are too many.

use super::View;
use crate::plan::{ConditionId, ConditionOp, CriterionPlan, Extent, FilterOp, LengthBound, NodeId, NodeOp, PartlyPlan};
use grille_evidence::truth::{StepSet, Verdict, VerdictSet};
use std::collections::BTreeMap;

/// As many combinations are tried.
const MOST_TRIED: usize = 4096;

/// What one combination leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Way {
    /// `applies when`, and there is an occasion.
    pub applies: bool,
    /// `not met when`.
    pub not_met: bool,
    /// `met when` and `expect`; none where there is neither.
    pub met: Option<bool>,
    /// Steps of partly met.
    pub steps: Vec<bool>,
    /// `excused when`.
    pub excused: bool,
}

/// The verdicts that these ways lead to, and the steps of partly met.
#[must_use]
pub fn verdicts(ways: &[Way]) -> (VerdictSet, StepSet) {
    let (mut verdicts, mut steps) = (VerdictSet::EMPTY, StepSet::EMPTY);
    for way in ways {
        let step = way.steps.iter().position(|step| *step);
        let verdict = match (way.not_met, way.met, step) {
            _ if !way.applies => Verdict::NotApplicable,
            (true, _, _) => Verdict::NotMet,
            (false, Some(true), _) => Verdict::Met,
            (false, _, Some(_)) => Verdict::PartlyMet,
            (false, Some(false), None) => Verdict::NotMet,
            (false, None, None) => Verdict::Met,
        };
        let blamed = matches!(verdict, Verdict::NotMet | Verdict::PartlyMet);
        let excused = blamed && way.excused;
        verdicts = verdicts.with(if excused { Verdict::NotApplicable } else { verdict });
        if let (Verdict::PartlyMet, Some(step), false) = (verdict, step, excused) {
            steps = steps.with(step);
        }
    }
    (verdicts, steps)
}

/// The numbers and truths of one combination.
pub struct Combination<'a> {
    model: &'a Model,
    values: Vec<usize>,
}

/// What is looked at, and what values it can have.
#[derive(Debug, Default)]
pub struct Model {
    counts: BTreeMap<NodeId, Variable>,
    others: Vec<(ConditionId, ConditionOp)>,
    /// `expect` of every occasion, and each `of them`.
    occasions: usize,
    /// Pairs (part, whole).
    parts: Vec<(NodeId, NodeId)>,
    /// Pairs (a set, what must be there if it has a moment).
    needs: Vec<(NodeId, NodeId)>,
}

#[derive(Debug, Default, Clone)]
struct Variable {
    /// Numbers from which on some condition changes, 0 first.
    steps: Vec<u32>,
}

/// Every combination of a criterion, and what it leads to; none where they are too many.
#[must_use]
pub fn ways(view: &View<'_>, criterion: &CriterionPlan) -> Option<Vec<Way>> {
    let model = Model::of(view, criterion, &[]);
    let mut ways = Vec::new();
    model.each(|combination| ways.push(way(view, criterion, combination)))?;
    Some(ways)
}

/// What the clauses come to.
fn way(view: &View<'_>, criterion: &CriterionPlan, at: &Combination<'_>) -> Way {
    let so = |id: Option<ConditionId>| id.map(|id| at.holds(view, id));
    let expect = criterion.whenever.map(|_| at.occasion(0));
    let steps = criterion.partly.iter().enumerate().map(|(number, step)| match step {
        PartlyPlan::When(id) => at.holds(view, *id),
        PartlyPlan::OfThem(_) => at.occasion(number + 1),
    });
    let any = criterion.whenever.is_none_or(|w| at.count(view, w.trigger) > 0);
    let met = match (so(criterion.met), expect) {
        (None, None) => None,
        (met, expect) => Some(met.unwrap_or(true) && expect.unwrap_or(true)),
    };
    Way {
        applies: so(criterion.applies).unwrap_or(true) && any,
        not_met: so(criterion.not_met).unwrap_or(false),
        met,
        steps: steps.collect(),
        excused: so(criterion.excused).unwrap_or(false),
    }
}

impl Model {
    /// Of the clauses of a criterion, and some more sets that are to be looked at.
    #[must_use]
    pub fn of(view: &View<'_>, criterion: &CriterionPlan, more: &[NodeId]) -> Model {
        let mut model = Model::default();
        let clauses = [criterion.applies, criterion.not_met, criterion.met, criterion.excused];
        for id in clauses.into_iter().flatten().chain(criterion.steps_when()) {
            model.condition(view, id);
        }
        if let Some(whenever) = criterion.whenever {
            model.number(view, whenever.trigger, &[1]);
            model.occasions = 1 + criterion.partly.len();
        }
        more.iter().for_each(|node| model.number(view, *node, &[1]));
        model.relate(view);
        model
    }

    fn number(&mut self, view: &View<'_>, node: NodeId, from: &[u32]) {
        let variable = self.counts.entry(view.same(node)).or_default();
        variable.steps.extend(from);
        variable.steps.push(0);
        variable.steps.sort_unstable();
        variable.steps.dedup();
    }

    fn condition(&mut self, view: &View<'_>, id: ConditionId) {
        let Some(condition) = view.plan.condition(id) else { return };
        match &condition.op {
            ConditionOp::And(parts) | ConditionOp::Or(parts) => parts.iter().for_each(|p| self.condition(view, *p)),
            ConditionOp::Not(inner) => self.condition(view, *inner),
            ConditionOp::Any(node) | ConditionOp::No(node) => self.number(view, *node, &[1]),
            ConditionOp::Count { base, bounds } => {
                let past = bounds.most.map(|most| most.saturating_add(1));
                self.number(view, *base, &[bounds.least, past.unwrap_or(bounds.least)]);
            }
            other => {
                let op = plain(view, other);
                if !self.others.iter().any(|(_, known)| *known == op) {
                    self.others.push((id, op));
                }
            }
        }
    }

    /// Which sets are parts of which.
    fn relate(&mut self, view: &View<'_>) {
        let nodes: Vec<NodeId> = self.counts.keys().copied().collect();
        for part in &nodes {
            for whole in &nodes {
                if part != whole && is_part(view, *part, *whole) {
                    self.parts.push((*part, *whole));
                }
                if needs(view, *part, *whole) {
                    self.needs.push((*part, *whole));
                }
            }
        }
    }

    /// Tries every combination; none where they are too many.
    pub fn each(&self, mut tried: impl FnMut(&Combination<'_>)) -> Option<()> {
        let counts = self.counts.values().map(|v| v.steps.len());
        let sizes: Vec<usize> = counts.chain(vec![2; self.others.len() + self.occasions]).collect();
        let all = sizes.iter().try_fold(1usize, |all, size| all.checked_mul(*size)).filter(|all| *all <= MOST_TRIED)?;
        for number in 0..all {
            let mut rest = number;
            let mut values = Vec::with_capacity(sizes.len());
            for size in &sizes {
                values.push(rest % size);
                rest /= size;
            }
            let combination = Combination { model: self, values };
            if combination.can_be() {
                tried(&combination);
            }
        }
        Some(())
    }
}

impl Combination<'_> {
    fn step(&self, node: NodeId) -> Option<(u32, Option<u32>)> {
        let (place, (_, variable)) = self.model.counts.iter().enumerate().find(|(_, (known, _))| **known == node)?;
        let step = *self.values.get(place)?;
        Some((*variable.steps.get(step)?, variable.steps.get(step + 1).copied()))
    }

    /// The least number of moments that a set has here; 0 for one that is not looked at.
    #[must_use]
    pub fn count(&self, view: &View<'_>, node: NodeId) -> u32 {
        self.step(view.same(node)).map_or(0, |(from, _)| from)
    }

    fn truth(&self, place: usize) -> bool {
        self.values.get(self.model.counts.len() + place).is_some_and(|value| *value == 1)
    }

    /// Is `expect` so of every occasion (0), or of enough of them (1 and on, by step)?
    fn occasion(&self, number: usize) -> bool {
        self.truth(self.model.others.len() + number)
    }

    /// A part has no more moments than the whole, and nothing is near what is not there.
    fn can_be(&self) -> bool {
        let parts = self.model.parts.iter().all(|(part, whole)| match (self.step(*part), self.step(*whole)) {
            (Some((least, _)), Some((_, Some(past)))) => least < past,
            _ => true,
        });
        let there = |node: &NodeId| self.step(*node).is_none_or(|(from, _)| from > 0);
        let needs = self
            .model
            .needs
            .iter()
            .all(|(set, needed)| self.step(*set).is_none_or(|(from, _)| from == 0) || there(needed));
        let vacuous = self.model.others.iter().enumerate().all(|(place, (_, op))| {
            let empty = vacuous_base(op).and_then(|base| self.step(base)).is_some_and(|(_, past)| past == Some(1));
            !empty || self.truth(place)
        });
        let of_all = !self.occasion(0) || (1..self.model.occasions).all(|number| self.occasion(number));
        parts && needs && vacuous && (self.model.occasions == 0 || of_all)
    }

    /// Is a condition so?
    #[must_use]
    pub fn holds(&self, view: &View<'_>, id: ConditionId) -> bool {
        self.holds_with(view, id, None)
    }

    /// The same, one condition taken to be so or not.
    #[must_use]
    pub fn holds_with(&self, view: &View<'_>, id: ConditionId, taken: Option<(ConditionId, bool)>) -> bool {
        if let Some((known, value)) = taken
            && known == id
        {
            return value;
        }
        let Some(condition) = view.plan.condition(id) else { return false };
        match &condition.op {
            ConditionOp::And(parts) => parts.iter().all(|p| self.holds_with(view, *p, taken)),
            ConditionOp::Or(parts) => parts.iter().any(|p| self.holds_with(view, *p, taken)),
            ConditionOp::Not(inner) => !self.holds_with(view, *inner, taken),
            ConditionOp::Any(node) => self.count(view, *node) > 0,
            ConditionOp::No(node) => self.count(view, *node) == 0,
            ConditionOp::Count { base, bounds } => {
                let count = self.count(view, *base);
                (count >= bounds.least && bounds.most.is_none_or(|most| count <= most)) != bounds.outside
            }
            other => {
                let op = plain(view, other);
                let place = self.model.others.iter().position(|(_, known)| *known == op);
                place.is_some_and(|place| self.truth(place))
            }
        }
    }
}

/// The set without which a condition is so: nothing is asked of anything.
#[must_use]
pub fn vacuous_base(op: &ConditionOp) -> Option<NodeId> {
    match op {
        ConditionOp::Every { base, .. } | ConditionOp::OnlyAfter { left: base, .. } => Some(*base),
        _ => None,
    }
}

/// The operation over nodes that stand for all that compute the same.
fn plain(view: &View<'_>, op: &ConditionOp) -> ConditionOp {
    let mut op = op.clone();
    op.for_each_node(|node| *node = view.same(*node));
    op
}

/// Is every moment of the one a moment of the other, by what is written?
fn is_part(view: &View<'_>, part: NodeId, whole: NodeId) -> bool {
    let (part, whole) = (view.same(part), view.same(whole));
    if part == whole {
        return true;
    }
    let Some(node) = view.plan.node(part) else { return false };
    let from_above = match view.plan.node(whole).map(|n| &n.op) {
        Some(NodeOp::Union(parts)) => parts.iter().any(|p| is_part(view, part, *p)),
        Some(NodeOp::Filter { base, filter }) => match &node.op {
            NodeOp::Filter { base: own, filter: narrower } => {
                is_part(view, *own, *base) && is_narrower(view, narrower, filter)
            }
            _ => false,
        },
        _ => false,
    };
    from_above
        || match &node.op {
            NodeOp::Filter { base, .. } | NodeOp::Ordinal { base, .. } | NodeOp::Except(base, _) => {
                is_part(view, *base, whole)
            }
            NodeOp::Union(parts) => parts.iter().all(|p| is_part(view, *p, whole)),
            _ => false,
        }
}

/// Does whatever passes the one pass the other?
fn is_narrower(view: &View<'_>, narrow: &FilterOp, wide: &FilterOp) -> bool {
    match (narrow, wide) {
        (FilterOp::Window { edge: a, extent: x }, FilterOp::Window { edge: b, extent: y }) => {
            a == b
                && match (x, y) {
                    (Extent::Millis(x), Extent::Millis(y)) => x <= y,
                    (Extent::Share(x), Extent::Share(y)) => x <= y,
                    _ => x == y,
                }
        }
        (FilterOp::Length { bound: a }, FilterOp::Length { bound: b }) => match (a, b) {
            (LengthBound::AtLeast(a), LengthBound::AtLeast(b)) => a >= b,
            (LengthBound::LongerThan(a), LengthBound::LongerThan(b)) => a >= b,
            (LengthBound::ShorterThan(a), LengthBound::ShorterThan(b)) => a <= b,
            _ => false,
        },
        (
            FilterOp::Relation { side, within, right, negated: false },
            FilterOp::Relation { side: other, within: wider, right: further, negated: false },
        ) => {
            let near = match (within, wider) {
                (_, None) => true,
                (Some(a), Some(b)) => a <= b,
                (None, Some(_)) => false,
            };
            side == other && near && is_part(view, *right, *further)
        }
        _ => false,
    }
}

/// Must the second have a moment if the first has one?
fn needs(view: &View<'_>, set: NodeId, needed: NodeId) -> bool {
    match view.plan.node(view.same(set)).map(|n| &n.op) {
        Some(NodeOp::Filter { base, filter }) => {
            let right = match filter {
                FilterOp::Relation { right, negated: false, .. } => view.same(*right) == view.same(needed),
                _ => false,
            };
            right || needs(view, *base, needed)
        }
        Some(NodeOp::Then { left, right, .. }) => {
            view.same(*left) == view.same(needed) || view.same(*right) == view.same(needed)
        }
        _ => false,
    }
}
