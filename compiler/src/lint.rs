//! Static findings: what is written as the language wants it, and yet can hardly be meant. A lint a file; each claims
//! only what holds on every call. Knows the plan, and of the source only places.

pub mod bonus;
pub mod bounds;
pub mod clauses;
pub mod lengths;
pub mod phrases;
pub mod reach;
pub mod unguarded;
pub mod vacuous;
pub mod verdicts;
pub mod weights;
pub mod windows;

use crate::plan::{CriterionPlan, NodeId, Plan, same};
use grille_evidence::executable::CriterionKind;
use grille_grammar::diagnostic::Diagnostic;
use grille_grammar::source::{FileId, Span};

/// A plan, and which of its nodes compute the same.
pub struct View<'a> {
    /// The plan.
    pub plan: &'a Plan,
    same: Vec<NodeId>,
}

impl<'a> View<'a> {
    /// Of a plan.
    #[must_use]
    pub fn of(plan: &'a Plan) -> View<'a> {
        View { plan, same: same::canonical(plan) }
    }

    /// The first node that computes the same.
    #[must_use]
    pub fn same(&self, id: NodeId) -> NodeId {
        self.same.get(id.0 as usize).copied().unwrap_or(id)
    }
}

/// What lints know of the source.
pub struct Source<'a> {
    /// Is this one of the files looked at?
    pub is_looked_at: &'a dyn Fn(FileId) -> bool,
    /// The words that stand somewhere, on one line.
    pub words: &'a dyn Fn(Span) -> String,
    /// The places of the lines of bonus, scorecard by scorecard.
    pub bonuses: &'a [Vec<Span>],
}

/// Findings on the criteria that stand in the files looked at, and on scorecards.
#[must_use]
pub fn findings(plan: &Plan, source: &Source<'_>) -> Vec<Diagnostic> {
    let view = View::of(plan);
    let mut found = windows::findings(&view, source.is_looked_at);
    found.extend(bounds::findings(plan, source.is_looked_at));
    let cards = plan.scorecards.iter().zip(source.bonuses);
    cards.for_each(|(card, places)| found.extend(bonus::findings(&view, card, places)));
    let declared =
        |c: &&CriterionPlan| c.info.kind == CriterionKind::Declared && (source.is_looked_at)(c.site.span.file);
    for criterion in plan.criteria.iter().filter(declared) {
        found.extend(unguarded::findings(&view, criterion, source));
        found.extend(of_criterion(&view, criterion));
    }
    found
}

fn of_criterion(view: &View<'_>, criterion: &CriterionPlan) -> Vec<Diagnostic> {
    let Some(ways) = reach::ways(view, criterion) else { return Vec::new() };
    let found: Vec<Diagnostic> = verdicts::finding(criterion, view.plan, &ways).into_iter().collect();
    if !found.is_empty() {
        return found;
    }
    let mut found = clauses::findings(criterion, view.plan, &ways);
    found.extend(vacuous::findings(view, criterion));
    found
}
