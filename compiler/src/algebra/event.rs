//! Does an event say of itself what is asked? Knows nothing of time.

use crate::plan::event::{FieldName, FieldTest, Wanted};
use grille_evidence::attribute::{AttributeType, Reading};
use grille_evidence::event::EventField;
use grille_evidence::facts::{CallFacts, EventFacts};
use grille_evidence::moment::Moment;
use grille_evidence::truth::Truth;

/// Does the event behind a moment pass? What it does not say cannot be told; that it says nothing can, where the source
/// would show it.
#[must_use]
pub fn passes(test: &FieldTest, moment: &Moment, facts: &CallFacts) -> Truth {
    let Some(event) = facts.event(moment) else { return Truth::CannotTell };
    let told = match (&test.wanted, &test.field) {
        (Wanted::Given, field) if given(event, field) => Truth::Yes,
        (Wanted::Given, field) if carried(field, moment, facts) => Truth::No,
        (Wanted::Given, _) => Truth::CannotTell,
        (Wanted::Role(role), _) => {
            let by = event.by.and_then(|by| facts.speakers.get(by as usize)).and_then(|speaker| speaker.role);
            by.map_or(Truth::CannotTell, |by| Truth::of(by == *role))
        }
        (Wanted::Kind(kind), _) => event.kind.map_or(Truth::CannotTell, |given| Truth::of(given == *kind)),
        (Wanted::Text(text), field) => {
            let found = match field {
                FieldName::Known(EventField::To) => event.to.as_ref(),
                FieldName::Known(EventField::Digits) => event.digits.as_ref(),
                _ => event.reason.as_ref(),
            };
            found.map_or(Truth::CannotTell, |found| Truth::of(found == text))
        }
        (Wanted::OneOf(wanted), FieldName::Own(name, ty)) => {
            reading(event, name, ty).map_or(Truth::CannotTell, |found| Truth::of(wanted.contains(&found)))
        }
        (Wanted::Between(least, most), FieldName::Own(name, ty)) => match reading(event, name, ty) {
            Some(Reading::Number(found)) => {
                Truth::of(least.is_none_or(|l| l <= found) && most.is_none_or(|m| found <= m))
            }
            _ => Truth::CannotTell,
        },
        (Wanted::OneOf(_) | Wanted::Between(..), FieldName::Known(_)) => Truth::CannotTell,
    };
    if test.negated { told.negate() } else { told }
}

/// What an event of a declared kind has in a field; none where it has nothing that fits the type.
#[must_use]
pub fn reading(event: &EventFacts, field: &str, ty: &AttributeType) -> Option<Reading> {
    ty.read(event.own.get(field)?)
}

/// Would the source show this field of the event behind a moment?
#[must_use]
pub fn carried(field: &FieldName, moment: &Moment, facts: &CallFacts) -> bool {
    match field {
        FieldName::Known(field) => moment.origin.as_event().is_some_and(|kind| facts.carries_field(kind, *field)),
        FieldName::Own(name, _) => moment.origin.as_own_event().is_some_and(|kind| facts.carries_own_field(kind, name)),
    }
}

/// Is something given there?
#[must_use]
pub fn given(event: &EventFacts, field: &FieldName) -> bool {
    match field {
        FieldName::Known(EventField::By) => event.by.is_some(),
        FieldName::Known(EventField::To) => event.to.is_some(),
        FieldName::Known(EventField::Kind) => event.kind.is_some(),
        FieldName::Known(EventField::Digits) => event.digits.is_some(),
        FieldName::Known(EventField::Reason) => event.reason.is_some(),
        FieldName::Own(name, _) => event.own.contains_key(name),
    }
}
