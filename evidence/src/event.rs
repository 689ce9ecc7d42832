//! What events can say of themselves beside when they were: who, where to, why. Knows nothing of what is asked of them.

use crate::attribute::Attributes;
use crate::call::EventKind;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// For each kind of event, the fields that would be there if there was something to say.
pub type CarriedFields = BTreeMap<EventKind, Vec<EventField>>;

/// What one event says of itself.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EventFields {
    /// Who did it: the `id` of a speaker.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// Of a transfer: where to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<String>,
    /// Of a transfer: warm if the next adviser was spoken to first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<TransferKind>,
    /// Of keys: what was pressed, `0` to `9`, `*`, `#`, `A` to `D`. Personal: no trace shows it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub digits: Option<String>,
    /// Why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

impl EventFields {
    /// Does it say nothing?
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == EventFields::default()
    }

    /// The fields that it gives.
    pub fn given(&self) -> impl Iterator<Item = EventField> {
        let given = [
            (EventField::By, self.by.is_some()),
            (EventField::To, self.to.is_some()),
            (EventField::Kind, self.kind.is_some()),
            (EventField::Digits, self.digits.is_some()),
            (EventField::Reason, self.reason.is_some()),
        ];
        given.into_iter().filter(|(_, given)| *given).map(|(field, _)| field)
    }
}

/// Kinds of events that criteria may declare, by name, each with the fields that would be there if there was something to say.
pub type OwnKinds = BTreeMap<String, Vec<String>>;

/// An event of a kind that the format does not know: criteria declare what they read of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OwnEvent {
    /// What, by its name.
    pub kind: String,
    /// Milliseconds from the start of the recording.
    pub start_ms: i32,
    /// Its end; none for a point in time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub end_ms: Option<i32>,
    /// What it says of itself, by name.
    #[serde(
        default,
        deserialize_with = "crate::attribute::read_attributes",
        skip_serializing_if = "BTreeMap::is_empty"
    )]
    pub fields: Attributes,
}

/// How a call was passed on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum TransferKind {
    /// The next adviser was spoken to first.
    Warm,
    /// Straight away.
    Cold,
}

impl TransferKind {
    /// Both.
    pub const ALL: [TransferKind; 2] = [TransferKind::Warm, TransferKind::Cold];

    /// In plain words.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            TransferKind::Warm => "warm",
            TransferKind::Cold => "cold",
        }
    }
}

/// A field of events.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum EventField {
    /// Who.
    By,
    /// Where to.
    To,
    /// Warm or cold.
    Kind,
    /// Which keys.
    Digits,
    /// Why.
    Reason,
}

impl EventField {
    /// Every field.
    pub const ALL: [EventField; 5] =
        [EventField::By, EventField::To, EventField::Kind, EventField::Digits, EventField::Reason];

    /// The fields that events of a kind can have.
    #[must_use]
    pub fn of(kind: EventKind) -> &'static [EventField] {
        match kind {
            EventKind::Transfer => &[EventField::By, EventField::To, EventField::Kind, EventField::Reason],
            EventKind::Dtmf => &[EventField::By, EventField::Digits],
            EventKind::Answered => &[EventField::By],
            EventKind::Hold | EventKind::RecordingPaused | EventKind::HungUp => &[EventField::By, EventField::Reason],
        }
    }

    /// Every field of every kind.
    #[must_use]
    pub fn all_carried() -> CarriedFields {
        EventKind::ALL.into_iter().map(|kind| (kind, EventField::of(kind).to_vec())).collect()
    }

    /// As written.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            EventField::By => "by",
            EventField::To => "to",
            EventField::Kind => "kind",
            EventField::Digits => "digits",
            EventField::Reason => "reason",
        }
    }
}
