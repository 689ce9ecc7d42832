//! Derivations of what was asked of attributes: what the call has, and how far from the edge. Free texts stay in the call.

use super::Explainer;
use crate::algebra::attribute::{Found, find};
use crate::plan::attribute::{Attribute, AttributeId, AttributeTest, WantedValue};
use grille_evidence::attribute::{AttributeType, Reading};
use grille_evidence::date::Date;
use grille_evidence::executable::Defect;
use grille_evidence::trace::{Amount, AmountUnit, AttributeSeen, Node, Observed, Reason, ReasonCode};
use grille_evidence::truth::Truth;

impl Explainer<'_> {
    /// What the call has, and why it does not do.
    pub(crate) fn attribute(&self, id: AttributeId, test: &AttributeTest, node: &mut Node) -> Result<(), Defect> {
        let attribute = self.plan.attributes.get(id.0 as usize);
        let attribute = attribute.ok_or_else(|| Defect(format!("no attribute a{}", id.0)))?;
        let found = find(attribute, self.facts);
        let seen = match &found {
            Found::Value(value) => seen(attribute, value),
            _ => None,
        };
        node.observed = Some(Observed::Attribute { name: attribute.name.clone(), value: seen });
        let (code, by) = match (&found, &test.wanted) {
            (Found::Unfit, _) => (ReasonCode::Unfit, None),
            (Found::Missing, _) => (ReasonCode::Missing, None),
            (Found::NotCarried, _) => (ReasonCode::NotCarried, None),
            (Found::Value(_), WantedValue::Known) => return Ok(()),
            (Found::Value(Reading::Number(value)), WantedValue::Between(least, most)) => {
                let inside = least.map(|l| value - l).into_iter().chain(most.map(|m| m - value)).min();
                let inside = inside.filter(|_| !test.negated);
                node.margin = inside.filter(|by| *by >= 0).map(|by| amount(attribute, by));
                let below = least.is_some_and(|l| *value < l);
                match inside.filter(|by| *by < 0) {
                    Some(by) => (off(attribute, below), Some(amount(attribute, -by))),
                    None => (ReasonCode::Differs, None),
                }
            }
            (Found::Value(_), _) => (ReasonCode::Differs, None),
        };
        if node.value != Truth::Yes {
            let about = Some(format!("call.{}", attribute.name));
            node.reasons.push(Reason { code, about, by, matched: None, evidence: None });
        }
        Ok(())
    }
}

fn unit(attribute: &Attribute) -> AmountUnit {
    match attribute.ty {
        AttributeType::Duration => AmountUnit::Milliseconds,
        AttributeType::Share => AmountUnit::MilliPercent,
        AttributeType::Date => AmountUnit::Days,
        _ => AmountUnit::Count,
    }
}

fn amount(attribute: &Attribute, value: i64) -> Amount {
    Amount { value, unit: unit(attribute) }
}

/// The word for a value below or above what is asked.
fn off(attribute: &Attribute, below: bool) -> ReasonCode {
    match (&attribute.ty, below) {
        (AttributeType::Date, true) => ReasonCode::Early,
        (AttributeType::Date, false) => ReasonCode::Late,
        (AttributeType::Duration, true) => ReasonCode::TooShort,
        (AttributeType::Duration, false) => ReasonCode::TooLong,
        (_, true) => ReasonCode::TooFew,
        (_, false) => ReasonCode::TooMany,
    }
}

fn seen(attribute: &Attribute, value: &Reading) -> Option<AttributeSeen> {
    Some(match (value, &attribute.ty) {
        (Reading::Boolean(value), _) => AttributeSeen::Boolean(*value),
        (Reading::Number(days), AttributeType::Date) => AttributeSeen::Date(Date::from_days(*days)?.to_string()),
        (Reading::Number(value), _) => AttributeSeen::Amount(amount(attribute, *value)),
        (Reading::OneOf(place), AttributeType::OneOf(names)) => AttributeSeen::OneOf(names.get(*place)?.clone()),
        (Reading::Text(_) | Reading::OneOf(_), _) => AttributeSeen::Text,
    })
}
