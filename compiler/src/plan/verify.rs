//! What every plan must keep, checked before any engine runs it:
//! every number names something; both sides of a comparison are of one dimension, and it says which nodes they look at; children stand before parents; only nodes below `expect` use the occasion, and
//! `uses_it` says so; automata's positions are in range; leaves are leaves; `of them` has a `whenever`; scorecards
//! count criteria that are there, with points for each of their steps.

use super::automaton::{Automaton, Position};
use super::measure::MeasureOp;
use super::{ConditionId, ConditionOp, NodeId, NodeOp, PartlyPlan, Plan, Symbol};
use grille_evidence::executable::Defect;
use grille_evidence::truth::MOST_STEPS;

/// A plan that keeps its promises.
#[derive(Debug, Clone)]
pub struct VerifiedPlan(Plan);

impl VerifiedPlan {
    /// Looks at the whole plan.
    ///
    /// # Errors
    /// A [`Defect`] that names the first broken promise.
    pub fn new(plan: Plan) -> Result<VerifiedPlan, Defect> {
        nodes(&plan)?;
        measures(&plan)?;
        conditions(&plan)?;
        criteria(&plan)?;
        scorecards(&plan)?;
        plan.patterns
            .iter()
            .flat_map(|p| &p.parts)
            .flat_map(|part| part.phrases.iter().chain(&part.but_not))
            .try_for_each(|a| automaton(&plan, a))?;
        Ok(VerifiedPlan(plan))
    }

    /// The plan.
    #[must_use]
    pub fn plan(&self) -> &Plan {
        &self.0
    }
}

fn broken(what: String) -> Result<(), Defect> {
    Err(Defect(format!("the plan is broken: {what}")))
}

fn nodes(plan: &Plan) -> Result<(), Defect> {
    for (index, node) in plan.nodes.iter().enumerate() {
        let children = node.op.children();
        if children.iter().any(|c| c.0 as usize >= index) {
            return broken(format!("m{index} stands before a child"));
        }
        let uses_it = node.op == NodeOp::It || children.iter().any(|c| plan.node(*c).is_some_and(|n| n.uses_it));
        if uses_it != node.uses_it {
            return broken(format!("m{index} is wrong about the occasion"));
        }
        if let NodeOp::Says { pattern, .. } = node.op
            && plan.pattern(pattern).is_none()
        {
            return broken(format!("m{index} names no pattern"));
        }
    }
    Ok(())
}

fn measures(plan: &Plan) -> Result<(), Defect> {
    for (index, measure) in plan.measures.iter().enumerate() {
        if measure.op.children().iter().any(|child| child.0 as usize >= index) {
            return broken(format!("v{index} stands before a value that it is made of"));
        }
        if measure.op.nodes().iter().any(|node| plan.node(*node).is_none()) {
            return broken(format!("v{index} names no node"));
        }
        if let MeasureOp::Attribute(id) = measure.op
            && plan.attributes.get(id.0 as usize).is_none_or(|a| a.ty.dimension() != measure.dimension)
        {
            return broken(format!("v{index} names no attribute, or takes it for something else"));
        }
    }
    Ok(())
}

fn compared(plan: &Plan, index: usize, op: &ConditionOp) -> Result<(), Defect> {
    let ConditionOp::Compare { left, right, over, .. } = op else { return Ok(()) };
    let (Some(one), Some(other)) = (plan.measure(*left), plan.measure(*right)) else {
        return broken(format!("c{index} names no value"));
    };
    if one.dimension != other.dimension {
        return broken(format!("c{index} compares two dimensions"));
    }
    let looked_at: Vec<NodeId> = [*left, *right].into_iter().flat_map(|id| plan.measured_nodes(id)).collect();
    if looked_at == *over { Ok(()) } else { broken(format!("c{index} is wrong about the nodes it looks at")) }
}

