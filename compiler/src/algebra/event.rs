//! Does an event say of itself what is asked? Knows nothing of time.

use crate::plan::event::{FieldTest, Wanted};
use grille_evidence::event::EventField;
use grille_evidence::facts::{CallFacts, EventFacts};
use grille_evidence::moment::Moment;
use grille_evidence::truth::Truth;

/// Does the event behind a moment pass? What it does not say cannot be told; that it says nothing can, where the source
/// would show it.
#[must_use]
pub fn passes(test: &FieldTest, moment: &Moment, facts: &CallFacts) -> Truth {
    let Some(event) = facts.event(moment) else { return Truth::CannotTell };
    let told = match &test.wanted {
        Wanted::Given if given(event, test.field) => Truth::Yes,
        Wanted::Given if carried(test.field, moment, facts) => Truth::No,
        Wanted::Given => Truth::CannotTell,
        Wanted::Role(role) => {
            let by = event.by.and_then(|by| facts.speakers.get(by as usize)).and_then(|speaker| speaker.role);
            by.map_or(Truth::CannotTell, |by| Truth::of(by == *role))
        }
        Wanted::Kind(kind) => event.kind.map_or(Truth::CannotTell, |given| Truth::of(given == *kind)),
        Wanted::Text(text) => {
            let found = match test.field {
                EventField::To => event.to.as_ref(),
                EventField::Digits => event.digits.as_ref(),
                _ => event.reason.as_ref(),
            };
            found.map_or(Truth::CannotTell, |found| Truth::of(found == text))
        }
    };
    if test.negated { told.negate() } else { told }
}

/// Would the source show this field of the event behind a moment?
#[must_use]
pub fn carried(field: EventField, moment: &Moment, facts: &CallFacts) -> bool {
    moment.origin.as_event().is_some_and(|kind| facts.carries_field(kind, field))
}

/// Is something given there?
#[must_use]
pub fn given(event: &EventFacts, field: EventField) -> bool {
    match field {
        EventField::By => event.by.is_some(),
        EventField::To => event.to.is_some(),
        EventField::Kind => event.kind.is_some(),
        EventField::Digits => event.digits.is_some(),
        EventField::Reason => event.reason.is_some(),
    }
}
