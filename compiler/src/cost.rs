//! What a criterion costs at most, counted from its plan: an upper bound in the words of a call and the moments found in
//! it, the same on every machine. Measures nothing.

use crate::plan::automaton::Automaton;
use crate::plan::{ConditionId, ConditionOp, CriterionPlan, NodeId, NodeOp, Pattern, Plan};
use std::collections::BTreeSet;

/// The parts of the bound. With `w` words of a call, `m` moments found in it, listed ones included, and `o` occasions:
/// `w · positions + m log m · joins + o · m · of_occasion`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Cost {
    /// The criterion's name.
    pub criterion: String,
    /// Phrases looked for.
    pub phrases: usize,
    /// Positions of their automata: each word may be tried at each.
    pub positions: usize,
    /// Sets of moments made.
    pub sets: usize,
    /// Sets made, or conditions judged, by going through two sets in order of time.
    pub joins: usize,
    /// Sets made and conditions judged anew for each occasion of a `whenever`.
    pub of_occasion: usize,
}

impl Cost {
    /// `w·12 + m log m·3 + o·m·1`.
    #[must_use]
    pub fn bound(&self) -> String {
        let terms = [("w", self.positions), ("m log m", self.joins), ("o·m", self.of_occasion)];
        let terms: Vec<String> =
            terms.iter().filter(|(_, count)| *count > 0).map(|(of, count)| format!("{count}·{of}")).collect();
        if terms.is_empty() { "m".to_owned() } else { terms.join(" + ") }
    }
}

/// The bound of every criterion, in the order of the program. What two criteria share is counted for both.
#[must_use]
pub fn of(plan: &Plan) -> Vec<Cost> {
    plan.criteria.iter().map(|criterion| of_criterion(plan, criterion)).collect()
}

fn of_criterion(plan: &Plan, criterion: &CriterionPlan) -> Cost {
    let mut seen = Seen { plan, nodes: BTreeSet::new(), conditions: BTreeSet::new() };
    let clauses = [criterion.applies, criterion.not_met, criterion.met, criterion.excused];
    clauses.into_iter().flatten().chain(criterion.steps_when()).for_each(|id| seen.condition(id));
    if let Some(whenever) = criterion.whenever {
        seen.node(whenever.trigger);
        seen.condition(whenever.expect);
    }
    let mut cost = Cost { criterion: criterion.info.name.clone(), sets: seen.nodes.len(), ..Cost::default() };
    let mut patterns: BTreeSet<u32> = BTreeSet::new();
    for node in seen.nodes.iter().filter_map(|id| plan.node(*id)) {
        if let NodeOp::Says { pattern, .. } = &node.op {
            patterns.insert(pattern.0);
            cost.positions += plan.pattern(*pattern).map_or(0, positions);
        }
        count(&mut cost, node.uses_it, node.op.children().len() > 1);
    }
    for condition in seen.conditions.iter().filter_map(|id| plan.condition(*id)) {
        let joins = condition.op.nodes().len() > 1 || matches!(condition.op, ConditionOp::Count { .. });
        count(&mut cost, condition.uses_it && condition.op.is_leaf(), joins);
    }
    let found = patterns.iter().filter_map(|id| plan.patterns.get(*id as usize));
    cost.phrases = found.flat_map(|p| &p.parts).map(|part| part.phrases.len() + part.but_not.len()).sum();
    cost
}

fn count(cost: &mut Cost, of_occasion: bool, joins: bool) {
    if of_occasion {
        cost.of_occasion += 1;
    } else if joins {
        cost.joins += 1;
    }
}

fn positions(pattern: &Pattern) -> usize {
    let of = |automata: &[Automaton]| automata.iter().map(|a| a.positions.len()).sum::<usize>();
    pattern.parts.iter().map(|part| of(&part.phrases) + of(&part.but_not)).sum()
}

struct Seen<'a> {
    plan: &'a Plan,
    nodes: BTreeSet<NodeId>,
    conditions: BTreeSet<ConditionId>,
}

impl Seen<'_> {
    fn node(&mut self, id: NodeId) {
        if self.nodes.insert(id)
            && let Some(node) = self.plan.node(id)
        {
            node.op.children().iter().for_each(|child| self.node(*child));
        }
    }

    fn condition(&mut self, id: ConditionId) {
        if self.conditions.insert(id)
            && let Some(condition) = self.plan.condition(id)
        {
            condition.op.nodes().iter().for_each(|node| self.node(*node));
            condition.op.children().iter().for_each(|child| self.condition(*child));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Cost;

    #[test]
    fn the_bound_names_only_what_there_is() {
        let cost = Cost { positions: 4, joins: 2, ..Cost::default() };
        assert_eq!(cost.bound(), "4·w + 2·m log m");
        assert_eq!(Cost::default().bound(), "m");
        assert_eq!(Cost { of_occasion: 1, ..Cost::default() }.bound(), "1·o·m");
    }
}
