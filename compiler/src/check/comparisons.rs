//! Comparisons of values: both of one dimension, and in an order only where values have one.

use super::values::Valued;
use super::{Checker, Context, meant, messages};
use crate::checked::value::{Value, ValueKind};
use crate::checked::{Condition, ConditionKind};
use crate::plan::CountBounds;
use crate::plan::measure::{self, Constant};
use grille_evidence::value::Dimension;
use grille_grammar::ast::{Bound, Comparison, Expr, ExprKind, Limits};
use grille_grammar::source::Span;

impl Checker<'_> {
    /// `left operator right`.
    pub(crate) fn comparison(
        &mut self,
        operator: Comparison,
        left: &Expr,
        right: &Expr,
        span: Span,
        cx: &Context,
    ) -> Option<ConditionKind> {
        for side in [left, right] {
            if let ExprKind::Name(path) = &side.inside().kind
                && self.is_an_attribute(path, cx)
            {
                let what = format!("`{}` is an attribute of the call", path.text());
                let help = format!("write `call.{}`", path.text());
                self.report(messages::unlike_attribute(&what, &help, path.span));
                return None;
            }
        }
        if let Some(told) = self.compared_attribute(operator, (left, right), span, cx) {
            return told;
        }
        if let (ExprKind::CountOf(base), Some(bound)) = (&left.inside().kind, constant_of(right)) {
            return self.counted(&bound, operator, base, cx);
        }
        if let (Some(bound), ExprKind::CountOf(base)) = (constant_of(left), &right.inside().kind) {
            return self.counted(&bound, mirrored(operator), base, cx);
        }
        match (self.value(left, cx), self.value(right, cx)) {
            (Valued::One(left), Valued::One(right)) => self.compared(operator, left, right, span),
            (Valued::Wrong, _) | (_, Valued::Wrong) => None,
            (a, b) => {
                for (valued, side) in [(&a, left), (&b, right)] {
                    if let (Valued::None, ExprKind::Name(path)) = (valued, &side.inside().kind) {
                        self.resolve(path, cx)?;
                    }
                }
                let meant = match &b {
                    Valued::One(number) if is_number(number) => {
                        let happens = (left, self.words(left.span));
                        meant::instead(happens, operator, (number.dimension, self.words(right.span)))
                    }
                    _ => None,
                };
                self.report(messages::unlike_comparison(told(&a, left), told(&b, right), meant.as_deref(), span));
                None
            }
        }
    }

    /// `value between least and greatest`: both ends are inside.
    pub(crate) fn between(&mut self, value: &Expr, limits: &Limits, span: Span, cx: &Context) -> Option<ConditionKind> {
        let inside = match (&value.inside().kind, constant_of(&limits.least), constant_of(&limits.greatest)) {
            (ExprKind::CountOf(base), Some(least), Some(greatest)) => {
                let base = self.moments(base, cx);
                let (least, greatest) = (self.count(&least, cx), self.count(&greatest, cx));
                let bounds = CountBounds { least: least?, most: Some(greatest?), outside: limits.negated };
                return Some(ConditionKind::Count(base?, bounds));
            }
            _ => [(Comparison::GreaterOrEqual, &limits.least), (Comparison::LessOrEqual, &limits.greatest)]
                .into_iter()
                .map(|(operator, limit)| {
                    Some(Condition { kind: self.comparison(operator, value, limit, span, cx)?, span })
                })
                .collect::<Option<Vec<Condition>>>()?,
        };
        let inside = ConditionKind::And(inside);
        Some(if limits.negated { ConditionKind::Not(Box::new(Condition { kind: inside, span })) } else { inside })
    }

    /// A comparison of two values.
    pub(crate) fn compared(
        &mut self,
        operator: Comparison,
        left: Value,
        right: Value,
        span: Span,
    ) -> Option<ConditionKind> {
        if left.dimension != right.dimension {
            self.unlike(operator, &left, &right, span);
            return None;
        }
        self.whole_count(&left, &right)?;
        let operator = operator_of(operator);
        let by_order = !matches!(operator, measure::Comparison::Equal | measure::Comparison::NotEqual);
        if by_order && !left.dimension.is_ordered() {
            let mended = format!("{} is {}", self.words(left.span), self.words(right.span));
            self.report(messages::no_order(left.dimension.words(), operator.sign(), &mended, span));
            return None;
        }
        let constants = [&left, &right].into_iter().all(|v| matches!(v.kind, ValueKind::Constant(_)));
        if constants {
            self.report(messages::unlike_comparison(left.dimension.words(), right.dimension.words(), None, span));
            return None;
        }
        // One spelling: what the criterion gives stands on the right.
        let turned = matches!(left.kind, ValueKind::Constant(_));
        let (operator, left, right) = if turned { (operator.mirrored(), right, left) } else { (operator, left, right) };
        Some(ConditionKind::Compare(operator, Box::new(left), Box::new(right)))
    }

    /// A call counts in whole numbers: beside such a count stands one.
    fn whole_count(&mut self, left: &Value, right: &Value) -> Option<()> {
        for (one, other) in [(left, right), (right, left)] {
            if let (ValueKind::Attribute(_), ValueKind::Constant(Constant::Number(number))) = (&one.kind, &other.kind)
                && one.dimension == Dimension::Count
                && number.denominator != 1
            {
                let written = self.words(other.span).trim().to_owned();
                let help = "things are counted in whole numbers, for instance `2`";
                self.report(messages::wrong_unit(&written, "a whole number", help, other.span));
                return None;
            }
        }
        Some(())
    }

    /// Two dimensions: where one side is a number, the line is shown with the unit that it should have.
    fn unlike(&mut self, operator: Comparison, left: &Value, right: &Value, span: Span) {
        let sign = operator_of(operator).written();
        let (number, other) = match (is_number(left), is_number(right)) {
            (true, false) => (left, right),
            (false, true) => (right, left),
            _ => {
                let help = "both sides of a comparison are of one kind; nothing is turned into another kind";
                let finding = messages::two_dimensions(left.dimension.words(), right.dimension.words(), help, span);
                self.report(finding);
                return;
            }
        };
        let written = self.words(number.span).trim().to_owned();
        let digits: String =
            written.chars().take_while(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | '-' | '−')).collect();
        let example = with_unit(&digits, other.dimension);
        if number.dimension == Dimension::Count {
            self.report(messages::no_unit(&written, other.dimension.words(), &example, number.span));
            return;
        }
        let (before, after) = if number.span == left.span {
            (example.clone(), self.words(right.span).to_owned())
        } else {
            (self.words(left.span).to_owned(), example.clone())
        };
        let help = format!("write `{before} {sign} {after}`");
        let finding = messages::two_dimensions(left.dimension.words(), right.dimension.words(), &help, span);
        self.report(finding.fix(number.span, example, grille_grammar::diagnostic::FixSafety::Suggested));
    }
}

