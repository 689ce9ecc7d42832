//! Does a call have what is asked of an attribute? Knows no moments.

use crate::plan::attribute::{Attribute, AttributeTest, WantedValue};
use grille_evidence::attribute::Reading;
use grille_evidence::facts::CallFacts;
use grille_evidence::truth::Truth;

/// What a call has for an attribute.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// This.
    Value(Reading),
    /// Something that is not of the declared type.
    Unfit,
    /// Nothing, though its source can give it.
    Missing,
    /// Nothing, and its source never does.
    NotCarried,
}

/// What the call has.
#[must_use]
pub fn find(attribute: &Attribute, facts: &CallFacts) -> Found {
    match facts.attributes.get(&attribute.name) {
        Some(value) => attribute.ty.read(value).map_or(Found::Unfit, Found::Value),
        None if facts.source.attributes.contains(&attribute.name) => Found::Missing,
        None => Found::NotCarried,
    }
}

/// Does the call have what is asked? Whether it is known can always be told, unless something unfit stands there.
#[must_use]
pub fn holds(attribute: &Attribute, test: &AttributeTest, facts: &CallFacts) -> Truth {
    let told = match (find(attribute, facts), &test.wanted) {
        (Found::Unfit, _) => Truth::CannotTell,
        (Found::Value(_), WantedValue::Known) => Truth::Yes,
        (_, WantedValue::Known) => Truth::No,
        (Found::Value(value), WantedValue::OneOf(wanted)) => Truth::of(wanted.contains(&value)),
        (Found::Value(Reading::Number(value)), WantedValue::Between(least, most)) => {
            Truth::of(least.is_none_or(|l| l <= value) && most.is_none_or(|m| value <= m))
        }
        (_, WantedValue::OneOf(_) | WantedValue::Between(..)) => Truth::CannotTell,
    };
    if test.negated { told.negate() } else { told }
}
