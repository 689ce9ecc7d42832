//! What is asked of an event beside when it was. Knows nothing of how events are found.

use grille_evidence::attribute::{AttributeType, Reading};
use grille_evidence::call::{EventKind, Role};
use grille_evidence::event::{EventField, TransferKind};

/// A test on what an event says of itself.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct FieldTest {
    /// Which field.
    pub field: FieldName,
    /// What it must hold.
    pub wanted: Wanted,
    /// It must hold anything else.
    pub negated: bool,
}

/// A kind of events.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum EventName {
    /// One that every call can hold.
    Known(EventKind),
    /// One that a file declares, by its name.
    Own(String),
}

/// A field of events.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum FieldName {
    /// One of the kinds that every call can hold.
    Known(EventField),
    /// One of a declared kind, with its type.
    Own(String, AttributeType),
}

/// What a field must hold.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Wanted {
    /// Anything.
    Given,
    /// Somebody of this role.
    Role(Role),
    /// A transfer of this kind.
    Kind(TransferKind),
    /// Of a declared kind: one of these.
    OneOf(Vec<Reading>),
    /// Of a declared kind: at least, at most, in the unit of its type.
    Between(Option<i64>, Option<i64>),
    /// This text, as [`plain`](grille_evidence::attribute::plain) gives it; keys as they were pressed.
    Text(String),
}
