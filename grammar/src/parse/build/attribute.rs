//! Attributes: declared, asked and given.

use super::super::grammar::Rule;
use super::{Builder, has, parts};
use crate::ast::{
    AttributeTest, Attributes, CallLineKind, Comparison, DeclaredAttribute, DeclaredType, EventDef, Expr, ExprKind,
};
use crate::ast::{FieldTest, FieldValue, Ident, Written};
use pest::iterators::Pair;

impl Builder<'_> {
    pub(super) fn attributes(&self, pair: &Pair<'_, Rule>) -> Option<Attributes> {
        let lines = parts(pair).filter(|part| part.as_rule() == Rule::declared);
        let declared = lines.map(|line| self.declared(&line)).collect::<Option<_>>()?;
        Some(Attributes { declared, span: self.span(pair) })
    }

    pub(super) fn event_def(&self, pair: &Pair<'_, Rule>) -> Option<EventDef> {
        let mut inner = parts(pair);
        let name = self.ident(&inner.next()?);
        let lines = inner.filter(|part| part.as_rule() == Rule::declared);
        let fields = lines.map(|line| self.declared(&line)).collect::<Option<_>>()?;
        Some(EventDef { name, fields, span: self.span(pair) })
    }

    /// What a field must be, behind its name.
    pub(super) fn field_test(&self, pair: &Pair<'_, Rule>) -> Option<FieldTest> {
        let mut inner = parts(pair).skip(1);
        let Some(value) = inner.next() else { return Some(FieldTest::Given) };
        for (keyword, operator) in [(Rule::k_before, Comparison::Less), (Rule::k_after, Comparison::Greater)] {
            if has(pair, keyword) {
                return Some(FieldTest::Order(operator, self.written(&value)?));
            }
        }
        Some(match value.as_rule() {
            Rule::order => FieldTest::Order(order_of(value.as_str()), self.written(&inner.next()?)?),
            Rule::one_of => FieldTest::Is(self.all_written(&value)?),
            _ => FieldTest::Is(vec![self.written(&value)?]),
        })
    }

    fn declared(&self, pair: &Pair<'_, Rule>) -> Option<DeclaredAttribute> {
        let mut inner = parts(pair);
        let name = self.ident(&inner.next()?);
        let ty = inner.next()?;
        let ty = match ty.as_rule() {
            Rule::one_of => DeclaredType::OneOf(self.all_written(&ty)?),
            _ => DeclaredType::Named(self.ident(&ty)),
        };
        let optional = inner.any(|part| part.as_rule() == Rule::optional);
        Some(DeclaredAttribute { name, ty, optional, span: self.span(pair) })
    }

    /// `call.wait`, `call.queue is support`, `call.opened before call.closed` as an expression.
    pub(super) fn attribute(&self, pair: &Pair<'_, Rule>) -> Option<ExprKind> {
        let mut inner = parts(pair);
        let first = inner.next()?;
        let name = self.call_name(&first)?;
        let Some(test) = inner.next() else { return Some(ExprKind::Attribute { name, test: AttributeTest::Bare }) };
        for (keyword, operator) in [(Rule::k_before, Comparison::Less), (Rule::k_after, Comparison::Greater)] {
            if has(&test, keyword) {
                let kind = ExprKind::Attribute { name, test: AttributeTest::Bare };
                let left = Box::new(Expr { kind, span: self.span(&first) });
                let right = Box::new(self.primary(&parts(&test).next()?)?.expr);
                return Some(ExprKind::Compare { operator, left, right });
            }
        }
        Some(ExprKind::Attribute { name, test: self.attribute_test(&test)? })
    }

    /// The name behind `call.`.
    pub(super) fn call_name(&self, pair: &Pair<'_, Rule>) -> Option<Ident> {
        parts(pair).next().map(|name| self.ident(&name))
    }

    fn attribute_test(&self, pair: &Pair<'_, Rule>) -> Option<AttributeTest> {
        let negated = has(pair, Rule::k_not);
        if has(pair, Rule::k_known) {
            return Some(AttributeTest::Known { negated });
        }
        let first = parts(pair).next()?;
        let values = match first.as_rule() {
            Rule::one_of => self.all_written(&first)?,
            _ => vec![self.written(&first)?],
        };
        Some(AttributeTest::Is { values, negated })
    }

    fn all_written(&self, pair: &Pair<'_, Rule>) -> Option<Vec<Written>> {
        parts(pair).map(|one| self.written(&one)).collect()
    }

    pub(super) fn written(&self, pair: &Pair<'_, Rule>) -> Option<Written> {
        let wraps = matches!(pair.as_rule(), Rule::written | Rule::field_value);
        let inner = if wraps { parts(pair).next()? } else { pair.clone() };
        let value = |text: String| FieldValue { text, span: self.span(&inner) };
        Some(match inner.as_rule() {
            Rule::quoted => Written::Text(value(self.quoted(&inner).text)),
            Rule::date => Written::Day(value(inner.as_str().to_owned())),
            Rule::quantity => Written::Quantity(self.quantity(&inner)?),
            _ => Written::Word(value(self.ident(&inner).text)),
        })
    }

    /// `call.queue is support`, `call.vip`, `not call.vip` as a line of a test's call.
    pub(super) fn attribute_line(&self, pair: &Pair<'_, Rule>) -> Option<CallLineKind> {
        let mut inner = parts(pair);
        let name = self.call_name(&inner.next()?)?;
        let value = match inner.next() {
            Some(value) => Some(self.written(&value)?),
            None => None,
        };
        Some(CallLineKind::Attribute { name, value, negated: has(pair, Rule::k_not) })
    }
}

fn order_of(sign: &str) -> Comparison {
    match sign {
        "<" => Comparison::Less,
        "<=" | "≤" => Comparison::LessOrEqual,
        ">" => Comparison::Greater,
        _ => Comparison::GreaterOrEqual,
    }
}