fn conditions(plan: &Plan) -> Result<(), Defect> {
    for (index, condition) in plan.conditions.iter().enumerate() {
        let (children, nodes) = (condition.op.children(), condition.op.nodes());
        if children.iter().any(|c| c.0 as usize >= index) {
            return broken(format!("c{index} stands before a child"));
        }
        if let ConditionOp::Attribute(id, _) = &condition.op
            && plan.attributes.get(id.0 as usize).is_none()
        {
            return broken(format!("c{index} names no attribute"));
        }
        if nodes.iter().any(|n| plan.node(*n).is_none()) {
            return broken(format!("c{index} names no node"));
        }
        compared(plan, index, &condition.op)?;
        let uses_it = nodes.iter().any(|n| plan.node(*n).is_some_and(|n| n.uses_it))
            || children.iter().any(|c| plan.condition(*c).is_some_and(|c| c.uses_it));
        if uses_it != condition.uses_it {
            return broken(format!("c{index} is wrong about the occasion"));
        }
    }
    Ok(())
}

fn criteria(plan: &Plan) -> Result<(), Defect> {
    for criterion in &plan.criteria {
        let name = &criterion.info.name;
        let of_them = criterion.partly.iter().any(|step| matches!(step, PartlyPlan::OfThem(_)));
        if of_them && criterion.whenever.is_none() {
            return broken(format!("{name} counts occasions and has none"));
        }
        if criterion.partly.len() > MOST_STEPS || criterion.partly.len() != criterion.info.steps {
            return broken(format!("{name} has other steps than it says, or too many"));
        }
        let clauses = [criterion.applies, criterion.not_met, criterion.met, criterion.excused].into_iter().flatten();
        for id in clauses.chain(criterion.steps_when()) {
            outside_expect(plan, id, name)?;
        }
        if let Some(whenever) = criterion.whenever {
            trigger_of(plan, whenever.trigger, name)?;
            if plan.condition(whenever.expect).is_none() {
                return broken(format!("{name} expects nothing"));
            }
            if whenever.once_per.is_some_and(|period| period <= 0) {
                return broken(format!("{name} counts occasions once in no time"));
            }
        }
        if criterion.leaves.iter().any(|id| plan.condition(*id).is_none_or(|c| !c.op.is_leaf())) {
            return broken(format!("{name} has a leaf that is none"));
        }
    }
    Ok(())
}

fn scorecards(plan: &Plan) -> Result<(), Defect> {
    for card in &plan.scorecards {
        let name = &card.name;
        if card.criteria().any(|criterion| plan.criteria.get(criterion).is_none()) {
            return broken(format!("{name} counts a criterion that is not there"));
        }
        for entry in card.sections.iter().flat_map(|s| &s.entries).chain(&card.bonus) {
            let steps = plan.criteria.get(entry.criterion).map_or(0, |c| c.partly.len());
            if entry.partly.len() != steps {
                return broken(format!("{name} gives points to other steps than there are"));
            }
        }
    }
    Ok(())
}

fn outside_expect(plan: &Plan, id: ConditionId, name: &str) -> Result<(), Defect> {
    match plan.condition(id) {
        Some(condition) if !condition.uses_it => Ok(()),
        Some(_) => broken(format!("{name} uses an occasion where there is none")),
        None => broken(format!("{name} names no condition")),
    }
}

fn trigger_of(plan: &Plan, id: NodeId, name: &str) -> Result<(), Defect> {
    match plan.node(id) {
        Some(node) if !node.uses_it => Ok(()),
        _ => broken(format!("{name} has no occasions")),
    }
}

fn automaton(plan: &Plan, automaton: &Automaton) -> Result<(), Defect> {
    let count = automaton.positions.len();
    let inside = |p: &u16| usize::from(*p) < count;
    let ranges = [&automaton.first, &automaton.last].into_iter().chain(&automaton.follow);
    let symbols = automaton.positions.iter().all(|p| match p {
        Position::Symbol(id) => plan.symbols.get(id.0 as usize).is_some_and(|s| !matches!(s, Symbol::Class(_))),
        Position::Span(id) => matches!(plan.symbols.get(id.0 as usize), Some(Symbol::Class(_))),
        Position::AnyWord | Position::Gap => true,
    });
    let gaps = automaton.first.iter().chain(&automaton.last).any(|p| automaton.at(*p) == Some(Position::Gap));
    if automaton.follow.len() != count || automaton.first.is_empty() || gaps || !symbols {
        return broken("an automaton is malformed".to_owned());
    }
    if ranges.into_iter().all(|list| list.iter().all(inside)) {
        Ok(())
    } else {
        broken("a position is out of range".to_owned())
    }
}
