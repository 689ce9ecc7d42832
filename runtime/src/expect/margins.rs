//! How far the observations that decided a verdict lie from the edge. Reads derivations; must not know how an expected
//! margin is written.

use grille_evidence::trace::{AmountUnit, ClauseRole, CriterionTrace, Node, Operation};
use grille_evidence::truth::{Truth, Verdict};

/// The margin of what made the verdict, in this unit; only of what goes by this name, if one is given. Where all of
/// several parts are needed it is the least of theirs, where one is enough the greatest. None where nothing has one.
#[must_use]
pub fn margin(criterion: &CriterionTrace, about: Option<&str>, unit: AmountUnit) -> Option<i64> {
    let of = |role: ClauseRole| {
        let clauses = criterion.clauses.iter().filter(move |c| c.clause == role && c.value == Truth::Yes);
        clauses.filter_map(|c| of_node(&c.node, about, unit)).min()
    };
    match criterion.verdicts.told()? {
        Verdict::Met => [of(ClauseRole::MetWhen), of(ClauseRole::Expect)].into_iter().flatten().min(),
        Verdict::PartlyMet => of(ClauseRole::PartlyMetWhen),
        Verdict::NotMet => of(ClauseRole::NotMetWhen),
        Verdict::NotApplicable => of(ClauseRole::ExcusedWhen),
    }
}

fn of_node(node: &Node, about: Option<&str>, unit: AmountUnit) -> Option<i64> {
    let inside = node.children.iter().filter(|c| c.value == Truth::Yes).filter_map(|c| of_node(c, about, unit));
    let below = if node.operation == Operation::Or { inside.max() } else { inside.min() };
    let own = node.margin.filter(|m| m.unit == unit && about.is_none_or(|name| is_of(node, name)));
    own.map(|m| m.value).into_iter().chain(below).min()
}

/// Does the margin belong to something of this name: the node itself, or what it filters?
fn is_of(node: &Node, name: &str) -> bool {
    node.asked.name.as_deref() == Some(name) || node.children.first().is_some_and(|child| is_of(child, name))
}
