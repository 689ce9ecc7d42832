//! W0120: a comparison that is so on every call, or on none. Knows what values can be at all, and no calls.

use crate::algebra::measure::compare;
use crate::plan::measure::{Comparison, Constant, Measure, MeasureOp, Sample};
use crate::plan::{ConditionId, ConditionOp, MeasureId, Plan};
use grille_evidence::rational::Rational;
use grille_evidence::truth::Truth;
use grille_evidence::value::{Dimension, Range, Value};
use grille_grammar::diagnostic::{Code, Diagnostic};
use grille_grammar::source::{FileId, Span};

/// The findings on every comparison with a constant that stands in a file looked at.
#[must_use]
pub fn findings(plan: &Plan, is_looked_at: &dyn Fn(FileId) -> bool) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for condition in plan.conditions.iter().filter(|c| is_looked_at(c.site.span.file)) {
        match &condition.op {
            ConditionOp::Compare { left, operator, right, .. } => {
                let Some((measure, bound)) = against_constant(plan, *left, *right) else { continue };
                match compare(&Value::Number(possible(measure)), *operator, &Value::Number(Range::exactly(bound))) {
                    Truth::Yes => found.push(decided("every value is so", "so on every call", condition.site.span)),
                    Truth::No => found.push(never(condition.site.span)),
                    Truth::CannotTell => {}
                }
            }
            ConditionOp::And(parts) if rule_each_other_out(plan, parts) => found.push(never(condition.site.span)),
            _ => {}
        }
    }
    found
}

fn against_constant(plan: &Plan, left: MeasureId, right: MeasureId) -> Option<(&Measure, Rational)> {
    match plan.measure(right)?.op {
        MeasureOp::Constant(Constant::Number(bound)) => Some((plan.measure(left)?, bound)),
        _ => None,
    }
}

/// Between what a value lies on any call.
fn possible(measure: &Measure) -> Range {
    let from_nothing = Range { least: Some(Rational::ZERO), greatest: None };
    match &measure.op {
        MeasureOp::Share { .. } | MeasureOp::TalkShare(_) => Range { greatest: Some(Rational::ONE), ..from_nothing },
        MeasureOp::Count(_) | MeasureOp::Total(_) | MeasureOp::PerMinute(_) | MeasureOp::SpeechRate { .. } => {
            from_nothing
        }
        MeasureOp::Aggregate { of: Sample::Lengths(_), .. } => from_nothing,
        MeasureOp::Attribute(_) if measure.dimension == Dimension::Duration => from_nothing,
        _ => Range { least: None, greatest: None },
    }
}

/// Do bounds on one value leave it none?
fn rule_each_other_out(plan: &Plan, parts: &[ConditionId]) -> bool {
    let bounds: Vec<(&Measure, Comparison, Rational)> = parts
        .iter()
        .filter_map(|part| match &plan.condition(*part)?.op {
            ConditionOp::Compare { left, operator, right, .. } => {
                let (measure, bound) = against_constant(plan, *left, *right)?;
                Some((measure, *operator, bound))
            }
            _ => None,
        })
        .collect();
    bounds.iter().any(|(one, least_by, least)| {
        matches!(least_by, Comparison::Greater | Comparison::GreaterOrEqual)
            && bounds.iter().any(|(other, most_by, most)| {
                let strict = *least_by == Comparison::Greater || *most_by == Comparison::Less;
                matches!(most_by, Comparison::Less | Comparison::LessOrEqual)
                    && are_one(one, other)
                    && (least > most || (strict && least == most))
            })
    })
}

/// One attribute, or one place in the source: both ends of `between` speak of it.
fn are_one(one: &Measure, other: &Measure) -> bool {
    let attribute = matches!(one.op, MeasureOp::Attribute(_)) && one.op == other.op;
    attribute || one.site.span == other.site.span
}

fn never(span: Span) -> Diagnostic {
    decided("no value can be so", "so on no call", span)
}

fn decided(what: &str, label: &str, span: Span) -> Diagnostic {
    Diagnostic::new(Code::W0120, what, span, label).help(
        "look at the bound, its unit and the sign: times and counts are never below 0, shares of time never over 100 %",
    )
}
