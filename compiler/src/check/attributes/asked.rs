//! What is asked of attributes: tests of their own, and values beside others. One that may be unknown is asked only where
//! it is known to be there. Knows nothing of how they are declared.

use super::super::names::nearest;
use super::super::{Checker, Context, messages};
use super::{Shown, text_as_written};
use crate::checked::ConditionKind;
use crate::checked::labels::Labels;
use crate::checked::value::{Value, ValueKind};
use crate::plan::attribute::{Attribute, AttributeId, AttributeTest, WantedValue};
use grille_evidence::attribute::{AttributeType, AttributeValue, Reading, plain};
use grille_grammar::ast::{self, Bound, Comparison, Expr, ExprKind, FieldValue, Ident, Literal, Measure, Written};
use grille_grammar::source::Span;
use std::collections::BTreeSet;

impl Checker<'_> {
    /// `call.queue is support` and the like, as a condition.
    pub(crate) fn attribute_condition(
        &mut self,
        name: &Ident,
        test: &ast::AttributeTest,
        span: Span,
        cx: &Context,
    ) -> Option<ConditionKind> {
        let (id, attribute) = self.asked_attribute(name, cx)?;
        let asks_if_known = matches!(test, ast::AttributeTest::Known { .. });
        if asks_if_known && !attribute.optional {
            self.report(messages::always_known(&name.text, span));
            return None;
        }
        if !asks_if_known {
            self.guarded(name, &attribute, span, cx)?;
        }
        let (wanted, negated) = match test {
            ast::AttributeTest::Known { negated } => (WantedValue::Known, *negated),
            ast::AttributeTest::Bare if attribute.ty == AttributeType::Boolean => {
                (WantedValue::OneOf(vec![Reading::Boolean(true)]), false)
            }
            ast::AttributeTest::Bare => {
                let what = format!("`call.{}` is {}, and a condition is wanted here", name.text, attribute.ty.words());
                self.report(messages::unlike_attribute(&what, &Shown::of(&attribute).example(), span));
                return None;
            }
            ast::AttributeTest::Is { values, negated } => match values.as_slice() {
                [Written::Word(word)] if is_number(&attribute.ty) => {
                    let kind = ExprKind::Attribute { name: name.clone(), test: ast::AttributeTest::Bare };
                    let left = Expr { kind, span: name.span };
                    let right = Expr { kind: ExprKind::Name(path_of(word)), span: word.span };
                    let operator = if *negated { Comparison::NotEqual } else { Comparison::Equal };
                    return self.comparison(operator, &left, &right, span, cx);
                }
                _ => (self.one_of(&attribute, values, span, cx)?, *negated),
            },
        };
        Some(ConditionKind::Attribute(id, AttributeTest { wanted, negated }))
    }

    /// The value that a call gives.
    pub(crate) fn attribute_value(&mut self, name: &Ident, span: Span, cx: &Context) -> Option<Value> {
        let (id, attribute) = self.asked_attribute(name, cx)?;
        Some(Value {
            kind: ValueKind::Attribute(id),
            dimension: attribute.ty.dimension(),
            // A system gives it: it is drawn from nobody's words or voice.
            labels: Labels::NONE,
            span,
        })
    }

    fn asked_attribute(&mut self, name: &Ident, cx: &Context) -> Option<(AttributeId, Attribute)> {
        let (module, index) = self.attribute_named(name, cx.module)?;
        self.used_attributes.insert((module, name.text.clone()));
        let attribute = self.program.attributes.get(index)?.clone();
        Some((AttributeId(u32::try_from(index).unwrap_or(u32::MAX)), attribute))
    }

    /// Is an attribute that may be unknown known here?
    fn guarded(&mut self, name: &Ident, attribute: &Attribute, span: Span, cx: &Context) -> Option<()> {
        if attribute.optional && !cx.known.contains(&name.text) {
            self.report(messages::unguarded(&name.text, self.words(span), span));
            return None;
        }
        Some(())
    }

    /// A comparison in which an attribute stands by itself on one side: texts, lists and truths are asked by tests of their
    /// own, all others are values like any. None: it is one of those.
    pub(crate) fn compared_attribute(
        &mut self,
        operator: Comparison,
        (left, right): (&Expr, &Expr),
        span: Span,
        cx: &Context,
    ) -> Option<Option<ConditionKind>> {
        for side in [left, right] {
            if let Some(name) = inside(side) {
                let Some((_, attribute)) = self.asked_attribute(name, cx) else { return Some(None) };
                if self.guarded(name, &attribute, span, cx).is_none() {
                    return Some(None);
                }
            }
        }
        let (name, other) = match (bare(left), bare(right)) {
            (Some(name), None) => (name, right),
            (None, Some(name)) => (name, left),
            _ => return None,
        };
        let Some((_, attribute)) = self.asked_attribute(name, cx) else { return Some(None) };
        if is_number(&attribute.ty) {
            return None;
        }
        let negated = match operator {
            Comparison::Equal => false,
            Comparison::NotEqual => true,
            _ => {
                let what = format!("`call.{}` is {}, and has no order", attribute.name, attribute.ty.words());
                self.report(messages::unlike_attribute(&what, &Shown::of(&attribute).example(), span));
                return Some(None);
            }
        };
        let Some(value) = written(other) else {
            let what = format!("`call.{}` is {}", attribute.name, attribute.ty.words());
            self.report(messages::unlike_attribute(&what, &Shown::of(&attribute).example(), span));
            return Some(None);
        };
        Some(self.attribute_condition(name, &ast::AttributeTest::Is { values: vec![value], negated }, span, cx))
    }

    /// Is an attribute meant by a name that nothing else has here?
    pub(crate) fn is_an_attribute(&self, path: &ast::Path, cx: &Context) -> bool {
        let declared = self.attributes.get(cx.module).is_some_and(|scope| scope.contains_key(&path.text()));
        declared
            && !cx.parameters.contains_key(&path.text())
            && self.scopes.resolve(self.modules, cx.module, path).is_err()
    }

    fn one_of(&mut self, attribute: &Attribute, values: &[Written], span: Span, cx: &Context) -> Option<WantedValue> {
        if attribute.ty == AttributeType::Boolean {
            let what = format!("`call.{}` is true or false by itself", attribute.name);
            self.report(messages::unlike_attribute(&what, &Shown::of(attribute).example(), span));
            return None;
        }
        let readings: Vec<Option<Reading>> =
            values.iter().map(|v| self.reading(&Shown::of(attribute), v, cx)).collect();
        Some(WantedValue::OneOf(readings.into_iter().collect::<Option<_>>()?))
    }

    /// A written value as the type of what is asked.
    pub(crate) fn reading(&mut self, asked: &Shown<'_>, value: &Written, cx: &Context) -> Option<Reading> {
        if let (
            Written::Quantity(_) | Written::Word(_),
            AttributeType::Duration | AttributeType::Count | AttributeType::Share,
        ) = (value, asked.ty)
        {
            return self.amount(asked.ty, value, cx).map(Reading::Number);
        }
        let given = self.given(asked, value)?;
        let reading = asked.ty.read(&given);
        if reading.is_none() {
            self.misfit(asked, value);
        }
        reading
    }

    fn amount(&mut self, ty: &AttributeType, value: &Written, cx: &Context) -> Option<i64> {
        let bound = match value {
            Written::Quantity(quantity) => Bound::Literal(quantity.clone()),
            other => Bound::Parameter(path_of(&FieldValue { text: text_as_written(other), span: other.span() })),
        };
        match ty {
            AttributeType::Duration => self.duration(&bound, cx).map(i64::from),
            AttributeType::Count => self.count(&bound, cx).map(i64::from),
            _ => {
                let quantity = self.constant(&bound, cx)?;
                if quantity.unit != ast::Unit::Percent {
                    self.unfit_unit(&quantity, "a share", "write it in per cent, for instance `50 %`");
                    return None;
                }
                Some(quantity.thousandths)
            }
        }
    }

    /// A written value as a call file would give it.
    fn given(&mut self, asked: &Shown<'_>, value: &Written) -> Option<AttributeValue> {
        match (value, asked.ty) {
            (Written::Text(text) | Written::Word(text), AttributeType::Text | AttributeType::OneOf(_)) => {
                self.guard_mood(&text.text, text.span)?;
                Some(AttributeValue::Text(text.text.clone()))
            }
            (Written::Day(text), AttributeType::Date) => Some(AttributeValue::Text(text.text.clone())),
            _ => {
                self.misfit(asked, value);
                None
            }
        }
    }

    fn misfit(&mut self, asked: &Shown<'_>, value: &Written) {
        let text = text_as_written(value);
        let finding = match asked.ty {
            AttributeType::OneOf(names) => {
                let help = format!("`{}` is one of `{}`", asked.text, names.join("`, `"));
                let near = nearest(&plain(&text), names.iter().map(String::as_str));
                messages::unknown_choice(&text, near, &help, value.span())
            }
            AttributeType::Date => {
                let help = "write a day that there is as year, month and day: `2026-07-14`";
                messages::unknown_choice(&text, None, help, value.span())
            }
            _ => {
                let what = format!("`{}` is {}", asked.text, asked.ty.words());
                messages::unlike_attribute(&what, &asked.example(), value.span())
            }
        };
        self.report(finding);
    }
}

