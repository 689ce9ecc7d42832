//! What a call gives for an attribute: as a value beside others, and whether it is what is asked. Knows no moments.

use crate::plan::attribute::{Attribute, AttributeTest, WantedValue};
use grille_evidence::attribute::{AttributeType, Reading};
use grille_evidence::facts::CallFacts;
use grille_evidence::rational::Rational;
use grille_evidence::trace::ReasonCode;
use grille_evidence::truth::Truth;
use grille_evidence::value::{Range, Value};

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

/// The value that the call gives: a number of its dimension, a text, a truth.
#[must_use]
pub fn value(attribute: &Attribute, facts: &CallFacts) -> Value {
    let number = |number| Value::Number(Range::exactly(number));
    match find(attribute, facts) {
        Found::Value(Reading::Number(thousandths)) if attribute.ty == AttributeType::Share => {
            Rational::of(i128::from(thousandths), 100_000).map_or(Value::Untold(ReasonCode::Unfit), number)
        }
        Found::Value(Reading::Number(whole)) => number(Rational::whole(whole)),
        Found::Value(Reading::Boolean(told)) => Value::Truth(told),
        Found::Value(Reading::Text(text)) => Value::Text(text),
        Found::Value(Reading::OneOf(place)) => match &attribute.ty {
            AttributeType::OneOf(names) => {
                names.get(place).map_or(Value::Untold(ReasonCode::Unfit), |name| Value::Text(name.clone()))
            }
            _ => Value::Untold(ReasonCode::Unfit),
        },
        Found::Unfit => Value::Untold(ReasonCode::Unfit),
        Found::Missing => Value::Untold(ReasonCode::Missing),
        Found::NotCarried => Value::Untold(ReasonCode::NotCarried),
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
        (_, WantedValue::OneOf(_)) => Truth::CannotTell,
    };
    if test.negated { told.negate() } else { told }
}
