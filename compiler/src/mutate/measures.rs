//! Measures and the limits they are held against, changed. Every kind of measure is named.

use super::ideas;
use super::walk::Walk;
use grille_grammar::ast::{Aggregate, Expr, Limits, Literal, Measure, Role, Voice};
use grille_grammar::source::Span;

impl Walk<'_> {
    pub(super) fn measure(&mut self, measure: &mut Measure, place: Span) {
        match measure {
            Measure::Total(of)
            | Measure::Longest(of)
            | Measure::Shortest(of)
            | Measure::LengthOf(of)
            | Measure::PerMinute(of)
            | Measure::RelativeToBaseline(of) => self.expr(of),
            Measure::ResponseTimeOf(role) | Measure::TalkShareOf(role) => self.role(role, place),
            Measure::Aggregate { which, of } => {
                self.aggregate(which, place);
                self.expr(of);
            }
            Measure::ShareOf { part, whole } => {
                self.expr(part);
                self.optional_expr(whole.as_deref_mut());
            }
            Measure::Sounding { what: _, voice, within } => {
                self.voice(voice, place);
                self.optional_expr(within.as_deref_mut());
            }
            Measure::PercentOf { share, of } => {
                self.quantity(share, ideas::SHARE);
                self.expr(of);
            }
            Measure::In(of, within) => {
                self.expr(of);
                self.expr(within);
            }
        }
    }

    /// A text, a truth value, a date: what a call says of itself.
    pub(super) fn literal(&mut self, literal: &mut Literal, place: Span) {
        match literal {
            Literal::Truth(value) => {
                let (was, now) = if *value { ("true", "false") } else { ("false", "true") };
                if self.alone(place, was, now, ideas::CONDITION) {
                    *value = !*value;
                }
            }
            Literal::Text(_) | Literal::Date(_) => {}
        }
    }

    fn optional_expr(&mut self, expr: Option<&mut Expr>) {
        if let Some(expr) = expr {
            self.expr(expr);
        }
    }

    fn voice(&mut self, voice: &mut Voice, place: Span) {
        let other = match voice {
            Voice::Of(Role::Customer) | Voice::Both => Voice::Of(Role::Agent),
            Voice::Of(_) => Voice::Of(Role::Customer),
        };
        if self.alone(place, voice.keyword(), other.keyword(), ideas::ROLE) {
            *voice = other;
        }
    }

    fn aggregate(&mut self, which: &mut Aggregate, place: Span) {
        let other = match which {
            Aggregate::Mean => Aggregate::Median,
            Aggregate::Median | Aggregate::P90 | Aggregate::Min => Aggregate::Max,
            Aggregate::Max => Aggregate::Min,
        };
        if self.alone(place, which.keyword(), other.keyword(), ideas::ORDER) {
            *which = other;
        }
    }

    /// Both ends of `between`, and inside or outside.
    pub(super) fn limits(&mut self, limits: &mut Limits, place: Span) {
        let Limits { least, greatest, negated } = limits;
        self.expr(least);
        self.expr(greatest);
        let (was, now) = if *negated { ("is not between", "between") } else { ("between", "is not between") };
        if self.alone(place, was, now, ideas::CONDITION) {
            *negated = !*negated;
        }
    }
}