/// The attributes that are known wherever the condition is so (or, if `so` is false, is not so).
pub(crate) fn known_if(expr: &Expr, so: bool) -> BTreeSet<String> {
    match (&expr.kind, so) {
        (ExprKind::Paren(inner), _) => known_if(inner, so),
        (ExprKind::Not(inner), _) => known_if(inner, !so),
        (ExprKind::And(parts), true) | (ExprKind::Or(parts), false) => {
            parts.iter().flat_map(|part| known_if(part, so)).collect()
        }
        (ExprKind::Attribute { name, test: ast::AttributeTest::Known { negated } }, _) if *negated != so => {
            BTreeSet::from([name.text.clone()])
        }
        _ => BTreeSet::new(),
    }
}

/// Has the type an order, so that its values stand beside measures?
fn is_number(ty: &AttributeType) -> bool {
    ty.dimension().is_ordered()
}

/// The attribute that an expression is, and nothing else.
fn bare(expr: &Expr) -> Option<&Ident> {
    match &expr.inside().kind {
        ExprKind::Attribute { name, test: ast::AttributeTest::Bare } => Some(name),
        _ => None,
    }
}

/// The attribute that a value is made of.
fn inside(expr: &Expr) -> Option<&Ident> {
    match &expr.inside().kind {
        ExprKind::Measure(Measure::PercentOf { of, .. } | Measure::PerMinute(of) | Measure::RelativeToBaseline(of)) => {
            inside(of)
        }
        _ => bare(expr),
    }
}

/// What a test of a text or a list can be beside.
fn written(expr: &Expr) -> Option<Written> {
    match &expr.inside().kind {
        ExprKind::Literal(Literal::Text(text)) => {
            Some(Written::Text(FieldValue { text: text.text.clone(), span: text.span }))
        }
        ExprKind::Literal(Literal::Truth(value)) => {
            Some(Written::Word(FieldValue { text: value.to_string(), span: expr.span }))
        }
        ExprKind::Name(path) => Some(Written::Word(FieldValue { text: path.text(), span: path.span })),
        _ => None,
    }
}

fn path_of(word: &FieldValue) -> ast::Path {
    let name = Ident { text: word.text.clone(), span: word.span };
    ast::Path { span: word.span, segments: vec![name] }
}
