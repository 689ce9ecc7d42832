//! Expressions that stand for conditions. Moments where a condition is wanted read `any`.

use super::attributes::known_if;
use super::values::Valued;
use super::{Checker, Context, messages};
use crate::checked::{Condition, ConditionKind, Moments};
use crate::plan::CountBounds;
use grille_grammar::ast::{Bound, Comparison, Expr, ExprKind, Literal};
use grille_grammar::source::Span;

impl Checker<'_> {
    /// An expression where a condition is wanted.
    pub(crate) fn condition(&mut self, expr: &Expr, cx: &Context) -> Option<Condition> {
        self.deeper(expr.span, |checker| checker.condition_of(expr, cx))
    }

    fn condition_of(&mut self, expr: &Expr, cx: &Context) -> Option<Condition> {
        let kind = match &expr.kind {
            ExprKind::Paren(inner) => return self.condition(inner, cx),
            ExprKind::And(parts) => ConditionKind::And(self.conditions(parts, true, cx)?),
            ExprKind::Or(parts) => ConditionKind::Or(self.conditions(parts, false, cx)?),
            ExprKind::Attribute { name, test } => self.attribute_condition(name, test, expr.span, cx)?,
            ExprKind::Not(inner) => ConditionKind::Not(Box::new(self.condition(inner, cx)?)),
            ExprKind::Any(base) => ConditionKind::Any(self.moments(base, cx)?),
            ExprKind::No(base) => ConditionKind::No(self.moments(base, cx)?),
            ExprKind::Every { base, filter: Some(filter) } => {
                let base = self.moments(base, cx);
                let checked = self.filter(filter, base.as_ref(), cx);
                let (base, checked) = (base?, checked?);
                self.suits(&base, &checked, filter.span, cx.spoken)?;
                ConditionKind::Every(base, checked)
            }
            ExprKind::Every { base, filter: None } => {
                let words = self.words(base.span).to_owned();
                self.report(messages::every_without_is(&words, expr.span));
                return None;
            }
            ExprKind::AtLeast { count, base } => self.counted(count, Comparison::GreaterOrEqual, base, cx)?,
            ExprKind::AtMost { count, base } => self.counted(count, Comparison::LessOrEqual, base, cx)?,
            ExprKind::OnlyAfter { left, right } => {
                let (left, right) = (self.moments(left, cx), self.moments(right, cx));
                ConditionKind::OnlyAfter(left?, right?)
            }
            ExprKind::InOrder(members) => self.in_order(members, expr.span, cx)?,
            ExprKind::Compare { operator, left, right } => self.comparison(*operator, left, right, expr.span, cx)?,
            ExprKind::Between { value, limits } => self.between(value, limits, expr.span, cx)?,
            ExprKind::Measure(_) | ExprKind::Literal(_) => return self.no_condition(expr, cx),
            ExprKind::CountOf(_) => {
                let help = "compare it with a number: `count of (…) >= 2`";
                self.report(messages::wrong_type("a count", "a condition", help, expr.span));
                return None;
            }
            ExprKind::Quantity(_) => {
                let help = "a condition says whether something is so: `agent says \"bonjour\"`, `no overlap`, `count of (…) >= 2`";
                self.report(messages::wrong_type("a number", "a condition", help, expr.span));
                return None;
            }
            _ => ConditionKind::Any(self.moments(expr, cx)?),
        };
        Some(Condition { kind, span: expr.span })
    }

    /// A value where a condition is wanted.
    fn no_condition(&mut self, expr: &Expr, cx: &Context) -> Option<Condition> {
        if let Valued::One(value) = self.value(expr, cx) {
            let words = self.words(expr.span).to_owned();
            let (found, help) = match &expr.kind {
                ExprKind::Literal(Literal::Text(_)) => ("a text", format!("say who says it: `agent says {words}`")),
                _ => (value.dimension.words(), format!("compare it: `{words} <= …`")),
            };
            self.report(messages::wrong_type(found, "a condition", &help, expr.span));
        }
        None
    }

    /// Parts of an `and` (or, if not `all`, of an `or`): each is asked where the others hold (do not hold).
    fn conditions(&mut self, parts: &[Expr], all: bool, cx: &Context) -> Option<Vec<Condition>> {
        let mut inside = cx.clone();
        inside.known.extend(parts.iter().flat_map(|part| known_if(part, all)));
        let cx = &inside;
        let checked: Vec<Option<Condition>> = parts.iter().map(|p| self.condition(p, cx)).collect();
        checked.into_iter().collect()
    }

    fn in_order(&mut self, members: &[Expr], span: Span, cx: &Context) -> Option<ConditionKind> {
        let checked: Vec<Option<Moments>> = members.iter().map(|m| self.moments(m, cx)).collect();
        if let [only] = members {
            let words = self.words(only.span).to_owned();
            self.report(messages::order_of_one(&words, span));
            return None;
        }
        checked.into_iter().collect::<Option<_>>().map(ConditionKind::InOrder)
    }

    /// A number of moments inside a bound.
    pub(crate) fn counted(
        &mut self,
        count: &Bound,
        operator: Comparison,
        base: &Expr,
        cx: &Context,
    ) -> Option<ConditionKind> {
        let base_checked = self.moments(base, cx);
        let count_checked = self.count(count, cx);
        let (base, n) = (base_checked?, count_checked?);
        Some(ConditionKind::Count(base, self.bounds(operator, n, count.span())?))
    }

    fn bounds(&mut self, operator: Comparison, n: u32, span: Span) -> Option<CountBounds> {
        let inside = |least, most| Some(CountBounds { least, most, outside: false });
        match operator {
            Comparison::GreaterOrEqual => inside(n, None),
            Comparison::Greater => inside(n.saturating_add(1), None),
            Comparison::LessOrEqual => inside(0, Some(n)),
            Comparison::Less if n == 0 => {
                let help = "write `no …`, or a greater number";
                self.report(messages::empty_window("nothing happens fewer than 0 times", help, span));
                None
            }
            Comparison::Less => inside(0, Some(n - 1)),
            Comparison::Equal => inside(n, Some(n)),
            Comparison::NotEqual => Some(CountBounds { least: n, most: Some(n), outside: true }),
        }
    }
}
