//! Derivations of what was asked of attributes: what the call has, and why it does not do. Free texts stay in the call.

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
        let found = find(self.attribute_of(id)?, self.facts);
        node.observed = Some(self.attribute_seen(id)?);
        let code = match (&found, &test.wanted) {
            (Found::Unfit, _) => ReasonCode::Unfit,
            (Found::Missing, _) => ReasonCode::Missing,
            (Found::NotCarried, _) => ReasonCode::NotCarried,
            (Found::Value(_), WantedValue::Known) => return Ok(()),
            (Found::Value(_), WantedValue::OneOf(_)) => ReasonCode::Differs,
        };
        if node.value != Truth::Yes {
            let about = Some(self.attribute_name(id)?);
            node.reasons.push(Reason { code, about, by: None, matched: None, evidence: None, hidden: None });
        }
        Ok(())
    }

    fn attribute_of(&self, id: AttributeId) -> Result<&Attribute, Defect> {
        self.plan.attributes.get(id.0 as usize).ok_or_else(|| Defect(format!("no attribute a{}", id.0)))
    }

    /// What the call has.
    pub(crate) fn attribute_seen(&self, id: AttributeId) -> Result<Observed, Defect> {
        let attribute = self.attribute_of(id)?;
        let value = match find(attribute, self.facts) {
            Found::Value(value) => seen(attribute, &value),
            _ => None,
        };
        Ok(Observed::Attribute { name: attribute.name.clone(), value })
    }

    /// As criteria write it: `call.wait`.
    pub(crate) fn attribute_name(&self, id: AttributeId) -> Result<String, Defect> {
        Ok(format!("call.{}", self.attribute_of(id)?.name))
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

fn seen(attribute: &Attribute, value: &Reading) -> Option<AttributeSeen> {
    Some(match (value, &attribute.ty) {
        (Reading::Boolean(value), _) => AttributeSeen::Boolean(*value),
        (Reading::Number(days), AttributeType::Date) => AttributeSeen::Date(Date::from_days(*days)?.to_string()),
        (Reading::Number(value), _) => AttributeSeen::Amount(amount(attribute, *value)),
        (Reading::OneOf(place), AttributeType::OneOf(names)) => AttributeSeen::OneOf(names.get(*place)?.clone()),
        (Reading::Text(_) | Reading::OneOf(_), _) => AttributeSeen::Text,
    })
}
