//! What a criterion costs at most, counted from its plan: an upper bound in the words of a call and the moments found in
//! it, the same on every machine. Measures nothing.

use crate::expect::shape;
use crate::plan::automaton::Automaton;
use crate::plan::{ConditionId, ConditionOp, CriterionPlan, NodeId, NodeOp, Pattern, Plan};
use std::collections::{BTreeMap, BTreeSet};

/// The parts of the bound. With `w` words of a call, `m` moments found in it, listed ones included, `o` occasions, and `n`
/// moments near one, counted for each occasion that they are near:
/// `w · tries + m log m · joins + m log² m · wide_joins + n log m · near + o · (w + m) · anew`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Cost {
    /// The criterion's name.
    pub criterion: String,
    /// Phrases looked for.
    pub phrases: usize,
    /// Steps through their automata from one word on, at most.
    pub tries: usize,
    /// Sets of moments made.
    pub sets: usize,
    /// Sets made, or conditions judged, by going through two sets in order of time; of all occasions at once.
    pub joins: usize,
    /// The same of turns or questions, of which it may not be known how far they reach.
    pub wide_joins: usize,
    /// Sets made and conditions judged for each occasion of a `whenever` from what lies near it.
    pub near: usize,
    /// The same from the whole call, for each occasion anew.
    pub anew: usize,
}

impl Cost {
    /// `12·w + 3·m log m + 1·o·(w + m)`.
    #[must_use]
    pub fn bound(&self) -> String {
        let terms = [
            ("w", self.tries),
            ("m log m", self.joins),
            ("m log² m", self.wide_joins),
            ("n log m", self.near),
            ("o·(w + m)", self.anew),
        ];
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

/// How a set is made, or a condition judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Way {
    Once,
    Near,
    Anew,
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
    let conditions: Vec<_> = seen.conditions.iter().filter_map(|id| plan.condition(*id)).collect();
    let mut ways: BTreeMap<NodeId, Way> = BTreeMap::new();
    for condition in conditions.iter().filter(|condition| condition.op.is_leaf()) {
        let way = way(plan, &condition.op, condition.uses_it);
        for node in shape::changing_below(plan, &condition.op) {
            let known = ways.entry(node).or_insert(way);
            *known = way.max(*known);
        }
        let joins = condition.op.nodes().len() > 1 || matches!(condition.op, ConditionOp::Count { .. });
        let joins = joins || (condition.uses_it && way == Way::Once);
        count(&mut cost, way, joins, is_wide(plan, &condition.op.nodes(), criterion));
    }
    let mut patterns: BTreeSet<u32> = BTreeSet::new();
    for (id, node) in seen.nodes.iter().filter_map(|id| Some((id, plan.node(*id)?))) {
        if let NodeOp::Says { pattern, .. } = &node.op {
            patterns.insert(pattern.0);
            cost.tries += plan.pattern(*pattern).map_or(0, tries);
        }
        let way = ways.get(id).copied().unwrap_or(Way::Once);
        let children = node.op.children();
        count(&mut cost, way, children.len() > 1, is_wide(plan, &children, criterion));
    }
    let found = patterns.iter().filter_map(|id| plan.patterns.get(*id as usize));
    cost.phrases = found.flat_map(|p| &p.parts).map(|part| part.phrases.len() + part.but_not.len()).sum();
    cost
}

fn way(plan: &Plan, leaf: &ConditionOp, uses_it: bool) -> Way {
    if !uses_it || shape::is_told_at_once(plan, leaf) {
        Way::Once
    } else if shape::looks_near(plan, leaf) {
        Way::Near
    } else {
        Way::Anew
    }
}

fn count(cost: &mut Cost, way: Way, joins: bool, wide: bool) {
    match way {
        Way::Anew => cost.anew += 1,
        Way::Near => cost.near += 1,
        Way::Once if joins && wide => cost.wide_joins += 1,
        Way::Once if joins => cost.joins += 1,
        Way::Once => {}
    }
}

/// Are there turns or questions among the moments of these nodes?
fn is_wide(plan: &Plan, nodes: &[NodeId], criterion: &CriterionPlan) -> bool {
    let inner = |nodes: &[NodeId]| is_wide(plan, nodes, criterion);
    nodes.iter().filter_map(|id| plan.node(*id)).any(|node| match &node.op {
        NodeOp::Turn(_) | NodeOp::Question(_) | NodeOp::Interrupts { .. } => true,
        NodeOp::It => criterion.whenever.is_some_and(|whenever| inner(&[whenever.trigger])),
        NodeOp::Filter { base, .. } | NodeOp::Ordinal { base, .. } | NodeOp::Except(base, _) => inner(&[*base]),
        NodeOp::Union(parts) => inner(parts),
        _ => false,
    })
}

/// From one word on, a phrase is tried at every position that can be reached by so many words.
fn tries(pattern: &Pattern) -> usize {
    let automata = pattern.parts.iter().flat_map(|part| part.phrases.iter().chain(&part.but_not));
    automata.map(tries_of).sum()
}

fn tries_of(automaton: &Automaton) -> usize {
    let mut reached: BTreeSet<u16> = automaton.first.iter().copied().collect();
    let mut tries = 0;
    for _ in 0..automaton.longest {
        tries += reached.len();
        let follow = reached.iter().filter_map(|position| automaton.follow.get(usize::from(*position)));
        reached = follow.flatten().copied().collect();
    }
    tries
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
        let cost = Cost { tries: 4, joins: 2, ..Cost::default() };
        assert_eq!(cost.bound(), "4·w + 2·m log m");
        assert_eq!(Cost::default().bound(), "m");
        let cost = Cost { wide_joins: 1, near: 3, anew: 1, ..Cost::default() };
        assert_eq!(cost.bound(), "1·m log² m + 3·n log m + 1·o·(w + m)");
    }
}
