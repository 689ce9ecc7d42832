//! W0107, W0108, W0109: a criterion that can never be met, or always gives everything. Knows ways, and no calls.

use super::reach::Way;
use crate::plan::{CriterionPlan, Plan};
use grille_grammar::diagnostic::{Code, Diagnostic};
use grille_grammar::source::Span;

/// The finding, if there is one.
#[must_use]
pub fn finding(criterion: &CriterionPlan, plan: &Plan, ways: &[Way]) -> Option<Diagnostic> {
    let place = |id: Option<crate::plan::ConditionId>| id.and_then(|id| plan.condition(id)).map(|c| c.site.span);
    let at = |first: Option<Span>| first.unwrap_or(criterion.site.span);
    let name = &criterion.info.name;
    if !ways.iter().any(|way| way.applies) {
        return Some(never_met(name, "it can never apply", at(place(criterion.applies))));
    }
    let asked = || ways.iter().any(|way| way.met == Some(true));
    if !ways.iter().any(|way| way.applies && gives_all(way)) {
        let met = place(criterion.met).or(place(criterion.whenever.map(|w| w.expect)));
        return Some(match (place(criterion.applies), met) {
            (Some(applies), Some(met)) if asked() && !ways.iter().any(|w| w.applies && w.met == Some(true)) => {
                contradiction(name, applies, met)
            }
            (_, Some(met)) if !asked() => never_met(name, "what it asks for can never be so", met),
            (_, met) => never_met(name, "`not met when` is always so first", at(place(criterion.not_met).or(met))),
        });
    }
    let loses = |way: &&Way| way.applies && !gives_all(way) && !way.excused;
    if ways.iter().any(|way| loses(&way)) {
        return None;
    }
    let clause = place(criterion.met).or(place(criterion.not_met)).or(place(criterion.whenever.map(|w| w.expect)));
    Some(never_not_met(name, at(clause)))
}

/// Is the verdict met?
fn gives_all(way: &Way) -> bool {
    !way.not_met && (way.met == Some(true) || (way.met.is_none() && !way.steps.contains(&true)))
}

/// A criterion that can never be met.
fn never_met(name: &str, why: &str, span: Span) -> Diagnostic {
    Diagnostic::new(Code::W0107, format!("`{name}` can never be met: {why}"), span, "on no call at all")
        .help("look for a condition and its reverse, or a number that another one rules out")
}

/// A criterion that can never be anything but met or not applicable.
fn never_not_met(name: &str, span: Span) -> Diagnostic {
    Diagnostic::new(
        Code::W0108,
        format!("`{name}` can never be not met, and it says nothing of any call"),
        span,
        "so on every call",
    )
    .help("look for a condition that is joined with its reverse by `or`, or for an excuse that is always there")
}

/// `applies when` rules out `met when`.
fn contradiction(name: &str, applies: Span, met: Span) -> Diagnostic {
    let message = format!("where `{name}` applies, what it asks for can never be so");
    Diagnostic::new(Code::W0109, message, met, "never so where it applies")
        .and_label(applies, "applies only here")
        .help("take the condition out of one of the two clauses, or turn it round: what makes it apply must leave open what it asks for")
}