/// A literal or a name, where a constant is wanted.
fn constant_of(expr: &Expr) -> Option<Bound> {
    match &expr.inside().kind {
        ExprKind::Quantity(quantity) => Some(Bound::Literal(quantity.clone())),
        ExprKind::Name(path) => Some(Bound::Parameter(path.clone())),
        _ => None,
    }
}

fn is_number(value: &Value) -> bool {
    matches!(value.kind, ValueKind::Constant(Constant::Number(_))) && value.dimension != Dimension::Date
}

/// The digits with the unit of a dimension, as a person writes them; an example where digits will not do.
fn with_unit(digits: &str, dimension: Dimension) -> String {
    match dimension {
        Dimension::Duration => format!("{digits} s"),
        Dimension::Share => format!("{digits} %"),
        Dimension::Count => digits.to_owned(),
        Dimension::Level => format!("{digits} dBFS"),
        Dimension::LevelDifference => format!("{digits} dB"),
        Dimension::Frequency => format!("{digits} Hz"),
        Dimension::PitchDifference => format!("{digits} semitones"),
        Dimension::WordRate => format!("{digits} words/min"),
        Dimension::SyllableRate => format!("{digits} syllables/s"),
        Dimension::PerMinute => format!("{digits} per min"),
        Dimension::Text => format!("\"{digits}\""),
        Dimension::Date => "2026-07-01".to_owned(),
        Dimension::Boolean => "true".to_owned(),
    }
}

fn told(value: &Valued, expr: &Expr) -> &'static str {
    match (value, &expr.inside().kind) {
        (Valued::One(value), ExprKind::Quantity(_)) if value.dimension == Dimension::Count => "a number",
        (Valued::One(value), ExprKind::CountOf(_)) if value.dimension == Dimension::Count => "a count",
        (Valued::One(value), _) => value.dimension.words(),
        (_, kind) => kind_of(kind),
    }
}

/// Left and right exchanged.
pub(crate) fn mirrored(operator: Comparison) -> Comparison {
    match operator {
        Comparison::Less => Comparison::Greater,
        Comparison::LessOrEqual => Comparison::GreaterOrEqual,
        Comparison::Greater => Comparison::Less,
        Comparison::GreaterOrEqual => Comparison::LessOrEqual,
        same @ (Comparison::Equal | Comparison::NotEqual) => same,
    }
}

/// The plan's operator for a tree's.
pub(crate) fn operator_of(operator: Comparison) -> measure::Comparison {
    match operator {
        Comparison::Less => measure::Comparison::Less,
        Comparison::LessOrEqual => measure::Comparison::LessOrEqual,
        Comparison::Greater => measure::Comparison::Greater,
        Comparison::GreaterOrEqual => measure::Comparison::GreaterOrEqual,
        Comparison::Equal => measure::Comparison::Equal,
        Comparison::NotEqual => measure::Comparison::NotEqual,
    }
}

fn kind_of(kind: &ExprKind) -> &'static str {
    match kind {
        ExprKind::Any(_)
        | ExprKind::No(_)
        | ExprKind::Every { .. }
        | ExprKind::AtLeast { .. }
        | ExprKind::AtMost { .. }
        | ExprKind::OnlyAfter { .. }
        | ExprKind::Compare { .. }
        | ExprKind::Between { .. }
        | ExprKind::Not(_)
        | ExprKind::And(_) => "a condition",
        _ => "something that happens",
    }
}
