//! W0111: a clause that can never decide, because one before it always does. Knows ways, and no calls.

use super::reach::Way;
use crate::plan::{ConditionId, CriterionPlan, PartlyPlan, Plan};
use grille_grammar::diagnostic::{Code, Diagnostic};
use grille_grammar::source::Span;

/// The findings on a criterion.
#[must_use]
pub fn findings(criterion: &CriterionPlan, plan: &Plan, ways: &[Way]) -> Vec<Diagnostic> {
    let place = |id: ConditionId| plan.condition(id).map_or(criterion.site.span, |c| c.site.span);
    let reached = |decides: &dyn Fn(&Way) -> bool| ways.iter().any(|way| way.applies && decides(way));
    let mut found = Vec::new();
    if let Some(id) = criterion.not_met
        && !reached(&|way| way.not_met)
    {
        found.push(never_decides("not met when", place(id)));
    }
    let open = |way: &Way| !way.not_met && way.met != Some(true);
    let mut shares: Vec<i64> = Vec::new();
    for (number, step) in criterion.partly.iter().enumerate() {
        match step {
            PartlyPlan::When(id) if !reached(&|way| open(way) && first(way) == Some(number)) => {
                found.push(never_decides("partly met when", place(*id)));
            }
            PartlyPlan::When(_) => {}
            PartlyPlan::OfThem(share) => {
                if shares.iter().any(|before| before <= share) {
                    let span = criterion.whenever.map_or(criterion.site.span, |w| place(w.expect));
                    found.push(never_decides("partly met when … of them", span));
                }
                shares.push(*share);
            }
        }
    }
    if let Some(id) = criterion.excused
        && !reached(&|way| way.excused && (way.not_met || way.met != Some(true)))
    {
        found.push(never_decides("excused when", place(id)));
    }
    found
}

/// The step of partly met that decides.
fn first(way: &Way) -> Option<usize> {
    way.steps.iter().position(|step| *step)
}

fn never_decides(words: &str, span: Span) -> Diagnostic {
    Diagnostic::new(
        Code::W0111,
        format!("this `{words}` can never decide anything"),
        span,
        "another clause always decides first",
    )
    .help("take it out, or ask for less in it than in the clauses before it")
}
