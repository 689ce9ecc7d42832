//! Measures and literals. Checks their shape, never their types.

use super::super::grammar::Rule;
use super::expr::Node;
use super::filter::role_of;
use super::{Builder, has, parts};
use crate::ast::{Aggregate, Date, Expr, ExprKind, Limits, Literal, Measure, Sounding, Voice};
use crate::source::Span;
use pest::iterators::Pair;

impl Builder<'_> {
    /// `x between a and b`, `x per min`, `x relative to own baseline`.
    pub(super) fn measured(&self, operand: Node, operator: &Pair<'_, Rule>, span: Span) -> Option<Node> {
        let base = Box::new(operand.expr);
        let kind = match operator.as_rule() {
            Rule::per_minute => ExprKind::Measure(Measure::PerMinute(base)),
            Rule::to_baseline => ExprKind::Measure(Measure::RelativeToBaseline(base)),
            _ => {
                let mut ends = parts(operator).map(|end| self.limit(&end));
                let (least, greatest) = (Box::new(ends.next()??), Box::new(ends.next()??));
                let limits = Limits { least, greatest, negated: has(operator, Rule::k_not) };
                ExprKind::Between { value: base, limits }
            }
        };
        self.grown(kind, span, operand.depth + 1)
    }

    fn limit(&self, pair: &Pair<'_, Rule>) -> Option<Expr> {
        self.primary(&parts(pair).next()?).map(|node| node.expr)
    }

    pub(super) fn percent_of(&self, operator: &Pair<'_, Rule>, of: Box<Expr>) -> Option<ExprKind> {
        let share = self.quantity(&parts(operator).next()?)?;
        Some(ExprKind::Measure(Measure::PercentOf { share, of }))
    }

    pub(super) fn literal(&self, pair: &Pair<'_, Rule>) -> Option<Literal> {
        Some(match pair.as_rule() {
            Rule::truth => Literal::Truth(has(pair, Rule::k_true)),
            Rule::quoted => Literal::Text(self.quoted(pair)),
            _ => {
                let mut fields = pair.as_str().split('-');
                let (year, month, day) = (fields.next()?, fields.next()?, fields.next()?);
                Literal::Date(Date {
                    year: year.parse().ok()?,
                    month: month.parse().ok()?,
                    day: day.parse().ok()?,
                    span: self.span(pair),
                })
            }
        })
    }
}

/// `share of (A in B)` as it was read is `share of A in B`.
pub(super) fn share_of(operand: Box<Expr>) -> ExprKind {
    let measure = match operand.kind {
        ExprKind::Measure(Measure::In(part, whole)) => Measure::ShareOf { part, whole: Some(whole) },
        _ => Measure::ShareOf { part: operand, whole: None },
    };
    ExprKind::Measure(measure)
}

/// `x in A`.
pub(super) fn inside(left: Expr, right: Expr) -> ExprKind {
    let right = Box::new(right);
    ExprKind::Measure(match left.kind {
        ExprKind::Measure(Measure::Sounding { what, voice, within: None }) => {
            Measure::Sounding { what, voice, within: Some(right) }
        }
        _ => Measure::In(Box::new(left), right),
    })
}

pub(super) fn aggregate(operator: &Pair<'_, Rule>, of: Box<Expr>) -> Option<ExprKind> {
    let which = match operator.clone().into_inner().next()?.as_rule() {
        Rule::k_total => return Some(ExprKind::Measure(Measure::Total(of))),
        Rule::k_longest => return Some(ExprKind::Measure(Measure::Longest(of))),
        Rule::k_shortest => return Some(ExprKind::Measure(Measure::Shortest(of))),
        Rule::k_length => return Some(ExprKind::Measure(Measure::LengthOf(of))),
        Rule::k_mean => Aggregate::Mean,
        Rule::k_median => Aggregate::Median,
        Rule::k_p90 => Aggregate::P90,
        Rule::k_min => Aggregate::Min,
        _ => Aggregate::Max,
    };
    Some(ExprKind::Measure(Measure::Aggregate { which, of }))
}

/// What is measured of somebody's voice, and `speech activity of S`.
pub(super) fn voiced(pair: &Pair<'_, Rule>) -> Option<ExprKind> {
    let says = |word: Rule| has(pair, word);
    let role = parts(pair).next().and_then(|role| role_of(&role));
    if says(Rule::k_talk) {
        return Some(ExprKind::Measure(Measure::TalkShareOf(role?)));
    }
    if says(Rule::k_response) {
        return Some(ExprKind::Measure(Measure::ResponseTimeOf(role?)));
    }
    let voice = if says(Rule::k_both) { Voice::Both } else { Voice::Of(role?) };
    if says(Rule::k_activity) {
        return Some(ExprKind::SpeechActivityOf(voice));
    }
    let what = if says(Rule::k_speech) {
        Sounding::SpeechRate
    } else if says(Rule::k_level) {
        Sounding::Level
    } else {
        Sounding::Pitch
    };
    Some(ExprKind::Measure(Measure::Sounding { what, voice, within: None }))
}
