//! How far a field of an event is from what it should hold. Knows no moments beyond the event.

use crate::algebra::event::reading;
use crate::plan::event::{FieldName, FieldTest, Wanted};
use grille_evidence::attribute::{AttributeType, Reading};
use grille_evidence::facts::EventFacts;
use grille_evidence::trace::{AmountUnit, ReasonCode};

/// Why an event does not pass, and by how much, in the [unit](unit) of its field.
pub(super) fn miss(test: &FieldTest, event: Option<&EventFacts>) -> (ReasonCode, Option<i64>) {
    match (&test.wanted, &test.field, event) {
        (Wanted::Given, _, _) if !test.negated => (ReasonCode::Missing, None),
        (Wanted::Between(least, most), FieldName::Own(name, ty), Some(event)) => match reading(event, name, ty) {
            Some(Reading::Number(found)) => {
                let below = least.map(|least| least.saturating_sub(found)).filter(|by| *by > 0);
                let above = most.map(|most| found.saturating_sub(most)).filter(|by| *by > 0);
                match below {
                    Some(by) => (off(ty, true), Some(by)),
                    None => (off(ty, false), above),
                }
            }
            _ => (ReasonCode::Differs, None),
        },
        _ => (ReasonCode::Differs, None),
    }
}

/// The unit in which a field is off.
pub(super) fn unit(test: &FieldTest) -> AmountUnit {
    match &test.field {
        FieldName::Own(_, AttributeType::Duration) => AmountUnit::Milliseconds,
        FieldName::Own(_, AttributeType::Share) => AmountUnit::MilliPercent,
        FieldName::Own(_, AttributeType::Date) => AmountUnit::Days,
        _ => AmountUnit::Count,
    }
}

fn off(ty: &AttributeType, below: bool) -> ReasonCode {
    match (ty, below) {
        (AttributeType::Date, true) => ReasonCode::Early,
        (AttributeType::Date, false) => ReasonCode::Late,
        (AttributeType::Duration, true) => ReasonCode::TooShort,
        (AttributeType::Duration, false) => ReasonCode::TooLong,
        (AttributeType::Share, true) => ReasonCode::TooLittle,
        (AttributeType::Share, false) => ReasonCode::TooMuch,
        (_, true) => ReasonCode::TooFew,
        (_, false) => ReasonCode::TooMany,
    }
}
