//! What is asked of an event beside when it was. Knows nothing of how events are found.

use grille_evidence::call::Role;
use grille_evidence::event::{EventField, TransferKind};

/// A test on what an event says of itself.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct FieldTest {
    /// Which field.
    pub field: EventField,
    /// What it must hold.
    pub wanted: Wanted,
    /// It must hold anything else.
    pub negated: bool,
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
    /// This text, as [`plain`](grille_evidence::attribute::plain) gives it; keys as they were pressed.
    Text(String),
}
