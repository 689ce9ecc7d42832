//! W0112, W0113: what is so because there is nothing to speak of. Knows what can be at all, and no calls.

use super::View;
use super::reach::{Model, vacuous_base};
use crate::plan::{ConditionId, ConditionOp, CriterionPlan, FilterOp, NodeId, NodeOp, Side};
use grille_grammar::diagnostic::{Code, Diagnostic};
use grille_grammar::source::Span;

/// The findings on a criterion.
#[must_use]
pub fn findings(view: &View<'_>, criterion: &CriterionPlan) -> Vec<Diagnostic> {
    let mut leaves = Vec::new();
    criterion.met.into_iter().for_each(|met| self::leaves(view, met, &mut leaves));
    let mut found = Vec::new();
    for id in leaves {
        let Some(condition) = view.plan.condition(id) else { continue };
        if let Some(base) = vacuous_base(&condition.op)
            && is_met_without(view, criterion, id, base)
        {
            let only_after = matches!(condition.op, ConditionOp::OnlyAfter { .. });
            found.push(without_trigger(only_after, condition.site.span));
        }
        if let ConditionOp::No(set) = &condition.op
            && let Some(right) = before_what(view, *set)
            && is_met_without(view, criterion, id, right)
        {
            found.push(nothing_to_come_before(condition.site.span));
        }
    }
    found
}

fn leaves(view: &View<'_>, id: ConditionId, into: &mut Vec<ConditionId>) {
    let Some(condition) = view.plan.condition(id) else { return };
    if condition.op.is_leaf() {
        into.push(id);
    }
    condition.op.children().iter().for_each(|child| leaves(view, *child, into));
}

/// The B of `A before B`.
fn before_what(view: &View<'_>, set: NodeId) -> Option<NodeId> {
    match view.plan.node(set).map(|n| &n.op) {
        Some(NodeOp::Filter {
            filter: FilterOp::Relation { side: Side::Before, within: None, right, negated: false },
            ..
        }) => Some(*right),
        _ => None,
    }
}

/// Can the criterion apply and be met without any moment of this set, and only because this condition is so then?
fn is_met_without(view: &View<'_>, criterion: &CriterionPlan, leaf: ConditionId, set: NodeId) -> bool {
    let Some(met) = criterion.met else { return false };
    let model = Model::of(view, criterion, &[set]);
    let mut is_vacuous = false;
    let tried = model.each(|at| {
        let so = |id: Option<ConditionId>, without: bool| id.map_or(without, |id| at.holds(view, id));
        let stands = so(criterion.applies, true) && !so(criterion.not_met, false) && at.count(view, set) == 0;
        let pivot = at.holds_with(view, met, Some((leaf, true))) && !at.holds_with(view, met, Some((leaf, false)));
        is_vacuous |= stands && pivot && at.holds(view, leaf);
    });
    tried.is_some() && is_vacuous
}

/// `no (A before B)` where B may never come.
fn nothing_to_come_before(span: Span) -> Diagnostic {
    Diagnostic::new(
        Code::W0112,
        "this is also so where what should come first never comes at all",
        span,
        "nothing comes before nothing",
    )
    .help("write `… only after …`, which asks that it has come, or add `applies when any …` of what should come first")
}

/// `every … is` or `only after` where there may be none.
fn without_trigger(only_after: bool, span: Span) -> Diagnostic {
    let words = if only_after { "only after" } else { "every" };
    Diagnostic::new(
        Code::W0113,
        format!("this `{words}` is also so where there is none"),
        span,
        "met by a call in which nothing of it happens",
    )
    .help("add `applies when any …` of the same, so that the criterion is not applicable there")
}
